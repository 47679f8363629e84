"""The base of the enumerations."""

from enum import IntEnum


class Choice(IntEnum):
    """An enumeration that prints its name."""

    def __str__(self) -> str:
        return self.name
