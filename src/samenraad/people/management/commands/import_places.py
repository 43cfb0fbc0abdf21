"""`samenraad import-places FILE`: the tree of places, from a table with code, name, kind and parent."""

from samenraad.people.actions import import_places
from samenraad.people.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Read places from a table: code, name, kind (town, district, neighbourhood), parent."
    read = staticmethod(import_places)
