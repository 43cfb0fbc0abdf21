"""How fast are the public pages? `make bench`, or `python bench/web.py --ideas 20000 --seconds 3`.

A town with 200 people, 500 ideas, 2,000 comments and 5,000 supports, the real web server, on SQLite and on PostgreSQL,
for one visitor and for four at once. Prints one table: questions to the database, and for each number of visitors the
median and the 95th percentile in milliseconds. Takes about two minutes; nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from samenraad.site import launcher  # noqa: E402
from tools import postgres  # noqa: E402

VISITORS = (1, 4)
WARM_UP = 5
HEADER = ["database", "page", "questions", "kB", *(f"{p} ({n})" for n in VISITORS for p in ("median", "p95"))]
HEADER.append("adhocracy+ (1)")
#: adhocracy+ with the same content on two busy cores, one visitor: questions and median
ELSEWHERE = {"process": (76, 164), "ideas": (106, 270), "idea": (55, 121)}


def pages_of(ideas: int) -> dict[str, dict[str, object]]:
    """Fill the database of this process; tell each page's address and how many questions it asks."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenraad.site.settings")
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from tests import factories

    made = factories.content()
    if ideas > 500:
        factories.more_ideas(made, ideas - 500)
    addresses = {
        "home": "/",
        "process": reverse("processes:show", args=[made.process.slug]),
        "ideas": reverse("ideas:show", args=[made.step.pk]),
        "idea": reverse("ideas:idea", args=[made.step.pk, made.busiest.number]),
        "answers": reverse("followup:answers", args=[made.answered.process.slug]),
    }
    visitor = Client(headers={"host": "localhost"})
    told = {}
    for name, address in addresses.items():
        visitor.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        told[name] = {"address": address, "questions": len(queries), "bytes": len(response.content)}
    return told


@contextmanager
def server(environment: dict[str, str], workers: int) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen(launcher.web_server("127.0.0.1", port, workers), env=environment)
    try:
        deadline = time.monotonic() + 60
        while not launcher.answers("127.0.0.1", port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the web server did not start")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def visit(port: int, address: str, until: float, into: list[float]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        started = time.perf_counter()
        connection.request("GET", address, headers={"Host": "localhost", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        answer.read()
        into.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{address} answers {answer.status}")
    connection.close()


def measure(port: int, address: str, visitors: int, seconds: float) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    for _ in range(WARM_UP):
        visit(port, address, time.monotonic() + 0.001, [])
    times: list[float] = []
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=visit, args=(port, address, until, times)) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return median(times), quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def on(database: str, address: str, options: argparse.Namespace) -> list[list[str]]:
    """The rows of the table for one database."""
    with tempfile.TemporaryDirectory(prefix="samenraad-bench-") as folder:
        environment = {**os.environ, "SAMENRAAD_DATA": folder, "SAMENRAAD_DEBUG": "0", "SAMENRAAD_DEMO": "0"}
        environment.pop("DATABASE_URL", None)
        if address:
            environment["DATABASE_URL"] = address
        for words in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
            subprocess.run(launcher.command(*words), env=environment, check=True)
        fill = [sys.executable, __file__, "--fill", "--ideas", str(options.ideas)]
        filled = subprocess.run(fill, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
        pages = json.loads(filled.stdout.splitlines()[-1])
        rows = []
        with server(environment, options.workers) as port:
            for name, page in pages.items():
                measured = [measure(port, page["address"], visitors, options.seconds) for visitors in VISITORS]
                figures = [f"{number:.0f}" for pair in measured for number in pair]
                elsewhere = "{} / {} ms".format(*ELSEWHERE[name]) if name in ELSEWHERE else ""
                size = f"{page['bytes'] / 1024:.0f}"
                rows.append([database, name, str(page["questions"]), size, *figures, elsewhere])
                print(".", end="", file=sys.stderr, flush=True)
        return rows


def table(rows: list[list[str]], header: list[str] = HEADER) -> str:
    lines = [header, ["---"] * len(header), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ideas", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=3, help="per page and number of visitors")
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        print(json.dumps(pages_of(options.ideas)))
        return
    rows: list[list[str]] = []
    if options.only != "postgresql":
        rows += on("SQLite", "", options)
    if options.only != "sqlite":
        given = os.environ.get("DATABASE_URL", "")
        try:
            with nullcontext(given) if given.startswith("postgres") else postgres.throwaway() as address:
                rows += on("PostgreSQL", address, options)
        except postgres.NoPostgres:
            print("\nNOT MEASURED: there is no PostgreSQL here", file=sys.stderr)
    print(f"\n{options.ideas} ideas, {options.workers} processes, {os.cpu_count()} processors; milliseconds\n")
    print(table(rows))


if __name__ == "__main__":
    main()
