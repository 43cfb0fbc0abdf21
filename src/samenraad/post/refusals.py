"""What post says when something cannot be sent, and what can be done instead."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "post.unreachable": _(
        "We cannot reach this person: no e-mail address, no complete postal address and no phone number is known. "
        "Ask for one, or make the news known in public."
    ),
    "post.no_way": _("This person cannot be reached by {medium}: that address or number is not known."),
    "post.in_the_air": _("This message is on its way at this moment. Wait ten minutes and look again."),
    "post.settled": _("This message has been settled already: {state}."),
    "post.forgotten": _("This person asked to be forgotten. There is nobody left to write to."),
    "post.no_letters": _("There are no letters waiting here. Perhaps somebody else has just put them together."),
    "post.posted_already": _("These letters were posted on {day}. That can no longer be undone."),
    "post.day_to_come": _("Choose today or an earlier day: letters cannot be confirmed before they are posted."),
    "post.day_before": _("These letters were put together on {day}. They cannot have been posted before that."),
    "post.empty_batch": _("There is no letter left in this pile. Take it apart."),
    "post.no_call": _("This is not a phone call."),
}
