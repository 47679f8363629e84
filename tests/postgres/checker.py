#!/usr/bin/env python3
"""Checks that all calls of all processes are linearizable: equal to a serial run on one book.

This is the linear order check of the whole book: the order of the calls that write is that of their
versions, and each other call must fit in between. tests/postgres/linearizability checks the same
calls without knowing the order, one license at a time.

    checker.py FOLDER

The folder holds the workers' logs of their calls (calls-*.jsonl) and of their listeners' events
(events-*.jsonl), the final dump of each book (dump-*.json), and the stored records and their
inspection (records.jsonl, inspection.json). worker.hpp and worker.cpp describe how they are made.

The checker replays every stored batch, in order of version, on a small model of the rules that is
independent of the library. It then compares each result with the model at the versions the call may
have observed: from the highest version reported by any call before this one started, to the highest
version whose call had started when this one ended. Each mismatch is a finding of one kind:

    version_twice          two calls returned the same version
    version_gap            a version has no history row
    foreign_batch          a batch was written by no call, or by more than one
    wrong_version          a call returned a version other than its batch's
    acknowledged_and_lost  a call returned success, but its change is missing
    applied_twice          a call wrote more than one batch
    refused_but_applied    a call failed, but its batch was written
    wrong_effect           a batch does not match what the rules derive from its call
    over_capacity          more seats are in use than the license has
    seat_twice             a person got a second seat of the same license
    unjustified_refusal    a refusal matches no state that existed while the call ran
    stale_result           a query or a "no change" result matches no state that existed then
    time_order             a call that started after another ended has the lower version
    clock_backwards        a batch has an earlier time than the batch before it
    final_state            a stored record differs from the replayed batches
    unexpected_result      a result that no correct storage leads to
    book_lost              a process could no longer open the book
    dumps_differ           two processes ended with different books
    inspection             the library itself reports a problem with the stored data
    event_twice, event_lost, event_foreign    the published events do not match the calls
"""

import bisect
import hashlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

# Nothing was written, and no rule was evaluated.
FAILED = {"storage_failed", "conflict", "clock_behind"}
# The batch may have been written. A call has no code if its process ended before the result.
UNKNOWN = {"storage_unknown", "book_needs_reopen", None}
UNEXPECTED = {"storage_corrupt", "internal", "out_of_memory", "invalid_argument"}
QUERIES = {"refresh", "usage"}
EFFECT = {
    "archive_license": "license_archived",
    "reactivate_license": "license_reactivated",
    "archive_person": "person_archived",
    "reactivate_person": "person_reactivated",
}
NO_CHANGE = "no change"
FOREVER = float("inf")
EVERY = None  # instead of a process


class Attempt:
    """One try of a call: its arguments, times and result."""

    def __init__(self, line):
        self.call = (line["p"], line["c"])
        self.number = line.get("try", 1)
        self.do = line["do"]
        self.args = line.get("args", {})
        self.request = line.get("request")
        self.start = line["start"]
        self.end = FOREVER
        self.code = None
        self.result = {}

    def finish(self, line):
        """Sets the result from the line written after the call."""
        self.end = line["end"]
        self.code = line["code"]
        self.result = line

    @property
    def version(self):
        """The version in the result, or None."""
        return self.result.get("version")

    def __str__(self):
        values = {key: value for key, value in self.result.items()
                  if key not in ("p", "c", "try", "end", "code", "message")}  # fmt: skip
        name = f"p{self.call[0]}.c{self.call[1]}"
        tries = f" (try {self.number})" if self.number > 1 else ""
        return f"{name}{tries} {self.do} {self.args} -> {self.code} {values}"


class Timeline:
    """A value at every version."""

    def __init__(self, start):
        self._versions = [0]
        self._values = [start]

    def set(self, version, value):
        """Sets the value from this version on. Versions must not decrease."""
        if self._versions[-1] == version:
            self._values[-1] = value
        else:
            self._versions.append(version)
            self._values.append(value)

    def at(self, version):
        """Returns the value after that version."""
        return self._values[bisect.bisect_right(self._versions, version) - 1]

    @property
    def last(self):
        """The newest value."""
        return self._values[-1]


