"""Plays the cases of tests/conformance/cases on the Python package.

tests/conformance/README.md describes the cases and what a runner has to check. Each case is played
twice, and both have to answer alike: in memory, with numbers and texts as the cases spell them; and
over a SQLite file, with what a Python program would rather pass: ids of their types and the records
that calls have answered, enumerators, `datetime`, `date`, `Decimal`, `UUID`, bytes.
"""

import base64
import contextlib
import datetime
import decimal
import enum
import inspect
import itertools
import json
import os
import pathlib
import re
import tempfile
import uuid

import seatbook

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "tests" / "conformance"
USUAL_START = "2026-03-01T12:00:00Z"
ALL = 100_000

CASE_MEMBERS = {"name", "note", "rules", "order", "at", "allow_clock_behind", "actor", "steps"}
STEP_MEMBERS = {"note", "at", "do", "as", "at_least", "args", "save", "expect"}
EXPECT_MEMBERS = {"error", "field", "index", "values", "outcomes", "message", "ok", "exactly"}
ACTOR_MEMBERS = {"actor", "person", "role", "permissions"}
OF_THE_BOOK = ("dump", "check", "close")
OF_PERMISSIONS = ("can", "why_not")


class CaseError(Exception):
    """The case, or operations.json, is wrong, or it is not what was played."""


def check_that(right, message):
    if not right:
        raise CaseError(message() if callable(message) else message)


def allow_only(given, members):
    """Members that nobody knows are mistakes, such as an "expects" that would never fail."""
    unknown = set(given) - members
    check_that(not unknown, f"there is no member {', '.join(sorted(unknown))}")


def shown(value):
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 2000 else text[:2000] + " ..."


# ------------------------------------------------------------------------------ the files


class Case:
    def __init__(self, path, data):
        self.path = path
        self.topic = path.stem
        self.name = data["name"]
        self.data = data


class Promise:
    """What operations.json says of one operation."""

    def __init__(self, entry):
        allow_only(entry, {"name", "request", "returns", "saves", "result", "codes"})
        self.name = entry["name"]
        self.request = set(entry["request"])
        self.returns = entry["returns"]
        self.result = set(entry.get("result", ()))
        self.saves = entry.get("saves")
        for code in entry["codes"]:
            check_that(hasattr(seatbook.Code, code), f"operations.json: there is no code {code}")


def read_cases(folder=FOLDER / "cases"):
    """All cases, in the order of the files. Each name stands once."""
    cases = []
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        check_that(path.suffix == ".json", f"no cases: {path}")
        file = json.loads(path.read_text(encoding="utf-8"))
        cases.extend(Case(path, data) for data in file["cases"])
    check_that(cases, "there are no cases")
    names = [case.name for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1})
    check_that(not twice, f"two cases are named: {', '.join(twice)}")
    return cases


def read_operations(path=FOLDER / "operations.json"):
    entries = json.loads(path.read_text(encoding="utf-8"))["operations"]
    promises = {entry["name"]: Promise(entry) for entry in entries}
    check_that(len(promises) == len(entries), "operations.json has two of one name")
    return promises


# -------------------------------------------------------- what stands for something else


class Saved:
    """What a step has saved: the id, and what was answered, which serves wherever the id does."""

    def __init__(self, number, answer):
        self.number = number
        self.answer = answer


def is_reference(text):
    """ "$hire": a dollar sign and a name. "$12.58" is a text like any other."""
    return text != "$any" and re.fullmatch(r"\$[a-z][a-z0-9_]*", text, re.ASCII) is not None


FORMS = {
    "$repeat": lambda form: form[0] * form[1],
    "$join": "".join,
    "$list": lambda form: [form[0]] * form[1],
}


