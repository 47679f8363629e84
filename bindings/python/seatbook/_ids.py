"""Ids: integers with a separate type for each kind of record."""

from typing import Any, Union


def _number(kind: type, value: Any) -> Any:
    """Returns the value. Raises TypeError if it is not an int or str, or is another id."""
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        if type(value) is kind or not isinstance(value, _IDS):
            return value
    raise TypeError(f"{kind.__name__} must be made from an int, not {type(value).__name__}")


class PersonId(int):
    """The id of a person in one book. Ids are never reused."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "PersonId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"PersonId({int(self)})"

    __str__ = int.__repr__  # prints as a plain number


class LicenseId(int):
    """The id of a license in one book. Ids are never reused."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "LicenseId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"LicenseId({int(self)})"

    __str__ = int.__repr__  # prints as a plain number


class AssignmentId(int):
    """The id of an assignment, active or revoked, in one book. Ids are never reused."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "AssignmentId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"AssignmentId({int(self)})"

    __str__ = int.__repr__  # prints as a plain number


class ActorId(int):
    """The id of an actor in the history of one book. Ids are never reused."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "ActorId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"ActorId({int(self)})"

    __str__ = int.__repr__  # prints as a plain number


_IDS = (PersonId, LicenseId, AssignmentId, ActorId)
