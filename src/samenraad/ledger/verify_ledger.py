"""Check a downloaded ledger yourself: python3 verify_ledger.py ledger.jsonl

Needs Python 3 and nothing else. Every line holds its own digest and the digest of the line before it. If one
letter was altered, removed or added anywhere, the digests no longer fit, and this says at which entry.
"""

import hashlib
import json
import sys
from collections.abc import Iterable


def verify(lines: Iterable[str]) -> str:
    previous, count = "0" * 64, 0
    for count, line in enumerate(lines, start=1):
        entry = json.loads(line)
        digest = entry.pop("digest")
        sealed = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        if entry["seq"] != count:
            return f"BROKEN: entry {count} is missing"
        if entry["previous"] != previous:
            return f"BROKEN: entry {count} does not follow on the entry before it"
        if digest != hashlib.sha256(sealed).hexdigest():
            return f"BROKEN: entry {count} was altered"
        previous = digest
    return f"WHOLE: {count} entries, the last digest is {previous}"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        outcome = verify(file)
    print(outcome)
    sys.exit(outcome.startswith("BROKEN"))
