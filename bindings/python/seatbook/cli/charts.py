"""Draws charts with characters: seats over time, and utilization.

A chart is a list of lines; a line is a list of (text, style). The caller may ignore the styles.
"""

import datetime
import math
from dataclasses import dataclass
from typing import Iterator, List, Optional, Sequence, Tuple

from rich.cells import cell_len, set_cell_size

Piece = Tuple[str, str]
Line = List[Piece]

# The seats that one line represents are one of these digits times a power of 10.
_ROUND = (1, 2, 5)
_BAR, _OVER, _LIMIT = "cyan", "red", "yellow"
_EIGHTHS = 8
_LABEL_EVERY = 2  # lines
_ALMOST = 1e-6
_MINUTES_SECONDS = 600
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Marks:
    """The characters of a chart."""

    parts: str  # a cell filled by one to eight eighths
    over: str
    limits: str  # a line at the bottom, in the middle and at the top of a cell
    track: str
    corner: str
    side: str
    floor: str
    tick: str


BLOCKS = Marks("▁▂▃▄▅▆▇█", "▓", "▁─▔", "░", "└", "┤", "─", "┴")
ASCII = Marks(" ...::##", "%", "_--", ".", "+", "|", "-", "+")


def marks_for(encoding: Optional[str]) -> Marks:
    """Returns block characters if the encoding has them, ASCII otherwise."""
    try:
        "".join(vars(BLOCKS).values()).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS


@dataclass(frozen=True)
class Level:
    """Seats in use and total seats from an instant until the next level."""

    at: datetime.datetime
    used: int
    total: Optional[int]


@dataclass(frozen=True)
class Bar:
    """Seats in use and total seats of one license."""

    name: str
    used: int
    total: Optional[int]
    basis_points: Optional[int]

    def text(self) -> str:
        """Returns the numbers, such as `3 of 4, 75%`."""
        if self.total is None:
            return f"{self.used:,} of unlimited"
        share = "" if self.basis_points is None else f", {self.basis_points / 100:.0f}%"
        return f"{self.used:,} of {self.total:,}{share}"


def over_time(
    levels: Sequence[Level], until: datetime.datetime, width: int, height: int, marks: Marks
) -> Iterator[Line]:
    """Draws columns of time, each as high as the most seats in use in that time."""
    most = max(max(level.used, level.total or 0) for level in levels)
    unit = _unit(most, height)
    height = math.floor(most / unit) + 1
    margin = max(len(f"{row * unit:,.0f}") for row in range(height))
    cells = max(1, width - margin - 2)
    columns = list(_columns(levels, until, cells))
    for row in reversed(range(height)):
        value = row * unit
        # If a line is less than one seat, only some lines are a whole number of seats.
        labelled = _whole(value) and (unit < 1 or row % _LABEL_EVERY == 0)
        label = f"{value:,.0f}" if labelled else ""
        line = [(f"{label:>{margin}} {marks.side if labelled else _plain_side(marks)}", "dim")]
        line += _joined(_cell(column, row, unit, marks) for column in columns)
        yield line
    ticks = _ticks(levels[0].at, until, cells)
    floor = [marks.tick if any(at == cell for at, _ in ticks) else marks.floor
             for cell in range(cells)]
    yield [(" " * (margin + 1) + marks.corner + "".join(floor), "dim")]
    dates = ""
    for at, text in ticks:
        dates += " " * (at - len(dates)) + text
    yield [(" " * (margin + 2) + dates.rstrip(), "dim")]


def filled(bars: Sequence[Bar], width: int, marks: Marks) -> Iterator[Line]:
    """Draws a bar for each license. A full bar is all seats of the license."""
    numbers = max(len(bar.text()) for bar in bars)
    names = min(max(cell_len(bar.name) for bar in bars), max(8, (width - numbers) // 2))
    cells = max(4, width - names - numbers - 4)
    for bar in bars:
        short = _shortened(bar.name, names, marks)
        line: Line = [(short + "  ", "")]
        if bar.total is None:
            line.append((" " * cells, ""))
        else:
            share = 1.0 if bar.total == 0 else bar.used / bar.total
            full = min(cells, math.floor(share * cells))
            # At least one cell if any seat is in use.
            full = max(full, 1) if bar.used else full
            over = bar.used > bar.total
            line.append((marks.parts[-1] * full, _OVER if over else _BAR))
            line.append((marks.track * (cells - full), "dim"))
        line.append((f"  {bar.text()}", ""))
        yield line


def _whole(value: float) -> bool:
    return abs(value - round(value)) < _ALMOST


def _plain_side(marks: Marks) -> str:
    return "|" if marks is ASCII else "│"


def _shortened(name: str, cells: int, marks: Marks) -> str:
    if cell_len(name) <= cells:
        return name + " " * (cells - cell_len(name))
    end = "..." if marks is ASCII else "…"
    return set_cell_size(name, cells - cell_len(end)) + end


def _unit(most: int, height: int) -> float:
    """Returns the seats per line: round, and large enough to leave the top line free."""
    lines = height - 1
    if most <= lines:
        return 1 / max(1, lines // max(1, most))
    power = 1
    while True:
        for digit in _ROUND:
            if most <= digit * power * lines:
                return digit * power
        power *= 10


def _columns(
    levels: Sequence[Level], until: datetime.datetime, cells: int
) -> Iterator[Tuple[int, Optional[int]]]:
    """Yields for each slice of time the most seats in use, and the total at its end."""
    first = levels[0].at
    span = max((until - first).total_seconds(), 1)
    index = 0
    for cell in range(cells):
        end = first + datetime.timedelta(seconds=span * (cell + 1) / cells)
        used = levels[index].used
        while index + 1 < len(levels) and levels[index + 1].at < end:
            index += 1
            used = max(used, levels[index].used)
        yield used, levels[index].total


def _cell(column: Tuple[int, Optional[int]], row: int, unit: float, marks: Marks) -> Piece:
    used, total = column
    height = used / unit
    limit = None if total is None else total / unit
    eighths = min(_EIGHTHS, max(0, round((height - row) * _EIGHTHS)))
    if eighths:
        if limit is not None and row >= limit:
            return marks.over, _OVER
        return marks.parts[eighths - 1], _BAR
    if limit is not None and math.floor(limit) == row:
        return marks.limits[round((limit - row) * (len(marks.limits) - 1))], _LIMIT
    return " ", ""


def _joined(pieces: Iterator[Piece]) -> Line:
    """Merges adjacent pieces of the same style."""
    line: Line = []
    for text, style in pieces:
        if line and line[-1][1] == style:
            line[-1] = (line[-1][0] + text, style)
        else:
            line.append((text, style))
    return line


def _ticks(
    first: datetime.datetime, until: datetime.datetime, cells: int
) -> List[Tuple[int, str]]:
    """Returns the cells of the date labels under the chart, and their texts."""
    span = max((until - first).total_seconds(), 1)
    if span < _MINUTES_SECONDS:
        wanted, form = 4, "%H:%M:%S"
    elif span < 2 * _DAY_SECONDS:
        wanted, form = 4, "%H:%M" if until.date() == first.date() else "%m-%d %H:%M"
    else:
        wanted, form = 8, "%Y-%m-%d"
    room = len(first.strftime(form)) + 2
    wanted = max(1, min(wanted, cells // room))
    ticks: List[Tuple[int, str]] = []
    for number in range(wanted):
        cell = cells * number // wanted
        at = first + datetime.timedelta(seconds=span * cell / cells)
        ticks.append((cell, at.strftime(form)))
    return ticks
