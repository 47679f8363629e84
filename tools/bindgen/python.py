"""Generates the parts of the Python package that follow from the description of the API.

files() returns, below bindings/python/seatbook/: the modules in generated/, and the stub _core.pyi
from _core.pyi.in.
"""

import datetime
import keyword
import pathlib
import re
import textwrap

import text
from text import BANNER, direct

SOURCE = "capi/seatbook.api.json"
PACKAGE = "bindings/python/seatbook/"
STUB = pathlib.Path(__file__).with_name("_core.pyi.in")
WIDTH = 100

# open() accepts it only as text.
WITHOUT_CLASS = {"Durability"}
# The C++ enumerator: `export` is a keyword of C++. Calls accept "export" too.
MEMBER_NAMES = {"export": "export_"}
RENAMED = {"ExportedFile": "ExportReport"}
# Derived columns that methods of records return. The stub's template has the methods.
WITHOUT_PROPERTY = {
    "BulkSummary.assign_text", "RosterFileRow.column_name", "InventoryRow.column_name",
}  # fmt: skip
# Records with a list class that no call returns: reports have tuples of them.
LISTED = {"RosterFileRow", "InventoryRow"}

# The built-in bases of errors: by code, or by the step of the code, which is its number / 10.
BASES = {"permission_denied": "PermissionError", "out_of_memory": "MemoryError"}
BASES_OF_STEPS = {0: "ValueError", 4: "ValueError", 5: "ValueError", 10: "OSError"}

IDS = {"person": "Person", "license": "License", "assignment": "Assignment", "actor": "Actor"}
# The types that calls accept, and those of members. Api.accepted() and Api.returned() make the
# others from them. `csv` and `file` are the texts of that name: see typed() and Api.columns().
ACCEPTED = {
    "text": "str", "flag": "bool", "number": "int", "number32": "int", "integer32": "int",
    "time": "TimeLike", "date": "DateLike", "money": "MoneyLike", "total": "Optional[int]",
    "request_id": "RequestIdLike", "csv": "CsvLike", "progress": "ProgressLike", "sink": "FileLike",
    "id person": "PersonLike", "id license": "LicenseLike", "id assignment": "SeatLike",
    "id actor": "ActorLike",
}  # fmt: skip
RETURNED = {
    "text": "str", "flag": "bool", "number": "int", "time": "datetime", "date": "date",
    "money": "Decimal", "money_sum": "Decimal", "total": "Optional[int]", "id record": "int",
    "file": "Any",
    **{f"id {name}": f"{kind}Id" for name, kind in IDS.items()},
}  # fmt: skip

