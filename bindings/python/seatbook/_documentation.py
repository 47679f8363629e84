"""What the records are, for help() and the reference: their classes are made by the module _core.

What the members and arguments are is in the comments of the C++ headers, from which _members.py is
written; here is what those leave to the name.
"""

import re
from typing import Dict

from ._members import ARGUMENTS, MEMBERS

RECORDS: Dict[str, str] = {
    "ActorRecord": "Somebody who has written to the book: a service by name, or a person.",
    "ArchivedOwnerRow": "A license whose owner or backup owner is archived.",
    "Assignment": "One person's hold on one seat of a license. A revoked one stays for good.",
    "BulkReceipt": "What a bulk call did: one outcome for each item, in their order, and their sum.",
    "BulkSummary": "How many items of a bulk call ended in which way.",
    "Event": "One grant or removal of a seat. Made from the history row of the same number, so that "
    "it can be asked for again at any time; names are as they are now.",
    "EventPage": "Some events; `next` is where the following page starts, also where there are none.",
    "ExportReport": "What an export has written: rows, bytes, and the text where no file was given.",
    "HistoryEntry": "A history row with what a reader wants beside it: its texts and the names.",
    "HistoryRow": "One line of the audit trail: written once and never again.",
    "HistoryTexts": "The texts of one history row. Erasing a person empties them.",
    "HolderRow": "Who held a seat of a license at some instant.",
    "InventoryReport": "What an import of people or licenses did. The counters but seats_given add "
    "up to `rows`.",
    "InventoryRow": "A row of such a file of which something was not taken, and why.",
    "License": "A piece of software with a number of seats; total_seats is None where they are "
    "unlimited.",
    "LicenseReceipt": "What a change of a license answers; it serves as the license's id.",
    "LicenseColumns": "What the columns of a file of licenses are called. What is left out is looked "
    "for under its usual name.",
    "LicenseContacts": "Whom to ask and whom to remind about a license: the owner, or the backup "
    "owner while the owner is archived; nobody while both are.",
    "LicenseTerms": "The facts of a license before or after a change, as history keeps them.",
    "MoneyTotal": "A sum by the month in one currency.",
    "Notification": "What to tell one person about every seat that one batch gave them.",
    "NotificationPage": "Some notifications; `next` is where the following page starts.",
    "NotificationSeat": "One of the seats that a notification tells of.",
    "OffboardingRow": "One seat of somebody who was archived, and what became of it. Who comes back "
    "and leaves again has it twice.",
    "OffboardingTimes": "Some of those seats, and how long all of them stayed held.",
    "Outcome": "What became of one item of a bulk call; `code` is ok where it was done.",
    "PeopleColumns": "What the columns of a file of people are called. What is left out is looked "
    "for under its usual name.",
    "Person": "Somebody who can hold a seat or own a license.",
    "PersonReceipt": "What a change of a person answers; it serves as the person's id.",
    "AssignablePerson": "Somebody who can be given a seat.",
    "ReclaimPage": "The seats that nobody uses, a page of them, and what freeing all would save.",
    "ReclaimRow": "A seat that nobody uses, and what freeing it saves a month.",
    "RenewalRow": "A renewal that falls due, and how many seats it would take.",
    "ReviewRow": "A seat whose holder was archived and that nobody has looked at since.",
    "RosterFileRow": "A row of a roster's file that gave nobody a seat, and why.",
    "RosterPage": "A part of a roster. Rows never change their order, so pages never repeat or lose "
    "one.",
    "RosterReport": "What an import of a roster did. The six counters add up to `rows`.",
    "RosterRow": "Somebody who holds or has held a seat of a license, and from when to when.",
    "SeatReceipt": "What a change of a seat answers; it serves as the seat's id.",
    "SeatFigures": "The figures above a seat list: what the list without a filter holds.",
    "SeatListPage": "A part of a seat list. A row that keeps its place in the order is shown exactly "
    "once, whatever is assigned and revoked between two pages.",
    "SeatListRow": "A line of the seat list: somebody's seat. Free seats are no lines.",
    "SeatRow": "A seat of a license and who holds it.",
    "SeatUse": "One use: of an assignment, or of the seat that a license and an email name.",
    "SoftwareRow": "A seat that somebody holds, as they see it.",
    "Usage": "How full a license is.",
    "UsageOverTime": "The steps of seats in use. `next` is where the following page starts; None: "
    "these are all.",
    "UsageStep": "Seats in use from `at` on, until the next step.",
    "UtilizationRow": "How full a license, a product group or the book is, and what it costs a "
    "month.",
}

