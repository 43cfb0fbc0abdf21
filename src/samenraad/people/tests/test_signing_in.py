"""Getting in: with a code by e-mail, with a letter, with a password. And every page of it is ours."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from allauth.account import urls as allauth_urls
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from samenraad.ledger.models import Entry
from samenraad.people.actions import add_staff, forget, give_role, issue_code
from samenraad.people.models import Account, FailedCode, Person
from samenraad.people.rules import WRONG_CODES

pytestmark = pytest.mark.django_db

PASSWORD = "goed-geheim-woord"


@pytest.fixture(autouse=True)
def fresh(town):
    """No slowing down left over from another test."""
    cache.clear()


def ask_code(client, email, following="/check/"):
    return client.post(reverse("account_login"), {"login": email, "next": following})


def sent_code() -> str:
    return re.search(r"\d{6}", mail.outbox[-1].subject).group()


def give_code(client, code=None, following="/check/"):
    url = reverse("account_confirm_login_code")
    return client.post(url, {"code": code or sent_code(), "action": "verify", "next": following})


class TestWithACode:
    def test_a_new_resident_is_in_with_a_code_and_a_person_is_made(self, client):
        assert ask_code(client, "New@Example.org").url.startswith(reverse("account_confirm_login_code"))
        assert not Person.objects.exists()
        assert give_code(client).url == "/check/"
        person = Person.objects.get()
        assert (person.email, person.account.email) == ("new@example.org", "new@example.org")
        assert EmailAddress.objects.get().verified
        assert len(mail.outbox) == 1

    def test_who_comes_back_is_the_same_person(self, client, aisha):
        ask_code(client, aisha.email)
        assert give_code(client).url == "/check/"
        assert client.get("/check/").wsgi_request.person == aisha
        assert Account.objects.count() == 1

    def test_who_was_known_from_a_paper_form_is_recognised(self, client, emre):
        Person.objects.filter(pk=emre.pk).update(email="emre@example.org")
        ask_code(client, "emre@example.org")
        give_code(client)
        emre.refresh_from_db()
        assert emre.account.email == "emre@example.org"
        assert Person.objects.count() == 1

    def test_the_mail_is_ours_and_names_the_town(self, client):
        ask_code(client, "new@example.org")
        message = mail.outbox[0]
        assert "Lindenveld" in message.subject
        assert "088 123 45 67" in message.body
        assert "Dit is je code" in message.body
        assert "example.com" not in message.body
        assert "&" not in message.body

    def test_known_and_unknown_addresses_get_the_same_answer(self, client, aisha):
        answers = []
        for email in (aisha.email, "stranger@example.org"):
            client.cookies.clear()
            page = client.post(reverse("account_login"), {"login": email}, follow=True)
            answers.append((page.status_code, page.redirect_chain, page.text.count("</p>"), len(mail.outbox)))
        assert answers[0][:3] == answers[1][:3]
        assert len(mail.outbox) == 2

    def test_a_wrong_code_is_refused_and_after_three_a_new_one_is_needed(self, client):
        ask_code(client, "new@example.org")
        wrong = "000000" if sent_code() != "000000" else "111111"
        assert "Dit is niet de code" in give_code(client, wrong).text
        give_code(client, wrong)
        assert give_code(client, wrong).status_code == 302
        assert give_code(client).url.endswith(reverse("account_request_login_code"))
        assert not Person.objects.exists()

    def test_an_old_code_no_longer_works(self, client, time_machine):
        now = timezone.now()
        time_machine.move_to(now)
        ask_code(client, "new@example.org")
        time_machine.move_to(now + timedelta(minutes=16))
        assert give_code(client).status_code == 302
        assert not Person.objects.exists()

    def test_a_new_code_can_be_asked_for_and_the_first_is_then_worthless(self, client):
        ask_code(client, "new@example.org")
        first = sent_code()
        client.post(reverse("account_confirm_login_code"), {"action": "resend"})
        assert len(mail.outbox) == 2
        if first != sent_code():
            assert give_code(client, first).status_code == 200
        assert give_code(client).url == "/check/"

    def test_asking_for_code_after_code_is_slowed_down(self, client):
        for _ in range(3):
            ask_code(client, "new@example.org")
            client.post(reverse("account_logout"))
        page = ask_code(client, "new@example.org")
        assert page.status_code == 200
        assert "te vaak" in page.text
        assert len(mail.outbox) == 3

    @pytest.mark.parametrize(
        "away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
    )
    def test_nobody_is_led_to_another_site(self, client, away):
        ask_code(client, "new@example.org", away)
        assert "evil" not in give_code(client, following=away).url

    def test_a_closed_account_stays_closed(self, client, aisha):
        Account.objects.update(is_active=False)
        ask_code(client, aisha.email)
        assert "gesloten" in mail.outbox[0].body
        assert not re.search(r"\d{6}", mail.outbox[0].subject)

    @pytest.mark.parametrize("typed", ["", "geen adres", "a@b", "x" * 300 + "@example.org", "a\x00@example.org"])
    def test_what_is_no_address_is_told_so_and_kept(self, client, typed):
        page = client.post(reverse("account_login"), {"login": typed})
        assert page.status_code == 200
        assert page.context["form"].errors
        assert not Account.objects.exists()

    def test_signing_up_is_the_same_as_signing_in(self, client):
        answer = client.get(reverse("account_signup") + "?next=/check/&email=x")
        assert answer.url == reverse("account_login") + "?next=%2Fcheck%2F"
        assert client.post(reverse("account_signup"), {"email": "x@example.org"}).url == reverse("account_login")
        assert not Account.objects.exists()


class TestWithAPassword:
    @pytest.fixture
    def staff(self):
        return add_staff(email="bram@example.org", name="Bram", password=PASSWORD)

    def post(self, client, password, following=""):
        return client.post(
            reverse("account_login"), {"login": "bram@example.org", "password": password, "next": following}
        )

    def test_staff_get_in_without_a_mail_and_start_at_the_desk(self, client, staff):
        assert self.post(client, PASSWORD).url == reverse("processes:desk")
        assert client.get("/check/").wsgi_request.person == staff
        assert not mail.outbox

    def test_a_wrong_password_is_refused_and_the_field_stays_open(self, client, staff):
        page = self.post(client, "fout")
        assert "horen niet bij elkaar" in page.text
        assert "<details open>" in page.text
        assert client.get("/check/").wsgi_request.person is None

    def test_guessing_passwords_is_slowed_down(self, client, staff):
        for _ in range(5):
            self.post(client, "fout")
        assert "te vaak" in self.post(client, PASSWORD).text

    def test_a_resident_has_no_password_to_guess(self, client, aisha):
        page = client.post(reverse("account_login"), {"login": aisha.email, "password": "!"})
        assert "horen niet bij elkaar" in page.text

    def test_a_forgotten_password_is_replaced_by_mail(self, client, staff):
        client.post(reverse("account_reset_password"), {"email": staff.email})
        link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
        page = client.get(link, follow=True)
        chosen = {"password1": "heel-ander-woord", "password2": "heel-ander-woord"}
        client.post(page.request["PATH_INFO"], chosen)
        assert self.post(client, PASSWORD).status_code == 200
        assert self.post(client, "heel-ander-woord").status_code == 302
        assert "werkt niet meer" in client.get(link, follow=True).text or client.get("/check/").wsgi_request.person

    def test_a_weak_password_is_refused(self, client, staff, as_):
        as_(staff)
        weak = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
        page = client.post(reverse("account_change_password"), weak)
        assert page.context["form"].errors
        staff.account.refresh_from_db()
        assert staff.account.check_password(PASSWORD)


class TestWithALetter:
    def redeem(self, client, code, **more):
        return client.post(reverse("people:letter"), {"code": code, **more})

    def test_a_letter_opens_ones_own_part_without_account(self, client, emre):
        assert self.redeem(client, issue_code(person=emre)).status_code == 302
        assert client.get("/check/").wsgi_request.person == emre
        assert client.session.get_expiry_age() <= 4 * 60 * 60

    def test_the_old_address_leads_there_too(self, client):
        assert client.get("/brief/").status_code == 200

    def test_the_qr_code_fills_in_the_code_and_does_nothing_by_itself(self, client, emre):
        code = issue_code(person=emre)
        page = client.get(reverse("people:code", args=[code]))
        assert f'value="{code}"' in page.text
        assert page["Referrer-Policy"] == "strict-origin"
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]
        assert client.get("/check/").wsgi_request.person is None
        assert not FailedCode.objects.exists()

    def test_what_stands_in_the_address_is_only_text(self, client):
        page = client.get(reverse("people:code", args=['"><script>alert(1)</script>'.replace("/", "")]))
        assert "<script>alert" not in page.text

    def test_a_wrong_code_is_explained_and_kept(self, client, town):
        page = self.redeem(client, "FOUT-CODE")
        assert "Deze code kennen we niet" in page.text
        assert 'value="FOUT-CODE"' in page.text
        assert town.phone in page.text
        assert client.get("/check/").wsgi_request.person is None

    def test_an_expired_code_says_until_when(self, client, emre):
        assert "geldig tot" in self.redeem(client, issue_code(person=emre, days=-1)).text

    def test_trying_many_codes_ends(self, client, emre):
        for _ in range(WRONG_CODES):
            self.redeem(client, "FOUT")
        page = self.redeem(client, issue_code(person=emre))
        assert "te vaak" in page.text
        assert FailedCode.objects.count() == WRONG_CODES
        assert "127.0.0.1" not in str(list(FailedCode.objects.values()))

    def test_going_on_where_one_was_but_never_to_another_site(self, client, emre):
        code = issue_code(person=emre)
        assert self.redeem(client, code, next="/check/").url == "/check/"
        assert "evil" not in self.redeem(client, code, next="https://evil.example/").url
        assert 'name="next" value="/check/"' in client.get("/letter/?next=/check/").text

    def test_a_letter_takes_the_place_of_who_was_signed_in(self, client, emre, aisha, as_):
        as_(aisha)
        assert "Je bent ingelogd met je e-mailadres" in client.get("/letter/").text
        self.redeem(client, issue_code(person=emre))
        request = client.get("/check/").wsgi_request
        assert (request.person, request.user.is_authenticated) == (emre, False)

    def test_a_letter_never_opens_a_desk(self, client, emre):
        give_role(person=emre, word="officer")
        self.redeem(client, issue_code(person=emre))
        assert client.get(reverse("people:desk")).status_code == 404

    def test_leaving_closes_the_letter(self, client, emre):
        self.redeem(client, issue_code(person=emre))
        assert client.get(reverse("people:leave")).status_code == 405
        client.post(reverse("people:leave"))
        assert client.get("/check/").wsgi_request.person is None

    def test_a_forgotten_person_is_out_at_once(self, client, emre):
        self.redeem(client, issue_code(person=emre))
        forget(person=emre)
        assert client.get("/check/").wsgi_request.person is None


class TestAccountAfter:
    """Act first, an account after."""

    def start(self, client, person, email="emre@example.org"):
        client.post(reverse("people:letter"), {"code": issue_code(person=person)})
        return client.post(reverse("people:keep"), {"email": email})

    def test_what_was_done_with_a_letter_goes_on_under_an_address(self, client, emre):
        assert self.start(client, emre).url == reverse("account_confirm_login_code")
        give_code(client)
        emre.refresh_from_db()
        assert (emre.email, emre.account.email) == ("emre@example.org", "emre@example.org")
        assert Person.objects.count() == 1
        assert "person" not in client.session

    def test_another_address_on_the_same_computer_does_not_get_it(self, client, emre):
        self.start(client, emre)
        client.post(reverse("account_logout"))
        ask_code(client, "dirk@example.org")
        give_code(client)
        emre.refresh_from_db()
        assert emre.account is None
        assert Person.objects.get(account__email="dirk@example.org") != emre

    def test_signing_in_without_asking_for_it_takes_nothing_over(self, client, emre):
        client.post(reverse("people:letter"), {"code": issue_code(person=emre)})
        ask_code(client, "dirk@example.org")
        give_code(client)
        emre.refresh_from_db()
        assert emre.account is None

    def test_an_address_that_has_a_person_already_keeps_that_person(self, client, emre, aisha):
        self.start(client, emre, aisha.email)
        give_code(client)
        assert client.get("/check/").wsgi_request.person == aisha

    def test_without_a_letter_there_is_nothing_to_keep(self, client, aisha, as_):
        assert client.get(reverse("people:keep")).url.startswith(reverse("account_login"))
        as_(aisha)
        assert client.get(reverse("people:keep")).url == reverse("people:details")


class TestAnotherAddress:
    def test_a_new_address_counts_once_its_code_came_back(self, client, aisha, as_):
        as_(aisha)
        EmailAddress.objects.create(user=aisha.account, email=aisha.email, verified=True, primary=True)
        client.post(reverse("account_email"), {"email": "aisha@new.example", "action_add": "1"})
        aisha.refresh_from_db()
        assert aisha.email == "aisha@example.org"
        client.post(reverse("account_email_verification_sent"), {"code": sent_code(), "action": "verify"})
        aisha.refresh_from_db()
        assert (aisha.email, aisha.account.email) == ("aisha@new.example", "aisha@new.example")


class TestEveryPageIsOurs:
    ARGUMENTS = {"account_reset_password_from_key": {"uidb36": "1", "key": "set-password"}}

    @pytest.mark.parametrize("name", [pattern.name for pattern in allauth_urls.urlpatterns])
    def test_no_stock_page_is_reachable(self, client, aisha, as_, name):
        """Signed out and signed in: a page in our own look and language, or a redirect."""
        url = reverse(name, kwargs=self.ARGUMENTS.get(name))
        for person in (None, aisha):
            as_(person)
            page = client.get(url)
            while page.status_code == 302 and page.url.startswith("/account/"):
                page = client.get(page.url)
            if page.status_code in (302, 403):  # to a page of the house, or: has no password to ask for
                continue
            assert 'lang="nl"' in page.text
            assert '<a class="skip"' in page.text
            assert len(re.findall(r"<h1[ >]", page.text)) == 1
            assert "style=" not in page.text
            assert not [
                template.origin.name
                for template in page.templates
                if template.origin and str(Path(allauth.__file__).parent) in template.origin.name
            ]

    @pytest.mark.parametrize("folder", ["email", "messages"])
    def test_every_mail_and_message_of_allauth_is_in_our_words(self, folder):
        stock = Path(allauth.__file__).parent / "templates" / "account" / folder
        for template in stock.iterdir():
            ours = get_template(f"account/{folder}/{template.name}").origin.name
            assert "samenraad" in ours, template.name

    def test_too_often_is_a_page_of_ours_too(self, client):
        for _ in range(31):
            page = client.post(reverse("account_login"), {"login": ""})
        assert page.status_code == 429
        assert "Een ogenblik" in page.text

    def test_signing_in_leaves_no_trace_in_the_ledger(self, client):
        ask_code(client, "new@example.org")
        give_code(client)
        assert not Entry.objects.exists()
