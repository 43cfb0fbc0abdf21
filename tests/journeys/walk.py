"""A visitor in a browser, whose every page is checked the moment it is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

if TYPE_CHECKING:
    from samenraad.people.models import Person

AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
#: answers are looked at themselves; and a browser asks for an icon without being told to
HARMLESS = re.compile(r"Failed to load resource|favicon\.ico")


class Walk:
    """`walk.visit("/")`, `walk.click("Geef een idee")`, `walk.fill("Titel", "...")`, `walk.see("Dank je wel")`.

    After each page and each click: one visible h1, nothing to scroll sideways, no broken rule of WCAG 2.2 AA or of
    good practice, nothing in the console (a refused script or style stands there), no answer 500.
    """

    def __init__(self, page: Page, base: str, cookie_for: Callable[[Person], str], *, javascript: bool = True) -> None:
        self.page = page
        self.base = base
        self.cookie_for = cookie_for
        self.javascript = javascript
        self.troubles: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("response", self._look)

    # who walks

    def become(self, person: Person | None) -> Walk:
        """From here on this person walks (or, with None, a passer-by)."""
        self.page.context.clear_cookies()
        if person is not None:
            cookie = {"name": "sessionid", "value": self.cookie_for(person), "url": self.base}
            self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        return self

    def speak(self, language: str) -> Walk:
        cookie = {"name": "django_language", "value": language, "url": self.base}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        return self

    # what a visitor does

    def visit(self, path: str, *, status: int = 200) -> Walk:
        response = self.page.goto(self.base + path)
        assert response is not None
        assert response.status == status, f"{path} answers {response.status}"
        return self.check()

    def click(self, name: str, *, within: str = "", exact: bool = False) -> Walk:
        """The first visible link or button of that name, in the whole page or inside a CSS selector."""
        self.control(name, within=within, exact=exact).click()
        return self.check()

    def fill(self, label: str, value: str, *, exact: bool = False) -> Walk:
        self.field(label, exact=exact).fill(value)
        return self

    def choose(self, label: str, option: str) -> Walk:
        """A radio button or tick box by its own label, or an option of a list by the list's label."""
        field = self.field(label)
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=option)
        else:
            self.page.get_by_role("group", name=label).get_by_label(option).check()
        return self

    def tick(self, label: str) -> Walk:
        self.field(label).check()
        return self

    def attach(self, label: str, file: Path) -> Walk:
        self.field(label).set_input_files(file)
        return self

    def press(self, key: str) -> Walk:
        self.page.keyboard.press(key)
        return self.check()

    def enter(self) -> Walk:
        """Enter in a form, and the next page is there."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")
        return self.check()

    # what a visitor sees

    def see(self, *texts: str) -> Walk:
        """Each of these is a visible heading."""
        for text in texts:
            expect(self.page.get_by_role("heading", name=text).first).to_be_visible()
        return self

    def read(self, *texts: str) -> Walk:
        """Each of these stands somewhere on the page, visible."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def miss(self, *texts: str) -> Walk:
        """None of these can be read."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    def control(self, name: str, *, within: str = "", exact: bool = False) -> Locator:
        scope = self.page.locator(within) if within else self.page
        link, button = (scope.get_by_role(role, name=name, exact=exact) for role in ("link", "button"))  # type: ignore[arg-type]
        summary = scope.locator("summary", has_text=name)
        return link.or_(button).or_(summary).locator("visible=true").first

    def field(self, label: str, *, exact: bool = False) -> Locator:
        fields = self.page.locator("input, textarea, select")  # a section can have that label too
        return self.page.get_by_label(label, exact=exact).and_(fields).locator("visible=true").first

    # what is checked everywhere

    def check(self) -> Walk:
        self.page.wait_for_load_state("load")
        if self.javascript:
            self.page.wait_for_function("!document.querySelector('.htmx-request')")
        where = f"{self.path} at {self.page.viewport_size['width'] if self.page.viewport_size else '?'}"
        headings = self.page.locator("h1").locator("visible=true")
        assert headings.count() == 1, f"{where}: {headings.count()} visible h1"
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{where}: {too_wide} px to scroll sideways"
        if self.javascript:  # axe is JavaScript itself
            broken = AXE.run(self.page, options=RULES).response["violations"]
            assert not broken, f"{where}:\n" + "\n".join(map(_told, broken))
        assert not self.troubles, f"{where}:\n" + "\n".join(self.troubles)
        return self

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not HARMLESS.search(message.text + str(message.location)):
            self.troubles.append(f"console: {message.text} {message.location}")

    def _look(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"  # a page may be missing or refused on purpose
        if response.status >= 500 or (response.status >= 400 and not is_page and "favicon" not in response.url):
            self.troubles.append(f"{response.url} answers {response.status}")


def _told(violation: dict) -> str:
    places = [f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in violation["nodes"][:3]]
    return "\n".join([f"  {violation['id']}: {violation['help']} ({len(violation['nodes'])}x)", *places])
