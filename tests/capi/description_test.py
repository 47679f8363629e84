#!/usr/bin/env python3
"""Tests how tools/bindgen reads comments and replaces words, and what seatbook.api.json says."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tools/bindgen"))

from comments import CHeader, CppComments, headings, split_errors  # noqa: E402
from description import value_of  # noqa: E402
from text import Words, member_note, with_remark  # noqa: E402

CPP = """
/// The maximum (C1).
inline constexpr std::size_t max_names = 1 << 4;  ///< items
inline constexpr std::size_t max_secret = 7;

/// A request.
///
/// Second paragraph.
/// Errors: required (name).
struct Request {
  std::string name = {};  ///< first
                          ///< line
  /// Above.
  bool flag = false;

  /// Returns the sum.
  [[nodiscard]] int sum() const;
  /// A part.
  struct Part {
    int size = 0;  ///< inner
  };
};
"""

C = """
/* A handle. */
typedef struct seatbook_thing seatbook_thing;
#define SEATBOOK_SIZE 4 /* behind */

/* Two functions
 * share this. */
SEATBOOK_API int32_t seatbook_a(void);
SEATBOOK_API const char *seatbook_b(const seatbook_thing *thing, size_t *size);
SEATBOOK_API void seatbook_thing_free(seatbook_thing *thing);

/* Belongs to nothing. */

