"""The one who checks is checked: a page with a fault does not pass."""

from __future__ import annotations

import pytest

GOOD = "<!doctype html><html lang=en><title>t</title><main><h1>Good day</h1>{}</main></html>"


@pytest.fixture
def visitor(open_walk):
    return open_walk(width=360)


def test_a_good_page_passes(visitor):
    visitor.page.set_content(GOOD.format("<p>All is well.</p>"))
    visitor.check().see("Good day").read("All is well").miss("All is lost")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<input name=x>", "label"),
        ("<p style='color:#aaa;background:#fff'>faint</p>", "color-contrast"),
        ("<h4>too deep</h4>", "heading-order"),
        ("<p style='width:900px'>wide</p>", "to scroll sideways"),
        ("<h1>a second</h1>", "2 visible h1"),
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>nothing.there</script>", "script:"),
    ],
)
def test_a_fault_is_found(visitor, fault, said):
    visitor.page.set_content(GOOD.format(fault))
    with pytest.raises(AssertionError, match=said):
        visitor.check()


def test_a_hidden_heading_is_not_seen(visitor):
    visitor.page.set_default_timeout(200)
    visitor.page.set_content(GOOD.format("<h2 hidden>Secret</h2>"))
    from playwright.sync_api import expect

    expect.set_options(timeout=200)
    try:
        with pytest.raises(AssertionError):
            visitor.see("Secret")
    finally:
        expect.set_options(timeout=5_000)


def test_a_page_that_is_not_there_is_told(visitor):
    with pytest.raises(AssertionError, match="answers 404"):
        visitor.visit("/no-such-page/")
    assert not visitor.troubles


def test_a_style_that_is_not_there_is_told(visitor):
    body = GOOD.format("<link rel=stylesheet href=/static/none.css>")
    visitor.page.route("**/made-up/", lambda route: route.fulfill(body=body, content_type="text/html"))
    with pytest.raises(AssertionError, match=r"none\.css answers 404"):
        visitor.visit("/made-up/")
