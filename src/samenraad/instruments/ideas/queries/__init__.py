"""Reading ideas: the list, one idea, what is like it, the map, the desk, a table on its way in."""

from samenraad.instruments.ideas.queries.figures import figures, todo
from samenraad.instruments.ideas.queries.known import known
from samenraad.instruments.ideas.queries.lists import Filters, Listing, Row, idea_of, ideas, listing, rows, themes
from samenraad.instruments.ideas.queries.maps import Drawing, drawing, frame_of, has_points
from samenraad.instruments.ideas.queries.pages import IdeaPage, idea_page, told_by
from samenraad.instruments.ideas.queries.places import neighbourhoods
from samenraad.instruments.ideas.queries.similar import Alike, similar
from samenraad.instruments.ideas.queries.tables import HEADER, as_json, as_rows

__all__ = [
    "HEADER",
    "Alike",
    "Drawing",
    "Filters",
    "IdeaPage",
    "Listing",
    "Row",
    "as_json",
    "as_rows",
    "drawing",
    "figures",
    "frame_of",
    "has_points",
    "idea_of",
    "idea_page",
    "ideas",
    "known",
    "listing",
    "neighbourhoods",
    "rows",
    "similar",
    "themes",
    "todo",
    "told_by",
]
