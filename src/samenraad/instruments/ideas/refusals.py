"""What ideas say when something may not be done, and what can be done instead."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "ideas.no_title": _("Give your idea a title."),
    "ideas.keyed_already": _("This form was keyed already: it is idea {number}."),
    "ideas.no_form_code": _("{typed} is not a code from one of our forms. Compare it letter by letter."),
    "ideas.photo_too_big": _("This photo is too large: at most {megabytes} MB."),
    "ideas.photo_unreadable": _("We cannot read this photo. Choose a JPEG, PNG or WebP file."),
    "ideas.photo_too_many_points": _(
        "This photo has too many points: at most {megapixels} megapixels. Make it smaller."
    ),
    "ideas.photo_alt": _("Tell in a few words what the photo shows, for people who cannot see it."),
    "ideas.person_is_author": _("This person gave the idea: their support is counted already."),
    "ideas.same_step": _("These ideas are in this step already. Choose another step."),
    "ideas.unknown_numbers": _("There is no idea with this number: {numbers}."),
    "ideas.already_read": _("This file was read in before, on {day}: ideas {first} to {last}."),
    "ideas.no_title_column": _(
        "Choose the column with the title or the column with the text. One of them must be there."
    ),
    "ideas.column_gone": _("This file has no column called {column}."),
    "ideas.line_empty": _("There is no title and no text."),
    "ideas.line_title_long": _("The title has {length} characters; at most {longest} fit."),
    "ideas.line_text_long": _("The text has {length} characters; at most {longest} fit."),
    "ideas.line_place": _("“{value}” is not a neighbourhood of {town}. Known are: {known}."),
    "ideas.line_day": _("“{value}” is not a day. Write 8-3-2027 or 2027-03-08."),
    "ideas.line_day_future": _("{value} is still to come."),
    "ideas.line_day_before": _(
        "On {value} this step was not open yet. Leave out the column with days, or move the opening day."
    ),
    "ideas.line_day_after": _("On {value} this step was closed already."),
    "ideas.line_channel": _("“{value}” is not a way to take part. Use: {known}."),
    "ideas.line_email": _("“{value}” is not an e-mail address."),
    "ideas.line_point": _("“{value}” is not a latitude and a longitude, or only one of the two is filled in."),
    "ideas.line_reference": _("Number {value} stands in this file twice, also in row {other}."),
    "ideas.line_known": _("Number {value} is in this step already: it is idea {number}."),
    "ideas.line_too_long": _("What stands under “{column}” is too long: at most {longest} characters."),
    "ideas.line_extra": _("There is more in this row than there are columns: {value}. Is a quotation mark missing?"),
}  # fmt: skip
