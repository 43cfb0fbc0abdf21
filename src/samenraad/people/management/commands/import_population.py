"""`samenraad import-population FILE`: reference figures, each with its source and date."""

from samenraad.people.actions import import_population
from samenraad.people.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Read population figures from a table: place, dimension, value, count, source, date."
    read = staticmethod(import_population)
