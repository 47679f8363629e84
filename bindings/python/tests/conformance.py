"""Runs the cases of tests/conformance/cases on the Python package.

tests/conformance/README.md describes the cases and what a runner must check. Each case runs twice,
and both runs must return the same results. The first uses an in-memory book and passes numbers and
texts as in the case. The second uses a SQLite file and passes Python types: typed ids, returned
records, enumerators, `datetime`, `date`, `Decimal`, `UUID` and bytes.
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
DEFAULT_START = "2026-03-01T12:00:00Z"
ALL = 100_000

CASE_MEMBERS = {"name", "note", "rules", "order", "at", "allow_clock_behind", "actor", "steps"}
STEP_MEMBERS = {"note", "at", "do", "as", "at_least", "args", "save", "expect"}
EXPECT_MEMBERS = {"error", "field", "index", "values", "outcomes", "message", "ok", "exactly"}
ACTOR_MEMBERS = {"actor", "person", "role", "permissions"}
OF_THE_BOOK = ("dump", "check", "close")
OF_PERMISSIONS = ("can", "why_not")


class CaseError(Exception):
    """A mistake in a case or in operations.json, or an unexpected result."""


def check_that(condition, message):
    if not condition:
        raise CaseError(message() if callable(message) else message)


def allow_only(given, members):
    """Rejects unknown members, such as a misspelled "expects" that would never fail."""
    unknown = set(given) - members
    check_that(not unknown, f"unknown member {', '.join(sorted(unknown))}")


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


class OperationSpec:
    """An entry of operations.json."""

    def __init__(self, entry):
        allow_only(entry, {"name", "request", "returns", "needs", "own_view", "saves",
                           "result", "codes"})  # fmt: skip
        self.name = entry["name"]
        self.request = set(entry["request"])
        self.returns = entry["returns"]
        self.result = set(entry.get("result", ()))
        self.saves = entry.get("saves")
        for code in entry["codes"]:
            check_that(hasattr(seatbook.Code, code), f"operations.json: unknown code {code}")


def read_cases(folder=FOLDER / "cases"):
    """Returns all cases in the order of the files. Names must be unique."""
    cases = []
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        check_that(path.suffix == ".json", f"not a case file: {path}")
        file = json.loads(path.read_text(encoding="utf-8"))
        cases.extend(Case(path, data) for data in file["cases"])
    check_that(cases, "no cases")
    names = [case.name for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1})
    check_that(not twice, f"two cases have the name: {', '.join(twice)}")
    return cases


def read_operations(path=FOLDER / "operations.json"):
    entries = json.loads(path.read_text(encoding="utf-8"))["operations"]
    specs = {entry["name"]: OperationSpec(entry) for entry in entries}
    check_that(len(specs) == len(entries), "operations.json lists an operation twice")
    return specs


# ------------------------------------------------------------------ references and forms


class Saved:
    """A saved id and the result that contained it, which can be passed instead of the id."""

    def __init__(self, number, result):
        self.number = number
        self.result = result


def is_reference(text):
    """Returns True for "$hire", a dollar sign and a name. "$12.58" is ordinary text."""
    return text != "$any" and re.fullmatch(r"\$[a-z][a-z0-9_]*", text, re.ASCII) is not None


FORMS = {
    "$repeat": lambda form: form[0] * form[1],
    "$join": "".join,
    "$list": lambda form: [form[0]] * form[1],
}


def filled_in(value, saved):
    """Returns the value with forms expanded and references replaced by the Saved object."""
    if isinstance(value, str) and is_reference(value):
        check_that(value[1:] in saved, f"no saved id {value}")
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
    """Returns the value with Saved objects replaced by their ids, for `expect`."""
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
# The type of these depends on the operation.
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
    """Decodes bytes; invalid UTF-8 becomes lone surrogates, as in Python's file names."""
    return data.decode("utf-8", errors="surrogateescape")


