"""Make `.venv` from a lock: `python3 tools/environment.py web|dev`. Runs with any Python 3, before anything exists.

First uv is installed into the environment, which is quick; where that fails plain pip does the same work. Every
file comes from the package index that this machine uses, and must have the hash that stands in the lock.
Done before with the same lock? Then nothing is done.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("VENV", ROOT / ".venv")).resolve()
PYTHON = VENV / "bin" / "python"
CANDIDATES = ("python3", "python3.13", "python3.12", "python3.11")
OLDEST = (3, 11)

HOW_TO_PYTHON = """samenraad needs Python 3.11 or newer, and found none.
On Debian or Ubuntu: apt install python3 python3-venv"""
HOW_TO_VENV = """Python is here, but cannot make an environment: on Debian and Ubuntu that is a package of its own.
Type: apt install python3-venv
Then give the same command again."""


def call(*command, quiet=False):
    """Whether it worked. What it says is shown, unless a failure is no news."""
    hidden = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run([str(part) for part in command], stdout=hidden, stderr=hidden, cwd=str(ROOT), check=False)
    except OSError:
        return False
    return done.returncode == 0


def new_enough(python):
    test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return call(python, "-c", test, quiet=True)


def base_python():
    """The Python that started us when it will do, else the first one that will."""
    for candidate in (os.environ.get("PYTHON") or sys.executable, sys.executable, *CANDIDATES):
        if new_enough(candidate):
            return candidate
    sys.exit(HOW_TO_PYTHON)


def make_environment():
    """With venv; with uv or virtualenv where Python came without it."""
    if PYTHON.exists() and new_enough(PYTHON):
        return
    if VENV.exists():
        shutil.rmtree(str(VENV))  # made with a Python that has gone
    python = base_python()
    ways = [
        (python, "-m", "venv", VENV),
        ("uv", "venv", "--quiet", "--seed", "--python", python, VENV),
        (python, "-m", "virtualenv", "--quiet", VENV),
        ("virtualenv", "--quiet", "--python", python, VENV),
    ]
    if any(made(way) for way in ways):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Debian keeps Python's venv apart; installing python3-venv ...", flush=True)
        call("apt-get", "update", quiet=True)
        call("apt-get", "install", "--yes", "--no-install-recommends", "python3-venv", quiet=True)
        if made(ways[0]):
            return
    sys.exit(HOW_TO_VENV)


def made(way):
    """Whether this way gave an environment with pip in it; if not, nothing of it is left."""
    if call(*way, quiet=True) and call(PYTHON, "-m", "pip", "--version", quiet=True):
        return True
    shutil.rmtree(str(VENV), ignore_errors=True)
    return False


def install(lock):
    """Everything in the lock, then our own package on top, so that changing the source needs no new install."""
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    installers = [pip]
    # an index of this machine's own may be written in pip's settings, which uv does not read
    if call(*pip, "--require-hashes", "-r", "requirements/installer.lock", quiet=True):
        installers.insert(0, (VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON))
    for installer in installers:
        own = ("--no-deps", "--no-build-isolation", "-e", ".")
        if call(*installer, "--require-hashes", "-r", lock) and call(*installer, *own):
            return
        print("That did not work; trying plain pip.", file=sys.stderr)
    sys.exit("The packages could not be installed. Is the package index reachable?")


def main(kind):
    lock = ROOT / "requirements" / f"{kind}.lock"
    stamp = VENV / f".samenraad-{kind}"
    facts = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    state = hashlib.sha256(facts).hexdigest()
    make_environment()
    if stamp.exists() and stamp.read_text() == state:
        return
    print(f"Installing what samenraad needs into {VENV.name} (once) ...", flush=True)
    install(lock)
    stamp.write_text(state)


if __name__ == "__main__":
    if sys.argv[1:] not in (["web"], ["dev"]):
        sys.exit(__doc__)
    main(sys.argv[1])
