"""Everything that closes the loop, by subject: hand-over, answers, measures, marks, feedback, evaluation."""

from samenraad.followup.actions.answers import assign, give_answer, look_at, note_beside, publish_answers, version_of
from samenraad.followup.actions.evaluations import evaluate, publish_evaluation
from samenraad.followup.actions.feedback import owe, owe_no_word, owe_word, tell_in_public, told_by_hand
from samenraad.followup.actions.handovers import explain_delay, hand_over
from samenraad.followup.actions.marks import mark, may_mark
from samenraad.followup.actions.measures import add_measure, update_measure
from samenraad.followup.actions.telling import tell, tell_again
from samenraad.followup.rules import TERM_WITHOUT_PROMISE

__all__ = [
    "TERM_WITHOUT_PROMISE",
    "add_measure",
    "assign",
    "evaluate",
    "explain_delay",
    "give_answer",
    "hand_over",
    "look_at",
    "mark",
    "may_mark",
    "note_beside",
    "owe",
    "owe_no_word",
    "owe_word",
    "publish_answers",
    "publish_evaluation",
    "tell",
    "tell_again",
    "tell_in_public",
    "told_by_hand",
    "update_measure",
    "version_of",
]
