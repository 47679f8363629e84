"""`seatbook plot`: seats over time and utilization, in the terminal or as a file."""

import sys
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional

import typer
from rich.text import Text

from seatbook import LicenseId, ManualClock, UsageStep, UtilizationBy

from . import charts, pictures, values
from .commands import BookCommand, group
from .lookup import instant, license_of
from .output import Output, printable
from .places import check_not_a_book
from .settings import Desk, Settings, WrongUsage, reading, settings_of

PLOT = group("Plot seats over time or utilization.")

_TO = typer.Option(
    None, "--output", "-o", dir_okay=False, help="A .png or .svg file [default: the terminal]."
)
_PAGE = 100_000
_PIPE_WIDTH = 80
_MOST_WIDTH = 160
_LEAST_HEIGHT = 3


@PLOT.callback()
def _plot(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        raise WrongUsage("no plot specified: see `seatbook plot --help`")


@PLOT.command("seats", cls=BookCommand)
def seats(
    context: typer.Context,
    license: Optional[str] = typer.Argument(
        None, help="Name, host key or #id [default: all licenses]."
    ),
    since: Optional[str] = typer.Option(
        None, help="From this day or instant (UTC) [default: the first seat]."
    ),
    until: Optional[str] = typer.Option(
        None, help="Before this day or instant (UTC) [default: now]."
    ),
    height: int = typer.Option(
        12, min=_LEAST_HEIGHT, max=100, help="Height in lines, in the terminal."
    ),
    to: Optional[Path] = _TO,
) -> None:
    """Plot seats in use and total seats over time, of a license or of the book."""
    settings = settings_of(context)
    _check_output(to, settings)
    with reading(context) as desk:
        which = None if license is None else license_of(desk.session, license)
        steps = _steps(desk, None if which is None else which.id, since, until)
        out = Output(settings)
        if settings.json:
            out.json(steps)
            return
        last = settings.now() if until is None else ManualClock(instant(until)).now()
        levels = _levels(steps, from_since=since is not None)
        name = "All licenses" if which is None else which.name
        if not levels or levels[0].at >= last:
            out.line(f"{name}: no seats were in use.")
            return
        title = f"{name}: seats in use"
        if to is not None:
            pictures.draw_over_time(levels, last, title, to)
            out.line(f"Wrote {to}: {title}")
            return
        marks = charts.marks_for(sys.stdout.encoding)
        total = levels[-1].total
        of = "unlimited" if total is None else f"{total:,}"
        out.line(f"{title}, {levels[-1].used:,} of {of} at the end", "bold")
        _draw(out, charts.over_time(levels, last, _width(out), height, marks))


@PLOT.command("utilization", cls=BookCommand)
def utilization(
    context: typer.Context,
    by: str = values.option(UtilizationBy, "license"),
    archived: bool = typer.Option(False, "--archived", help="Include archived licenses."),
    to: Optional[Path] = _TO,
) -> None:
    """Plot the utilization of licenses, the fullest first."""
    settings = settings_of(context)
    _check_output(to, settings)
    with reading(context) as desk:
        rows = desk.session.utilization(by=UtilizationBy[by], include_archived=archived)
        out = Output(settings)
        if settings.json:
            out.json(list(rows))
            return
        bars = [
            charts.Bar(
                printable(row.license_name or row.product_group or "(all)"),
                row.used,
                row.total,
                row.basis_points,
            )
            for row in rows
        ]
        bars.sort(key=_fullest_first)
        if not bars:
            out.line("No licenses.")
            return
        if to is not None:
            day = settings.now().date().isoformat()
            pictures.draw_filled(bars, f"Seats in use on {day}", to)
            out.line(f"Wrote {to}: utilization")
            return
        _draw(out, charts.filled(bars, _width(out), charts.marks_for(sys.stdout.encoding)))


def _check_output(to: Optional[Path], settings: Settings) -> None:
    """Raises WrongUsage if the output cannot be written. Runs before the book is opened."""
    if to is None:
        return
    if settings.json:
        raise WrongUsage("--json and --output cannot be combined: give one of them")
    pictures.format_of(to)
    check_not_a_book(to)


def _fullest_first(bar: charts.Bar) -> int:
    return 1 if bar.basis_points is None else -bar.basis_points


def _steps(
    desk: Desk, license: Optional[LicenseId], since: Optional[str], until: Optional[str]
) -> List[UsageStep]:
    steps: List[UsageStep] = []
    given = {"since": since, "until": until}
    between: Dict[str, Any] = {
        name: instant(text) for name, text in given.items() if text is not None
    }
    while True:
        page = desk.session.usage_over_time(license, limit=_PAGE, **between)
        steps += page.steps
        if page.next is None:
            return steps
        between["since"] = page.next


def _levels(steps: Iterable[UsageStep], from_since: bool) -> List[charts.Level]:
    """Returns the levels to draw. Without --since, they start at the first seat in use."""
    levels = [charts.Level(step.at, step.used, step.total) for step in steps]
    if not from_since:
        used = [number for number, level in enumerate(levels) if level.used]
        levels = levels[used[0] :] if used else []
    return levels


def _width(out: Output) -> int:
    return min(out.console.width, _MOST_WIDTH) if out.terminal else _PIPE_WIDTH


def _draw(out: Output, lines: Iterable[charts.Line]) -> None:
    for line in lines:
        text = Text.assemble(*line)
        text.rstrip()
        out.console.print(text, overflow="crop", no_wrap=True)
