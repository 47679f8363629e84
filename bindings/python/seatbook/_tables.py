"""How lists of rows show themselves: in a console, and as a table in a notebook."""

from abc import ABCMeta, abstractmethod
from html import escape
from typing import Any, Iterator

_SHOWN = 20


class Rows(metaclass=ABCMeta):
    """What every list of records is: sized, indexed, sliced and iterated over as any sequence; a
    record is made when it is asked for.

    It is not registered as a `collections.abc.Sequence`, because libraries like polars would take
    it for a list of opaque objects then and not look for the columns that it hands over.
    """

    __slots__ = ()

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __getitem__(self, index: Any) -> Any: ...

    @abstractmethod
    def __iter__(self) -> Iterator[Any]: ...


def index(self: Any, value: Any, start: int = 0, stop: Any = None) -> int:
    """Where the value stands first, as a list tells it."""
    for at in range(*slice(start, stop).indices(len(self))):
        if self[at] == value:
            return at
    raise ValueError("there is no such row")


def count(self: Any, value: Any) -> int:
    """How often the value stands there."""
    return sum(1 for row in self if row == value)


def text(self: Any) -> str:
    """The first rows, one a line."""
    lines = [repr(row) for row in self[:_SHOWN]]
    if len(self) > _SHOWN:
        lines.append(f"... {len(self) - _SHOWN} more")
    return "[" + ",\n ".join(lines) + "]"


def rebuild(kind: Any, values: Any) -> Any:
    """What pickle calls: a record of that class with those values."""
    return kind._from_values(values)


def reduce(self: Any) -> Any:
    """How a record is pickled: by its class and values."""
    kind = type(self)
    return rebuild, (kind, tuple(getattr(self, name) for name in kind.__match_args__))


def reduce_rows(self: Any) -> Any:
    """How rows are pickled: by the list of their records."""
    return rebuild, (type(self), list(self))


def reduce_page(self: Any) -> Any:
    """How a page is pickled: by its members."""
    kind = type(self)
    return rebuild, (kind, tuple(getattr(self, name) for name in kind._members))


def copied(self: Any) -> Any:
    """A copy of what never changes."""
    return self


def deep_copied(self: Any, _memo: Any = None) -> Any:
    """A copy of what holds nothing that changes."""
    return self


def html(self: Any) -> str:
    """A table of the first rows."""
    head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(getattr(row, name))}</td>" for name in self.columns) + "</tr>"
        for row in self[:_SHOWN]
    )
    more = f"<p>{len(self) - _SHOWN} more rows</p>" if len(self) > _SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def page_html(self: Any) -> str:
    """A page shows its rows."""
    return next(html(part) for part in map(self.__getattribute__, self._members) if _is_rows(part))


def _is_rows(value: Any) -> bool:
    return isinstance(value, Rows)


def _cell(value: Any) -> str:
    return "" if value is None else escape(str(value))
