"""The environment variable SEATBOOK_NOW: a fixed current time, for demonstrations and tests."""

import functools
import os
from typing import Any, Callable, Optional, TypeVar, cast

from ._core import ManualClock
from .generated.errors import InvalidDateError

NOW_VARIABLE = "SEATBOOK_NOW"

_Function = TypeVar("_Function", bound=Callable[..., Any])


def clock_from_environment() -> Optional[ManualClock]:
    """Returns a clock fixed at SEATBOOK_NOW, or None if the variable is unset or empty.

    Raises InvalidDateError if the value is not an instant.
    """
    now = os.environ.get(NOW_VARIABLE)
    if not now:
        return None
    try:
        return ManualClock(now)
    except InvalidDateError:
        raise InvalidDateError(
            f"{NOW_VARIABLE} must be an instant such as 2026-03-02T09:00:00Z, not {now!r}"
        ) from None


def follows_environment(open_book: _Function) -> _Function:
    """Returns `open_book` with the clock of SEATBOOK_NOW as the default of its `clock`."""

    @functools.wraps(open_book)
    def opened(*args: Any, **kwargs: Any) -> Any:
        if kwargs.get("clock") is None:
            kwargs["clock"] = clock_from_environment()
        return open_book(*args, **kwargs)

    return cast(_Function, opened)
