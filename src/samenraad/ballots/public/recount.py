"""Count a vote again, on your own computer: python3 recount.py FOLDER

FOLDER is the unpacked public file of a vote: board.jsonl (the rules, the seed, the receipts) and slips/*.csv. The result
goes to standard output, byte for byte as the town published it in result.json. To compare instead:

    python3 recount.py FOLDER --check

Needs Python 3.9 or later and nothing else. It shares no code with the program of the town: the same rules, written
again. It takes the slips as they are; whether they are the slips that were put on the board, verify_board.py checks.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
import unicodedata
from collections import Counter
from fractions import Fraction


class Wrong(Exception):
    """Something does not fit."""


def read_board(folder):
    """The rules with the size of the roll, the seed, the number of ballots, and the published fingerprint."""
    rules, seed, ballots, published = None, "", 0, ""
    with open(os.path.join(folder, "board.jsonl"), encoding="utf-8") as board:
        for text in board:
            line = json.loads(text) if text.strip() else {"kind": ""}
            if line["kind"] == "open":
                rules = dict(line["rules"], entitled=line["roll"]["size"])
            elif line["kind"] == "batch":
                ballots += len(line["trackers"])
            elif line["kind"] == "seed":
                seed = seed or " ".join(unicodedata.normalize("NFC", line["seed"]).split())
            elif line["kind"] == "result":
                published = line["sha256"]
    if rules is None or not seed:
        raise Wrong("The board has no rules, or no seed: this vote cannot be counted yet.")
    return rules, seed, ballots, published


def read_slips(folder, rules, ballots):
    """Per thing how often each answer was given; as many slips as the ballots gave, and only answers that exist."""
    ids = [option["id"] for option in rules["options"]]
    grades = {"", "none"} | {str(place) for place in range(len(rules["scale"]))}
    if rules["ballot"] == "rate":
        wanted = {"grade:" + one: (1, grades) for one in ids}
        if rules["most"]:
            wanted["priority"] = (rules["most"], {"", *ids})
    elif rules["ballot"] == "approve":
        wanted = {"mark:" + one: (1, {"", "1"}) for one in ids}
    else:
        wanted = {"choice" if rules["ballot"] == "choose" else "ranking": (1, {"", *ids})}
    given = {}
    for about, (each, known) in wanted.items():
        given[about] = found = Counter()
        path = os.path.join(folder, "slips", about.replace(":", "-") + ".csv")
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as file:
                found.update(row[0] for place, row in enumerate(csv.reader(file)) if row and place)
        parts = [(value.split(">") if about == "ranking" else [value]) for value in found]
        if sum(found.values()) != each * ballots:
            raise Wrong("There are %d slips about %s; the ballots gave %d." % (sum(found.values()), about, each * ballots))
        if any(len(set(one)) < len(one) or not set(one) <= known for one in parts):
            raise Wrong("There is a slip about %s with an answer that does not exist." % about)
    return given


def order_of_lot(ids, seed):
    """Ties: by SHA-256 of four lines, the smallest first."""
    return sorted(ids, key=lambda one: hashlib.sha256(("samenraad\ntie\n%s\n%s" % (seed, one)).encode()).digest())


def part(top, bottom):
    return Fraction(top, bottom) if bottom else None


def text(value):
    return str(value) if isinstance(value, Fraction) else value


def median_of(counts):
    """The lower middle grade of so many of each; None of nothing."""
    if not sum(counts):
        return None
    left = (sum(counts) - 1) // 2
    for grade, number in enumerate(counts):
        if left < number:
            return grade
        left -= number


def gauge(counts):
    grade, total = median_of(counts), sum(counts)
    if grade is None:
        return {"grade": None, "above": None, "below": None, "sign": ""}
    above, below = sum(counts[grade + 1 :]), sum(counts[:grade])
    sign = "+" if above > below else "-"
    return {"grade": grade, "above": text(part(above, total)), "below": text(part(below, total)), "sign": sign}


def rated(given, ballots, rules, option):
    """All figures of one proposal, and its key in the list of shared priorities (None when it is not on it)."""
    slips = given["grade:" + option]
    grades = [slips[str(place)] for place in range(len(rules["scale"]))]
    graded, silent = sum(grades), slips["none"]
    marked = given["priority"][option] if rules["most"] else 0
    support = part(sum(grades[len(grades) - rules["agreeing"] :]), graded)
    mean = part(sum(place * number for place, number in enumerate(grades)), graded)
    variance = mean and part(sum(number * place * place for place, number in enumerate(grades)), graded) - mean * mean
    enough = graded >= Fraction(rules["graded"]) * ballots
    shared = bool(graded and enough and support >= Fraction(rules["threshold"]))
    row = {
        "grades": grades, "graded": graded, "no_opinion": silent, "blank": ballots - graded - silent,
        "no_opinion_share": text(part(silent, ballots)), "support": text(support), "mean": text(mean),
        "variance": text(variance), "priority": marked, "priority_share": text(part(marked, ballots)),
        "polarisation": text(None if variance is None else variance * 4 / (len(grades) - 1) ** 2), "shared": shared,
    }  # fmt: skip
    row.update(gauge(grades))
    return row, ((-part(marked, ballots), -support) if shared else None)


def by_rate(given, ballots, rules, lot):
    ids = [option["id"] for option in rules["options"]]
    both = {one: rated(given, ballots, rules, one) for one in ids}
    rows, keys = {one: both[one][0] for one in ids}, {one: both[one][1] for one in ids}
    shared = sorted((one for one in lot if keys[one] is not None), key=lambda one: keys[one])  # sorted() keeps the lot
    marks = sum(row["priority"] for row in rows.values())
    result = {"options": rows, "shared": shared, "priorities": marks}
    if rules["rule"] == "preferendum":
        first = [one for one in shared if keys[one] == keys[shared[0]]]
    else:
        result["judgment"], first = judged(rows, ballots, lot)
    said = any(row["graded"] for row in rows.values())
    result["winners"], result["winner"] = (first, first[0] if first else None) if said else ([], None)
    return result


def judged(rows, ballots, lot):
    """Majority judgment; who gave no grade counts as the worst word. Middle grades are taken away one by one."""
    counts = {one: [ballots - sum(row["grades"][1:]), *row["grades"][1:]] for one, row in rows.items()}
    lines = {}
    for one, left in counts.items():
        left, lines[one] = list(left), []
        for _times in range(ballots):
            middle = median_of(left)
            left[middle] -= 1
            lines[one].append(middle)
    told = {one: dict(gauge(counts[one]), place=1 + sum(line > lines[one] for line in lines.values())) for one in rows}
    return told, [one for one in lot if told[one]["place"] == 1]


def by_marks(given, ballots, rules, lot):
    """Choosing one, or marking all that are good."""
    ids = [option["id"] for option in rules["options"]]
    if rules["ballot"] == "choose":
        votes, blank = {one: given["choice"][one] for one in ids}, given["choice"][""]
        rows = {one: {"votes": votes[one], "share": text(part(votes[one], ballots - blank))} for one in ids}
        result = {"options": rows, "blank": blank, "valid": ballots - blank}
    else:
        votes = {one: given["mark:" + one]["1"] for one in ids}
        rows = {one: {"approvals": votes[one], "share": text(part(votes[one], ballots))} for one in ids}
        result = {"options": rows, "marks": sum(votes.values())}
    best = [one for one in lot if votes[one] == max(votes.values()) and votes[one]]
    return dict(result, winners=best, winner=best[0] if best else None)


def by_rank(given, ballots, rules, lot):
    ids = [option["id"] for option in rules["options"]]
    cast = [(value.split(">"), number) for value, number in sorted(given["ranking"].items()) if value]
    valid = sum(number for _ranking, number in cast)
    pairs = {a: dict.fromkeys(ids, 0) for a in ids}
    for ranking, number in cast:
        for place, a in enumerate(ranking):
            for b in ids:
                if b not in ranking[: place + 1]:
                    pairs[a][b] += number
    tables, winners, winner, more = RULES[rules["rule"]](ids, cast, pairs, lot)
    rows = {
        one: {
            "ranked": sum(number for ranking, number in cast if one in ranking),
            "first": sum(number for ranking, number in cast if ranking[0] == one),
            "table": {name: text(value) for name, value in tables[one].items()},
        }
        for one in ids
    }
    result = {"options": rows, "blank": ballots - valid, "valid": valid, "pairs": pairs, **more}
    result["rankings"] = {">".join(ranking): number for ranking, number in cast}
    return dict(result, winners=winners if valid else [], winner=winner if valid and winners else None)


def wins(pairs, ids):
    """How many voters a pair was won with; 0 when it was not won."""
    return {(a, b): pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for a in ids for b in ids if a != b}


def records(ids, above):
    """How many others each option is above, level with and below."""
    rows = {}
    for a in ids:
        up, down = sum(above(a, b) for b in ids if b != a), sum(above(b, a) for b in ids if b != a)
        rows[a] = {"beats": up, "ties_with": len(ids) - 1 - up - down, "loses_to": down}
    return rows


def condorcet(ids, cast, pairs, lot):
    rows = records(ids, lambda a, b: pairs[a][b] > pairs[b][a])
    best = [one for one in lot if rows[one]["beats"] == len(ids) - 1]
    return rows, best, best[0] if best else None, {}


def schulze(ids, cast, pairs, lot):
    links = wins(pairs, ids)
    paths, old = dict(links), None
    while paths != old:  # a path may become longer by one pair, until none becomes stronger
        old = dict(paths)
        for a, b in links:
            via = [min(old[a, c], links[c, b]) for c in ids if c not in (a, b)]
            paths[a, b] = max([old[a, b], *via])
    rows = records(ids, lambda a, b: paths[a, b] > paths[b, a])
    best = [one for one in lot if not rows[one]["loses_to"]]
    return rows, best, best[0], {"paths": [[paths.get((a, b), 0) for b in ids] for a in ids]}


def minimax(ids, cast, pairs, lot):
    links = wins(pairs, ids)
    lost = {a: sorted((links[b, a] for b in ids if b != a), reverse=True) or [0] for a in ids}
    best = [one for one in lot if lost[one][0] == min(line[0] for line in lost.values())]
    return {one: {"worst_defeat": lost[one][0]} for one in ids}, best, min(best, key=lambda one: lost[one]), {}


def ranked_pairs(ids, cast, pairs, lot):
    groups = {}
    for a, b in ((a, b) for a in lot for b in lot if a != b and pairs[a][b] > pairs[b][a]):  # in the order of the lot
        groups.setdefault((-pairs[a][b], pairs[b][a]), []).append((a, b))
    groups = [groups[key] for key in sorted(groups)]
    locked, skipped = frozenset(), []
    for a, b in (pair for group in groups for pair in group):
        if (b, a) in locked:
            skipped.append([a, b])
        locked = lock(locked, a, b)
    states = {frozenset()}
    for group in groups:
        states = {end for state in states for end in every_way(state, frozenset(group))}
    top = {one for state in states for one in ids if not any(below == one for _above, below in state)}
    rows = records(ids, lambda a, b: (a, b) in locked)
    tops = [one for one in lot if not rows[one]["loses_to"]]
    return rows, [one for one in lot if one in top], tops[0], {"skipped": skipped}


def lock(locked, a, b):
    """With this pair and all that follows from it; without it when it contradicts."""
    if (b, a) in locked:
        return locked
    over, under = {a} | {c for c, d in locked if d == a}, {b} | {d for c, d in locked if c == b}
    return locked | {(c, d) for c in over for d in under}


def every_way(state, group):
    """What can stand locked after this group, in whatever order it is taken."""
    waiting, seen, ends = [(state, group)], set(), set()
    while waiting:
        locked, left = waiting.pop()
        left = frozenset((a, b) for a, b in left if (a, b) not in locked and (b, a) not in locked)
        if (locked, left) not in seen:
            seen.add((locked, left))
            waiting += [(lock(locked, *pair), left - {pair}) for pair in left]
            if not left:
                ends.add(locked)
    return ends


def borda(ids, cast, pairs, lot):
    """A point for every other option that stands lower on a ballot, half a point where neither is ranked."""
    points = dict.fromkeys(ids, Fraction(0))
    for ranking, number in cast:
        for one in ids:
            place = ranking.index(one) if one in ranking else None
            points[one] += number * (Fraction(len(ids) - len(ranking) - 1, 2) if place is None else len(ids) - 1 - place)
    best = [one for one in lot if points[one] == max(points.values())]
    first = max(best, key=lambda a: sum(pairs[a][b] > pairs[b][a] for b in best))
    return {one: {"points": points[one]} for one in ids}, best, first, {}


def modified_borda(ids, cast, pairs, lot):
    rows, valid = {}, sum(number for _ranking, number in cast)
    for one in ids:
        here = [(ranking, number) for ranking, number in cast if one in ranking]
        points = Fraction(sum((len(ranking) - ranking.index(one)) * number for ranking, number in here))
        first = sum(number for ranking, number in here if ranking[0] == one)
        rows[one] = {"points": points, "ranked_by": sum(number for _r, number in here), "first_places": first}
        rows[one]["consensus_coefficient"] = part(points, len(ids) * valid)
    best = [one for one in lot if rows[one]["points"] == max(row["points"] for row in rows.values())]
    first = max(best, key=lambda one: (rows[one]["ranked_by"], rows[one]["first_places"]))
    return rows, best, first, {}


def irv(ids, cast, pairs, lot):
    """Rounds in which the lowest goes out; and everybody who could win, however open ties fall."""

    def votes_of(left):
        votes = dict.fromkeys((one for one in ids if one in left), 0)
        for ranking, number in cast:
            top = next((one for one in ranking if one in left), None)
            if top is not None:
                votes[top] += number
        return votes

    def lowest(history):
        tied = list(history[-1])
        for votes in reversed(history):
            tied = [one for one in tied if votes[one] == min(votes[other] for other in tied)]
        return tied

    def settled(votes):
        return len(votes) == 1 or 2 * max(votes.values()) > sum(votes.values())

    def possible(history):
        if settled(history[-1]):
            return {max(history[-1], key=history[-1].get)}
        return {one for gone in lowest(history) for one in possible([*history, votes_of(set(history[-1]) - {gone})])}

    rows, rounds, history = {one: {"goes_out_after_round": None} for one in ids}, [], [votes_of(ids)]
    while True:
        votes, valid = history[-1], sum(number for _ranking, number in cast)
        out = [] if settled(votes) else [max(lowest(history), key=lot.index)]
        told = {one: str(number) for one, number in votes.items()}
        rounds.append({"votes": told, "exhausted": str(valid - sum(votes.values())), "out": out})
        for one in votes:
            rows[one]["last_round_in_it"] = told[one]
            rows[one].setdefault("first_round", told[one])
        if not out:
            break
        rows[out[0]]["goes_out_after_round"] = len(rounds)
        history.append(votes_of(set(votes) - set(out)))
    can_win = possible([history[0]])
    return rows, [one for one in lot if one in can_win], max(votes, key=votes.get), {"rounds": rounds}


RULES = {"condorcet": condorcet, "schulze": schulze, "minimax": minimax, "ranked-pairs": ranked_pairs, "borda": borda,
         "modified-borda": modified_borda, "irv": irv}  # fmt: skip


def threshold(count, entitled, asked):
    share, asked = Fraction(count, entitled), Fraction(asked)
    needed = -((-asked * entitled) // 1)
    return {"count": count, "entitled": entitled, "share": str(share), "asked": str(asked), "needed": int(needed),
            "met": share >= asked}  # fmt: skip


def recount(folder):
    """result.json as bytes, and the fingerprint that stands on the board."""
    rules, seed, ballots, published = read_board(folder)
    given = read_slips(folder, rules, ballots)
    lot = order_of_lot([option["id"] for option in rules["options"]], seed)
    how = {"rate": by_rate, "choose": by_marks, "approve": by_marks, "rank": by_rank}[rules["ballot"]]
    result = dict(how(given, ballots, rules, lot), ballot=rules["ballot"], rule=rules["rule"], seed=seed)
    result.update(ballots=ballots, drawn=lot)
    result["quorums"] = {"turnout": threshold(ballots, rules["entitled"], rules["expected"] or 0)}
    if rules["approval"]:
        winner = [result["winner"]] if result["winner"] else []
        names = {"choose": "votes", "approve": "approvals", "rank": "first"}
        result["quorums"]["approval"] = {}
        for one in result["shared"] if rules["rule"] == "preferendum" else winner:
            row = result["options"][one]
            agree = sum(row["grades"][-rules["agreeing"] :]) if "grades" in row else row[names[rules["ballot"]]]
            result["quorums"]["approval"][one] = threshold(agree, rules["entitled"], rules["approval"])
    made = json.dumps(result, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return made.encode(), published


def main(arguments):
    folders = [one for one in arguments if one != "--check"]
    if len(folders) != 1:
        sys.exit(__doc__)
    try:
        made, published = recount(folders[0])
    except (Wrong, OSError, KeyError, ValueError) as wrong:
        sys.exit("This cannot be counted. %s" % wrong)
    if "--check" not in arguments:
        sys.stdout.buffer.write(made)
        return
    with open(os.path.join(folders[0], "result.json"), "rb") as file:
        same = file.read() == made
    if not same or (published and hashlib.sha256(made).hexdigest() != published):
        sys.exit("NOT THE SAME: result.json or its fingerprint on the board differs from this count.")
    print("The same: result.json is what these slips give. SHA-256 " + hashlib.sha256(made).hexdigest())


if __name__ == "__main__":
    main(sys.argv[1:])
