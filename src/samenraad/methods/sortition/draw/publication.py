"""What is published before a draw, under codes instead of names, and what stays private.

    who            holds                                      can check
    everybody      lottery.csv, rules.json, chances.csv,      that the panel drawn is the one the dice named, in the
                   transcript.json, verify_draw.py            lottery and under the rules published before; that
                                                              chances.csv counts that lottery; the digest of the pool
    a candidate    her letter: her id, code and secret        her number of panels; that she stands in the pool with
                                                              her own answers: her stamp
    a notary, the  respondents.csv, categories.csv, key.csv   everything: each panel against each quota, households,
    organiser      (private)                                  who was in already, every stamp and so the whole pool

Three values belong to a person, all HMAC-SHA256 (RFC 2104) in hexadecimal:

    code    of the salt over "code", line feed, id: the first 16 digits. Stands in the published files.
    secret  of the salt over "secret", line feed, id: the first 32 digits. Stands in key.csv and in her letter only.
    stamp   of the secret over her row: her code, id, household and answers as one line of JSON. Published; without the
            secret it says nothing, with it one changed letter in her row shows. With row and secret from her letter:

                $ printf '%s' '["00c0ffee00c0ffee","7","",[["age","16-24"]]]' | openssl dgst -sha256 -hmac SECRET

The digest of the pool is the SHA-256 of all lines "code,stamp", sorted: whoever changes one cell of the pool
afterwards, adds somebody or leaves somebody out, gets another digest. The salt itself is needed only to make the
codes; without it nobody can try out which id has which code, so a salt that is kept must be kept private.

Codes hide names, not everything: who knows the quotas and many panels can guess answers from who sits with whom. So
what is published is still personal data, for a stated time and purpose (GDPR art. 4(5), 5(1)(e)).

The numbers of the panels follow from the codes: within a panel codes are sorted, and then the panels. Whoever makes
the lottery cannot choose which panel gets which number, except by taking another salt before publication.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from samenraad.methods.sortition.draw.randomness import Announced
from samenraad.methods.sortition.lottery import Lottery
from samenraad.methods.sortition.pool import Candidate, Pool, Quotas
from samenraad.refusals import Refusal

RULES_FORMAT = "samenraad rules 1"
#: how many hexadecimal digits a code and a secret have, and how many bytes a salt at least
CODE, SECRET, SALT = 16, 32, 16

#: a dict that becomes JSON
Facts = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """What stands in one line of key.csv."""

    id: str
    code: str
    secret: str
    row: str

    @property
    def stamp(self) -> str:
        """Ties a code to one row of the pool.

        >>> Key("7", "", "5ec2e7" * 5 + "5e", '["00c0ffee00c0ffee","7","",[["age","16-24"]]]').stamp[:8]
        '033bf9cf'
        """
        return _hmac(self.secret.encode(), self.row)


@dataclass(frozen=True)
class Publication:
    """A lottery ready to be published: `lottery` speaks of codes only, `keys` lead back to the ids."""

    lottery: Lottery
    rules: Facts
    stamps: Mapping[str, str]
    keys: tuple[Key, ...]

    @property
    def rules_json(self) -> str:
        return canonical(self.rules)

    @property
    def seal(self) -> str:
        """SHA-256 of rules.json, which names the lottery and the pool: this one value fixes everything."""
        return digest(self.rules_json)

    @property
    def chances_csv(self) -> str:
        lines = (f"{code},{count},{self.stamps[code]}\n" for code, count in sorted(self.lottery.counts.items()))
        return "code,panels,stamp\n" + "".join(lines)


def publish(
    lottery: Lottery, salt: bytes, announced: Announced, household: Sequence[str] = (), *, length: int = CODE
) -> Publication:
    """The lottery under codes, its frozen rules and the stamps. Same lottery, same salt: same bytes.

    `household` names the columns that made the address, for whoever checks later. `length` shortens the codes, so
    that tests see them collide. Refuses `sortition.salt_short` (under 16 bytes) and `sortition.codes_collide`.
    """
    keys = keys_of(lottery.pool, salt, length=length)
    stamps = {key.code: key.stamp for key in keys}
    hidden = under_codes(lottery, keys)
    return Publication(hidden, _rules(hidden, stamps, announced, household), stamps, keys)


def keys_of(pool: Pool, salt: bytes, *, length: int = CODE) -> tuple[Key, ...]:
    """A code and a secret for everybody, in the order of the ids."""
    if len(salt) < SALT:
        raise Refusal("sortition.salt_short", bytes=len(salt), least=SALT)
    keys = tuple(_key(one, salt, length) for one in pool.candidates)
    if len({key.code for key in keys}) < len(keys):
        raise Refusal("sortition.codes_collide", people=len(keys))
    return keys


def _key(candidate: Candidate, salt: bytes, length: int) -> Key:
    code = _hmac(salt, f"code\n{candidate.id}")[:length]
    return Key(candidate.id, code, _hmac(salt, f"secret\n{candidate.id}")[:SECRET], row_of(code, candidate))


def row_of(code: str, candidate: Candidate) -> str:
    """What is frozen of a person.

    >>> row_of("00c0ffee00c0ffee", Candidate("7", {"age": "16-24"}))
    '["00c0ffee00c0ffee","7","",[["age","16-24"]]]'
    """
    return _line([code, candidate.id, candidate.household or "", sorted(candidate.features.items())])


def pool_digest(stamps: Mapping[str, str]) -> str:
    """From code -> stamp to the digest of the pool."""
    return digest("".join(f"{code},{mark}\n" for code, mark in sorted(stamps.items())))


def is_key_of(rules: Facts, keys: Sequence[Key]) -> bool:
    """Whether this is the key of the pool that was frozen: every line as it was, nobody added or left out."""
    stamps = {key.code: key.stamp for key in keys}
    frozen = len(stamps) == len(keys) and pool_digest(stamps) == rules["pool"]
    return frozen and all(key.row.startswith(_line([key.code, key.id])[:-1] + ",") for key in keys)


def under_codes(lottery: Lottery, keys: Sequence[Key]) -> Lottery:
    """The same lottery, with codes for ids; panels numbered anew, in the order of the codes."""
    code = {key.id: key.code for key in keys}
    homes = sorted({one.household for one in lottery.pool.candidates if one.household is not None})
    number = {home: str(place) for place, home in enumerate(homes)}
    people = (
        Candidate(code[one.id], one.features, None if one.household is None else number[one.household])
        for one in lottery.pool.candidates
    )
    return replace(
        lottery,
        pool=Pool(tuple(people)),
        already=tuple(sorted(code[one] for one in lottery.already)),
        panels=tuple(sorted(tuple(sorted(code[one] for one in panel)) for panel in lottery.panels)),
        optimum={code[one]: chance for one, chance in lottery.optimum.items()},
    )


def quota_facts(quotas: Quotas) -> list[Facts]:
    return [{"max": quota.max, "min": quota.min, "of": [list(pair) for pair in quota.where]} for quota in quotas]


def canonical(facts: Facts) -> str:
    """JSON that has one spelling only: keys sorted, each value on a line of its own, one blank per depth, UTF-8, LF."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _rules(lottery: Lottery, stamps: Mapping[str, str], announced: Announced, household: Sequence[str]) -> Facts:
    return {
        "already": list(lottery.already),
        "announced": asdict(announced),
        "format": RULES_FORMAT,
        "households": list(household),
        "lottery": lottery.digest,
        "method": lottery.method,
        "panels": lottery.m,
        "people": len(lottery.pool),
        "pool": pool_digest(stamps),
        "proven": lottery.proven,
        "quotas": quota_facts(lottery.quotas),
        "seats": lottery.seats,
    }


def _line(facts: list[Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _hmac(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
