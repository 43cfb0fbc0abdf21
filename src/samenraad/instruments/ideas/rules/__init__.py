"""What holds for ideas, as sums over plain values: likeness, form codes, safe cells, dots on a map."""

from samenraad.instruments.ideas.rules.forms import check_letter, form_code, is_form_code
from samenraad.instruments.ideas.rules.likeness import Match, keywords, rarest, similar, stems
from samenraad.instruments.ideas.rules.maps import Box, Dot, clusters, frame
from samenraad.instruments.ideas.rules.tables import excerpt, safe_cell

#: the longest title and text of an idea, in characters
LONGEST_TITLE = 160
LONGEST_TEXT = 8_000

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "Box",
    "Dot",
    "Match",
    "check_letter",
    "clusters",
    "excerpt",
    "form_code",
    "frame",
    "is_form_code",
    "keywords",
    "rarest",
    "safe_cell",
    "similar",
    "stems",
]
