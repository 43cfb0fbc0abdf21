"""Whatever the launcher started, it stops; and a PostgreSQL for one command does not outlive it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from samenraad.site import launcher
from tools import postgres

#: a process with a child of its own that does not want to stop
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(f"{child.pid}")
time.sleep(600)
"""
LAUNCH = """
import sys
from samenraad.site import launcher
launcher.STOP_SECONDS = 1
town = launcher.Launcher(lasting=[[sys.executable, "-c", {lasting!r}, {pid_file!r}]])
sys.exit(town.run(ready=lambda: True, announce=lambda: print("ready", flush=True)))
"""


def wait_for(true: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def launch(pid_file: Path, lasting: str = STUBBORN, **options: object) -> subprocess.Popen[str]:
    code = LAUNCH.format(lasting=lasting, pid_file=str(pid_file))
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_also_children_that_resist(tmp_path, number):
    town = launch(tmp_path / "pid")
    assert wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().isdigit())
    child = int((tmp_path / "pid").read_text())
    assert alive(child)
    town.send_signal(number)
    assert town.wait(timeout=30) == 0
    assert wait_for(lambda: not alive(child))


def test_ctrl_c_works_for_a_background_job_too(tmp_path):
    """A shell starts background jobs with SIGINT switched off."""
    town = launch(tmp_path / "pid", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    assert wait_for(lambda: (tmp_path / "pid").exists())
    town.send_signal(signal.SIGINT)
    assert town.wait(timeout=30) == 0


def test_when_one_ends_by_itself_all_end(tmp_path):
    town = launch(tmp_path / "pid", lasting="raise SystemExit(3)")
    assert town.wait(timeout=30) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_a_killed_launcher_leaves_nothing_running(tmp_path):
    lasting = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
    town = launch(tmp_path / "pid", lasting=lasting)
    assert wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().isdigit())
    child = int((tmp_path / "pid").read_text())
    town.kill()
    town.wait()
    assert wait_for(lambda: not alive(child))


def test_a_taken_port_is_said_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(launcher.CannotStart, match=f"Port {port} .*make demo PORT={port + 1}"):
            launcher.refuse_taken("127.0.0.1", port)


def test_a_free_port_is_fine():
    launcher.refuse_taken("127.0.0.1", 0)


def run_with_postgres(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "tools/postgres.py", "run", "--", sys.executable, "-c", code],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def _programs() -> None:
    try:
        postgres.programs()
    except postgres.NoPostgres:
        pytest.skip("no PostgreSQL: apt install postgresql")


@pytest.mark.slow
@pytest.mark.usefixtures("_programs")
@pytest.mark.parametrize("code", [0, 7])
def test_postgres_lives_as_long_as_the_command(code):
    script = "import os, psycopg; u = os.environ['DATABASE_URL']; print(u); psycopg.connect(u).execute('select 1')"
    done = run_with_postgres(f"{script}; raise SystemExit({code})")
    assert done.returncode == code, done.stderr
    folder = Path(done.stdout.strip().split("host=")[1])
    assert folder.name.startswith("samenraad-postgres-")
    assert not folder.exists()


def test_a_given_database_is_used_as_it_is():
    done = run_with_postgres("import os; print(os.environ['DATABASE_URL'])", DATABASE_URL="postgres://given/db")
    assert done.stdout.strip() == "postgres://given/db"


@pytest.mark.parametrize(("require_all", "code"), [("0", 0), ("1", 1)])
def test_without_any_postgres_it_is_loud(monkeypatch, capsys, require_all, code):
    def none() -> Path:
        raise postgres.NoPostgres

    monkeypatch.setattr(postgres, "programs", none)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("REQUIRE_ALL", require_all)
    assert postgres.run(["pytest"]) == code
    assert "NOT RUN" in capsys.readouterr().out


@pytest.mark.slow
def test_serve_starts_a_town_and_leaves_nothing_behind(tmp_path):
    """Web server, worker and tick, as `make demo` starts them; on a file of their own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "SAMENRAAD_DATA": str(tmp_path), "SAMENRAAD_URL": f"http://localhost:{port}"}
    environment.pop("DATABASE_URL", None)
    for words in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"]):
        subprocess.run(launcher.command(*words), env=environment, check=True, timeout=120)
    log = (tmp_path / "log").open("w+")
    serve = launcher.command("serve", "--port", str(port))
    town = subprocess.Popen(serve, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        assert wait_for(lambda: "Ctrl-C" in (tmp_path / "log").read_text(), 60), (tmp_path / "log").read_text()
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/letter/", headers={"Host": "localhost"})
        assert connection.getresponse().status == 200
        family = children_of(town.pid)
        assert len(family) >= 3, "the web server, its process, the worker"
        town.send_signal(signal.SIGINT)
        assert town.wait(timeout=30) == 0
        assert not [pid for pid in family if alive(pid)]
    finally:
        town.kill()
        log.close()


def children_of(pid: int) -> list[int]:
    """All that descends from a process."""
    direct = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return direct + [further for child in direct for further in children_of(child)]
