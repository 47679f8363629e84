"""Prints results: tables for people, JSON for programs."""

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

from .places import Place
from .settings import Settings, WrongUsage

# Wide enough that no line in a pipe is wrapped: programs parse the output by lines.
_PIPE_WIDTH = 100_000
# Below this width, a table that does not fit is printed one record at a time.
_NARROW = 60
# Blanks between two columns of a table.
_GAP = 2
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, the function of its value, and its alignment."""

    title: str
    of: Callable[[Any], Any]
    right: bool = False


def printable(text: str) -> str:
    """Replaces control characters: an imported name must not control the terminal."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")


def shown(value: Any) -> str:
    """Formats a value for people."""
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
    """Converts a value to JSON types. A record becomes an object of its members."""
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
    """Reports a broken pipe to the command. From version 14, rich would exit here."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Output:
    """Prints to standard output in the form that the settings request."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        terminal = sys.stdout.isatty()
        no_color = not terminal or bool(os.environ.get("NO_COLOR"))
        self.console = _Console(
            color_system=None if no_color else "auto",
            width=None if terminal else _PIPE_WIDTH,
            highlight=False,
            emoji=False,
            markup=False,
            soft_wrap=False,
        )
        self.terminal = terminal

    def json(self, value: Any) -> None:
        """Prints one JSON text and nothing else."""
        # Escapes of another encoding would not be valid JSON.
        only_ascii = "utf" not in (sys.stdout.encoding or "").lower()
        print(json.dumps(plain(value), indent=2, ensure_ascii=only_ascii))

    def result(self, value: Any, text: str) -> None:
        """Prints the result of a change: `text`, or `value` as JSON."""
        if self.settings.json:
            self.json(value)
        else:
            self.line(text)

    def line(self, text: str, style: str = "") -> None:
        """Prints one line of text."""
        self.console.print(Text(printable(text), style=style))

    def rows(self, rows: Iterable[Any], columns: Sequence[Column], empty: str) -> None:
        """Prints a table, or the records as a JSON array."""
        if self.settings.json:
            self.json(list(rows))
        else:
            self.table(rows, columns, empty)

    def table(self, rows: Iterable[Any], columns: Sequence[Column], empty: str) -> None:
        """Prints a table, or one record at a time if the terminal is too narrow for it."""
        cells = [[shown(column.of(row)) for column in columns] for row in rows]
        if not cells:
            self.line(empty)
            return
        if not self.terminal:
            for text in _aligned(cells, columns):
                self.line(text)
            return
        room = self.console.width
        if _total_width(_widest(cells, columns)) > room:
            # Drop empty columns before folding any text.
            kept = [place for place, texts in enumerate(zip(*cells)) if any(texts)]
            columns = [columns[place] for place in kept]
            cells = [[row[place] for place in kept] for row in cells]
        least = [_least_of(*column) for column in zip(columns, zip(*cells))]
        folds = _total_width(_widest(cells, columns)) > room
        if _total_width(least) > room or (folds and room < _NARROW):
            for row in cells:
                self.pairs([(item.title, cell) for item, cell in zip(columns, row)])
                self.console.print()
            return
        widths = _fit(_widest(cells, columns), least, room)
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
            table.add_row(*(Text(_break_email(text, width)) for text, width in zip(row, widths)))
        self.console.print(table)

    def pairs(self, pairs: Sequence[Tuple[str, Any]]) -> None:
        """Prints one name and value per line. Skips empty values."""
        texts = [(name, shown(value)) for name, value in pairs]
        texts = [(name, value) for name, value in texts if value]
        width = max((cell_len(name) for name, _ in texts), default=0)
        for name, value in texts:
            line = Text(f"{name}{' ' * (width - cell_len(name))}  ", style="bold")
            line.append(value, style="not bold")
            self.console.print(line, overflow="fold")


def _widest(cells: List[List[str]], columns: Sequence[Column]) -> List[int]:
    """Returns the width of each column without folding."""
    return [
        max([cell_len(column.title), *map(cell_len, texts)])
        for column, texts in zip(columns, zip(*cells))
    ]


def _least_of(column: Column, texts: Sequence[str]) -> int:
    """Returns the minimum width of a column. Numbers, instants and words are never broken."""
    words = column.title.split()
    for text in texts:
        if column.right or _INSTANT.fullmatch(text):
            words.append(text)
        else:
            words += text.replace("@", " @").split()
    return max(map(cell_len, words), default=0)


def _total_width(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _fit(widest: Sequence[int], least: Sequence[int], room: int) -> List[int]:
    """Returns widths that fit. Shrinks the widest columns first."""
    widths = list(widest)
    for _ in range(_total_width(widths) - room):
        shrinkable = [place for place, width in enumerate(widths) if width > least[place]]
        widths[max(shrinkable, key=lambda place: widths[place])] -= 1
    return widths


def _break_email(text: str, width: int) -> str:
    """Breaks an email before its @ if it is too wide."""
    return text.replace("@", "\n@") if cell_len(text) > width and " " not in text else text


def _aligned(cells: List[List[str]], columns: Sequence[Column]) -> Iterator[str]:
    """Yields the lines of a table for a pipe: no rules, no folding, no trailing blanks."""
    lines = [[column.title for column in columns], *cells]
    widths = [max(map(cell_len, texts)) for texts in zip(*lines)]
    for line in lines:
        padded = []
        for text, width, column in zip(line, widths, columns):
            blanks = " " * (width - cell_len(text))
            padded.append(blanks + text if column.right else text + blanks)
        yield "  ".join(padded).rstrip()


def confirm(settings: Settings, action: str) -> None:
    """Asks for confirmation. Without a terminal, requires --yes."""
    if settings.yes:
        return
    if not sys.stdin.isatty():
        raise WrongUsage(f"{action} Confirm with --yes")
    if not typer.confirm(printable(action), err=True):
        print("seatbook: nothing was changed", file=sys.stderr)
        raise typer.Exit(1)


def confirm_name(settings: Settings, place: Place) -> str:
    """Asks for the name of the book to delete. Without a terminal, requires --confirm."""
    if settings.yes or not sys.stdin.isatty():
        raise WrongUsage(f"Delete {place} permanently? Give its name again with --confirm")
    typer.echo(printable(f"This deletes {place} permanently."), err=True)
    return str(typer.prompt("Type the name of the book", err=True))


def counted(number: int, one: str, many: Optional[str] = None) -> str:
    """Returns a count with its noun: `1 seat`, `2 seats`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def choices(lines: List[str], most: int = 20) -> str:
    """Returns up to `most` indented lines, and the count of the others."""
    more = [f"  ... {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join([f"  {line}" for line in lines[:most]] + more)
