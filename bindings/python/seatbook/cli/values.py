"""Options and arguments that take one of a few names: told in --help, checked, and completed."""

from enum import IntEnum
from typing import Any, Callable, List, Optional, Type

import typer

from .places import WrongUsage


def option(kind: Type[IntEnum], default: Optional[str], help: str = "") -> Any:
    """An option that takes a name of an enumeration of the library."""
    names = _names(kind)
    return typer.Option(
        default, help=_told(help, names), callback=_check(names), shell_complete=_completion(names)
    )


def argument(kind: Type[IntEnum], help: str = "") -> Any:
    """The same for an argument, which older releases of typer complete no values of."""
    names = _names(kind)
    return typer.Argument(
        ..., help=_told(help, names), callback=_check(names), shell_complete=_completion(names)
    )


def _names(kind: Type[IntEnum]) -> List[str]:
    return [value.name for value in kind]


def _listed(names: List[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _told(help: str, names: List[str]) -> str:
    return f"{help}: {_listed(names)}." if help else f"{_listed(names)}."


def _check(names: List[str]) -> Callable[..., Optional[str]]:
    def checked(
        context: typer.Context, parameter: typer.CallbackParam, value: Optional[str]
    ) -> Optional[str]:
        if value is None or value in names or context.resilient_parsing:
            return value
        option = parameter.param_type_name == "option"
        called = parameter.opts[0] if option else (parameter.name or "").upper()
        raise WrongUsage(f"{called} is {_listed(names)}, not {value!r}")

    return checked


def _completion(names: List[str]) -> Callable[..., List[str]]:
    def completed(context: Any, parameter: Any, incomplete: str) -> List[str]:
        return [name for name in names if name.startswith(incomplete)]

    return completed
