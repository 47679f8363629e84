"""How answers are shown: tables for people, JSON for programs."""

import datetime
import json
import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import (
    Any,
    Callable,
    Iterable,
    Iterator,
    List,
    Literal,
    Optional,
    Sequence,
    Tuple,
)

import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .settings import Settings, WrongUsage

# Wide enough that no line of a pipe is ever wrapped: programs take it apart by lines.
_PIPE_WIDTH = 100_000
# Under this many columns, a table that does not fit is shown a record at a time.
_NARROW = 60
# Between two columns of a table.
_GAP = 2
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, where its value comes from, and on which side it stands."""

    title: str
    of: Callable[[Any], Any]
    right: bool = False


def printable(text: str) -> str:
    """Without control characters: a name from an import must not steer somebody's terminal."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(letter) else letter for letter in text)


def _steers(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Zl", "Zp")


def shown(value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Enum):
        return value.name.replace("_", " ")
    if isinstance(value, (tuple, list)):
        return ", ".join(shown(item) for item in value)
    if hasattr(value, "monthly"):  # a sum of money
        return f"{value.monthly} {value.currency}".strip()
    return printable(str(value))


def plain(value: Any) -> Any:
    """A value as JSON has it: the members of a record under their own names."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime.datetime):
        text = value.astimezone(datetime.timezone.utc).isoformat(timespec="microseconds")
        return text.replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    members = getattr(type(value), "__match_args__", ())
    if members:
        return {name: plain(getattr(value, name)) for name in members}
    return [plain(item) for item in value]


class _Console(Console):
    """Leaves it to the command to end where nobody reads on; rich, from 14 on, would end here."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Output:
    """Standard output, in the manner that the settings ask for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        terminal = sys.stdout.isatty()
        plainly = not terminal or bool(os.environ.get("NO_COLOR"))
        self.console = _Console(
            color_system=None if plainly else "auto",
            width=None if terminal else _PIPE_WIDTH,
            highlight=False,
            emoji=False,
            markup=False,
            soft_wrap=False,
        )
        self.terminal = terminal

    def json(self, value: Any) -> None:
        """One JSON text and nothing else."""
        # What another encoding cannot show would be shown in a way that is no JSON.
        plainly = "utf" not in (sys.stdout.encoding or "").lower()
        print(json.dumps(plain(value), indent=2, ensure_ascii=plainly))

    def answer(self, value: Any, text: str) -> None:
        """What a change answers: a sentence, or the record that the library gave."""
        if self.settings.json:
            self.json(value)
        else:
            self.line(text)

    def line(self, text: str, style: str = "") -> None:
        """A line of text, as it is."""
        self.console.print(Text(printable(text), style=style))

    def rows(self, rows: Iterable[Any], columns: Sequence[Column], empty: str) -> None:
        """A table, or the array of the records."""
        if self.settings.json:
            self.json(list(rows))
        else:
            self.table(rows, columns, empty)

    def table(self, rows: Iterable[Any], columns: Sequence[Column], empty: str) -> None:
        """A table that fits; where the terminal is too narrow for it, a record at a time."""
        cells = [[shown(column.of(row)) for column in columns] for row in rows]
        if not cells:
            self.line(empty)
            return
        if not self.terminal:
            for text in _aligned(cells, columns):
                self.line(text)
            return
        room = self.console.width
        if _together(_widest(cells, columns)) > room:
            # Before anything is folded: a column in which nothing stands can go.
            kept = [place for place, texts in enumerate(zip(*cells)) if any(texts)]
            columns = [columns[place] for place in kept]
            cells = [[row[place] for place in kept] for row in cells]
        least = [_least_of(*column) for column in zip(columns, zip(*cells))]
        folds = _together(_widest(cells, columns)) > room
        if _together(least) > room or (folds and room < _NARROW):
            for row in cells:
                self.pairs([(item.title, cell) for item, cell in zip(columns, row)])
                self.console.print()
            return
        widths = _fitting(_widest(cells, columns), least, room)
        table = Table(
            box=box.SIMPLE_HEAD,
            header_style="bold",
            show_edge=False,
            padding=(0, _GAP - 1, 0, 0),
            pad_edge=False,
        )
        for column, width in zip(columns, widths):
            justify: Literal["left", "right"] = "right" if column.right else "left"
            table.add_column(column.title, justify=justify, overflow="fold", width=width)
        for row in cells:
            table.add_row(*(Text(_parted(text, width)) for text, width in zip(row, widths)))
        self.console.print(table)

    def pairs(self, pairs: Sequence[Tuple[str, Any]]) -> None:
        """Names and values under each other, without those that are empty."""
        texts = [(name, shown(value)) for name, value in pairs]
        texts = [(name, value) for name, value in texts if value]
        width = max((cell_len(name) for name, _ in texts), default=0)
        for name, value in texts:
            line = Text(f"{name}{' ' * (width - cell_len(name))}  ", style="bold")
            line.append(value, style="not bold")
            self.console.print(line, overflow="fold")


def _widest(cells: List[List[str]], columns: Sequence[Column]) -> List[int]:
    """How wide each column is where nothing is folded."""
    return [
        max([cell_len(column.title), *map(cell_len, texts)])
        for column, texts in zip(columns, zip(*cells))
    ]


def _least_of(column: Column, texts: Sequence[str]) -> int:
    """How narrow a column may be: numbers, instants and words are never broken."""
    words = column.title.split()
    for text in texts:
        if column.right or _INSTANT.fullmatch(text):
            words.append(text)
        else:
            words += text.replace("@", " @").split()
    return max(map(cell_len, words), default=0)


def _together(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _fitting(widest: Sequence[int], least: Sequence[int], room: int) -> List[int]:
    """Widths that have room, taken from the widest columns first."""
    widths = list(widest)
    for _ in range(_together(widths) - room):
        can = [place for place, width in enumerate(widths) if width > least[place]]
        widths[max(can, key=lambda place: widths[place])] -= 1
    return widths


def _parted(text: str, width: int) -> str:
    """An email that has no room on one line goes on with its @ on the next."""
    return text.replace("@", "\n@") if cell_len(text) > width and " " not in text else text


def _aligned(cells: List[List[str]], columns: Sequence[Column]) -> Iterator[str]:
    """The lines of a table for a pipe: no rules, nothing folded, no blanks at the end."""
    lines = [[column.title for column in columns], *cells]
    widths = [max(map(cell_len, texts)) for texts in zip(*lines)]
    for line in lines:
        padded = []
        for text, width, column in zip(line, widths, columns):
            blanks = " " * (width - cell_len(text))
            padded.append(blanks + text if column.right else text + blanks)
        yield "  ".join(padded).rstrip()


def confirm(settings: Settings, question: str) -> None:
    """Asks before what cannot be taken back. A script says --yes: nobody is there to answer."""
    if settings.yes:
        return
    if not sys.stdin.isatty():
        raise WrongUsage(f"{question} Say --yes to go on without being asked.")
    if not typer.confirm(printable(question), err=True):
        print("seatbook: nothing has changed", file=sys.stderr)
        raise typer.Exit(1)


def counted(number: int, one: str, many: Optional[str] = None) -> str:
    """`1 seat`, `2 seats`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def choices(lines: List[str], most: int = 20) -> str:
    """Some lines of a list under a message; how many more there are."""
    more = [f"  ... {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join([f"  {line}" for line in lines[:most]] + more)
