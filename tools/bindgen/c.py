"""Writes seatbook.h, the C++ code behind it, and the table of operations for the tests in C."""

import json
import textwrap

from description import TEMPLATE, bare, column_constant, text_of
from text import (
    BANNER, choice_constant, member_note, shouted, snake, with_remark, wrapped,
)  # fmt: skip

WIDTH = 100
NOTICE = f"// {BANNER}\n"


def files(described):
    header = Header(described)
    sizes = {struct["name"]: struct["first_size"] for struct in described["structs"]}
    return {
        "capi/abi/first_sizes.json": json.dumps(sizes, indent=2) + "\n",
        "capi/include/seatbook.h": header.text(),
        "capi/src/generated/requests.hpp": requests_code(described),
        "capi/src/generated/operations.cpp": operations_code(described),
        "capi/src/generated/choices.inc": choices_code(described),
        "capi/src/generated/shapes.hpp": shapes_header(described),
        "capi/src/generated/shapes.cpp": shapes_code(described),
        "tests/capi/generated/calls.inc": calls_code(described),
    }


# ---------------------------------------------------------------------------------------- header


def declaration(returns, name, parameters, end=";", start="SEATBOOK_API "):
    """Formats a function declaration of C like clang-format."""
    start = f"{start}{returns} {name}("
    words = [f"{p['type']}{'' if p['type'].endswith('*') else ' '}{p['name']}" for p in parameters]
    text = start + ", ".join(words) + ")" + end
    if len(text) <= WIDTH:
        return text
    indent = len(start)
    if max(map(len, words)) + indent + 1 > WIDTH:
        indent = 4
    lines, line = [], start
    if indent == 4:
        lines, line = [start], "   "
    for at, word in enumerate(words):
        word += "," if at + 1 < len(words) else ")" + end
        if line.endswith("(") or len(line) + 1 + len(word) <= WIDTH:
            line += ("" if line.endswith("(") else " ") + word
        else:
            lines.append(line)
            line = " " * indent + word
    return "\n".join([*lines, line])


def comment(paragraphs, indent=""):
    lines = wrapped(paragraphs, WIDTH - 6 - len(indent))
    text = "\n".join(f"{indent} * {line}".rstrip() for line in lines)
    return f"{indent}/*{text[len(indent) + 2:]} */"


def with_note(line, note, indent="  "):
    """Returns the lines of a declaration with a comment behind or above it."""
    if not note:
        return [line]
    if len(line) + len(note) + 7 <= WIDTH:
        return [f"{line} /* {note} */"]
    return [comment([note], indent), line]


def enum(tag, rows, text=""):
    """Returns an enumeration of (name, value, comment). Its tag is for generators of bindings."""
    lines = [f"{text}enum seatbook_{tag}_values {{"]
    for at, (name, value, note) in enumerate(rows):
        comma = "," if at + 1 < len(rows) else ""
        lines += with_note(f"  {name} = {value}{comma}", note)
    return "\n".join([*lines, "};"])