def filled_in(value, saved):
    """The value with references and forms replaced; a reference by what was saved."""
    if isinstance(value, str) and is_reference(value):
        check_that(value[1:] in saved, f"nobody has saved {value}")
        return saved[value[1:]]
    if isinstance(value, list):
        return [filled_in(item, saved) for item in value]
    if not isinstance(value, dict):
        return value
    for form, make in FORMS.items():
        if form in value:
            allow_only(value, {form})
            return make(filled_in(value[form], saved))
    result = {}
    for name, member in value.items():
        if name.endswith("_b64"):
            name, filled = name[: -len("_b64")], base64.b64decode(member, validate=True)
        else:
            filled = filled_in(member, saved)
        check_that(name not in result, f"{name} is given twice")
        result[name] = filled
    return result


def numbers_of(value):
    """What is filled in, with the id in place of what was saved: for `expect`."""
    if isinstance(value, Saved):
        return value.number
    if isinstance(value, list):
        return [numbers_of(item) for item in value]
    if isinstance(value, dict):
        return {name: numbers_of(member) for name, member in value.items()}
    return value


# ---------------------------------------------------------------------- values of calls

ID_TYPES = {
    "person": seatbook.PersonId,
    "owner": seatbook.PersonId,
    "backup_owner": seatbook.PersonId,
    "default_owner": seatbook.PersonId,
    "people": seatbook.PersonId,
    "license": seatbook.LicenseId,
    "licenses": seatbook.LicenseId,
    "assignment": seatbook.AssignmentId,
    "actor": seatbook.ActorId,
}
# Of these the type is another one in each operation.
PAGE_ID_TYPES = {
    ("people", "after"): seatbook.PersonId,
    ("licenses", "after"): seatbook.LicenseId,
    ("roster", "after"): seatbook.AssignmentId,
    ("reclaim_candidates", "after"): seatbook.AssignmentId,
}
CHOICES = {
    "policy": seatbook.CapacityPolicy,
    "billing_period": seatbook.BillingPeriod,
    "role": seatbook.Role,
    "profile": seatbook.CsvProfile,
    "date_order": seatbook.DateOrder,
    "kind": seatbook.HistoryKind,
    "sort": seatbook.SeatSort,
    "by": seatbook.UtilizationBy,
    "operation": seatbook.Operation,
    ("people", "state"): seatbook.PersonState,
    ("licenses", "state"): seatbook.LicenseState,
}
MONEY = {"cost_per_seat", "cost_override"}
TIMES = {"used_at", "since", "until", "at"}
DATES = {"renewal_date", ("renewals_due", "until")}


def text_of_bytes(data):
    """Bytes that are no UTF-8 are a str with lone surrogates, as Python reads file names."""
    return data.decode("utf-8", errors="surrogateescape")


class PlainValues:
    """Numbers and texts as they stand in the case."""

    def __init__(self):
        self.conversions = 0

    def saved(self, _id_type, saved):
        return saved.number

    def number_of_id(self, _id_type, number):
        return number

    def choice(self, _choice, text):
        return text

    def money(self, text):
        return text

    def time(self, text):
        return text

    def date(self, text):
        return text

    def request_id(self, text):
        return text

    def csv(self, text):
        return text

    def use(self, members):
        return members

    def columns(self, _operation, members):
        return members


class TypedValues(PlainValues):
    """The same as objects of Python's types, where the text makes one. A text that does not is
    passed as it is, since what becomes of it is what the case asks."""

    def saved(self, id_type, saved):
        check_that(id_type is not None, "an id where none is taken")
        return saved.answer

    def number_of_id(self, id_type, number):
        return number if id_type is None else id_type(number)

    def choice(self, choice, text):
        return getattr(choice, "export_" if text == "export" else text.replace("-", "_"), text)

    def money(self, text):
        return decimal.Decimal(text) if re.fullmatch(r"[0-9]+(\.[0-9]{1,4})?", text) else text

    def time(self, text):
        match = re.fullmatch(
            r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|([+-])(\d\d):(\d\d))",
            text,
            re.ASCII,
        )
        if match is None:
            return text
        whole, fraction, sign, hours, minutes = match.groups()
        offset = datetime.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = datetime.timezone(-offset if sign == "-" else offset)
        try:
            instant = datetime.datetime.fromisoformat(whole).replace(
                microsecond=int((fraction or "0").ljust(6, "0")), tzinfo=zone
            )
        except ValueError:
            return text
        return instant if 1970 <= instant.astimezone(datetime.timezone.utc).year <= 2200 else text

    def date(self, text):
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            return text
        return day if day.isoformat() == text and 1970 <= day.year <= 2200 else text

    def request_id(self, text):
        if re.fullmatch(r"[0-9a-f]{32}", text) is None:
            return text
        self.conversions += 1
        return uuid.UUID(text) if self.conversions % 2 else bytes.fromhex(text)

    def csv(self, text):
        return text.encode("utf-8")

    def use(self, members):
        return seatbook.SeatUse(**members)

    def columns(self, operation, members):
        columns = {
            "import_people": seatbook.PeopleColumns,
            "import_licenses": seatbook.LicenseColumns,
        }
        return columns[operation](**members)


