"""Encodes decisions into sparse rows: one state and its options each, for many games in a batch."""

from typing import final

from librt.strings import BytesWriter, write_i64_le
from mypy_extensions import i64

from ascension.environment.encode_columns import CARD_COLUMNS
from ascension.environment.encode_map import Outlook
from ascension.environment.encode_option import Options
from ascension.environment.encode_options import encode_options
from ascension.environment.encode_scalars import write_fight_scalars, write_run_scalars
from ascension.environment.encode_screen import write_screen, write_selection
from ascension.environment.encode_sink import Counts, Sink
from ascension.environment.encode_state import write_fight, write_run
from ascension.environment.encode_view import View, look
from ascension.game.combat.state import Combat
from ascension.game.run import Run


@final
class Encoder:
    """Buffers of a batch; `add` appends a decision, `clear` starts the next batch."""

    def __init__(self) -> None:
        self.states: Sink = Sink()
        self.options: Sink = Sink()
        self.decision_offsets: BytesWriter = BytesWriter()  # int64
        self.kinds: BytesWriter = BytesWriter()  # int8
        self._counts: Counts = Counts(len(CARD_COLUMNS))
        self.clear()

    def clear(self) -> None:
        """Forget the batch."""
        self.states.clear()
        self.options.clear()
        self.kinds.truncate(0)
        self.decision_offsets.truncate(0)
        write_i64_le(self.decision_offsets, 0)

    def add(
        self, run: Run, combat: Combat | None, outlook: Outlook, kind: i64, actions: list[i64]
    ) -> None:
        """Append one decision: the state that the player sees and these options."""
        view = None if combat is None else look(combat)
        outlook.deck.refresh(run.deck)
        self._add_state(run, view, outlook, kind)
        encode_options(Options(self.options, run, view, outlook, kind, actions))
        write_i64_le(self.decision_offsets, self.options.rows)
        self.kinds.append(int(kind))

    def _add_state(self, run: Run, view: View | None, outlook: Outlook, kind: i64) -> None:
        sink = self.states
        write_run(sink, run, outlook, kind)
        if view is None:
            write_run_scalars(sink, run, run.hp, run.max_hp)
            write_screen(sink, run)
        else:
            combat = view.combat
            write_run_scalars(sink, run, combat.player.hp, combat.player.max_hp)
            write_fight_scalars(sink, view)
            write_fight(sink, self._counts, view)
            if combat.selection is not None:
                write_selection(sink, combat.selection)
        sink.end_row()
