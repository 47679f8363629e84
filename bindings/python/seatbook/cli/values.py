"""Options and arguments that accept enumerator names: help, validation, completion."""

from enum import IntEnum
from typing import Any, Callable, List, Optional, Type

import typer

from .places import WrongUsage


def option(kind: Type[IntEnum], default: Optional[str], help: str = "") -> Any:
    """Returns an option that accepts the names of an enumeration of the library."""
    names = _names(kind)
    return typer.Option(
        default,
        help=_with_names(help, names),
        callback=_check(names),
        shell_complete=_completion(names),
    )


def argument(kind: Type[IntEnum], help: str = "") -> Any:
    """Returns an argument that does so. Older releases of typer do not complete its values."""
    names = _names(kind)
    return typer.Argument(
        ...,
        help=_with_names(help, names),
        callback=_check(names),
        shell_complete=_completion(names),
    )


def _names(kind: Type[IntEnum]) -> List[str]:
    return [value.name for value in kind]


def _listed(names: List[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _with_names(help: str, names: List[str]) -> str:
    return f"{help}: {_listed(names)}." if help else f"{_listed(names)}."


def _check(names: List[str]) -> Callable[..., Optional[str]]:
    def checked(
        context: typer.Context, parameter: typer.CallbackParam, value: Optional[str]
    ) -> Optional[str]:
        if value is None or value in names or context.resilient_parsing:
            return value
        option = parameter.param_type_name == "option"
        name = parameter.opts[0] if option else (parameter.name or "").upper()
        raise WrongUsage(f"{name} must be {_listed(names)}, not {value!r}")

    return checked


def _completion(names: List[str]) -> Callable[..., List[str]]:
    def completed(context: Any, parameter: Any, incomplete: str) -> List[str]:
        return [name for name in names if name.startswith(incomplete)]

    return completed
