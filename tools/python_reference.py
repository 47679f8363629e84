"""Writes the reference of the Python package from the built module and its stub."""

import ast
import enum
import inspect
import json
import re
import textwrap
from pathlib import Path

import seatbook

# The operations of each section, as the description of the API groups them.
API = Path(__file__).resolve().parents[1] / "capi/seatbook.api.json"
OPERATIONS = {}
for _operation in json.loads(API.read_text("utf-8"))["operations"]:
    OPERATIONS.setdefault(_operation["section"].capitalize(), []).append(_operation["name"])
OPERATIONS["Permissions"].append("at_least")

# A rule number alone is not a description.
WORD = re.compile(r"[A-Za-z]{3}")


def undocumented():
    """Returns the public names without documentation, one line each."""
    missing = []
    for name in seatbook.__all__:
        value = getattr(seatbook, name)
        # Not the inherited docstring.
        own = vars(value).get("__doc__") if isinstance(value, type) else value.__doc__
        if not WORD.search(own or "") and not isinstance(value, (int, str)):
            missing.append(f"seatbook.{name} has no docstring")
    grouped = {name for names in OPERATIONS.values() for name in names}
    methods = {name for name in dir(seatbook.Session) if not name.startswith("_")}
    missing += [f"Session.{name} is in no section" for name in sorted(methods - grouped)]
    missing += [f"Session.{name} does not exist" for name in sorted(grouped - methods)]
    for class_name in ("Book", "Session", "ManualClock", "Progress", "Storage"):
        for member in dir(getattr(seatbook, class_name)):
            if not member.startswith("_") and not text_of(class_name, member):
                missing.append(f"{class_name}.{member} has no docstring")
    for name, kind in vars(seatbook).items():
        if isinstance(kind, type) and name in seatbook.__all__:
            missing += [f"{name}.{member} has no docstring" for member, value in vars(kind).items()
                      if inspect.isgetsetdescriptor(value) and not value.__doc__]
    for name in methods:
        missing += [f"the argument {argument} of Session.{name} has no description"
                  for argument, text in arguments_of(name).items() if not text]
    return missing


def arguments_of(operation):
    """Returns the texts of the arguments of a method of Session by name."""
    return fields_of(text_of("Session", operation))


def fields_of(docstring):
    """Returns the texts of the arguments or enumerators of a docstring by name."""
    return {name: " ".join(text.split()) for paragraph in inspect.cleandoc(docstring).split("\n\n")
            if is_fields(paragraph)
            for name, text in re.findall(r"^(\w+): (.*(?:\n    .*)*)", paragraph, re.M)}


def without_fields(docstring):
    paragraphs = inspect.cleandoc(docstring).split("\n\n")
    return "\n\n".join(each for each in paragraphs if not is_fields(each))


def is_fields(paragraph):
    """Returns whether each line of a paragraph begins with a name, or continues the line above."""
    return all(re.match(r"[a-z]\w*: |    ", line) for line in paragraph.splitlines())


def text_of(class_name, member):
    return getattr(getattr(seatbook, class_name), member).__doc__ or ""


def pages(package):
    """Returns the files of the reference by name."""
    stub = Stub(ast.parse((package / "_core.pyi").read_text("utf-8")))
    records, lists, enums, errors, others = [], [], [], [], []
    kinds = {"Book", "Session", "ManualClock", "Progress", "Storage", "open"}
    for name in seatbook.__all__:
        value = getattr(seatbook, name)
        if name in kinds:
            continue
        if isinstance(value, type) and issubclass(value, seatbook.Error):
            errors.append(name)
        elif isinstance(value, type) and issubclass(value, enum.Enum):
            enums.append(name)
        elif name in stub.classes and name.endswith("Rows"):
            lists.append(name)
        elif name in stub.classes:
            records.append(name)
        else:
            others.append(name)
    result = {
        "book.rst": book_page(stub),
        "session.rst": session_page(stub),
        "records.rst": titled("Records", "Immutable, compared by value. A record can be passed "
                              "wherever its id is expected.",
                              *(class_with_members(stub, name) for name in records)),
        "lists.rst": titled("Lists", "Sequences that create each record on access.",
                            *(class_with_members(stub, name) for name in lists)),
        "errors.rst": titled("Errors", "One class per code, derived from the matching built-in "
                             "exception.",
                             *map(error, errors)),
        "enums.rst": titled("Enumerations", "Calls also accept the names: ``role=\"it_admin\"``.",
                            *map(enumeration, enums)),
        "others.rst": titled("Ids and helpers", "", *map(other, others)),
    }
    # The index begins with the docstring of the module.
    contents = "".join(f"   {name.removesuffix('.rst')}\n" for name in result)
    index = titled("The Python package", "", rst(seatbook.__doc__ or ""),
                   f".. toctree::\n   :maxdepth: 1\n\n{contents}")
    return {"index.rst": index, **result}


