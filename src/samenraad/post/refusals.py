"""What post says when something cannot be sent, and what can be done instead."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "post.unreachable": _(
        "We cannot reach this person: no e-mail address, no complete postal address and no phone number is known. "
        "Ask for one, or make the news known in public."
    ),
    "post.no_way": _("This person cannot be reached by {medium}: that address or number is not known."),
}
