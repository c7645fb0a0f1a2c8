"""`ascension local`: the whole loop in one plain process, with what it does on the screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.live import Live
from rich.table import Table

from ascension.learning.errors import DeviceError
from commands.options import ActsOption, AscensionOption, DataOption, RunOption
from commands.output import JsonOption, console, errors, print_json, refuses
from commands.report import ReportsOption
from commands.tables import comparison_table, evaluation_table
from flows.extras import MissingExtra
from storage import StorageError

if TYPE_CHECKING:
    from ascension.records import CloneEpoch, Rollout, Update
    from flows.local import Outcome
    from flows.project import Project, ProjectSettings
    from flows.steps.collecting import Collected

NO_LIMIT = 1_000_000
UpdatesOption = Annotated[
    int,
    typer.Option(
        min=0, help="Stop after so many PPO updates; 0 only clones.", show_default="no limit"
    ),
]
MinutesOption = Annotated[float, typer.Option(min=0.01, help="Stop after so many minutes.")]
PresetOption = Annotated[
    str,
    typer.Option(
        help="default: for minutes; long: for hours; original: repeats the seed's experiment."
    ),
]
HeadOption = Annotated[
    str,
    typer.Option(help="options: sees what it chooses; slots: the control, which sees a number."),
]
GamesOption = Annotated[
    int | None, typer.Option("--teacher-games", min=1, help="Teacher games to clone.")
]


def settings_of(
    preset: str,
    run: str,
    ascension: int,
    acts: int,
    teacher_games: int | None,
    seeds: int,
    head: str = "options",
    from_scratch: bool = False,
    device: str = "",
    tensorboard: bool = False,
) -> "ProjectSettings":
    """The settings of these options; StorageError names one that there is not."""
    from flows.project import varied

    if preset not in ("default", "long", "original"):
        raise StorageError(f"preset {preset!r}: choose default, long or original")
    if head not in ("options", "slots"):
        raise StorageError(f"head {head!r}: choose options or slots")
    return varied(
        preset,  # type: ignore[arg-type]
        run,
        ascension=ascension,
        acts=acts,
        teacher_games=teacher_games,
        seeds=seeds,
        head=head,  # type: ignore[arg-type]
        from_scratch=from_scratch,
        device=device,
        tensorboard=tensorboard,
    )


class Screen:
    """What the loop is doing, as a small live table on a terminal and as lines elsewhere."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.live: Live | None = None
        self.games_played = 0

    def __enter__(self) -> "Screen":
        if errors.is_terminal:
            self.live = Live(self._table(), console=errors, refresh_per_second=4)
            self.live.__enter__()
        return self

    def __exit__(self, *failure: Any) -> None:
        if self.live is not None:
            self.live.__exit__(*failure)

    def _table(self) -> Table:
        shown = Table(show_header=False, box=None, pad_edge=False)
        for name, value in self.fields.items():
            shown.add_row(f"[bold]{name}[/]", value)
        return shown

    def show(self, name: str, value: str, *, log: bool = True) -> None:
        """One line of the table; without a terminal a line of its own, if `log`."""
        self.fields[name] = value
        if self.live is not None:
            self.live.update(self._table())
        elif log:
            errors.print(f"{name}: {value}", highlight=False)

    def stage(self, name: str) -> None:
        """A stage begins."""
        self.show("stage", name)

    def teacher_game(self, done: int, wanted: int) -> None:
        """A teacher's game was played."""
        self.show("teacher games", f"{done} of {wanted}", log=done in (wanted, wanted // 2))

    def epoch(self, epoch: "CloneEpoch") -> None:
        """A pass of cloning is done."""
        self.show(
            "cloning",
            f"epoch {epoch.epoch} of {epoch.epochs}: agrees with the teacher on "
            f"{100 * epoch.val_acc:.1f}% of held-out decisions",
        )

    def games(self, group: "Sequence[Rollout]") -> None:
        """Games have ended and are committed."""
        self.games_played += len(group)
        floors = [rollout.game.final_floor for rollout in group if rollout.game is not None]
        best = f", newest reached floors {', '.join(map(str, floors))}"
        self.show("training games", f"{self.games_played}{best}", log=False)

    def collected(self, report: "Collected") -> None:
        """A batch of games is done."""
        self.show(
            "collected",
            f"{report.games} games of update {report.update}, "
            f"{report.decisions_per_second:,.0f} decisions/s",
        )

    def update(self, update: "Update") -> None:
        """The policy was updated."""
        self.show(
            "update",
            f"{update.total_updates}: mean floor {update.mean_floor:.1f}, "
            f"{update.transitions:,} transitions, kl {update.approx_kl:.4f}, "
            f"explained variance {update.explained_variance:.2f}",
        )

    def evaluated(self, policy: str, games: int) -> None:
        """A policy has played the fixed seeds."""
        self.show("evaluated", f"{policy} on {games} seeds")

    def waiting(self, games: int, waiting: int) -> None:
        """So many games were played and so many rollouts wait, as seen from outside."""
        self.show("training games", f"{games}, {waiting} wait for the trainer", log=False)


def summary(project: "Project", outcome: "Outcome") -> None:
    """One screen: what happened and where to look next."""
    assert outcome.report is not None
    entry = outcome.report.entry
    training = entry["training_metrics"]
    console.rule("what happened")
    console.print(
        f"{outcome.games} games and {len(outcome.updates)} PPO updates in "
        f"{outcome.seconds / 60:.1f} minutes; run [bold]{project.run}[/] now has "
        f"{training['games_collected']} games and {training['ppo_updates']} updates."
    )
    console.print(evaluation_table(entry["evaluation"]))
    if entry["comparison"]:
        console.print(comparison_table(entry["comparison"]))
    console.rule("where to look next")
    console.print(
        f"look at it  {outcome.site}\n"
        f"report      {outcome.report.path}\n"
        f'tables      ascension sql "select * from evaluation_summary"\n'
        f"watch it    ascension watch --policy newest\n"
        f"go on       run the same command again: it continues from update "
        f"{training['ppo_updates']}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


@refuses(StorageError, ValueError, ArithmeticError, DeviceError, MissingExtra)
def local(
    run: RunOption = "main",
    preset: PresetOption = "default",
    updates: UpdatesOption = NO_LIMIT,
    minutes: MinutesOption = 10.0,
    ascension: AscensionOption = 0,
    acts: ActsOption = 3,
    teacher_games: GamesOption = None,
    seeds: Annotated[int, typer.Option(min=1, help="Fixed seeds to evaluate on.")] = 25,
    head: HeadOption = "options",
    from_scratch: Annotated[
        bool, typer.Option("--scratch", help="Start from random weights instead of the clone.")
    ] = False,
    device: Annotated[
        str,
        typer.Option(
            help="cpu, cuda or auto (a GPU where there is one), for all stages.",
            show_default="training on auto, playing on cpu",
        ),
    ] = "",
    tensorboard: Annotated[
        bool, typer.Option("--tensorboard", help="Write event files, too; needs the extra.")
    ] = False,
    data: DataOption = None,
    reports: ReportsOption = Path("docs/experiments"),
    as_json: JsonOption = False,
) -> None:
    """Clone, collect, train and evaluate in this process, without Prefect.

    Can be stopped at any moment: run it again and it goes on from the last commit. The settings
    of a run are kept with it; options given later for the same run replace them.
    """
    from ascension.learning.devices import choose_device
    from flows.local import Goal
    from flows.local import run as run_locally
    from flows.project import create_project

    if device:
        choose_device(device)
    settings = settings_of(
        *(preset, run, ascension, acts, teacher_games, seeds, head),
        *(from_scratch, device, tensorboard),
    )
    project = create_project(settings, data)
    with Screen() as screen:
        outcome = run_locally(project, Goal(updates, minutes), screen, reports)
    if as_json:
        assert outcome.report is not None
        print_json(
            {"seconds": outcome.seconds, "updates": len(outcome.updates)}
            | {"games": outcome.games, "report": str(outcome.report.path)}
            | {"entry": outcome.report.entry}
        )
        return
    summary(project, outcome)
