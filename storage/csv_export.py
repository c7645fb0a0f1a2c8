"""CSV files with the columns of the system this one started from, in its order.

What it did not keep (our run names, hashes) stays in the views; what we do not keep is empty.
"""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage import database
from storage.files import write_bytes
from storage.store import Store

_PER_ACT: Final = [
    f"{kind}_{result}_act{act}"
    for act in (1, 2, 3)
    for kind in ("elites", "bosses")
    for result in ("fought", "won")
]
_TRAINING: Final = [
    *"timestamp game total_updates steps transitions total_reward final_hp final_max_hp".split(),
    *"final_floor final_act victory terminated pg_loss vf_loss entropy".split(),
    *"normalized_entropy worker elites_fought elites_won bosses_fought bosses_won".split(),
    *_PER_ACT,
    *"approx_kl clip_fraction explained_variance mean_advantage std_advantage".split(),
    *"invalid_action_count mean_chosen_action_prob bc_loss bc_coef lr ent_coef".split(),
    *"auto_tune_action early_stop stale_rollouts legacy_rollouts skipped_rollouts".split(),
    *"batch_model_updates batch_checkpoint_ids".split(),
]
_FIGHTS: Final = [
    *"timestamp source worker game floor act fight_type room_type monsters hp_before".split(),
    *"hp_after max_hp won ended_by".split(),
]
_DETAIL: Final = [
    *"timestamp source worker game floor act fight_type monsters hp_before hp_after".split(),
    *"max_hp won turns steps damage_taken max_hit block_gained".split(),
]
_EVALUATIONS: Final = [
    *"timestamp run policy model seed game steps total_reward final_hp final_max_hp".split(),
    *"final_floor final_act victory elites_fought elites_won bosses_fought bosses_won".split(),
    *_PER_ACT,
]
# A fight's game and worker are those of its training game; evaluations count from 1.
_FIGHT_GAMES: Final = """
(select fights.*, coalesce(numbered.worker, 'evaluation') as worker,
    coalesce(numbered.game, try_cast(split_part(fights.game_id, '/', 2) as bigint) + 1) as game
from {view} as fights left join (
    select run, game_id, worker, row_number() over (partition by run order by game_id) as game
    from games
) as numbered on numbered.run = fights.run and numbered.game_id = fights.game_id)
"""
FILES: Final = {
    "training_stats.csv": (_TRAINING, "training_stats", "run", "timestamp, worker, game"),
    "fight_stats.csv": (
        _FIGHTS, _FIGHT_GAMES.replace("{view}", "fight_stats"), "run", "timestamp, game_id, floor"
    ),
    "fight_detail.csv": (
        _DETAIL, _FIGHT_GAMES.replace("{view}", "fight_detail"), "run", "timestamp, game_id, floor"
    ),
    "eval_stats.csv": (_EVALUATIONS, "eval_stats", "training_run", "timestamp, policy, game"),
}  # fmt: skip


def export(store: Store, run: str, folder: Path) -> dict[Path, int]:
    """Write all files of a run; returns their numbers of rows.

    Raises what `database.reading` raises, DiskFull and NotWritable.
    """
    written = {}
    with database.reading(store) as ask:
        for name, (columns, source, owner, order) in FILES.items():
            sql = f"select {', '.join(columns)} from {source} where {owner} = ? order by {order}"
            rows = ask(sql, [run]).rows
            write_bytes(folder / name, _csv(columns, rows).encode())
            written[folder / name] = len(rows)
    return written


def _csv(columns: list[str], rows: tuple[tuple[object, ...], ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    """Booleans as 0 and 1 and times as ISO text, as the original wrote them."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value
