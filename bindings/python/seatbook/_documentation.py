"""The docstrings of records and methods, for the extension module _core."""

from .generated.docstrings import MEMBERS, OPERATIONS, RECORDS

_ROWS = "Rows"


def of_record(name: str) -> str:
    """Returns the description of a record class, or of a list of records."""
    if name not in RECORDS and name.endswith(_ROWS):
        return (
            f"A list of `{name[: -len(_ROWS)]}`: a sequence that creates each record on access and "
            "exports itself as Arrow columns."
        )
    return RECORDS.get(name, "")


def of_member(record: str, member: str) -> str:
    """Returns the description of a member of a record."""
    return MEMBERS[record][member]


def of_operation(name: str) -> str:
    """Returns the description of a method of a session, with its arguments and errors."""
    return OPERATIONS[name]
