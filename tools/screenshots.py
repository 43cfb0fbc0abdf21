"""The pictures in docs/img: the main pages of the demo town, wide and narrow. `make screenshots`.

A town of its own is made and served for it, so that nobody's demo is touched and the pictures stay true.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from samenraad.site import launcher

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "docs" / "img"
WIDTHS = {1280: 900, 360: 780}
TALLEST = 2400
PORT = int(os.environ.get("PORT", "8765"))
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]

#: name of the picture, who looks, and where
PAGES = [
    ("home", "visitor", "/"),
    ("plan", "visitor", "/plan/"),
    ("process", "visitor", "/process/{collecting}/"),
    ("ideas", "visitor", "/ideas/{step}/"),
    ("idea", "visitor", "/ideas/{step}/{idea}/"),
    ("answers", "visitor", "/process/{finished}/answers/"),
    ("story", "visitor", "/proposal/{answered}/"),
    ("overdue", "visitor", "/overdue/"),
    ("figures", "visitor", "/figures/"),
    ("letter", "visitor", "/letter/"),
    ("my-part", "resident", "/my/"),
    ("desk", "officer", "/desk/"),
    ("process-desk", "officer", "/desk/process/{collecting}/"),
    ("feedback-desk", "officer", "/desk/feedback/{finished}/"),
    ("answer-desk", "councillor", "/desk/answers/{late}/"),
    ("measures-desk", "owner", "/desk/measures/"),
    ("lot", "visitor", "/lot/{drawn}/"),
    ("draw", "visitor", "/lot/{drawn}/draw/"),
    ("lot-figures", "visitor", "/lot/{drawn}/figures/"),
    ("lot-desk", "officer", "/lot/{answering}/desk/"),
    ("lot-groups", "officer", "/lot/{answering}/groups/"),
    ("lot-letters", "officer", "/lot/{answering}/letters/"),
    ("lot-seats", "officer", "/lot/{drawn}/seats/"),
    ("vote", "visitor", "/preferendum/{voting}/"),
    ("ballot", "voter", ""),
    ("vote-result", "visitor", "/preferendum/{voted}/result/"),
    ("vote-check", "visitor", "/votes/{key}/"),
    ("vote-books", "visitor", "/votes/{key}/books/"),
    ("vote-desk", "officer", "/preferendum/{voting}/desk/"),
    ("components", "visitor", "/ui/"),
]
FIND = """
from django.db.models import Count
from samenraad.ballots.models import Vote
from samenraad.followup.models import Handover
from samenraad.processes.models import Proposal, Step
from django.utils import timezone
import json
now = timezone.now()
step = Step.objects.filter(kind="ideas", closes__gt=now, opens__lt=now, process__published_at__isnull=False)[0]
idea = Proposal.objects.filter(step=step, status="public").order_by("-comments", "-supporters")[0]
answered = Handover.objects.filter(answered_at__isnull=False).annotate(n=Count("items"))
done = answered.select_related("process").order_by("-n")[0]
late = Handover.objects.filter(answered_at=None)[0]
lots = Step.objects.filter(kind="lot", process__published_at__isnull=False).order_by("closes")
voted, voting = Vote.objects.exclude(counted_at=None).get(), Vote.objects.get(counted_at=None)
print("FOUND" + json.dumps({
    "voting": voting.step_id, "voted": voted.step_id, "key": voted.key,
    "drawn": lots.first().pk, "answering": lots.last().pk,
    "collecting": step.process.slug, "step": step.pk, "idea": idea.number, "finished": done.process.slug,
    "answered": done.items.select_related("proposal")[0].proposal_id, "late": late.pk,
}))
"""


@contextmanager
def town() -> Iterator[dict[str, Any]]:
    """A fresh demo town behind the real web server; gives what is needed to find the pages."""
    with tempfile.TemporaryDirectory(prefix="samenraad-pictures-") as folder:
        environment = {
            **os.environ,
            "SAMENRAAD_DATA": folder,
            "SAMENRAAD_DEMO": "1",
            "SAMENRAAD_URL": f"http://localhost:{PORT}",
        }
        environment.pop("DATABASE_URL", None)
        for words in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["demo_town"]):
            subprocess.run(launcher.command(*words), env=environment, check=True, stdout=subprocess.DEVNULL)
        shell = launcher.command("shell", "--no-imports", "--command", FIND)
        found = subprocess.run(shell, env=environment, check=True, capture_output=True, text=True).stdout
        server = subprocess.Popen(launcher.web_server("127.0.0.1", PORT, 1), env=environment)
        try:
            while not launcher.answers("127.0.0.1", PORT):
                if server.poll() is not None:
                    raise SystemExit("the web server did not start")
                time.sleep(0.1)
            yield json.loads(found.split("FOUND")[1])
        finally:
            server.terminate()
            server.wait()


def look_around_as(page: Page, persona: str) -> None:
    """As the strip does, by sending its form."""
    page.goto(f"http://localhost:{PORT}/")
    button = page.locator(f'form[action$="/demo/as/{persona}/"] button, button[formaction$="/demo/as/{persona}/"]')
    with page.expect_navigation(wait_until="load"):
        button.first.evaluate("button => button.click()")


def photograph(browser: Browser, facts: dict[str, Any]) -> None:
    for width, height in WIDTHS.items():
        persona = ""
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
        page = context.new_page()
        for name, who, path in PAGES:
            if who != persona:
                look_around_as(page, who)
                persona = who
            if path:
                visit(page, path.format(**facts), who)
            else:
                into_the_booth(page)
            save(page, INTO / f"{name}-{width}.png", width)
        context.close()


def visit(page: Page, address: str, who: str) -> None:
    response = page.goto(f"http://localhost:{PORT}{address}")
    if response is None or response.status != 200:
        raise SystemExit(f"{address} answers {response and response.status} to {who}")


def into_the_booth(page: Page) -> None:
    """The code is filled in already: on to the first proposals."""
    for _page in range(2):
        with page.expect_navigation(wait_until="load"):
            page.locator("main :is(button, a).button").first.click()


def save(page: Page, path: Path, width: int) -> None:
    """A long page is cut off; few colours make a small file."""
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    picture = Image.open(BytesIO(page.screenshot(full_page=True)))
    picture = picture.crop((0, 0, width, height)).convert("RGB").quantize(96, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    print(path.relative_to(ROOT), f"{path.stat().st_size // 1024} kB")


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("There is no chromium here: apt install chromium")
    INTO.mkdir(parents=True, exist_ok=True)
    with town() as facts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        photograph(browser, facts)
        browser.close()


if __name__ == "__main__":
    main()
