"""What is said when something about people, codes or uploaded tables cannot be done."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "sheet.too_big": _("This file is too large. At most {megabytes} MB can be read at once. Split it in two."),
    "sheet.too_many_rows": _("This table has too many rows. At most {limit} can be read at once."),
    "sheet.too_many_columns": _("This table has too many columns. At most {limit} can be read."),
    "sheet.empty": _("There is nothing in this file. Is it the right one?"),
    "sheet.binary": _("This is not a table. Save it as CSV or as an Excel workbook (.xlsx) and try again."),
    "sheet.old_excel": _(
        "This is an old Excel file (.xls). Open it in Excel, save it as .xlsx or as CSV, and try again."
    ),
    "sheet.broken_workbook": _(
        "This workbook cannot be read. Open it, save it again as .xlsx or as CSV, and try again."
    ),
    "sheet.quotes": _(
        "Row {row} cannot be read: a quotation mark is open or stands in the wrong place. "
        "Save the table as CSV again and try once more."
    ),
    "sheet.cell_too_long": _("The text in a cell of row {row} is too long."),
    "sheet.duplicate_columns": _("These columns have the same name: {names}. Give each its own name."),
    "sheet.nameless_column": _("Column {column} has no name in the first row, but row {row} has something in it."),
    "sheet.missing_columns": _("These columns are missing: {missing}. The file has: {present}."),
    "sheet.bad_lines": _("Nothing was read in: {count} lines need a correction first."),
    "sheet.empty_cells": _("Row {row}: nothing stands in {columns}."),
    "sheet.extra_cells": _("Row {row}: there is something beyond the last column: {cells}."),
    "sheet.too_long": _("Row {row}: the text in {column} is longer than {limit} characters."),
    "places.unknown_kind": _("Row {row}: “{kind}” is not a kind of place. Write town, district or neighbourhood."),
    "places.other_kind": _("Row {row}: {place} is known as another kind of place."),
    "places.twice": _("Row {row}: {place} stands in row {first} already."),
    "places.unknown_parent": _("Row {row}: it lies in {parent}, but that place is not in the table and not known."),
    "places.needs_parent": _("Row {row}: say in which larger place {name} lies."),
    "places.wrong_parent": _("Row {row}: {name} cannot lie in {parent}, for that is not larger."),
    "places.no_coordinate": _("Row {row}: “{text}” in {column} is not a number of degrees."),
    "population.unknown_place": _("Row {row}: the place “{place}” is not known. Read in the places first."),
    "population.no_count": _("Row {row}: “{text}” is not a whole number."),
    "population.no_date": _("Row {row}: “{text}” is not a date. Write it as 2027-03-08."),
    "population.twice": _("Row {row}: the same place, dimension, value and date stand in row {first} already."),
    "people.wrong_code": _(
        "We do not know this code. Look at the letter again: a code has twelve letters and digits, "
        "without the letters O, I and L and without the digits 0 and 1."
    ),
    "people.expired_code": _(
        "This code was good until {day}. Call us and you get a new one. What you did with it has been kept."
    ),
    "people.too_many_codes": _(
        "A wrong code was given too often. Wait an hour and try again, or call us: we look together."
    ),
    "people.forgotten": _("This person asked to be forgotten."),
    "people.last_officer": _("This is the last participation officer of the town. Give somebody else the role first."),
    "people.cannot_begin": _("A membership does not begin with “{state}”."),
    "people.cannot_become": _("Somebody who is “{before}” in a group cannot become “{after}”."),
    "people.already_member": _("This person is in the group already."),
    "people.no_seat": _("All seats of the kind “{seat_class}” in {body} are taken."),
    "people.seats_taken": _("{taken} seats of the kind “{seat_class}” are taken already."),
    "people.chair_is_member": _("Only a member who is seated now can take the chair."),
}
