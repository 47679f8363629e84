"""What the records are, for help() and the reference: their classes are made by the module _core."""

from typing import Dict

RECORDS: Dict[str, str] = {
    "ActorRecord": "Somebody who has written to the book: a service by name, or a person.",
    "ArchivedOwnerRow": "A license whose owner or backup owner is archived.",
    "Assignment": "One person's hold on one seat of a license. A revoked one stays for good.",
    "BulkAnswer": "What a bulk call did: one outcome for each item, in their order, and their sum.",
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
    "LicenseAnswer": "What a change of a license answers; it serves as the license's id.",
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
    "PersonAnswer": "What a change of a person answers; it serves as the person's id.",
    "PickerRow": "Somebody who can be given a seat.",
    "ReclaimAnswer": "The seats that nobody uses, a page of them, and what freeing all would save.",
    "ReclaimRow": "A seat that nobody uses, and what freeing it saves a month.",
    "RenewalRow": "A renewal that falls due, and how many seats it would take.",
    "ReviewRow": "A seat whose holder was archived and that nobody has looked at since.",
    "RosterFileRow": "A row of a roster's file that gave nobody a seat, and why.",
    "RosterPage": "A part of a roster. Rows never change their order, so pages never repeat or lose "
    "one.",
    "RosterReport": "What an import of a roster did. The six counters add up to `rows`.",
    "RosterRow": "Somebody who holds or has held a seat of a license, and from when to when.",
    "SeatAnswer": "What a change of a seat answers; it serves as the seat's id.",
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
