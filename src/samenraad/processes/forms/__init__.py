"""The forms of the desk, by subject."""

from samenraad.processes.forms.meetings import AttendanceForm, ExpectForm, MeetingForm
from samenraad.processes.forms.plan import (
    CopyForm,
    GoalForm,
    InfluenceForm,
    QuestionForm,
    ReasonForm,
    RoomItemForm,
    StrikeForm,
    TitleForm,
    WhoForm,
)
from samenraad.processes.forms.promise import PromiseForm
from samenraad.processes.forms.steps import StepForm
from samenraad.processes.forms.town import ElectionForm, FindPersonForm, SureForm

__all__ = [
    "AttendanceForm",
    "CopyForm",
    "ElectionForm",
    "ExpectForm",
    "FindPersonForm",
    "GoalForm",
    "InfluenceForm",
    "MeetingForm",
    "PromiseForm",
    "QuestionForm",
    "ReasonForm",
    "RoomItemForm",
    "StepForm",
    "StrikeForm",
    "SureForm",
    "TitleForm",
    "WhoForm",
]