class PlainValues:
    """Passes numbers and texts as in the case."""

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
    """Converts texts to Python types. A text that cannot be converted is passed unchanged, because
    the case tests how the call handles it."""

    def saved(self, id_type, saved):
        check_that(id_type is not None, "an id for an argument that takes none")
        return saved.result

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
    """Converts the arguments of a step to arguments of a call."""

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
        # All items of a list of copies are the same object.
        made = {id(use): self.values.use(self.arguments("record_uses", use)) for use in uses}
        return [made[id(use)] for use in uses]

    def permission(self, name):
        permission = self.values.choice(seatbook.Permission, name)
        known = "export_" if name == "export" else name
        check_that(hasattr(seatbook.Permission, known), f"unknown permission {name}")
        return permission

    def number(self, name, id_type, number):
        if name in MONEY:  # the raw value, which may be one that no text produces
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
            check_that(text == "cancelled", f"not a progress state: {text}")
            progress = seatbook.Progress()
            progress.cancel()
            return progress
        return text


# ----------------------------------------------------------------------------- results

# Properties of records that the JSON of the cases does not have.
DESCRIPTION = FOLDER.parents[1] / "capi" / "seatbook.api.json"
HIDDEN = {
    shape["name"]: [c["name"] for c in shape["columns"] if not c.get("json", True)]
    for shape in json.loads(DESCRIPTION.read_text(encoding="utf-8"))["shapes"]
}
# Members of operations.json that are methods of a record.
METHODS = {"BulkSummary": "assign_text", "RosterReport": "to_csv"}


def properties_of(record):
    """Returns the names of a record's public attributes that JSON has, without methods."""
    cls = type(record)
    hidden = HIDDEN.get(cls.__name__, ())
    return [
        name
        for name in dir(cls)
        if not name.startswith("_")
        and not callable(inspect.getattr_static(cls, name))
        and name not in hidden
    ]


def text_of_time(instant):
    check_that(instant.tzinfo is not None, "a time without a zone")
    check_that(not instant.utcoffset(), "a time that is not in UTC")
    text = instant.strftime("%Y-%m-%dT%H:%M:%S")
    if instant.microsecond:
        text += f".{instant.microsecond:06}".rstrip("0")
    return text + "Z"


def text_of_money(amount):
    """Formats an amount with two to four decimals, as C++ does."""
    whole, _, decimals = format(amount, "f").partition(".")
    return whole + "." + decimals.rstrip("0").ljust(2, "0")


def json_of(value):
    """Converts a result to JSON as in the cases. Also checks the types of its values."""
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
    result = {name: json_of(getattr(value, name)) for name in properties_of(value)}
    check_that(value.to_dict(mode="json") == result, lambda: f"to_dict() of {shown(result)}")
    return result


def result_of(value):
    """Converts a result to the form that operations.json describes."""
    if isinstance(value, (list, tuple, seatbook.Rows)):
        return [result_of(item) for item in value]
    if not hasattr(value, "to_dict"):
        return json_of(value)
    result = json_of(value)
    for name in result:
        if isinstance(result[name], (dict, list)):
            result[name] = result_of(getattr(value, name))
    method = METHODS.get(type(value).__name__)
    if method is not None:
        result[method] = json_of(getattr(value, method)())
    if isinstance(value, (seatbook.RosterReport, seatbook.InventoryReport)):
        for row, members in zip(value.not_added, result["not_added"]):
            members["column_name"] = value.column_name(row)
    return result


def error_class(code):
    """Returns the exception class of a code: NoSeatsRemainingError for no_seats_remaining."""
    name = "".join(word.capitalize() for word in code.name.split("_"))
    return getattr(seatbook, name + "Error")


def json_of_error(error):
    return {
        "error": error.code.name,
        "field": error.field or "",
        "index": error.index,
        "values": json_of(error.values),
        "message": error.message,
        "outcomes": json_of(error.outcomes),
    }


def difference(expected, actual, exactly, path=""):
    """Describes the first difference; empty if there is none."""
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
        return f"{path} has an unexpected member {surplus[0]}" if exactly and surplus else ""
    # True == 1 in Python, but not in JSON.
    if type(expected) is type(actual) and expected == actual:
        return ""
    return f"{path}: expected {shown(expected)}, got {shown(actual)}"


# --------------------------------------------------------------------------- running cases