# What Python accepts for these types; instead of the description's text.
TEXTS_OF_TYPES = {
    "csv": "The whole file.",
    "file": "The file as bytes; None if it was written elsewhere.",
    "progress": "A Progress, or a callable of (rows done, total rows); returning False cancels the "
    "import.",
    "sink": "A binary file, or a callable for each chunk; None: the result has the bytes.",
    "list record SeatUse": "SeatUse records, or dicts of their members.",
    "record PeopleColumns": "A PeopleColumns, or a dict of its members.",
    "record LicenseColumns": "A LicenseColumns, or a dict of its members.",
    "choice Operation": "The name of a method of the session, such as `assign`.",
    "optional request_id": "An idempotency key, a UUID: a retry with the same key changes nothing "
    "and raises RepeatedRequestError.",
}
# The texts of members that many structs have without a comment.
TEXTS_OF_NAMES = {
    "access_level": "The person's access level at the vendor: free text that grants nothing.",
    "account": "The person's login at the vendor.",
    "actor": "The actor of the change.",
    "after": "The `next` of the previous page; 0: from the start.",
    "all_or_nothing": "Changes nothing and raises if any item fails.",
    "assigned_at": "When the seat was assigned.",
    "assignment": "The id of the assignment.",
    "at": "The instant to query.",
    "backup_archived": "Whether the backup owner is archived.",
    "backup_owner": "The person who replaces the owner; None if there is none.",
    "billing_period": "The period of the cost: month, year or once.",
    "cost_override": "The cost of this seat instead of the license's cost, in its currency.",
    "cost_per_seat": "The cost of a seat per billing period, in the license's currency.",
    "currency": "The ISO 4217 code; empty: none.",
    "dry_run": "Reports what would be done; changes nothing.",
    "email": "The person's email address.",
    "expected_revision": "Raises StaleRevisionError if the record has another revision.",
    "host_key": "The host's id of the record; empty: none.",
    "id": "The record's id.",
    "kind": "The kind of change.",
    "last_used_at": "When the seat was last used.",
    "license": "The license's id.",
    "license_name": "The license's name.",
    "licenses": "The ids of the licenses.",
    "limit": "The most rows to return.",
    "name": "The name.",
    "needs_review": "Whether the seat is flagged for review because its holder is archived.",
    "next": "The cursor of the next page.",
    "notes": "Free text about the seat.",
    "owner": "The person responsible for the license.",
    "owner_archived": "Whether the owner is archived.",
    "people": "The ids of the people.",
    "person": "The person's id.",
    "person_email": "The person's email address.",
    "person_name": "The person's name.",
    "policy": "The policy if all seats are in use: enforce or allow_over.",
    "product_group": "The group in which reports add up licenses.",
    "profile": "The format of cells: `spreadsheet` for people, `exact` for programs.",
    "renewal_date": "The date of the next renewal; None: unknown.",
    "revision": "The number of changes of the record; for expected_revision.",
    "revoked_at": "When the seat was revoked.",
    "revoked_by": "The actor who revoked the seat.",
    "rows": "The rows.",
    "since": "The start of the period.",
    "state": "The state of the record.",
    "total": "The number of seats; None: unlimited.",
    "total_seats": "The number of seats; None: unlimited.",
    "twelfths": "The exact sum in twelfths of a ten-thousandth, as decimal digits.",
    "until": "The end of the period, which is not part of it.",
    "used_at": "When the seat was used.",
    "vendor": "The vendor of the software.",
    "version": "The version of the book after the call.",
}


# -------------------------------------------------------------------------------------- texts

RULES = r"[ABC]\d+(?:(?:, | to )[ABC]\d+)*"


class Texts(text.Words):
    constants = {"UNLIMITED": "None", "ALL_ROWS": "ALL_ROWS"}

    def choice(self, name, value):
        return error_name(value) if name == "Code" and value != "ok" else f"`{value}`"

    def limit(self, name):
        return name

    def struct(self, struct):
        return f"{struct['of']}()" if "of" in struct else struct["cpp"]

    def function(self, owner, name):
        return f"`Error.{name}`" if owner == "error" else f"{name}()"

    def __call__(self, text):
        """Removes the numbers of rules, and replaces names of C by those of Python."""
        text = re.sub(rf" \({RULES}\)|; {RULES}(?=[;)])|, {RULES}(?=\))", "", text)
        text = re.sub(rf"\({RULES}; ", "(", text)
        return super().__call__(text, "None").replace("`sink`", "`to`").replace("`from`", "`from_`")

    def sentence(self, text):
        """Returns a comment as a sentence, unless it begins with a code or a name."""
        text = self(text)
        if not re.match(r"ok\b|\w*_|\w+\(", text):
            text = text[:1].upper() + text[1:]
        return text if text.endswith(".") else f"{text}."

    def paragraphs(self, doc):
        return "\n\n".join(self(paragraph) for paragraph in doc if paragraph)

    def of_member(self, member):
        """Returns the text of a member or an argument."""
        by_name = TEXTS_OF_TYPES.get(member["type"]) or TEXTS_OF_NAMES.get(member["name"], "")
        own = self.sentence(member["doc"]) if member.get("doc") else ""
        if member["type"] in TEXTS_OF_TYPES or not own:
            return by_name
        # A comment that is only a limit follows the text by name.
        is_limit = re.match(r"(At most )?\d|None\b", own) and by_name
        return f"{by_name} {own}" if is_limit else own


