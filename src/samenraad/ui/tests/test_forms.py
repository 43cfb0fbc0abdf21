"""A form says what is asked, what is wrong and where, also to those who do not see it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django import forms
from django.utils import translation

from samenraad.texts import TranslatedFormField
from samenraad.ui.forms import DateInput, DateTimeInput


class Idea(forms.Form):
    title = forms.CharField(label="Title", help_text="In <em>ten</em> words")
    text = forms.CharField(label="Text", required=False, widget=forms.Textarea)
    age = forms.ChoiceField(label="How old?", choices=[("12", "young"), ("70", "old")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Needs", choices=[("a", "sitter"), ("b", "ramp")], widget=forms.CheckboxSelectMultiple, required=False
    )
    question = TranslatedFormField(label="Question", help_text="As residents read it")
    day = forms.DateField(label="Day", widget=DateInput, required=False)
    agreed = forms.BooleanField(label="I live here")
    secret = forms.CharField(widget=forms.HiddenInput)


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def one(self, **wanted: str) -> dict[str, str | None]:
        (match,) = [attrs for _, attrs in self.found if all(attrs.get(k) == v for k, v in wanted.items())]
        return match

    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.found if "id" in attrs]


def page(form: forms.Form, language: str = "nl") -> tuple[str, Elements]:
    with translation.override(language):
        html = str(form)
    return html, Elements(html)


def test_what_is_not_required_says_so_and_the_rest_does_not() -> None:
    html, _ = page(Idea())
    assert re.search(r">Text <span class=\"optional\">\(niet verplicht\)</span></label>", html)
    assert ">Title</label>" in html
    assert ">I live here</span>" in html


def test_every_field_has_a_label_that_points_at_it() -> None:
    _, elements = page(Idea())
    labelled = {attrs.get("for") for tag, attrs in elements.found if tag == "label"}
    asked = {
        attrs["id"] for tag, attrs in elements.found if tag in {"input", "textarea"} and attrs.get("type") != "hidden"
    }
    assert asked == labelled


def test_help_and_errors_are_read_out_with_the_field() -> None:
    _, elements = page(Idea({"secret": "x"}))
    title = elements.one(name="title")
    assert title["aria-describedby"] == "id_title_helptext id_title_error"
    assert title["aria-invalid"] == "true"
    assert {"id_title_helptext", "id_title_error", "id_age_error"} <= set(elements.ids())
    fieldsets = [attrs.get("aria-describedby") for tag, attrs in elements.found if tag == "fieldset"]
    assert fieldsets == ["id_age_error", None, "id_question_helptext id_question_error"]


def test_what_is_right_is_not_marked_wrong() -> None:
    html, elements = page(Idea({"title": "Bank", "age": "12", "question_nl": "Waar?", "agreed": "on", "secret": "x"}))
    assert "aria-invalid" not in html
    assert "notice" not in html
    assert elements.one(name="title")["value"] == "Bank"


def test_the_summary_links_to_each_wrong_field() -> None:
    html, elements = page(Idea({"secret": "x"}))
    assert "Er kloppen nog 4 dingen niet" in html
    targets = [str(attrs["href"])[1:] for tag, attrs in elements.found if tag == "a"]
    assert targets == ["id_title", "id_age_0", "id_question_0", "id_agreed"]
    assert set(targets) <= set(elements.ids())
    assert elements.one(role="alert")["tabindex"] == "-1"
    assert "How old? Dit is nog niet ingevuld." in html
    assert "Title: Dit is nog niet ingevuld." in html


def test_an_error_of_the_whole_form_and_of_a_hidden_field_stand_in_the_summary() -> None:
    form = Idea({"title": "Bank", "age": "12", "question_nl": "Waar?", "agreed": "on"})
    form.is_valid()
    form.add_error(None, "Deze stap is gesloten.")
    html, _ = page(form)
    assert "<li>Deze stap is gesloten.</li>" in html
    assert "Er kloppen nog 2 dingen niet" in html


def test_nothing_typed_is_lost_or_executed() -> None:
    html, elements = page(Idea({"title": '"><script>x</script>', "question_en": "What?", "needs": ["b"], "age": "99"}))
    assert "<script>" not in html
    assert elements.one(name="title")["value"] == '"><script>x</script>'
    assert elements.one(name="question_en")["value"] == "What?"
    assert "checked" in elements.one(name="needs", value="b")


def test_ids_are_unique() -> None:
    _, elements = page(Idea({}))
    assert len(elements.ids()) == len(set(elements.ids()))


def test_each_language_of_a_text_has_its_own_label() -> None:
    html, elements = page(Idea())
    assert ">Nederlands</label>" in html
    assert re.search(r">English <span class=\"optional\">", html)
    languages = [attrs["lang"] for tag, attrs in elements.found if tag == "input" and "lang" in attrs]
    assert languages == ["nl", "en"]


def test_the_browsers_calendar_gets_the_date_in_its_own_form() -> None:
    from datetime import date, datetime

    form = Idea(initial={"day": date(2027, 3, 14)})
    _, elements = page(form)
    assert elements.one(name="day")["value"] == "2027-03-14"
    assert elements.one(name="day")["type"] == "date"
    assert 'value="2027-03-14T20:30"' in DateTimeInput().render("when", datetime(2027, 3, 14, 20, 30))


def test_two_forms_in_a_set_share_their_lay_out() -> None:
    html = str(forms.formset_factory(Idea, extra=2)())
    assert html.count('class="rows-of-form"') == 2
    assert "form-TOTAL_FORMS" in html
