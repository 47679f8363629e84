"""The base class of the errors."""

from typing import Any, Optional, Tuple

from .generated.enums import Code


class Error(Exception):
    """A call failed. Nothing was changed, unless the code states otherwise.

    code      identifies the violated rule
    message   one line for people; may change between releases
    field     the argument that caused the error, or ""
    index     in a bulk call, the index of the item, from 0; otherwise None
    values    numbers described at the code
    outcomes  of a refused bulk call: the result that each item would have had
    """

    _default = Code.internal

    def __init__(
        self,
        message: str = "",
        code: Optional[Code] = None,
        field: str = "",
        index: Optional[int] = None,
        values: Tuple[int, ...] = (),
        outcomes: Tuple[Any, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message: str = message
        self.code: Code = self._default if code is None else code
        self.field: str = field
        self.index: Optional[int] = index
        self.values: Tuple[int, ...] = values
        self.outcomes: Tuple[Any, ...] = outcomes

    def __str__(self) -> str:
        field = f" ({self.field})" if self.field else ""
        return f"{self.code.name}: {self.message}{field}"

    def __reduce__(self) -> Tuple[Any, ...]:
        return (
            type(self),
            (self.message, self.code, self.field, self.index, self.values, self.outcomes),
        )
