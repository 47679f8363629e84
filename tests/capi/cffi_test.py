#!/usr/bin/env python3
"""Loads the preprocessed header in cffi and calls the library.

    cffi_test.py LIBRARY CC
"""

import json
import subprocess
import sys
import unittest
from pathlib import Path

import cffi

PROJECT = Path(__file__).resolve().parents[2]
LIBRARY = CC = None
NONE = -(2**53 - 1)


def load(*names):
    ffi = cffi.FFI()
    for name in names:
        run = subprocess.run(
            [CC, "-std=c99", "-E", "-P", "-DSEATBOOK_API=", PROJECT / "capi/include" / name],
            check=True, capture_output=True, text=True)  # fmt: skip
        ffi.cdef(run.stdout)
    return ffi, ffi.dlopen(LIBRARY)


class CffiTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ffi, cls.library = load("seatbook.h")
        cls.described = json.loads((PROJECT / "capi/seatbook.api.json").read_text("utf-8"))

    def text(self, words):
        data = self.ffi.from_buffer(words.encode("utf-8"))
        self.kept.append(data)
        return {"data": self.ffi.cast("const char *", data), "size": len(data)}

    def request(self, operation, /, **members):
        described = next(o for o in self.described["operations"] if o["name"] == operation)
        return self.struct(described["request"], **members)

    def struct(self, c_name, /, **members):
        described = next(s for s in self.described["structs"] if s["name"] == c_name)
        request = self.ffi.new(f"{c_name} *")
        request.struct_size = self.ffi.sizeof(c_name)
        for member in described["members"]:
            if member["name"] in members:
                value = members.pop(member["name"])
                if isinstance(value, str):
                    value = self.text(value)
                setattr(request, member["name"], value)
                request.fields |= 1 << member["bit"]
        self.assertEqual(members, {})
        return request

    def setUp(self):
        self.kept = []
        out = self.ffi.new("seatbook_book **")
        self.assertEqual(
            self.library.seatbook_open(self.ffi.NULL, 0, self.ffi.NULL, out, self.ffi.NULL), 0)
        self.book = out[0]
        out = self.ffi.new("seatbook_session **")
        actor = self.struct("seatbook_actor", actor="cffi",
                            role=self.library.SEATBOOK_ROLE_SUPER_ADMIN)  # fmt: skip
        self.assertEqual(
            self.library.seatbook_session_open(self.book, actor, out, self.ffi.NULL), 0)
        self.session = out[0]

    def tearDown(self):
        self.library.seatbook_session_free(self.session)
        self.library.seatbook_book_free(self.book)

    def call(self, operation, /, **members):
        """Returns the id in the result of a command, or the code that it fails with."""
        out, error = self.ffi.new("uint64_t *"), self.ffi.new("seatbook_error **")
        code = getattr(self.library, f"seatbook_{operation}")(
            self.session, self.request(operation, **members), out, self.ffi.NULL, error)  # fmt: skip
        if code == 0:
            return out[0]
        name = self.ffi.string(
            self.library.seatbook_choice_name(self.library.SEATBOOK_CHOICE_CODE, code))
        self.library.seatbook_error_free(error[0])
        return name.decode()

    def test_structs_have_the_described_sizes(self):
        for struct in self.described["structs"]:
            self.assertEqual(self.ffi.sizeof(struct["name"]), struct["size"])
            for member in struct["members"]:
                self.assertEqual(self.ffi.offsetof(struct["name"], member["name"]),
                                 member["offset"])  # fmt: skip

    def test_constants_have_the_described_values(self):
        for constant in self.described["constants"]:
            if hasattr(self.library, constant["name"]):  # -E removes macros
                self.assertEqual(getattr(self.library, constant["name"]), constant["value"])

    def test_every_described_function_is_exported(self):
        for function in self.described["functions"]:
            if not function["name"].startswith(("seatbook_row_sink", "seatbook_batch",
                                                "seatbook_failure", "seatbook_table",
                                                "seatbook_storage_new")):  # fmt: skip
                getattr(self.library, function["name"])

    def test_commands_queries_and_columns(self):
        ada = self.call("add_person", name="Ada")
        license = self.call("add_license", name="Inkwell", owner=ada, total_seats=1)
        self.assertEqual(self.call("assign", license=license, person=ada), 1)
        self.assertEqual(self.call("assign", license=license, person=ada), "already_assigned")
        for name in ("Bo", "Ça"):
            self.call("add_person", name=name)
        result = self.ffi.new("seatbook_rows **")
        code = self.library.seatbook_people(self.session, self.ffi.NULL, result, self.ffi.NULL)
        self.assertEqual(code, 0)
        rows, column = result[0], self.library.SEATBOOK_COLUMN_PERSON_NAME
        count = self.library.seatbook_rows_count(rows)
        size = self.ffi.new("size_t *")
        data = self.library.seatbook_rows_bytes(rows, column, size)
        texts = bytes(self.ffi.buffer(data, size[0]))
        offsets = list(self.library.seatbook_rows_offsets(rows, column)[0 : count + 1])
        names = [texts[a : b - 1].decode() for a, b in zip(offsets, offsets[1:])]
        self.assertEqual(names, ["Ada", "Bo", "Ça"])
        numbers = self.library.seatbook_rows_numbers(rows, self.library.SEATBOOK_COLUMN_PERSON_ID)
        self.assertEqual(list(numbers[0:count]), [1, 2, 3])
        self.assertEqual(self.library.seatbook_rows_number(rows, 9, 0), NONE)
        self.library.seatbook_rows_free(rows)

    def test_storage_implemented_in_python(self):
        ffi, library = load("seatbook_storage.h")
        rows, state = {}, {"version": 0, "destroyed": 0}

        @ffi.callback("seatbook_code(void *, uint64_t, seatbook_row_sink *, uint64_t *, seatbook_failure *)")
        def read(_self, after, sink, version, _failure):
            for (table, key), (written, data) in rows.items():
                if written > after:
                    code = library.seatbook_row_sink_put(sink, table, key, written, data, len(data))
                    if code:
                        return code
            version[0] = state["version"]
            return 0

        @ffi.callback("seatbook_code(void *, const seatbook_batch *, seatbook_failure *)")
        def append(_self, batch, _failure):
            if library.seatbook_batch_base(batch) != state["version"]:
                return library.SEATBOOK_CONFLICT
            state["version"] += 1
            table, key = ffi.new("seatbook_table *"), ffi.new("uint64_t *")
            data, size = ffi.new("const char **"), ffi.new("size_t *")
            for row in range(library.seatbook_batch_count(batch)):
                library.seatbook_batch_row(batch, row, table, key, data, size)
                rows[table[0], key[0]] = state["version"], bytes(ffi.buffer(data[0], size[0]))
            return 0

        @ffi.callback("seatbook_code(void *, const uint8_t *, uint64_t *, seatbook_failure *)")
        def find(_self, _token, version, _failure):
            version[0] = 0
            return 0

        @ffi.callback("void(void *)")
        def destroy(_self):
            state["destroyed"] += 1

        table = ffi.new("seatbook_storage_callbacks *")
        table.struct_size = ffi.sizeof(table[0])
        table.read, table.append, table.find, table.destroy = read, append, find, destroy
        storage, book = ffi.new("seatbook_storage **"), ffi.new("seatbook_book **")
        self.assertEqual(library.seatbook_storage_new(table, storage, ffi.NULL), 0)
        self.assertEqual(library.seatbook_book_open(storage[0], ffi.NULL, book, ffi.NULL), 0)
        session = ffi.new("seatbook_session **")
        actor = ffi.new("seatbook_actor *")
        name = ffi.from_buffer(b"python")
        actor.struct_size, actor.fields = ffi.sizeof(actor[0]), 0x5
        actor.actor.data, actor.actor.size = ffi.cast("const char *", name), len(name)
        self.assertEqual(library.seatbook_session_open(book[0], actor, session, ffi.NULL), 0)
        person = ffi.new("seatbook_add_person_request *")
        person.struct_size, person.fields = ffi.sizeof(person[0]), 0x1
        person.name.data, person.name.size = ffi.cast("const char *", name), len(name)
        self.assertEqual(
            library.seatbook_add_person(session[0], person, ffi.NULL, ffi.NULL, ffi.NULL), 0)
        self.assertEqual(state["version"], 1)
        self.assertIn((library.SEATBOOK_TABLE_PEOPLE, 1), rows)
        library.seatbook_session_free(session[0])
        library.seatbook_book_free(book[0])
        library.seatbook_storage_free(storage[0])
        self.assertEqual(state["destroyed"], 1)


if __name__ == "__main__":
    LIBRARY, CC = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
