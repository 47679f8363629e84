"""Charts drawn with characters: seats over time, and how full licenses are.

A chart is lines of pieces (text and style), which whoever prints it turns into colors or not.
"""

import datetime
import math
from dataclasses import dataclass
from typing import Iterator, List, Optional, Sequence, Tuple

from rich.cells import cell_len, set_cell_size

Piece = Tuple[str, str]
Line = List[Piece]

# How much one line of a chart may stand for: with these, every label is a round number.
_ROUND = (1, 2, 5)
_BAR, _OVER, _LIMIT = "cyan", "red", "yellow"
_EIGHTHS = 8
_LABEL_EVERY = 2  # lines
_ALMOST = 1e-6
_MINUTES_SECONDS = 600
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Marks:
    """The characters that a terminal can show."""

    parts: str  # of a cell, from an eighth to the whole
    over: str
    limits: str  # low, in the middle and high in a cell
    track: str
    corner: str
    side: str
    floor: str
    tick: str


BLOCKS = Marks("▁▂▃▄▅▆▇█", "▓", "▁─▔", "░", "└", "┤", "─", "┴")
ASCII = Marks(" ...::##", "%", "_--", ".", "+", "|", "-", "+")


def marks_for(encoding: Optional[str]) -> Marks:
    """Blocks where the encoding has them."""
    try:
        "".join(vars(BLOCKS).values()).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS


@dataclass(frozen=True)
class Level:
    """What was so from an instant on, until the next."""

    at: datetime.datetime
    used: int
    total: Optional[int]


@dataclass(frozen=True)
class Bar:
    """One license: how many seats are in use, of how many."""

    name: str
    used: int
    total: Optional[int]
    basis_points: Optional[int]

    def told(self) -> str:
        """3 of 4, 75%."""
        if self.total is None:
            return f"{self.used:,} of unlimited"
        share = "" if self.basis_points is None else f", {self.basis_points / 100:.0f}%"
        return f"{self.used:,} of {self.total:,}{share}"


def over_time(
    levels: Sequence[Level], until: datetime.datetime, width: int, height: int, marks: Marks
) -> Iterator[Line]:
    """Columns of time, each as high as the most seats in use within it."""
    most = max(max(level.used, level.total or 0) for level in levels)
    unit = _unit(most, height)
    height = math.floor(most / unit) + 1
    margin = max(len(f"{row * unit:,.0f}") for row in range(height))
    cells = max(1, width - margin - 2)
    columns = list(_columns(levels, until, cells))
    for row in reversed(range(height)):
        value = row * unit
        # Below 1 a line, only some lines stand for a whole seat.
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
    """A bar for each license: the whole of it is all of its seats."""
    told = max(len(bar.told()) for bar in bars)
    names = min(max(cell_len(bar.name) for bar in bars), max(8, (width - told) // 2))
    cells = max(4, width - names - told - 4)
    for bar in bars:
        short = _shortened(bar.name, names, marks)
        line: Line = [(short + "  ", "")]
        if bar.total is None:
            line.append((" " * cells, ""))
        else:
            share = 1.0 if bar.total == 0 else bar.used / bar.total
            full = min(cells, math.floor(share * cells))
            # Somebody holds a seat: it shows, however many there are.
            full = max(full, 1) if bar.used else full
            over = bar.used > bar.total
            line.append((marks.parts[-1] * full, _OVER if over else _BAR))
            line.append((marks.track * (cells - full), "dim"))
        line.append((f"  {bar.told()}", ""))
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
    """What a line stands for: so round that labels are, and so much that the top line is free."""
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
    """For each slice of time the most seats in use, and the total at its end."""
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
    """Neighbors of one style as one piece."""
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
    """Where dates stand under the chart, and how they are written there."""
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
