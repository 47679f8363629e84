"""Builds the description of the C API, the content of capi/seatbook.api.json.

It combines what the program seatbook_capi_describe prints about the C++ API, the comments of the
C++ headers, the handwritten part of seatbook.h, and the codes of the conformance cases. Everything
that is generated, in every language, is generated from the description.
"""

import json
import pathlib
import re
import sys

from comments import CHeader, CppComments, headings, split_errors
from text import choice_constant, shouted, snake

PROJECT = pathlib.Path(__file__).resolve().parents[2]
CAPI = PROJECT / "capi"
TEMPLATE = CAPI / "tools/seatbook.h.in"
STORAGE_HEADER = CAPI / "include/seatbook_storage.h"

# Increases when a key changes its meaning or disappears.
VERSION = 1


def text_of(path):
    return path.read_text("utf-8")


def returned_by(returns):
    """Returns who owns the pointer that a function returns: all of them are the library's."""
    return {"ownership": "library"} if returns.endswith("*") else {}


def without_empty(entry):
    """Removes the keys without a value."""
    return {name: value for name, value in entry.items() if value not in (None, False, "")}


# ----------------------------------------------------------------------------------------- types

# The C type and size of each type of a member of a request.
SCALARS = {
    "id": ("seatbook_id", 8), "number": ("uint64_t", 8), "total": ("int64_t", 8),
    "number32": ("uint32_t", 4), "integer32": ("int32_t", 4), "permissions": ("uint32_t", 4),
    "flag": ("seatbook_flag", 4), "time": ("seatbook_time", 8), "date": ("seatbook_date", 4),
    "money": ("seatbook_money", 8), "text": ("seatbook_text", 16), "request_id": ("uint8_t[16]", 16),
    "progress": ("seatbook_progress *", 8), "clock": ("seatbook_clock *", 8),
    "sink": ("const seatbook_sink *", 8), "log": ("const seatbook_listener *", 8),
}  # fmt: skip
ALIGNMENTS = {"text": 8, "request_id": 1}
# The type of a column.
COLUMNS = {"number32": "number", "total": "number"}


def bare(type_):
    return re.sub(r"^(optional|edit) ", "", type_)


def c_type(type_):
    """Returns (C type, size) of a member. A list also has a member with its size."""
    word, _, rest = bare(type_).partition(" ")
    if word == "choice":
        return f"seatbook_{snake(rest)}", 4
    if word == "list":
        rest = rest.partition(" ")[2] if rest.startswith("record ") else "id"
    if word in ("list", "record"):
        return f"const seatbook_{snake(rest)} *", 8
    return SCALARS[word]


def struct_of(name, cpp, members, texts, doc, first_sizes, of=None):
    """Describes a struct with the layout of 64-bit systems. All padding is named."""
    c_name = f"seatbook_{name}"
    bits = re.sub("_(REQUEST|OPTIONS)$", "", name.upper())
    layout = [{"name": "struct_size", "c": "size_t", "offset": 0, "size": 8},
              {"name": "fields", "c": "uint64_t", "offset": 8, "size": 8}]  # fmt: skip
    offset, reserved = 16, 0

    def place(entry, c, size, align):
        nonlocal offset, reserved
        if -offset % align:
            layout.append({"name": f"reserved_{reserved}", "c": "uint32_t", "offset": offset, "size": 4})
            reserved, offset = reserved + 1, offset + 4
        layout.append({"name": entry.pop("name"), "c": c, "offset": offset, "size": size, **entry})
        offset += size

    for bit, member in enumerate(members):
        c, size = c_type(member["type"])
        word = bare(member["type"]).split()[0]
        count = f"{member['name']}_count" if word == "list" else None
        place({"name": member["name"], "type": member["type"], "bit": bit,
               "field": f"SEATBOOK_FIELD_{bits}_{member['name'].upper()}",
               **({"count": count} if count else {}),
               **({"default": member["default"]} if "default" in member else {}),
               **without_empty({"required": member.get("required"), "part": member.get("part"),
                                "doc": texts.get(member["name"])})},
              c, size, ALIGNMENTS.get(word, size))  # fmt: skip
        if count:
            place({"name": count}, "size_t", 8, 8)
    if offset % 8:
        layout.append({"name": f"reserved_{reserved}", "c": "uint32_t", "offset": offset, "size": 4})
        offset += 4
    return {"name": c_name, **without_empty({"of": of}), "cpp": cpp, "size": offset,
            "first_size": first_sizes.setdefault(c_name, offset), "doc": doc, "members": layout}  # fmt: skip


