#!/usr/bin/env python3
"""Runs random commands on a book and on a naive book, and compares both after every command.

SEATBOOK_SOAK=1 runs more and longer examples; SEATBOOK_EXAMPLES=N sets their number.
"""

import os
import unittest
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test,
)  # fmt: skip

import seatbook
from naive_book import NaiveBook, Failed
from seatbook.testing import NOON, memory_book

SOAK = os.environ.get("SEATBOOK_SOAK") == "1"
EXAMPLES = int(os.environ.get("SEATBOOK_EXAMPLES", "3000" if SOAK else "60"))
STEPS = 120 if SOAK else 50

EMAILS = st.sampled_from(
    ("", "ada@example.com", "ADA@example.com", "bo@example.com", " bo@example.com", "cy@ex.org")
)
LEVELS = st.sampled_from(("", "Editor", "Viewer"))
REASONS = st.sampled_from(("", "left", "moved"))
TOTALS = st.one_of(st.integers(0, 3), st.none())
POLICIES = st.sampled_from(("enforce", "enforce", "allow_over"))


class Books(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.kit = memory_book()
        self.desk = self.kit.desk
        self.naive = NaiveBook(NOON)
        self.events = []
        self.kit.book.subscribe(self.events.append)
        self.compared_events = 0

    def teardown(self):
        self.kit.close()

    def some(self, data, records):
        """Draws an existing id, or rarely one that does not exist."""
        count = 12 * len(records)
        return data.draw(st.integers(0, count).map(lambda at: at // 12 + 1), label="id")

    def some_person(self, data):
        return self.some(data, self.naive.people)

    def some_license(self, data):
        return self.some(data, self.naive.licenses)

    def some_seat(self, data):
        held = [seat.id for seat in self.naive.active()]
        any_seat = st.integers(1, len(self.naive.seats) + 1)
        several = st.sampled_from(held) if held else any_seat
        return data.draw(st.one_of(several, several, any_seat), label="seat")

    def compare(self, expected, call):
        """Makes the same call on both books. A failure has the same code and changes nothing."""
        before = self.naive.version
        dump = self.kit.book.dump() if before % 8 == 0 else None
        try:
            result = expected()
            code = "ok"
        except Failed as failed:
            result, code = None, failed.code
        try:
            actual = call()
        except seatbook.Error as error:
            assert error.code.name == code, f"{error} instead of {code}"
            assert self.kit.book.version == before
            if dump is not None:
                assert self.kit.book.dump() == dump
            return None
        assert code == "ok", f"it succeeded, but the naive book failed with {code}"
        assert actual.version == self.naive.version == self.kit.book.version, (
            actual.version, self.naive.version, self.kit.book.version,
        )  # fmt: skip
        if isinstance(result, list):
            assert [outcome.code.name for outcome in actual.outcomes] == result
        return actual

    # ------------------------------------------------------------------------------------ people

    @initialize()
    def begin(self):
        for number in range(4):
            self.compare(
                lambda: self.naive.add_person(f"P{number}", ""),
                lambda: self.desk.add_person(name=f"P{number}"),
            )
        for total, backup in ((2, 2), (None, None)):
            self.compare(
                lambda: self.naive.add_license("L", total, "enforce", 1, backup),
                lambda: self.desk.add_license(
                    name="L", total_seats=total, owner=1, backup_owner=backup
                ),
            )
        for license, person in ((1, 3), (2, 3), (2, 4)):
            self.compare(
                lambda: self.naive.assign(license, person, "Editor"),
                lambda: self.desk.assign(license, person, access_level="Editor"),
            )

    @rule(name=st.sampled_from(("Ada", "Bo")), email=EMAILS)
    def add_person(self, name, email):
        self.compare(
            lambda: self.naive.add_person(name, email.strip()),
            lambda: self.desk.add_person(name=name, email=email.strip()),
        )

    @rule(data=st.data(), email=EMAILS)
    def update_person(self, data, email):
        person = self.some_person(data)
        self.compare(
            lambda: self.naive.update_person(person, email.strip()),
            lambda: self.desk.update_person(person, email=email.strip()),
        )

    @rule(data=st.data())
    def archive_person(self, data):
        person = self.some_person(data)
        self.compare(
            lambda: self.naive.archive_person(person), lambda: self.desk.archive_person(person)
        )

    @rule(data=st.data())
    def reactivate_person(self, data):
        person = self.some_person(data)
        self.compare(
            lambda: self.naive.reactivate_person(person),
            lambda: self.desk.reactivate_person(person),
        )

    @rule(data=st.data(), revoke_first=st.booleans())
    def erase_person(self, data, revoke_first):
        person = self.some_person(data)
        self.compare(
            lambda: self.naive.erase_person(person, revoke_first),
            lambda: self.desk.erase_person(person, revoke_first=revoke_first),
        )

    # ---------------------------------------------------------------------------------- licenses

    @rule(data=st.data(), total=TOTALS, policy=POLICIES, has_backup=st.booleans())
    def add_license(self, data, total, policy, has_backup):
        owner = self.some_person(data)
        backup = self.some_person(data) if has_backup else None
        self.compare(
            lambda: self.naive.add_license("L", total, policy, owner, backup),
            lambda: self.desk.add_license(
                name="L", total_seats=total, policy=policy, owner=owner, backup_owner=backup
            ),
        )

    @rule(data=st.data(), total=TOTALS)
    def set_total_seats(self, data, total):
        license = self.some_license(data)
        self.compare(
            lambda: self.naive.set_total_seats(license, total),
            lambda: self.desk.set_total_seats(license, total),
        )

    @rule(data=st.data(), policy=POLICIES)
    def set_policy(self, data, policy):
        license = self.some_license(data)
        self.compare(
            lambda: self.naive.set_policy(license, policy),
            lambda: self.desk.set_policy(license, policy),
        )

    @rule(data=st.data(), what=st.sampled_from(("owner", "backup", "both", "no backup", "swap")))
    def set_owners(self, data, what):
        license = self.some_license(data)
        owners = {}
        if what in ("owner", "both"):
            owners["owner"] = self.some_person(data)
        if what in ("backup", "both"):
            owners["backup_owner"] = self.some_person(data)
        if what == "no backup":
            owners["backup_owner"] = None
        if what == "swap" and license <= len(self.naive.licenses):
            record = self.naive.licenses[license - 1]
            if record.backup is not None:
                owners = {"owner": record.backup, "backup_owner": record.owner}
        self.compare(
            lambda: self.naive.set_owners(license, **owners),
            lambda: self.desk.set_owners(license, **owners),
        )

    @rule(data=st.data())
    def archive_license(self, data):
        license = self.some_license(data)
        self.compare(
            lambda: self.naive.archive_license(license), lambda: self.desk.archive_license(license)
        )

    @rule(data=st.data())
    def reactivate_license(self, data):
        license = self.some_license(data)
        self.compare(
            lambda: self.naive.reactivate_license(license),
            lambda: self.desk.reactivate_license(license),
        )

    # ------------------------------------------------------------------------------------- seats

    @rule(data=st.data(), level=LEVELS)
    def assign(self, data, level):
        license, person = self.some_license(data), self.some_person(data)
        receipt = self.compare(
            lambda: self.naive.assign(license, person, level),
            lambda: self.desk.assign(license, person, access_level=level),
        )
        if receipt is not None:
            assert receipt.assignment == len(self.naive.seats)

    @rule(data=st.data(), count=st.integers(1, 4), whole=st.booleans(), dry=st.booleans())
    def bulk_assign(self, data, count, whole, dry):
        person = self.some_person(data)
        licenses = [self.some_license(data) for _ in range(count)]
        self.compare(
            lambda: self.naive.bulk_assign(person, licenses, whole, dry),
            lambda: self.desk.bulk_assign(person, licenses, all_or_nothing=whole, dry_run=dry),
        )

    @rule(
        data=st.data(), count=st.integers(1, 4), level=LEVELS, whole=st.booleans(),
        dry=st.booleans(),
    )  # fmt: skip
    def assign_many(self, data, count, level, whole, dry):
        license = self.some_license(data)
        people = [self.some_person(data) for _ in range(count)]
        self.compare(
            lambda: self.naive.assign_many(license, people, level, whole, dry),
            lambda: self.desk.assign_many(
                license, people, access_level=level, all_or_nothing=whole, dry_run=dry
            ),
        )

    @rule(data=st.data(), reason=REASONS)
    def revoke(self, data, reason):
        seat = self.some_seat(data)
        self.compare(
            lambda: self.naive.revoke(seat, reason), lambda: self.desk.revoke(seat, reason=reason)
        )

    @rule(data=st.data(), reason=REASONS)
    def revoke_all(self, data, reason):
        person = self.some_person(data)
        self.compare(
            lambda: self.naive.revoke_all(person, reason),
            lambda: self.desk.revoke_all(person, reason=reason),
        )

    @rule(data=st.data())
    def transfer(self, data):
        seat, person = self.some_seat(data), self.some_person(data)
        self.compare(
            lambda: self.naive.transfer(seat, person), lambda: self.desk.transfer(seat, person)
        )

    @rule(data=st.data(), level=LEVELS)
    def edit_seat(self, data, level):
        seat = self.some_seat(data)
        self.compare(
            lambda: self.naive.edit_seat(seat, level),
            lambda: self.desk.edit_seat(seat, access_level=level),
        )

    @rule(data=st.data())
    def mark_reviewed(self, data):
        seat = self.some_seat(data)
        self.compare(lambda: self.naive.mark_reviewed(seat), lambda: self.desk.mark_reviewed(seat))

    @rule(data=st.data(), hours=st.integers(-50, 30))
    def record_use(self, data, hours):
        seat, at = self.some_seat(data), self.naive.now + timedelta(hours=hours)
        self.compare(
            lambda: self.naive.record_use(seat, at), lambda: self.desk.record_use(seat, at)
        )

    @rule(days=st.sampled_from((0, 1, 29, 30)), seconds=st.sampled_from((0, 1)))
    def advance_clock(self, days, seconds):
        self.naive.now = self.kit.advance(days=days, seconds=seconds)

    # ------------------------------------------------------------------------------------ queries

    @invariant()
    def invariants_hold(self):
        assert self.kit.book.check_invariants() == []
        assert self.kit.book.listener_failures == 0

    @invariant()
    def people_are_the_same(self):
        actual = [(each.id, each.name, each.email, each.state.name) for each in self.desk.people()]
        assert actual == [
            (each.id, each.name, each.email, each.state) for each in self.naive.people
        ]

    @invariant()
    def licenses_and_their_usage_are_the_same(self):
        for license, actual in zip(self.naive.licenses, self.desk.licenses()):
            assert (
                actual.id, actual.total_seats, actual.policy.name, actual.owner,
                actual.backup_owner, actual.state.name,
            ) == (
                license.id, license.total, license.policy, license.owner, license.backup,
                license.state,
            )  # fmt: skip
            used, usage = self.naive.used(license), self.desk.usage(license.id)
            assert usage.used == used
            if license.total is None:
                assert (usage.available, usage.over_by) == (None, 0)
            else:
                assert usage.available == max(0, license.total - used)
                assert usage.over_by == max(0, used - license.total)
            assert usage.can_assign == (license.state == "active" and self.naive.has_room(license))

    @invariant()
    def seats_are_the_same(self):
        for seat in self.naive.seats:
            actual = self.desk.get_assignment(seat.id)
            assert (
                actual.license, actual.person, actual.access_level, actual.assigned_at,
                actual.revoked_at, actual.revoke_reason, actual.needs_review,
            ) == (
                seat.license, seat.person, seat.level, seat.at, seat.revoked_at, seat.reason,
                seat.flagged,
            ), seat  # fmt: skip
            if seat.revoked_at is None:
                assert self.desk.last_use(seat.id) == seat.last_use

    @invariant()
    def lists_are_the_same(self):
        for license in self.naive.licenses:
            held = self.naive.active(license=license.id)
            assert [row.assignment for row in self.desk.license_seats(license.id)] == [
                seat.id for seat in held
            ]
            page = self.desk.seat_list(license=license.id, sort="assigned")
            assert sorted(row.assignment for row in page) == [seat.id for seat in held]
            figures = self.desk.seat_figures(license=license.id)
            assert figures.total_assigned == len(held)
            assert figures.inactive == sum(map(self.naive.is_inactive, held))
            roster = [seat.id for seat in self.naive.seats if seat.license == license.id]
            assert sorted(row.assignment for row in self.desk.roster(license.id)) == roster
            flagged = {seat.id for seat in held if seat.flagged}
            assert {row.assignment for row in self.desk.needs_review(license.id)} == flagged
            assert self.desk.needs_review_count(license.id) == len(flagged)
        for person in self.naive.people:
            if person.state == "erased":
                continue
            software = [row.license for row in self.desk.my_software(person.id)]
            assert sorted(software) == sorted(
                seat.license for seat in self.naive.active(person=person.id)
            )

    @invariant()
    def archived_owners_are_the_same(self):
        states = [person.state for person in self.naive.people]
        expected = {
            license.id
            for license in self.naive.licenses
            if license.state == "active"
            and any(
                who is not None and states[who - 1] == "archived"
                for who in (license.owner, license.backup)
            )
        }
        assert {row.license for row in self.desk.archived_owners()} == expected

    @invariant()
    def history_is_the_same_and_folds_to_the_state(self):
        rows = [entry.row for entry in self.desk.history(limit=100_000)]
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1)), "seqs must have no gaps"

        def normalized(batch, kind, license, person, assignment):
            about_person = assignment is not None or kind.startswith("person_")
            return (batch, kind, license or 0, person if about_person else 0, assignment or 0)

        actual = sorted(
            normalized(row.batch, row.kind.name, row.license, row.person, row.assignment)
            for row in rows
        )
        assert actual == sorted(normalized(*row) for row in self.naive.history)
        held = {(seat.license, seat.person) for seat in self.naive.active()}
        assert self.naive.folded() == held

    @invariant()
    def events_are_published_once_in_order(self):
        moves = {"assigned": 1, "revoked": 1, "transferred": 1}
        expected = sum(moves.get(row[1], 0) for row in self.naive.history)
        assert len(self.events) == expected
        recent = [event.seq for event in self.events[self.compared_events :]]
        assert recent == sorted(recent)
        self.compared_events = len(self.events)
        assert [event.seq for event in self.desk.events_after(0, limit=100_000)] == [
            event.seq for event in self.events
        ]

    @precondition(lambda self: self.naive.licenses)
    @rule(data=st.data(), hours=st.integers(0, 2000))
    def holders_in_the_past(self, data, hours):
        license = self.naive.licenses[
            data.draw(st.integers(0, len(self.naive.licenses) - 1), label="license")
        ]
        at = min(self.naive.now, NOON + timedelta(hours=hours))
        expected = {
            seat.id
            for seat in self.naive.seats
            if seat.license == license.id
            and seat.at <= at
            and (seat.revoked_at is None or at < seat.revoked_at)
        }
        assert {row.assignment for row in self.desk.holders_at(license.id, at)} == expected


class StateMachine(unittest.TestCase):
    def test_the_book_equals_the_naive_book(self):
        run_state_machine_as_test(
            Books,
            settings=settings(
                max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None,
                suppress_health_check=list(HealthCheck), derandomize=not SOAK,
            ),
        )  # fmt: skip

    def test_a_wrong_rule_is_detected(self):
        """Checks that the test fails if the naive book gets one rule wrong."""

        class Wrong(Books):
            def __init__(self):
                super().__init__()
                self.naive.has_room = lambda license: True

        quiet = settings(
            max_examples=300, stateful_step_count=30, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), derandomize=True, print_blob=False,
            phases=[phase for phase in settings.default.phases if phase.name == "generate"],
        )  # fmt: skip
        with self.assertRaises(AssertionError):
            run_state_machine_as_test(Wrong, settings=quiet)


if __name__ == "__main__":
    unittest.main()