def error_name(code):
    return "".join(word.capitalize() for word in code.split("_")) + "Error"


def member_name(value):
    return MEMBER_NAMES.get(value, re.sub("[-.]", "_", value))


def wrapped(text, width, hanging=""):
    return textwrap.fill(text, width, subsequent_indent=hanging, break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip


def docstring(text, indent=""):
    """Returns a docstring as code."""
    text = text.replace("\\", "\\\\").replace('"""', '\\"""')
    lines = textwrap.indent(text, indent).lstrip()
    end = f"\n{indent}" if "\n" in text or text.endswith('"') else ""
    return f'{indent}"""{lines}{end}"""'


def prose(text, width):
    """Returns the text with its paragraphs and list items wrapped."""
    return "\n\n".join(wrapped(paragraph, width, "  " if paragraph.startswith("- ") else "")
                       for paragraph in text.split("\n\n"))  # fmt: skip


# ------------------------------------------------------------------------- enumerations, errors


def enumerations(description, texts):
    choices = [choice for choice in description["choices"] if choice["name"] not in WITHOUT_CLASS]
    lines = [
        f"# {BANNER}",
        '"""The enumerations. Names and numbers are the same in C++ and C."""',
        "",
        "from .._choice import Choice",
        "",
        "__all__ = [",
        *(f'    "{choice["name"]}",' for choice in choices),
        "]",
    ]
    for choice in choices:
        text = prose(texts.paragraphs(choice["doc"]) or by_name(choice["name"]), WIDTH - 7)
        described = [
            wrapped(f"{member_name(value)}: {texts.sentence(doc)}", WIDTH - 4, "    ")
            for value, doc in choice["docs"].items()
        ]
        # The classes of errors describe the codes.
        if described and choice["name"] != "Code":
            text += "\n\n" + "\n".join(described)
        lines += ["", "", f"class {choice['name']}(Choice):", docstring(text, "    "), ""]
        lines += [f"    {member_name(v)} = {number}" for v, number in choice["values"].items()]
    return "\n".join(lines) + "\n"


def by_name(name):
    """Returns person_not_found as "Person not found.", and PersonState as "Person state."."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower()
    return f"{words.capitalize()}."


def errors(description, texts):
    codes = next(choice for choice in description["choices"] if choice["name"] == "Code")
    classes = {error_name(code): code for code in codes["values"] if code != "ok"}
    lines = [
        f"# {BANNER}",
        '"""The errors: one class for each code, derived from the best matching built-in one."""',
        "",
        "from typing import Dict, Type",
        "",
        "from .._error import Error",
        "from .enums import Code",
        "",
        "__all__ = [",
        *(f'    "{name}",' for name in classes),
        "]",
    ]
    for name, code in classes.items():
        doc = codes["docs"].get(code)
        text = prose(texts.sentence(doc) if doc else by_name(code), WIDTH - 7)
        lines += ["", "", f"class {name}(Error, {base_of(code, codes['values'][code])}):"]
        lines += [docstring(text, "    "), "", f"    _default = Code.{code}"]
    lines += ["", "", "CLASSES: Dict[int, Type[Error]] = {"]
    lines += [f"    Code.{code}: {name}," for name, code in classes.items()]
    return "\n".join([*lines, "}"]) + "\n"


def base_of(code, number):
    if code.endswith("_not_found"):
        return "LookupError"
    return BASES.get(code) or BASES_OF_STEPS.get(number // 10, "RuntimeError")


# --------------------------------------------------------------------------------- the classes


class Record:
    """A class for a result, for a part of one, or for a part of a request."""

    def __init__(self, name, base, doc, members):
        # `base`: "record"; "row", which also has a list class; "page", a sequence of rows; "input",
        # which hosts can create; "file", the report of an export.
        self.name, self.base, self.doc, self.members = name, base, doc, members


class Api:
    """The description with the types and names of Python."""

    def __init__(self, description):
        self.texts = Texts(description)
        self.structs = {struct["name"]: struct for struct in description["structs"]}
        self.operations = description["operations"]
        self.limits = description["limits"]
        self.choices = {choice["name"]: choice for choice in description["choices"]}
        self.shapes = {shape["name"]: shape for shape in description["shapes"]}
        self.pages = {o["shape"] for o in self.operations
                      if o["form"] == "object" and o["kind"] != "command"
                      and self.shapes[o["shape"]]["columns"][0]["type"] == "list"}  # fmt: skip
        self.rows = LISTED | {o["shape"] for o in self.operations if o["form"] == "list"}
        self.rows |= {self.shapes[page]["columns"][0]["shape"] for page in self.pages}

    def records(self):
        """Yields all records: those of requests, then those of results."""
        for struct in self.structs.values():
            uses = (f"record {struct['cpp']}", f"list record {struct['cpp']}")
            if any(member.get("type") in uses for other in self.structs.values()
                   for member in other["members"]):  # fmt: skip
                yield Record(struct["cpp"], "input", struct["doc"], typed(struct["members"]))
        for name, shape in self.shapes.items():
            if name not in ("Ids", "Texts"):
                yield Record(RENAMED.get(name, name), self.base(name), shape["doc"],
                             list(self.columns(shape)))  # fmt: skip

    def base(self, shape):
        if shape in self.pages:
            return "page"
        return "file" if shape in RENAMED else "row" if shape in self.rows else "record"

    def columns(self, shape):
        """Yields the columns that are properties, without those that repeat parts of a record."""
        for _, column in direct(shape):
            if f"{shape['name']}.{column['name']}" not in WITHOUT_PROPERTY:
                yield {**column, "type": "file"} if column["name"] == "csv" else column

    def accepted(self, kind):
        """Returns the type of an argument."""
        if kind in ACCEPTED:
            return ACCEPTED[kind]
        first, _, rest = kind.partition(" ")
        if first == "choice":
            return f"{rest}Name" if rest in WITHOUT_CLASS else f"Union[{rest}, {rest}Name]"
        if first == "record":
            return f"Union[{rest}, Dict[str, Any]]"
        if first == "permissions":
            return "Iterable[Union[Permission, PermissionName]]"
        inner = self.accepted(rest)
        return f"Iterable[{inner}]" if first == "list" else optional(inner)

    def returned(self, column, page=False):
        """Returns the type of a property."""
        kind = column["type"]
        kind, many = re.subn("^list ", "", kind)  # of a request
        kind, none = re.subn("^optional ", "", kind)
        if kind == "list":
            many, kind = 1, column["shape"]
            if page and kind in self.rows:
                return f"{kind}Rows"
            if kind in ("Ids", "Texts"):
                kind = f"id {column['of']}" if kind == "Ids" else "text"
        elif kind in ("record", "choice"):
            kind = column["shape" if kind == "record" else "choice"]
        elif kind == "id":
            kind = f"id {column['of']}"
        python = RETURNED.get(kind, kind)
        python = f"Tuple[{python}, ...]" if many else python
        return optional(python) if none or column.get("optional") else python

    def result(self, operation):
        form, shape = operation["form"], operation["shape"]
        if form == "list":
            return f"{shape}Rows"
        if form == "object":
            return RENAMED.get(shape, shape)
        if form == "value":
            value = operation["outputs"][0]
            python = self.returned(value)
            return optional(python) if "none" in value else python
        # Only why_not() has no result in C: it returns the error.
        return {"flag": "bool", "nothing": "Optional[Error]"}[form]

    def arguments(self, operation):
        if operation["request"]:
            return typed(self.structs[operation["request"]]["members"])
        return [{"required": "default" not in a, **a} for a in operation["arguments"]]

    def positional(self, operation):
        """Returns the number of arguments that can be passed without their names."""
        arguments = self.arguments(operation)
        if operation["kind"] == "arguments":
            return len(arguments)
        required = [argument.get("required", False) for argument in arguments]
        return max(1, required.index(False) if False in required else len(required))

    def description_of(self, operation):
        """Returns the text of an operation. Python has no request structs: the text of the struct
        follows a text that refers to it."""
        text = self.texts.paragraphs(operation["doc"])
        alone = re.sub(rf" Cost: see {operation['name']}\(\)\.", "", text)
        if alone == text:
            return text
        return f"{alone}\n\n{self.texts.paragraphs(self.structs[operation['request']]['doc'])}"

    def text_of(self, operation):
        """Returns the docstring of a method: description, arguments, errors."""
        parts = [prose(self.description_of(operation), WIDTH - 10)]
        arguments = [
            wrapped(f"{python_name(each)}: {self.texts.of_member(each)}", WIDTH - 10, "    ")
            for each in self.arguments(operation)
        ]
        parts += ["\n".join(arguments)] if arguments else []
        if "errors" in operation:
            verb = "Returns" if operation["form"] == "nothing" else "Raises"
            parts.append(wrapped(f"{verb} {self.texts(operation['errors'])}", WIDTH - 10))
        return "\n\n".join(parts)


def typed(members):
    """Returns the members of a struct that a caller sets."""
    return [{**member, "type": "csv"} if member["name"] == "csv" else member
            for member in members if "type" in member]  # fmt: skip


def optional(python):
    return python if python.startswith("Optional[") else f"Optional[{python}]"


def python_name(argument):
    name = "to" if argument["type"] == "sink" else argument["name"]
    return f"{name}_" if keyword.iskeyword(name) else name


def default_of(argument):
    """Returns the default of an argument as code; None if it must be given."""
    kind, default = argument["type"], argument.get("default")
    if kind.startswith("edit "):
        return "..."
    # The library refuses an empty text.
    if argument.get("required") and kind != "text":
        return None
    if kind == "time":
        return "..." if default == 0 else repr(time_text(default))
    if default is not None:
        return repr(default)
    return {"text": "''", "number": "0"}.get(kind, "None")


def time_text(microseconds):
    instant = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=microseconds)
    return f"{instant.isoformat()}Z"


# ------------------------------------------------------------------------------------ the texts


def docstrings(api):
    lines = [
        f"# {BANNER}",
        '"""The docstrings of records, of their members, and of the methods of a session."""',
        "",
        "from typing import Dict",
        "",
    ]
    records = list(api.records())
    lines.append("RECORDS: Dict[str, str] = {")
    lines += [f"    {quoted(record.name)}: {quoted(text)},"
              for record in records if (text := api.texts.paragraphs(record.doc))]  # fmt: skip
    lines += ["}", "MEMBERS: Dict[str, Dict[str, str]] = {"]
    for record in records:
        lines.append(f"    {quoted(record.name)}: {{")
        lines += [f"        {quoted(member['name'])}: {quoted(api.texts.of_member(member))},"
                  for member in record.members]  # fmt: skip
        lines.append("    },")
    lines += ["}", "OPERATIONS: Dict[str, str] = {"]
    lines += [f"    {quoted(operation['name'])}: {docstring(api.text_of(operation))},"
              for operation in api.operations]  # fmt: skip
    return "\n".join([*lines, "}"]) + "\n"


def types(api):
    """Returns the module that describes records to dataclasses and pydantic, as to_dict() does."""
    found = {record.name: {member["name"]: api.returned(member, record.base == "page")
                           for member in record.members if member.get("json", True)}
             for record in api.records() if record.base != "file"}  # fmt: skip
    used = set(re.findall(r"\w+", " ".join(" ".join(each.values()) for each in found.values())))
    choices = [choice for name, choice in api.choices.items() if name in used]
    classes = found.keys() | {name for name in used if name.endswith("Rows")}
    lines = [
        f"# {BANNER}",
        '"""The types of the properties of records, and the texts of choices in JSON."""',
        "",
        "from datetime import date, datetime",
        "from decimal import Decimal",
        "from typing import Any, Dict, Optional, Tuple",
        "",
        *("from .._core import (", *folded(sorted(classes)), ")"),
        f"from .._ids import {', '.join(sorted(f'{kind}Id' for kind in IDS.values()))}",
        *("from .enums import (", *folded(sorted(choice["name"] for choice in choices)), ")"),
        "",
        "TYPES: Dict[Any, Dict[str, Any]] = {",
    ]
    for name, members in found.items():
        lines += [f"    {name}: {{"]
        lines += [f"        {quoted(member)}: {kind}," for member, kind in members.items()]
        lines += ["    },"]
    lines += ["}", "CHOICES: Dict[Any, Tuple[str, ...]] = {"]
    for choice in choices:
        texts = folded([quoted(value) for value in choice["values"]], indent=8)
        lines += [f"    {choice['name']}: (", *texts, "    ),"]
    return "\n".join([*lines, "}"]) + "\n"


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


# ------------------------------------------------------------------------------------- the stub


MODE = 'mode: Literal["python", "json"] = "python"'


class Stub:
    """The stub. A line @name@ or @name argument@ of the template is replaced by what the method of
    that name returns; lines below @in Record@, up to @end@, are added to the class of the record.
    """

    def __init__(self, api, template):
        self.api = api
        self.inside = {}
        self.template = re.sub(
            r"^@in (\w+)@\n(.*?)^@end@\n", self.keep, template, flags=re.M | re.S)  # fmt: skip

    def keep(self, match):
        self.inside[match[1]] = match[2].rstrip("\n")
        return ""

    def text(self):
        return f"# {BANNER}\n{self.filled(self.template)}"

    def filled(self, template):
        def replaced(match):
            lines = getattr(self, match[2])(*match[3].split())
            return textwrap.indent("\n".join(lines), match[1])

        return re.sub(r"^( *)@(\w+)((?: \w+)*)@$", replaced, template, flags=re.M)

    def enumerations(self):
        names = [name for name in self.api.choices if name not in WITHOUT_CLASS]
        return ["from .generated.enums import (", *folded(sorted(names)), ")"]

    def names(self):
        """The texts of the choices that calls accept: `-` and `.` can be `_`."""
        kinds = [member.get("type", "") for struct in self.api.structs.values()
                 for member in struct["members"]]  # fmt: skip
        kinds += [argument["type"] for o in self.api.operations for argument in o["arguments"]]
        kinds = " ".join(kinds).replace("permissions", "choice Permission")
        for name, choice in self.api.choices.items():
            if not re.search(rf"\bchoice {name}\b", kinds):
                continue
            texts = dict.fromkeys(
                text for value in choice["values"] for text in (value, member_name(value))
            )
            yield f"{name}Name = Literal["
            yield from folded([f'"{text}"' for text in texts])
            yield "]"

    def limits(self):
        for limit in self.api.limits:
            name = limit["name"].replace("SEATBOOK_", "")
            yield f"{name}: Final[int] = {limit['value']}  # {limit['unit']}"

    def options(self, struct, first):
        """The members of a struct as keyword arguments, from the member `first` on."""
        arguments = [each for each in typed(self.api.structs[struct]["members"])
                     if each["type"] != "log"]  # the template has it
        names = [argument["name"] for argument in arguments]
        for argument in arguments[names.index(first) :]:
            kind, is_omitted = re.subn("^optional ", "", argument["type"])
            default = "..." if is_omitted else default_of(argument)
            yield f"{argument['name']}: {self.api.accepted(kind)} = {default},"

    def parameter(self, argument):
        kind, default = self.api.accepted(argument["type"]), default_of(argument)
        if default == "None" and kind not in ("FileLike", "ProgressLike"):
            kind = optional(kind)
        if default == "...":
            kind = f"Union[{kind}, EllipsisType]"
        return f"{python_name(argument)}: {kind}{f' = {default}' if default else ''},"

    def records(self):
        for record in self.api.records():
            yield from self.record(record)

    def record(self, record):
        name, is_page = record.name, record.base == "page"
        base = {"page": "(Result)", "file": ""}.get(record.base, "(Record)")
        yield from ("", "@final", f"class {name}{base}:")
        if record.base not in ("page", "file"):
            own = ["str" for member in record.members if not member.get("derived")]
            yield f"    __match_args__: ClassVar[Tuple[{', '.join(own)}]]"
        if record.base == "input":
            yield from ("    def __new__(", "        cls,", "        *,")
            for member in record.members:
                yield f"        {member['name']}: {self.api.accepted(member['type'])} = ...,"
            yield f"    ) -> {name}: ..."
        for member in record.members:
            yield "    @property"
            yield f"    def {member['name']}(self) -> {self.api.returned(member, is_page)}:"
            yield docstring(self.api.texts.of_member(member), "        ")
        if name in self.inside:
            yield self.filled(self.inside[name])
        yield f"    def to_dict(self, *, {MODE}) -> Dict[str, Any]: ..."
        if is_page:
            row = record.members[0]["shape"]
            yield from self.sequence(row, f"{row}Rows")
        if record.base == "row":
            yield from ("", "@final", f"class {name}Rows(Result, Rows):")
            yield "    columns: ClassVar[Tuple[str, ...]]"
            yield f"    def to_dicts(self, *, {MODE}) -> List[Dict[str, Any]]: ..."
            yield from self.sequence(name, f"{name}Rows")

    def sequence(self, row, rows):
        return [
            "    def __len__(self) -> int: ...",
            f"    def __iter__(self) -> Iterator[{row}]: ...",
            f"    @overload\n    def __getitem__(self, index: int, /) -> {row}: ...",
            "    @overload",
            f"    def __getitem__(self, index: slice, /) -> Union[{rows}, List[{row}]]: ...",
            "    def __eq__(self, other: object, /) -> bool: ...",
            "    __hash__: ClassVar[None]  # type: ignore[assignment]",
            "    def index(",
            "        self, value: object, start: int = 0, stop: Optional[int] = None",
            "    ) -> int: ...",
            "    def count(self, value: object) -> int: ...",
            "    def _repr_html_(self) -> str: ...",
            "    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...",
        ]

    def operations(self):
        for operation in self.api.operations:
            arguments = self.api.arguments(operation)
            yield f"def {operation['name']}("
            yield "    self,"
            for at, argument in enumerate(arguments):
                if at == self.api.positional(operation):
                    yield "    *,"
                yield f"    {self.parameter(argument)}"
            yield f") -> {self.api.result(operation)}:"
            yield docstring(self.api.text_of(operation), "    ")


def folded(names, indent=4):
    lines = wrapped(", ".join(names) + ",", WIDTH - indent).splitlines()
    return [" " * indent + line for line in lines]


def files(description):
    """Returns the generated files: their text by their path in the project."""
    api = Api(description)
    return {
        PACKAGE + "_core.pyi": Stub(api, STUB.read_text("utf-8")).text(),
        PACKAGE + "generated/__init__.py": (
            f'# {BANNER}\n"""The modules that tools/bindgen writes from {SOURCE}."""\n'
        ),
        PACKAGE + "generated/enums.py": enumerations(description, api.texts),
        PACKAGE + "generated/errors.py": errors(description, api.texts),
        PACKAGE + "generated/docstrings.py": docstrings(api),
        PACKAGE + "generated/types.py": types(api),
    }
