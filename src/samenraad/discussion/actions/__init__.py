"""Everything that happens in talk about a text: saying and taking back, reporting and moderating."""

from samenraad.discussion.actions.arrivals import arrive, tidy_up
from samenraad.discussion.actions.moderation import hide, keep, report, restore
from samenraad.discussion.actions.talk import comment, withdraw_comment

__all__ = ["arrive", "comment", "hide", "keep", "report", "restore", "tidy_up", "withdraw_comment"]
