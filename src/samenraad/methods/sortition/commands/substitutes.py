"""`samenraad substitutes`: who stands ready when somebody leaves, and who takes the seat when somebody did."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from samenraad.methods.files.tables import fold, read_table
from samenraad.methods.frame import DONE, add_files, command, read_files, run, whole_number
from samenraad.methods.language import _
from samenraad.methods.sortition.reading.files import Files
from samenraad.refusals import Refusal


def main(arguments: list[str]) -> int:
    about = _("Makes the list of substitutes for a panel, in order; with --left, says who takes which seat.")
    parser = command("substitutes", about, arguments)
    tell, add = parser.tell, parser.add_argument
    add_files(parser)
    add("--panel", required=True, metavar="FILE", help=tell(_("who is on the panel: panel.csv of the draw")))
    add("--how-many", type=whole_number, required=True, metavar="N", help=tell(_("how many substitutes")))
    add("--seed", required=True, metavar="TEXT", help=tell(_("the public words or numbers that decide ties")))
    add("--leave", type=whole_number, default=15, metavar="PERCENT", help=tell(_("how many of a hundred may leave")))
    add("--left", action="append", default=[], metavar="ID", help=tell(_("somebody who left; may be repeated")))
    add("--no", action="append", default=[], metavar="ID", help=tell(_("a substitute who said no; may be repeated")))
    return run(parser, _substitutes)


def _substitutes(options: argparse.Namespace) -> int:
    from samenraad.methods.sortition.substitution.dropout import DropOut
    from samenraad.methods.sortition.substitution.replacement import replace
    from samenraad.methods.sortition.substitution.substitutes import substitutes

    files = read_files(options)
    panel = _panel(options.panel, files)
    model = DropOut(options.leave / 100)
    plan = substitutes(
        files.pool,
        files.quotas,
        panel,
        how_many=options.how_many,
        seed=options.seed,
        dropout=model,
        seats=options.seats,
    )
    if not options.left:
        _print(plan.sentences(options.language))
        return DONE
    staying = [one for one in panel if one not in options.left]
    ready = [one for one in plan.order if one not in options.no]
    filled = replace(
        files.pool, files.quotas, staying, options.left, ready, seed=options.seed, order=plan.order, seats=options.seats
    )
    _print(filled.sentences(options.language))
    return DONE


def _panel(path: str, files: Files) -> list[str]:
    """The ids of a file with a column `id`, or of its first column."""
    if not Path(path).is_file():
        raise Refusal("sortition.no_file", file=path)
    table = read_table(path, name=Path(path).name)
    at = next((place for place, name in enumerate(table.header) if fold(name) == "id"), 0)
    found = [row.cells[at].strip() for row in table.rows if len(row.cells) > at and row.cells[at].strip()]
    unknown = sorted(set(found) - set(files.pool.by_id))
    if unknown:
        raise Refusal("sortition.unknown", ids=unknown)
    return found


def _print(sentences: Iterable[str]) -> None:
    print("\n".join(sentences))
