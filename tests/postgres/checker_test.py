#!/usr/bin/env python3
"""Tests the checker on small hand-written histories, valid and invalid.

unfaithful_test.py runs it on real ones.
"""

import unittest

from checker import Attempt, Checker

# Default values of the fields that a test does not set.
ROW = {"license": None, "person": None, "assignment": None, "counterpart": None, "after": None}


class Story:
    """Calls and their batches, on a book of two people and one license with `total` seats.

    Times are integers: a call runs at the given times, or right after the previous call.
    """

    def __init__(self, total=1):
        self.attempts = []
        self.rows = []
        self.actors = {}
        self.now = 0
        self.version = 0
        self.seats = {}
        self.people = {1: "active", 2: "active"}
        self.license = {"id": 1, "total_seats": total, "state": "active"}
        self.wrote("add_person", {"name": "Ada"}, [("person_added", None, 1)], person=1)
        self.wrote("add_person", {"name": "Bo"}, [("person_added", None, 2)], person=2)
        self.wrote("add_license", {"name": "L", "total": total}, [("license_added", 1, 1)],
                   license=1)  # fmt: skip

    def attempt(self, do, args, code, *, p=1, c=None, tries=1, start=None, end=None, **result):
        """Adds a call and its result. `c` defaults to the next number; code None: no result."""
        c = c or 1 + sum(attempt.call[0] == p for attempt in self.attempts)
        start = self.now + 1 if start is None else start
        end = start + 1 if end is None else end
        attempt = Attempt({"p": p, "c": c, "try": tries, "do": do, "args": args, "start": start})
        if code:
            attempt.finish({"end": end, "code": code, **result})
        self.attempts.append(attempt)
        self.now = max(self.now, end)
        return attempt

    def write(self, attempt, rows, at=None):
        """Adds an attempt's batch; a row is (kind, license, person, assignment, counterpart)."""
        self.version += 1
        name = "p{}.c{}".format(*attempt.call)
        actor = self.actors.setdefault(name, len(self.actors) + 1)
        for row in rows:
            given = dict(zip(("kind", "license", "person", "assignment", "counterpart"), row))
            after = None
            if "total" in attempt.args:
                after = {"total_seats": attempt.args["total"]}
            self.rows.append({**ROW, **given, "after": after, "seq": len(self.rows) + 1,
                              "batch": self.version, "actor": actor,
                              "at": at or f"2026-03-01T12:00:{self.version:02}Z"})  # fmt: skip
            self._image(given)
        return self.version

    def _image(self, row):
        kind, seat = row["kind"], row.get("assignment")
        if kind == "assigned" or (kind == "transferred" and row["counterpart"] < seat):
            self.seats[seat] = (row["license"], row["person"], None)
        elif kind in ("revoked", "transferred"):
            self.seats[seat] = (row["license"], row["person"], "2026-03-01T13:00:00Z")

    def wrote(self, do, args, rows, **rest):
        """Adds a call that succeeded, and its batch."""
        attempt = self.attempt(do, args, "ok", version=self.version + 1, **rest)
        self.write(attempt, rows)
        return attempt

    def assign(self, person, seat, **rest):
        """Adds a successful assignment."""
        return self.wrote("assign", {"license": 1, "person": person},
                          [("assigned", 1, person, seat)], assignment=seat, **rest)  # fmt: skip

    def revoke(self, person, seat, **rest):
        """Adds a successful revocation."""
        return self.wrote("revoke", {"assignment": seat}, [("revoked", 1, person, seat)],
                          assignment=seat, **rest)  # fmt: skip

    def usage(self, version, used, lowest_version=None, **rest):
        """Adds a query of the usage."""
        lowest_version = lowest_version or version
        return self.attempt("usage", {"license": 1}, "ok", version=version, used=used, total=1,
                            lowest_version=lowest_version, archived=False, **rest)  # fmt: skip

    def records(self):
        """Lists the records stored at the end."""
        tables = {
            "actors": [{"id": id_, "actor": name} for name, id_ in self.actors.items()],
            "history": self.rows,
            "people": [{"id": id_, "state": state} for id_, state in self.people.items()],
            "licenses": [self.license],
            "assignments": [
                {"id": id_, "license": license_, "person": person, "revoked_at": revoked,
                 "needs_review": False}
                for id_, (license_, person, revoked) in self.seats.items()
            ],
        }  # fmt: skip
        return [{"table": name, "record": record} for name, all_ in tables.items()
                for record in all_]  # fmt: skip

    def checker(self):
        """Returns a checker that has checked the story."""
        checker = Checker(self.attempts, self.records(), self.version)
        checker.check()
        return checker


