"""The deck's block of a state: counted and written once, repeated until the deck changes."""

from typing import Final, final

from mypy_extensions import i64

from ascension.environment.encode_columns import CARD_COLUMN, CARD_COLUMNS
from ascension.environment.encode_sink import Block, Counts, Sink
from ascension.environment.layout import STATE
from ascension.game.run import DeckCard

CARD_UNIT: Final = 0.4  # of a card in a pile or in the deck

_DECK: Final[i64] = STATE.offset("deck")


def deck_column(card: DeckCard) -> i64:
    """The column of a deck card within a card block."""
    return CARD_COLUMN[2 * card.id + (1 if card.upgrades > 0 else 0)]


@final
class DeckColumns:
    """A deck by card columns, as it was when it was written last."""

    def __init__(self) -> None:
        self.cards: list[DeckCard] = []
        self.counts: Counts = Counts(len(CARD_COLUMNS))
        self.written: Block = Block(b"", b"")

    def refresh(self, deck: list[DeckCard]) -> None:
        """Count it again if it has changed.

        Deck cards never change, they are replaced: equal lists hold the same objects, which is
        quick to see and spares counting and sorting at almost every decision.
        """
        if self.cards == deck:
            return
        self.cards = deck[:]
        self.counts.clear()
        for card in deck:
            self.counts.add(deck_column(card))
        sink = Sink()
        self.counts.write(sink, _DECK, CARD_UNIT)
        self.written = sink.block()

    def of(self, column: i64) -> i64:
        """How many cards there are of a column."""
        return self.counts.of(column)

    def write(self, sink: Sink) -> None:
        """The deck's block."""
        sink.repeat(self.written)
