"""Budgeting: dividing money over projects by votes, and saying why each project won or lost.

>>> from samenraad.methods import budgeting
>>> made = budgeting.Instance.of({"park": 80, "club": 40}, 100, [["park"]] * 6 + [["club"]] * 4)
>>> outcome = budgeting.count(made, budgeting.PRESETS["equalshares"])
>>> outcome.winners, budgeting.reasons(outcome)["park"].sentence()
(('club',), 'Its supporters (6) had 60 left of the 80 that were needed: 20 too little.')
>>> budgeting.lacked(budgeting.margin(outcome, "park"))
'Votes missing: 10. At a cost of 60 it would have won too.'

Every choice that changes who wins has a name in `Settings`, and is printed with the result.
"""

from samenraad.methods.budgeting.count import count
from samenraad.methods.budgeting.explain.margins import Margin, margin
from samenraad.methods.budgeting.explain.reasons import Reason, lacked, reasons
from samenraad.methods.budgeting.figures import Beside, Figures, beside_greedy, figures
from samenraad.methods.budgeting.instance import Ballot, Instance, Project
from samenraad.methods.budgeting.outcome import Outcome, Round
from samenraad.methods.budgeting.pb.pb_file import PbFile, from_instance, settings_of, with_winners
from samenraad.methods.budgeting.pb.reading import read_pb
from samenraad.methods.budgeting.pb.writing import pb_text, write_pb
from samenraad.methods.budgeting.settings import PRESETS, Settings

__all__ = [
    "PRESETS",
    "Ballot",
    "Beside",
    "Figures",
    "Instance",
    "Margin",
    "Outcome",
    "PbFile",
    "Project",
    "Reason",
    "Round",
    "Settings",
    "beside_greedy",
    "count",
    "figures",
    "from_instance",
    "lacked",
    "margin",
    "pb_text",
    "read_pb",
    "reasons",
    "settings_of",
    "with_winners",
    "write_pb",
]
