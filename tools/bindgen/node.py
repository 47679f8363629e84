"""Generates the tables and types of bindings/node from the description of the C API."""

import json
import re

import text
from text import BANNER, direct, member_note, wrapped

WIDTH = 100

# The constants that lib/ uses.
CONSTANTS = ("ABI_VERSION", "NONE", "UNLIMITED", "NO_ID", "NO_DATE", "UNREADABLE_DATE")
# The types that index.d.ts declares.
IMPORTED = (
    "ActorId", "AssignmentId", "CancelSignal", "Clock", "DateText", "LicenseId", "MoneyText",
    "PersonId", "Progress", "RequestId", "Sink", "Time", "TimeText",
)  # fmt: skip
MEMBER_TYPES = {
    "text": "string", "number": "number", "number32": "number", "integer32": "number",
    "flag": "boolean", "time": "Time", "date": "DateText", "money": "MoneyText",
    "total": "number | null", "request_id": "RequestId", "permissions": "readonly Permission[]",
    "clock": "Clock", "log": "((entry: LogEntry) => unknown)", "progress": "Progress | CancelSignal", "sink": "Sink",
}  # fmt: skip
COLUMN_TYPES = {
    "number": "number", "flag": "boolean", "time": "TimeText", "date": "DateText",
    "money": "MoneyText", "money_sum": "MoneyText", "text": "string",
}  # fmt: skip
# Lists of these have plain values instead of rows.
VALUES = ("Ids", "Texts")


def files(described):
    return {
        "bindings/node/lib/generated/api.js": tables(described),
        "bindings/node/lib/generated/api.d.ts": Types(described).text(),
    }


def without(name):
    return re.sub("^seatbook_", "", name, flags=re.I)


def pascal(name):
    return "".join(word[0].upper() + word[1:] for word in name.split("_"))


def members_of(struct):
    return [m for m in struct["members"] if m["name"] not in ("struct_size", "fields")]


# ---------------------------------------------------------------------------------------- tables


def tables(described):
    values = {without(c["name"]): c["value"] for c in described["constants"]}
    return "\n".join([
        f"// {BANNER}",
        table("constants", {name: values[name] for name in CONSTANTS}, "Placeholder numbers."),
        table("limits", {without(e["name"]): e["value"] for e in described["limits"]},
              "The limits of a book."),
        table("types", {c["name"]: c["type"] for c in described["choices"]},
              "The types of choices in C."),
        table("choices", {c["name"]: c["values"] for c in described["choices"]},
              "The numbers of choices by name."),
        table("structs", {s["name"]: [picked(m, "name", "c", "type", "bit") for m in members_of(s)]
                          for s in described["structs"]},
              "The members of requests and other structs, without struct_size and fields."),
        table("shapes", {s["name"]: nested(s["columns"]) for s in described["shapes"]},
              "The columns of results; `at` is the number of a column."),
        table("operations", {o["name"]: operation(o) for o in described["operations"]},
              "The operations of a session."),
        table("functions", {without(f["name"]): prototype(f) for f in described["functions"]
                            if is_callable(f)},
              "The prototypes of the library's functions for koffi."),
    ])  # fmt: skip


def table(name, entries, comment):
    lines = "".join(f"  {compact(key)}: {compact(value)},\n" for key, value in entries.items())
    return f"/** {comment} */\nexport const {name} = {{\n{lines}}};\n"


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_asynchronous(operation):
    """Returns whether the method returns a promise."""
    return operation.get("may_wait", False) or operation["kind"] == "file"


def picked(entry, *names):
    """Returns the given keys of an entry that have a value."""
    return {name: entry[name] for name in names if entry.get(name) is not None}


def operation(entry):
    """Describes an operation. Exports run on a thread too: they call a sink until the file ends."""
    return {
        **picked(entry, "function", "kind", "request"),
        **({"on_thread": True} if is_asynchronous(entry) else {}),
        "arguments": [picked(a, "name", "type", "default") for a in entry["arguments"]],
        "outputs": [output["type"] for output in entry["outputs"]],
        **picked(entry, "form", "shape"),
    }


def nested(columns, first=0, prefix=""):
    """Nests the columns: the members of a record are the columns that follow it."""
    found, at = [], 0
    while at < len(columns):
        column = columns[at]
        count = column.get("members", 0)
        entry = {"name": column["name"].removeprefix(prefix), "at": first + at,
                 **picked(column, "type", "choice")}  # fmt: skip
        if column["type"] == "list":
            entry["shape"] = column["shape"]
        entry |= picked(column, "optional")
        at += 1
        if column["type"] == "record":
            inner = columns[at : at + count]
            entry["members"] = nested(inner, first + at, f"{column['name']}_")
            at += count
        found.append(entry)
    return found


