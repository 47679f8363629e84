#!/usr/bin/env python3
"""Were all calls of all processes answered as one book would have answered them, one after another?

    checker.py FOLDER

The folder holds what the workers wrote down of their calls (calls-*.jsonl) and were told by their
listeners (events-*.jsonl), how their books ended (dump-*.json), and what is stored in the end,
record by record (records.jsonl, inspection.json). worker.hpp and worker.cpp tell how it got there.

Every batch that is stored is replayed, in the order of the versions, on a small model of the rules
that knows nothing of the library. Each answer is then held against the model at the versions that
the answer may have been given at: not before what had been answered to anybody when the call
started, not after what had been started when it ended. What does not fit is a finding of a kind:

    version_twice          two calls were told the same version
    version_gap            a version that no history row is of
    foreign_batch          a batch that no call, or more than one, has written
    wrong_version          a call was told another version than that of its batch
    acknowledged_and_lost  a call was told that it changed something, which is not there
    applied_twice          a call has written more than one batch
    refused_but_applied    a call was told that it changed nothing, and has written a batch
    wrong_effect           a batch is not what the rules make of its call
    over_capacity          more seats in use than there were
    seat_twice             a person got a seat of a license that they held already
    unjustified_refusal    a refusal by a state that was not there while the call ran
    stale_answer           a question, or an answer "nothing to do", by a state that was not there
    time_order             a call that started after another had ended has the lower version
    clock_backwards        a batch is dated before the one in front of it
    final_state            a record that is not what the batches make of it
    unexpected_answer      an answer that no sound storage leads to
    book_lost              a process could not open the book any more
    dumps_differ           two processes ended with different books
    inspection             what the library itself finds wrong with what is stored
    event_twice, event_lost, event_foreign    what listeners were told does not fit the calls
"""

import bisect
import hashlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

# Nothing was written, for certain, and no rule was asked.
FAILED = {"storage_failed", "conflict", "clock_behind"}
# Perhaps written. A call whose process ended before the answer has no code at all.
UNKNOWN = {"storage_unknown", "book_needs_reopen", None}
UNEXPECTED = {"storage_corrupt", "internal", "out_of_memory", "invalid_argument"}
QUESTIONS = {"refresh", "usage"}
EFFECT = {
    "archive_license": "license_archived",
    "reactivate_license": "license_reactivated",
    "archive_person": "person_archived",
    "reactivate_person": "person_reactivated",
}
NO_CHANGE = "no change"
FOREVER = float("inf")


class Attempt:
    """One try of a call: what was asked, when, and what was answered."""

    def __init__(self, line):
        self.call = (line["p"], line["c"])
        self.number = line.get("try", 1)
        self.do = line["do"]
        self.args = line.get("args", {})
        self.request = line.get("request")
        self.start = line["start"]
        self.end = FOREVER
        self.code = None
        self.answer = {}

    def finish(self, line):
        """Takes in the line after the call."""
        self.end = line["end"]
        self.code = line["code"]
        self.answer = line

    @property
    def version(self):
        """The version of the answer, where it has one."""
        return self.answer.get("version")

    def __str__(self):
        said = {key: value for key, value in self.answer.items()
                if key not in ("p", "c", "try", "end", "code", "message")}  # fmt: skip
        tries = f" (try {self.number})" if self.number > 1 else ""
        return f"p{self.call[0]}.c{self.call[1]}{tries} {self.do} {self.args} -> {self.code} {said}"


class Timeline:
    """A value at every version."""

    def __init__(self, start):
        self._versions = [0]
        self._values = [start]

    def set(self, version, value):
        """From this version on; versions come in their order."""
        if self._versions[-1] == version:
            self._values[-1] = value
        else:
            self._versions.append(version)
            self._values.append(value)

    def at(self, version):
        """The value that held after that version."""
        return self._values[bisect.bisect_right(self._versions, version) - 1]

    @property
    def last(self):
        """The newest value."""
        return self._values[-1]


