"""Forms about people: signing in, letters, one's own details, and the desk of the town."""

from samenraad.people.forms.accounts import (
    AddEmailForm,
    ChangePasswordForm,
    CodeForm,
    ConfirmCodeForm,
    ConfirmEmailForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignInForm,
)
from samenraad.people.forms.desk import (
    BodyForm,
    MemberForm,
    MoveForm,
    RoleForm,
    SeatsForm,
    TownForm,
    WordsForm,
)
from samenraad.people.forms.mine import DetailsForm, LetterForm

__all__ = [
    "AddEmailForm",
    "BodyForm",
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmCodeForm",
    "ConfirmEmailForm",
    "DetailsForm",
    "LetterForm",
    "MemberForm",
    "MoveForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "RoleForm",
    "SeatsForm",
    "SetPasswordForm",
    "SignInForm",
    "TownForm",
    "WordsForm",
]