def is_callable(function):
    """Returns whether the package declares a function. koffi does not know the structs of Arrow."""
    types = [p["type"] for p in function["parameters"]]
    return function["header"] == "seatbook.h" and not any(t.startswith("struct ") for t in types)


def prototype(function):
    """Returns the prototype of a function for koffi."""
    parameters = []
    for parameter in function["parameters"]:
        # Texts are passed as bytes, which may contain NUL. koffi passes a typed array for bytes in
        # place, so the parameter that receives bytes is not marked.
        type_ = parameter["type"].replace("const char *", "const uint8_t *")
        is_array = type_ in ("uint8_t *", "char *")
        out = "_Out_ " if parameter["direction"] == "out" and not is_array else ""
        parameters.append(f"{out}{type_} {parameter['name']}")
    returns = function["returns"]
    # koffi reads a text until NUL. seatbook_rows_bytes() returns several texts.
    is_text = returns == "const char *" and function["name"] != "seatbook_rows_bytes"
    if returns.startswith("const ") and not is_text:
        returns = "const void *"
    return f"{returns} {function['name']}({', '.join(parameters)})"


# -------------------------------------------------------------------------------------- comments


class Words(text.Words):
    constants = {"UNLIMITED": "null", "ALL_ROWS": "0 for all rows"}

    def choice(self, name, value):
        return value if name == "Code" else compact(value)

    def limit(self, name):
        return f"limits.{name}"

    def struct(self, struct):
        return interface_of(struct["name"])

    def function(self, owner, name):
        return f"`{name}` of the error" if owner == "error" else f"{name}()"

    def comment(self, paragraphs, indent="", none="none"):
        lines = wrapped([self(p, none) for p in paragraphs], WIDTH - 3 - len(indent))
        if not any(lines):
            return ""
        if len(lines) == 1 and len(lines[0]) + len(indent) + 7 <= WIDTH:
            return f"{indent}/** {lines[0]} */\n"
        body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
        return f"{indent}/**\n{body}{indent} */\n"


# ----------------------------------------------------------------------------------------- types


def id_type(of):
    """Returns PersonId; number for an id of a record of any kind."""
    return "number" if of == "record" else f"{pascal(of)}Id"


def interface_of(struct):
    """Returns the name of the interface of a struct: AssignRequest, SeatUse, OpenOptions."""
    return pascal(without(struct))


def type_of_member(type_):
    kind, *rest = re.sub("^(optional|edit) ", "", type_).split(" ")
    if kind == "id":
        spelled = id_type(rest[0])
    elif kind in ("choice", "record"):
        spelled = rest[0]
    elif kind == "list":
        spelled = f"readonly {id_type(rest[1]) if rest[0] == 'id' else rest[1]}[]"
    else:
        spelled = MEMBER_TYPES[kind]
    return spelled + (" | null" if type_.startswith("edit ") else "")


def type_of_row(column):
    """Returns the type of the items of a list."""
    return {"Ids": lambda: id_type(column["of"]), "Texts": lambda: "string"}.get(
        column["shape"], lambda: column["shape"])()  # fmt: skip


def type_of_column(column):
    kind = column["type"]
    if kind == "id":
        spelled = id_type(column["of"])
    elif kind == "choice":
        spelled = column["choice"]
    elif kind == "record":
        spelled = column["shape"]
    elif kind == "list":
        spelled = f"readonly {type_of_row(column)}[]"
    else:
        spelled = COLUMN_TYPES[kind]
    return spelled + (" | null" if column.get("optional") else "")


def columns_type(column):
    """Returns the type of a whole column."""
    kind, item = column["type"], type_of_column(column)
    if kind in ("list", "record", "choice", "text", "money_sum"):
        return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
    return "Uint8Array" if kind == "flag" else "Float64Array"


def own_columns(shape):
    return [column for _, column in direct(shape)]


def has_rows(column):
    return column["type"] == "list" and column["shape"] not in VALUES


def interface(name, members, comment=""):
    return f"{comment}export interface {name} {{\n{''.join(members)}}}\n"


