"""`samenraad check --deploy` says what is not kept apart."""

import pytest
from django.core.checks import run_checks

from samenraad.ballots.checks import ballots_are_kept_apart

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
SERVER = {"ENGINE": "django.db.backends.postgresql", "HOST": "db", "PORT": "", "USER": "town", "NAME": "town"}


def said(settings, **databases):
    settings.DATABASES = {alias: {**SERVER, **databases.get(alias, {})} for alias in ("default", "roll", "box")}
    return [warning.id for warning in ballots_are_kept_apart(None)]


def test_three_databases_of_one_user_are_told_and_three_users_are_not(settings):
    assert said(settings) == ["ballots.W001"] * 3
    assert said(settings, roll={"USER": "roll"}, box={"HOST": "elsewhere"}) == []


def test_a_key_in_the_data_folder_is_told(settings, tmp_path):
    settings.DATA = tmp_path
    (settings.DATA / "box-key").write_text("secret")
    settings.BOX_KEY = "secret"
    assert said(settings, roll={"USER": "roll"}, box={"USER": "box"}) == ["ballots.W002"]
    settings.BOX_KEY = "from the environment"
    assert said(settings, roll={"USER": "roll"}, box={"USER": "box"}) == []


def test_a_demo_hears_nothing_and_a_town_is_told_by_the_command(settings):
    settings.DATABASES = {alias: dict(SERVER) for alias in ("default", "roll", "box")}
    assert "ballots.W001" in {one.id for one in run_checks(include_deployment_checks=True)}
    settings.DEMO = True
    assert ballots_are_kept_apart(None) == []
