"""The `ascension` command line."""

import typer

from commands.bench import bench
from commands.chaos import chaos
from commands.checkpoint import checkpoint
from commands.conformance import conformance
from commands.content import content
from commands.doctor import doctor
from commands.evaluate import evaluate
from commands.exchange import exchange
from commands.export import export
from commands.fuzz import fuzz
from commands.local import local
from commands.play import play
from commands.report import report
from commands.sql import sql
from commands.status import status
from commands.up import up
from commands.watch import watch

app = typer.Typer(
    name="ascension",
    help="Learns to play Slay the Spire and shows, honestly, whether it got better.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

app.command()(up)
app.command()(local)
app.command()(play)
app.command()(watch)
app.command()(evaluate)
app.command()(status)
app.command()(report)
app.command()(sql)
app.command()(export)
app.command()(content)
app.command()(conformance)
app.command()(fuzz)
app.add_typer(checkpoint, name="checkpoint")
app.add_typer(bench, name="bench")
app.command()(doctor)
app.command()(chaos)
app.command()(exchange)


def main() -> None:
    """Entry point of the `ascension` script."""
    app()


if __name__ == "__main__":
    main()
