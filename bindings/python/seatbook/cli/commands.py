"""The manner that all commands share: their common options, and how they end."""

import sys
from typing import Any, List, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

import seatbook

from .output import printable
from .settings import WrongUsage, settings_of

REFUSED = 1
WRONG_USAGE = 2
STORAGE_TROUBLE = 3
INTERRUPTED = 130


def common_options() -> List[TyperOption]:
    """Options that may stand before the command or after it; people do either."""

    def keep(context: typer.Context, option: Any, value: Any) -> Any:
        if value:
            setattr(settings_of(context), option.name, value)
        return value

    def option(declarations: List[str], **more: Any) -> TyperOption:
        return TyperOption(
            param_decls=declarations, callback=keep, expose_value=False, required=False, **more
        )

    return [
        option(["book", "--book"], metavar="FILE", help="The book [SEATBOOK_BOOK]."),
        option(["actor", "--as"], metavar="NAME", help="Who is acting [the login name]."),
        option(["json", "--json"], is_flag=True, default=False, help="Answer as JSON."),
        option(["yes", "--yes", "-y"], is_flag=True, default=False, help="Do not ask first."),
    ]


class BookCommand(TyperCommand):
    """A command with the common options, whose failures become messages and exit codes."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.params.extend(common_options())

    def invoke(self, ctx: Any) -> Any:
        """Ends with the exit code that the failure has."""
        return _ending(super().invoke, ctx)


class BookGroup(TyperGroup):
    """The same for commands that have commands of their own."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.params.extend(common_options())

    def invoke(self, ctx: Any) -> Any:
        """Ends with the exit code that the failure has."""
        return _ending(super().invoke, ctx)


def group(help: str) -> typer.Typer:
    """Commands under one word; the word alone lists."""
    return typer.Typer(cls=BookGroup, help=help, invoke_without_command=True)


def exit_code(error: seatbook.Error) -> int:
    """By the builtin base of the error: the classes say what kind of trouble it is."""
    if isinstance(error, LookupError) or error.code == seatbook.Code.invalid_argument:
        return WRONG_USAGE
    if isinstance(error, OSError) and not isinstance(error, PermissionError):
        return STORAGE_TROUBLE
    return REFUSED


def _ending(call: Any, context: Any) -> Any:
    try:
        return call(context)
    except WrongUsage as error:
        _end(WRONG_USAGE, str(error))
    except seatbook.CancelledError:
        _end(INTERRUPTED, "interrupted; nothing has changed")
    except seatbook.Error as error:
        _end(exit_code(error), str(error))
    except (KeyboardInterrupt, typer.Abort):
        _end(INTERRUPTED, "interrupted")
    except BrokenPipeError:
        raise  # whoever read the output has had enough of it
    except OSError as error:
        _end(STORAGE_TROUBLE, str(error))


def _end(code: int, message: str) -> NoReturn:
    lines = (printable(line) for line in message.split("\n"))
    print("seatbook: " + "\n".join(lines), file=sys.stderr)
    raise typer.Exit(code)
