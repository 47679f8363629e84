"""The manner that all commands share: where their common options stand, and how they end."""

import sys
from typing import Any, List, NoReturn, Sequence

import typer
from typer.core import TyperCommand, TyperGroup

import seatbook

from .output import printable
from .progress import Interrupted
from .settings import WrongUsage, settings_of
from .streams import write_out

REFUSED = 1
WRONG_USAGE = 2
STORAGE_TROUBLE = 3
INTERRUPTED = 130
_UNREAD = 141


# A value that no book would take, as one mistypes it on a command line.
_WRONG_VALUES = (
    seatbook.Code.invalid_argument,
    seatbook.Code.invalid_date,
    seatbook.Code.date_out_of_range,
)
_WITH_VALUE = ("--book", "--as")
_FLAGS = ("--json", "--yes", "-y", "--allow-clock-behind")


def common_options_first(arguments: Sequence[str]) -> List[str]:
    """The arguments with the options of all commands in front: people write them before the command
    or after it, and the parser knows them before it only."""
    first: List[str] = []
    others: List[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            others += [argument, *rest]
        elif argument in _FLAGS or argument.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            first.append(argument)
        elif argument in _WITH_VALUE:
            first += [argument, *([value] if (value := next(rest, None)) is not None else [])]
        else:
            others.append(argument)
    return first + others


class BookCommand(TyperCommand):
    """A command whose failures become messages and exit codes."""

    def invoke(self, ctx: Any) -> Any:
        """Ends with the exit code that the failure has."""
        return _ending(super().invoke, ctx)


class BookGroup(TyperGroup):
    """The same for commands that have commands of their own."""

    def list_commands(self, ctx: Any) -> List[str]:
        """As they were written: the first to be met stand first."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Ends with the exit code that the failure has."""
        return _ending(super().invoke, ctx)


def group(help: str) -> typer.Typer:
    """Commands under one word; the word alone lists."""
    return typer.Typer(cls=BookGroup, help=help, invoke_without_command=True)


def exit_code(error: seatbook.Error) -> int:
    """By the builtin base of the error: the classes say what kind of trouble it is."""
    if isinstance(error, LookupError) or error.code in _WRONG_VALUES:
        return WRONG_USAGE
    if isinstance(error, OSError) and not isinstance(error, PermissionError):
        return STORAGE_TROUBLE
    return REFUSED


def _ending(call: Any, context: Any) -> Any:
    try:
        answer = call(context)
        write_out()
        return answer
    except WrongUsage as error:
        _end(context, WRONG_USAGE, str(error))
    except (seatbook.CancelledError, Interrupted):
        _end(context, INTERRUPTED, "interrupted; nothing has changed")
    except seatbook.Error as error:
        _end(context, exit_code(error), str(error))
    except (KeyboardInterrupt, typer.Abort):
        landed = settings_of(context).landed
        told = "the import is done; telling it was interrupted" if landed else "interrupted"
        _end(context, INTERRUPTED, told)
    except BrokenPipeError:
        # Whoever read the output has had enough of it: as a shell tells of SIGPIPE.
        raise typer.Exit(_UNREAD) from None
    except OSError as error:
        _end(context, STORAGE_TROUBLE, str(error))


def _end(context: Any, code: int, message: str) -> NoReturn:
    message = settings_of(context).without_password(message)
    lines = (printable(line) for line in message.split("\n"))
    print("seatbook: " + "\n".join(lines), file=sys.stderr)
    raise typer.Exit(code)