class CheckerTest(unittest.TestCase):
    def expect(self, story, *kinds):
        """Expects findings of exactly these kinds."""
        findings = story.checker().findings
        self.assertEqual(sorted(findings.by_kind), sorted(kinds), findings.text())

    # -------------------------------------------------------------------------- valid histories

    def test_one_call_after_another(self):
        story = Story()
        story.assign(1, 1)
        story.attempt("assign", {"license": 1, "person": 2}, "no_seats_remaining")
        story.attempt("assign", {"license": 1, "person": 1}, "already_assigned")
        story.revoke(1, 1)
        story.attempt("revoke", {"assignment": 1}, "already_revoked")
        story.attempt("revoke", {"assignment": 9}, "assignment_not_found")
        story.assign(2, 2)
        story.attempt("set_total_seats", {"license": 1, "total": 0}, "total_below_used")
        story.attempt("set_total_seats", {"license": 1, "total": 1}, "ok", version=6)
        story.attempt("archive_license", {"license": 1}, "has_active_seats")
        story.attempt("transfer", {"assignment": 2, "person": 2}, "same_person")
        story.attempt("refresh", {}, "ok", version=6)
        story.usage(6, used=1)
        self.expect(story)

    def test_a_transfer_and_a_bulk_call(self):
        story = Story()
        story.assign(1, 1)
        story.wrote("transfer", {"assignment": 1, "person": 2},
                    [("transferred", 1, 1, 1, 2), ("transferred", 1, 2, 2, 1)],
                    assignment=2)  # fmt: skip
        bulk = {"person": 1, "licenses": [1, 1], "all_or_nothing": False}
        story.attempt("bulk_assign", bulk, "ok", version=5, outcomes=[[1, "no_seats_remaining", 0]])
        story.attempt("bulk_assign", {**bulk, "all_or_nothing": True}, "bulk_refused",
                      outcomes=[[1, "no_seats_remaining", 0]])  # fmt: skip
        story.revoke(2, 2)
        story.wrote("bulk_assign", bulk, [("assigned", 1, 1, 3)], outcomes=[[1, "ok", 3]])
        self.expect(story)

    def test_concurrent_calls_may_take_effect_in_either_order(self):
        story = Story()
        story.assign(1, 1)
        # Refused while the seat was being freed: both results are valid.
        story.attempt("assign", {"license": 1, "person": 2}, "no_seats_remaining", start=20, end=30)
        story.revoke(1, 1, p=2, start=10, end=28)
        story.assign(2, 2, p=3, start=15, end=40)
        self.expect(story)

    def test_a_query_while_another_thread_writes(self):
        story = Story()
        story.assign(1, 1, start=10, end=40)
        story.usage(3, used=0, start=20, end=30)
        story.usage(4, used=0, lowest_version=3, start=25, end=45)
        story.usage(4, used=1, lowest_version=3, start=25, end=45)
        self.expect(story)
        story.usage(4, used=2, lowest_version=3, start=25, end=45)
        self.expect(story, "stale_result")

    def test_a_call_with_an_unknown_outcome_may_have_committed(self):
        story = Story()
        unknown = story.attempt("assign", {"license": 1, "person": 1}, "storage_unknown")
        story.write(unknown, [("assigned", 1, 1, 1)])
        story.attempt("assign", {"license": 1, "person": 2}, "storage_unknown")
        story.attempt("revoke", {"assignment": 1}, None)
        self.expect(story)
        self.assertEqual(story.checker().committed_unknown, 1)

    def test_a_retry_reports_the_outcome_of_the_first_try(self):
        story = Story()
        args = {"license": 1, "person": 1}
        first = story.attempt("assign", args, "storage_unknown", c=9)
        story.write(first, [("assigned", 1, 1, 1)])
        story.attempt("assign", args, "repeated_request", c=9, tries=2, version=4)
        args = {"license": 1, "person": 2}
        story.attempt("assign", args, "storage_unknown", c=10)
        story.attempt("assign", args, "no_seats_remaining", c=10, tries=2)
        self.expect(story)

    # ------------------------------------------------------------------------ invalid histories

    def test_a_refusal_from_an_old_state(self):
        story = Story()
        story.assign(1, 1)
        story.revoke(1, 1)
        story.attempt("assign", {"license": 1, "person": 2}, "no_seats_remaining")
        self.expect(story, "unjustified_refusal")

    def test_a_refusal_from_a_later_state(self):
        story = Story()
        story.attempt("assign", {"license": 1, "person": 2}, "no_seats_remaining")
        story.assign(1, 1)
        self.expect(story, "unjustified_refusal")

    def test_a_refusal_for_the_wrong_reason(self):
        story = Story()
        story.assign(1, 1)
        # `already_assigned` is checked before `no_seats_remaining`.
        story.attempt("assign", {"license": 1, "person": 1}, "no_seats_remaining")
        self.expect(story, "unjustified_refusal")

    def test_bulk_outcomes_that_match_no_state(self):
        story = Story()
        story.assign(1, 1)
        story.attempt("bulk_assign", {"person": 2, "licenses": [1], "all_or_nothing": True},
                      "bulk_refused", outcomes=[[1, "already_assigned", 1]])  # fmt: skip
        self.expect(story, "unjustified_refusal")

    def test_too_many_seats(self):
        story = Story()
        story.assign(1, 1)
        story.assign(2, 2)
        self.expect(story, "over_capacity", "wrong_effect")

    def test_a_seat_given_twice(self):
        story = Story(total=2)
        story.assign(1, 1)
        story.assign(1, 2)
        self.expect(story, "seat_twice", "wrong_effect")

    def test_an_acknowledged_write_that_is_missing(self):
        story = Story()
        story.attempt("assign", {"license": 1, "person": 1}, "ok", version=4, assignment=1)
        self.expect(story, "acknowledged_and_lost")

    def test_two_writes_with_the_same_version(self):
        story = Story(total=2)
        story.assign(1, 1)
        story.attempt("assign", {"license": 1, "person": 2}, "ok", p=2, version=4, assignment=1)
        self.expect(story, "acknowledged_and_lost", "version_twice")

    def test_a_write_applied_twice(self):
        story = Story()
        twice = story.attempt("add_person", {"name": "Cy"}, "ok", version=5, person=4)
        story.write(twice, [("person_added", None, 3)])
        story.write(twice, [("person_added", None, 4)])
        story.people.update({3: "active", 4: "active"})
        self.expect(story, "applied_twice")

    def test_a_refused_or_failed_write_that_is_stored(self):
        for code in ("already_assigned", "storage_failed", "conflict"):
            story = Story()
            refused = story.attempt("assign", {"license": 1, "person": 1}, code)
            story.write(refused, [("assigned", 1, 1, 1)])
            kinds = ["refused_but_applied"]
            self.expect(story, *kinds)

    def test_a_write_that_commits_after_its_retry_was_refused(self):
        story = Story()
        args = {"license": 1, "person": 1}
        first = story.attempt("assign", args, "storage_unknown", c=9)
        story.assign(2, 1)
        story.attempt("assign", args, "no_seats_remaining", c=9, tries=2)
        story.revoke(2, 1)
        story.write(first, [("assigned", 1, 1, 2)])
        self.expect(story, "refused_but_applied")

    def test_a_version_of_another_batch(self):
        story = Story(total=2)
        story.assign(1, 1)
        wrong = story.attempt("assign", {"license": 1, "person": 2}, "ok", version=9, assignment=2)
        story.write(wrong, [("assigned", 1, 2, 2)])
        self.assertIn("wrong_version", story.checker().findings.by_kind)

    def test_a_retry_that_returns_the_version_of_another_call(self):
        story = Story(total=2)
        story.assign(1, 1, c=9)
        story.attempt("assign", {"license": 1, "person": 1}, "repeated_request", c=9, tries=2,
                      version=3)  # fmt: skip
        self.expect(story, "wrong_version")

    def test_versions_out_of_time_order(self):
        story = Story(total=2)
        # The call of version 4 started after version 5 was reported.
        story.assign(1, 1, p=2, start=30, end=40)
        story.assign(2, 2, p=3, start=10, end=20)
        self.expect(story, "time_order")

    def test_a_write_below_a_version_reported_before_it_started(self):
        story = Story(total=2)
        story.now = 10
        story.attempt("refresh", {}, "ok", p=3, version=4, start=20, end=21)
        late = story.attempt("assign", {"license": 1, "person": 1}, "storage_unknown", start=30)
        story.write(late, [("assigned", 1, 1, 1)])
        self.expect(story, "stale_result", "time_order")

    def test_a_version_without_a_call(self):
        story = Story()
        story.version += 1
        self.expect(story, "version_gap")
        story = Story()
        stranger = Attempt({"p": 7, "c": 7, "do": "assign", "start": 1,
                            "args": {"license": 1, "person": 1}})  # fmt: skip
        story.write(stranger, [("assigned", 1, 1, 1)])
        self.expect(story, "foreign_batch")

    def test_a_batch_that_does_not_match_its_call(self):
        story = Story()
        other = story.attempt("assign", {"license": 1, "person": 1}, "ok", version=4, assignment=1)
        story.write(other, [("assigned", 1, 2, 1)])
        self.expect(story, "wrong_effect")

    def test_a_returned_id_that_was_not_written(self):
        story = Story()
        other = story.attempt("assign", {"license": 1, "person": 1}, "ok", version=4, assignment=8)
        story.write(other, [("assigned", 1, 1, 1)])
        self.expect(story, "wrong_effect")

    def test_times_that_go_back(self):
        story = Story(total=2)
        story.assign(1, 1)
        back = story.attempt("assign", {"license": 1, "person": 2}, "ok", version=5, assignment=2)
        story.write(back, [("assigned", 1, 2, 2)], at="2026-03-01T11:59:59.5Z")
        self.expect(story, "clock_backwards")

    def test_query_results_from_an_old_state(self):
        story = Story()
        story.assign(1, 1)
        story.attempt("refresh", {}, "ok", p=2, version=3)
        self.expect(story, "stale_result")
        story = Story()
        story.assign(1, 1)
        story.usage(4, used=0)
        self.expect(story, "stale_result")
        story = Story()
        story.assign(1, 1)
        # A process must see its own writes.
        story.usage(3, used=0)
        self.expect(story, "stale_result")

    def test_no_change_from_an_old_state(self):
        story = Story()
        story.wrote("set_total_seats", {"license": 1, "total": 5}, [("total_changed", 1)])
        story.license["total_seats"] = 5
        story.attempt("set_total_seats", {"license": 1, "total": 1}, "ok", version=3)
        self.expect(story, "stale_result")

    def test_records_that_contradict_the_history(self):
        story = Story()
        story.assign(1, 1)
        story.seats[1] = (1, 1, "2026-03-01T13:00:00Z")
        self.expect(story, "final_state")
        story = Story()
        story.license["total_seats"] = 7
        self.expect(story, "final_state")

    def test_codes_of_a_broken_book(self):
        for code in ("storage_corrupt", "internal", "out_of_memory"):
            story = Story()
            story.attempt("assign", {"license": 1, "person": 1}, code)
            self.expect(story, "unexpected_result")

    # --------------------------------------------------------------------------------- events

    def events(self, story, *published, whole=(1,)):
        """Returns the kinds of findings after these (process, seq) events."""
        checker = story.checker()
        events = []
        for process, seq in published:
            row = story.rows[seq - 1]
            name = next(name for name, id_ in story.actors.items() if id_ == row["actor"])
            events.append({**row, "p": process, "version": row["batch"], "actor": name})
        checker.check_events(events, set(whole))
        return sorted(checker.findings.by_kind)

    def test_each_event_is_published_once_by_the_process_of_its_call(self):
        story = Story()
        story.assign(1, 1)
        story.revoke(1, 1)
        self.assertEqual(self.events(story, (1, 4), (1, 5)), [])
        self.assertEqual(self.events(story, (1, 4)), ["event_lost"])
        self.assertEqual(self.events(story, (1, 4), whole=()), [])
        self.assertEqual(self.events(story, (1, 4), (1, 4), (1, 5)), ["event_twice"])
        self.assertEqual(self.events(story, (1, 4), (2, 5), (1, 5)), ["event_foreign"])


if __name__ == "__main__":
    unittest.main()
