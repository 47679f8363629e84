#!/usr/bin/env python3
"""Writes the stub of the extension module, from what the module says of itself.

    PYTHONPATH=build/release/python bindings/python/tools/stub.py [--check]

With --check it only says whether the stub in the package is what it would write.
"""

import re
import sys
import textwrap
from pathlib import Path

from seatbook import _core

STUB = Path(__file__).resolve().parents[1] / "seatbook" / "_core.pyi"

# Members that are None in some records: the id of something that is not there.
MISSING = {
    "ActorRecord": {"person"},
    "Assignment": {"revoked_by"},
    "HistoryRow": {"license", "person", "assignment", "counterpart"},
    "RosterFileRow": {"assignment"},
    "RosterPage": {"next"},
    "SeatUse": {"assignment", "license"},
    "UtilizationRow": {"license"},
}

HEAD = '''# Written by bindings/python/tools/stub.py: change what it reads, not this.
from datetime import date, datetime, timedelta
from decimal import Decimal
from os import PathLike
from types import EllipsisType
from typing import (
    Any, BinaryIO, Callable, ClassVar, Dict, Final, Iterable, Iterator, List, Optional, Tuple, Union,
    final, overload,
)
from uuid import UUID

from ._enums import (
    BillingPeriod, CapacityPolicy, Code, CsvProfile, DateOrder, EventKind, HistoryKind,
    InventoryOutcome, LicenseState, OffboardingOutcome, Operation, Permission, PersonState, Role,
    RosterOutcome, SeatSort, UtilizationBy,
)
from ._errors import Error
from ._ids import ActorId, AssignmentId, LicenseId, PersonId
from ._storage import Storage
from ._tables import Rows

TimeLike = Union[datetime, str, int]
DateLike = Union[date, str, int]
MoneyLike = Union[Decimal, str, int]
RequestIdLike = Union[UUID, bytes, str]
ProgressLike = Union[None, Progress, Callable[[int, int], Optional[bool]]]
FileLike = Union[None, BinaryIO, Callable[[bytes], Optional[bool]]]
PersonLike = Union[PersonId, int, Person, PersonReceipt, AssignablePerson]
LicenseLike = Union[
    LicenseId, int, License, LicenseReceipt, UtilizationRow, RenewalRow, ArchivedOwnerRow
]
SeatLike = Union[
    AssignmentId, int, Assignment, SeatReceipt, SeatRow, SeatListRow, SoftwareRow, RosterRow,
    ReviewRow, ReclaimRow, HolderRow,
]
ActorLike = Union[ActorId, int, ActorRecord]
'''

# Numbers that are answered as what they name, or as None.
RETYPED = {
    ("Outcome", "assignment"): "Optional[AssignmentId]",
    ("InventoryRow", "record"): "Optional[int]",
}

# What is not made from the tables of members and operations.
EXTRA = {
    "BulkSummary": ["    def assign_text(self) -> str: ..."],
    "MoneyTotal": ["    @property\n    def twelfths(self) -> str: ..."],
    "Usage": [
        "    @property\n    def available(self) -> Optional[int]: ...",
        "    @property\n    def over_by(self) -> int: ...",
        "    @property\n    def can_assign(self) -> bool: ...",
        "    @property\n    def text(self) -> str: ...",
        "    @property\n    def available_text(self) -> str: ...",
    ],
    "RosterReport": [
        "    @property\n    def unmatched_emails(self) -> Tuple[str, ...]: ...",
        "    def to_csv(\n        self,\n        *,\n"
        "        profile: Union[CsvProfile, str] = ...,\n"
        "        utc_offset_minutes: int = ...,\n        byte_order_mark: bool = ...,\n"
        "    ) -> bytes: ...",
        "    def column_name(self, row: RosterFileRow) -> str: ...",
    ],
    "InventoryReport": ["    def column_name(self, row: InventoryRow) -> str: ..."],
}

TAIL = '''
@final
class ExportReport:
    @property
    def rows(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def csv(self) -> Any: ...  # bytes; None where something else has taken the file

@final
class ManualClock:
    def __new__(cls, start: TimeLike) -> ManualClock: ...
    def set(self, instant: TimeLike) -> None: ...
    def advance(self, by: timedelta) -> None: ...
    def now(self) -> datetime: ...

@final
class Progress:
    def __new__(cls) -> Progress: ...
    @property
    def rows_done(self) -> int: ...
    @property
    def rows_total(self) -> int: ...
    @property
    def cancelled(self) -> bool: ...
    def cancel(self) -> None: ...

@final
class Book:
    def session(
        self,
        actor: Optional[str] = None,
        *,
        person: Optional[PersonLike] = None,
        role: Union[Role, str] = "employee",
        permissions: Optional[Iterable[Union[Permission, str]]] = None,
    ) -> Session: ...
    @property
    def version(self) -> int: ...
    @property
    def closed(self) -> bool: ...
    @property
    def listener_failures(self) -> int: ...
    @property
    def dropped_events(self) -> int: ...
    def refresh(self) -> int: ...
    def dump(self) -> str: ...
    def check_invariants(self) -> List[str]: ...
    def backup_to(self, path: Union[str, PathLike[str]]) -> None: ...
    def subscribe(self, listener: Callable[[Event], Any]) -> int: ...
    def subscribe_notifications(self, listener: Callable[[Notification], Any]) -> int: ...
    def unsubscribe(self, listener: int) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Book: ...
    def __exit__(self, *args: Any) -> None: ...

def open(
    path: Union[None, str, PathLike[str]] = None,
    *,
    storage: Optional[Storage] = None,
    clock: Optional[ManualClock] = None,
    allow_clock_behind: bool = False,
    read_only: bool = False,
    must_exist: bool = False,
    durability: str = "full",
    on_listener_error: Optional[Callable[[int, str], Any]] = None,
    book: str = "main",
    schema: str = "seatbook",
    connect_timeout_ms: int = ...,
    lock_timeout_ms: int = ...,
    statement_timeout_ms: int = ...,
    idle_transaction_timeout_ms: int = ...,
    tcp_timeout_ms: int = ...,
    retry_for_ms: int = ...,
) -> Book: ...
def create_schema(
    url: str,
    *,
    book: str = "main",
    schema: str = "seatbook",
    connect_timeout_ms: int = ...,
    lock_timeout_ms: int = ...,
    statement_timeout_ms: int = ...,
    idle_transaction_timeout_ms: int = ...,
    tcp_timeout_ms: int = ...,
    retry_for_ms: int = ...,
) -> None: ...
def codes() -> Dict[str, int]: ...
'''


