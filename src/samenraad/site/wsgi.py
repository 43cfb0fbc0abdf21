"""For the web server: `granian --interface wsgi samenraad.site.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenraad.site.settings")
application = get_wsgi_application()