class Header:
    def __init__(self, described):
        self.described = described
        self.functions = {f["name"]: f for f in described["functions"]}
        self.structs = {s["name"]: s for s in described["structs"]}

    def text(self):
        template = text_of(TEMPLATE)
        parts = {
            "VERSION": self.described["description"][0]["library"],
            "LIMITS": self.limits(),
            "CODES": enum("code", self.values(self.described["choices"][0])),
            "ENUMERATIONS": self.enumerations(),
            "CHOICES": enum("choice", [(f"SEATBOOK_CHOICE_{shouted(c['name'])}", c["number"], "")
                                       for c in self.described["choices"]]),
            "COLUMNS": "\n\n".join(self.columns(s) for s in self.described["shapes"]),
            "OPEN_OPTIONS": self.struct(self.structs["seatbook_open_options"]),
            "ACTOR": self.struct(self.structs["seatbook_actor"]),
            "PARTS": "\n\n".join(self.struct(s) for s in self.described["structs"]
                                 if "of" not in s and f"@{shouted(s['name'][9:])}@" not in template),
            "OPERATIONS": self.operations(),
        }  # fmt: skip
        for name, value in parts.items():
            assert f"@{name}@" in template, name
            template = template.replace(f"@{name}@", value)
        return f"/* {BANNER} */\n{template}"

    def limits(self):
        """An enumerator of C is an int. Larger limits are macros."""
        rows, macros = [], []
        for limit in self.described["limits"]:
            unit = limit["unit"]
            note = f"In {unit}. {limit['doc']}" if limit["doc"] else f"in {unit}"
            if limit["value"] < 2**31:
                rows.append((limit["name"], limit["value"], note))
            else:
                macros.append(f"{comment([note])}\n#define {limit['name']} {limit['value']}")
        return "\n".join([enum("limit", rows), *macros])

    @staticmethod
    def values(choice):
        return [(choice_constant(choice["name"], name), number, choice["docs"].get(name, ""))
                for name, number in choice["values"].items()]  # fmt: skip

    def enumerations(self):
        blocks = []
        for choice in self.described["choices"][1:]:
            text = comment(choice["doc"]) + "\n" if choice["doc"] else ""
            text += f"typedef int32_t {choice['type']};\n"
            blocks.append(enum(snake(choice["name"]), self.values(choice), text))
        return "\n\n".join(blocks)

    def columns(self, shape):
        rows = []
        for at, column in enumerate(shape["columns"]):
            note = "; ".join(filter(None, [column_note(column), column.get("doc")]))
            rows.append((column_constant(shape["name"], column["name"]), at, note))
        text = comment([" ".join([f"Columns of {shape['name']}.", *shape["doc"][:1]]), *shape["doc"][1:]])
        return enum(f"column_{snake(shape['name'])}", rows, text + "\n")

    def struct(self, struct):
        name, members = struct["name"], struct["members"]
        fields = [m for m in members if "field" in m]
        prefix = fields[0]["field"].removesuffix(fields[0]["name"].upper())
        lines = []
        for member in members:
            c, _, array = member["c"].partition("[")
            declared = f"  {c}{'' if c.endswith('*') else ' '}{member['name']}"
            note = {"struct_size": f"sizeof({name})", "fields": f"{prefix}..."}.get(
                member["name"], "0" if member["name"].startswith("reserved_") else note_of(member)
            )
            lines += with_note(f"{declared}{'[' if array else ''}{array};", note)
        zeros = ", ".join(map(zero, members[1:]))
        init = textwrap.wrap(f"{{sizeof({name}), {zeros}}}", WIDTH - 6, break_on_hyphens=False)
        init = " \\\n    ".join(init)
        of = struct.get("of")
        text = comment(struct["doc"] or [f"The arguments of seatbook_{of}()."])
        tag = prefix.removeprefix("SEATBOOK_").removesuffix("_").lower()
        bits = [(m["field"], hex(1 << m["bit"]), "") for m in fields]
        return (f"{text}\ntypedef struct {name} {{\n" + "\n".join(lines) + f"\n}} {name};\n"
                f"#define {name.upper()}_INIT \\\n  {init}\n{enum(tag, bits)}")  # fmt: skip

    def operations(self):
        blocks, section = [], None
        for operation in self.described["operations"]:
            here = operation["section"]
            if here != section:
                section = here
                blocks.append(f"/* {'-' * (WIDTH - 8 - len(here))} {here} */")
            function = self.functions[operation["function"]]
            block = comment(function["doc"]) + "\n" + declaration(
                function["returns"], function["name"], function["parameters"])  # fmt: skip
            if operation["request"]:
                block = self.struct(self.structs[operation["request"]]) + "\n" + block
            blocks.append(block)
        return "\n\n".join(blocks)


def zero(member):
    """Returns the initializer of a member that is not set."""
    if member["c"] == "seatbook_text":
        return "{0, 0}"
    return "{0}" if member["c"].endswith("]") else "0"


def note_of(member):
    """Returns the comment of a member, with what happens if it is not set."""
    note = member_note(member, choice_constant)
    if bare(member.get("type", "")) == "permissions":
        note += ": a set of bits 1 << SEATBOOK_PERMISSION_..."
    return with_remark(note, "required") if member.get("required") else note


