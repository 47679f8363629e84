"""The base classes of results, and what libraries need to know about records."""

from typing import TYPE_CHECKING, Any, ClassVar, Dict, TypeVar

if TYPE_CHECKING:
    from dataclasses import Field

_Self = TypeVar("_Self")


class _OfDataclass:
    """An attribute that makes each record class a dataclass.

    It belongs to the base class: orjson recognizes dataclasses by the attributes of the class
    itself, and would use values of a record that it has already released.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _record: Any, kind: Any) -> Any:
        if kind is Record:
            raise AttributeError(self._name)
        return getattr(_dataclass_of(kind), self._name)


class Result:
    """A result of a call: an immutable record, page or list."""

    __slots__ = ()

    def __copy__(self: _Self) -> _Self:
        """Returns the object itself, because it is immutable."""
        return self

    def __deepcopy__(self: _Self, _memo: Any = None) -> _Self:
        """Returns the object itself, because its members are immutable."""
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """Returns the schema of the class, for pydantic."""
        from ._pydantic import schema_of

        return schema_of(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> Any:
        """Returns the JSON Schema of the class, for pydantic."""
        from ._pydantic import json_schema_of

        return json_schema_of(cls)


class Record(Result):
    """A record: an immutable value, and an instance of a frozen dataclass."""

    __slots__ = ()
    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[Dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _OfDataclass("__dataclass_fields__")
        __dataclass_params__ = _OfDataclass("__dataclass_params__")


_dataclasses: Dict[Any, Any] = {}


def _dataclass_of(kind: Any) -> Any:
    """Returns a dataclass with the properties of a record class."""
    if kind not in _dataclasses:
        import dataclasses  # slow, and most programs do not need it

        from .generated.types import TYPES

        types = kind.__annotations__ = TYPES[kind]
        fields = [
            (name, value, dataclasses.field(init=name in kind.__match_args__))  # not derived
            for name, value in types.items()
        ]
        _dataclasses[kind] = dataclasses.make_dataclass(
            kind.__name__, fields, init=False, repr=False, eq=False, frozen=True
        )
    return _dataclasses[kind]
