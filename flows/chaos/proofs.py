"""What must hold after any number of kills, read from storage alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.project import Project
from flows.steps import due
from storage import StorageError, checkpoints, database, facts, rollouts
from storage.files import TEMPORARY, sweep_temporary
from storage.schemas import FACT_SCHEMAS

PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Witness:
    """Remembers every rollout that was seen committed while the loop ran."""

    project: Project
    seen: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Take note of the rollouts that wait right now."""
        store, run = self.project.store, self.project.run
        self.seen |= {path.stem for path in rollouts.waiting_files(store, run)}


def ledger(project: Project) -> list[str]:
    """Ids of all rollouts that some checkpoint consumed, in order, doubles included."""
    return list(checkpoints.ledger(project.store, project.run, 0))


def trained_twice(project: Project) -> list[str]:
    """Rollouts that stand in more than one place of the ledger."""
    return [rollout_id for rollout_id, times in Counter(ledger(project)).items() if times > 1]


def refused(project: Project) -> dict[str, str]:
    """Reasons by the ids of the rollouts in quarantine."""
    sql = "select rollout_id, reason from rejections where run = ?"
    found = database.query(project.store, sql, [project.run]).rows
    return {str(rollout_id): str(reason) for rollout_id, reason in found}


def lost(project: Project, seen: set[str]) -> list[str]:
    """Rollouts that were committed and are neither trained, nor refused, nor waiting."""
    waiting = {path.stem for path in rollouts.waiting_files(project.store, project.run)}
    return sorted(seen - set(ledger(project)) - waiting - set(refused(project)))


def untold(project: Project) -> list[str]:
    """Trained rollouts whose game is missing from the table `games`."""
    sql = "select game_id from games where run = ?"
    told = {row[0] for row in database.query(project.store, sql, [project.run]).rows}
    return sorted(set(ledger(project)) - told)


def unloadable(project: Project) -> list[str]:
    """Checkpoints that cannot be loaded, are missing from the row, or have another parent."""
    problems, parent, store, run = [], "", project.store, project.run
    for update in range(due.newest_update(project) + 1):
        try:
            metadata = checkpoints.read_metadata(store, run, update)
            if checkpoints.has_weights(store, run, update):  # old ones are thinned out by a rule
                checkpoints.load(store, run, update)
        except StorageError as error:
            problems.append(f"update {update}: {error}")
            continue
        if update and metadata["parent"] != parent:
            problems.append(f"update {update} comes from {metadata['parent']}, not {parent}")
        parent = str(metadata["checkpoint_id"])
    return problems


def content(project: Project) -> dict[str, list[Any]]:
    """All rows of all tables, sorted, without the numbers of the files they came from."""
    rows: dict[str, list[Any]] = {}
    for table, schema in FACT_SCHEMAS.items():
        columns = ", ".join(schema.names)
        found = database.query(project.store, f"select {columns} from {table}").rows
        rows[table] = sorted(map(repr, found))
    found = database.query(project.store, "select * from checkpoints").rows
    return rows | {"checkpoints": sorted(map(repr, found))}


def differing_tables(project: Project) -> list[str]:
    """Tables of the incremental database that a rebuilt one has otherwise."""
    database.refresh(project.store, patience_seconds=PATIENCE_SECONDS)
    incremental = content(project)
    database.refresh(project.store, rebuild=True, patience_seconds=PATIENCE_SECONDS)
    rebuilt = content(project)
    return [table for table in rebuilt if rebuilt[table] != incremental[table]]


def broken(project: Project) -> list[str]:
    """Rollouts that were refused as half written or foreign: a reader saw an unfinished write."""
    reasons = refused(project).items()
    return [f"{name}: {why}" for name, why in reasons if why.startswith(("corrupt", "foreign"))]


def orphans(root: Path) -> Iterator[Path]:
    """What killed writers left behind under temporary names."""
    return root.rglob(f"{TEMPORARY}*")


def prove(project: Project, seen: set[str]) -> dict[str, Any]:
    """All of the above as figures and lists of problems; nothing may be running any more."""
    differing = differing_tables(project)
    left_behind = sum(1 for _ in orphans(project.store.root))
    sweep_temporary(project.store.root, older_than_seconds=0.0)
    problems = {
        "trained_twice": trained_twice(project),
        "lost": lost(project, seen),
        "untold": untold(project),
        "checkpoints_unloadable": unloadable(project),
        "broken_rollouts": broken(project),
        "tables_differing": differing,
        "orphans_not_swept": [str(path) for path in orphans(project.store.root)],
    }
    return {
        **{name: len(found) for name, found in problems.items()},
        "problems": [f"{name}: {item}" for name, found in problems.items() for item in found[:5]],
        "updates": due.newest_update(project),
        "games": due.games_collected(project),
        "rollouts_trained": len(ledger(project)),
        "rollouts_refused": len(refused(project)),
        "rollouts_waiting": due.waiting_rollouts(project),
        "evaluations": facts.count(project.store, "evaluations", project.run),
        "orphans_swept": left_behind,
    }