class Player:
    """Runs one case on one book."""

    def __init__(self, specs, data, values, path=None):
        self.specs = specs
        self.data = data
        self.typed = isinstance(values, TypedValues)
        self.converter = Converter(values)
        self.clock = seatbook.ManualClock(self.instant(data.get("at", DEFAULT_START)))
        options = {"clock": self.clock, "allow_clock_behind": data.get("allow_clock_behind", False)}
        if path is not None:
            options["durability"] = "relaxed"  # no case tests power loss
        self.book = seatbook.open(path, **options)
        self.saved = {}
        self.results = []
        self.seen = 0
        self.events = []
        self.notifications = []
        self.book.subscribe(self.events.append)
        self.book.subscribe_notifications(self.notifications.append)
        self.last_dump = self.book.dump()

    def play(self):
        with self.book:
            for number, step in enumerate(self.data["steps"], 1):
                try:
                    self.step(step)
                    self.check_book()
                except Exception as error:
                    where = f"step {number}: {shown(step)}\n  {type(error).__name__}: {error}"
                    raise CaseError(where) from error

    @staticmethod
    def instant(at):
        """Returns a datetime, or a raw number unchanged."""
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
        """Returns the state that a failed call must not change (C43)."""

        def result_or_code(call):
            try:
                return call()
            except seatbook.Error as error:
                return error.code.name

        return (
            result_or_code(lambda: self.book.version),
            result_or_code(self.book.dump),
            result_or_code(lambda: json_of(self.auditor().events_after(0, ALL))),
        )

    def call(self, step, spec):
        """Makes the step's call and returns its Python result."""
        members = filled_in(step.get("args", {}), self.saved)
        allow_only(members, spec.request)
        stops = members.pop("sink", None) == "stops"
        arguments = self.converter.arguments(spec.name, members)
        if spec.name in OF_THE_BOOK:
            return self.call_book(spec.name)
        session = self.session(step)
        if "at_least" in step:
            session = session.at_least(step["at_least"])
        if stops:
            arguments["to"] = lambda _bytes: False
        result = getattr(session, spec.name)(**arguments)
        if spec.name == "why_not":  # returns the error that other calls raise
            check_that(session.can(**arguments) is (result is None), "can() and why_not() differ")
            if result is not None:
                raise result
        return result

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
        check_that(step["do"] in self.specs, f"unknown operation {step['do']}")
        spec = self.specs[step["do"]]
        expect = numbers_of(filled_in(step.get("expect", {}), self.saved))
        allow_only(expect, EXPECT_MEMBERS)
        before = self.snapshot()
        try:
            result = self.call(step, spec)
        except seatbook.Error as error:
            check_that(
                type(error) is error_class(error.code),
                lambda error=error: f"not the class of its code: {error!r}",
            )
            self.failed(expect, json_of_error(error), before)
            return
        self.succeeded(step, spec, expect, result)

    def failed(self, expect, actual, before):
        self.results.append(actual)
        check_that("error" in expect, lambda: f"failed: {shown(actual)}")
        # An index that the case does not expect is a mistake.
        found = difference({"index": None, **expect}, actual, False)
        check_that(not found, found)
        check_that(
            self.snapshot() == before,
            lambda: f"a failed call changed the book: {self.snapshot()}\nbefore: {before}",
        )

    def succeeded(self, step, spec, expect, result):
        actual = json.loads(result) if spec.name == "dump" else result_of(result)
        self.results.append(actual)
        check_that("error" not in expect, lambda: f"did not fail, but returned {shown(actual)}")
        exactly = "exactly" in expect
        if exactly or "ok" in expect:
            found = difference(expect["exactly" if exactly else "ok"], actual, exactly)
            check_that(not found, found)
        self.check_form(spec, result, actual)
        if "save" in step:
            self.save(step["save"], spec, result, actual)

    @staticmethod
    def check_form(spec, result, actual):
        """Checks that a result has exactly the form and members of operations.json."""
        if spec.returns == "nothing":
            check_that(result is None, lambda: f"not None: {result!r}")
        elif spec.returns == "list":
            check_that(isinstance(actual, list), lambda: f"not a list: {result!r}")
        for each in actual if spec.returns == "list" else [actual]:
            if spec.result:
                check_that(
                    set(each) == spec.result,
                    lambda: f"operations.json differs in: {sorted(set(each) ^ spec.result)}",
                )

    def save(self, name, spec, result, actual):
        check_that(spec.saves is not None, "the operation returns no id to save")
        number = actual if spec.returns == "value" else actual[spec.saves]
        check_that(number is not None, f"no id to save as {name}")
        check_that(name not in self.saved, f"{name} is saved twice")
        self.saved[name] = Saved(number, result)

    def check_book(self):
        """Checks the invariants and that listeners received the same events as queries return."""
        try:
            findings = self.book.check_invariants()
        except seatbook.BookClosedError:
            check_that(self.book.closed, "closed, but `closed` is false")
            return
        check_that(not list(findings), f"{findings}")
        events = self.auditor().events_after(self.seen, ALL)
        notes = self.auditor().notifications_after(self.seen, ALL)
        for received, queried in (
            (self.events, events.events),
            (self.notifications, notes.notifications),
        ):
            found = difference(json_of(received), json_of(queried), True)
            check_that(not found, f"listeners received other events: {found}")
            check_that(received == list(queried), "records of listeners are not equal")
            received.clear()
        self.seen = events.next
        self.last_dump = self.book.dump()


