"""Numbers that name one kind of record and cannot be mistaken for another kind's."""

from typing import Any, Union


def _number(kind: type, value: Any) -> Any:
    """The value, which must be a number or its text, and no id of another kind."""
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        if type(value) is kind or not isinstance(value, _IDS):
            return value
    raise TypeError(f"a {kind.__name__} is made of an int, not of {type(value).__name__}")


class PersonId(int):
    """Names a person of the book it comes from, for good."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "PersonId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"PersonId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names


class LicenseId(int):
    """Names a license of the book it comes from, for good."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "LicenseId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"LicenseId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names


class AssignmentId(int):
    """Names a seat that somebody holds or has held of the book it comes from, for good."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "AssignmentId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"AssignmentId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names


class ActorId(int):
    """Names who has changed something of the book it comes from, for good."""

    __slots__ = ()

    def __new__(cls, value: Union[int, str]) -> "ActorId":
        return super().__new__(cls, _number(cls, value))

    def __repr__(self) -> str:
        return f"ActorId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names


_IDS = (PersonId, LicenseId, AssignmentId, ActorId)
