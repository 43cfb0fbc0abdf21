"""The public programs as somebody at home has them, and a folder for them to look at."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from samenraad.ballots.actions import codes_lost, counting
from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.publishing import publish
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.box.models import Checkpoint
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.queries.files import PROGRAMS, zipped
from samenraad.ballots.rules import slips
from samenraad.ballots.testing import end, vote_with

CHOICES = {"grades": {"1": 3, "2": "none"}, "priorities": ["1"]}
SEED = "ab" * 32


@cache
def program(name: str) -> Any:
    """verify_board.py or verify_tools.py, by its path: it knows nothing of the house."""
    if str(PROGRAMS) not in sys.path:
        sys.path.insert(0, str(PROGRAMS))
    spec = importlib.util.spec_from_file_location(name, PROGRAMS / f"{name}.py")
    assert spec
    assert spec.loader
    sys.modules.setdefault(name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def receipt_of(vote: Vote, choices: Any = CHOICES, seed: str = SEED) -> dict[str, Any]:
    """The receipt file, as the voter downloads it."""
    paper = paper_of(vote.step)
    sealed = slips.torn(vote.key, paper.answers(paper.clean(choices)), seed)
    torn = [{"about": slip.about, "value": slip.value, "nonce": slip.nonce} for slip in sealed.slips]
    return {"vote": vote.key, "tracker": sealed.tracker, "secret": sealed.secret, "slips": torn}


def unpacked(vote: Vote, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(b"".join(zipped(vote)))).extractall(folder)
    return folder


def held(opened: Any, bram: Any) -> SimpleNamespace:
    """A whole vote: 45 ballots in two batches, a lost letter, the seal, the seed and the count. `.saved` is a
    checkpoint from the middle, `.tracker` the receipt of one ballot."""
    tracker = vote_with(opened.vote, opened.codes[0], CHOICES, SEED)
    publish(vote=opened.vote)
    for place, code in enumerate(opened.codes[1:40]):
        vote_with(opened.vote, code, {"grades": {"1": place % 4, "3": 1}, "priorities": ["2"] * (place % 2)})
    empty(vote=opened.vote)
    publish(vote=opened.vote)
    saved = Checkpoint.objects.order_by("size").last()
    codes_lost.replace_code(vote=opened.vote, code=opened.codes[50], by=bram)
    for code in opened.codes[40:45]:
        vote_with(opened.vote, code, CHOICES)
    vote = seal(vote=end(opened.vote), by=bram)
    counting.enter_seed(vote=vote, seed="drie hoeden en een gans", how="met dobbelstenen", by=bram)
    vote.refresh_from_db()
    vote = counting.count(vote=vote, by=bram)
    publish(vote=vote)
    vote.refresh_from_db()
    return SimpleNamespace(vote=vote, saved=saved, tracker=tracker, last=Checkpoint.objects.order_by("size").last())