@contextlib.contextmanager
def located(case, set_up):
    try:
        yield
    except Exception as error:
        raise CaseError(f'{case.path.name}: "{case.name}" on {set_up}: {error}') from error


def play_case(specs, case, folder):
    """Runs a case in memory and with a file in `folder`, and compares both runs."""
    with located(case, "a book"):
        allow_only(case.data, CASE_MEMBERS)
    with located(case, "an in-memory book"):
        in_memory = Player(specs, case.data, PlainValues())
        in_memory.play()
    with located(case, "a book in a file"):
        path = os.path.join(folder, "case.db")
        stored = Player(specs, case.data, TypedValues(), path)
        stored.play()
        found = difference(in_memory.results, stored.results, True)
        check_that(not found, f"results differ: {found}")
        check_that(in_memory.last_dump == stored.last_dump, "dumps differ")
        with seatbook.open(pathlib.Path(path), clock=stored.clock, must_exist=True) as again:
            check_that(again.dump() == stored.last_dump, "the reopened book differs")
            check_that(not list(again.check_invariants()), "the reopened book is damaged")


def play_in_new_folder(specs, case):
    with tempfile.TemporaryDirectory(prefix="seatbook-conformance-") as folder:
        play_case(specs, case, folder)


# ------------------------------------------------------------------------ the operations


def takes(session, operation, name):
    """Returns whether the method has the argument, by calling it with an invalid value."""
    try:
        getattr(session, operation)(**{name: object()})
    except TypeError as error:
        return re.search(r"(has no|unexpected keyword) argument", str(error)) is None
    except seatbook.Error:
        pass
    return True


def parameters_of(session, operation, names):
    """Returns those of the names that are arguments of a method of the session."""
    spelled = {"from": "from_", "sink": "to"}
    return {name for name in names if takes(session, operation, spelled.get(name, name))}


def check_operations(specs):
    """Checks that the package and operations.json have the same operations and arguments."""
    wrong = []
    operations = {operation.name for operation in seatbook.Operation}
    if operations | {*OF_PERMISSIONS, *OF_THE_BOOK} != set(specs):
        wrong.append(f"the operations differ: {sorted(operations ^ set(specs))}")
    of_sessions = {name for name in dir(seatbook.Session) if not name.startswith("_")}
    missing = sorted(operations - of_sessions)
    if missing:
        wrong.append(f"Session lacks {', '.join(missing)}")
    every = set().union(*(spec.request for spec in specs.values()))
    with seatbook.open() as book:
        session = book.session("root", role="super-admin")
        for name in itertools.chain(sorted(operations & of_sessions), OF_PERMISSIONS):
            taken = parameters_of(session, name, every)
            if taken != specs[name].request:
                wrong.append(f"{name}: {sorted(taken ^ specs[name].request)}")
    check_that(not wrong, "\n".join(wrong))
