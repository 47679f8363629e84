"""The error classes by code."""

from typing import Type, Union

from ._error import Error
from .generated.enums import Code
from .generated.errors import CLASSES

__all__ = ["Error", "class_of"]


def class_of(code: Union[int, str]) -> Type[Error]:
    """Returns the class of a code or of its name; Error if this release does not know it."""
    known = Code.__members__.get(code) if isinstance(code, str) else code
    return Error if known is None else CLASSES.get(known, Error)
