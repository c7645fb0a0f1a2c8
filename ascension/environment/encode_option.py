"""An option while it is written: the decision it belongs to, and what several writers share."""

from typing import Final, final

from mypy_extensions import i64

from ascension.environment.encode_cards import number, write_deck_traits
from ascension.environment.encode_columns import CARD_COLUMN
from ascension.environment.encode_deck import DeckColumns
from ascension.environment.encode_map import Outlook
from ascension.environment.encode_sink import Sink
from ascension.environment.encode_view import View
from ascension.game.combat.state import Card
from ascension.game.run import DeckCard, Run

_COPIES_IN_DECK: Final[i64] = number("copies_in_deck")


@final
class Options:
    """What the writers need: the decision, and where to write."""

    def __init__(
        self,
        sink: Sink,
        run: Run,
        view: View | None,
        outlook: Outlook,
        kind: i64,
        actions: list[i64],
    ) -> None:
        self.sink: Sink = sink
        self.run: Run = run
        self.view: View | None = view
        self.outlook: Outlook = outlook
        self.deck: DeckColumns = outlook.deck
        self.kind: i64 = kind
        self.actions: list[i64] = actions


def fight_of(options: Options) -> View:
    """The fight that the decision belongs to."""
    view = options.view
    assert view is not None
    return view


def write_copies(options: Options, card: Card) -> None:
    """How many of them the deck holds."""
    options.sink.number(_COPIES_IN_DECK, options.deck.of(CARD_COLUMN[card.row()]), 0.2)


def write_deck_card(options: Options, card: DeckCard, block: i64) -> None:
    """A card of the deck, or one that may join it."""
    row = 2 * card.id + (1 if card.upgrades > 0 else 0)
    options.sink.flag(block + CARD_COLUMN[row])
    write_deck_traits(options.sink, card)
    options.sink.number(_COPIES_IN_DECK, options.deck.of(CARD_COLUMN[row]), 0.2)
