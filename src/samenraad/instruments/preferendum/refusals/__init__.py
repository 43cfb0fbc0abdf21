"""What a preferendum says when something may not be done: one module per subject."""

from samenraad.instruments.preferendum.refusals import ballot, result, setup

SENTENCES = {**setup.SENTENCES, **ballot.SENTENCES, **result.SENTENCES}