class Stub:
    """The members of each class, with their types, from the stub."""

    def __init__(self, tree):
        self.classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        self.functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}

    def properties(self, name):
        for node in self.classes[name].body:
            if isinstance(node, ast.FunctionDef) and any(
                getattr(decorator, "id", "") == "property" for decorator in node.decorator_list
            ):
                yield node.name, ast.unparse(node.returns)

    def methods(self, name):
        for node in self.classes[name].body:
            if isinstance(node, ast.FunctionDef) and not node.decorator_list:
                yield node.name, signature(node)


def signature(node):
    """Returns the signature in the stub, without self."""
    if node.args.args and node.args.args[0].arg == "self":
        node.args.args.pop(0)
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    # EllipsisType is only the default of omitted arguments.
    for argument in node.args.kwonlyargs:
        kind = re.sub(r"^Union\[(.*), EllipsisType\]$", r"\1", ast.unparse(argument.annotation))
        argument.annotation = ast.Name(kind)
    return f"({ast.unparse(node.args)}){returned}"


def book_page(stub):
    function = stub.functions["open"]
    parts = [described(f".. py:function:: open{signature(function)}", seatbook.open.__doc__)]
    parts.append(class_with_members(stub, "Book"))
    parts += [class_with_members(stub, name) for name in ("ManualClock", "Progress")]
    storage = [described(f".. py:method:: {name}{inspect.signature(value)}".replace("(self, ", "(")
                         .replace("(self)", "()"), value.__doc__)
               for name, value in vars(seatbook.Storage).items()
               if inspect.isfunction(value) and not name.startswith("_")]
    parts.append(described(".. py:class:: Storage", seatbook.Storage.__doc__, *storage))
    return titled("Books", "Opening and closing books, and their storages.", *parts)


def class_with_members(stub, name):
    members = [described(f".. py:property:: {member}\n   :type: {kind}", text_of(name, member))
               for member, kind in stub.properties(name)]
    members += [described(f".. py:method:: {member}{arguments}", text_of(name, member))
                for member, arguments in stub.methods(name) if not member.startswith("_")]
    new = dict(stub.methods(name)).get("__new__", "").partition(" -> ")[0]
    new = re.sub(r"^\(cls(, )?", "(", new)
    return described(f".. py:class:: {name}{new}", getattr(seatbook, name).__doc__, *members)


def session_page(stub):
    methods = dict(stub.methods("Session"))
    parts = [rst(seatbook.Session.__doc__)]
    for title, names in OPERATIONS.items():
        parts.append(heading(title, "-"))
        for name in names:
            text = without_fields(text_of("Session", name))
            fields = [f":param {argument}: {prose(of)}" for argument, of in arguments_of(name).items()]
            parts.append(described(f".. py:method:: Session.{name}{methods[name]}", text,
                                   "\n".join(fields)))
    return titled("Sessions", "", ".. py:class:: Session\n   :noindex:", *parts)


def enumeration(name):
    kind = getattr(seatbook, name)
    texts = fields_of(kind.__doc__)
    members = [described(f".. py:attribute:: {member.name}\n   :value: {int(member)}",
                         texts.get(member.name, "")) for member in kind]
    return described(f".. py:class:: {name}", without_fields(kind.__doc__), *members)


def error(name):
    kind = getattr(seatbook, name)
    bases = ", ".join(f"``{base.__name__}``" for base in kind.__bases__ if base is not Exception)
    return described(f".. py:exception:: {name}", kind.__doc__,
                     after=f"Bases: {bases}" if bases else "")


def other(name):
    value = getattr(seatbook, name)
    if isinstance(value, type):
        return described(f".. py:class:: {name}", value.__doc__)
    if callable(value):
        return described(f".. py:function:: {name}{inspect.signature(value)}", value.__doc__)
    return described(f".. py:data:: {name}\n   :value: {value!r}", "")


def titled(title, text, *parts):
    module = ".. py:currentmodule:: seatbook"
    return "\n\n".join([heading(title, "="), module, *filter(None, [text, *parts])]) + "\n"


def heading(title, line):
    return f"{title}\n{line * len(title)}"


def described(directive, text, *members, after=""):
    parts = [rst(text or ""), after, *members]
    body = "\n\n".join(part for part in parts if part)
    return directive + ("\n\n" + textwrap.indent(body, "   ") if body else "")


def rst(text):
    """Converts a docstring to reStructuredText: prose with `code`, lists, literal blocks."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text))
    done = []
    for paragraph in paragraphs:
        lines = paragraph.splitlines()
        is_literal = any(line.startswith("  ") or re.search(r"\S {2,}\S", line) for line in lines)
        if is_literal and not paragraph.startswith("- "):
            done.append("::\n\n" + textwrap.indent(textwrap.dedent(paragraph), "   "))
        else:
            done.append(prose(paragraph))
    return "\n\n".join(done)


def prose(paragraph):
    """Formats `code`, and escapes other markup: a name can end in an underscore."""
    parts = re.split(r"(`+[^`]+`+)", paragraph)
    for at, part in enumerate(parts):
        if at % 2:
            parts[at] = f"``{part.strip('`')}``"
        else:
            parts[at] = re.sub(r"([\\*_|])", r"\\\1", part)
    return "".join(parts)
