"""What the votes say when something may not be done, and what can be done instead: one module per subject."""

from samenraad.ballots.refusals import board, booth, counting, paper, roll

SENTENCES = {
    **booth.SENTENCES,
    **board.SENTENCES,
    **roll.SENTENCES,
    **paper.SENTENCES,
    **counting.SENTENCES,
}
