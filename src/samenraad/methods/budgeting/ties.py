"""Who goes first when all is equal. The order is settled before the count, once, for the whole run."""

from __future__ import annotations

from collections.abc import Iterable

from samenraad.methods.budgeting.instance import Instance
from samenraad.methods.budgeting.settings import Settings
from samenraad.methods.seeds import in_lot_order

#: the word under which this lot is drawn from the seed
PURPOSE = "budget"


def tie_order(instance: Instance, settings: Settings) -> dict[str, int]:
    """Project -> its place, 0 first. Each key of `settings.ties` counts only where those before it are equal; the
    order of the list closes the row, so that there is always an answer.

    >>> made = Instance.of({"a": 5, "b": 4, "c": 4}, 9, [["c"]])
    >>> tie_order(made, Settings())
    {'c': 0, 'b': 1, 'a': 2}
    """
    ids = [project.id for project in instance.projects]
    listed = _places(ids)
    drawn = _places(in_lot_order(ids, settings.seed, PURPOSE)) if settings.seed.strip() else listed
    keys = {
        "cost": lambda id: instance.cost[id],
        "votes": lambda id: -instance.votes[id],
        "lot": drawn.__getitem__,
        "list": listed.__getitem__,
    }
    chosen = [keys[name] for name in (*settings.ties, "list")]
    return _places(sorted(ids, key=lambda id: tuple(key(id) for key in chosen)))


def _places(ids: Iterable[str]) -> dict[str, int]:
    return {id: place for place, id in enumerate(ids)}
