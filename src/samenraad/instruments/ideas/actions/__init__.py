"""Everything that changes ideas: giving, supporting, mending, putting together, reading in a table."""

from samenraad.instruments.ideas.actions.give import (
    Text,
    come_in_and_give,
    drop_photo,
    edit,
    give,
    key_in,
    point_of,
    twin,
)
from samenraad.instruments.ideas.actions.intake import drop_upload, keep_upload, map_columns, read_in, tidy_up
from samenraad.instruments.ideas.actions.receipts import receipt
from samenraad.instruments.ideas.actions.settings import change_settings
from samenraad.instruments.ideas.actions.support import support
from samenraad.instruments.ideas.actions.together import carry, merge, split, unmerge

__all__ = [
    "Text",
    "carry",
    "change_settings",
    "come_in_and_give",
    "drop_photo",
    "drop_upload",
    "edit",
    "give",
    "keep_upload",
    "key_in",
    "map_columns",
    "merge",
    "point_of",
    "read_in",
    "receipt",
    "split",
    "support",
    "tidy_up",
    "twin",
    "unmerge",
]
