"""Records in pydantic models and in the responses of FastAPI.

Imported only by programs that use pydantic.
"""

import datetime
import decimal
import enum
import typing
from typing import Any, Dict

from pydantic_core import core_schema

from . import _core, _documentation
from ._tables import Rows
from .generated.types import CHOICES, TYPES


def schema_of(kind: Any) -> Any:
    """Returns the schema of a record, page or list: instances are valid, and become to_dict()."""
    name = "to_dicts" if issubclass(kind, Rows) else "to_dict"
    plain = getattr(kind, name)
    return core_schema.is_instance_schema(
        kind,
        ref=f"seatbook.{kind.__name__}",
        serialization=core_schema.plain_serializer_function_ser_schema(
            lambda value, info: plain(value, mode=info.mode), info_arg=True
        ),
    )


def json_schema_of(kind: Any) -> Dict[str, Any]:
    """Returns the JSON Schema of to_dict(mode="json"), or of to_dicts() for a list."""
    if issubclass(kind, Rows):
        row = getattr(_core, kind.__name__[: -len("Rows")])
        return {"type": "array", "items": json_schema_of(row)}
    properties = {}
    for name, value in TYPES[kind].items():
        properties[name] = _value_schema(value)
        text = _documentation.of_member(kind.__name__, name)
        if text:
            properties[name]["description"] = text
    return {
        "type": "object",
        "title": kind.__name__,
        "description": kind.__doc__,
        "properties": properties,
        "required": list(properties),
    }


def _value_schema(value: Any) -> Dict[str, Any]:
    """Returns the JSON Schema of a value of this type."""
    if typing.get_origin(value) is typing.Union:  # Optional
        some, _ = typing.get_args(value)
        return {"anyOf": [_value_schema(some), {"type": "null"}]}
    if typing.get_origin(value) is tuple:
        return {"type": "array", "items": _value_schema(typing.get_args(value)[0])}
    if issubclass(value, enum.Enum):
        return {"type": "string", "enum": list(CHOICES[value])}
    for kind, schema in _SCHEMAS.items():  # bool before int, datetime before date
        if issubclass(value, kind):
            return dict(schema)
    return json_schema_of(value)


_SCHEMAS: Dict[Any, Dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    datetime.datetime: {"type": "string", "format": "date-time"},
    datetime.date: {"type": "string", "format": "date"},
    decimal.Decimal: {"type": "string", "pattern": r"^[0-9]+\.[0-9]{2,4}$"},
}