class Timelines(dict):
    """Timelines by key; what was never set has always been the same."""

    def __init__(self, start):
        super().__init__()
        self._start = start

    def __missing__(self, key):
        self[key] = Timeline(self._start)
        return self[key]

    def at(self, key, version):
        """The value of that key after that version."""
        return self[key].at(version) if key in self else self._start


class Model:
    """What the rules say of the calls that the workers make, at any version."""

    def __init__(self):
        self.person = Timelines(None)  # "active", "archived"
        self.license = Timelines(None)  # (total, state)
        self.used = Timelines(0)
        self.holds = Timelines(0)  # by (license, person): the active assignment
        self.seat = Timelines(None)  # by assignment: (license, person, active)
        self.flagged = set()
        self.seats_of = defaultdict(set)  # by person: the active assignments, now
        self.last = Counter()  # the highest id of each kind

    # --------------------------------------------------------------------- what calls answer

    def verdict(self, call, version):
        """What the call answers at that version: "ok", NO_CHANGE or a code; and the outcomes."""
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
        """The code, and the assignment that stands in the way."""
        held = self.holds.at((license_, person), version)
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
        held = self.holds.at((license_, args["person"]), version)
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

    # ------------------------------------------------------------------- what calls write, now

    def rows(self, call):
        """The rows that the call writes now: (kind, license, person, assignment, counterpart)."""
        args = call.args
        new = self.last["assignment"] + 1
        if call.do == "add_person":
            return [("person_added", None, self.last["person"] + 1, None, None)]
        if call.do == "add_license":
            return [("license_added", self.last["license"] + 1, None, None, None)]
        if call.do == "assign":
            return [("assigned", args["license"], args["person"], new, None)]
        if call.do == "bulk_assign":
            granted = [item for item, code, _ in self._bulk_assign(args, FOREVER)[1] if code == "ok"]
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

    # ----------------------------------------------------------------------- what was written

    def apply(self, version, row):
        """Takes in one history row. Answers what it breaks, as (kind, text), or None."""
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
            return "wrong_effect", f"assignment {seat} is taken back and was not held"
        self.seat[seat].set(version, (license_, person, False))
        self.seats_of[person].discard(seat)
        self.used[license_].set(version, self.used[license_].last - 1)
        self.holds[license_, person].set(version, 0)
        return None

    def _take(self, version, license_, person, seat):
        found = None
        if self.seat[seat].last is not None:
            return "seat_twice", f"assignment {seat} is given out again"
        if self.holds[license_, person].last:
            found = ("seat_twice", f"person {person} gets license {license_} again")
        self.last["assignment"] = max(self.last["assignment"], seat)
        self.seat[seat].set(version, (license_, person, True))
        self.seats_of[person].add(seat)
        self.used[license_].set(version, self.used[license_].last + 1)
        self.holds[license_, person].set(version, seat)
        return found


class Findings:
    """What does not fit, by kind."""

    def __init__(self):
        self.by_kind = defaultdict(list)

    def add(self, kind, text):
        """One finding."""
        self.by_kind[kind].append(str(text))

    def __bool__(self):
        return bool(self.by_kind)

    def text(self, each=3):
        """A few of each kind, as lines."""
        lines = []
        for kind, texts in sorted(self.by_kind.items()):
            lines.append(f"{kind}: {len(texts)}")
            lines.extend("    " + text for text in texts[:each])
        return "\n".join(lines)


