"""Lots that were really held, with their published figures: for tests, the demo town and comparisons.

`letters`, `yes`, `seats` and the names of the dimensions were published. Where `published` does not name the seats of
a dimension, how many people live in each group is a round number near what it was; it stands for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samenraad.instruments.lot.rules.invented import Groups

#: dimension -> {value: (at least, at most)}
Limits = Mapping[str, Mapping[str, tuple[int, int]]]


@dataclass(frozen=True)
class Case:
    """One lot. `yes` is None where nobody published it. `extra` are letters that went to one group on purpose,
    on top of its share of the others."""

    name: str
    people: int
    letters: int
    seats: int
    groups: Groups
    source: str
    yes: int | None = None
    limits: Limits = field(default_factory=dict)
    published: tuple[str, ...] = ()
    extra: Mapping[tuple[str, str], int] = field(default_factory=dict)


ZEIST = Case(
    "Zeist, burgerberaad over de begroting", 66_500, 6_500, 150,
    {
        "education": {"praktisch geschoold": 20, "middelbaar geschoold": 34, "theoretisch geschoold": 46},
        "district": {
            "Zeist-Noord": 17, "Zeist-Oost": 21, "Zeist-Centrum": 19, "Zeist-West": 24, "Den Dolder": 10,
            "Huis ter Heide": 6, "Austerlitz": 3,
        },
        "age": {"16-29": 19, "30-44": 21, "45-64": 33, "65+": 27},
        "gender": {"vrouw": 52, "man": 48},
    },
    "zeist.nl; earthpressnews.com", yes=935,
)  # fmt: skip

WICHELEN = Case(
    "Wichelen, spiegelgemeenteraad", 11_960, 200, 24,
    {
        "gender": {"vrouw": 51, "man": 49},
        "part": {"Wichelen": 41, "Schellebelle": 31, "Serskamp": 28},
        "age": {"<30": 21, "30-59": 47, "60+": 32},
    },
    "wichelen.be; hln.be",
    limits={
        "gender": {"vrouw": (12, 12), "man": (12, 12)},
        "part": {"Wichelen": (8, 8), "Schellebelle": (8, 8), "Serskamp": (8, 8)},
        "age": {"<30": (8, 8), "30-59": (8, 8), "60+": (8, 8)},
    },
    published=("gender", "part", "age"),
)  # fmt: skip

TORONTO = Case(
    "Toronto Planning Review Panel", 2_615_000, 12_000, 28,
    {
        "gender": {"woman": 52, "man": 48},
        "age": {"18-29": 23, "30-44": 28, "45-64": 31, "65+": 18},
        "area": {"Etobicoke-York": 23, "North York": 25, "Scarborough": 24, "Toronto and East York": 28},
        "tenure": {"owner": 55, "tenant": 45},
        "visible minority": {"yes": 49, "no": 51},
        "indigenous": {"yes": 1, "no": 99},
    },
    "toronto.ca", yes=503,
)  # fmt: skip

CUMBRIA = Case(
    "Cumbria", 500_000, 8_000, 40,
    {
        "gender": {"woman": 51, "man": 49},
        "age": {"16-29": 17, "30-44": 20, "45-64": 34, "65+": 29},
        "area": {"Allerton": 20, "Westmoor": 20, "Fellside": 21, "Northwater": 22, "Southbeck": 17},
        "education": {"lower": 32, "middle": 36, "higher": 32},
    },
    "sortitionfoundation.org/cumbria_climate_report_2025", yes=92,
)  # fmt: skip

CLIMATE_ASSEMBLY_UK = Case(
    "Climate Assembly UK", 66_000_000, 30_000, 110,
    {
        "gender": {"woman": 51, "man": 49},
        "age": {"16-29": 23, "30-44": 24, "45-59": 25, "60+": 28},
        "ethnicity": {"white": 86, "other": 14},
        "education": {"lower": 36, "middle": 37, "higher": 27},
        "area": {
            "North East": 4, "North West": 11, "Yorkshire": 8, "East Midlands": 7, "West Midlands": 9, "East": 9,
            "London": 13, "South East": 14, "South West": 9, "Wales": 5, "Scotland": 8, "Northern Ireland": 3,
        },
        "setting": {"urban": 80, "rural": 20},
        "concern": {"very": 52, "fairly": 33, "not very": 10, "not at all": 5},
    },
    "climateassembly.uk", yes=1_800, extra={("deprivation", "most deprived fifth"): 6_000},
)  # fmt: skip

BRUSSELS = Case(
    "Brussels, deliberative committee", 1_208_000, 10_000, 45,
    {
        "gender": {"woman": 51, "man": 49},
        "age": {"16-24": 15, "25-39": 30, "40-64": 38, "65+": 17},
        "area": {"centre": 30, "north-west": 28, "south": 22, "east": 20},
        "language": {"French": 75, "Dutch": 15, "other": 10},
        "education": {"lower": 30, "middle": 28, "higher": 42},
    },
    "democratie.brussels",
)  # fmt: skip

CASES = (ZEIST, WICHELEN, TORONTO, CUMBRIA, CLIMATE_ASSEMBLY_UK, BRUSSELS)
