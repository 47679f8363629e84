#!/usr/bin/env python3
"""Tests lists as Arrow columns, read through the Arrow C interfaces."""

import ctypes
import gc
import unittest
from decimal import Decimal

from support import NOON, BookTest


class Schema(ctypes.Structure):
    pass


Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(Schema))),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(Schema))),
    ("private_data", ctypes.c_void_p),
]


class Array(ctypes.Structure):
    pass


Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(Array))),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(Array))),
    ("private_data", ctypes.c_void_p),
]


class Stream(ctypes.Structure):
    pass


Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Stream), ctypes.POINTER(Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Stream), ctypes.POINTER(Array))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(Stream))),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(Stream))),
    ("private_data", ctypes.c_void_p),
]

pointer_in = ctypes.pythonapi.PyCapsule_GetPointer
pointer_in.restype = ctypes.c_void_p
pointer_in.argtypes = [ctypes.py_object, ctypes.c_char_p]


def bit(buffer, at):
    return ctypes.string_at(buffer + at // 8, 1)[0] >> at % 8 & 1


def value(kind, array, at):
    buffers = array.buffers
    if not bit(buffers[0], at):
        return None
    if kind == "b":
        return bool(bit(buffers[1], at))
    if kind == "U":
        offsets = ctypes.cast(buffers[1], ctypes.POINTER(ctypes.c_int64))
        begin, end = offsets[at], offsets[at + 1]
        return ctypes.string_at(buffers[2] + begin, end - begin).decode()
    width = {"tdD": 4, "d:38,4": 16}.get(kind, 8)
    data = ctypes.string_at(buffers[1] + at * width, width)
    number = int.from_bytes(data, "little", signed=kind != "L")
    return Decimal(number).scaleb(-4) if kind == "d:38,4" else number


def columns_of(rows):
    """Returns {name: (format, values)} and releases the stream."""
    capsule = rows.__arrow_c_stream__()
    stream = Stream.from_address(pointer_in(capsule, b"arrow_array_stream"))
    schema, array, end = Schema(), Array(), Array()
    assert stream.get_schema(stream, schema) == 0
    assert stream.get_next(stream, array) == 0
    assert stream.get_next(stream, end) == 0 and not end.release, "one batch, then the end"
    assert schema.format == b"+s" and schema.n_children == array.n_children
    result = {}
    for number in range(schema.n_children):
        column, values = schema.children[number].contents, array.children[number].contents
        kind = column.format.decode()
        assert values.length == array.length
        read = [value(kind, values, at) for at in range(values.length)]
        assert values.null_count == read.count(None)
        result[column.name.decode()] = (kind, read)
    for part in (array, schema, stream):
        part.release(part)
        assert not part.release
    return result


class ArrowTest(BookTest):
    def test_every_kind_of_value(self):
        self.desk.add_license(
            name="Größer – 東京",
            total_seats=None,
            owner=self.ada,
            cost_per_seat="12.5801",
            currency="EUR",
            renewal_date="2027-02-28",
        )
        columns = columns_of(self.desk.licenses())
        self.assertEqual(list(columns), list(self.desk.licenses().columns))
        self.assertEqual(columns["id"], ("L", [1, 2]))
        self.assertEqual(columns["name"], ("U", ["Figma", "Größer – 東京"]))
        self.assertEqual(columns["vendor"], ("U", ["", ""]))
        self.assertEqual(columns["total_seats"], ("L", [3, None]))
        self.assertEqual(columns["policy"], ("U", ["enforce", "enforce"]))
        self.assertEqual(columns["backup_owner"], ("L", [None, None]))
        self.assertEqual(columns["cost_per_seat"], ("d:38,4", [None, Decimal("12.5801")]))
        self.assertEqual(columns["renewal_date"], ("tdD", [None, 20877]))

    def test_times_and_flags(self):
        self.desk.assign(self.figma, self.ada)
        columns = columns_of(self.desk.seat_list(self.figma))
        self.assertEqual(columns["assigned_at"], ("tsu:UTC", [int(NOON.timestamp()) * 1_000_000]))
        self.assertEqual(columns["last_used_at"], ("tsu:UTC", [None]))
        self.assertEqual(columns["archived"], ("b", [False]))
        self.assertEqual(columns["inactive"], ("b", [True]))

    def test_more_rows_than_a_byte_has_bits(self):
        for number in range(20):
            self.desk.add_person(name=f"P{number}")
        people = self.desk.people()
        self.assertEqual(columns_of(people)["name"][1], [person.name for person in people])
        self.assertEqual(columns_of(people[3:17])["id"][1], list(range(4, 18)))
        self.assertEqual(columns_of(people[5:5])["id"], ("L", []))

    def test_nested_records_are_columns_with_their_name_as_prefix(self):
        columns = columns_of(self.desk.history())
        self.assertEqual(columns["row_kind"][1], ["person_added", "license_added"])
        self.assertEqual(columns["row_license"][1], [None, 1])
        self.assertEqual(columns["texts_name_after"][1], ["Ada", "Figma"])

    def test_a_stream_outlives_its_list_and_book(self):
        capsule = self.desk.people().__arrow_c_stream__()
        self.book.close()
        gc.collect()
        stream = Stream.from_address(pointer_in(capsule, b"arrow_array_stream"))
        array = Array()
        self.assertEqual(stream.get_next(stream, array), 0)
        self.assertEqual(array.length, 1)
        array.release(array)
        del capsule  # releases the stream
        gc.collect()

    def test_every_list_has_columns(self):
        desk = self.desk
        seat = desk.assign(self.figma, self.ada)
        desk.archive_person(self.ada)
        for rows in (
            desk.people(), desk.licenses(), desk.license_seats(self.figma), desk.history(),
            desk.my_software(self.ada), desk.assignable_people(), desk.needs_review(),
            desk.archived_owners(), desk.roster(self.figma), desk.utilization(),
            desk.reclaim_candidates(inactive_days=0), desk.renewals_due("2030-01-01"),
            desk.holders_at(self.figma, NOON), desk.usage_over_time(), desk.offboarding_times(),
            desk.events_after(0), desk.notifications_after(0),
        ):  # fmt: skip
            columns = columns_of(rows)
            self.assertTrue(columns)
            for _, values in columns.values():
                self.assertEqual(len(values), len(rows))
        desk.revoke(seat)


if __name__ == "__main__":
    unittest.main()