class Checker:
    """Holds calls against what is stored. check() answers the findings."""

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
        self.landed_unknown = 0

    def check(self):
        """Everything, in an order that lets each step count on the ones before it."""
        self._check_rows()
        self._assign_batches()
        self._place_versions_in_time()
        self._replay()
        self._check_calls()
        self._check_final_state()
        return self.findings

    # ----------------------------------------------------------------------- what is stored

    def _check_rows(self):
        last = None
        for number, row in enumerate(self.history, 1):
            if row["seq"] != number:
                self.findings.add("final_state", f"history row {row['seq']} stands at {number}")
                break
        for row in self.history:
            if last and row["batch"] < last["batch"]:
                self.findings.add("final_state", f"history row {row['seq']} is of an older batch")
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
        """When each version may have been committed, and when it was known to somebody."""
        told = []  # (end, version): from then on nobody may see less
        by_version = defaultdict(list)
        for attempt in self.attempts:
            if attempt.version is not None and attempt.do != "usage":
                told.append((attempt.end, attempt.version))
            if self._acknowledges(attempt):
                by_version[attempt.version].append(attempt)
        for _, attempts in sorted(by_version.items()):
            if len({attempt.call for attempt in attempts}) > 1:
                self.findings.add("version_twice", f"{attempts[0]} and {attempts[1]}")
        told.sort()
        self._told_ends = [end for end, _ in told]
        self._told_versions = running_max(version for _, version in told)
        starts = []
        for version in range(1, self.version + 1):
            call = self.call_of.get(version)
            starts.append(min((attempt.start for attempt in self.calls[call]
                               if self._may_have_written(attempt, version)), default=0)
                          if call else 0)  # fmt: skip
        self._started = running_max(starts)

    def _acknowledges(self, attempt):
        """Whether it was told that it had changed something."""
        if attempt.code != "ok" or attempt.do in QUESTIONS:
            return False
        return attempt.version in self.versions_of[attempt.call] or not self._may_be_no_change(attempt)

    @staticmethod
    def _may_be_no_change(attempt):
        if attempt.do == "bulk_assign":
            return all(code != "ok" for _, code, _ in attempt.answer["outcomes"])
        return attempt.do in EFFECT or attempt.do == "set_total_seats"

    @staticmethod
    def _may_have_written(attempt, version):
        return attempt.code in UNKNOWN or (attempt.code == "ok" and attempt.version == version)

    def _lowest(self, attempt):
        """The version that had been told to somebody when the call started."""
        before = bisect.bisect_left(self._told_ends, attempt.start)
        return self._told_versions[before - 1] if before else 0

    def _highest(self, attempt):
        """The version before the first that had not been started when the call ended."""
        return bisect.bisect_left(self._started, attempt.end)

    # --------------------------------------------------------------------- what was written

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
            verdict, _ = self.model.verdict(call, version - 1)
            expected = self.model.rows(call) if verdict == "ok" else None
        except (KeyError, TypeError):  # of something that never was
            verdict, expected = "nothing of the kind", None
        if verdict != "ok":
            self.findings.add("wrong_effect", f"version {version}: {call}: the model says {verdict}")
            return
        names = ("kind", "license", "person", "assignment", "counterpart")
        written = [tuple(row[name] for name in names) for row in rows]
        if call.do.endswith("_person"):
            written[1:] = sorted(written[1:], key=lambda row: row[3] or 0)
        if call.do == "add_license":
            # Its row names the owner too.
            written = [(kind, license_, None, None, None) for kind, license_, *_ in written]
        if written != expected:
            self.findings.add("wrong_effect", f"version {version}: {call}: {written}")
        elif call.do in ("set_total_seats", "add_license"):
            if rows[0]["after"]["total_seats"] != call.args["total"]:
                self.findings.add("wrong_effect", f"version {version}: {call}: {rows[0]['after']}")

    # --------------------------------------------------------------------- what was answered

    def _check_calls(self):
        last_seen = Counter()  # by process
        for attempt in self.attempts:
            if attempt.code in UNEXPECTED:
                self.findings.add("unexpected_answer", f"{attempt}: {attempt.answer.get('message')}")
            elif attempt.do == "refresh":
                self._check_refresh(attempt)
            elif attempt.do == "usage":
                self._check_usage(attempt, last_seen[attempt.call[0]])
            elif attempt.code == "ok":
                self._check_success(attempt)
            elif attempt.code == "repeated_request":
                if self.versions_of[attempt.call] != [attempt.version]:
                    self.findings.add("wrong_version", f"{attempt}: {self.versions_of[attempt.call]}")
            elif attempt.code not in UNKNOWN and attempt.code not in FAILED:
                self._check_refusal(attempt)
            if attempt.version is not None and attempt.end != FOREVER:
                process = attempt.call[0]
                last_seen[process] = max(last_seen[process], attempt.version)
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
        # A rule was asked after nobody knew of an earlier try: by then it must have been known.
        for attempt in attempts:
            if (unknown and attempt.start > unknown[0].start and attempt.code not in UNKNOWN
                    and attempt.code not in FAILED
                    and attempt.version not in versions):  # fmt: skip
                self.findings.add("refused_but_applied", f"{attempt}: version {version}")
        if not acknowledged and unknown:
            self.landed_unknown += 1
        writers = [attempt for attempt in attempts if self._may_have_written(attempt, version)]
        if writers and version <= self._lowest(writers[0]):
            self.findings.add("time_order", f"{writers[0]}: version {version}, but version "
                                            f"{self._lowest(writers[0])} was told before")  # fmt: skip

    def _check_success(self, attempt):
        versions = self.versions_of[attempt.call]
        if attempt.version in versions:
            self._check_told_ids(attempt)
            return
        # It is told that there was nothing to write: at that version, and not because it had written.
        lowest, highest = self._lowest(attempt), self._highest(attempt)
        try:
            verdict, outcomes = self.model.verdict(attempt, attempt.version)
        except (KeyError, TypeError):  # of something that never was
            verdict, outcomes = None, None
        nothing = verdict == NO_CHANGE and outcomes == attempt.answer.get("outcomes")
        if versions and (versions[0] <= attempt.version or not nothing):
            self.findings.add("wrong_version", f"{attempt}: it wrote version {versions}")
        elif not nothing:
            self.findings.add("acknowledged_and_lost", attempt)
        elif not lowest <= attempt.version <= highest:
            self.findings.add("stale_answer", f"{attempt}: not in {lowest} to {highest}")

    def _check_told_ids(self, attempt):
        """The ids in the answer are those of the rows."""
        rows = self.batches[attempt.version]
        if attempt.do in ("assign", "revoke", "transfer"):
            right = attempt.answer["assignment"] == rows[-1]["assignment"]
        elif attempt.do == "bulk_assign":
            told = [[item, seat] for item, code, seat in attempt.answer["outcomes"] if code == "ok"]
            right = told == [[row["license"], row["assignment"]] for row in rows]
            _, outcomes = self.model.verdict(attempt, attempt.version - 1)
            skipped = [outcome for outcome in attempt.answer["outcomes"] if outcome[1] != "ok"]
            right = right and skipped == [each for each in outcomes or [] if each[1] != "ok"]
        elif attempt.do == "add_person":
            right = attempt.answer["person"] == rows[0]["person"]
        elif attempt.do == "add_license":
            right = attempt.answer["license"] == rows[0]["license"]
        else:
            right = True
        if not right:
            self.findings.add("wrong_effect", f"{attempt}: {rows}")

    def _check_refusal(self, attempt):
        lowest, highest = self._lowest(attempt), self._highest(attempt)
        for version in range(lowest, highest + 1):
            try:
                code, outcomes = self.model.verdict(attempt, version)
            except (KeyError, TypeError):
                continue
            if code == attempt.code and outcomes == attempt.answer.get("outcomes"):
                return
        self.findings.add("unjustified_refusal", f"{attempt}: versions {lowest} to {highest}")

    def _check_refresh(self, attempt):
        if attempt.code != "ok":
            return
        lowest, highest = self._lowest(attempt), self._highest(attempt)
        if not lowest <= attempt.version <= highest:
            self.findings.add("stale_answer", f"{attempt}: not in {lowest} to {highest}")

    def _check_usage(self, attempt, last_seen):
        if attempt.code != "ok":
            return
        version, license_ = attempt.version, attempt.args["license"]
        total, state = self.model.license.at(license_, version) or (None, None)
        now = (self.model.used.at(license_, version), total, state == "archived")
        told = tuple(attempt.answer[name] for name in ("used", "total", "archived"))
        if now != told or not last_seen <= version <= self._highest(attempt):
            self.findings.add("stale_answer", f"{attempt}: {now}, seen before: {last_seen}")

    # ------------------------------------------------------------------------- the end of it

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
            made = {key: line.last for key, line in replayed.items() if line.last is not None}
            for key in sorted(stored.keys() | made.keys()):
                if stored.get(key) != made.get(key):
                    self.findings.add(
                        "final_state", f"{table} {key}: {stored.get(key)}, not {made.get(key)}"
                    )
        flags = {seat["id"] for seat in self.tables["assignments"] if seat["needs_review"]}
        if flags != model.flagged:
            self.findings.add("final_state", f"flags: {sorted(flags ^ model.flagged)}")

    def check_events(self, events, whole):
        """What listeners were told; `whole` are the processes that ended by themselves."""
        rows = {row["seq"]: row for row in self.history}
        told = Counter()
        for event in events:
            row = rows.get(event["seq"])
            call = call_of_actor(event["actor"])
            if row is None or call is None or call[0] != event["p"] or event["version"] != row["batch"]:
                self.findings.add("event_foreign", event)
                continue
            if any(event[name] != row[name] for name in ("license", "person", "assignment")):
                self.findings.add("event_foreign", event)
            told[event["seq"]] += 1
            if told[event["seq"]] == 2:
                self.findings.add("event_twice", event)
        for attempt in self.attempts:
            if attempt.call[0] not in whole or not self._acknowledges(attempt):
                continue
            for row in self.batches.get(attempt.version, []):
                if row["kind"] in ("assigned", "revoked", "transferred") and not told[row["seq"]]:
                    self.findings.add("event_lost", f"{attempt}: row {row['seq']}")

    def check_inspection(self, inspection):
        """What the library finds when it opens what is stored."""
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
            self.findings.add("inspection", "not every license was looked at")

    def summary(self):
        """How many attempts ended how, as one line."""
        codes = Counter(attempt.code or "no answer" for attempt in self.attempts)
        unknown = sum(code in UNKNOWN for code in (attempt.code for attempt in self.attempts))
        return (
            f"{self.version} versions, {len(self.attempts)} calls of "
            f"{len({attempt.call[0] for attempt in self.attempts})} processes, {unknown} of unknown "
            f"outcome ({self.landed_unknown} landed and nobody was told): "
            + ", ".join(f"{code} {count}" for code, count in codes.most_common())
        )


def time_key(text):
    """A time of a record, so that times compare: it has as many decimals as it needs."""
    seconds, _, fraction = text.removesuffix("Z").partition(".")
    return seconds, fraction.ljust(6, "0")


def running_max(values):
    """The highest so far, at each place."""
    highest, answer = 0, []
    for value in values:
        highest = max(highest, value)
        answer.append(highest)
    return answer


def call_of_actor(name):
    """(process, call) of "p3.c17"."""
    try:
        process, call = name.split(".")
        return int(process.removeprefix("p")), int(call.removeprefix("c"))
    except (AttributeError, ValueError):
        return None


def read_lines(path):
    """The objects of a file, one a line; a last one that was cut off by the process's end is none."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError:
            break
    return lines


def read_attempts(lines, findings):
    """Attempts out of the lines before and after them."""
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
    """A Checker that has checked what a run has left."""
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
    """Tells what was found."""
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
