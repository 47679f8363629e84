#!/usr/bin/env python3
"""Tests exports and imports."""

import contextvars
import io
import pathlib
import signal
import threading
import unittest
import weakref
from decimal import Decimal

import seatbook
from seatbook import Code
from support import BookTest


class Exports(BookTest):
    def setUp(self):
        super().setUp()
        self.desk.assign(self.figma, self.ada, access_level="Editor", cost_override="12.5")

    def test_without_a_sink_the_report_has_the_file(self):
        report = self.desk.export_roster(self.figma)
        self.assertEqual(
            report.csv,
            b"Name,Email,Role,Date Added,Date Removed\r\n"
            b"Ada,ada@example.com,Editor,2026-03-01,\r\n",
        )
        self.assertEqual((report.rows, report.bytes), (1, len(report.csv)))
        self.assertEqual(report.version, self.book.version)
        self.assertEqual(report, self.desk.export_roster(self.figma))
        self.assertEqual(hash(report), hash(self.desk.export_roster(self.figma)))
        self.assertNotEqual(report, self.desk.export_roster(self.figma, byte_order_mark=True))

    def test_options(self):
        report = self.desk.export_roster(
            self.figma, include_cost=True, profile=seatbook.CsvProfile.exact, byte_order_mark=True
        )
        self.assertTrue(report.csv.startswith(b"\xef\xbb\xbfName,"))
        self.assertIn(b"2026-03-01T12:00:00Z,,12.50", report.csv)
        later = self.desk.export_roster(self.figma, utc_offset_minutes=13 * 60)
        self.assertIn(b"2026-03-02", later.csv)

    def test_writes_to_a_file_or_a_callable(self):
        for export in (
            lambda **options: self.desk.export_roster(self.figma, **options),
            lambda **options: self.desk.export_seat_list(self.figma, sort="user", **options),
            lambda **options: self.desk.export_history(newest_first=True, **options),
        ):
            expected = export().csv
            file = io.BytesIO()
            report = export(to=file)
            self.assertIsNone(report.csv)
            self.assertEqual(file.getvalue(), expected)
            self.assertEqual(report.bytes, len(expected))
            parts = []
            export(to=parts.append)
            self.assertEqual(b"".join(parts), expected)
            self.assertEqual({type(each) for each in parts}, {bytes})
            path = pathlib.Path(self.path("file.csv"))
            with path.open("wb") as real:
                export(to=real)
            self.assertEqual(path.read_bytes(), expected)

    def test_false_from_the_sink_cancels(self):
        with self.assertRaises(seatbook.CancelledError):
            self.desk.export_roster(self.figma, to=lambda _bytes: False)
        for result in (True, None, 0):
            self.desk.export_roster(self.figma, to=lambda _bytes, result=result: result)

    def test_exceptions_of_the_sink_are_reraised(self):
        class Full(Exception):
            pass

        full = Full("disk")

        def sink(_bytes):
            raise full

        with self.assertRaises(Full) as caught:
            self.desk.export_roster(self.figma, to=sink)
        self.assertIs(caught.exception, full)
        with self.assertRaises(TypeError):
            self.desk.export_roster(self.figma, to=io.StringIO())
        with self.assertRaises(TypeError):
            self.desk.export_roster(self.figma, to=17)
        self.assertEqual(self.desk.export_roster(self.figma).rows, 1)

    def test_a_sink_can_use_the_book(self):
        def sink(_bytes):
            self.desk.add_person(name="Grace")

        self.desk.export_roster(self.figma, to=sink)
        self.assertEqual(len(self.desk.people()), 2)


