"""How many ballots a second? `python bench/ballots.py --ballots 1500 --rolls 10000 100000 1000000`.

Ballots of 30 proposals and 5 priorities come in on a roll of each size, on SQLite and on PostgreSQL (with real commits
to the disk). Measured one after the other:

    commits   only what the databases must do: one commit on the roll, one in the box; no code of ours
    cast      `actions.casting.cast`, in two processes
    request   the voting request over HTTP: the real web server, two processes; what a voter waits for
    settle    wiping out the order of the voters on a roll of this size; voters wait meanwhile

Prints ballots per second, the median and 95th percentile in milliseconds. Nothing is asserted. About ten minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.web import server, table  # noqa: E402
from samenraad.site import launcher  # noqa: E402
from tools import postgres  # noqa: E402

PROPOSALS, PRIORITIES, PROCESSES, AT_ONCE = 30, 5, 2, 8
#: a random digest, and so many rows, in each database's own words
RANDOM = {"sqlite": "lower(hex(randomblob(32)))", "postgresql": "md5(random()::text) || md5(random()::text)"}
ROWS = {
    "sqlite": "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %s) SELECT n FROM c) AS many",
    "postgresql": "(SELECT generate_series(1, %s) AS n) AS many",
}
TITLE = "Voorstel {}: " + "meer schaduw op het plein, en een bank. " * 3


def ready() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenraad.site.settings")
    django.setup()


def fill(ballots: int, roll: int) -> dict[str, Any]:
    """An open vote with so many codes; for each measurement its own codes, with the cookie that a voter then has."""
    ready()
    from samenraad.ballots.actions.freezing import freeze
    from samenraad.ballots.testing import make_vote, on_the_roll
    from tests import factories

    made = factories.content(people=20, ideas=5, comments=5, supports=5)
    titles = [TITLE.format(n) for n in range(1, PROPOSALS + 1)]
    vote = make_vote(made.process, made.officer, titles=titles)
    own = on_the_roll(vote, {"": 2 * ballots})
    vote = freeze(vote=vote, by=made.officer)
    strangers = on_the_roll_too(vote, max(ballots, roll - len(own)))[:ballots]
    chance = Random(5)
    return {
        "commits": strangers,
        "cast": [[code, choices(chance)] for code in own[:ballots]],
        "request": [cookie(vote, code, choices(chance)) for code in own[ballots:]],
    }


def on_the_roll_too(vote: Any, number: int) -> list[str]:
    """So many people more, whose codes nobody knows; their digests."""
    from django.db import connections

    from samenraad.ballots.roll.models import Entry

    connection, drawn = connections["roll"], ("digest", "holder")
    rest = {field.column: getattr(Entry(vote=vote.key), field.attname) for field in Entry._meta.fields}
    rest = {column: value for column, value in rest.items() if column not in drawn}
    values = [RANDOM[connection.vendor]] * len(drawn) + ["%s"] * len(rest)
    with connection.cursor() as cursor:
        into = f"INSERT INTO roll_entry ({', '.join([*drawn, *rest])})"
        rows = ROWS[connection.vendor]
        cursor.execute(f"{into} SELECT {', '.join(values)} FROM {rows} ORDER BY 1", [*rest.values(), number])
        cursor.execute("ANALYZE")
        cursor.execute("SELECT digest FROM roll_entry WHERE holder <> '' ORDER BY digest")
        return [digest for (digest,) in cursor.fetchall()]


def choices(chance: Random) -> dict[str, Any]:
    numbers = [str(n) for n in range(1, PROPOSALS + 1)]
    grades = {n: chance.choice([0, 1, 2, 3, "none"]) for n in numbers}
    return {"grades": grades, "priorities": sorted(chance.sample(numbers, PRIORITIES))}


def cookie(vote: Any, code: str, filled: dict[str, Any]) -> str:
    from django.http import HttpResponse

    from samenraad.ballots import draft as drafts
    from samenraad.ballots.rules import codes

    draft = drafts.Draft(vote=vote.key, code=codes.normal(code), choices=filled)
    return drafts.keep(HttpResponse(), draft).cookies[drafts.NAME].value


def only_commits(digests: Sequence[str]) -> list[float]:
    """One row changed on the roll; a ticket and a sealed ballot in the box."""
    from django.db import connections, transaction

    sealed = "ab" * 2_600

    def one(digest: str) -> None:
        with connections["roll"].cursor() as cursor:
            cursor.execute("UPDATE roll_entry SET state = 1 WHERE digest = %s", [digest])
        with transaction.atomic(using="box"), connections["box"].cursor() as cursor:
            cursor.execute("INSERT INTO box_ticket VALUES (%s, 'x', 'web')", [secrets.token_hex(32)])
            cursor.execute(
                "INSERT INTO box_waiting (key, vote, tracker, sealed) VALUES (%s, 'x', %s, %s)",
                [secrets.token_hex(16), secrets.token_hex(10), sealed],
            )

    return timed(one, digests)


def only_cast(ballots: Sequence[tuple[str, dict[str, Any]]]) -> list[float]:
    from samenraad.ballots.actions.casting import cast
    from samenraad.ballots.models import Vote

    def one(ballot: tuple[str, dict[str, Any]]) -> None:
        vote = Vote.objects.select_related("step__process").get()
        cast(vote=vote, code=ballot[0], choices=ballot[1], seed=secrets.token_hex(32))

    return timed(one, ballots)


def timed(act: Callable[[Any], None], things: Sequence[Any], threads: int = AT_ONCE // PROCESSES) -> list[float]:
    """Milliseconds each, with so many under way at a time."""
    times: list[float] = []

    def run(some: Sequence[Any]) -> None:
        for thing in some:
            begun = time.perf_counter()
            act(thing)
            times.append((time.perf_counter() - begun) * 1000)

    crew = [threading.Thread(target=run, args=(things[number::threads],)) for number in range(threads)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert len(times) == len(things), "somebody stopped halfway"
    return times


def worker(what: str) -> None:
    """A process of its own: waits for a word, does its part, and tells how long each took."""
    ready()
    act = {"commits": only_commits, "cast": only_cast}[what]
    things = json.loads(sys.stdin.readline())
    act(things[:4])
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(act(things[4:])), flush=True)


def in_processes(what: str, things: Sequence[Any], environment: dict[str, str]) -> tuple[float, list[float]]:
    words = [sys.executable, __file__, "--worker", what]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    crew: list[Any] = [subprocess.Popen(words, env=environment, **pipes) for _n in range(PROCESSES)]
    for number, one in enumerate(crew):
        say(one, json.dumps(things[number::PROCESSES]))
    for one in crew:
        assert one.stdout.readline() == "ready\n", "a process did not begin"
    begun = time.perf_counter()
    for one in crew:
        say(one, "go")
    times = [spent for one in crew for spent in json.loads(one.stdout.readline())]
    seconds = time.perf_counter() - begun
    for one in crew:
        one.communicate()
    return seconds, times


def say(process: Any, line: str) -> None:
    process.stdin.write(line + "\n")
    process.stdin.flush()


def over_http(cookies: Sequence[str], environment: dict[str, str]) -> tuple[float, list[float]]:
    """The voting request: all that was chosen goes into the box, and the answer leads to the receipt."""
    token = secrets.token_hex(16)
    lines = threading.local()

    def one(cookie: str) -> None:
        if not hasattr(lines, "open"):
            lines.open = HTTPConnection("127.0.0.1", port, timeout=60)
        head = {"Host": "localhost", "Cookie": f"csrftoken={token}; booth={cookie}", "X-CSRFToken": token}
        lines.open.request("POST", "/vote/cast/", body=b"", headers=head)
        answer = lines.open.getresponse()
        answer.read()
        assert answer.status == 302, f"refused: {answer.status}"
        assert answer.headers["Location"].endswith("/receipt/"), answer.headers["Location"]

    with server(environment, PROCESSES) as port:
        timed(one, cookies[:16], AT_ONCE)
        begun = time.perf_counter()
        times = timed(one, cookies[16:], AT_ONCE)
        return time.perf_counter() - begun, times


def settle() -> float:
    """Seconds."""
    ready()
    from samenraad.ballots.actions import wiping

    begun = time.perf_counter()
    assert wiping.rewrite(wiping.OF_VOTERS, patient=False)
    return time.perf_counter() - begun


def child(environment: dict[str, str], *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, __file__, *words], env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    return json.loads(done.stdout.splitlines()[-1])


def on(database: str, addresses: dict[str, str], ballots: int, roll: int) -> list[list[str]]:
    """The rows of the table for one database and one size of the roll."""
    with tempfile.TemporaryDirectory(prefix="samenraad-bench-", dir=os.environ.get("BENCH_FOLDER")) as folder:
        own = {"SAMENRAAD_DATA": folder, "SAMENRAAD_DEBUG": "0", "SAMENRAAD_DEMO": "0"}
        others = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        environment = {**others, **own, **addresses}
        for words in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
            subprocess.run(launcher.command(*words), env=environment, check=True)
        things = child(environment, "--fill", "--ballots", str(ballots), "--roll", str(roll))
        measured = {
            "commits": in_processes("commits", things["commits"], environment),
            "cast": in_processes("cast", things["cast"], environment),
            "request": over_http(things["request"], environment),
        }
        least = len(measured["commits"][1]) / measured["commits"][0]
        rows = []
        for what, (seconds, times) in measured.items():
            speed = len(times) / seconds
            figures = [
                f"{speed:.0f}",
                f"{speed / least:.2f}",
                f"{median(times):.1f}",
                f"{quantiles(times, n=20)[-1]:.1f}",
            ]
            rows.append([database, f"{roll:,}", what, *figures])
        rows.append([database, f"{roll:,}", "settle", "", "", f"{1000 * child(environment, '--settle'):.0f}", ""])
        return rows


@contextmanager
def fresh_postgres() -> Iterator[dict[str, str]]:
    """A server that waits for its disk, as in a town."""
    with postgres.throwaway(careful=True) as address:
        name = "/samenraad?"
        apart = {f"{one.upper()}_DATABASE_URL": address.replace(name, f"/samenraad_{one}?") for one in ("roll", "box")}
        yield {"DATABASE_URL": address, **apart}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, default=1_500)
    parser.add_argument("--rolls", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    for word, kind in (("--roll", int), ("--worker", str)):
        parser.add_argument(word, type=kind, help=argparse.SUPPRESS)
    for word in ("--fill", "--settle"):
        parser.add_argument(word, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(options.worker)
    elif options.fill:
        print(json.dumps(fill(options.ballots, options.roll)))
    elif options.settle:
        print(json.dumps(settle()))
    else:
        show(options)


def show(options: argparse.Namespace) -> None:
    rows: list[list[str]] = []
    makers: dict[str, Any] = {"sqlite": lambda: nullcontext({}), "postgresql": fresh_postgres}
    for name, made in makers.items():
        for roll in options.rolls if options.only in (None, name) else []:
            with made() as addresses:
                rows += on(name, addresses, options.ballots, roll)
                print(".", end="", file=sys.stderr, flush=True)
    header = ["database", "roll", "what", "ballots/s", "of the commits", "median ms", "p95 ms"]
    print(f"\n{options.ballots} ballots of {PROPOSALS} proposals, {AT_ONCE} voters at once, {PROCESSES} processes\n")
    print(table(rows, header))


if __name__ == "__main__":
    main()
