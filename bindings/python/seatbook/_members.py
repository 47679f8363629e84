"""What the members of records and the arguments of calls are.

Written by bindings/python/tools/members.py from the comments of the C++ headers: change those.
"""

from typing import Dict

MEMBERS: Dict[str, Dict[str, str]] = {
    "ActorRecord": {
        "actor": "The service's name; empty for a person.",
        "person": "None for a service.",
    },
    "Assignment": {
        "revoked_at": "None: the seat is held.",
        "revoked_by": "None while the seat is held.",
        "access_level": "Free text; grants nothing.",
        "account": "The person's login in the vendor's app.",
        "cost_override": "Instead of the license's cost, in its currency.",
        "needs_review": "The holder was archived.",
    },
    "BulkReceipt": {
        "outcomes": "One an item, in the caller's order; an item named twice has one, at its first place.",
    },
    "BulkSummary": {
        "done": "Assigned, revoked or recorded.",
        "skipped": "The sum of what follows.",
        "other": "record_uses only.",
    },
    "Event": {
        "seq": "The history row; stable, so it also serves as the event's id.",
        "version": "The batch.",
        "actor_name": "The service's name, or the name of the person who acted.",
    },
    "EventPage": {
        "next": "Pass it as `after` of the next call.",
        "more": "Whether the book held more rows at the time.",
    },
    "ExportReport": {
        "rows": "Without the header.",
        "version": "Which rows: those that the book held then, in the order of then.",
    },
    "HistoryEntry": {
        "actor": "Who did it.",
        "actor_name": "The service's name, or the person's as it is now.",
        "license_name": "As it is now.",
        "person_name": "As it is now; empty once erased.",
    },
    "HistoryRow": {
        "batch": "The batch that wrote it.",
        "at": "Never before the row in front of it.",
        "license": "None: not about a license.",
        "person": "None: not about a person.",
        "assignment": "None: not about an assignment.",
        "counterpart": "Transferred: the other assignment of the two. Each transfer has two rows: first the seat given up, whose counterpart is the newer assignment, then the seat received.",
        "before": "What license_added, total_changed, policy_changed and owners_changed found and left.",
    },
    "HolderRow": {
        "name": "As it is now; empty once erased.",
        "email": "Likewise.",
        "erased": "The person has been erased.",
        "revoked_at": "After that instant; None: still held.",
    },
    "InventoryReport": {
        "rows": "Below the header, empty rows not counted.",
        "without_seat": "Licenses only.",
        "empty_rows": "Skipped: all cells empty or blank, or a blank line.",
        "seats_given": "Licenses only.",
        "not_added": "Every row that was not added, in the order of the file.",
        "columns": "The header, trimmed.",
        "ignored_columns": "Those of it that are not read.",
    },
    "InventoryRow": {
        "line": "On which the row starts, from 1; the header's counts.",
        "code": "Why: email_taken or host_key_taken, where it is known; person_not_found, person_archived or no_seats_remaining, where the holder has no seat; where it is invalid: malformed_csv (text after a closing quote in `column`; or, with 0 there, more or fewer cells than the header), invalid_argument (no such choice), invalid_money, invalid_date, host_key_taken (the row's email belongs to somebody else), person_not_found and person_archived (the owner), and what add_person and add_license answer for their fields.",
        "column": "The cell to blame, counted from 1; 0 where it is the whole row.",
        "first_line": "Known by an earlier row of the file: its line; or 0.",
        "record": "The person or license, where there is one; None where a dry run would have made it.",
        "name": "Of the person or license, as the row has it.",
    },
    "License": {
        "name": "1 to 255 characters; not unique.",
        "product_group": "Licenses of one group can be summed.",
        "host_key": "The host's own id; empty: none. Unique when given.",
        "owner": "Always set.",
        "backup_owner": "Never the owner.",
        "currency": "ISO 4217, such as \"EUR\"; empty: none given, so no cost either.",
    },
    "LicenseColumns": {
        "name": "`Name`, which must be there.",
        "vendor": "`Vendor`.",
        "product_group": "`Product Group`.",
        "host_key": "`Host Key`.",
        "total_seats": "`Total Seats`: a number or \"unlimited\"; no value: 1.",
        "cost_per_seat": "`Cost Per Seat`: a plain decimal.",
        "currency": "`Currency`.",
        "billing_period": "`Billing Period`: month, year or once; no value: month.",
        "renewal_date": "`Renewal Date`.",
        "policy": "`Policy`: enforce or allow_over; no value: enforce.",
        "owner_email": "`Owner Email`: somebody in the book.",
        "holder_email": "`Holder Email`: likewise; gets a seat on the license.",
    },
    "LicenseReceipt": {
        "revision": "Of the license, after the call.",
    },
    "MoneyTotal": {
        "currency": "ISO 4217; empty for overrides whose license lost its currency in version 0.1.",
    },
    "Notification": {
        "version": "The batch; with `person` it names the notification for good.",
        "seq": "The batch's first row about this person's new seats.",
    },
    "NotificationPage": {
        "next": "Pass it as `after` of the next call.",
        "more": "Whether the book held more rows at the time.",
    },
    "OffboardingRow": {
        "flagged": "The history row that flagged the seat; what pages go by.",
        "name": "As it is now; empty once erased.",
        "released_at": "Of released ones, also after `until`.",
        "days": "Whole days, of 24 hours, until it was released.",
    },
    "OffboardingTimes": {
        "more": "There are rows after these.",
        "days_sum": "The days of the released ones added up: divided by `released` they are the exact mean.",
        "mean_days": "That, rounded down; None: none released.",
        "median_days": "Of an even number, the lower one.",
        "longest_days": "Of the released ones.",
        "version": "Outcomes and figures are those of this version's history.",
    },
    "Outcome": {
        "code": "ok, or why the item was skipped.",
        "item": "The id the item named: a license, a person or an assignment.",
    },
    "PeopleColumns": {
        "name": "`Name`.",
        "first_name": "`First Name`: where the name's cell is empty or there is none,.",
        "last_name": "`Last Name`: first and last name, with a space between them.",
        "email": "`Email`.",
        "host_key": "`Host Key`.",
        "active": "`Active`: yes, no, true, false, 1 or 0; no value: yes.",
    },
    "Person": {
        "name": "1 to 255 characters.",
        "email": "As given; empty: none. Unique by key among all people.",
        "host_key": "The host's own id; empty: none. Unique when given.",
    },
    "PersonReceipt": {
        "revision": "Of the person, after the call.",
        "flags_changed": "Assignments whose needs_review flag the call set or cleared.",
    },
    "ReclaimPage": {
        "more": "There are rows after these.",
        "candidates": "On all pages.",
        "monthly_saving": "Of the candidates on all pages.",
        "unpriced": "Candidates that are in no sum.",
        "version": "The version at which counting began: all of it is counted, each seat as it is when it is found.",
        "last_version": "The version at which counting ended.",
    },
    "ReclaimRow": {
        "archived": "The holder is archived.",
        "last_used_at": "None: never.",
        "monthly_saving": "What the seat costs a month: the override, or else the standard cost. None where neither is known.",
    },
    "RenewalRow": {
        "recipients": "Whom to remind; nobody while both are archived.",
        "right_sized_seats": "The seats that somebody uses: active ones that are not inactive and whose holder is not archived. May be above the total where that is over-allocated.",
        "monthly_saving": "What a month would cost less with the right-sized number of seats: the cost of the seats in use beyond it (the override, or else the standard cost), and the waste of the free ones. None where no seat of the license has a price.",
        "version": "The version at which counting began: all of it is counted, each seat as it is when it is found. `used` and `total` are exact at one version between the two.",
        "last_version": "The version at which counting ended.",
    },
    "ReviewRow": {
        "archived": "The holder is archived.",
        "flagged_at": "When it was flagged, the last time.",
        "waiting_days": "Since then, each 24 hours, the last one complete.",
    },
    "RosterFileRow": {
        "line": "On which the row starts, from 1; the header's counts.",
        "code": "Why: already_assigned, person_not_found, no_seats_remaining; ok where it was removed; where it is invalid: malformed_csv (text after a closing quote in `column`; or, with 0 there, more or fewer cells than the header), required (no email; or a cost where the license has no currency), text_too_long, invalid_email, invalid_money, money_out_of_range, person_archived.",
        "column": "The cell to blame, counted from 1; 0 where it is the whole row.",
        "differs": "Already linked, and the row gives another role or cost than the assignment has. An empty cell gives none.",
        "first_line": "Already linked: the line of the earlier row about the same person, or 0.",
        "assignment": "Already linked: the seat held. None where a dry run would have made it.",
    },
    "RosterPage": {
        "next": "None: this was the last page.",
        "version": "All of this version is in the page; later changes may be.",
    },
    "RosterReport": {
        "rows": "Below the header, empty rows not counted.",
        "not_added": "Every row that was not added, in the order of the file.",
        "columns": "The header, trimmed.",
        "ignored_columns": "Those of it that are unknown.",
        "empty_rows": "Skipped: all cells empty or blank, or a blank line.",
    },
    "RosterRow": {
        "archived": "The person is archived.",
        "needs_review": "While the seat is held.",
        "assigned_at": "Date Added.",
        "revoked_at": "Date Removed; None: the seat is held.",
    },
    "SeatFigures": {
        "available": "Free seats of the license; of the book: of all licenses that are not archived. None where that is unlimited, and none where a person is named.",
        "version": "The version at which counting began. All of it is counted; each seat is counted as it is when it is found. `available` of one license is exact at `version`.",
        "last_version": "The version at which counting ended.",
    },
    "SeatListPage": {
        "next": "Where the next page goes on; empty: this was the last one.",
        "version": "All of this version is in the page; later changes may be.",
    },
    "SeatListRow": {
        "archived": "The holder is archived.",
        "needs_review": "Independent of `archived`.",
        "inactive": "By the query's days, whether or not it asked for those only.",
        "last_used_at": "None: never.",
    },
    "SeatReceipt": {
        "assignment": "Transfer: the new one.",
        "revision": "Of the assignment, after the call.",
    },
    "SeatRow": {
        "archived": "The holder is archived.",
        "needs_review": "Independent of `archived`.",
    },
    "Usage": {
        "used": "Active assignments, those of archived people included.",
    },
    "UsageOverTime": {
        "steps": "The first is the state at `since`; then one for each instant that left another state.",
        "next": "Where the next page starts; None: these are all.",
        "version": "The steps are those of this version's history.",
    },
    "UsageStep": {
        "used": "Of all licenses that were there.",
        "used_unlimited": "Those of them on licenses that were unlimited then.",
        "total": "The number of seats in force, of a license, or of all that had one and were not archived. None where there was none: unlimited, or not added yet.",
        "policy": "The license's policy in force; none before it was added, and for the book.",
    },
    "UtilizationRow": {
        "license": "None unless the row is a license's.",
        "license_name": "Empty likewise.",
        "product_group": "The license's, or the group; empty for the book.",
        "licenses": "How many licenses the row counts.",
        "used": "Active assignments, those of archived people included.",
        "used_unlimited": "Those of them on unlimited licenses.",
        "total": "Seats of the licenses that have a number of them; none where all are unlimited.",
        "available": "Free seats and seats beyond the total, each the sum of the licenses' own: what one license lacks, the free seats of another do not make up for.",
        "basis_points": "(used - used_unlimited) in hundredths of a percent of the total, rounded down, so that only full is 10,000; more where over-allocated. None without a total or where it is 0. The exact ratio is in the members above.",
        "monthly_cost": "Of the active seats: the override, or else the standard cost.",
        "monthly_waste": "Of the free seats, at the standard cost; an unlimited license has none.",
        "unpriced": "Active seats with neither cost: they are in no sum.",
        "version": "The version at which counting began: all of it is counted, each seat as it is when it is found. `used`, `total`, `available` and `over_by` of a license are exact at one version between the two.",
        "last_version": "The version at which counting ended.",
    },
}

