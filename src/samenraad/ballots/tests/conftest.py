from typing import Any

import pytest

from samenraad.ballots.testing import open_vote


@pytest.fixture
def opened(process: Any, bram: Any) -> Any:
    """An open vote in which 60 people may rate five proposals: `.vote`, `.step`, `.codes`."""
    return open_vote(process, bram)
