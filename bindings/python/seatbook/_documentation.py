"""Documentation of records, their members and arguments, for help() and the reference.

The extension module _core defines the classes. The texts come from the comments of the C++ headers,
from which _members.py is generated. This module adds what the comments leave to the name.
"""

import re
from typing import Dict

from ._members import ARGUMENTS, MEMBERS

RECORDS: Dict[str, str] = {
    "ActorRecord": "An actor in history: a service by name, or a person.",
    "ArchivedOwnerRow": "A license whose owner or backup owner is archived.",
    "Assignment": "The record of who holds a seat of a license, and since when. Revoked "
    "assignments are kept permanently.",
    "BulkReceipt": "The result of a bulk command: one outcome per item, in the order of the items, "
    "and a summary.",
    "BulkSummary": "The number of items of a bulk command by outcome.",
    "Event": "An assigned or revoked seat. Derived from the history row of the same number, so it "
    "can be read again at any time; names are the current ones.",
    "EventPage": "A page of events. `next` is the cursor of the next page, even if this page is "
    "empty.",
    "ExportReport": "The result of an export: rows, bytes, and the CSV if no file was given.",
    "FieldChange": "A field that a command changed, with its old and new values as text; empty: no "
    "value.",
    "HistoryEntry": "A history row with its texts and with the names of the records it refers to.",
    "HistoryRow": "A row of the audit trail, which never changes.",
    "HistoryTexts": "The texts of a history row. Erasing a person empties them.",
    "HolderRow": "A person who held a seat of a license at a given time.",
    "InventoryReport": "The result of an import of people or licenses. The counters except "
    "seats_given add up to `rows`.",
    "InventoryRow": "A row of an imported file that was rejected in whole or in part, and the "
    "reason.",
    "License": "A software product with a number of seats. total_seats is None if seats are "
    "unlimited.",
    "LicenseReceipt": "The result of a command on a license. Can be passed as the license's id.",
    "LicenseColumns": "Maps the columns of a file of licenses. Unmapped columns are found by their "
    "default heading.",
    "LicenseContacts": "The contacts of a license: the owner, or the backup owner while the owner "
    "is archived, or no one if both are archived.",
    "LicenseTerms": "The terms of a license before or after a change, as recorded in history.",
    "MoneyTotal": "A monthly sum in one currency.",
    "Notification": "A notification for one person about all seats that one batch assigned to "
    "them.",
    "NotificationPage": "A page of notifications. `next` is the cursor of the next page.",
    "NotificationSeat": "One seat of a notification.",
    "OffboardingRow": "One seat of an archived person and its outcome. A person archived twice has "
    "two rows for it.",
    "OffboardingTimes": "A page of these seats, and statistics on how long all of them stayed "
    "assigned.",
    "Outcome": "The result of one item of a bulk command. `code` is ok if it succeeded.",
    "PeopleColumns": "Maps the columns of a file of people. Unmapped columns are found by their "
    "default heading.",
    "Person": "A person who can hold a seat or own a license.",
    "PersonReceipt": "The result of a command on a person. Can be passed as the person's id.",
    "AssignablePerson": "A person who can be assigned a seat.",
    "ReclaimPage": "A page of the inactive seats, and the saving from revoking all of them.",
    "ReclaimRow": "An inactive seat, and the monthly saving from revoking it.",
    "RenewalRow": "A due renewal, and the number of seats needed.",
    "ReviewRow": "A seat whose holder is archived and that is flagged for review.",
    "RosterFileRow": "A row of an imported roster that assigned no seat, and the reason.",
    "RosterPage": "A page of a roster. Rows never change their order, so pages never repeat or "
    "skip a row.",
    "RosterReport": "The result of an import of a roster. The six counters add up to `rows`.",
    "RosterRow": "A current or former holder of a seat of a license, with the dates.",
    "SeatReceipt": "The result of a command on a seat. Can be passed as the assignment's id.",
    "SeatFigures": "Totals of a seat list without its filters.",
    "SeatListPage": "A page of a seat list. A row that keeps its position is returned exactly "
    "once, whatever is assigned or revoked between two pages.",
    "SeatListRow": "A row of the seat list: one assignment. Free seats have no row.",
    "SeatRow": "A seat of a license and its holder.",
    "SeatUse": "One use of an assignment, or of the seat that a license and an email identify.",
    "SoftwareRow": "A seat that a person holds, from the person's point of view.",
    "Usage": "Seats in use and total seats of a license.",
    "UsageOverTime": "Steps of seats in use over time. `next` is the cursor of the next page; "
    "None: this is the last page.",
    "UsageStep": "Seats in use from `at` until the next step.",
    "UtilizationRow": "Utilization and monthly cost of a license, a product group or the book.",
}