def column_note(column):
    note = column["type"]
    if note == "choice":
        note = f"choice: seatbook_{snake(column['choice'])}"
    elif note == "list":
        note = f"list of {column['shape']}"
    elif note == "record":
        note = f"record {column['shape']}"
    if column.get("unlimited"):
        return f"{note}; null: unlimited"
    return note + ("; may be null" if column.get("optional") else "")


# -------------------------------------------------------------------------------------- C++ code


def requests_code(described):
    """Returns the code that converts each struct of C to the struct of C++."""
    out = [NOTICE + "#ifndef SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_\n"
           "#define SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_\n\n"
           '#include <optional>\n\n#include "capi/src/reader.hpp"\n#include "capi/src/storages.hpp"\n\n'
           "namespace seatbook::capi {\n"]  # fmt: skip
    for struct in described["structs"]:
        bits = [1 << m["bit"] for m in struct["members"] if "bit" in m]
        reserved = [f"from.{m['name']} == 0" for m in struct["members"]
                    if m["name"].startswith("reserved_")]  # fmt: skip
        is_zero = f"    return {' && '.join(reserved)};\n" if reserved else (
            "    static_cast<void>(from);\n    return true;\n")  # fmt: skip
        sink = [f"  static constexpr std::uint64_t sink_bit = {hex(1 << m['bit'])};\n"
                for m in struct["members"] if m.get("type") == "sink"]  # fmt: skip
        out.append(f"template <>\nstruct Layout<{struct['name']}> {{\n"
                   f"  static constexpr std::uint64_t known_fields = {hex(sum(bits))};\n"
                   f"  static constexpr std::size_t first_size = {struct['first_size']};\n"
                   f"  static constexpr bool reserved_is_zero(const {struct['name']}& from) {{\n"
                   f"{is_zero}  }}\n{''.join(sink)}}};\n")  # fmt: skip
    out += [reader_code(struct) for struct in described["structs"] if struct["cpp"]]
    options = next(s for s in described["structs"] if s["name"] == "seatbook_open_options")
    cases = "".join(f'  if ((fields & {hex(1 << m["bit"])}) != 0) return "{m["name"]}";\n'
                    for m in options["members"] if "bit" in m)  # fmt: skip
    out.append("/// Returns the name of the first option in a set of bits.\n"
               "inline const char* first_option(std::uint64_t fields) {\n" + cases
               + '  return "fields";\n}\n')  # fmt: skip
    out.append("}  // namespace seatbook::capi\n\n#endif  // SEATBOOK_CAPI_GENERATED_REQUESTS_HPP_\n")
    return "\n".join(out)


def reader_code(struct):
    lines = []
    for member in struct["members"]:
        if "bit" not in member:
            continue
        name, type_ = member["name"], bare(member["type"])
        arguments = f'{hex(1 << member["bit"])}, "{name}", from.{name}'
        if "count" in member:
            arguments += f", from.{member['count']}"
        part = f"{member['part']}." if "part" in member else ""
        if type_ == "sink":
            lines.append(f"  in.sink({arguments});")
        elif type_ == "permissions":
            lines.append(f"  in.permissions({arguments}, to.{name});")
        else:
            verb = "require" if member.get("required") else "read"
            lines.append(f"  in.{verb}({arguments}, to.{part}{name});")
    return (f"inline void read_members(Reader& in, const {struct['name']}& from, {struct['cpp']}& to) {{\n"
            + "\n".join(lines) + "\n}\n")  # fmt: skip


def choices_code(described):
    return NOTICE + "".join(f"&name_of<{choice['name']}>,\n" for choice in described["choices"])


def calls_code(described):
    """Returns the table of operations for the conformance runner."""
    return NOTICE + "".join(f'{{"{o["name"]}", call("{o["name"]}", &{o["function"]})}},\n'
                            for o in described["operations"])  # fmt: skip


