from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    # the file
    "lot.extract_too_big": _("This file is larger than {megabytes} MB. Leave out columns that are not needed."),
    "lot.extract_unreadable": _("This file cannot be read. {why}"),
    "lot.extract_known": _("This file was read in already, on {day}. Nothing was done again."),
    "lot.extract_gone": _("This file was thrown away or read in already."),
    "lot.extract_busy": _("This file is being worked on now. Wait until that is done."),
    "lot.columns_lost": _("These columns are not in the file, or stand there twice: {columns}. Choose others."),
    "lot.columns_missing": _("Say first in which columns these stand: {columns}."),
    "lot.not_checked": _("First check the file with these columns."),
    "lot.nobody_in_extract": _("There is nobody in this file who can be invited."),
    "lot.bad_lines": _("{lines} lines are not right. Say that you read in the register without them."),
    "lot.no_keep_until": _(
        "First say in the plan on which day the addresses are destroyed. Without that day no register is read in."
    ),
    "lot.keep_until_past": _("The day on which the addresses are destroyed, {day}, is over. Choose a later day first."),
    "lot.read_in_twice": _("The register was being read in twice at the same time. Start again."),
    "lot.register_in_use": _("This register is being read in or drawn from now. Wait until that is done."),
    # its lines
    "lot.line_quotes": _("The quotation marks of this line are not right."),
    "lot.line_width": _("This line has more or fewer cells than the header."),
    "lot.line_empty": _("Nothing stands in column “{column}”."),
    "lot.line_no_age": _("In column “{column}” stands no age and no date of birth."),
    "lot.line_value": _("The value in column “{column}” is no group of yours."),
    "lot.line_number": _("The number in column “{column}” is too long."),
    "lot.line_twice": _("The number of this person stands on an earlier line too. The earlier line counts."),
    # waves
    "lot.no_register": _("First read in the register. One that was destroyed cannot be drawn from."),
    "lot.no_seed": _("Write down the public words that decide: at least {signs} signs."),
    "lot.no_seed_by": _("Write down who said the words, where and when."),
    "lot.wave_being_drawn": _("The addressees of this wave are being drawn now. Its plan cannot change any more."),
    "lot.no_wave_plan": _("First say how many letters you want."),
    "lot.no_letters_planned": _("There is nobody left to write to with this plan."),
    "lot.no_counter_measure": _(
        "Some groups get fewer letters because others get more. Write down in the plan how you reach them in another "
        "way."
    ),
}
