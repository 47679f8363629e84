"""A simple second implementation of a book in Python: lists and loops, no indexes.

It is written from docs/rules.md, and state_machine_test.py compares it with the library. Numbers in
comments are rule numbers. Every command either raises Failed with a code and changes nothing, or
changes the lists.
"""

from dataclasses import dataclass, field
from datetime import timedelta


class Failed(Exception):
    @property
    def code(self):
        return self.args[0]


@dataclass
class Person:
    id: int
    name: str
    email: str
    state: str = "active"


@dataclass
class License:
    id: int
    name: str
    total: object  # None: unlimited (C14)
    policy: str
    owner: int
    backup: object
    state: str = "active"


@dataclass
class Seat:
    id: int
    license: int
    person: int
    level: str
    at: object
    revoked_at: object = None
    reason: str = ""
    flagged: bool = False
    last_use: object = None


@dataclass
class NaiveBook:
    now: object
    people: list = field(default_factory=list)
    licenses: list = field(default_factory=list)
    seats: list = field(default_factory=list)
    history: list = field(default_factory=list)  # (batch, kind, license, person, assignment)
    version: int = 0

    # ---------------------------------------------------------------------------------- lookups

    def active(self, license=None, person=None):
        return [
            seat
            for seat in self.seats
            if seat.revoked_at is None
            and license in (None, seat.license)
            and person in (None, seat.person)
        ]

    def person(self, id, *, archived=False, erased=False):
        if not 1 <= id <= len(self.people):
            raise Failed("person_not_found")
        person = self.people[id - 1]
        if person.state == "archived" and not archived:
            raise Failed("person_archived")
        if person.state == "erased" and not erased:
            raise Failed("person_erased")
        return person

    def license(self, id, *, archived=False):
        if not 1 <= id <= len(self.licenses):
            raise Failed("license_not_found")
        license = self.licenses[id - 1]
        if license.state == "archived" and not archived:
            raise Failed("license_archived")
        return license

    def seat(self, id):
        if not 1 <= id <= len(self.seats):
            raise Failed("assignment_not_found")
        return self.seats[id - 1]

    def held(self, id):
        seat = self.seat(id)
        if seat.revoked_at is not None:
            raise Failed("already_revoked")  # A45
        return seat

    def used(self, license):
        return len(self.active(license=license.id))

    def has_room(self, license):
        """C7, C14."""
        return (
            license.total is None
            or license.policy == "allow_over"
            or self.used(license) < license.total
        )

    def fits(self, total, policy, used):
        """C12."""
        if policy == "enforce" and total is not None and used > total:
            raise Failed("total_below_used")

    def email_is_free(self, email, but=None):
        """C17: compares case-folded emails, including archived people; "" matches nothing."""
        key = email.strip().lower()
        if key and any(
            person.email.strip().lower() == key for person in self.people if person.id != but
        ):
            raise Failed("email_taken")

    # ----------------------------------------------------------------------------------- writing

    def commit(self, *rows):
        """Commits a batch with its history rows (A2)."""
        self.version += 1
        self.history += [(self.version, *row) for row in rows]

    def grant(self, license, person, level=""):
        seat = Seat(len(self.seats) + 1, license, person, level, self.now)
        self.seats.append(seat)
        return ("assigned", license, person, seat.id)

    def end(self, seat, reason):
        """A17: sets the revocation time and clears the flag (C47)."""
        seat.revoked_at, seat.reason, seat.flagged = self.now, reason, False
        return ("revoked", seat.license, seat.person, seat.id)

    # ------------------------------------------------------------------------------------ people

    def add_person(self, name, email):
        self.email_is_free(email)
        self.people.append(Person(len(self.people) + 1, name, email))
        self.commit(("person_added", None, len(self.people), None))

    def update_person(self, person, email):
        person = self.person(person)
        self.email_is_free(email, but=person.id)
        if person.email != email:
            person.email = email
            self.commit(("person_updated", None, person.id, None))

    def archive_person(self, person):
        person = self.person(person, archived=True)
        if person.state == "archived":
            return  # C47: archiving twice is a no-op
        person.state = "archived"
        rows = [("person_archived", None, person.id, None)]
        for seat in self.active(person=person.id):  # B28
            seat.flagged = True
            rows.append(("flagged", seat.license, seat.person, seat.id))
        self.commit(*rows)

    def reactivate_person(self, person):
        person = self.person(person, archived=True)
        if person.state == "active":
            return
        person.state = "active"
        rows = [("person_reactivated", None, person.id, None)]
        for seat in self.active(person=person.id):
            if seat.flagged:
                seat.flagged = False
                rows.append(("flag_cleared", seat.license, seat.person, seat.id))
        self.commit(*rows)

    def erase_person(self, person, revoke_first):
        """C49."""
        person = self.person(person, archived=True)
        if any(person.id in (each.owner, each.backup) for each in self.licenses):
            raise Failed("owns_licenses")
        held = self.active(person=person.id)
        if held and not revoke_first:
            raise Failed("has_active_seats")
        rows = [self.end(seat, "") for seat in held]
        person.name, person.email, person.state = "", "", "erased"
        for seat in self.seats:
            if seat.person == person.id:
                seat.level = seat.reason = ""
        self.commit(*rows, ("person_erased", None, person.id, None))

    # ---------------------------------------------------------------------------------- licenses

    def add_license(self, name, total, policy, owner, backup):
        self.person(owner)  # C21
        if backup is not None:
            self.person(backup)
        if owner == backup:
            raise Failed("backup_is_owner")  # B6
        self.licenses.append(
            License(len(self.licenses) + 1, name, total, policy, owner, backup)
        )
        self.commit(("license_added", len(self.licenses), None, None))

    def set_total_seats(self, license, total):
        license = self.license(license)
        self.fits(total, license.policy, self.used(license))
        if license.total != total:
            license.total = total
            self.commit(("total_changed", license.id, None, None))

    def set_policy(self, license, policy):
        license = self.license(license)
        self.fits(license.total, policy, self.used(license))
        if license.policy != policy:
            license.policy = policy
            self.commit(("policy_changed", license.id, None, None))

    def set_owners(self, license, **owners):
        license = self.license(license)
        for name in ("owner", "backup_owner"):
            if owners.get(name) is not None:
                self.person(owners[name])
        owner = owners.get("owner", license.owner)
        backup = owners.get("backup_owner", license.backup)
        if owner == backup:
            raise Failed("backup_is_owner")  # C20
        if (owner, backup) != (license.owner, license.backup):
            license.owner, license.backup = owner, backup
            self.commit(("owners_changed", license.id, None, None))

    def archive_license(self, license):
        license = self.license(license, archived=True)
        if self.used(license):
            raise Failed("has_active_seats")  # C50
        if license.state == "active":
            license.state = "archived"
            self.commit(("license_archived", license.id, None, None))

    def reactivate_license(self, license):
        license = self.license(license, archived=True)
        if license.state == "archived":
            license.state = "active"
            self.commit(("license_reactivated", license.id, None, None))

    # ------------------------------------------------------------------------------------- seats

    def assign(self, license, person, level):
        license = self.license(license)
        person = self.person(person)
        if self.active(license.id, person.id):
            raise Failed("already_assigned")  # A44, C16
        if not self.has_room(license):
            raise Failed("no_seats_remaining")  # A43
        self.commit(self.grant(license.id, person.id, level))

    def bulk(self, items, check, grant, all_or_nothing, dry_run):
        """Handles each item independently, duplicates once (C46). Returns the codes."""
        codes, granted = [], []
        for item in dict.fromkeys(items):
            code = check(item, len(granted))
            codes.append(code)
            if code == "ok":
                granted.append(item)
        if all_or_nothing and len(granted) != len(codes):
            raise Failed("bulk_refused")
        if granted and not dry_run:
            self.commit(*[grant(item) for item in granted])
        return codes

    def bulk_assign(self, person, licenses, all_or_nothing, dry_run):
        person = self.person(person)
        for each in licenses:
            self.license(each, archived=True)

        def check(item, _granted):
            license = self.licenses[item - 1]
            if license.state == "archived":
                return "license_archived"
            if self.active(item, person.id):
                return "already_assigned"
            return "ok" if self.has_room(license) else "no_seats_remaining"

        return self.bulk(
            licenses, check, lambda item: self.grant(item, person.id), all_or_nothing, dry_run
        )

    def assign_many(self, license, people, level, all_or_nothing, dry_run):
        license = self.license(license)
        for each in people:
            self.person(each, archived=True, erased=True)

        def check(item, granted):
            state = self.people[item - 1].state
            if self.active(license.id, item):
                return "already_assigned"
            if state != "active":
                return "person_" + state
            full = (
                license.policy == "enforce"
                and license.total is not None
                and self.used(license) + granted >= license.total
            )
            return "no_seats_remaining" if full else "ok"

        return self.bulk(
            people, check, lambda item: self.grant(license.id, item, level), all_or_nothing, dry_run
        )

    def revoke(self, seat, reason):
        self.commit(self.end(self.held(seat), reason))

    def revoke_all(self, person, reason):
        """C56: succeeds without seats."""
        person = self.person(person, archived=True)
        held = self.active(person=person.id)
        if held:
            self.commit(*[self.end(seat, reason) for seat in held])

    def transfer(self, seat, person):
        """C55: needs no free seat and keeps the level."""
        seat = self.seat(seat)
        self.license(seat.license)  # C74
        person = self.person(person)
        if any(each is not seat for each in self.active(seat.license, person.id)):
            raise Failed("already_assigned")
        seat = self.held(seat.id)
        if seat.person == person.id:
            raise Failed("same_person")
        self.end(seat, "transferred")
        self.grant(seat.license, person.id, seat.level)
        self.commit(
            ("transferred", seat.license, seat.person, seat.id),
            ("transferred", seat.license, person.id, len(self.seats)),
        )

    def edit_seat(self, seat, level):
        seat = self.held(seat)
        if seat.level != level:
            seat.level = level
            self.commit(("edited", seat.license, seat.person, seat.id))

    def mark_reviewed(self, seat):
        seat = self.held(seat)
        if not seat.flagged:
            raise Failed("not_flagged")  # C47
        seat.flagged = False  # B32: the seat is kept
        self.commit(("reviewed", seat.license, seat.person, seat.id))

    def record_use(self, seat, at):
        """C54: keeps the later time and writes no history."""
        seat = self.held(seat)
        if at < seat.at:
            raise Failed("used_before_assigned")
        if at > self.now + timedelta(hours=24):
            raise Failed("used_in_future")
        if seat.last_use is None or at > seat.last_use:
            seat.last_use = at
            self.commit()

    # ----------------------------------------------------------------------------------- queries

    def is_inactive(self, seat, days=30):
        """C8."""
        return seat.last_use is None or self.now - seat.last_use >= timedelta(days=days)

    def folded(self):
        """Returns the (license, person) pairs that the history gives (C48)."""
        held = set()
        for _, kind, license, person, _ in self.history:
            if kind == "assigned":
                held.add((license, person))
            elif kind == "revoked":
                held.discard((license, person))
            elif kind == "transferred":
                held.symmetric_difference_update({(license, person)})
        return held
