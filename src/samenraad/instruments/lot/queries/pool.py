"""From invitations, answers and quotas to what the mathematics of the draw gets."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from samenraad.instruments.lot.models import Dimension, Invitation, Lot
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.questionnaires.models import Answer


def dimensions(lot: Lot) -> list[Dimension]:
    """With their values at hand."""
    if lot._state.adding:
        return []
    return list(lot.dimensions.prefetch_related("values").select_related("question"))


def group_names(known: Iterable[Dimension]) -> dict[tuple[str, str], str]:
    """(dimension, group) -> what the group is called, in the reader's language."""
    return {(one.key, value.key): str(value) for one in known for value in one.values.all()}


def accepted(lot: Lot) -> QuerySet[Invitation]:
    """Who said yes, and counts: no tests, and nobody who was forgotten."""
    return Invitation.objects.filter(
        lot_id=lot.pk, reply=Invitation.Reply.YES, test=False, person__isnull=False, person__forgotten_at=None
    )


def features(lot: Lot, invitations: Iterable[Invitation]) -> dict[int, dict[str, str]]:
    """invitation -> {dimension: value}: from the register, and from what was answered. A value that is not known is
    left out."""
    found = {one.pk: {str(key): str(value) for key, value in one.features.items() if value} for one in invitations}
    sets = {one.answers_id: one.pk for one in invitations if one.answers_id}
    asked = {one.question_id: one.key for one in dimensions(lot) if one.question_id}
    given = Answer.objects.filter(answer_set__in=sets, question__in=asked)
    for answer_set, question, value in given.values_list("answer_set_id", "question_id", "value"):
        found[sets[answer_set]][asked[question]] = str(value)
    return found


def pool(lot: Lot, invitations: Iterable[Invitation] | None = None) -> Pool:
    """Everybody who can be drawn, under their lot number. Who shares an address is a household, when the rules say
    that an address gets one seat at most."""
    people = list(accepted(lot) if invitations is None else invitations)
    known = features(lot, people)
    names = {one.key for one in dimensions(lot) if one.has_quotas}
    return Pool(
        tuple(
            Candidate(
                one.number,
                {name: value for name, value in known[one.pk].items() if name in names},
                (one.home or None) if lot.one_per_address else None,
            )
            for one in people
        )
    )


def quotas(lot: Lot) -> Quotas:
    """The limits as they stand now; a value without limits may take any number of seats."""
    return Quotas(
        tuple(
            Quota(((dimension.key, value.key),), value.least, value.most)
            for dimension in dimensions(lot)
            if dimension.has_quotas
            for value in dimension.values.all()
            if value.least is not None and value.most is not None
        )
    )