class Reported:
    """The versions that calls have reported, as (end of the call, version)."""

    def __init__(self, pairs=()):
        pairs = sorted(pairs)
        self._ends = [end for end, _ in pairs]
        self._versions = running_max(version for _, version in pairs)

    def before(self, time):
        """Returns the highest version that was reported before that time, or 0."""
        count = bisect.bisect_left(self._ends, time)
        return self._versions[count - 1] if count else 0


class Timelines(dict):
    """Timelines by key. A key that was never set has the start value at every version."""

    def __init__(self, start):
        super().__init__()
        self._start = start

    def __missing__(self, key):
        self[key] = Timeline(self._start)
        return self[key]

    def at(self, key, version):
        """Returns the key's value after that version."""
        return self[key].at(version) if key in self else self._start


class Model:
    """Predicts the result of each call of the workers at any version."""

    def __init__(self):
        self.person = Timelines(None)  # "active", "archived"
        self.license = Timelines(None)  # (total, state)
        self.used = Timelines(0)
        self.active = Timelines(0)  # by (license, person): the active assignment
        self.seat = Timelines(None)  # by assignment: (license, person, active)
        self.flagged = set()
        self.seats_of = defaultdict(set)  # by person: the current active assignments
        self.last = Counter()  # the highest id of each kind

    # ------------------------------------------------------------------------ expected results

    def expect(self, call, version):
        """Returns the expected "ok", NO_CHANGE or error code at that version, and the outcomes."""
        return getattr(self, "_" + call.do)(call.args, version)

    def _person_refusal(self, person, version):
        state = self.person.at(person, version)
        if state is None:
            return "person_not_found"
        return "person_archived" if state == "archived" else None

    def _add_person(self, args, version):
        return "ok", None

    def _add_license(self, args, version):
        return "ok", None

    def _assign(self, args, version):
        license_ = self.license.at(args["license"], version)
        if license_ is None:
            return "license_not_found", None
        if license_[1] == "archived":
            return "license_archived", None
        refusal = self._person_refusal(args["person"], version)
        if refusal:
            return refusal, None
        return self._grant(args["license"], args["person"], version)[0], None

    def _grant(self, license_, person, version):
        """Returns the code, and the existing assignment if there is one."""
        held = self.active.at((license_, person), version)
        if held:
            return "already_assigned", held
        if self.used.at(license_, version) >= self.license.at(license_, version)[0]:
            return "no_seats_remaining", 0
        return "ok", 0

    def _bulk_assign(self, args, version):
        refusal = self._person_refusal(args["person"], version)
        if refusal:
            return refusal, None
        outcomes = []
        for license_ in dict.fromkeys(args["licenses"]):
            state = self.license.at(license_, version)
            if state is None:
                return "license_not_found", None
            if state[1] == "archived":
                outcomes.append([license_, "license_archived", 0])
            else:
                outcomes.append([license_, *self._grant(license_, args["person"], version)])
        granted = sum(code == "ok" for _, code, _ in outcomes)
        if args["all_or_nothing"] and granted < len(outcomes):
            return "bulk_refused", outcomes
        return ("ok" if granted else NO_CHANGE), outcomes

    def _revoke(self, args, version):
        seat = self.seat.at(args["assignment"], version)
        if seat is None:
            return "assignment_not_found", None
        return ("ok" if seat[2] else "already_revoked"), None

    def _transfer(self, args, version):
        seat = self.seat.at(args["assignment"], version)
        if seat is None:
            return "assignment_not_found", None
        license_, holder, active = seat
        if self.license.at(license_, version)[1] == "archived":
            return "license_archived", None
        refusal = self._person_refusal(args["person"], version)
        if refusal:
            return refusal, None
        held = self.active.at((license_, args["person"]), version)
        if held and held != args["assignment"]:
            return "already_assigned", None
        if not active:
            return "already_revoked", None
        return ("same_person" if holder == args["person"] else "ok"), None

    def _set_total_seats(self, args, version):
        license_ = self.license.at(args["license"], version)
        if license_ is None:
            return "license_not_found", None
        if license_[1] == "archived":
            return "license_archived", None
        if self.used.at(args["license"], version) > args["total"]:
            return "total_below_used", None
        return (NO_CHANGE if license_[0] == args["total"] else "ok"), None

    def _archive_license(self, args, version):
        license_ = self.license.at(args["license"], version)
        if license_ is None:
            return "license_not_found", None
        if self.used.at(args["license"], version):
            return "has_active_seats", None
        return (NO_CHANGE if license_[1] == "archived" else "ok"), None

    def _reactivate_license(self, args, version):
        license_ = self.license.at(args["license"], version)
        if license_ is None:
            return "license_not_found", None
        return (NO_CHANGE if license_[1] == "active" else "ok"), None

    def _archive_person(self, args, version):
        return self._person_becomes(args, version, "archived")

    def _reactivate_person(self, args, version):
        return self._person_becomes(args, version, "active")

    def _person_becomes(self, args, version, state):
        now = self.person.at(args["person"], version)
        if now is None:
            return "person_not_found", None
        return (NO_CHANGE if now == state else "ok"), None

    # -------------------------------------------------------------------------- expected rows

    def rows(self, call):
        """Lists the rows the call writes in the current state.

        A row is (kind, license, person, assignment, counterpart).
        """
        args = call.args
        new = self.last["assignment"] + 1
        if call.do == "add_person":
            return [("person_added", None, self.last["person"] + 1, None, None)]
        if call.do == "add_license":
            return [("license_added", self.last["license"] + 1, None, None, None)]
        if call.do == "assign":
            return [("assigned", args["license"], args["person"], new, None)]
        if call.do == "bulk_assign":
            outcomes = self._bulk_assign(args, FOREVER)[1]
            granted = [item for item, code, _ in outcomes if code == "ok"]
            return [("assigned", license_, args["person"], new + index, None)
                    for index, license_ in enumerate(granted)]  # fmt: skip
        if call.do in ("revoke", "transfer"):
            old = args["assignment"]
            license_, person, _ = self.seat[old].last
            if call.do == "revoke":
                return [("revoked", license_, person, old, None)]
            return [("transferred", license_, person, old, new),
                    ("transferred", license_, args["person"], new, old)]  # fmt: skip
        if call.do == "set_total_seats":
            return [("total_changed", args["license"], None, None, None)]
        if "license" in args:
            return [(EFFECT[call.do], args["license"], None, None, None)]
        person = args["person"]
        mark = "flagged" if call.do == "archive_person" else "flag_cleared"
        seats = self.seats_of[person]
        if mark == "flag_cleared":
            seats = seats & self.flagged
        return [(EFFECT[call.do], None, person, None, None)] + [
            (mark, self.seat[seat].last[0], person, seat, None) for seat in sorted(seats)
        ]

    # --------------------------------------------------------------------------- applying rows

    def apply(self, version, row):
        """Applies one history row. Returns the violation as (kind, text), or None."""
        kind, license_, person, seat = (
            row[name] for name in ("kind", "license", "person", "assignment")
        )
        found = None
        if kind == "person_added":
            self.person[person].set(version, "active")
            self.last["person"] = max(self.last["person"], person)
        elif kind in ("person_archived", "person_reactivated"):
            state = "archived" if kind == "person_archived" else "active"
            self.person[person].set(version, state)
        elif kind == "license_added":
            self.license[license_].set(version, (row["after"]["total_seats"], "active"))
            self.last["license"] = max(self.last["license"], license_)
        elif kind == "total_changed":
            state = self.license[license_].last or (0, "active")
            self.license[license_].set(version, (row["after"]["total_seats"], state[1]))
        elif kind in ("license_archived", "license_reactivated"):
            state = self.license[license_].last or (0, "active")
            self.license[license_].set(
                version, (state[0], "archived" if kind == "license_archived" else "active")
            )
        elif kind == "flagged":
            self.flagged.add(seat)
        elif kind == "flag_cleared":
            self.flagged.discard(seat)
        elif kind == "revoked" or (kind == "transferred" and row["counterpart"] > seat):
            found = self._free(version, license_, person, seat)
        elif kind in ("assigned", "transferred"):
            found = self._take(version, license_, person, seat)
        return found

    def _free(self, version, license_, person, seat):
        self.flagged.discard(seat)
        if self.seat[seat].last != (license_, person, True):
            return "wrong_effect", f"assignment {seat} is revoked but was not active"
        self.seat[seat].set(version, (license_, person, False))
        self.seats_of[person].discard(seat)
        self.used[license_].set(version, self.used[license_].last - 1)
        self.active[license_, person].set(version, 0)
        return None

    def _take(self, version, license_, person, seat):
        found = None
        if self.seat[seat].last is not None:
            return "seat_twice", f"assignment {seat} already exists"
        if self.active[license_, person].last:
            found = ("seat_twice", f"person {person} already has a seat of license {license_}")
        self.last["assignment"] = max(self.last["assignment"], seat)
        self.seat[seat].set(version, (license_, person, True))
        self.seats_of[person].add(seat)
        self.used[license_].set(version, self.used[license_].last + 1)
        self.active[license_, person].set(version, seat)
        return found