_ROWS = "Rows"


def of_record(name: str) -> str:
    """What the class is for; a list says whose."""
    if name not in RECORDS and name.endswith(_ROWS):
        return (
            f"A list of `{name[: -len(_ROWS)]}`: a sequence, which makes a record of a row when it "
            "is asked for, and hands itself over as Arrow columns."
        )
    return RECORDS.get(name, "")


# What the headers say in a way that needs its surroundings.
_OF_MEMBER: Dict[str, str] = {
    "BulkReceipt.dry_run": "Whether it only tells what would have happened.",
    "BulkSummary.other": "Skipped for another reason; of record_uses only.",
    "BulkSummary.skipped": "The sum of those that were skipped, whatever for.",
    "Event.version": "The number of the batch that wrote it.",
    "ExportReport.rows": "How many rows the file has, without the header.",
    "ExportReport.csv": "The file, as bytes; None where something else has taken it.",
    "HistoryRow.after": "The terms that such a change has left.",
    "HolderRow.email": "As it is now; empty once erased.",
    "InventoryReport.ignored_columns": "Those of the header that are not read.",
    "InventoryReport.dry_run": "Whether it only tells what would have happened.",
    "InventoryReport.rows": "How many rows are below the header; blank lines are not counted.",
    "License.state": "Active or archived.",
    "LicenseColumns.holder_email": "`Holder Email`: somebody in the book, who gets a seat.",
    "OffboardingRow.outcome": "What became of the seat.",
    "OffboardingTimes.kept": "How many seats were marked as reviewed, and kept.",
    "OffboardingTimes.longest_days": "Of the released ones, the one held longest.",
    "OffboardingTimes.mean_days": "`days_sum` by `released`, rounded down; None: none released.",
    "OffboardingTimes.median_days": "Of an even number, the lower one; None: none released.",
    "OffboardingTimes.reactivated": "How many seats belong to people who came back.",
    "OffboardingTimes.released": "How many seats were taken back.",
    "OffboardingTimes.waiting": "How many seats nobody has decided on yet.",
    "PeopleColumns.first_name": "`First Name`: with the last name, where a row has no name.",
    "PeopleColumns.last_name": "`Last Name`: put behind the first name, with a space between.",
    "Person.state": "Active, archived or erased.",
    "RenewalRow.used": "Seats in use.",
    "RosterFileRow.access_level": "The cell of the file, as it is written.",
    "RosterFileRow.cost": "The cell of the file, as it is written.",
    "RosterFileRow.date_removed": "The cell of the file, as it is written.",
    "RosterFileRow.email": "The cell of the file, as it is written.",
    "RosterReport.dry_run": "Whether it only tells what would have happened.",
    "RosterReport.ignored_columns": "Those of the header that are unknown.",
    "RosterPage.version": "What the page shows.",
    "RosterReport.rows": "How many rows are below the header; blank lines are not counted.",
    "SeatFigures.inactive": "How many of them nobody uses, by the days that were asked for.",
    "SeatUse.assignment": "The seat; or else `license` and `email`.",
    "SeatUse.email": "Whose seat of `license` it is.",
    "SeatUse.license": "The license of the seat; `email` says whose.",
    "UsageStep.at": "From when on.",
    "UtilizationRow.license_name": "Empty unless the row is a license's.",
}
_OF_ARGUMENT: Dict[str, str] = {
    "add_license.total_seats": "0 to 1,000,000,000, or None, which is unlimited.",
    "assign.account": "The person's login in the vendor's app, of up to 191 characters.",
    "can.operation": "The name of a method of the session, such as `assign`.",
    "why_not.operation": "The name of a method of the session, such as `assign`.",
    "events_after.after": "The `next` of the page before; 0: from the start.",
    "events_after.limit": "How many, at most.",
    "find_actor.actor": "The service's name.",
    "find_actor.person": "The person, where it is no service.",
    "holders_at.at": "The instant that is asked about.",
    "import_licenses.columns": "A LicenseColumns, or a dict with its members.",
    "import_people.columns": "A PeopleColumns, or a dict with its members.",
    "licenses.after": "The last license of the page before; 0: from the start.",
    "licenses.limit": "How many, at most.",
    "licenses.state": "Only active or only archived licenses; None: all.",
    "notifications_after.after": "The `next` of the page before; 0: from the start.",
    "notifications_after.limit": "How many, at most; a page ends where a batch ends.",
    "people.after": "The last person of the page before; 0: from the start.",
    "people.limit": "How many, at most.",
    "people.state": "Only active, archived or erased people; None: all.",
    "set_total_seats.total_seats": "0 to 1,000,000,000, or None, which is unlimited.",
    "utilization.at_least_percent": "Only rows of so many percent of the total or more.",
    "utilization.at_most_percent": "Only rows of so many percent of the total or less.",
}
# What a name means wherever nothing else is said of it.
_BY_NAME: Dict[str, str] = {
    "access_level": "What the person may do in the vendor's app: free text that grants nothing.",
    "account": "The person's login in the vendor's app.",
    "active_only": "Only seats that are held.",
    "actor": "Who did it.",
    "actor_name": "The service's name, or the name of the person who acted.",
    "added": "How many rows were added.",
    "all_or_nothing": "Changes nothing and raises where any item would be refused.",
    "already_assigned": "How many were skipped because the person has a seat already.",
    "already_known": "How many rows were of somebody or something in the book already.",
    "already_linked": "How many rows were of people who hold a seat already.",
    "approver": "Whom to ask; None while nobody is there.",
    "archived": "Whether it is archived.",
    "archived_only": "Only seats whose holder is archived.",
    "assigned_at": "Since when the seat is held.",
    "assigned_by": "Who gave the seat.",
    "assignment": "The seat, by its id.",
    "at": "When.",
    "available": "Free seats; None where they are unlimited.",
    "available_text": "The free seats in words: \"12 of 50 available\", or \"unlimited\".",
    "backup_archived": "Whether the backup owner is archived.",
    "backup_owner": "Who stands in for the owner; None: nobody.",
    "billing_period": "What the cost is for: a month, a year, or once.",
    "by": "What each row is of: a license, a product group or the book.",
    "bytes": "How long the file is.",
    "byte_order_mark": "Starts the file with the UTF-8 byte order mark.",
    "can_assign": "Whether another seat can be given.",
    "cost_override": "What this seat costs, instead of the license's cost, in its currency.",
    "cost_per_seat": "What a seat costs in a billing period, in the license's currency.",
    "currency": "Which currency, by ISO 4217; empty: none.",
    "date_order": "In which order a date of the file has its day and month.",
    "descending": "The last one first.",
    "dry_run": "Only tells what would happen, and changes nothing.",
    "email": "The person's email address.",
    "email_after": "The email after the change.",
    "email_before": "The email before the change.",
    "events": "The events, the oldest first.",
    "expected_revision": "Raises StaleRevisionError where the record has another revision by now.",
    "host_key": "The host's own id for it; empty: none.",
    "id": "The record's id.",
    "inactive_days": "From how many days without use on a seat counts as inactive.",
    "include_archived": "Archived licenses too.",
    "invalid": "How many rows say something that cannot be taken.",
    "kind": "What happened.",
    "last_used_at": "When the seat was last used.",
    "license": "The license, by its id.",
    "license_archived": "How many were skipped because the license is archived.",
    "license_name": "The license's name.",
    "licenses": "The licenses, by their ids.",
    "limit": "How many rows, at most.",
    "monthly": "The sum, by the month.",
    "name": "The name.",
    "name_after": "The name after the change.",
    "name_before": "The name before the change.",
    "needs_review": "Whether the seat is flagged because its holder was archived.",
    "new_seat_grace_days": "Seats newer than this are not inactive.",
    "newest_first": "The newest first, instead of the oldest.",
    "next": "Where the next page starts.",
    "no_seats": "How many rows found no seat left.",
    "no_seats_remaining": "How many were skipped because all seats are taken.",
    "not_found": "How many rows have an email that nobody has.",
    "notes": "Free text about the seat.",
    "notifications": "The notifications, the oldest first.",
    "offboarded_at": "When the person was archived.",
    "outcome": "What became of the row.",
    "over_by": "Seats in use beyond the total.",
    "owner": "Who answers for the license.",
    "owner_archived": "Whether the owner is archived.",
    "people": "The people, by their ids.",
    "person": "The person, by their id.",
    "person_archived": "How many were skipped because the person is archived.",
    "person_email": "The person's email address.",
    "person_erased": "How many were skipped because the person is erased.",
    "person_name": "The person's name.",
    "policy": "What happens when all seats are taken: enforce or allow_over.",
    "product_group": "Licenses of one group can be summed.",
    "profile": "How texts stand in the cells: `spreadsheet`, for people, or `exact`, for programs.",
    "progress": "A Progress, or what is called with (rows done, rows in all); False ends the import.",
    "reason": "Why, in free text.",
    "removed_rows": "How many rows have a date of removal, and so give no seat.",
    "renewal_date": "The day on which the license renews; None: not known.",
    "renewal_recipients": "Whom to remind of a renewal.",
    "request_id": "A UUID of the caller's: sent again, it changes nothing and raises "
    "RepeatedRequestError.",
    "revision": "Counts the changes of the record; for expected_revision.",
    "revoke_first": "Takes back the seats that the person holds.",
    "revoke_reason": "Why the seat was taken back, in free text.",
    "revoked_at": "When the seat was taken back.",
    "revoked_by": "Who took the seat back.",
    "row": "The line itself.",
    "rows": "The rows.",
    "search": "A part of a name or an email.",
    "seats": "The seats.",
    "seq": "The number of the history row.",
    "since": "At this instant or later.",
    "sort": "By what the rows are in order.",
    "summary": "How many items ended in which way.",
    "text": "How full it is, in words: \"13/50\", or \"13/unlimited\".",
    "texts": "The texts of the line, where there are any.",
    "to": "A binary file, or what is called with each piece; None: the answer has the bytes.",
    "total": "How many seats there are; None: unlimited.",
    "total_assigned": "How many seats are in use.",
    "total_seats": "How many seats there are; None: unlimited.",
    "twelfths": "The exact sum: how many twelfths of a ten-thousandth it is, in decimal digits.",
    "unmatched_emails": "The emails that nobody has, each as written, in the order of the file.",
    "until": "Before this instant.",
    "used": "Seats in use, those of archived people included.",
    "used_at": "When the seat was used.",
    "uses": "The uses: SeatUse, or dicts with its members.",
    "vendor": "Who sells the software.",
    "version": "The book's version after the call.",
}


def of_member(record: str, member: str) -> str:
    """What a member of a record is."""
    return _OF_MEMBER.get(f"{record}.{member}") or _with_name(member, MEMBERS.get(record, {}))


def of_argument(operation: str, argument: str) -> str:
    """What an argument of a call is."""
    own = ARGUMENTS.get(operation, {})
    return _OF_ARGUMENT.get(f"{operation}.{argument}") or _with_name(argument, own)


def _with_name(name: str, headers: Dict[str, str]) -> str:
    """What the headers say; where that is a limit, or when there is nothing, behind what it is."""
    by_name = _BY_NAME.get(name, "")
    text = headers.get(name, by_name)
    is_detail = re.match(r"None\b|(Up to )?\d", text) and by_name
    return f"{by_name} {text}" if is_detail else text
