"""How lists of rows show themselves: in a console, and as a table in a notebook."""

from html import escape
from typing import Any, Sequence

_SHOWN = 20


class Rows(Sequence[Any]):
    """What every list of records is: a sequence that makes a record when it is asked for one."""

    __slots__ = ()


def text(rows: Any) -> str:
    """The first rows, one a line."""
    lines = [repr(row) for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        lines.append(f"... {len(rows) - _SHOWN} more")
    return "[" + ",\n ".join(lines) + "]"


def rebuild(kind: Any, values: Any) -> Any:
    """What pickle calls: a record of that class with those values."""
    return kind._from_values(values)


def reduce(record: Any) -> Any:
    """How a record is pickled: by its class and values."""
    kind = type(record)
    return rebuild, (kind, tuple(getattr(record, name) for name in kind.__match_args__))


def reduce_rows(rows: Any) -> Any:
    """How rows are pickled: as the list of their records."""
    return list, (list(rows),)


def itself(record: Any, _memo: Any = None) -> Any:
    """A copy of what never changes."""
    return record


def html(rows: Any) -> str:
    """A table of the first rows."""
    head = "".join(f"<th>{escape(name)}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(getattr(row, name))}</td>" for name in rows.columns) + "</tr>"
        for row in rows[:_SHOWN]
    )
    more = f"<p>{len(rows) - _SHOWN} more rows</p>" if len(rows) > _SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Any) -> str:
    return "" if value is None else escape(str(value))