class Types:
    def __init__(self, described):
        self.described = described
        self.words = Words(described)
        self.structs = {s["name"]: s for s in described["structs"]}
        self.shapes = {s["name"]: s for s in described["shapes"]}
        # The results that can be returned as columns: the rows of lists, and the pages of lists.
        self.listed, self.pages = set(), set()
        for entry in described["operations"]:
            if entry["form"] == "list":
                self.listed.add(entry["shape"])
            elif entry["form"] == "object":
                columns = own_columns(self.shapes[entry["shape"]])
                lists = [column["shape"] for column in columns if has_rows(column)]
                self.listed.update(lists)
                self.pages.update([entry["shape"]] if lists else [])

    def text(self):
        described, words = self.described, self.words
        imported = "".join(f"  {name},\n" for name in IMPORTED)
        out = [f"// {BANNER}\n", f'import type {{\n{imported}}} from "../../index.js";\n']
        out += map(self.choice, described["choices"])
        out.append(interface("Choices", [f"  readonly {c['name']}: readonly {c['name']}[];\n"
                                         for c in described["choices"]],
                             "/** The names of each kind of choice. */\n"))  # fmt: skip
        out.append(interface("Limits", map(self.limit, described["limits"]),
                             "/** The limits of a book. */\n"))  # fmt: skip
        out += map(self.struct, described["structs"])
        out += [interface(s["name"], [words.comment([column_note(c)], "  ", none="null")
                                      + f"  readonly {c['name']}: {type_of_column(c)};\n"
                                      for c in own_columns(s)], words.comment(s["doc"]))
                for s in described["shapes"] if s["name"] not in VALUES]  # fmt: skip
        out += [interface(f"{name}Table",
                          ["  readonly length: number;\n",
                           *(f"  readonly {c['name']}: {columns_type(c)};\n"
                             for c in own_columns(self.shapes[name]))])
                for name in sorted(self.listed)]  # fmt: skip
        out += [interface(f"{name}Table",
                          [f"  readonly {c['name']}: "
                           f"{c['shape'] + 'Table' if has_rows(c) else type_of_column(c)};\n"
                           for c in own_columns(self.shapes[name])])
                for name in sorted(self.pages)]  # fmt: skip
        # can() and why_not() are written by hand, in index.d.ts.
        operations = [o for o in described["operations"] if o["form"] not in ("flag", "nothing")]
        comment = "The operations of a session. Those that may wait for storage return a promise."
        out.append(interface("Operations", map(self.operation, operations), f"/** {comment} */\n"))
        tabular = [o for o in operations if o["form"] == "list" or o["shape"] in self.pages]
        comment = "The operations that return lists, with each list as columns."
        out.append(interface("ColumnOperations",
                             [self.declaration(o, f"{o['shape']}Table") for o in tabular],
                             f"/** {comment} */\n"))  # fmt: skip
        return "\n".join(out)

    def choice(self, choice):
        docs = [f"- `{value}`: {text}" for value, text in choice["docs"].items()
                if text != compact(value)]  # fmt: skip
        separator = [""] if docs and choice["doc"] else []
        values = "\n".join(f'  | "{value}"' for value in choice["values"])
        comment = self.words.comment([*choice["doc"], *separator, *docs])
        return f"{comment}export type {choice['name']} =\n{values};\n"

    def limit(self, limit):
        doc = f"In {limit['unit']}. {limit['doc']}" if limit["doc"] else f"in {limit['unit']}"
        name = without(limit["name"])
        return self.words.comment([doc], "  ") + f"  readonly {name}: {limit['value']};\n"

    def struct(self, struct):
        members = [m for m in members_of(struct) if "type" in m]
        is_import = any(m["type"] == "progress" for m in members)
        declared = []
        for member in members:
            type_ = type_of_member(member["type"])
            required = member.get("required")
            if is_import and required and type_ == "string":  # the file
                type_ = "string | Uint8Array"
            note = member_note(member, self.words.choice)
            declared.append(self.words.comment([note], "  ", none="undefined") + (
                f"  {member['name']}: {type_};\n" if required
                else f"  {member['name']}?: {type_} | undefined;\n"))  # fmt: skip
        return interface(interface_of(struct["name"]), declared, self.words.comment(struct["doc"]))

    def operation(self, operation):
        doc = [*operation["doc"]]
        if "errors" in operation:
            doc += ["", f"Errors: {operation['errors']}"]
        return self.words.comment(doc, "  ") + self.declaration(operation, self.result(operation))

    def declaration(self, operation, result):
        if is_asynchronous(operation):
            result = f"Promise<{result}>"
        return f"  {operation['name']}({self.parameters(operation)}): {result};\n"

    def parameters(self, operation):
        request = operation["request"]
        if not request:
            return ", ".join(
                f"{a['name']}{'?' if 'default' in a else ''}: {type_of_member(a['type'])}"
                for a in operation["arguments"])  # fmt: skip
        members = members_of(self.structs[request])
        if operation["kind"] == "arguments":
            return ", ".join(f"{m['name']}?: {type_of_member(m['type'])}"
                             for m in members if "type" in m)  # fmt: skip
        needed = any(m.get("required") for m in members)
        return f"request{'' if needed else '?'}: {interface_of(request)}"

    @staticmethod
    def result(operation):
        if operation["form"] == "list":
            return f"readonly {operation['shape']}[]"
        if operation["form"] == "object":
            return operation["shape"]
        kind, *of = operation["outputs"][0]["type"].split(" ")
        if kind == "id":
            return f"{id_type(of[0])} | null"
        return "TimeText | null" if kind == "time" else "number"


def column_note(column):
    note = column.get("doc", "")
    if not column.get("unlimited") or "unlimited" in note:
        return note
    return f"{note}; null: unlimited" if note else "null: unlimited"