def record(name, base, members):
    lines = [f"\n@final\nclass {name}:"]
    if base in ("record", "row", "input"):
        names = ", ".join("str" for _ in members)
        lines.append(f"    __match_args__: ClassVar[Tuple[{names}]]")
    if base == "input":
        lines += ["    def __new__(", "        cls,", "        *,"]
        for member, _, given in members:
            if member in MISSING.get(name, ()):
                given = f"Optional[{given}]"
            lines.append(f"        {member}: {given} = ...,")
        lines.append(f"    ) -> {name}: ...")
    for member, kind, _ in members:
        if member in MISSING.get(name, ()):
            kind = f"Optional[{kind}]"
        kind = RETYPED.get((name, member), kind)
        lines.append(f"    @property\n    def {member}(self) -> {kind}: ...")
    lines += EXTRA.get(name, ())
    lines += copies(name)
    if base == "page":
        row = next(kind for _, kind, _ in members if kind.endswith("Rows"))[: -len("Rows")]
        lines += sequence(row, f"{row}Rows")
    if base == "row":
        lines += [f"\n@final\nclass {name}Rows(Rows):", "    columns: ClassVar[Tuple[str, ...]]"]
        lines += sequence(name, f"{name}Rows") + copies(f"{name}Rows")
    return lines


def copies(name):
    return [
        f"    def __copy__(self) -> {name}: ...",
        f"    def __deepcopy__(self, _memo: Any = None) -> {name}: ...",
    ]


def sequence(row, part):
    return [
        "    def __len__(self) -> int: ...",
        f"    def __iter__(self) -> Iterator[{row}]: ...",
        f"    @overload\n    def __getitem__(self, index: int, /) -> {row}: ...",
        f"    @overload\n    def __getitem__(self, index: slice, /) -> Union[{part}, List[{row}]]: ...",
        "    def __eq__(self, other: object, /) -> bool: ...",
        "    __hash__: ClassVar[None]  # type: ignore[assignment]",
        "    def index(self, value: object, start: int = 0, stop: Optional[int] = None) -> int: ...",
        "    def count(self, value: object) -> int: ...",
        "    def _repr_html_(self) -> str: ...",
        "    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...",
    ]


def operation(name, positional, parameters, answer, _text):
    lines = [f"    def {name}(", "        self,"]
    for at, (parameter, kind, default) in enumerate(parameters):
        if at == positional:
            lines.append("        *,")
        if default == "None" and not kind.startswith(("Optional", "FileLike", "ProgressLike")):
            kind = f"Optional[{kind}]"
        if default == "...":
            kind = f"Union[{kind}, EllipsisType]"
        lines.append(f"        {parameter}: {kind}{' = ' + default if default else ''},")
    lines.append(f"    ) -> {answer}:")
    lines.append(docstring(getattr(_core.Session, name), 8))
    return lines


def docstring(of, indent):
    """The text of something, as Python code."""
    text = of.__doc__.replace("\\", "\\\\")
    text = text if "\n" not in text and not text.endswith('"') else f"{text}\n"
    return textwrap.indent(f'"""{text}"""', " " * indent)


def with_docstrings(text):
    """The same with the texts of the properties, as the built module has them."""
    name, lines = "", []
    for line in text.splitlines():
        if match := re.match(r"class (\w+)", line):
            name = match[1]
        match = re.fullmatch(r"    def (\w+)\(self\) -> .+: \.\.\.(  # .*)?", line)
        if match and lines[-1] == "    @property":
            line = line.replace(": ...", ":")
            lines += [line, docstring(getattr(getattr(_core, name), match[1]), 8)]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def stub():
    lines = [HEAD]
    lines += ["_constants: Dict[str, str]"]
    lines += [f"{name}: Final[{kind}]" for name, kind in _core._constants.items()]
    for name, base, members in _core._records:
        lines += record(name, base, members)
    lines.append("\n@final\nclass Session:")
    lines.append("    def at_least(self, version: int) -> Session: ...")
    lines.append("    def __enter__(self) -> Session: ...")
    lines.append("    def __exit__(self, *args: Any) -> None: ...")
    for described in _core._operations:
        lines += operation(*described)
    return with_docstrings("\n".join(lines) + "\n" + TAIL)


def main(arguments):
    text = stub()
    if arguments == ["--check"]:
        if STUB.read_text(encoding="utf-8") == text:
            print(f"stub: {len(_core._records)} records, {len(_core._operations)} operations, as written")
            return 0
        print("stub: _core.pyi is not what bindings/python/tools/stub.py writes", file=sys.stderr)
        return 1
    STUB.write_text(text, encoding="utf-8")
    print(f"stub: {len(_core._records)} records, {len(_core._operations)} operations")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