_ROWS = "Rows"


def of_record(name: str) -> str:
    """Returns the description of a record class, or of a list of records."""
    if name not in RECORDS and name.endswith(_ROWS):
        return (
            f"A list of `{name[: -len(_ROWS)]}`: a sequence that creates each record on access and "
            "exports itself as Arrow columns."
        )
    return RECORDS.get(name, "")


# Members whose header comment depends on its context.
_OF_MEMBER: Dict[str, str] = {
    "Assignment.assigned_at": "When the seat was assigned.",
    "BulkReceipt.dry_run": "Whether this reports only what would be done.",
    "BulkSummary.other": "Skipped for another reason; record_uses only.",
    "BulkSummary.skipped": "The number of skipped items, for any reason.",
    "Event.version": "The number of the batch that wrote it.",
    "ExportReport.rows": "The number of rows without the header.",
    "ExportReport.csv": "The file as bytes; None if it was written elsewhere.",
    "HistoryRow.after": "The terms after the change.",
    "HolderRow.email": "The current email; empty if the person is erased.",
    "InventoryReport.ignored_columns": "The headings that are not read.",
    "InventoryReport.dry_run": "Whether this reports only what would be done.",
    "InventoryReport.rows": "The number of rows below the header, without blank lines.",
    "License.state": "Active or archived.",
    "LicenseColumns.holder_email": "`Holder Email`: a person in the book, who is assigned a seat.",
    "OffboardingRow.outcome": "The outcome of the seat.",
    "OffboardingTimes.kept": "The number of seats that were reviewed and kept.",
    "OffboardingTimes.longest_days": "The longest time until a released seat was revoked.",
    "OffboardingTimes.mean_days": "`days_sum` by `released`, rounded down; None if none were "
    "released.",
    "OffboardingTimes.median_days": "The lower one of an even number; None if none were released.",
    "OffboardingTimes.reactivated": "The number of seats whose holder was reactivated.",
    "OffboardingTimes.released": "The number of seats that were revoked.",
    "OffboardingTimes.waiting": "The number of seats still flagged for review.",
    "PeopleColumns.first_name": "`First Name`: used with the last name if a row has no name.",
    "PeopleColumns.last_name": "`Last Name`: appended to the first name after a space.",
    "Person.state": "Active, archived or erased.",
    "RenewalRow.used": "Seats in use.",
    "RosterFileRow.access_level": "The cell as written in the file.",
    "RosterFileRow.cost": "The cell as written in the file.",
    "RosterFileRow.date_removed": "The cell as written in the file.",
    "RosterFileRow.email": "The cell as written in the file.",
    "RosterReport.dry_run": "Whether this reports only what would be done.",
    "RosterReport.ignored_columns": "The unknown headings.",
    "RosterPage.version": "The version of the book that the page shows.",
    "RosterReport.rows": "The number of rows below the header, without blank lines.",
    "SeatFigures.inactive": "The number of inactive seats, by the given number of days.",
    "SeatUse.assignment": "The assignment; or give `license` and `email` instead.",
    "SeatUse.email": "The email of the holder of the seat of `license`.",
    "SeatUse.license": "The license of the seat; `email` identifies the holder.",
    "UsageStep.at": "The start of the step.",
    "UtilizationRow.license_name": "Empty unless the row is for a license.",
}
_OF_ARGUMENT: Dict[str, str] = {
    "add_license.total_seats": "0 to 1,000,000,000, or None for unlimited.",
    "assign.account": "The person's login at the vendor, up to 191 characters.",
    "can.operation": "The name of a method of the session, such as `assign`.",
    "why_not.operation": "The name of a method of the session, such as `assign`.",
    "events_after.after": "The `next` of the previous page; 0: from the start.",
    "events_after.limit": "The most events to return.",
    "find_actor.actor": "The service's name.",
    "find_actor.person": "The person, if the actor is not a service.",
    "holders_at.at": "The instant to query.",
    "import_licenses.columns": "A LicenseColumns, or a dict of its members.",
    "import_people.columns": "A PeopleColumns, or a dict of its members.",
    "licenses.after": "The last license of the previous page; 0: from the start.",
    "licenses.limit": "The most licenses to return.",
    "licenses.state": "Only active or only archived licenses; None: all.",
    "notifications_after.after": "The `next` of the previous page; 0: from the start.",
    "notifications_after.limit": "The most notifications to return; a page ends at the end of a "
    "batch.",
    "people.after": "The last person of the previous page; 0: from the start.",
    "people.limit": "The most people to return.",
    "people.state": "Only active, archived or erased people; None: all.",
    "set_total_seats.total_seats": "0 to 1,000,000,000, or None for unlimited.",
    "utilization.at_least_percent": "Only rows with at least this percentage of the total in use.",
    "utilization.at_most_percent": "Only rows with at most this percentage of the total in use.",
}
# Descriptions by name, for members and arguments without a comment.
_BY_NAME: Dict[str, str] = {
    "access_level": "The person's access level at the vendor: free text that grants nothing.",
    "account": "The person's login at the vendor.",
    "active_only": "Only active assignments.",
    "actor": "The actor of the change.",
    "actor_name": "The service's name, or the name of the person who acted.",
    "added": "The number of rows added.",
    "all_or_nothing": "Changes nothing and raises if any item fails.",
    "already_assigned": "Skipped: the person already holds a seat.",
    "already_known": "The number of rows of records already in the book.",
    "already_linked": "The number of rows of people who already hold a seat.",
    "approver": "The person to ask; None if both owners are archived.",
    "archived": "Whether it is archived.",
    "archived_only": "Only seats whose holder is archived.",
    "assigned_at": "When the seat was assigned.",
    "assigned_by": "The actor who assigned the seat.",
    "assignment": "The id of the assignment.",
    "at": "The time of the change.",
    "available": "Free seats; None if unlimited.",
    "available_text": "The free seats as text: \"12 of 50 available\", or \"unlimited\".",
    "backup_archived": "Whether the backup owner is archived.",
    "backup_owner": "The person who replaces the owner; None if there is none.",
    "billing_period": "The period of the cost: month, year or once.",
    "by": "The records to group by: license, product_group or book.",
    "bytes": "The size of the file.",
    "byte_order_mark": "Starts the file with the UTF-8 byte order mark.",
    "can_assign": "Whether another seat can be assigned.",
    "cost_override": "The cost of this seat instead of the license's cost, in its currency.",
    "cost_per_seat": "The cost of a seat per billing period, in the license's currency.",
    "currency": "The ISO 4217 code; empty: none.",
    "date_order": "The order of day and month in dates of the file.",
    "descending": "Reverses the order.",
    "dry_run": "Reports what would be done; changes nothing.",
    "email": "The person's email address.",
    "email_after": "The email after the change.",
    "email_before": "The email before the change.",
    "events": "The events, oldest first.",
    "expected_revision": "Raises StaleRevisionError if the record has another revision.",
    "host_key": "The host's id of the record; empty: none.",
    "id": "The record's id.",
    "inactive_days": "Days without use after which a seat is inactive.",
    "include_archived": "Includes archived licenses.",
    "invalid": "The number of rows with an invalid value.",
    "kind": "The kind of change.",
    "last_used_at": "When the seat was last used.",
    "license": "The license's id.",
    "license_archived": "Skipped: the license is archived.",
    "license_name": "The license's name.",
    "licenses": "The ids of the licenses.",
    "limit": "The most rows to return.",
    "monthly": "The monthly sum.",
    "name": "The name.",
    "name_after": "The name after the change.",
    "name_before": "The name before the change.",
    "needs_review": "Whether the seat is flagged for review because its holder is archived.",
    "new_seat_grace_days": "Seats newer than this many days are not inactive.",
    "newest_first": "Returns the newest row first.",
    "next": "The cursor of the next page.",
    "no_seats": "The number of rows that found no free seat.",
    "no_seats_remaining": "Skipped: all seats are in use.",
    "not_found": "The number of rows whose email belongs to no person.",
    "notes": "Free text about the seat.",
    "notifications": "The notifications, oldest first.",
    "offboarded_at": "When the person was archived.",
    "outcome": "The result of the row.",
    "over_by": "Seats in use beyond the total.",
    "owner": "The person responsible for the license.",
    "owner_archived": "Whether the owner is archived.",
    "people": "The ids of the people.",
    "person": "The person's id.",
    "person_archived": "Skipped: the person is archived.",
    "person_email": "The person's email address.",
    "person_erased": "Skipped: the person is erased.",
    "person_name": "The person's name.",
    "policy": "The policy if all seats are in use: enforce or allow_over.",
    "product_group": "The group in which reports add up licenses.",
    "profile": "The format of cells: `spreadsheet` for people, `exact` for programs.",
    "progress": "A Progress, or a callable of (rows done, total rows); returning False cancels the "
    "import.",
    "reason": "The reason, in free text.",
    "removed_rows": "The number of rows with a removal date, which assign no seat.",
    "renewal_date": "The date of the next renewal; None: unknown.",
    "renewal_recipients": "The people to remind of a renewal.",
    "request_id": "An idempotency key, a UUID: a retry with the same key changes nothing and "
    "raises RepeatedRequestError.",
    "revision": "The number of changes of the record; for expected_revision.",
    "revoke_first": "Revokes the seats of the person first.",
    "revoke_reason": "The reason for the revocation, in free text.",
    "revoked_at": "When the seat was revoked.",
    "revoked_by": "The actor who revoked the seat.",
    "row": "The row itself.",
    "rows": "The rows.",
    "search": "A part of a name or an email.",
    "seats": "The seats.",
    "seq": "The number of the history row.",
    "since": "Only at or after this instant.",
    "sort": "The sort order of the rows.",
    "summary": "The number of items by outcome.",
    "text": "Seats in use as text: \"13/50\", or \"13/unlimited\".",
    "texts": "The texts of the row, if any.",
    "to": "A binary file, or a callable for each chunk; None: the result has the bytes.",
    "total": "The number of seats; None: unlimited.",
    "total_assigned": "The number of seats in use.",
    "total_seats": "The number of seats; None: unlimited.",
    "twelfths": "The exact sum in twelfths of a ten-thousandth, as decimal digits.",
    "unmatched_emails": "The emails that belong to no person, as written, in the order of the "
    "file.",
    "until": "Only before this instant.",
    "used": "Seats in use, including those of archived people.",
    "used_at": "When the seat was used.",
    "uses": "The uses: SeatUse, or dicts of its members.",
    "vendor": "The vendor of the software.",
    "version": "The version of the book after the call.",
}


def of_member(record: str, member: str) -> str:
    """Returns the description of a member of a record."""
    return _OF_MEMBER.get(f"{record}.{member}") or _with_name(member, MEMBERS.get(record, {}))


def of_argument(operation: str, argument: str) -> str:
    """Returns the description of an argument of a call."""
    own = ARGUMENTS.get(operation, {})
    return _OF_ARGUMENT.get(f"{operation}.{argument}") or _with_name(argument, own)


def _with_name(name: str, headers: Dict[str, str]) -> str:
    """Returns the comment of the header, if any.

    A comment that is only a limit follows the description by name."""
    by_name = _BY_NAME.get(name, "")
    text = headers.get(name, by_name)
    is_detail = re.match(r"None\b|((Up to|At most) )?\d", text) and by_name
    return f"{by_name} {text}" if is_detail else text
