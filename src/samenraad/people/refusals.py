"""What is said when something about people, codes or uploaded tables cannot be done."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "sheet.too_big": _(
        "This file is too large. At most {megabytes} MB can be read at once. Split it in two."
    ),
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
    "sheet.nameless_column": _(
        "Column {column} has no name in the first row, but row {row} has something in it."
    ),
    "sheet.missing_columns": _("These columns are missing: {missing}. The file has: {present}."),
    "sheet.bad_lines": _("Nothing was read in: {count} lines need a correction first."),
}
