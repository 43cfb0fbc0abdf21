"""What can happen to people: one module per subject, one place to call them from."""

from samenraad.people.actions.bodies import (
    add_member,
    begin_many,
    change_seats,
    end_membership,
    make_body,
    move_membership,
    resume_membership,
    set_chair,
)
from samenraad.people.actions.letters import Wanted, issue_code, issue_codes, redeem, withdraw_codes
from samenraad.people.actions.persons import (
    account_for,
    add_staff,
    find_or_register,
    forget,
    link_account,
    person_for,
    register_person,
)
from samenraad.people.actions.reference import import_places, import_population
from samenraad.people.actions.registers import destroy_register, tidy_up
from samenraad.people.actions.roles import give_role, take_role
from samenraad.people.actions.town import change_town, change_words

__all__ = [
    "Wanted",
    "account_for",
    "add_member",
    "add_staff",
    "begin_many",
    "change_seats",
    "change_town",
    "change_words",
    "destroy_register",
    "end_membership",
    "find_or_register",
    "forget",
    "give_role",
    "import_places",
    "import_population",
    "issue_code",
    "issue_codes",
    "link_account",
    "make_body",
    "move_membership",
    "person_for",
    "redeem",
    "register_person",
    "resume_membership",
    "set_chair",
    "take_role",
    "tidy_up",
    "withdraw_codes",
]
