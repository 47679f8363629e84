"""What all commands share: global options anywhere on the line, and exit codes."""

import sys
from typing import Any, List, NoReturn, Sequence

import typer
from typer.core import TyperCommand, TyperGroup

import seatbook

from .output import printable
from .progress import Interrupted
from .settings import WrongUsage, settings_of
from .streams import flush_stdout

REFUSED = 1
WRONG_USAGE = 2
STORAGE_ERROR = 3
INTERRUPTED = 130
_BROKEN_PIPE = 141


# Malformed values, such as typos on the command line.
_WRONG_VALUES = (
    seatbook.Code.invalid_argument,
    seatbook.Code.invalid_date,
    seatbook.Code.invalid_money,
    seatbook.Code.date_out_of_range,
)
_WITH_VALUE = ("--book", "--as")
_FLAGS = ("--json", "--yes", "-y", "--allow-clock-behind")


def common_options_first(arguments: Sequence[str]) -> List[str]:
    """Returns the arguments with the global options moved to the front.

    They may come before or after the command, but the parser accepts them only before it."""
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
    """A command that reports a failure as a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; exits with the code of the failure, if any."""
        return _exiting(super().invoke, ctx)


class BookGroup(TyperGroup):
    """A group of commands that reports failures in the same way."""

    def list_commands(self, ctx: Any) -> List[str]:
        """Returns the names of the subcommands in the order of their definition."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; exits with the code of the failure, if any."""
        return _exiting(super().invoke, ctx)


def group(help: str) -> typer.Typer:
    """Returns a group of commands. The name of the group alone runs its callback."""
    return typer.Typer(cls=BookGroup, help=help, invoke_without_command=True)


def exit_code(error: seatbook.Error) -> int:
    """Returns the exit code of an error, from its code and its built-in base class."""
    if isinstance(error, LookupError) or error.code in _WRONG_VALUES:
        return WRONG_USAGE
    if isinstance(error, OSError) and not isinstance(error, PermissionError):
        return STORAGE_ERROR
    return REFUSED


def _exiting(call: Any, context: Any) -> Any:
    try:
        result = call(context)
        flush_stdout()
        return result
    except WrongUsage as error:
        _exit(context, WRONG_USAGE, str(error))
    except (seatbook.CancelledError, Interrupted):
        _exit(context, INTERRUPTED, "interrupted: nothing was changed")
    except seatbook.Error as error:
        _exit(context, exit_code(error), str(error))
    except (KeyboardInterrupt, typer.Abort):
        committed = settings_of(context).import_committed
        message = "interrupted after the import was committed" if committed else "interrupted"
        _exit(context, INTERRUPTED, message)
    except BrokenPipeError:
        # The reader closed the pipe: the code that a shell reports for SIGPIPE.
        raise typer.Exit(_BROKEN_PIPE) from None
    except OSError as error:
        _exit(context, STORAGE_ERROR, str(error))


def _exit(context: Any, code: int, message: str) -> NoReturn:
    message = settings_of(context).without_password(message)
    lines = (printable(line) for line in message.split("\n"))
    print("seatbook: " + "\n".join(lines), file=sys.stderr)
    raise typer.Exit(code)