class Converter:
    """Arguments of a step as arguments of a call."""

    def __init__(self, values):
        self.values = values

    def arguments(self, operation, members):
        return {
            name + "_" if name == "from" else name: self.argument(operation, name, value)
            for name, value in members.items()
        }

    def argument(self, operation, name, value):
        values = self.values
        id_type = PAGE_ID_TYPES.get((operation, name), ID_TYPES.get(name))
        if isinstance(value, Saved):
            return values.saved(id_type, value)
        if value is None or isinstance(value, bool):
            return value
        if name in ("people", "licenses"):
            return [self.argument(operation, name[:-1] if name == "licenses" else "person", item)
                    for item in value]  # fmt: skip
        if name == "uses":
            return self.uses(value)
        if name == "columns":
            return values.columns(operation, self.texts(value))
        if name == "permissions":
            return [self.permission(item) for item in value]
        if isinstance(value, int):
            return self.number(name, id_type, value)
        if isinstance(value, bytes):
            return value if name == "csv" else text_of_bytes(value)
        check_that(isinstance(value, str), lambda: f"{name}: {shown(value)}")
        return self.text(operation, name, value)

    def texts(self, members):
        return {name: text_of_bytes(text) if isinstance(text, bytes) else text
                for name, text in members.items()}  # fmt: skip

    def uses(self, uses):
        # A list of many copies has one object in it.
        made = {id(use): self.values.use(self.arguments("record_uses", use)) for use in uses}
        return [made[id(use)] for use in uses]

    def permission(self, name):
        permission = self.values.choice(seatbook.Permission, name)
        known = "export_" if name == "export" else name
        check_that(hasattr(seatbook.Permission, known), f"there is no permission {name}")
        return permission

    def number(self, name, id_type, number):
        if name in MONEY:  # the raw value, also one that no text gives
            return decimal.Decimal(number).scaleb(-4)
        if id_type is not None:
            return self.values.number_of_id(id_type, number)
        return number

    def text(self, operation, name, text):
        values = self.values
        choice = CHOICES.get((operation, name), CHOICES.get(name))
        if choice is not None:
            return values.choice(choice, text)
        if name in MONEY:
            return values.money(text)
        if name in DATES or (operation, name) in DATES:
            return values.date(text)
        if name in TIMES:
            return values.time(text)
        if name == "request_id":
            return values.request_id(text)
        if name == "csv":
            return values.csv(text)
        if name == "progress":
            check_that(text == "cancelled", f"not a state of progress: {text}")
            progress = seatbook.Progress()
            progress.cancel()
            return progress
        return text


# ----------------------------------------------------------------------------- answers

# What records tell besides the members of the C++ structs.
CONVENIENCES = {
    "Assignment": {"active"},
    "HistoryRow": {"grants", "removes"},
    "MoneyTotal": {"twelfths"},
    "RosterFileRow": {"reason"},
}
# Members of operations.json that are calls of a record.
METHODS = {"BulkSummary": "assign_text", "RosterReport": "to_csv"}


def members_of(record):
    """The public attributes of a record that are no methods."""
    cls = type(record)
    names = (
        name
        for name in dir(cls)
        if not name.startswith("_") and not callable(inspect.getattr_static(cls, name))
    )
    return sorted(set(names) - CONVENIENCES.get(cls.__name__, set()))