def operations_code(described):
    functions = {f["name"]: f for f in described["functions"]}
    structs = {s["name"]: s for s in described["structs"]}
    out = [NOTICE + '#include "capi/src/generated/requests.hpp"\n#include "capi/src/run.hpp"\n'
           '#include "seatbook.h"\n\nusing namespace seatbook;        // NOLINT\n'
           "using namespace seatbook::capi;  // NOLINT\n\nextern \"C\" {\n"]  # fmt: skip
    for operation in described["operations"]:
        function = functions[operation["function"]]
        head = declaration(function["returns"], function["name"], function["parameters"],
                           end=" {", start="")  # fmt: skip
        cpp = structs[operation["request"]]["cpp"] if operation["request"] else None
        out.append(f"{head}\n{operation_body(operation, cpp)}}}\n")
    out.append('}  // extern "C"\n')
    return "\n".join(out)


def operation_body(operation, cpp):
    """`cpp` is the struct of the request in C++; "" if C++ takes its members as arguments."""
    name, method, form = operation["name"], f"&Session::{operation['name']}", operation["form"]
    arguments = ", ".join(map(argument_code, operation["arguments"]))
    call = f"on.{name}({arguments})"
    if form == "flag":
        return ("  return yes_or_no(session, [&](const Session& on) {\n"
                f"    return {call};\n  }});\n")  # fmt: skip
    puts = " ".join(f"put({o['name']}, in_c(value{'.' + o['member'] if 'member' in o else ''}));"
                    for o in operation["outputs"])  # fmt: skip
    put = f"[&](const auto& value) {{ {puts} }}" if puts else "nothing_else"
    result = "result, " if operation["shape"] else ""
    if cpp is None:
        more = "" if form == "nothing" else f", {put}"
        return ("  return run(session, error, [&](const Session& on) {\n"
                f"    return finish({call}, {result}error{more});\n  }});\n")  # fmt: skip
    if operation["kind"] == "file":
        return f"  return file<{cpp}>(session, request, result, error, {method});\n"
    if not cpp:
        verb = "query_of_license" if form == "value" else "rows_of_license"
    elif form == "value":
        verb = f"value<{cpp}>"
    else:
        verb = f"{operation['kind']}<{cpp}>"
    more = "" if verb == "rows_of_license" else f",\n      {put}"
    return f"  return {verb}(session, request, {result}error, {method}{more});\n"


def argument_code(argument):
    word, _, rest = argument["type"].partition(" ")
    name = argument["name"]
    if word == "id":
        return f"{rest.capitalize()}Id({name})"
    if word == "time":
        return f"Timestamp{{{name}}}"
    if word == "number":
        return f"Seq({name})"
    return f"choice<{rest}>({name})" if word == "choice" else name


def shapes_code(described):
    out = [NOTICE + '#include "capi/src/generated/shapes.hpp"\n\nnamespace seatbook::capi {\nnamespace {\n']
    for shape in described["shapes"]:
        rows = ",\n".join(
            f'    {{"{c["name"]}", SEATBOOK_TYPE_{c["type"].upper()}, '
            f"{'SEATBOOK_CHOICE_' + shouted(c['choice']) if 'choice' in c else 0}, "
            f"{c.get('members', 0)}}}"
            for c in shape["columns"])  # fmt: skip
        out.append(f"constexpr ColumnShape {snake(shape['name'])}_columns[] = {{\n{rows}}};\n")
    out.append("}  // namespace\n")
    out += [f"template <>\nconst Shape ShapeOf<{s['cpp']}>::shape = {{\"{s['name']}\", "
            f"{snake(s['name'])}_columns, {len(s['columns'])}}};"
            for s in described["shapes"]]  # fmt: skip
    out.append("\n}  // namespace seatbook::capi\n")
    return "\n".join(out)


def shapes_header(described):
    lines = [NOTICE + "#ifndef SEATBOOK_CAPI_GENERATED_SHAPES_HPP_\n"
             "#define SEATBOOK_CAPI_GENERATED_SHAPES_HPP_\n\n"
             '#include "capi/src/members.hpp"\n#include "capi/src/shapes.hpp"\n\n'
             "namespace seatbook::capi {\n"]  # fmt: skip
    lines += [f"template <>\nconst Shape ShapeOf<{s['cpp']}>::shape;" for s in described["shapes"]]
    lines.append("\n}  // namespace seatbook::capi\n\n"
                 "#endif  // SEATBOOK_CAPI_GENERATED_SHAPES_HPP_\n")  # fmt: skip
    return "\n".join(lines)