# --------------------------------------------------------------------------------------- builder


class Builder:
    def __init__(self, facts):
        self.facts = facts
        self.names = [o["name"] for o in facts["operations"]]
        self.structs = {s["name"]: s for s in facts["structs"]}
        self.records = {r["name"]: r for r in facts["records"]}
        self.codes = dict(next(e for e in facts["enumerations"] if e["name"] == "Code")["values"])
        self.first_sizes = json.loads(text_of(CAPI / "abi/first_sizes.json"))
        self.template, self.storage = CHeader(text_of(TEMPLATE)), CHeader(text_of(STORAGE_HEADER))
        self.headers = {"seatbook.h": self.template, "seatbook_storage.h": self.storage}
        self.function_names = {f[0] for header in self.headers.values() for f in header.functions}
        self.requests = {o["struct"]: f"seatbook_{o['name']}_request" for o in facts["operations"]}
        self.requests |= {n: f"seatbook_{snake(n)}" for n in self.structs}
        paths = sorted((PROJECT / "include/seatbook").glob("*.hpp"))
        paths += [CAPI / "src/opening.hpp", CAPI / "src/members.hpp"]
        self.comments = CppComments(paths, self.to_c)
        tables = [PROJECT / "include/seatbook/operations.def", CAPI / "src/operations.hpp"]
        self.sections = headings("\n".join(map(text_of, tables)), self.names)
        self.version = re.search(r"project\(seatbook VERSION ([\d.]+)",
                                 text_of(PROJECT / "CMakeLists.txt"))[1]  # fmt: skip
        self.values = self.constant_values()
        self.common = self.common_codes()

    def description(self):
        parts = [self.plain_struct(s) for s in self.facts["structs"]]
        operations = [self.operation(o) for o in self.facts["operations"]]
        requests = [o.pop("struct") for o in operations if o["struct"]]
        structs = [*parts, *requests]
        functions = self.functions(operations, {s["name"] for s in structs})
        limits = self.limits()
        choices = self.choices()
        shapes = [self.shape(r) for r in self.facts["records"]]
        return {
            "description": [{"version": VERSION, "library": self.version,
                             "abi": self.values["SEATBOOK_ABI_VERSION"]}],
            "handles": self.handles(),
            "structs": structs,
            "callbacks": self.callbacks(),
            "operations": operations,
            "book_operations": self.book_operations(),
            "common_codes": self.common,
            "shapes": shapes,
            "choices": choices,
            "functions": functions,
            "limits": limits,
            "constants": self.constants(limits, choices, shapes, structs),
        }  # fmt: skip

    # ------------------------------------------------------------------------------------ texts

    def to_c(self, text):
        """Replaces names of C++ with names of C: Book::refresh(), usage(), ImportPeople, all_rows."""
        text = text.replace("SeatTotal::unlimited()", "SEATBOOK_UNLIMITED")
        text = re.sub(r"\b(\w+)::(\w+)(\(\))?", self.member_in_c, text)
        text = re.sub(r"(?<![\w.])([a-z]\w+)\(\)", self.call_in_c, text)
        text = re.sub(r"\b[A-Z][a-z]+[A-Z]\w+", lambda m: self.requests.get(m[0], m[0]), text)
        return re.sub(r"\b(max_\w+|all_rows)\b", self.constant_in_c, text)

    def member_in_c(self, match):
        function = f"seatbook_{snake(match[1])}_{match[2]}"
        if function in self.function_names:
            return f"{function}()"
        if match[2] in self.names:
            return f"seatbook_{match[2]}()"
        if match[1] in self.records or match[1] in self.requests:
            return f"`{match[2]}` of {self.requests.get(match[1], match[1])}"
        return match[0]

    def call_in_c(self, match):
        known = match[1] in self.names or f"seatbook_{match[1]}" in self.function_names
        return f"seatbook_{match[0]}" if known else match[0]

    def constant_in_c(self, match):
        known = re.search(rf"^inline constexpr [\w:]+ {match[0]} ", self.comments.all, re.M)
        return f"SEATBOOK_{match[0].upper()}" if known else match[0]

    def members_texts(self, members, cpp):
        """Returns the comment of each member of a request. A member of a part has that of the part."""
        texts = dict(self.comments.members(cpp)) if cpp else {}
        for part in {m["of"] for m in members if "of" in m}:
            own = self.comments.members(part)
            texts.update({m["name"]: own.get(m["name"], "") for m in members if m.get("of") == part})
        return texts

    # -------------------------------------------------------------------------------- requests

    def plain_struct(self, struct):
        cpp = struct["cpp"]
        return struct_of(snake(struct["name"]), cpp, struct["members"],
                         self.members_texts(struct["members"], cpp), self.comments.struct(cpp),
                         self.first_sizes)  # fmt: skip

    def operation(self, entry):
        name, kind, cpp, members = (entry[k] for k in ("name", "kind", "struct", "request"))
        lone = kind == "arguments" and not any(m["type"].startswith("optional") for m in members)
        struct, arguments = None, []
        text, defaults = self.operation_text(name, cpp, kind)
        if lone:
            arguments = [{"name": m["name"], "type": m["type"], "c": c_type(m["type"])[0]}
                         for m in members]  # fmt: skip
            for argument, member in zip(arguments, members):
                default = member.get("default", defaults.get(member["name"]))
                if default is not None:
                    argument["default"] = default
        else:
            doc = [] if kind in ("command", "file", "arguments") else self.comments.struct(cpp)
            struct = struct_of(f"{name}_request", cpp, members, self.members_texts(members, cpp),
                               split_errors(doc)[0], self.first_sizes, of=name)  # fmt: skip
        form, shape, outputs = self.result(entry["result"])
        doc, errors = split_errors(text)
        return {
            "name": name, "function": f"seatbook_{name}", "kind": kind,
            "section": self.sections[name], "request": struct["name"] if struct else None,
            "struct": struct, "arguments": arguments, "outputs": outputs, "form": form,
            "shape": shape, "codes": self.promised(name)["codes"], "doc": doc,
            **without_empty({"errors": self.errors(name, kind, errors),
                             "result_doc": self.result_text(form, shape, outputs),
                             "own_view": entry.get("own_view"),
                             "may_wait": kind == "command"}),
            "permissions": entry.get("permissions", []),
        }  # fmt: skip

    def operation_text(self, name, struct, kind):
        """Returns the comment of an operation and the default values of its arguments."""
        if kind == "command":
            return self.comments.struct(struct), {}
        text, defaults = self.comments.method(name)
        if kind == "file":
            text = self.comments.struct(struct) + [t for t in text if t.startswith("Streams ")]
        return text, defaults

    def result(self, result):
        """Returns the form of a result, its type of rows, and its out-parameters."""
        if result in ("nothing", "flag"):  # the function returns the flag itself
            return result, None, []
        word, _, rest = bare(result).partition(" ")
        if word == "record":
            return "object", rest, [self.output(rest, path) for path in self.records[rest]["outputs"]]
        if word == "list":
            return "list", rest.split()[1], []
        name = rest or {"number": "count"}.get(word, word)
        none = {"id": 0, "time": self.values["SEATBOOK_NONE"]}.get(word)
        value = {"name": name, "type": bare(result), "c": c_type(result)[0]}
        return "value", None, [{**value, **({"none": none} if result != bare(result) else {})}]

    def output(self, record, path):
        """Describes an out-parameter that repeats the member at a path, such as summary.done."""
        *outer, name = path.split(".")
        for member in outer:
            record = self.member(record, member)["type"].split()[1]
        type_ = self.member(record, name)["type"]
        doc = self.comments.members(self.records[record]["cpp"]).get(name)
        return {"name": name, "type": type_, "c": c_type(type_)[0], "member": path,
                **without_empty({"unlimited": type_ == "total", "doc": doc})}  # fmt: skip

    def member(self, record, name):
        return next(m for m in self.records[record]["members"] if m["name"] == name)

    def errors(self, name, kind, listed):
        """Adds the codes of the conformance cases that the comment does not list."""
        for code in self.codes:
            listed = re.sub(rf"\b(?<!`){code}\b(?! [a-z])(?=[,;. (]|$)",
                            choice_constant("Code", code), listed)  # fmt: skip
        said = {"operation", "command"} if kind == "command" else {"operation"}
        common = {code for entry in self.common if entry["of"] in said for code in entry["codes"]}
        codes = [choice_constant("Code", c) for c in dict.fromkeys(self.promised(name)["codes"])
                 if c not in common]  # fmt: skip
        codes = ", ".join(c for c in codes if c not in listed)
        if codes and listed:
            return codes + ("; " if listed.startswith("as ") else ", ") + listed
        return f"{codes}." if codes else listed

    @staticmethod
    def result_text(form, shape, outputs):
        if form == "list":
            return f"rows of {shape}."
        if form == "object":
            return f"one row of {shape}."
        if form == "flag":
            return "1 or 0."
        if form == "nothing":
            return "SEATBOOK_OK if the actor may use the operation."
        none = {0: "; 0 if there is none", None: ""}.get(
            outputs[0].get("none"), "; SEATBOOK_NONE if there is none")  # fmt: skip
        return f"*{outputs[0]['name']}{none}."

    def promised(self, name):
        return self.conformance()[name]

    def conformance(self):
        if not hasattr(self, "_conformance"):
            described = json.loads(text_of(PROJECT / "tests/conformance/operations.json"))
            self._conformance = {entry["name"]: entry for entry in described["operations"]}
            if missing := set(self.names) - set(self._conformance):
                sys.exit(f"tests/conformance/operations.json lacks {missing}")
        return self._conformance

    def book_operations(self):
        return [{"name": name, "function": f"seatbook_book_{name}", "codes": entry["codes"]}
                for name, entry in self.conformance().items() if name not in self.names]  # fmt: skip

    # --------------------------------------------------------------------------------- results

    def shape(self, record):
        """Describes a type of rows. The members of nested records are columns too."""
        columns = self.columns(record["name"], "")
        if any(m["type"] == f"list record {record['name']} with column_name"
               for r in self.facts["records"] for m in r["members"]):  # fmt: skip
            columns.append({"name": "column_name", "type": "text", "derived": True,
                            "doc": "the header of `column`"})  # fmt: skip
        return {"name": record["name"], "cpp": record["cpp"],
                "doc": self.comments.struct(record["cpp"]), "columns": columns}  # fmt: skip

    def columns(self, record, prefix):
        columns, texts = [], self.comments.members(self.records[record]["cpp"])
        for member in self.records[record]["members"]:
            word, _, rest = bare(member["type"]).partition(" ")
            rest = rest.replace(" with column_name", "")
            doc = texts.get(member["name"])
            column = {"name": prefix + member["name"], "type": COLUMNS.get(word, word)}
            inner = []
            if word in ("id", "choice"):
                column[{"id": "of"}.get(word, word)] = rest
            elif word == "record":
                column["shape"] = rest
                inner = self.columns(rest, f"{prefix}{member['name']}_")
                column["members"] = len(inner)
            elif word == "list":
                kind, _, rest = rest.partition(" ")
                column["shape"] = {"id": "Ids", "text": "Texts"}.get(kind, rest)
                if kind == "id":
                    column["of"] = rest
            unlimited = word == "total" or (
                member["type"] == "optional number" and re.search("[Nn]one[^.]* unlimited", doc or ""))
            columns.append({**column, **without_empty({
                "optional": member["type"].startswith("optional ") or word == "total",
                "unlimited": bool(unlimited), "derived": member.get("derived"), "doc": doc}),
                **({"json": False} if member.get("json") is False else {})})  # fmt: skip
            columns.extend(inner)
        return columns

    def choices(self):
        found = []
        for at, enumeration in enumerate(self.facts["enumerations"], 1):
            name, values = enumeration["name"], dict(enumeration["values"])
            texts = self.comments.enumerators(name)
            spelled = {re.sub("[-.]", "_", v): v for v in values}
            docs = {spelled[n.rstrip("_")]: t for n, t in texts.items() if t and n.rstrip("_") in spelled}
            found.append({"name": name, "type": f"seatbook_{snake(name)}", "number": at,
                          "doc": self.comments.enumeration(name), "values": values, "docs": docs})
        return found

    # --------------------------------------------------------------------- handwritten declarations

    def handles(self):
        frees = {f[0] for header in self.headers.values() for f in header.functions}
        return [{"name": name, "free": f"{name}_free" if f"{name}_free" in frees else None, "doc": doc}
                for header in self.headers.values() for name, doc in header.opaque.items()]  # fmt: skip

    def callbacks(self):
        found = []
        for file, header in self.headers.items():
            for name, doc, members in header.structs:
                described = [self.callback(*member) for member in members]
                found.append({"name": name, "header": file, "doc": doc, "members": described})
        return found

    @staticmethod
    def callback(declaration, doc):
        doc = " ".join(doc)
        function = re.fullmatch(r"(.*?)\(\*(\w+)\)\((.*)\)", declaration)
        if not function:
            type_, name = re.fullmatch(r"(.*?)(\w+)", declaration).groups()
            return {"name": name, "c": type_.strip(), **without_empty({"doc": doc})}
        parameters = [re.fullmatch(r"(.*?)(\w+)", p).groups() for p in function[3].split(", ")]
        types = ", ".join(type_.strip() for type_, _ in parameters)
        returns = function[1].strip()
        return {"name": function[2], "c": f"{returns} (*)({types})", **without_empty({"doc": doc}),
                "returns": returns,
                "parameters": [{"name": n, "type": t.strip()} for t, n in parameters],
                **without_empty({"optional": "may be NULL" in doc.replace("May", "may")})}  # fmt: skip

    def functions(self, operations, structs):
        found = []
        for file, header in self.headers.items():
            for name, returns, parameters, doc in header.functions:
                given = [self.parameter(n, t, parameters, returns, doc, structs)
                         for n, t in parameters]  # fmt: skip
                waits = any(re.search(r"Waits for storage\b", paragraph) for paragraph in doc)
                found.append({"name": name, "header": file, "returns": returns,
                              **returned_by(returns), "doc": doc, "parameters": given,
                              **without_empty({"may_wait": waits})})  # fmt: skip
        at = self.template.functions_before["OPERATIONS"]
        found[at:at] = [self.function(o, structs) for o in operations]
        return found

    def function(self, operation, structs):
        """Describes the function of an operation."""
        const = "" if operation["kind"] == "command" else "const "
        parameters = [("session", f"{const}seatbook_session *")]
        if operation["request"]:
            parameters.append(("request", f"const {operation['request']} *"))
        parameters += [(a["name"], a["c"]) for a in operation["arguments"]]
        parameters += [(o["name"], pointer(o["c"])) for o in operation["outputs"]]
        if operation["shape"]:
            parameters.append(("result", "seatbook_rows **"))
        returns = "int32_t" if operation["form"] == "flag" else "seatbook_code"
        if operation["form"] != "flag":
            parameters.append(("error", "seatbook_error **"))
        given = [self.parameter(n, t, parameters, returns, None, structs) for n, t in parameters]
        doc = [*operation["doc"]]
        if "errors" in operation:
            doc.append("Errors: " + operation["errors"])
        doc.append("Result: " + operation["result_doc"])
        doc += [f"*{o['name']}: {o['doc']}." for o in operation["outputs"]
                if "." in o.get("member", "")]  # the others are members of *result
        doc += [f"*{o['name']}: SEATBOOK_UNLIMITED for a license without a limit."
                for o in operation["outputs"] if "unlimited" in o]  # fmt: skip
        return {"name": operation["function"], "header": "seatbook.h", "returns": returns,
                "doc": doc, "parameters": given,
                **without_empty({"may_wait": operation.get("may_wait")})}  # fmt: skip

    def parameter(self, name, type_, parameters, returns, doc, structs):
        """Describes a parameter. `doc` is None for operations.

        - A pointer to a pointer receives a handle that the caller frees, or a pointer into an
          object of the library.
        - A pointer to a number, or to a struct that is not a handle, receives a value.
        - Functions that cannot fail accept NULL for a handle. A struct of a request may be NULL.
        """
        entry = {"name": name, "type": type_}
        target = re.sub("^const | \\**$", "", type_)
        if not type_.endswith("*"):
            return {**entry, "direction": "in", "nullable": False}
        text = " ".join(doc or [])
        names = [n for n, _ in parameters]
        array = f"{name}[i]" in text or names[names.index(name) + 1 :][:1] == ["count"] and (
            dict(parameters)["count"] == "size_t")  # fmt: skip
        count = {"count": "count"} if array else {}
        handle = target in self.template.opaque or target in self.storage.opaque
        if type_.endswith("**"):
            owner = "library" if type_.startswith("const ") else "caller"
            product = owner == "caller" and name != "error" and doc is not None
            return {**entry, "direction": "out", "nullable": not product, "ownership": owner}
        if type_.startswith("const ") or handle:
            known = target in structs or target == "char"
            fails = returns == "seatbook_code"
            nullable = not array and (known or handle and not fails)
            return {**entry, "direction": "in", "nullable": nullable, **count}
        if target.startswith("struct "):
            return {**entry, "direction": "out", "nullable": False, "ownership": "caller"}
        return {**entry, "direction": "out", "nullable": True, **count}

    # ------------------------------------------------------------------------------- constants

    def constant_values(self):
        """Returns the values of the handwritten constants."""
        values = {"SIZE_MAX": 2**64 - 1}
        for header in self.headers.values():
            for name, text, _ in header.constants:
                values[name] = value_of(text.replace("@VERSION@", self.version), values)
        return values

    def limits(self):
        return [{"name": f"SEATBOOK_{name.upper()}", "value": value, "unit": unit,
                 "doc": " ".join(doc)}
                for name, value, unit, doc in self.comments.limits()]  # fmt: skip

    def constants(self, limits, choices, shapes, structs):
        found = []

        def add(name, value, doc=""):
            found.append({"name": name, "value": value, **without_empty({"doc": doc})})

        for name, _, doc in self.template.constants:
            add(name, self.values[name], " ".join(doc))
        for limit in limits:
            add(limit["name"], limit["value"], limit["doc"])
        for choice in choices:
            for value, number in choice["values"].items():
                add(choice_constant(choice["name"], value), number, choice["docs"].get(value, ""))
        for choice in choices:
            add(f"SEATBOOK_CHOICE_{shouted(choice['name'])}", choice["number"])
        for shape in shapes:
            for at, column in enumerate(shape["columns"]):
                add(column_constant(shape["name"], column["name"]), at)
        for struct in structs:
            for member in struct["members"]:
                if "field" in member:
                    add(member["field"], 1 << member["bit"])
        for name, _, doc in self.storage.constants:
            add(name, self.values[name], " ".join(doc))
        return found

    def common_codes(self):
        """Reads the codes that the comment of all operations lists."""
        text = next(" ".join(c) for c in self.template.comments
                    if any("every operation may fail with" in p for p in c))  # fmt: skip
        text = text[text.index("In addition, every operation may fail") :].partition(". ")[0]
        found = []
        for of, codes in re.findall(r"every (\w[\w ]*?) (?:may fail )?with ([^;]*)", text):
            names = [n for n in self.codes if re.search(rf"{choice_constant('Code', n)}\b", codes)]
            found.append({"of": of, "codes": names})
        return found


def pointer(type_):
    return f"{type_} *" if not type_.endswith("*") else f"{type_}*"


def column_constant(shape, name):
    return f"SEATBOOK_COLUMN_{shouted(shape)}_{name.upper()}"


def value_of(text, values):
    """Computes a constant of C: a text, or a sum of numbers and other constants."""
    if text.startswith('"'):
        return json.loads(text)
    text = re.sub(r"\b[A-Z]\w+\b", lambda match: str(values[match[0]]), text)
    text = re.sub(r"(?<=[0-9])[uUlL]+\b", "", text)
    if not re.fullmatch(r"[-+() \dxa-f]+", text):
        sys.exit(f"not a constant that the generator can compute: {text}")
    return eval(text)  # only digits and signs