def text_of_time(instant):
    check_that(instant.tzinfo is not None, "a time without a zone")
    check_that(not instant.utcoffset(), "a time that is not in UTC")
    text = instant.strftime("%Y-%m-%dT%H:%M:%S")
    if instant.microsecond:
        text += f".{instant.microsecond:06}".rstrip("0")
    return text + "Z"


def text_of_money(amount):
    """With two to four decimals, as C++ writes it."""
    whole, _, decimals = format(amount, "f").partition(".")
    return whole + "." + decimals.rstrip("0").ljust(2, "0")


def json_of(value):
    """An answer as the cases spell it. Also checks that it is made of the promised types."""
    if isinstance(value, enum.Enum):
        check_that(isinstance(value, enum.IntEnum), f"not an IntEnum: {value!r}")
        if isinstance(value, seatbook.EventKind):
            return value.name.replace("_", ".", 1)
        return value.name
    if value is None or isinstance(value, (bool, int, str)):
        return int(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(value, datetime.datetime):
        return text_of_time(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return text_of_money(value)
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, (list, tuple, seatbook.Rows)):
        return [json_of(item) for item in value]
    check_that(type(value).__module__.split(".")[0] == "seatbook", f"unexpected: {value!r}")
    answer = {name: json_of(getattr(value, name)) for name in members_of(value)}
    method = METHODS.get(type(value).__name__)
    if method is not None:
        answer[method] = json_of(getattr(value, method)())
    if isinstance(value, (seatbook.RosterReport, seatbook.InventoryReport)):
        for row, told in zip(value.not_added, answer["not_added"]):
            told["column_name"] = value.column_name(row)
    return answer


def error_class(code):
    """NoSeatsRemainingError for no_seats_remaining."""
    name = "".join(word.capitalize() for word in code.name.split("_"))
    return getattr(seatbook, name + "Error")


def json_of_error(error):
    return {
        "error": error.code.name,
        "field": error.field or "",
        "index": -1 if error.index is None else error.index,
        "values": json_of(error.values),
        "message": error.message,
        "outcomes": json_of(error.outcomes),
    }


def difference(expected, actual, exactly, path=""):
    """Where the answer is not what was expected; empty where it is."""
    if expected == "$any":
        return ""
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for at, (one, other) in enumerate(zip(expected, actual)):
            found = difference(one, other, exactly, f"{path}/{at}")
            if found:
                return found
        return ""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for name, member in expected.items():
            if name not in actual:
                return f"{path} has no member {name}: {shown(actual)}"
            found = difference(member, actual[name], exactly, f"{path}/{name}")
            if found:
                return found
        surplus = sorted(set(actual) - set(expected))
        return f"{path} has a member too many: {surplus[0]}" if exactly and surplus else ""
    # True is 1 to Python, not to JSON.
    if type(expected) is type(actual) and expected == actual:
        return ""
    return f"{path}: expected {shown(expected)}, got {shown(actual)}"


# ------------------------------------------------------------------------------- playing


class Player:
    """One case on one book."""

    def __init__(self, promises, data, values, path=None):
        self.promises = promises
        self.data = data
        self.typed = isinstance(values, TypedValues)
        self.converter = Converter(values)
        self.clock = seatbook.ManualClock(self.instant(data.get("at", USUAL_START)))
        options = {"clock": self.clock, "allow_clock_behind": data.get("allow_clock_behind", False)}
        if path is not None:
            options["durability"] = "relaxed"  # no case loses power
        self.book = seatbook.open(path, **options)
        self.saved = {}
        self.answers = []
        self.seen = 0
        self.told = []
        self.notified = []
        self.book.subscribe(self.told.append)
        self.book.subscribe_notifications(self.notified.append)
        self.last_dump = self.book.dump()

    def play(self):
        with self.book:
            for number, step in enumerate(self.data["steps"], 1):
                try:
                    self.step(step)
                    self.look_after()
                except Exception as error:
                    where = f"step {number}: {shown(step)}\n  {type(error).__name__}: {error}"
                    raise CaseError(where) from error

    @staticmethod
    def instant(at):
        """A datetime, or the raw number where no datetime is meant."""
        if isinstance(at, int):
            return at
        instant = TypedValues().time(at)
        check_that(isinstance(instant, datetime.datetime), f"not a time: {at}")
        return instant

    def auditor(self):
        return self.book.session("root", role="super-admin")

    def session(self, step):
        actor = step.get("as", self.data.get("actor", {"actor": "root", "role": "super-admin"}))
        members = filled_in(actor, self.saved)
        allow_only(members, ACTOR_MEMBERS)
        return self.book.session(**self.converter.arguments("session", members))

    def snapshot(self):
        """What a refused call must leave as it is (C43)."""

        def answer_or_code(ask):
            try:
                return ask()
            except seatbook.Error as error:
                return error.code.name

        return (
            answer_or_code(lambda: self.book.version),
            answer_or_code(self.book.dump),
            answer_or_code(lambda: json_of(self.auditor().events_after(0, ALL))),
        )

    def call(self, step, promise):
        """The answer of the step's call, as Python has it."""
        members = filled_in(step.get("args", {}), self.saved)
        allow_only(members, promise.request)
        stops = members.pop("sink", None) == "stops"
        arguments = self.converter.arguments(promise.name, members)
        if promise.name in OF_THE_BOOK:
            return self.call_book(promise.name)
        session = self.session(step)
        if "at_least" in step:
            session = session.at_least(step["at_least"])
        if stops:
            arguments["to"] = lambda _bytes: False
        answer = getattr(session, promise.name)(**arguments)
        if promise.name == "why_not":  # returns the error that the others raise
            check_that(session.can(**arguments) is (answer is None), "can() and why_not() differ")
            if answer is not None:
                raise answer
        return answer

    def call_book(self, name):
        if name == "dump":
            return self.book.dump()
        return self.book.check_invariants() if name == "check" else self.book.close()

    def step(self, step):
        allow_only(step, STEP_MEMBERS)
        if "at" in step:
            self.clock.set(self.instant(step["at"]))
        if "do" not in step:
            allow_only(step, {"at", "note"})
            return
        check_that(step["do"] in self.promises, f"there is no operation {step['do']}")
        promise = self.promises[step["do"]]
        expect = numbers_of(filled_in(step.get("expect", {}), self.saved))
        allow_only(expect, EXPECT_MEMBERS)
        before = self.snapshot()
        try:
            answer = self.call(step, promise)
        except seatbook.Error as error:
            check_that(type(error) is error_class(error.code), lambda error=error: f"not its class: {error!r}")
            self.refused(expect, json_of_error(error), before)
            return
        self.answered(step, promise, expect, answer)

    def refused(self, expect, actual, before):
        self.answers.append(actual)
        check_that("error" in expect, lambda: f"refused: {shown(actual)}")
        found = difference(expect, actual, False)
        check_that(not found, found)
        check_that(
            self.snapshot() == before,
            lambda: f"a refused call has changed something: {self.snapshot()}\nwas: {before}",
        )

    def answered(self, step, promise, expect, answer):
        actual = json.loads(answer) if promise.name == "dump" else json_of(answer)
        self.answers.append(actual)
        check_that("error" not in expect, lambda: f"not refused, but answered {shown(actual)}")
        exactly = "exactly" in expect
        if exactly or "ok" in expect:
            found = difference(expect["exactly" if exactly else "ok"], actual, exactly)
            check_that(not found, found)
        self.check_form(promise, answer, actual)
        if "save" in step:
            self.save(step["save"], promise, answer, actual)

    @staticmethod
    def check_form(promise, answer, actual):
        """Answers have the form and the members that operations.json says, no more, no fewer."""
        if promise.returns == "nothing":
            check_that(answer is None, lambda: f"not nothing: {answer!r}")
        elif promise.returns == "list":
            check_that(isinstance(actual, list), lambda: f"not a list: {answer!r}")
        for each in actual if promise.returns == "list" else [actual]:
            if promise.result:
                check_that(
                    set(each) == promise.result,
                    lambda: f"operations.json says otherwise: {sorted(set(each) ^ promise.result)}",
                )

    def save(self, name, promise, answer, actual):
        check_that(promise.saves is not None, "that operation answers no id")
        number = actual if promise.returns == "value" else actual[promise.saves]
        check_that(number is not None, f"there is no id to save as {name}")
        check_that(name not in self.saved, f"{name} is saved twice")
        self.saved[name] = Saved(number, answer)

    def look_after(self):
        """After every step: the invariants hold; listeners were told what is answered later."""
        try:
            findings = self.book.check_invariants()
        except seatbook.BookClosedError:
            check_that(self.book.closed, "closed, and says that it is not")
            return
        check_that(not list(findings), f"{findings}")
        events = self.auditor().events_after(self.seen, ALL)
        notes = self.auditor().notifications_after(self.seen, ALL)
        for told, asked in ((self.told, events.events), (self.notified, notes.notifications)):
            found = difference(json_of(told), json_of(asked), True)
            check_that(not found, f"listeners were told something else: {found}")
            check_that(told == list(asked), "what listeners were told is not equal")
            told.clear()
        self.seen = events.next
        self.last_dump = self.book.dump()


@contextlib.contextmanager
def told_where(case, set_up):
    try:
        yield
    except Exception as error:
        raise CaseError(f'{case.path.name}: "{case.name}" on {set_up}: {error}') from error


def play_case(promises, case, folder):
    """Plays a case in memory and over a file in `folder`, and compares the two."""
    with told_where(case, "a book"):
        allow_only(case.data, CASE_MEMBERS)
    with told_where(case, "a book in memory"):
        alone = Player(promises, case.data, PlainValues())
        alone.play()
    with told_where(case, "a book in a file"):
        path = os.path.join(folder, "case.db")
        stored = Player(promises, case.data, TypedValues(), path)
        stored.play()
        found = difference(alone.answers, stored.answers, True)
        check_that(not found, f"the set-ups answer differently: {found}")
        check_that(alone.last_dump == stored.last_dump, "the set-ups come to different books")
        with seatbook.open(pathlib.Path(path), clock=stored.clock, must_exist=True) as again:
            check_that(again.dump() == stored.last_dump, "the file gives back another book")
            check_that(not list(again.check_invariants()), "the book opened again is broken")


def play_in_new_folder(promises, case):
    with tempfile.TemporaryDirectory(prefix="seatbook-conformance-") as folder:
        play_case(promises, case, folder)


# ------------------------------------------------------------------------ the operations


def takes(session, operation, name):
    """Whether the method knows an argument of that name: one that is no value of it tells."""
    try:
        getattr(session, operation)(**{name: object()})
    except TypeError as error:
        return re.search(r"(has no|unexpected keyword) argument", str(error)) is None
    except seatbook.Error:
        pass
    return True


def parameters_of(session, operation, names):
    """Those of the names that a method of the session takes."""
    spelled = {"from": "from_", "sink": "to"}
    return {name for name in names if takes(session, operation, spelled.get(name, name))}


def check_operations(promises):
    """The package and operations.json know the same operations, which take the same members."""
    wrong = []
    operations = {operation.name for operation in seatbook.Operation}
    if operations | {*OF_PERMISSIONS, *OF_THE_BOOK} != set(promises):
        wrong.append(f"the operations are others: {sorted(operations ^ set(promises))}")
    of_sessions = {name for name in dir(seatbook.Session) if not name.startswith("_")}
    missing = sorted(operations - of_sessions)
    if missing:
        wrong.append(f"Session lacks {', '.join(missing)}")
    every = set().union(*(promise.request for promise in promises.values()))
    with seatbook.open() as book:
        session = book.session("root", role="super-admin")
        for name in itertools.chain(sorted(operations & of_sessions), OF_PERMISSIONS):
            taken = parameters_of(session, name, every)
            if taken != promises[name].request:
                wrong.append(f"{name}: {sorted(taken ^ promises[name].request)}")
    check_that(not wrong, "\n".join(wrong))
