"""What questionnaires say when something may not be done."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "questionnaires.required": _("This question must be answered."),
    "questionnaires.option": _("Choose one of the answers that are there."),
    "questionnaires.too_many": _("Choose at most {most}. You chose {chosen}."),
    "questionnaires.number": _("Fill in a whole number, in digits."),
    "questionnaires.range": _("Fill in a number from {least} to {most}."),
    "questionnaires.too_long": _("This is too long: at most {longest} characters. Yours has {length}."),
    "questionnaires.date": _("Fill in a day that exists."),
    "questionnaires.closed": _("This questionnaire is closed. What was handed in counts."),
    "questionnaires.not_open": _("This questionnaire is not open yet."),
    "questionnaires.fixed": _(
        "This questionnaire was published, so its questions stay as they are. Make a copy to ask something else."
    ),
    "questionnaires.answered": _(
        "This question was answered already, so its words stay as they are. Make a new question instead."
    ),
    "questionnaires.empty": _("Add a question first."),
    "questionnaires.conditions": _("These questions depend on an answer that cannot come before them: {questions}."),
    "questionnaires.missing": _("These questions must still be answered: {questions}."),
    "questionnaires.options": _("A question of this kind needs at least two answers to choose from."),
    "questionnaires.option_twice": _("Two answers are called the same: {option}."),
    "questionnaires.twice": _("This question is in the questionnaire already."),
}
