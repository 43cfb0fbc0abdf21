"""Count a vote again, on your own computer: python3 recount.py FOLDER

FOLDER is the unpacked public file of a vote: board.jsonl (rules, seed, receipts) and slips/*.csv. The result goes to
standard output, byte for byte as the town published it in result.json; with --check behind it, it is compared.

Needs Python 3.9 or later and nothing else. It shares no code with the program of the town: the same rules, written
again. It takes the slips as they are; whether they are the slips that were put on the board, verify_board.py checks.
"""

import csv
import hashlib
import json
import sys
import unicodedata
from bisect import bisect_right
from collections import Counter
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

# fmt: off
# mypy: ignore-errors
NAMES = ("votes", "approvals", "first")  # what a vote for an option is called on the other ballots
def read_board(folder):
    """The rules with the size of the roll, the seed, the number of ballots, and the published fingerprint."""
    kept, ballots = {}, 0
    with Path(folder, "board.jsonl").open(encoding="utf-8") as board:
        for line in (json.loads(text) for text in board if text.strip()):
            ballots += len(line["trackers"]) if line["kind"] == "batch" else 0
            kept.setdefault(line["kind"], line)
    if not {"open", "seed"} <= set(kept):
        raise ValueError("The board has no rules, or no seed.")
    seed = " ".join(unicodedata.normalize("NFC", kept["seed"]["seed"]).split())
    rules = dict(kept["open"]["rules"], entitled=kept["open"]["roll"]["size"])
    return rules, seed, ballots, kept.get("result", {}).get("sha256")

def read_slips(folder, rules, ballots):
    """Per thing how often each answer was given; as many slips as the ballots gave, and only answers that exist."""
    ids = [option["id"] for option in rules["options"]]
    grades = {"", "none"} | {str(place) for place in range(len(rules["scale"]))}
    if rules["ballot"] == "rate":
        wanted = {**{"grade:" + one: (1, grades) for one in ids}, "priority": (rules["most"], {"", *ids})}
    elif rules["ballot"] == "approve":
        wanted = {"mark:" + one: (1, {"", "1"}) for one in ids}
    else:
        wanted = {"choice" if rules["ballot"] == "choose" else "ranking": (1, {"", *ids})}
    given = {}
    for about, (each, known) in wanted.items():
        given[about] = found = Counter()
        path = Path(folder, "slips", about.replace(":", "-") + ".csv")
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                found.update(row[0] for place, row in enumerate(csv.reader(file)) if row and place)
        parts = [(value.split(">") if about == "ranking" else [value]) for value in found]
        if sum(found.values()) != each * ballots or any(len({*one}) < len(one) or {*one} - known for one in parts):
            raise ValueError(f"The slips about {about} do not fit {ballots} ballots.")
    return given

def order_of_lot(ids, seed):
    """Ties: by SHA-256 of four lines, the smallest first."""
    return sorted(ids, key=lambda one: hashlib.sha256(f"samenraad\ntie\n{seed}\n{one}".encode()).digest())

def part(top, bottom):
    return Fraction(top, bottom) if bottom else None

