"""A complete binding: every operation of Seatbook in Python, with ctypes and seatbook.api.json.

    binding.py LIBRARY
"""

import ctypes
import json
import pathlib
import sys

API = json.loads(pathlib.Path(__file__).parents[1].joinpath("seatbook.api.json").read_text("utf-8"))
STRUCTS = {struct["name"]: struct for struct in API["structs"]}
CHOICES = {choice["name"]: choice for choice in API["choices"]}

lib = ctypes.CDLL(sys.argv[1])
for name in ("error_message", "error_field", "rows_column_name", "rows_text", "choice_name"):
    getattr(lib, f"seatbook_{name}").restype = ctypes.c_char_p
for name in ("rows_number", "error_index"):
    getattr(lib, f"seatbook_{name}").restype = ctypes.c_int64
for name in ("rows_count", "rows_offsets", "rows_list"):
    getattr(lib, f"seatbook_{name}").restype = ctypes.c_void_p


# example: errors
class Error(Exception):
    """The error of a call that failed."""

    def __init__(self, code, error):
        super().__init__(lib.seatbook_error_message(error).decode())
        self.code = lib.seatbook_choice_name(CHOICES["Code"]["number"], code).decode()
        self.field = lib.seatbook_error_field(error).decode()
        lib.seatbook_error_free(error)


def checked(function, *arguments):
    """Calls a function with an error object as the last argument."""
    error = ctypes.c_void_p()
    code = function(*arguments, ctypes.byref(error))
    if code:
        raise Error(code, error)
# end of example


# example: requests
def packed(name, members, keep):
    """Returns a struct of C: each member at its offset, and its bit in `fields`."""
    struct = STRUCTS[name]
    memory = ctypes.create_string_buffer(struct["size"])
    fields = 0

    def put(offset, size, number):
        memory[offset : offset + size] = (number & (1 << 8 * size) - 1).to_bytes(size, "little")

    put(0, 8, struct["size"])
    for member in struct["members"]:
        if members.get(member["name"]) is None:
            continue
        value, kind = members[member["name"]], member["type"].split()
        fields |= 1 << member["bit"]
        if kind[-1] == "text":
            data = value.encode()
            keep.append(data)
            put(member["offset"], 8, ctypes.cast(data, ctypes.c_void_p).value)
            put(member["offset"] + 8, 8, len(data))
        elif "choice" in kind:
            put(member["offset"], 4, CHOICES[kind[-1]]["values"][value])
        else:  # ids, numbers, flags; lists, days and amounts are left as an exercise
            put(member["offset"], member["size"], int(value))
    put(8, 8, fields)
    return memory
# end of example


# example: results
def value(rows, row, column):
    """Returns one cell. A missing value is None; a list is a list of records."""
    if lib.seatbook_rows_is_null(rows, ctypes.c_size_t(row), column):
        return None
    kind = lib.seatbook_rows_column_type(rows, column)
    if kind in (8, 9):  # SEATBOOK_TYPE_MONEY_SUM, SEATBOOK_TYPE_TEXT
        return lib.seatbook_rows_text(rows, ctypes.c_size_t(row), column, None).decode()
    if kind == 11:  # SEATBOOK_TYPE_LIST
        inner = ctypes.c_void_p(lib.seatbook_rows_list(rows, column))
        at = ctypes.cast(lib.seatbook_rows_offsets(rows, column), ctypes.POINTER(ctypes.c_uint64))
        return [record(inner, n) for n in range(at[row], at[row + 1])]
    number = lib.seatbook_rows_number(rows, ctypes.c_size_t(row), column)
    if kind == 4:  # SEATBOOK_TYPE_CHOICE
        choice = lib.seatbook_rows_column_choice(rows, column)
        return lib.seatbook_choice_name(choice, number).decode()
    return bool(number) if kind == 3 else number  # SEATBOOK_TYPE_FLAG


def record(rows, row, column=0, end=None, prefix=0):
    """Returns a row as a dictionary. A nested record is a dictionary too."""
    end = lib.seatbook_rows_column_count(rows) if end is None else end
    found = {}
    while column < end:
        name = lib.seatbook_rows_column_name(rows, column).decode()
        members = lib.seatbook_rows_column_members(rows, column)
        if members == 0:
            found[name[prefix:]] = value(rows, row, column)
        elif lib.seatbook_rows_is_null(rows, ctypes.c_size_t(row), column):
            found[name[prefix:]] = None
        else:
            inside = record(rows, row, column + 1, column + 1 + members, len(name) + 1)
            found[name[prefix:]] = inside
        column += 1 + members
    return found
# end of example


# example: operations
class Session:
    """Access to a book on behalf of one actor: desk.assign(license=1, person=2)."""

    def __init__(self, book, **actor):
        self.handle, keep = ctypes.c_void_p(), []
        memory = packed("seatbook_actor", actor, keep)
        checked(lib.seatbook_session_open, book, memory, ctypes.byref(self.handle))

    def _call(self, operation, **members):
        keep, arguments = [], [self.handle]
        if operation["request"]:
            arguments.append(packed(operation["request"], members, keep))
        arguments += [ctypes.c_int64(members[a["name"]]) for a in operation["arguments"]]
        outputs = [ctypes.c_int64() for _ in operation["outputs"]]
        arguments += [ctypes.byref(output) for output in outputs]
        if operation["form"] == "flag":
            return getattr(lib, operation["function"])(*arguments) == 1
        result = ctypes.c_void_p()
        if operation["form"] in ("object", "list"):
            arguments.append(ctypes.byref(result))
        checked(getattr(lib, operation["function"]), *arguments)
        if operation["form"] == "nothing":
            return None
        if operation["form"] == "value":
            none = operation["outputs"][0].get("none")
            return None if outputs[0].value == none else outputs[0].value
        try:
            rows = [record(result, row) for row in range(lib.seatbook_rows_count(result))]
            return rows if operation["form"] == "list" else rows[0]
        finally:
            lib.seatbook_rows_free(result)


for each in API["operations"]:
    setattr(Session, each["name"], lambda self, _each=each, **m: self._call(_each, **m))
# end of example


if __name__ == "__main__":
    book = ctypes.c_void_p()
    checked(lib.seatbook_open, b":memory:", ctypes.c_size_t(-1), None, ctypes.byref(book))
    desk = Session(book, actor="it-desk", role="it-admin")
    ada = desk.add_person(name="Ada", email="ada@example.com")["person"]
    inkwell = desk.add_license(name="Inkwell", total_seats=1, owner=ada)["license"]
    desk.assign(license=inkwell, person=ada, access_level="Editor")
    try:
        desk.assign(license=inkwell, person=ada)
    except Error as error:
        print(error.code, error.field)
    print(desk.usage(license=inkwell)["text"], desk.needs_review_count())
    print([row["name"] for row in desk.seat_list(license=inkwell)["rows"]])
    print(desk.history(kind="assigned")[0]["actor"]["actor"])
    lib.seatbook_session_free(desk.handle)
    lib.seatbook_book_free(book)
