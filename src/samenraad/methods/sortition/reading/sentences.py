"""What is wrong in a file: each sentence follows the place, so it starts with a small letter. Part of `sentences`."""

from __future__ import annotations

from samenraad.methods.language import _

FILES: dict[str, str] = {
    # files as a whole
    "sortition.files": _("This cannot be used yet. What has to be put right:\n{problems}"),
    "sortition.more_like_this": _("and {number} more mistakes of the kind of which you see {told} above."),
    "sortition.unopened": _("there is no such file, or it cannot be opened."),
    "sortition.no_file": _("{file}: there is no such file, or it cannot be opened."),
    "sortition.too_large": _("this file is too large: at most 100 MB, a million rows and 20 million cells are read."),
    "sortition.empty_file": _("this file is empty."),
    "sortition.only_header": _("there is a row with column names, but nothing below it."),
    "sortition.not_a_table": _("this is not a table. Save it as CSV or as xlsx, and try again."),
    "sortition.old_excel": _("this is an old Excel file (xls). Save it as xlsx or as CSV, and try again."),
    "sortition.needs_openpyxl": _(
        "to read xlsx files, openpyxl is needed: pip install openpyxl. Or save the file as CSV, and try again."
    ),
    "sortition.no_sheet": _("there is no sheet “{sheet}”. The sheets are: {sheets}."),
    "sortition.quotes": _("a quotation mark is not closed, or stands in the wrong place."),
    "sortition.cell_too_long": _("there is a cell with more than 32,767 characters."),
    # columns
    "sortition.column_missing": _("there is no column “{wanted}”. The columns are: {columns}."),
    "sortition.column_twice": _("there is more than one column with this name."),
    "sortition.columns_collide": _("Two columns would have the same name: {columns}. Give the category another name."),
    "sortition.too_many_cells": _(
        "there are more cells than the {columns} columns. Perhaps a text with a comma needs quotation marks."
    ),
    # quotas in a file
    "sortition.cell_missing": _("this cell is empty."),
    "sortition.pair": _(
        "“{category}” is read as two different categories, so the value must be two values, as in “16-24 & north”."
    ),
    "sortition.group_twice": _("{group} has a quota already, on line {first}."),
    "sortition.not_whole": _("“{text}” is not a whole number."),
    "sortition.negative": _("{text} is below zero."),
    "sortition.row_min_above_max": _("the minimum ({min}) is higher than the maximum ({max})."),
    "sortition.min_flex_outside": _("min_flex ({flex}) may not be higher than the minimum ({min})."),
    "sortition.max_flex_outside": _("max_flex ({flex}) may not be lower than the maximum ({max})."),
    "sortition.sum_above_seats": _(
        "the minimums of {category} sum to {sum}, which is more than the {seats} seats. Lower some of them."
    ),
    "sortition.sum_below_seats": _(
        "the maximums of {category} sum to {sum}, which is fewer than the {seats} seats. Raise some of them."
    ),
    "sortition.no_seats_fit": _(
        "no number of seats fits: the minimums of {category} sum to {low}, the maximums of {other} to only {high}."
    ),
    # figures of the population
    "sortition.no_seats": _("{seats} seats is too few: there must be at least one."),
    "sortition.room": _("The room around the quotas cannot be below zero ({room})."),
    "sortition.needs_seats": _("these are figures of the population; to make quotas of them, say how many seats."),
    "sortition.not_a_share": _("“{text}” is not a share (such as 0.125 or 12.5 %) or a number of people."),
    "sortition.share_twice": _("{group} has a figure already, on line {first}."),
    "sortition.share_wrong": _("{category}, {value}: {share} is not a share or a number of people."),
    "sortition.shares_sum": _("the shares of {category} sum to {sum}, not to 1 or to 100 %."),
    "sortition.pair_names": _(
        "these names do not fit: {names}. Figures are about one category, or about two different ones with a value "
        "of each."
    ),
    "sortition.shares_disagree": _(
        "the figures contradict one another: for {category}, {value} the intersections sum to {in_pairs}, "
        "and elsewhere it is {alone}."
    ),
    # people in a file
    "sortition.id_sign": _(
        "“{id}” has a sign that a number in a public list cannot have: a comma or a quotation mark."
    ),
    "sortition.id_twice": _("{id} stands on line {first} already."),
    "sortition.value_like": _("“{value}” has no quota. Did you mean “{nearest}”?"),
    "sortition.value_unknown": _("“{value}” has no quota. The values are: {values}."),
    "sortition.already_unknown": _("{id} should be in already, but does not stand in this file."),
    "sortition.mark_unknown": _("“{mark}” does not say whether somebody is in already. Write yes or no."),
    "sortition.file_taken": _("{file} is there already and is not overwritten. Choose another name."),
    "sortition.not_written": _("{file} cannot be written."),
}
