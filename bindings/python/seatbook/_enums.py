"""The enumerations. Names and numbers are the same in C++ and C."""

from enum import IntEnum

__all__ = [
    "Role",
    "Permission",
    "Operation",
    "PersonState",
    "LicenseState",
    "CapacityPolicy",
    "BillingPeriod",
    "HistoryKind",
    "EventKind",
    "SeatSort",
    "CsvProfile",
    "UtilizationBy",
    "RosterOutcome",
    "InventoryOutcome",
    "OffboardingOutcome",
    "DateOrder",
    "Code",
]


class _Choice(IntEnum):
    """An enumeration that prints its name."""

    def __str__(self) -> str:
        return self.name


class Role(_Choice):
    """The role of an actor, which determines its permissions."""

    super_admin = 0
    it_admin = 1
    admin = 2
    manager = 3
    employee = 4


class Permission(_Choice):
    """A permission that a call requires."""

    view = 0
    view_own = 1
    edit = 2
    create = 3
    assign = 4
    archive_person = 5
    export_ = 6
    administer = 7


class Operation(_Choice):
    """The queries and commands of a session."""

    add_person = 0
    update_person = 1
    archive_person = 2
    reactivate_person = 3
    erase_person = 4
    add_license = 5
    update_license = 6
    set_total_seats = 7
    set_policy = 8
    set_owners = 9
    archive_license = 10
    reactivate_license = 11
    assign = 12
    bulk_assign = 13
    assign_many = 14
    revoke = 15
    revoke_all = 16
    transfer = 17
    edit_seat = 18
    mark_reviewed = 19
    record_use = 20
    record_uses = 21
    people = 22
    licenses = 23
    get_person = 24
    get_license = 25
    get_assignment = 26
    get_actor = 27
    find_person = 28
    find_license = 29
    find_actor = 30
    find_seat = 31
    last_use = 32
    usage = 33
    license_seats = 34
    my_software = 35
    assignable_people = 36
    needs_review = 37
    needs_review_count = 38
    archived_owners = 39
    license_contacts = 40
    renewals_due = 41
    history = 42
    events_after = 43
    notifications_after = 44
    seat_list = 45
    seat_figures = 46
    roster = 47
    export_seat_list = 48
    export_roster = 49
    export_history = 50
    utilization = 51
    reclaim_candidates = 52
    holders_at = 53
    usage_over_time = 54
    peak_usage = 55
    offboarding_times = 56
    import_roster = 57
    import_people = 58
    import_licenses = 59


class PersonState(_Choice):
    """The state of a person."""

    active = 0
    archived = 1
    erased = 2


class LicenseState(_Choice):
    """The state of a license."""

    active = 0
    archived = 1


class CapacityPolicy(_Choice):
    """The policy if all seats of a license are in use."""

    enforce = 0
    allow_over = 1


class BillingPeriod(_Choice):
    """The period of a cost per seat."""

    month = 0
    year = 1
    once = 2


class HistoryKind(_Choice):
    """The kind of change that a history row records."""

    person_added = 0
    person_updated = 1
    person_archived = 2
    person_reactivated = 3
    person_erased = 4
    license_added = 5
    license_updated = 6
    license_archived = 7
    license_reactivated = 8
    total_changed = 9
    policy_changed = 10
    owners_changed = 11
    assigned = 12
    edited = 13
    transferred = 14
    revoked = 15
    flagged = 16
    flag_cleared = 17
    reviewed = 18


class EventKind(_Choice):
    """The kind of an event."""

    software_assigned = 0
    software_revoked = 1


class SeatSort(_Choice):
    """The sort order of a seat list."""

    user = 0
    assigned = 1
    last_used = 2


class CsvProfile(_Choice):
    """The format of the cells of a CSV file."""

    spreadsheet = 0
    exact = 1


class UtilizationBy(_Choice):
    """The grouping of a utilization report."""

    license = 0
    product_group = 1
    book = 2


class RosterOutcome(_Choice):
    """The result of one row of a roster import."""

    added = 0
    already_linked = 1
    not_found = 2
    invalid = 3
    no_seats = 4
    removed = 5


class InventoryOutcome(_Choice):
    """The result of one row of an import of people or licenses."""

    added = 0
    already_known = 1
    invalid = 2
    without_seat = 3


class OffboardingOutcome(_Choice):
    """The outcome of a seat of an archived person."""

    waiting = 0
    kept = 1
    released = 2
    reactivated = 3


class DateOrder(_Choice):
    """The order of day and month in dates of an imported file."""

    iso = 0
    month_day_year = 1
    day_month_year = 2


class Code(_Choice):
    """Error codes: one for each rule that a caller can act on."""

    ok = 0
    invalid_argument = 1
    invalid_text = 2
    file_too_large = 3
    invalid_file_encoding = 4
    malformed_csv = 5
    header_missing = 6
    column_missing = 7
    duplicate_column = 8
    book_closed = 10
    book_needs_reopen = 11
    clock_behind = 12
    book_behind = 13
    book_forked = 14
    book_read_only = 15
    permission_denied = 20
    repeated_request = 25
    person_not_found = 30
    person_archived = 31
    person_erased = 32
    license_not_found = 33
    license_archived = 34
    assignment_not_found = 35
    actor_not_found = 36
    required = 40
    text_too_long = 41
    invalid_email = 42
    invalid_currency = 43
    owner_required = 44
    total_out_of_range = 45
    money_out_of_range = 46
    invalid_money = 47
    date_out_of_range = 48
    invalid_date = 49
    limit_exceeded = 50
    stale_revision = 60
    email_taken = 71
    host_key_taken = 72
    backup_is_owner = 73
    total_below_used = 74
    already_assigned = 75
    already_revoked = 76
    not_flagged = 77
    same_person = 78
    has_active_seats = 79
    owns_licenses = 80
    used_before_assigned = 81
    used_in_future = 82
    currency_in_use = 83
    no_seats_remaining = 90
    bulk_refused = 91
    conflict = 100
    storage_failed = 101
    storage_unknown = 102
    storage_corrupt = 103
    storage_in_use = 104
    not_a_book = 105
    format_too_new = 106
    needs_recovery = 107
    unsupported_storage = 108
    needs_migration = 109
    out_of_memory = 110
    internal = 111
    cancelled = 112
