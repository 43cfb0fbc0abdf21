"""Everything a small town needs, started with one command and stopped with Ctrl-C.

Three processes: the web server, one job worker, and the tick once a minute. A larger town runs the three as
services of its own (docs/run).
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from types import FrameType

TICK_SECONDS = 60
THREADS = 4  # per process of the web server; more only wait for one another
START_SECONDS = 60
STOP_SECONDS = 10
_PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Said to the person at the keyboard, in one sentence."""


def refuse_taken(host: str, port: int) -> None:
    """Somebody else may listen there already: then say so before anything is touched."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            raise CannotStart(
                f"Port {port} cannot be used ({trouble.strerror}). Is samenraad running already? "
                f"Stop it, or choose another port: make demo PORT={port + 1}"
            ) from None


def web_server(host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", str(THREADS), "--log-level", "warning", "--workers-kill-timeout", "5"),
        "samenraad.site.wsgi:application",
    ]


def command(*words: str) -> list[str]:
    """One of our own commands as a process."""
    return [sys.executable, "-m", "samenraad", *words]


@dataclass
class Launcher:
    """Starts processes, watches them, and leaves none behind."""

    lasting: Sequence[Sequence[str]]
    every_minute: Sequence[str] = ()
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    tick: subprocess.Popen[bytes] | None = None
    asked_to_stop: bool = False

    def run(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Until a signal comes (0) or one of the processes ends by itself (1)."""
        # set explicitly: a shell starts background jobs with Ctrl-C switched off
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        try:
            self.running = [_start(words) for words in self.lasting]
            if self._wait_for(ready):
                announce()
            self._watch()
            return 0 if self.asked_to_stop else 1
        finally:
            self._stop_all()

    def _stop_soon(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def _all_well(self) -> bool:
        ended = [process for process in self.running if process.poll() is not None]
        for process in ended:
            if not self.asked_to_stop:
                print(f"Ended by itself: {' '.join(map(str, process.args[2:]))}", file=sys.stderr)  # type: ignore[index]
        return not ended and not self.asked_to_stop

    def _wait_for(self, ready: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while self._all_well():
            if ready():
                return True
            if time.monotonic() > deadline:
                raise CannotStart("The web server does not answer.")
            time.sleep(0.1)
        return False

    def _watch(self) -> None:
        next_tick = time.monotonic()
        while self._all_well():
            tick_is_done = self.tick is None or self.tick.poll() is not None
            if self.every_minute and tick_is_done and time.monotonic() >= next_tick:
                self.tick = _start(self.every_minute)
                next_tick = time.monotonic() + TICK_SECONDS
            time.sleep(0.2)

    def _stop_all(self) -> None:
        processes = [*self.running, *([self.tick] if self.tick else [])]
        for process in processes:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            _signal_group(process, signal.SIGKILL)  # also what a process left behind in its group
            process.wait()


def _start(words: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a group of its own: a Ctrl-C reaches us only, and we stop the whole group in order."""
    return subprocess.Popen(  # noqa: S603  our own commands
        list(words), stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent
    )


def _die_with_parent() -> None:
    """Should the launcher itself be killed, Linux tells its processes to stop."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def answers(host: str, port: int) -> bool:
    """Whether the web server says anything yet; whether it is good news is for the reader."""
    connection = HTTPConnection("localhost" if host in ("0.0.0.0", "::") else host, port, timeout=20)  # noqa: S104
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


if __name__ == "__main__":  # `python -m samenraad.site.launcher 8000`: is this port free?
    try:
        refuse_taken("127.0.0.1", int(sys.argv[1]))
    except CannotStart as taken:
        sys.exit(str(taken))
