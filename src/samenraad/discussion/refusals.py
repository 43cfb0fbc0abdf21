"""What discussion says when something may not be done."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "discussion.empty": _("Write something first."),
    "discussion.too_long": _("This is too long: at most {longest} characters. Yours has {length}."),
    "discussion.one_level": _("You can reply to a comment, not to a reply. Reply to the comment above it."),
    "discussion.not_here": _("This comment belongs to another text."),
    "discussion.gone": _("This comment is no longer there, so you cannot reply to it."),
    "discussion.not_yours": _("Only who wrote this can take it back."),
    "discussion.reason_needed": _(
        "Give a reason of at least {shortest} characters. The person who wrote it gets this reason to read."
    ),
    "discussion.not_hidden": _("This is not hidden."),
    "discussion.already_hidden": _("This is hidden already."),
    "discussion.withdrawn": _("The person who wrote this has already taken it back."),
    "discussion.too_often": _(
        "Many people have come in from this address in the past hour. Try again in an hour, sign in, or call us."
    ),
    "discussion.who": _("Fill in your e-mail address or your postcode, so that nobody counts twice."),
    "discussion.too_fast": _("That went very fast. Look it over once more, and send it again."),
    "discussion.trap": _("Something went wrong on the way. Send it once more, please."),
}
