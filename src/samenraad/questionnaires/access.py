"""Fetching on behalf of somebody: organisers make questionnaires, people answer their own."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samenraad.people.access import refuse
from samenraad.people.models import Person
from samenraad.processes.access import is_officer
from samenraad.questionnaires.models import AnswerSet, Item, Questionnaire


def own_questionnaire(person: Person | None, pk: int) -> Questionnaire:
    found = Questionnaire.objects.select_related("process__place").filter(pk=pk).first()
    if found is None or not is_officer(person, found.process):
        refuse(person)
    return found


def own_item(person: Person | None, questionnaire: int, pk: int) -> Item:
    found = own_questionnaire(person, questionnaire)
    item = get_object_or_404(Item.objects.select_related("question", "condition"), pk=pk, questionnaire=found)
    item.questionnaire = found
    return item


def my_answers(person: Person | None, pk: int) -> AnswerSet:
    """Answers that this person began. Nobody else sees them, organisers neither."""
    found = AnswerSet.objects.select_related("questionnaire__process__place").filter(pk=pk).first()
    if person is None:
        refuse(person)
    if found is None or found.person_id != person.pk:
        raise Http404
    return found


def open_questionnaire(person: Person | None, pk: int) -> Questionnaire:
    """A published questionnaire of a public process; its organisers see a draft too, to try it out."""
    found = get_object_or_404(Questionnaire.objects.select_related("process__place"), pk=pk)
    if is_officer(person, found.process):
        return found
    if found.fixed_at is None or not found.process.is_public:
        raise Http404
    if person is None:
        refuse(person)
    return found