enum seatbook_kind_values {
  SEATBOOK_KIND_A = 0, /* behind */
  /* above */
  SEATBOOK_KIND_B = 1
};
typedef struct seatbook_calls {
  void *self; /* passed */
  /* Calls. */
  int32_t (*call)(void *self, size_t size);
} seatbook_calls;
"""


class CppTest(unittest.TestCase):
    def setUp(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "header.hpp")
            path.write_text(CPP, "utf-8")
            self.comments = CppComments([path], lambda text: text)

    def test_limits_are_constants_with_a_unit(self):
        self.assertEqual(list(self.comments.limits()),
                         [("max_names", 16, "items", ["The maximum (C1)."])])  # fmt: skip

    def test_structs(self):
        text, errors = split_errors(self.comments.struct("Request"))
        self.assertEqual(text, ["A request.", "", "Second paragraph."])
        self.assertEqual(errors, "required (name).")

    def test_members(self):
        found = self.comments.members("Request")
        self.assertEqual((found["name"], found["flag"]), ("first line", "Above."))
        self.assertEqual(found["sum"], "the sum")
        self.assertEqual(self.comments.members("Request::Part"), {"size": "inner"})

    def test_headings(self):
        found = headings(
            "// people\nX(add)\nX(edit)\n\n// seats\nX(assign)\n", {"add", "edit", "assign"}
        )
        self.assertEqual(found, {"add": "people", "edit": "people", "assign": "seats"})


class CTest(unittest.TestCase):
    def setUp(self):
        self.header = CHeader(C)

    def test_functions(self):
        shared = ["Two functions share this."]
        self.assertEqual(self.header.functions, [
            ("seatbook_a", "int32_t", [], shared),
            ("seatbook_b", "const char *",
             [("thing", "const seatbook_thing *"), ("size", "size_t *")], shared),
            ("seatbook_thing_free", "void", [("thing", "seatbook_thing *")], []),
        ])  # fmt: skip

    def test_the_rest(self):
        self.assertEqual(self.header.opaque, {"seatbook_thing": ["A handle."]})
        self.assertEqual(self.header.comments, [["Belongs to nothing."]])
        self.assertEqual(self.header.constants, [
            ("SEATBOOK_SIZE", "4", ["behind"]), ("SEATBOOK_KIND_A", "0", ["behind"]),
            ("SEATBOOK_KIND_B", "1", ["above"]),
        ])  # fmt: skip
        self.assertEqual(self.header.structs, [("seatbook_calls", [], [
            ("void *self", ["passed"]), ("int32_t (*call)(void *self, size_t size)", ["Calls."]),
        ])])  # fmt: skip

    def test_values(self):
        known = {"SEATBOOK_NONE": -5}
        for text, value in (("SEATBOOK_NONE", -5), ("(-7 - 1)", -8), ("9U", 9), ('"x"', "x")):
            self.assertEqual(value_of(text, known), value)


class OtherWords(Words):
    constants = {"NONE": "nothing"}

    def choice(self, name, value):
        return f"{name}.{value}"

    def limit(self, name):
        return name.lower()

    def struct(self, struct):
        return struct["of"]

    def function(self, owner, name):
        return f"{owner}:{name}"


class WordsTest(unittest.TestCase):
    def setUp(self):
        self.words = OtherWords({
            "structs": [{"name": "seatbook_assign_request", "of": "assign"}],
            "handles": [{"name": "seatbook_rows"}, {"name": "seatbook_session"}],
            "operations": [{"name": "assign"}],
            "choices": [{"name": "Code", "values": {"ok": 0}},
                        {"name": "PersonState", "values": {"active": 0}}],
            "limits": [{"name": "SEATBOOK_MAX_ROWS"}],
        })  # fmt: skip

    def test_names_of_c_are_replaced(self):
        for text, expected in (
            ("SEATBOOK_OK or SEATBOOK_PERSON_STATE_ACTIVE.", "Code.ok or PersonState.active."),
            ("SEATBOOK_NONE, SEATBOOK_MAX_ROWS", "nothing, max_rows"),
            ("`name` of seatbook_assign_request", "`name` of assign"),
            ("seatbook_assign() and seatbook_open()", "session:assign and :open"),
            ("see seatbook_rows_count().", "see rows:count."),
        ):
            self.assertEqual(self.words(text), expected)
        for unknown in ("SEATBOOK_X", "seatbook_x_request"):
            with self.assertRaisesRegex(SystemExit, f"{unknown}.*no translation"):
                self.words(f"see {unknown}")

    def test_none_is_replaced_where_it_is_a_value(self):
        for text, expected in (
            ("none: never", "null: never"),
            ("the sum; none if unlimited", "the sum; null if unlimited"),
            ("A sum. None without a total", "A sum. null without a total"),
            ("`x` is none while it is empty", "`x` is null while it is empty"),
            ("empty: none", "empty: none"),
            ("archived ones; none of them is used", "archived ones; none of them is used"),
        ):
            self.assertEqual(self.words(text, "null"), expected)

    def test_notes_name_the_default(self):
        def note(doc, default, type_="number32"):
            return member_note({"type": type_, "default": default, "doc": doc}, self.words.choice)

        self.assertEqual(note("1 to 9", 5), "1 to 9; 5 unless set")
        self.assertEqual(note("", 12345), "12,345 unless set")
        self.assertEqual(note("A state.", "active", "choice PersonState"),
                         "A state. PersonState.active unless set.")  # fmt: skip
        for doc, default, type_ in (
            ("x", False, "flag"),
            ("default 5", 5, "total"),
            ("x", 0, "time"),
        ):
            self.assertEqual(note(doc, default, type_), doc)
        self.assertEqual(with_remark("A name.", "required"), "A name. Required.")


class DescriptionTest(unittest.TestCase):
    def setUp(self):
        self.described = json.loads((PROJECT / "capi/seatbook.api.json").read_text("utf-8"))
        functions = {f["name"]: f for f in self.described["functions"]}
        self.parameter = lambda function, name: next(
            p for p in functions[function]["parameters"] if p["name"] == name)  # fmt: skip

    def test_everything_has_a_comment(self):
        for list_ in ("operations", "callbacks", "choices", "handles"):
            for entry in self.described[list_]:
                self.assertTrue(entry["doc"], entry["name"])
        for function in self.described["functions"]:
            self.assertTrue(function["doc"] or function["name"].endswith("_free"), function)

    def test_parameters(self):
        for function, name, direction, nullable, ownership in (
            ("seatbook_open", "location", "in", True, None),
            ("seatbook_open", "options", "in", True, None),
            ("seatbook_open", "book", "out", False, "caller"),
            ("seatbook_open", "error", "out", True, "caller"),
            ("seatbook_assign", "session", "in", False, None),
            ("seatbook_assign", "assignment", "out", True, None),
            ("seatbook_assign", "result", "out", True, "caller"),
            ("seatbook_assign_each", "requests", "in", False, None),
            ("seatbook_rows_count", "rows", "in", True, None),
            ("seatbook_batch_row", "bytes", "out", True, "library"),
            ("seatbook_storage_new", "callbacks", "in", False, None),
        ):
            with self.subTest(function=function, name=name):
                found = self.parameter(function, name)
                self.assertEqual(found["direction"], direction)
                self.assertEqual(found["nullable"], nullable)
                self.assertEqual(found.get("ownership"), ownership)
        self.assertEqual(self.parameter("seatbook_assign_each", "codes")["count"], "count")
        self.assertNotIn("count", self.parameter("seatbook_assign_each", "done"))

    def test_operations(self):
        operations = {o["name"]: o for o in self.described["operations"]}
        self.assertEqual(operations["my_software"]["permissions"], ["view"])
        self.assertTrue(operations["my_software"]["own_view"])
        self.assertTrue(operations["assign"]["may_wait"])
        self.assertNotIn("may_wait", operations["usage"])
        functions = {f["name"]: f for f in self.described["functions"]}
        waiting = ("seatbook_open", "seatbook_book_refresh", "seatbook_book_close", "seatbook_assign")
        for name in waiting:
            self.assertTrue(functions[name].get("may_wait"), name)
        self.assertNotIn("may_wait", functions["seatbook_usage"])
        self.assertEqual(functions["seatbook_rows_text"]["ownership"], "library")
        self.assertEqual(
            [a.get("default") for a in operations["events_after"]["arguments"]], [0, 1000]
        )
        self.assertEqual(operations["find_seat"]["outputs"][0]["none"], 0)


if __name__ == "__main__":
    unittest.main()
