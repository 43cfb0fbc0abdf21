import sys

from samenraad.cli import main

sys.exit(main())
