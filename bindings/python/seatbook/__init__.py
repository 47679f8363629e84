"""Seatbook records software seats: who holds which seat, since when, and who granted it.

    import seatbook

    with seatbook.open("acme.db") as book:
        desk = book.session("it-desk", role="it_admin")
        ada = desk.add_person(name="Ada", email="ada@example.com")
        inkwell = desk.add_license(name="Inkwell", total_seats=1, owner=ada)
        seat = desk.assign(inkwell, ada, access_level="Editor")
        print(desk.usage(inkwell))      # Usage(1/1, 0 available)
        desk.revoke(seat, reason="Changed teams")

All queries and commands are methods of a session, which acts for one actor. The result of a call
can be passed to another call wherever an id is expected. A call that fails raises an `Error`, whose
code identifies the violated rule, and changes nothing.
"""

from . import _core, _documentation, _tables
from ._core import *  # noqa: F403 - every record and list of rows
from ._core import Book, ManualClock, Progress, Session, create_schema, drop_book, migrate
from ._environment import follows_environment as _follows_environment
from ._errors import Error, class_of
from ._ids import ActorId, AssignmentId, LicenseId, PersonId
from ._records import Record
from ._storage import Storage
from ._tables import Rows
from .generated.enums import *  # noqa: F403
from .generated.enums import __all__ as _enums
from .generated.errors import *  # noqa: F403
from .generated.errors import __all__ as _errors

__version__ = "0.1.0"

open = _follows_environment(_core.open)
open.__module__ = __name__

_RECORDS = [
    name
    for name in dir(_core)
    if isinstance(getattr(_core, name), type) and not name.startswith("_")
]
for _name in _RECORDS:
    _class = getattr(_core, _name)
    _class.__module__ = __name__
    if not _class.__doc__:
        _class.__doc__ = _documentation.of_record(_name)
    if _name.endswith("Rows"):
        Rows.register(_class)
        _class.__repr__ = _tables.text
        _class._repr_html_ = _tables.html
        _class.__reduce__ = _tables.reduce_rows
    elif hasattr(_class, "_members"):
        _class._repr_html_ = _tables.page_html
        if hasattr(_class, "_from_values"):
            _class.__reduce__ = _tables.reduce_page
    elif hasattr(_class, "_from_values"):
        _class.__reduce__ = _tables.reduce
    if hasattr(_class, "__arrow_c_stream__"):
        _class.index = _tables.index
        _class.count = _tables.count
_CONSTANTS = [name for name in vars(_core) if name.isupper()]
for _name in ["Error", *_errors, *_enums, "ActorId", "AssignmentId", "LicenseId", "PersonId"]:
    globals()[_name].__module__ = __name__

__all__ = [
    "ActorId",
    "AssignmentId",
    "Book",
    "Error",
    "LicenseId",
    "ManualClock",
    "PersonId",
    "Progress",
    "Record",
    "Rows",
    "Session",
    "Storage",
    "class_of",
    "create_schema",
    "drop_book",
    "migrate",
    "open",
    *_CONSTANTS,
    *_enums,
    *_errors,
    *_RECORDS,
]