class Findings:
    """The mismatches, by kind."""

    def __init__(self):
        self.by_kind = defaultdict(list)

    def add(self, kind, text):
        """Adds one finding."""
        self.by_kind[kind].append(str(text))

    def __bool__(self):
        return bool(self.by_kind)

    def text(self, each=3):
        """Formats up to `each` findings of each kind, one a line."""
        lines = []
        for kind, texts in sorted(self.by_kind.items()):
            lines.append(f"{kind}: {len(texts)}")
            lines.extend("    " + text for text in texts[:each])
        return "\n".join(lines)


class Checker:
    """Compares calls with the stored records. check() returns the findings."""

    def __init__(self, attempts, records, version):
        self.attempts = sorted(attempts, key=lambda attempt: attempt.start)
        self.version = version
        self.findings = Findings()
        self.model = Model()
        self.calls = defaultdict(list)
        for attempt in self.attempts:
            self.calls[attempt.call].append(attempt)
        self.tables = defaultdict(list)
        for record in records:
            self.tables[record["table"]].append(record["record"])
        self.actors = {actor["id"]: actor["actor"] for actor in self.tables["actors"]}
        self.history = sorted(self.tables["history"], key=lambda row: row["seq"])
        self.batches = defaultdict(list)
        for row in self.history:
            self.batches[row["batch"]].append(row)
        self.call_of = {}  # by version
        self.versions_of = defaultdict(list)  # by call
        self.committed_unknown = 0

    def check(self):
        """Runs all checks. Each step relies on the earlier ones."""
        self._check_rows()
        self._assign_batches()
        self._place_versions_in_time()
        self._replay()
        self._check_calls()
        self._check_final_state()
        return self.findings

    # ------------------------------------------------------------------------- stored rows

    def _check_rows(self):
        last = None
        for number, row in enumerate(self.history, 1):
            if row["seq"] != number:
                self.findings.add("final_state", f"history row {row['seq']} is at place {number}")
                break
        for row in self.history:
            if last and row["batch"] < last["batch"]:
                self.findings.add("final_state", f"history row {row['seq']} has an older batch")
            if last and time_key(row["at"]) < time_key(last["at"]):
                self.findings.add("clock_backwards", f"row {row['seq']}: {row['at']}, {last['at']}")
            last = row
        for version in range(1, self.version + 1):
            if version not in self.batches:
                self.findings.add("version_gap", f"version {version}")
        if self.batches and max(self.batches) > self.version:
            self.findings.add("final_state", "history is newer than the stored version")

    def _assign_batches(self):
        for version, rows in sorted(self.batches.items()):
            names = {self.actors.get(row["actor"]) for row in rows}
            call = call_of_actor(names.pop()) if len(names) == 1 else None
            if call not in self.calls:
                self.findings.add("foreign_batch", f"version {version}: {rows[0]}")
                continue
            self.call_of[version] = call
            self.versions_of[call].append(version)
        for call, versions in self.versions_of.items():
            if len(versions) > 1:
                self.findings.add("applied_twice", f"{self.calls[call][0]}: versions {versions}")

    def _place_versions_in_time(self):
        """Computes when each version was first reported and when its call started."""
        reported = defaultdict(list)  # (end, version): no later call may see a lower version
        by_version = defaultdict(list)
        for attempt in self.attempts:
            if attempt.version is not None:
                # A query without a refresh may see an older version than another process.
                reported[attempt.call[0]].append((attempt.end, attempt.version))
                if attempt.do != "usage":
                    reported[EVERY].append((attempt.end, attempt.version))
            if self._acknowledges(attempt):
                by_version[attempt.version].append(attempt)
        for _, attempts in sorted(by_version.items()):
            if len({attempt.call for attempt in attempts}) > 1:
                self.findings.add("version_twice", f"{attempts[0]} and {attempts[1]}")
        self._reported = defaultdict(Reported)
        for process, pairs in reported.items():
            self._reported[process] = Reported(pairs)
        starts = []
        for version in range(1, self.version + 1):
            call = self.call_of.get(version)
            starts.append(min((attempt.start for attempt in self.calls[call]
                               if self._may_have_written(attempt, version)), default=0)
                          if call else 0)  # fmt: skip
        self._started = running_max(starts)

    def _acknowledges(self, attempt):
        """Returns whether the result says that the call changed something."""
        if attempt.code != "ok" or attempt.do in QUERIES:
            return False
        written = attempt.version in self.versions_of[attempt.call]
        return written or not self._may_be_no_change(attempt)

    @staticmethod
    def _may_be_no_change(attempt):
        if attempt.do == "bulk_assign":
            return all(code != "ok" for _, code, _ in attempt.result["outcomes"])
        return attempt.do in EFFECT or attempt.do == "set_total_seats"

    @staticmethod
    def _may_have_written(attempt, version):
        return attempt.code in UNKNOWN or (attempt.code == "ok" and attempt.version == version)

    def _lowest(self, attempt):
        """Returns the highest version reported by any call before this one started."""
        return self._reported[EVERY].before(attempt.start)

    def _highest(self, attempt):
        """Returns the highest version whose call had started when this one ended."""
        return bisect.bisect_left(self._started, attempt.end)

    # ------------------------------------------------------------------------------- replay

    def _replay(self):
        for version in range(1, self.version + 1):
            rows = self.batches.get(version, [])
            call = self.call_of.get(version)
            if call:
                self._check_effect(version, self.calls[call][0], rows)
            touched = set()
            for row in rows:
                found = self.model.apply(version, row)
                if found:
                    self.findings.add(found[0], f"version {version}: {found[1]}")
                touched.add(row["license"])
            for license_ in touched - {None}:
                used, state = self.model.used[license_].last, self.model.license[license_].last
                if state is None or used > state[0]:
                    self.findings.add(
                        "over_capacity", f"version {version}: license {license_}, {used} of {state}"
                    )

    def _check_effect(self, version, call, rows):
        try:
            expected_code, _ = self.model.expect(call, version - 1)
            expected = self.model.rows(call) if expected_code == "ok" else None
        except (KeyError, TypeError):  # names a record that never existed
            expected_code, expected = "no such record", None
        if expected_code != "ok":
            self.findings.add(
                "wrong_effect", f"version {version}: {call}: the model expects {expected_code}"
            )
            return
        names = ("kind", "license", "person", "assignment", "counterpart")
        written = [tuple(row[name] for name in names) for row in rows]
        if call.do.endswith("_person"):
            written[1:] = sorted(written[1:], key=lambda row: row[3] or 0)
        if call.do == "add_license":
            # The row also names the owner, which the model ignores.
            written = [(kind, license_, None, None, None) for kind, license_, *_ in written]
        if written != expected:
            self.findings.add("wrong_effect", f"version {version}: {call}: {written}")
        elif call.do in ("set_total_seats", "add_license"):
            if rows[0]["after"]["total_seats"] != call.args["total"]:
                self.findings.add("wrong_effect", f"version {version}: {call}: {rows[0]['after']}")

    # ------------------------------------------------------------------------------- results

    def _check_calls(self):
        for attempt in self.attempts:
            if attempt.code in UNEXPECTED:
                message = attempt.result.get("message")
                self.findings.add("unexpected_result", f"{attempt}: {message}")
            elif attempt.do == "refresh":
                self._check_refresh(attempt)
            elif attempt.do == "usage":
                self._check_usage(attempt)
            elif attempt.code == "ok":
                self._check_success(attempt)
            elif attempt.code == "repeated_request":
                versions = self.versions_of[attempt.call]
                if versions != [attempt.version]:
                    self.findings.add("wrong_version", f"{attempt}: {versions}")
            elif attempt.code not in UNKNOWN and attempt.code not in FAILED:
                self._check_refusal(attempt)
        for call, attempts in self.calls.items():
            if self.versions_of[call]:
                self._check_written_call(call, attempts)

    def _check_written_call(self, call, attempts):
        versions = self.versions_of[call]
        version = versions[0]
        acknowledged = any(attempt.code in ("ok", "repeated_request")
                           and attempt.version in versions for attempt in attempts)  # fmt: skip
        unknown = [attempt for attempt in attempts if attempt.code in UNKNOWN]
        if not acknowledged and not unknown:
            self.findings.add("refused_but_applied", f"{attempts[-1]}: version {version}")
        # A retry that evaluates the rules proves that the earlier, unknown try wrote nothing.
        for attempt in attempts:
            if (unknown and attempt.start > unknown[0].start and attempt.code not in UNKNOWN
                    and attempt.code not in FAILED
                    and attempt.version not in versions):  # fmt: skip
                self.findings.add("refused_but_applied", f"{attempt}: version {version}")
        if not acknowledged and unknown:
            self.committed_unknown += 1
        writers = [attempt for attempt in attempts if self._may_have_written(attempt, version)]
        if writers and version <= self._lowest(writers[0]):
            self.findings.add(
                "time_order", f"{writers[0]}: version {version}, but version "
                f"{self._lowest(writers[0])} was reported before",
            )  # fmt: skip

    def _check_success(self, attempt):
        versions = self.versions_of[attempt.call]
        if attempt.version in versions:
            self._check_returned_ids(attempt)
            return
        # The call wrote no batch at this version, so the model must expect no change there.
        lowest, highest = self._lowest(attempt), self._highest(attempt)
        try:
            expected_code, outcomes = self.model.expect(attempt, attempt.version)
        except (KeyError, TypeError):  # names a record that never existed
            expected_code, outcomes = None, None
        no_change = expected_code == NO_CHANGE and outcomes == attempt.result.get("outcomes")
        if versions and (versions[0] <= attempt.version or not no_change):
            self.findings.add("wrong_version", f"{attempt}: it wrote version {versions}")
        elif not no_change:
            self.findings.add("acknowledged_and_lost", attempt)
        elif not lowest <= attempt.version <= highest:
            self.findings.add("stale_result", f"{attempt}: not in {lowest} to {highest}")

    def _check_returned_ids(self, attempt):
        """Checks that the ids in the result are those of the rows."""
        rows = self.batches[attempt.version]
        if attempt.do in ("assign", "revoke", "transfer"):
            right = attempt.result["assignment"] == rows[-1]["assignment"]
        elif attempt.do == "bulk_assign":
            granted = [
                [item, seat] for item, code, seat in attempt.result["outcomes"] if code == "ok"
            ]
            right = granted == [[row["license"], row["assignment"]] for row in rows]
            _, outcomes = self.model.expect(attempt, attempt.version - 1)
            skipped = [outcome for outcome in attempt.result["outcomes"] if outcome[1] != "ok"]
            right = right and skipped == [each for each in outcomes or [] if each[1] != "ok"]
        elif attempt.do == "add_person":
            right = attempt.result["person"] == rows[0]["person"]
        elif attempt.do == "add_license":
            right = attempt.result["license"] == rows[0]["license"]
        else:
            right = True
        if not right:
            self.findings.add("wrong_effect", f"{attempt}: {rows}")

    def _check_refusal(self, attempt):
        lowest, highest = self._lowest(attempt), self._highest(attempt)
        for version in range(lowest, highest + 1):
            try:
                code, outcomes = self.model.expect(attempt, version)
            except (KeyError, TypeError):
                continue
            if code == attempt.code and outcomes == attempt.result.get("outcomes"):
                return
        self.findings.add("unjustified_refusal", f"{attempt}: versions {lowest} to {highest}")

    def _check_refresh(self, attempt):
        if attempt.code != "ok":
            return
        lowest, highest = self._lowest(attempt), self._highest(attempt)
        if not lowest <= attempt.version <= highest:
            self.findings.add("stale_result", f"{attempt}: not in {lowest} to {highest}")

    def _check_usage(self, attempt):
        if attempt.code != "ok":
            return
        license_ = attempt.args["license"]
        returned = tuple(attempt.result[name] for name in ("used", "total", "archived"))
        # Another thread may have changed the book of the process during the query.
        versions = range(attempt.result["lowest_version"], attempt.version + 1)
        seen_before = self._reported[attempt.call[0]].before(attempt.start)
        if versions[0] < seen_before or versions[-1] > self._highest(attempt):
            self.findings.add("stale_result", f"{attempt}: seen before: {seen_before}")
        elif not any(self._usage(license_, version) == returned for version in versions):
            expected = self._usage(license_, attempt.version)
            self.findings.add("stale_result", f"{attempt}: {expected}")

    def _usage(self, license_, version):
        total, state = self.model.license.at(license_, version) or (None, None)
        return self.model.used.at(license_, version), total, state == "archived"

    # --------------------------------------------------------------------------- final state

    def _check_final_state(self):
        model = self.model
        images = {
            "people": (model.person, lambda record: record["state"]),
            "licenses": (model.license, lambda record: (record["total_seats"], record["state"])),
            "assignments": (model.seat, lambda record: (
                record["license"], record["person"], record["revoked_at"] is None)),
        }  # fmt: skip
        for table, (replayed, image) in images.items():
            stored = {record["id"]: image(record) for record in self.tables[table]}
            expected = {key: line.last for key, line in replayed.items() if line.last is not None}
            for key in sorted(stored.keys() | expected.keys()):
                if stored.get(key) != expected.get(key):
                    self.findings.add(
                        "final_state", f"{table} {key}: {stored.get(key)}, not {expected.get(key)}"
                    )
        flags = {seat["id"] for seat in self.tables["assignments"] if seat["needs_review"]}
        if flags != model.flagged:
            self.findings.add("final_state", f"flags: {sorted(flags ^ model.flagged)}")

    def check_events(self, events, whole):
        """Checks the published events. `whole` are the processes that were not killed."""
        rows = {row["seq"]: row for row in self.history}
        published = Counter()
        for event in events:
            row = rows.get(event["seq"])
            call = call_of_actor(event["actor"])
            known = row is not None and call is not None
            if not known or call[0] != event["p"] or event["version"] != row["batch"]:
                self.findings.add("event_foreign", event)
                continue
            if any(event[name] != row[name] for name in ("license", "person", "assignment")):
                self.findings.add("event_foreign", event)
            published[event["seq"]] += 1
            if published[event["seq"]] == 2:
                self.findings.add("event_twice", event)
        for attempt in self.attempts:
            if attempt.call[0] not in whole or not self._acknowledges(attempt):
                continue
            for row in self.batches.get(attempt.version, []):
                has_event = row["kind"] in ("assigned", "revoked", "transferred")
                if has_event and not published[row["seq"]]:
                    self.findings.add("event_lost", f"{attempt}: row {row['seq']}")

    def check_inspection(self, inspection):
        """Adds the problems that the library reports when it opens the stored book."""
        if inspection["error"]:
            self.findings.add("inspection", inspection["error"])
            return
        for finding in inspection["findings"]:
            self.findings.add("inspection", finding)
        for peak in inspection["peaks"]:
            if peak["over"]:
                self.findings.add("inspection", f"above the total in force: {peak}")
        licenses = {peak["license"] for peak in inspection["peaks"]}
        if licenses != {record["id"] for record in self.tables["licenses"]}:
            self.findings.add("inspection", "some licenses were not inspected")

    def summary(self):
        """Returns one line with the number of attempts for each code."""
        codes = Counter(attempt.code or "no result" for attempt in self.attempts)
        unknown = sum(code in UNKNOWN for code in (attempt.code for attempt in self.attempts))
        return (
            f"{self.version} versions, {len(self.attempts)} calls of "
            f"{len({attempt.call[0] for attempt in self.attempts})} processes, {unknown} with an "
            f"unknown outcome ({self.committed_unknown} of them committed): "
            + ", ".join(f"{code} {count}" for code, count in codes.most_common())
        )