class Imports(BookTest):
    CSV = "Name,Email\nGrace,grace@example.com\nJosé,jose@example.com\n,\n"

    def test_text_and_bytes(self):
        for csv in (self.CSV, self.CSV.encode(), b"\xef\xbb\xbf" + self.CSV.encode()):
            report = self.desk.import_people(csv=csv, dry_run=True)
            self.assertEqual((report.rows, report.added, report.empty_rows), (2, 2, 1))
            self.assertTrue(report.dry_run)
        self.desk.import_people(csv=self.CSV)
        self.assertEqual([each.name for each in self.desk.people()], ["Ada", "Grace", "José"])
        for wrong in (1, None, io.BytesIO(b"Name\n"), ["Name"]):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.import_people(csv=wrong)

    def test_any_bytes(self):
        csv = b"Name,Email\nGrace,grace@example.com\n"
        for given in (bytearray(csv), memoryview(csv), memoryview(bytearray(csv)),
                      memoryview(b"".join(bytes([c, 0]) for c in csv))[::2]):  # fmt: skip
            with self.subTest(given=given):
                self.assertEqual(self.desk.import_people(csv=given, dry_run=True).added, 1)

        def change(_done, _all):  # the call has copied the buffer
            growing.clear()

        growing = bytearray(csv)
        self.assertEqual(self.desk.import_people(csv=growing, progress=change).added, 1)
        for wrong in (None, 17, [csv]):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.import_people(csv=wrong)

    def test_columns(self):
        csv = "Full name;Mail\nGrace;grace@example.com\n"
        for columns in (
            {"name": "Full name", "email": "Mail"},
            seatbook.PeopleColumns(name="Full name", email="Mail"),
        ):
            report = self.desk.import_people(csv=csv, columns=columns, dry_run=True)
            self.assertEqual(report.added, 1)
        with self.assertRaises(seatbook.ColumnMissingError):
            self.desk.import_people(csv=csv, columns=None)
        licenses = self.desk.import_licenses(
            csv="Product,Cost\nJira,$7.75\n",
            columns=seatbook.LicenseColumns(name="Product", cost_per_seat="Cost"),
            currency_sign="$", default_currency="USD", default_owner=self.ada,
        )  # fmt: skip
        self.assertEqual(licenses.added, 1)
        self.assertEqual(self.desk.licenses()[1].cost_per_seat, Decimal("7.75"))

    def test_errors_of_a_file(self):
        error = self.assert_refused(
            Code.invalid_file_encoding, "csv", self.desk.import_people, csv=b"Name\nA\xff\n"
        )
        self.assertEqual(error.values, (2, 7 - 1))
        self.assertIsInstance(error, ValueError)
        self.assert_refused(
            Code.invalid_text, "csv", self.desk.import_people, csv="Name\nA\udcff\n"
        )
        self.assert_refused(Code.header_missing, "csv", self.desk.import_people, csv="")
        self.assert_refused(
            Code.file_too_large, "csv", self.desk.import_people, csv=b"x" * (5 * 2**20 + 1)
        )

    def test_larger_files(self):
        csv = b"Name,Note\n" + (b"x," + b"y" * 97 + b"\n") * 53_000
        self.assert_refused(Code.file_too_large, "csv", self.desk.import_people, csv=csv)
        for imports in (self.desk.import_people, self.desk.import_licenses):
            self.assert_refused(Code.invalid_argument, "max_bytes", imports, csv="", max_bytes=0)
        report = self.desk.import_people(csv=csv, dry_run=True, max_bytes=len(csv))
        self.assertEqual(report.added, 53_000)
        report = self.desk.import_licenses(
            csv=csv, dry_run=True, default_owner=self.ada, max_bytes=len(csv)
        )
        self.assertEqual(report.added, 53_000)

    def test_a_roster(self):
        csv = "Email,Role\nada@example.com,Editor\nunknown@example.com,\nwrong,\n"
        report = self.desk.import_roster(self.figma, csv=csv)
        self.assertEqual((report.rows, report.added, report.not_found, report.invalid),
                         (3, 1, 1, 1))  # fmt: skip
        self.assertEqual(report.unmatched_emails, ("unknown@example.com",))
        outcomes = [each.outcome for each in report.not_added]
        self.assertEqual(
            outcomes, [seatbook.RosterOutcome.not_found, seatbook.RosterOutcome.invalid]
        )
        self.assertEqual(report.not_added[0].code, Code.person_not_found)
        self.assertEqual(report.not_added[0].line, 3)
        self.assertEqual(report.column_name(report.not_added[1]), "Email")
        back = report.to_csv()
        self.assertIn(b"unknown@example.com", back)
        self.assertIn(b"unknown@example.com", report.to_csv(profile="exact"))
        again = self.desk.import_roster(self.figma, csv=back, dry_run=True)
        self.assertEqual(again.not_found, 1)
        repr(report)
        with self.assertRaises(seatbook.BulkRefusedError) as caught:
            self.desk.import_roster(self.figma, csv=csv, all_or_nothing=True)
        self.assertEqual([each.item for each in caught.exception.outcomes], [3, 4])

    def test_progress(self):
        progress = seatbook.Progress()
        self.desk.import_people(csv=self.CSV, progress=progress)
        self.assertEqual((progress.rows_done, progress.rows_total), (2, 2))
        self.assertFalse(progress.cancelled)
        progress = seatbook.Progress()
        progress.cancel()
        self.assertTrue(progress.cancelled)
        before = self.book.version
        with self.assertRaises(seatbook.CancelledError):
            self.desk.import_people(csv=self.CSV, progress=progress)
        self.assertEqual(self.book.version, before)
        for wrong in (1, "progress", lambda: None):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.import_people(csv=self.CSV, progress=wrong)


