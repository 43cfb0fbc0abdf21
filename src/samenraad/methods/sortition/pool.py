"""The people in the pool, and the quotas that a panel must meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from samenraad.refusals import Refusal

#: one (category, value) pair, such as ("age", "16-24")
Feature = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """Somebody who said yes. `id` is all that a draw needs to know of a name; people with the same `household`
    (any text that is equal for one address) never sit on one panel; None means living alone or unknown."""

    id: str
    features: Mapping[str, str]
    household: str | None = None

    def matches(self, where: Iterable[Feature]) -> bool:
        return all(self.features.get(category) == value for category, value in where)


@dataclass(frozen=True)
class Pool:
    """Everybody who can be drawn, always in the order of their id, so that the order of a file changes nothing.

    >>> pool = Pool.of({"b": {"age": "old"}, "a": {"age": "young"}})
    >>> [candidate.id for candidate in pool.candidates]
    ['a', 'b']

    Refuses (`sortition.twice`) an id that occurs twice.
    """

    candidates: tuple[Candidate, ...]
    by_id: Mapping[str, Candidate] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(sorted(self.candidates, key=lambda candidate: candidate.id)))
        object.__setattr__(self, "by_id", {candidate.id: candidate for candidate in self.candidates})
        if len(self.by_id) < len(self.candidates):
            counted = Counter(candidate.id for candidate in self.candidates)
            raise Refusal("sortition.twice", ids=sorted(one for one, times in counted.items() if times > 1))

    @classmethod
    def of(cls, people: Mapping[str, Mapping[str, str]], households: Mapping[str, str] | None = None) -> Pool:
        """From id -> {category: value}, and id -> household for those who share one."""
        shared = households or {}
        return cls(tuple(Candidate(one, dict(features), shared.get(one)) for one, features in people.items()))

    def __len__(self) -> int:
        return len(self.candidates)

    def count(self, where: Iterable[Feature]) -> int:
        pairs = tuple(where)
        return sum(candidate.matches(pairs) for candidate in self.candidates)


@dataclass(frozen=True, order=True)
class Quota:
    """Of the people who match `where`, at least `min` and at most `max` sit on each panel.

    `where` is one (category, value) pair, or two for an intersection such as age within neighbourhood.
    `min_flex` and `max_flex` say how far a proposed repair may go; without them it may go anywhere sensible.
    """

    where: tuple[Feature, ...]
    min: int
    max: int
    min_flex: int | None = None
    max_flex: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", tuple(sorted(self.where)))
        if not 0 <= self.min <= self.max:
            raise Refusal("sortition.min_above_max", quota=self.label, min=self.min, max=self.max)

    @property
    def label(self) -> str:
        return " & ".join(f"{category}: {value}" for category, value in self.where)

    def allows(self, number: int) -> bool:
        return self.min <= number <= self.max


@dataclass(frozen=True)
class Quotas:
    """All quotas of a draw, in one fixed order. Refuses (`sortition.quota_twice`) two quotas for the same group."""

    quotas: tuple[Quota, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "quotas", tuple(sorted(self.quotas, key=lambda quota: quota.where)))
        counted = Counter(quota.label for quota in self.quotas)
        double = sorted(label for label, times in counted.items() if times > 1)
        if double:
            raise Refusal("sortition.quota_twice", quotas=double)

    @classmethod
    def of(cls, limits: Mapping[str, Mapping[str, tuple[int, int]]]) -> Quotas:
        """From {category: {value: (min, max)}}."""
        return cls(
            tuple(
                Quota(((category, value),), low, high)
                for category, values in limits.items()
                for value, (low, high) in values.items()
            )
        )

    def __iter__(self) -> Iterator[Quota]:
        return iter(self.quotas)

    def __len__(self) -> int:
        return len(self.quotas)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(sorted({category for quota in self.quotas for category, _ in quota.where}))

    def values(self, category: str) -> tuple[str, ...]:
        """The values of a category that have a quota of their own."""
        return tuple(
            quota.where[0][1] for quota in self.quotas if len(quota.where) == 1 and quota.where[0][0] == category
        )

    def broken_by(self, people: Iterable[Candidate]) -> list[tuple[Quota, int]]:
        """The quotas that this panel does not meet, each with the number it has. Plain counting, no solver:
        this is the independent check that every panel passes."""
        panel = list(people)
        counted = [(quota, sum(one.matches(quota.where) for one in panel)) for quota in self.quotas]
        return [(quota, number) for quota, number in counted if not quota.allows(number)]