def time_key(text):
    """Returns a sort key for a record's time, which has between 0 and 6 decimals."""
    seconds, _, fraction = text.removesuffix("Z").partition(".")
    return seconds, fraction.ljust(6, "0")


def running_max(values):
    """Returns the running maximum, at least 0."""
    highest, maxima = 0, []
    for value in values:
        highest = max(highest, value)
        maxima.append(highest)
    return maxima


def call_of_actor(name):
    """Parses "p3.c17" into (process, call). Returns None for any other name."""
    try:
        process, call = name.split(".")
        return int(process.removeprefix("p")), int(call.removeprefix("c"))
    except (AttributeError, ValueError):
        return None


def read_lines(path):
    """Reads one JSON object per line. Stops at a line that the process's end cut off."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError:
            break
    return lines


def read_attempts(lines, findings):
    """Builds attempts from the lines before and after each."""
    attempts = {}
    for line in lines:
        if line.get("do") == "open":
            findings.append(("book_lost", line["why"]))
        elif "start" in line:
            attempts[line["p"], line["c"], line["try"]] = Attempt(line)
        else:
            attempts[line["p"], line["c"], line["try"]].finish(line)
    return list(attempts.values())


def check_folder(folder):
    """Returns a Checker that has checked all files of a run."""
    folder = Path(folder)
    noted = []
    lines = [line for path in sorted(folder.glob("calls-*.jsonl")) for line in read_lines(path)]
    attempts = read_attempts(lines, noted)
    first, *records = read_lines(folder / "records.jsonl")
    checker = Checker(attempts, records, first["version"])
    for kind, text in noted:
        checker.findings.add(kind, text)
    checker.check()
    checker.check_inspection(json.loads((folder / "inspection.json").read_text(encoding="utf-8")))
    whole = {
        int(path.stem.removeprefix("dump-")) for path in folder.glob("dump-*.json")
        if path.stem != "dump-fresh"
    }  # fmt: skip
    events = list(folder.glob("events-*.jsonl"))
    if events:
        whole &= {int(path.stem.removeprefix("events-")) for path in events}
        checker.check_events([line for path in events for line in read_lines(path)], whole)
    dumps = defaultdict(list)
    for path in sorted(folder.glob("dump-*.json")):
        dumps[hashlib.sha256(path.read_bytes()).hexdigest()].append(path.stem)
    if len(dumps) > 1:
        checker.findings.add("dumps_differ", sorted(dumps.values()))
    checker.dumps = sum(map(len, dumps.values()))
    return checker


def main(folder):
    """Prints the findings and returns the exit status."""
    checker = check_folder(folder)
    if checker.findings:
        print(checker.findings.text())
    print(f"checker: {checker.summary()}")
    print(f"checker: {sum(map(len, checker.findings.by_kind.values()))} findings")
    return 1 if checker.findings else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