def median_of(counts):
    """The lower middle grade of so many of each; None of nothing."""
    return bisect_right(list(accumulate(counts)), (sum(counts) - 1) // 2) if sum(counts) else None

def gauge(counts):
    grade = median_of(counts)
    if grade is None:
        return {"grade": None, "above": None, "below": None, "sign": ""}
    above, below = part(sum(counts[grade + 1 :]), sum(counts)), part(sum(counts[:grade]), sum(counts))
    return {"grade": grade, "above": above, "below": below, "sign": "+" if above > below else "-"}

def rated(given, ballots, rules, option):
    """All figures of one proposal, and its key in the list of shared priorities (None when it is not on it)."""
    slips = given["grade:" + option]
    grades = [slips[str(place)] for place in range(len(rules["scale"]))]
    graded, silent, marked = sum(grades), slips["none"], given["priority"][option]
    support = part(sum(grades[len(grades) - rules["agreeing"] :]), graded)
    mean = part(sum(place * number for place, number in enumerate(grades)), graded)
    variance = mean and part(sum(number * place * place for place, number in enumerate(grades)), graded) - mean * mean
    enough = graded and graded >= Fraction(rules["graded"]) * ballots
    shared = bool(enough and support >= Fraction(rules["threshold"]))
    row = {"grades": grades, "graded": graded, "no_opinion": silent, "blank": ballots - graded - silent, "mean": mean,
           "no_opinion_share": part(silent, ballots), "support": support, "variance": variance, "priority": marked,
           "polarisation": variance and variance * 4 / (len(grades) - 1) ** 2, "shared": shared,
           "priority_share": part(marked, ballots), **gauge(grades)}
    return row, ((-part(marked, ballots), -support) if shared else None)

def by_rate(given, ballots, rules, lot):
    rows, keys = ({one: rated(given, ballots, rules, one)[which] for one in lot} for which in (0, 1))
    shared = sorted((one for one in lot if keys[one] is not None), key=lambda one: keys[one])  # sorted() keeps the lot
    result = {"options": rows, "shared": shared, "priorities": sum(row["priority"] for row in rows.values())}
    if rules["rule"] == "preferendum":
        first = [one for one in shared if keys[one] == keys[shared[0]]]
    else:
        result["judgment"], first = judged(rows, ballots, lot)
    first = first if any(row["graded"] for row in rows.values()) else []
    return dict(result, winners=first, winner=first[0] if first else None)

def judged(rows, ballots, lot):
    """Majority judgment; who gave no grade counts as the worst word. Middle grades are taken away one by one."""
    counts = {one: [ballots - sum(row["grades"][1:]), *row["grades"][1:]] for one, row in rows.items()}
    lines = {one: [] for one in rows}
    for one, left in [(one, list(row)) for one, row in counts.items()]:
        for _each in range(ballots):
            lines[one].append(median_of(left))
            left[lines[one][-1]] -= 1
    told = {one: dict(gauge(counts[one]), place=1 + sum(line > lines[one] for line in lines.values())) for one in rows}
    return told, [one for one in lot if told[one]["place"] == 1]

def by_choice(given, ballots, rules, lot):
    votes, valid = {one: given["choice"][one] for one in lot}, ballots - given["choice"][""]
    rows = {one: {"votes": votes[one], "share": part(votes[one], valid)} for one in lot}
    return most(votes, lot, {"options": rows, "blank": ballots - valid, "valid": valid})

def by_marks(given, ballots, rules, lot):
    votes = {one: given["mark:" + one]["1"] for one in lot}
    rows = {one: {"approvals": votes[one], "share": part(votes[one], ballots)} for one in lot}
    return most(votes, lot, {"options": rows, "marks": sum(votes.values())})

def most(votes, lot, result):
    best = [one for one in lot if votes[one] == max(votes.values()) and votes[one]]
    return dict(result, winners=best, winner=best[0] if best else None)

def by_rank(given, ballots, rules, lot):
    ids = [option["id"] for option in rules["options"]]
    cast = [(value.split(">"), number) for value, number in sorted(given["ranking"].items()) if value]
    valid = sum(number for _ranking, number in cast)
    above = {a: [(ranking[: ranking.index(a) + 1], number) for ranking, number in cast if a in ranking] for a in ids}
    pairs = {a: {b: sum(number for over, number in above[a] if b not in over) for b in ids} for a in ids}
    tables, winners, winner, more = RULES[rules["rule"]](ids, cast, pairs, lot)
    first = {one: sum(number for over, number in above[one] if len(over) == 1) for one in ids}
    named = {one: sum(number for _over, number in above[one]) for one in ids}
    rows = {one: {"table": tables[one], "ranked": named[one], "first": first[one]} for one in ids}
    counts = {">".join(ranking): number for ranking, number in cast}
    result = {"options": rows, "blank": ballots - valid, "valid": valid, "pairs": pairs, "rankings": counts, **more}
    return dict(result, winners=winners if valid else [], winner=winner if valid and winners else None)

def wins(pairs, ids):
    """How many voters a pair was won with; 0 when it was not won."""
    return {(a, b): pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for a in ids for b in ids if a != b}

def records(ids, above):
    """How many others each option is above, level with and below."""
    sums = {a: (sum(above(a, b) for b in ids if b != a), sum(above(b, a) for b in ids if b != a)) for a in ids}
    return {a: {"beats": up, "ties_with": len(ids) - 1 - up - down, "loses_to": down} for a, (up, down) in sums.items()}

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
            paths[a, b] = max([old[a, b]] + [min(old[a, c], links[c, b]) for c in ids if c not in (a, b)])
    rows = records(ids, lambda a, b: paths[a, b] > paths[b, a])
    best = [one for one in lot if not rows[one]["loses_to"]]
    return rows, best, best[0], {"paths": [[paths.get((a, b), 0) for b in ids] for a in ids]}

def minimax(ids, cast, pairs, lot):
    links = wins(pairs, ids)
    lost = {a: sorted((links[b, a] for b in ids if b != a), reverse=True) or [0] for a in ids}
    best = [one for one in lot if lost[one][0] == min(line[0] for line in lost.values())]
    return {one: {"worst_defeat": lost[one][0]} for one in ids}, best, min(best, key=lambda one: lost[one]), {}

def ranked_pairs(ids, cast, pairs, lot):
    won = [(a, b) for a in lot for b in lot if pairs[a][b] > pairs[b][a]]  # in the order of the lot
    strength = {(a, b): (-pairs[a][b], pairs[b][a]) for a, b in won}
    groups = [[pair for pair in won if strength[pair] == key] for key in sorted(set(strength.values()))]
    locked, skipped, states = frozenset(), [], {frozenset()}
    for a, b in (pair for group in groups for pair in group):
        skipped += [[a, b]] if (b, a) in locked else []
        locked = lock(locked, a, b)
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
    ends, layer = set(), {(state, group)}
    while layer:
        layer = {(done, frozenset((a, b) for a, b in left if not {(a, b), (b, a)} & done)) for done, left in layer}
        ends |= {done for done, left in layer if not left}
        layer = {(lock(done, *pair), left - {pair}) for done, left in layer for pair in left}
    return ends

def borda(ids, cast, pairs, lot):
    """A point for every option that stands lower on a ballot, half a point where neither is ranked."""
    points, m = dict.fromkeys(ids, Fraction(0)), len(ids)
    for ranking, number in cast:
        for one in ids:
            lower = m - 1 - ranking.index(one) if one in ranking else Fraction(m - 1 - len(ranking), 2)
            points[one] += number * lower
    best = [one for one in lot if points[one] == max(points.values())]
    first = max(best, key=lambda a: sum(pairs[a][b] > pairs[b][a] for b in best))
    return {one: {"points": points[one]} for one in ids}, best, first, {}

def modified_borda(ids, cast, pairs, lot):
    rows, valid = {}, sum(number for _ranking, number in cast)
    for one in ids:
        here = [(ranking, number) for ranking, number in cast if one in ranking]
        points = Fraction(sum((len(ranking) - ranking.index(one)) * number for ranking, number in here))
        first = sum(number for ranking, number in here if ranking[0] == one)
        rows[one] = {"points": points, "ranked_by": sum(number for _ranking, number in here), "first_places": first,
                     "consensus_coefficient": part(points, len(ids) * valid)}
    best = [one for one in lot if rows[one]["points"] == max(row["points"] for row in rows.values())]
    first = max(best, key=lambda one: (rows[one]["ranked_by"], rows[one]["first_places"]))
    return rows, best, first, {}

def irv(ids, cast, pairs, lot):
    """Rounds in which the lowest goes out; and everybody who could win, however open ties fall."""
    def votes_of(left):
        tops = [(next((one for one in ranking if one in left), None), number) for ranking, number in cast]
        return {one: Fraction(sum(number for top, number in tops if top == one)) for one in ids if one in left}
    def lowest(history):
        """Nobody when somebody has more than half; else the fewest now, in the round before, and so backwards."""
        tied = list(history[-1])
        if len(tied) == 1 or 2 * max(history[-1].values()) > sum(history[-1].values()):
            return []
        for votes in reversed(history):
            tied = [one for one in tied if votes[one] == min(votes[other] for other in tied)]
        return tied
    def possible(history):
        if not lowest(history):
            return {max(history[-1], key=history[-1].get)}
        return {one for out in lowest(history) for one in possible([*history, votes_of(set(history[-1]) - {out})])}
    history, rounds, rows, valid = [votes_of(ids)], [], {}, sum(number for _ranking, number in cast)
    while not rounds or rounds[-1]["out"]:
        out = sorted(lowest(history), key=lot.index)[-1:]
        votes = history[-1]
        rounds.append({"votes": votes, "exhausted": valid - sum(votes.values()), "out": out})
        for one, number in votes.items():
            rows.setdefault(one, {"first_round": number, "goes_out_after_round": None})["last_round_in_it"] = number
        for one in out:
            rows[one]["goes_out_after_round"] = len(rounds)
            history.append(votes_of(set(votes) - {one}))
    winner = max(votes, key=votes.get)
    return rows, [one for one in lot if one in possible(history[:1])], winner, {"rounds": rounds}

RULES = {"condorcet": condorcet, "schulze": schulze, "minimax": minimax, "ranked-pairs": ranked_pairs, "borda": borda,
         "modified-borda": modified_borda, "irv": irv}

def threshold(count, entitled, asked):
    share, asked = Fraction(count, entitled), Fraction(asked)
    return {"count": count, "entitled": entitled, "share": share, "asked": asked, "met": share >= asked,
            "needed": -(-asked * entitled // 1)}

def recount(folder):
    """result.json as bytes, and the fingerprint that stands on the board."""
    rules, seed, ballots, published = read_board(folder)
    given = read_slips(folder, rules, ballots)
    lot = order_of_lot([option["id"] for option in rules["options"]], seed)
    how = {"rate": by_rate, "choose": by_choice, "approve": by_marks, "rank": by_rank}[rules["ballot"]]
    result = dict(how(given, ballots, rules, lot), ballot=rules["ballot"], rule=rules["rule"], seed=seed)
    turnout = threshold(ballots, rules["entitled"], rules["expected"] or 0)
    result.update(ballots=ballots, drawn=lot, quorums={"turnout": turnout})
    if rules["approval"]:
        winner, result["quorums"]["approval"] = [result["winner"]] if result["winner"] else [], {}
        for one in result["shared"] if rules["rule"] == "preferendum" else winner:
            row = result["options"][one]
            agree = row.get("grades", [])[-rules["agreeing"] :] + [row.get(n, 0) for n in NAMES]
            result["quorums"]["approval"][one] = threshold(sum(agree), rules["entitled"], rules["approval"])
    made = json.dumps(result, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)  # 3/4
    return made.encode(), published

def main(arguments):
    if not arguments or arguments[1:] not in ([], ["--check"], ["--check", "--language", "nl"]):
        sys.exit(__doc__)
    try:
        made, published = recount(arguments[0])
    except (OSError, KeyError, ValueError) as wrong:
        sys.exit(f"This cannot be counted. Dit is niet te tellen. {wrong}")
    digest = hashlib.sha256(made).hexdigest()
    if len(arguments) == 1:
        sys.stdout.buffer.write(made)
    elif Path(arguments[0], "result.json").read_bytes() != made or digest != (published or digest):
        sys.exit("NOT THE SAME (niet hetzelfde): result.json or its fingerprint on the board differs from this count.")
    else:
        print("The same (hetzelfde): result.json is what these slips give. SHA-256 " + digest)

if __name__ == "__main__":
    main(sys.argv[1:])
