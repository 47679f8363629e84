"""Lists of rows: sequence methods, pickling, and display in consoles and notebooks."""

from abc import ABCMeta, abstractmethod
from html import escape
from typing import Any, Iterator

_SHOWN = 20


class Rows(metaclass=ABCMeta):
    """A list of records: a sequence that creates each record on access.

    It is not a `collections.abc.Sequence`: libraries such as polars would treat it as a list of
    opaque objects instead of importing its Arrow columns.
    """

    __slots__ = ()

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __getitem__(self, index: Any) -> Any: ...

    @abstractmethod
    def __iter__(self) -> Iterator[Any]: ...


def index(self: Any, value: Any, start: int = 0, stop: Any = None) -> int:
    """Returns the first index of the value, as list.index() does."""
    for at in range(*slice(start, stop).indices(len(self))):
        if self[at] == value:
            return at
    raise ValueError("the value is not in the list")


def count(self: Any, value: Any) -> int:
    """Returns the number of rows equal to the value."""
    return sum(1 for row in self if row == value)


def text(self: Any) -> str:
    """Returns the first rows, one per line."""
    lines = [repr(row) for row in self[:_SHOWN]]
    if len(self) > _SHOWN:
        lines.append(f"... {len(self) - _SHOWN} more")
    return "[" + ",\n ".join(lines) + "]"


def rebuild(kind: Any, values: Any) -> Any:
    """Restores a pickled record of class `kind`."""
    return kind._from_values(values)


def reduce(self: Any) -> Any:
    """Pickles a record as its class and values."""
    kind = type(self)
    return rebuild, (kind, tuple(getattr(self, name) for name in kind.__match_args__))


def reduce_rows(self: Any) -> Any:
    """Pickles rows as a list of records."""
    return rebuild, (type(self), list(self))


def reduce_page(self: Any) -> Any:
    """Pickles a page as its members."""
    kind = type(self)
    return rebuild, (kind, tuple(getattr(self, name) for name in kind._members))


def html(self: Any) -> str:
    """Returns an HTML table of the first rows."""
    head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(getattr(row, name))}</td>" for name in self.columns) + "</tr>"
        for row in self[:_SHOWN]
    )
    more = f"<p>{len(self) - _SHOWN} more rows</p>" if len(self) > _SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def page_html(self: Any) -> str:
    """Returns an HTML table of the rows of a page."""
    return next(html(part) for part in map(self.__getattribute__, self._members) if _is_rows(part))


def _is_rows(value: Any) -> bool:
    return isinstance(value, Rows)


def _cell(value: Any) -> str:
    return "" if value is None else escape(str(value))