class ProgressAsCallable(BookTest):
    """Tests progress callbacks, which run in the thread of the call."""

    def csv(self, rows):
        return "Name,Email\n" + "".join(f"P{at},p{at}@example.com\n" for at in range(rows))

    def test_is_called_until_the_end(self):
        calls = []
        report = self.desk.import_people(
            csv=self.csv(60_000), progress=lambda *at: calls.append(at)
        )
        self.assertEqual(report.added, 60_000)
        self.assertEqual(calls[-1], (60_000, 60_000))
        self.assertEqual(calls, sorted(calls))
        self.assertEqual(len(calls), len(set(calls)), "no repeated values")
        self.assertTrue(all(type(number) is int for at in calls for number in at))

    def test_every_import_calls_it(self):
        calls = []
        self.desk.import_licenses(
            csv="Name\nJira\n", default_owner=self.ada, progress=lambda *at: calls.append(at)
        )
        self.desk.import_roster(
            self.figma, csv="Email\nada@example.com\n", progress=lambda *at: calls.append(at)
        )
        self.desk.import_people(csv="Name\n", progress=lambda *at: calls.append(at))
        self.assertEqual(calls, [(1, 1), (1, 1), (0, 0)])

    def test_runs_in_the_thread_of_the_call_and_can_use_the_book(self):
        variable = contextvars.ContextVar("variable", default="elsewhere")
        variable.set("here")
        seen = []

        def progress(done, total):
            seen.append((threading.get_ident(), variable.get()))
            self.desk.usage(self.figma)
            self.desk.add_person(name="Meanwhile")  # waits for the import to end

        self.desk.import_people(csv=self.csv(60_000), progress=progress)
        self.assertEqual(set(seen), {(threading.get_ident(), "here")})
        self.assertEqual(self.book.check_invariants(), [])

    def test_false_cancels(self):
        before = self.book.dump()
        with self.assertRaises(seatbook.CancelledError):
            self.desk.import_people(csv=self.csv(100_000), progress=lambda *at: False)
        self.assertEqual(self.book.dump(), before)
        for result in (None, True, 0, ""):
            self.desk.import_people(csv="Name\nGrace\n", progress=lambda *at, result=result: result)
        self.assertEqual(self.book.version, 2 + 4)

    def test_exceptions_cancel_and_are_reraised(self):
        class Enough(BaseException):
            pass

        before = self.book.dump()
        for enough in (Enough("now"), KeyboardInterrupt()):
            def progress(done, total):
                raise enough

            with self.assertRaises(type(enough)) as caught:
                self.desk.import_people(csv=self.csv(100_000), progress=progress)
            self.assertIs(caught.exception, enough)
            self.assertEqual(self.book.dump(), before)

    def test_exceptions_after_the_commit_change_nothing(self):
        def progress(done, total):
            raise ValueError("too late")

        with self.assertRaisesRegex(ValueError, "too late"):
            self.desk.import_people(csv="Name\nGrace\n", progress=progress)
        self.assertEqual([each.name for each in self.desk.people()], ["Ada", "Grace"])

    def test_a_signal_cancels(self):
        def stop(number, frame):
            raise InterruptedError("by the signal")

        before = self.book.dump()
        self.addCleanup(signal.signal, signal.SIGALRM, signal.signal(signal.SIGALRM, stop))
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        with self.assertRaisesRegex(InterruptedError, "by the signal"):
            self.desk.import_people(csv=self.csv(100_000), progress=lambda *at: None)
        self.assertEqual(self.book.dump(), before)

    def test_errors_of_the_import_come_first(self):
        calls = []
        self.assert_refused(
            Code.header_missing, "csv", self.desk.import_people, csv="",
            progress=lambda *at: calls.append(at),
        )  # fmt: skip
        self.assertEqual(calls, [])

    def test_is_released_after_the_call(self):
        class Progress:
            def __call__(self, done, total):
                pass

        progress = Progress()
        gone = weakref.ref(progress)
        self.desk.import_people(csv="Name\nGrace\n", progress=progress)
        del progress
        self.assertIsNone(gone())


if __name__ == "__main__":
    unittest.main()
