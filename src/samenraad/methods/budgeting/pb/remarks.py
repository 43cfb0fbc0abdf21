"""What is odd in a `.pb` file but no reason to stop: numbers that do not agree with one another."""

from __future__ import annotations

from samenraad.methods.budgeting.pb.numbers import number
from samenraad.methods.budgeting.pb.pb_file import TYPES, PbFile
from samenraad.methods.files.mistakes import InOneFile, Mistake


def remarks(file: PbFile, name: str = "file") -> tuple[Mistake, ...]:
    """The counts in META beside the rows, the votes per project beside the ballots, and the length of the votes."""
    odd = InOneFile("budgeting", name)
    for key, found in (("num_projects", len(file.projects)), ("num_votes", len(file.votes))):
        said = file.facts.get(key, "")
        if said and number(said) != found:
            odd.add(None, "counts_differ", said=said, what=key, found=found)
    _odd_votes(file, odd)
    _odd_lengths(file, odd)
    return odd.all


def _odd_votes(file: PbFile, odd: InOneFile) -> None:
    if "votes" not in file.project_columns or TYPES[file.facts["vote_type"].strip().lower()] != "approval":
        return
    id, votes = file.project_columns.index("project_id"), file.project_columns.index("votes")
    for row in file.projects:
        found = file.instance.votes[row[id].strip()]
        if row[votes].strip() and number(row[votes]) != found:
            odd.add(None, "votes_differ", id=row[id].strip(), found=found, said=row[votes])


def _odd_lengths(file: PbFile, odd: InOneFile) -> None:
    low, high = (number(file.facts.get(key, "")) for key in ("min_length", "max_length"))
    least, most = low or 0, len(file.projects) if high is None else high
    found = sum(one.voters for one in file.instance.ballots if not least <= len(one.choices) <= most)
    if found:
        odd.add(None, "length_differs", found=found, low=least, high=most)