ARGUMENTS: Dict[str, Dict[str, str]] = {
    "add_license": {
        "total_seats": "0 to 1,000,000,000 or None, which is unlimited; default 1.",
    },
    "add_person": {
        "name": "1 to 255 characters, not only white space.",
        "email": "Up to 254; empty: none.",
        "host_key": "Up to 191; empty: none.",
    },
    "assign": {
        "access_level": "Up to 64 characters.",
        "account": "Up to 191.",
        "notes": "Up to 1000.",
    },
    "assignable_people": {
        "search": "In name or email, trimmed and folded, every character literal; empty: all.",
        "limit": "1 to 1000.",
    },
    "export_history": {
        "since": "At this instant or later.",
        "until": "Before this instant.",
        "from_": "Oldest first: rows after this one. Newest first: rows before it. 0: from the end one starts at.",
        "limit": "1 to 100,000.",
        "utc_offset_minutes": "Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to 1440; never a day before 1970 or after 2200. `exact` is always in UTC.",
        "byte_order_mark": "Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.",
    },
    "export_roster": {
        "include_cost": "Appends `Cost Per Seat Override`.",
        "after": "`next` of the page before; 0: from the start.",
        "limit": "1 to 100,000, or ALL_ROWS.",
        "utc_offset_minutes": "Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to 1440; never a day before 1970 or after 2200. `exact` is always in UTC.",
        "byte_order_mark": "Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.",
    },
    "export_seat_list": {
        "license": "Neither this nor `person`: the whole book.",
        "search": "In the holder's name or email, trimmed and folded, every character literal; empty: all.",
        "inactive_only": "The reclaim candidates.",
        "inactive_days": "Of 24 hours each; 0 to 36,500.",
        "new_seat_grace_days": "Seats newer than this are not inactive.",
        "needs_review_only": "Flagged when the holder was archived.",
        "archived_only": "The holder is archived.",
        "after": "`next` of the page before; empty: from the start. It belongs to one `sort` and `descending`; the filter may change from page to page.",
        "limit": "1 to 100,000, or ALL_ROWS.",
        "utc_offset_minutes": "Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to 1440; never a day before 1970 or after 2200. `exact` is always in UTC.",
        "byte_order_mark": "Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.",
    },
    "history": {
        "since": "At this instant or later.",
        "until": "Before this instant.",
        "from_": "Oldest first: rows after this one. Newest first: rows before it. 0: from the end one starts at.",
        "limit": "1 to 100,000.",
    },
    "import_licenses": {
        "csv": "The whole file.",
        "currency_sign": "Taken off a cost, in front or behind, once: \"$\" makes `$12.58` a cost.",
        "default_currency": "Of rows that have a cost and no currency.",
        "default_owner": "Of rows that name no owner; without one the actor, if a person.",
        "max_bytes": "The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have 1,000,000 rows instead of 350,000.",
    },
    "import_people": {
        "csv": "The whole file.",
        "max_bytes": "The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have 1,000,000 rows instead of 350,000.",
    },
    "import_roster": {
        "csv": "The whole file.",
    },
    "offboarding_times": {
        "license": "None: of all licenses.",
        "after": "The last row of the page before; 0: from the start.",
        "limit": "1 to 100,000.",
    },
    "peak_usage": {
        "license": "None: of the book.",
    },
    "reclaim_candidates": {
        "license": "None: of all licenses.",
        "inactive_days": "Of 24 hours each; 0 to 36,500.",
        "new_seat_grace_days": "Seats newer than this are not inactive.",
        "after": "The last row of the page before; 0: from the start.",
        "limit": "1 to 100,000.",
    },
    "renewals_due": {
        "until": "This day included.",
        "inactive_days": "Of 24 hours each; 0 to 36,500.",
        "new_seat_grace_days": "Seats newer than this are not inactive.",
    },
    "revoke": {
        "reason": "Up to 1000 characters.",
    },
    "revoke_all": {
        "reason": "Up to 1000 characters, for each of the seats.",
    },
    "roster": {
        "after": "`next` of the page before; 0: from the start.",
        "limit": "1 to 100,000, or ALL_ROWS.",
    },
    "seat_list": {
        "license": "Neither this nor `person`: the whole book.",
        "search": "In the holder's name or email, trimmed and folded, every character literal; empty: all.",
        "inactive_only": "The reclaim candidates.",
        "inactive_days": "Of 24 hours each; 0 to 36,500.",
        "new_seat_grace_days": "Seats newer than this are not inactive.",
        "needs_review_only": "Flagged when the holder was archived.",
        "archived_only": "The holder is archived.",
        "after": "`next` of the page before; empty: from the start. It belongs to one `sort` and `descending`; the filter may change from page to page.",
        "limit": "1 to 100,000, or ALL_ROWS.",
    },
    "transfer": {
        "person": "Who gets the seat.",
    },
    "update_license": {
        "billing_period": "Cleared: month.",
    },
    "usage_over_time": {
        "license": "None: of the book.",
        "limit": "1 to 100,000.",
    },
    "utilization": {
        "license": "Only that one.",
        "product_group": "Only the licenses of that group, by the text as it is written; empty: those of none.",
        "at_least_percent": "Only rows with at least this percentage of their total in use, compared exactly. With either limit, a row without a total is left out, and so is one with no seats and none in use. Seats in use on a total of 0 are above every percentage.",
        "at_most_percent": "Only rows with at most this percentage of their total in use.",
        "include_archived": "Archived licenses too; no seat of theirs is in use.",
    },
}
