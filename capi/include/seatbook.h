/* Seatbook in C: who holds a seat on which software license, since when, granted by whom.
 *
 * This file is the reference of the C interface: what is not in it is no API. The parts that are
 * the same for every operation are generated (capi/tools/generate.py) from the C++ headers, so
 * that the interfaces cannot drift apart; the file is to be read and used as it stands.
 *
 * EXPERIMENTAL until version 1.0: names and layouts may still change. From then on they are kept,
 * and the recorded ones (capi/abi/) are compared by a test.
 *
 * Conventions
 *
 *  1. Handles are opaque. Each kind has one function that ends in _free, which takes NULL too.
 *     What the library has allocated only its own functions free. A handle of another kind is
 *     refused as NULL is, and so is a freed one until its memory is used again; _free leaves both
 *     alone.
 *  2. A call that can fail answers a code: 0 (SEATBOOK_OK), or one of the constants below; a code
 *     that a program does not know is an error like any other. Results come out through pointers,
 *     which are written on success only, and may be NULL where they are not wanted.
 *  3. The last parameter of such a call, `error`, may be NULL. Otherwise it receives, where the
 *     call fails, an object that the caller frees, and is left alone where it does not. Code,
 *     `field`, `index`, `values` and `outcomes` of it are for programs and stay; its message is for
 *     people.
 *  4. What is malformed is refused by SEATBOOK_INVALID_ARGUMENT and never a crash: NULL where
 *     something must be, a struct of a wrong size, unknown bits, a text without its bytes. `field`
 *     then names the parameter or the member. All other pointers have to be valid. An array with
 *     more items than a call takes is SEATBOOK_LIMIT_EXCEEDED, and none of them is read.
 *  5. A request is a struct that starts with `struct_size` (its sizeof) and `fields`, with one bit
 *     for each member that is set: SEATBOOK_FIELD_... Start with the struct's ..._INIT. Without its
 *     bit a member is at its default, or left as it is in an update, and has to be 0. A bit that is
 *     set for an empty value clears, in an update: a text of size 0, SEATBOOK_NO_ID, SEATBOOK_NONE
 *     for an amount, SEATBOOK_NO_DATE for a day. Members are only ever appended: a smaller struct
 *     of an older header goes on working, and a larger one of a newer header as long as what is
 *     beyond is 0. In an array all structs have the `struct_size` of the first one. A request that
 *     is NULL is one without a member. The call is done with it, and with all it points at, when it
 *     returns.
 *  6. Texts going in are a pointer and a size in bytes; SEATBOOK_NUL_TERMINATED as the size means
 *     that they end with NUL. They are UTF-8 without NUL, checked, and limited: one of more than a
 *     mebibyte is malformed. NULL with size 0 is the empty text.
 *  7. Answers are immutable objects, seatbook_rows: a table with named columns. A list has any
 *     number of rows; any other answer is a table of one row. What they hand out lives until they
 *     are freed. Any number of threads may read one; it is freed once.
 *  8. Integers have a fixed width. Ids start with 1; 0 names nothing. Numbers that users see stay
 *     within 2^53. A time is microseconds since 1970-01-01T00:00:00Z, a day is days since
 *     1970-01-01, an amount of money a whole number of ten-thousandths. A flag is 0 or 1. A choice
 *     (SEATBOOK_PERSON_STATE_ACTIVE ...) is a number that keeps its meaning; later releases may
 *     know more.
 *  9. No callback is needed: events are polled (seatbook_events_after), and an import is watched
 *     and ended through a seatbook_progress. Where there are callbacks they come as one struct with
 *     `struct_size`, `self`, and `destroy`, which is called exactly once, also where the call
 *     fails. No exception of C++ leaves the library, and none may be thrown through it.
 * 10. Threads: books, sessions, clocks and progress objects may be used from any number of threads
 *     at once; freeing one must come after the last call that uses it. No call keeps state that
 *     belongs to a thread. What a function says of threads and cost is beyond that.
 * 11. Order of errors, the same for every operation: 1 malformed call; 2 book closed, forked, or
 *     refusing writes; 3 permission; 4 the record the call names; 5 other records it names; 6
 *     fields, in the order of the request; 7 expected revision; 8 rules; 9 capacity; 10 storage. A
 *     call that is refused has changed nothing.
 * 12. Memory running out is SEATBOOK_OUT_OF_MEMORY, and nothing has changed. There is one
 *     exception: where a command was carried out and memory is missing for its answer only, the
 *     call succeeds and the answer is NULL. This can happen to the bulk calls and imports, to no
 *     other. Memory that a storage lacks is SEATBOOK_STORAGE_FAILED, and nothing has changed
 *     either. Where it runs out between writing a change and taking it in, the book refuses all
 *     calls (SEATBOOK_BOOK_NEEDS_REOPEN), and has the change once it is opened again.
 */
#ifndef SEATBOOK_H_
#define SEATBOOK_H_

#include <stddef.h>
#include <stdint.h>

#ifndef SEATBOOK_API
#if defined(__GNUC__)
#define SEATBOOK_API __attribute__((visibility("default")))
#else
#define SEATBOOK_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------- versions */

#define SEATBOOK_H_VERSION "0.1.0"

enum {
  /* Of this header. It grows where something is added, and the SONAME changes with what breaks. */
  SEATBOOK_ABI_VERSION = 1
};

/* The version of the library that was loaded, such as "0.1.0". Never freed. */
SEATBOOK_API const char *seatbook_version(void);

/* SEATBOOK_ABI_VERSION of the library that was loaded: a program needs one that is not smaller than
 * its header's; before 1.0 the same. */
SEATBOOK_API int32_t seatbook_abi_version(void);

/* Whether this build has a kind of storage: "memory", "sqlite" or "postgresql". 1 or 0. */
SEATBOOK_API int32_t seatbook_has_storage(const char *kind, size_t kind_size);

/* --------------------------------------------------------------------------------------- values */

typedef uint64_t seatbook_id;    /* of a person, a license, an assignment, an actor */
typedef int64_t seatbook_time;   /* microseconds since 1970-01-01T00:00:00Z; to the end of 2200 */
typedef int32_t seatbook_date;   /* days since 1970-01-01; to the end of 2200 */
typedef int64_t seatbook_money;  /* ten-thousandths: 12.58 is 125800 */
typedef int32_t seatbook_flag;   /* 0 or 1 */
typedef int32_t seatbook_code;   /* SEATBOOK_OK, SEATBOOK_NO_SEATS_REMAINING ... */

typedef struct seatbook_error seatbook_error;
typedef struct seatbook_rows seatbook_rows;

/* A text in a request. */
typedef struct seatbook_text {
  const char *data;
  size_t size; /* in bytes, or SEATBOOK_NUL_TERMINATED */
} seatbook_text;

#define SEATBOOK_NUL_TERMINATED SIZE_MAX

/* "Nothing" among times, amounts and numbers: -(2^53 - 1). */
#define SEATBOOK_NONE (-INT64_C(9007199254740991))
/* As a number of seats: without limit. */
#define SEATBOOK_UNLIMITED SEATBOOK_NONE
/* "Nothing" among ids, where an update takes one away. Not 0: that is the id of something which was
 * not found, and is refused. */
#define SEATBOOK_NO_ID UINT64_C(9007199254740991)
/* "Nothing" among days. */
#define SEATBOOK_NO_DATE (-INT32_C(2147483647))
/* For a text that is no time, no amount or no day: outside every range. The call fails with
 * SEATBOOK_INVALID_DATE or SEATBOOK_INVALID_MONEY when it is this member's turn, so that a binding
 * need not judge what it is given (C74). Of a time, an amount or a day that is only out of range,
 * pass any value that is: the call fails with SEATBOOK_DATE_OUT_OF_RANGE or
 * SEATBOOK_MONEY_OUT_OF_RANGE. */
#define SEATBOOK_UNREADABLE_TIME INT64_MIN
#define SEATBOOK_UNREADABLE_MONEY INT64_MIN
#define SEATBOOK_UNREADABLE_DATE INT32_MIN
/* The largest time that a book takes: 2200-12-31T23:59:59.999999Z. */
#define SEATBOOK_MAX_TIME INT64_C(7289654399999999)
/* The largest amount: 99,999,999.9999. */
#define SEATBOOK_MAX_MONEY INT64_C(999999999999)
/* Records of one kind in one book, at most. */
#define SEATBOOK_MAX_RECORDS INT64_C(4294967294)

/* Texts in code points, the rest in items, rows or bytes. */
enum {
  SEATBOOK_MAX_NAME_LENGTH = 255,
  SEATBOOK_MAX_EMAIL_LENGTH = 254,
  SEATBOOK_MAX_VENDOR_LENGTH = 255,
  SEATBOOK_MAX_PRODUCT_GROUP_LENGTH = 255,
  SEATBOOK_MAX_HOST_KEY_LENGTH = 191,
  SEATBOOK_MAX_ACTOR_LENGTH = 191,
  SEATBOOK_MAX_ACCESS_LEVEL_LENGTH = 64,
  SEATBOOK_MAX_ACCOUNT_LENGTH = 191,
  SEATBOOK_MAX_NOTES_LENGTH = 1000,
  SEATBOOK_MAX_REASON_LENGTH = 1000,
  SEATBOOK_MAX_TEXT_BYTES = 1048576,
  SEATBOOK_MAX_BULK_ITEMS = 100000,
  SEATBOOK_MAX_TOTAL_SEATS = 1000000000,
  SEATBOOK_MAX_INACTIVITY_DAYS = 36500,
  SEATBOOK_MAX_ASSIGNABLE_LIMIT = 1000,
  SEATBOOK_MAX_LIST_LIMIT = 100000,
  SEATBOOK_MAX_HISTORY_LIMIT = 100000,
  SEATBOOK_MAX_IMPORT_BYTES = 5242880,
  SEATBOOK_MAX_LARGE_IMPORT_BYTES = 67108864,
  SEATBOOK_MAX_IMPORT_ROWS = 350000,
  SEATBOOK_MAX_LARGE_IMPORT_ROWS = 1000000,
  SEATBOOK_MAX_QUEUED_EVENTS = 100000,
  /* as the limit of seatbook_seat_list() or seatbook_roster() only: all rows */
  SEATBOOK_ALL_ROWS = 0,
  SEATBOOK_MAX_VALUE_TEXT = 48 /* of a value that is written, with its NUL */
};

/* Reads a value. The errors are those of the operations that take such a value; `text` is the
 * field.
 * Threads: any. Cost: O(size). */
/* "12.58": a plain decimal with at most four decimals. Errors: SEATBOOK_INVALID_MONEY,
 * SEATBOOK_MONEY_OUT_OF_RANGE. */
SEATBOOK_API seatbook_code seatbook_money_parse(const char *text, size_t text_size,
                                                seatbook_money *money, seatbook_error **error);
/* "2026-03-01T12:00:00Z": RFC 3339, with Z or an offset. Errors: SEATBOOK_INVALID_DATE,
 * SEATBOOK_DATE_OUT_OF_RANGE. */
SEATBOOK_API seatbook_code seatbook_time_parse(const char *text, size_t text_size,
                                               seatbook_time *time, seatbook_error **error);
/* "2026-03-01". Errors: SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE. */
SEATBOOK_API seatbook_code seatbook_date_parse(const char *text, size_t text_size,
                                               seatbook_date *date, seatbook_error **error);
/* 32 hexadecimal digits, or a UUID with hyphens, into 16 bytes. Errors:
 * SEATBOOK_INVALID_ARGUMENT. */
SEATBOOK_API seatbook_code seatbook_request_id_parse(const char *text, size_t text_size,
                                                     uint8_t *request_id, seatbook_error **error);

/* Writes a value as the text that the function above reads: at most `capacity` bytes, the last one
 * of them NUL. Answers the size of the whole text without NUL, also where it did not fit; buffer
 * may be NULL with capacity 0. SEATBOOK_MAX_VALUE_TEXT bytes are enough for any. Threads: any. */
SEATBOOK_API size_t seatbook_money_format(seatbook_money money, char *buffer, size_t capacity);
SEATBOOK_API size_t seatbook_time_format(seatbook_time time, char *buffer, size_t capacity);
SEATBOOK_API size_t seatbook_date_format(seatbook_date date, char *buffer, size_t capacity);
SEATBOOK_API size_t seatbook_request_id_format(const uint8_t *request_id, char *buffer,
                                               size_t capacity);

/* ---------------------------------------------------------------------------------------- codes */

/* One for each rule that a caller can act on (docs/reference/errors.md). A number never gets a
 * second meaning. The tens follow the order in which errors are checked. */
enum {
  SEATBOOK_OK = 0,
  /* A value no book would take: an unknown enumerator, a text over 1 MiB. */
  SEATBOOK_INVALID_ARGUMENT = 1,
  SEATBOOK_INVALID_TEXT = 2, /* A text that is not UTF-8, or that contains NUL (C51). */
  SEATBOOK_FILE_TOO_LARGE = 3, /* More than 5,242,880 bytes (C31). */
  SEATBOOK_INVALID_FILE_ENCODING = 4, /* UTF-16, not UTF-8, or with a NUL byte (C34). */
  SEATBOOK_MALFORMED_CSV = 5, /* A quote never closed, text after one, a cell or row too large. */
  SEATBOOK_HEADER_MISSING = 6, /* Not even a header line. */
  SEATBOOK_COLUMN_MISSING = 7, /* The header lacks a column; `field` says which. */
  /* A column stands twice in the header; `field` says which (C30). */
  SEATBOOK_DUPLICATE_COLUMN = 8,
  SEATBOOK_BOOK_CLOSED = 10, /* close() was called. */
  SEATBOOK_BOOK_NEEDS_REOPEN = 11, /* The book no longer matches its storage; open it again. */
  SEATBOOK_CLOCK_BEHIND = 12, /* The clock stands over 10 minutes before the last batch (C52). */
  /* seatbook_session_at_least() asks for a version nobody has committed yet. */
  SEATBOOK_BOOK_BEHIND = 13,
  SEATBOOK_BOOK_FORKED = 14, /* This process is a fork of the one that opened the book. */
  SEATBOOK_BOOK_READ_ONLY = 15, /* The book was opened for reading only. */
  SEATBOOK_PERMISSION_DENIED = 20, /* The actor may not do this (C43). */
  SEATBOOK_REPEATED_REQUEST = 25, /* `values`: {the version that carried the request out} (C58). */
  SEATBOOK_PERSON_NOT_FOUND = 30,
  SEATBOOK_PERSON_ARCHIVED = 31,
  SEATBOOK_PERSON_ERASED = 32,
  SEATBOOK_LICENSE_NOT_FOUND = 33,
  SEATBOOK_LICENSE_ARCHIVED = 34,
  SEATBOOK_ASSIGNMENT_NOT_FOUND = 35,
  SEATBOOK_ACTOR_NOT_FOUND = 36,
  SEATBOOK_REQUIRED = 40, /* A field that must have a value has none. */
  SEATBOOK_TEXT_TOO_LONG = 41,
  SEATBOOK_INVALID_EMAIL = 42,
  SEATBOOK_INVALID_CURRENCY = 43, /* Not three upper-case letters. */
  SEATBOOK_OWNER_REQUIRED = 44, /* No owner given and the actor is no person (C23). */
  SEATBOOK_TOTAL_OUT_OF_RANGE = 45, /* Not 0 to 1,000,000,000 and not unlimited. */
  SEATBOOK_MONEY_OUT_OF_RANGE = 46, /* Not 0 to 99,999,999.9999 (C53). */
  SEATBOOK_INVALID_MONEY = 47, /* Not a plain decimal with at most four decimals (C33, C53). */
  SEATBOOK_DATE_OUT_OF_RANGE = 48, /* Outside the years 1970 to 2200. */
  SEATBOOK_INVALID_DATE = 49, /* Not of the documented form, or no day of the calendar. */
  /* More records or items than a book or a call takes (SEATBOOK_MAX_...). */
  SEATBOOK_LIMIT_EXCEEDED = 50,
  SEATBOOK_STALE_REVISION = 60, /* `values`: {the current revision} (C57). */
  SEATBOOK_EMAIL_TAKEN = 71, /* `values`: {the person who has it} (C17). */
  SEATBOOK_HOST_KEY_TAKEN = 72, /* `values`: {the record that has it}. */
  SEATBOOK_BACKUP_IS_OWNER = 73, /* Owner and backup owner must differ (B6, C20). */
  SEATBOOK_TOTAL_BELOW_USED = 74, /* `values`: {seats used, the total asked for} (C12). */
  SEATBOOK_ALREADY_ASSIGNED = 75, /* `values`: {the active assignment} (A44). */
  SEATBOOK_ALREADY_REVOKED = 76, /* (A45) */
  SEATBOOK_NOT_FLAGGED = 77, /* There is no needs-review flag to dismiss (C47). */
  SEATBOOK_SAME_PERSON = 78, /* A seat is transferred to its own holder (C55). */
  SEATBOOK_HAS_ACTIVE_SEATS = 79, /* `values`: the active assignments, 100 at most (C49, C50). */
  SEATBOOK_OWNS_LICENSES = 80, /* `values`: the licenses owned or backed up, 100 at most (C49). */
  SEATBOOK_USED_BEFORE_ASSIGNED = 81, /* A last use before the seat was given (C54). */
  SEATBOOK_USED_IN_FUTURE = 82, /* A last use more than 24 hours ahead of the clock (C54). */
  /* `values`: the active assignments with a cost override, 100 at most (C65). */
  SEATBOOK_CURRENCY_IN_USE = 83,
  SEATBOOK_NO_SEATS_REMAINING = 90, /* (A43) */
  /* `all_or_nothing`, and an item could not be had; see `outcomes` (C46). */
  SEATBOOK_BULK_REFUSED = 91,
  SEATBOOK_CONFLICT = 100, /* Others were first at every try; nothing was written. */
  SEATBOOK_STORAGE_FAILED = 101, /* Surely not written; the book goes on. */
  SEATBOOK_STORAGE_UNKNOWN = 102, /* Perhaps written; no further write until that is known. */
  /* What the storage holds breaks the rules; the book cannot go on. */
  SEATBOOK_STORAGE_CORRUPT = 103,
  SEATBOOK_STORAGE_IN_USE = 104, /* Another book has it open; the message tells which process. */
  SEATBOOK_NOT_A_BOOK = 105, /* The file or database belongs to something else. */
  /* Written by a later release; `values`: {its format, the newest known}. */
  SEATBOOK_FORMAT_TOO_NEW = 106,
  SEATBOOK_NEEDS_RECOVERY = 107, /* Its last writer was interrupted: open it for writing once. */
  /* No such storage in this build, or one that cannot do this. */
  SEATBOOK_UNSUPPORTED_STORAGE = 108,
  SEATBOOK_OUT_OF_MEMORY = 110, /* Nothing was changed. */
  SEATBOOK_INTERNAL = 111, /* A defect of this library; nothing was acknowledged. */
  SEATBOOK_CANCELLED = 112 /* The caller ended the call; an import has changed nothing. */
};

/* -------------------------------------------------------------------------------------- choices */

/* A bundle of capabilities by name (C42). */
typedef int32_t seatbook_role;
enum {
  SEATBOOK_ROLE_SUPER_ADMIN = 0, /* everything */
  SEATBOOK_ROLE_IT_ADMIN = 1, /* everything */
  SEATBOOK_ROLE_ADMIN = 2, /* everything */
  SEATBOOK_ROLE_MANAGER = 3, /* view_own */
  SEATBOOK_ROLE_EMPLOYEE = 4 /* view_own */
};

/* One capability. Which operation needs which: seatbook_operation_permissions(). */
typedef int32_t seatbook_permission;
enum {
  SEATBOOK_PERMISSION_VIEW = 0, /* People, licenses, lists, history, events, reports. */
  SEATBOOK_PERMISSION_VIEW_OWN = 1, /* The actor's own licenses and own history. */
  SEATBOOK_PERMISSION_EDIT = 2, /* Records of people and licenses. Implies `assign` (B1). */
  SEATBOOK_PERMISSION_CREATE = 3, /* New licenses. */
  SEATBOOK_PERMISSION_ASSIGN = 4, /* Everything that moves a seat. */
  SEATBOOK_PERMISSION_ARCHIVE_PERSON = 5, /* Archive, reactivate, erase a person. */
  SEATBOOK_PERMISSION_EXPORT = 6, /* CSV files out. */
  SEATBOOK_PERMISSION_ADMINISTER = 7 /* Backup, clock repair. */
};

/* Everything a session can be asked to do, by the name it has in every language. */
typedef int32_t seatbook_operation;
enum {
  SEATBOOK_OPERATION_ADD_PERSON = 0,
  SEATBOOK_OPERATION_UPDATE_PERSON = 1,
  SEATBOOK_OPERATION_ARCHIVE_PERSON = 2,
  SEATBOOK_OPERATION_REACTIVATE_PERSON = 3,
  SEATBOOK_OPERATION_ERASE_PERSON = 4,
  SEATBOOK_OPERATION_ADD_LICENSE = 5,
  SEATBOOK_OPERATION_UPDATE_LICENSE = 6,
  SEATBOOK_OPERATION_SET_TOTAL_SEATS = 7,
  SEATBOOK_OPERATION_SET_POLICY = 8,
  SEATBOOK_OPERATION_SET_OWNERS = 9,
  SEATBOOK_OPERATION_ARCHIVE_LICENSE = 10,
  SEATBOOK_OPERATION_REACTIVATE_LICENSE = 11,
  SEATBOOK_OPERATION_ASSIGN = 12,
  SEATBOOK_OPERATION_BULK_ASSIGN = 13,
  SEATBOOK_OPERATION_ASSIGN_MANY = 14,
  SEATBOOK_OPERATION_REVOKE = 15,
  SEATBOOK_OPERATION_REVOKE_ALL = 16,
  SEATBOOK_OPERATION_TRANSFER = 17,
  SEATBOOK_OPERATION_EDIT_SEAT = 18,
  SEATBOOK_OPERATION_MARK_REVIEWED = 19,
  SEATBOOK_OPERATION_RECORD_USE = 20,
  SEATBOOK_OPERATION_RECORD_USES = 21,
  SEATBOOK_OPERATION_PEOPLE = 22,
  SEATBOOK_OPERATION_LICENSES = 23,
  SEATBOOK_OPERATION_GET_PERSON = 24,
  SEATBOOK_OPERATION_GET_LICENSE = 25,
  SEATBOOK_OPERATION_GET_ASSIGNMENT = 26,
  SEATBOOK_OPERATION_GET_ACTOR = 27,
  SEATBOOK_OPERATION_FIND_PERSON = 28,
  SEATBOOK_OPERATION_FIND_LICENSE = 29,
  SEATBOOK_OPERATION_FIND_ACTOR = 30,
  SEATBOOK_OPERATION_FIND_SEAT = 31,
  SEATBOOK_OPERATION_LAST_USE = 32,
  SEATBOOK_OPERATION_USAGE = 33,
  SEATBOOK_OPERATION_LICENSE_SEATS = 34,
  SEATBOOK_OPERATION_MY_SOFTWARE = 35,
  SEATBOOK_OPERATION_ASSIGNABLE_PEOPLE = 36,
  SEATBOOK_OPERATION_NEEDS_REVIEW = 37,
  SEATBOOK_OPERATION_NEEDS_REVIEW_COUNT = 38,
  SEATBOOK_OPERATION_ARCHIVED_OWNERS = 39,
  SEATBOOK_OPERATION_LICENSE_CONTACTS = 40,
  SEATBOOK_OPERATION_RENEWALS_DUE = 41,
  SEATBOOK_OPERATION_HISTORY = 42,
  SEATBOOK_OPERATION_EVENTS_AFTER = 43,
  SEATBOOK_OPERATION_NOTIFICATIONS_AFTER = 44,
  SEATBOOK_OPERATION_SEAT_LIST = 45,
  SEATBOOK_OPERATION_SEAT_FIGURES = 46,
  SEATBOOK_OPERATION_ROSTER = 47,
  SEATBOOK_OPERATION_EXPORT_SEAT_LIST = 48,
  SEATBOOK_OPERATION_EXPORT_ROSTER = 49,
  SEATBOOK_OPERATION_EXPORT_HISTORY = 50,
  SEATBOOK_OPERATION_UTILIZATION = 51,
  SEATBOOK_OPERATION_RECLAIM_CANDIDATES = 52,
  SEATBOOK_OPERATION_HOLDERS_AT = 53,
  SEATBOOK_OPERATION_USAGE_OVER_TIME = 54,
  SEATBOOK_OPERATION_PEAK_USAGE = 55,
  SEATBOOK_OPERATION_OFFBOARDING_TIMES = 56,
  SEATBOOK_OPERATION_IMPORT_ROSTER = 57,
  SEATBOOK_OPERATION_IMPORT_PEOPLE = 58,
  SEATBOOK_OPERATION_IMPORT_LICENSES = 59
};

typedef int32_t seatbook_person_state;
enum {
  SEATBOOK_PERSON_STATE_ACTIVE = 0,
  SEATBOOK_PERSON_STATE_ARCHIVED = 1,
  SEATBOOK_PERSON_STATE_ERASED = 2
};

typedef int32_t seatbook_license_state;
enum {
  SEATBOOK_LICENSE_STATE_ACTIVE = 0,
  SEATBOOK_LICENSE_STATE_ARCHIVED = 1
};

/* What happens when every seat is taken (C7). */
typedef int32_t seatbook_capacity_policy;
enum {
  SEATBOOK_CAPACITY_POLICY_ENFORCE = 0, /* A further assignment is refused. */
  /* A further assignment is made, and shown as over-allocation. */
  SEATBOOK_CAPACITY_POLICY_ALLOW_OVER = 1
};

/* How often the cost per seat falls due (C53). */
typedef int32_t seatbook_billing_period;
enum {
  SEATBOOK_BILLING_PERIOD_MONTH = 0,
  SEATBOOK_BILLING_PERIOD_YEAR = 1,
  SEATBOOK_BILLING_PERIOD_ONCE = 2
};

/* What a history row says happened (C48). */
typedef int32_t seatbook_history_kind;
enum {
  SEATBOOK_HISTORY_KIND_PERSON_ADDED = 0,
  SEATBOOK_HISTORY_KIND_PERSON_UPDATED = 1,
  SEATBOOK_HISTORY_KIND_PERSON_ARCHIVED = 2,
  SEATBOOK_HISTORY_KIND_PERSON_REACTIVATED = 3,
  SEATBOOK_HISTORY_KIND_PERSON_ERASED = 4,
  SEATBOOK_HISTORY_KIND_LICENSE_ADDED = 5,
  SEATBOOK_HISTORY_KIND_LICENSE_UPDATED = 6,
  SEATBOOK_HISTORY_KIND_LICENSE_ARCHIVED = 7,
  SEATBOOK_HISTORY_KIND_LICENSE_REACTIVATED = 8,
  SEATBOOK_HISTORY_KIND_TOTAL_CHANGED = 9,
  SEATBOOK_HISTORY_KIND_POLICY_CHANGED = 10,
  SEATBOOK_HISTORY_KIND_OWNERS_CHANGED = 11,
  SEATBOOK_HISTORY_KIND_ASSIGNED = 12,
  SEATBOOK_HISTORY_KIND_EDITED = 13,
  SEATBOOK_HISTORY_KIND_TRANSFERRED = 14,
  SEATBOOK_HISTORY_KIND_REVOKED = 15,
  SEATBOOK_HISTORY_KIND_FLAGGED = 16,
  SEATBOOK_HISTORY_KIND_FLAG_CLEARED = 17,
  SEATBOOK_HISTORY_KIND_REVIEWED = 18
};

typedef int32_t seatbook_event_kind;
enum {
  SEATBOOK_EVENT_KIND_SOFTWARE_ASSIGNED = 0, /* "software.assigned" */
  SEATBOOK_EVENT_KIND_SOFTWARE_REVOKED = 1 /* "software.revoked" */
};

/* What a list is sorted by (A27). Ties are decided by assignment id, so that the order is total;
 * descending is the ascending order read backwards. */
typedef int32_t seatbook_seat_sort;
enum {
  SEATBOOK_SEAT_SORT_USER = 0, /* the holder's name, folded as in a search (C17) */
  SEATBOOK_SEAT_SORT_ASSIGNED = 1, /* when the seat was given */
  /* when the seat was last used; never used comes before any date */
  SEATBOOK_SEAT_SORT_LAST_USED = 2
};

/* How texts stand in the cells of a file (C38). Both come back unchanged when the file is read
 * with the profile it was written with. */
typedef int32_t seatbook_csv_profile;
enum {
  /* For people: a text that a spreadsheet would take for a formula gets a `'` in front, and
   * loses it when it is read. That is one that begins with = + - @, a tab, CR, LF, ' or the
   * full-width form of one of the first four. Dates are `YYYY-MM-DD`. */
  SEATBOOK_CSV_PROFILE_SPREADSHEET = 0,
  /* For programs: texts stand as they are. Instants are RFC 3339 in UTC. */
  SEATBOOK_CSV_PROFILE_EXACT = 1
};

/* How a file spells days. */
typedef int32_t seatbook_date_order;
enum {
  SEATBOOK_DATE_ORDER_ISO = 0, /* 2026-09-30 */
  /* 9/30/2026; also with `.` or `-`, and with leading zeros */
  SEATBOOK_DATE_ORDER_MONTH_DAY_YEAR = 1,
  SEATBOOK_DATE_ORDER_DAY_MONTH_YEAR = 2 /* 30/9/2026; likewise */
};

/* What a row of a utilization report stands for. */
typedef int32_t seatbook_utilization_by;
enum {
  SEATBOOK_UTILIZATION_BY_LICENSE = 0,
  SEATBOOK_UTILIZATION_BY_PRODUCT_GROUP = 1,
  SEATBOOK_UTILIZATION_BY_BOOK = 2
};

/* What became of one row of a roster (B20, C26, C37). */
typedef int32_t seatbook_roster_outcome;
enum {
  SEATBOOK_ROSTER_OUTCOME_ADDED = 0,
  /* the person holds a seat, or gets one by an earlier row */
  SEATBOOK_ROSTER_OUTCOME_ALREADY_LINKED = 1,
  SEATBOOK_ROSTER_OUTCOME_NOT_FOUND = 2, /* nobody has that email */
  SEATBOOK_ROSTER_OUTCOME_INVALID = 3,
  SEATBOOK_ROSTER_OUTCOME_NO_SEATS = 4,
  SEATBOOK_ROSTER_OUTCOME_REMOVED = 5 /* the row has a `Date Removed` */
};

/* What became of one row of an inventory. */
typedef int32_t seatbook_inventory_outcome;
enum {
  SEATBOOK_INVENTORY_OUTCOME_ADDED = 0,
  SEATBOOK_INVENTORY_OUTCOME_ALREADY_KNOWN = 1,
  SEATBOOK_INVENTORY_OUTCOME_INVALID = 2,
  /* the license was added; its holder could not be given a seat */
  SEATBOOK_INVENTORY_OUTCOME_WITHOUT_SEAT = 3
};

/* What became of a seat whose holder was archived. */
typedef int32_t seatbook_offboarding_outcome;
enum {
  SEATBOOK_OFFBOARDING_OUTCOME_WAITING = 0, /* nobody has looked at it yet */
  SEATBOOK_OFFBOARDING_OUTCOME_KEPT = 1, /* Marked reviewed: still held (B32). */
  /* Revoked, or handed on to somebody else (B31, C10). */
  SEATBOOK_OFFBOARDING_OUTCOME_RELEASED = 2,
  /* The person came back first, so there was nothing to release (C47). */
  SEATBOOK_OFFBOARDING_OUTCOME_REACTIVATED = 3
};

/* What an acknowledged change survives. */
typedef int32_t seatbook_durability;
enum {
  /* The end of the process, of the machine, of its power: every commit is synced. */
  SEATBOOK_DURABILITY_FULL = 0,
  /* The end of the process. If the machine stops, the last commits may be missing. */
  SEATBOOK_DURABILITY_RELAXED = 1
};

/* The kinds of choices, for the two functions below and seatbook_rows_column_choice(). */
enum {
  SEATBOOK_CHOICE_CODE = 1,
  SEATBOOK_CHOICE_ROLE = 2,
  SEATBOOK_CHOICE_PERMISSION = 3,
  SEATBOOK_CHOICE_OPERATION = 4,
  SEATBOOK_CHOICE_PERSON_STATE = 5,
  SEATBOOK_CHOICE_LICENSE_STATE = 6,
  SEATBOOK_CHOICE_CAPACITY_POLICY = 7,
  SEATBOOK_CHOICE_BILLING_PERIOD = 8,
  SEATBOOK_CHOICE_HISTORY_KIND = 9,
  SEATBOOK_CHOICE_EVENT_KIND = 10,
  SEATBOOK_CHOICE_SEAT_SORT = 11,
  SEATBOOK_CHOICE_CSV_PROFILE = 12,
  SEATBOOK_CHOICE_DATE_ORDER = 13,
  SEATBOOK_CHOICE_UTILIZATION_BY = 14,
  SEATBOOK_CHOICE_ROSTER_OUTCOME = 15,
  SEATBOOK_CHOICE_INVENTORY_OUTCOME = 16,
  SEATBOOK_CHOICE_OFFBOARDING_OUTCOME = 17,
  SEATBOOK_CHOICE_DURABILITY = 18
};

/* The name of a choice as the other languages spell it: (SEATBOOK_CHOICE_CODE, 90) is
 * "no_seats_remaining". "unknown" where there is none. Never freed. Threads: any. */
SEATBOOK_API const char *seatbook_choice_name(int32_t choice, int32_t value);

/* The number of the choice of that name; roles are read with - and with _.
 * Errors: SEATBOOK_INVALID_ARGUMENT (there is none). Threads: any. */
SEATBOOK_API seatbook_code seatbook_choice_value(int32_t choice, const char *name, size_t name_size,
                                                 int32_t *value, seatbook_error **error);

/* --------------------------------------------------------------------------------------- errors */

/* What went wrong. All of these take NULL too, and answer as of an error without anything.
 * Ownership: what they hand out lives until the error is freed. Threads: any, at once. */
SEATBOOK_API seatbook_code seatbook_error_code(const seatbook_error *error);
/* One line of UTF-8 for people, ended by NUL. It may change, but for the three messages that
 * RULES A43 to A45 fix. */
SEATBOOK_API const char *seatbook_error_message(const seatbook_error *error);
/* The member of the request or the parameter to blame, ended by NUL; may be "". */
SEATBOOK_API const char *seatbook_error_field(const seatbook_error *error);
/* Which item of a bulk call, from 0; otherwise -1. */
SEATBOOK_API int64_t seatbook_error_index(const seatbook_error *error);
/* Numbers that belong to the code, as docs/reference/errors.md tells; how many are put into *count.
 * */
SEATBOOK_API const uint64_t *seatbook_error_values(const seatbook_error *error, size_t *count);
/* SEATBOOK_BULK_REFUSED: what each item would have got, rows of Outcome; otherwise NULL. They are
 * freed with the error, and seatbook_rows_free() leaves them alone. */
SEATBOOK_API const seatbook_rows *seatbook_error_outcomes(const seatbook_error *error);
SEATBOOK_API void seatbook_error_free(seatbook_error *error);

/* -------------------------------------------------------------------------------------- answers */

/* The types of columns. How a row's value is read: "number" by seatbook_rows_number(), "text" by
 * seatbook_rows_text(). */
enum {
  SEATBOOK_TYPE_ID = 1,        /* number: names a record; 0: none */
  SEATBOOK_TYPE_NUMBER = 2,    /* number */
  SEATBOOK_TYPE_FLAG = 3,      /* number: 0 or 1 */
  SEATBOOK_TYPE_CHOICE = 4,    /* number: see seatbook_rows_column_choice() */
  SEATBOOK_TYPE_TIME = 5,      /* number: seatbook_time */
  SEATBOOK_TYPE_DATE = 6,      /* number: seatbook_date */
  SEATBOOK_TYPE_MONEY = 7,     /* number: seatbook_money */
  SEATBOOK_TYPE_MONEY_SUM = 8, /* text: a decimal with two to four decimals, of any size */
  SEATBOOK_TYPE_TEXT = 9,      /* text */
  /* Neither: its members are the columns that follow, named as it with `_` and their own name. */
  SEATBOOK_TYPE_RECORD = 10,
  /* Neither: rows of their own, see seatbook_rows_list(). */
  SEATBOOK_TYPE_LIST = 11
};

/* A table that a call has answered. The constants SEATBOOK_COLUMN_... below are the numbers of its
 * columns; what it consists of can also be asked, so that a binding needs no list of its own.
 *
 * None of these can fail. They take NULL, rows and columns that there are not, and columns of other
 * types too, and answer nothing then: 0, "", NULL, SEATBOOK_NONE. Ownership: what they hand out
 * lives until the answer is freed. Threads: any, at once. Cost: O(1), unless it is told. */
SEATBOOK_API size_t seatbook_rows_count(const seatbook_rows *rows);
/* What its rows are, such as "SeatListRow". */
SEATBOOK_API const char *seatbook_rows_name(const seatbook_rows *rows);

SEATBOOK_API uint32_t seatbook_rows_column_count(const seatbook_rows *rows);
SEATBOOK_API const char *seatbook_rows_column_name(const seatbook_rows *rows, uint32_t column);
SEATBOOK_API int32_t seatbook_rows_column_type(const seatbook_rows *rows, uint32_t column);
/* SEATBOOK_TYPE_CHOICE: which kind of choice, SEATBOOK_CHOICE_...; otherwise 0. */
SEATBOOK_API int32_t seatbook_rows_column_choice(const seatbook_rows *rows, uint32_t column);
/* SEATBOOK_TYPE_RECORD: how many of the columns that follow are its members, those of records
 * within it counted; otherwise 0. */
SEATBOOK_API uint32_t seatbook_rows_column_members(const seatbook_rows *rows, uint32_t column);
/* The column of that name; seatbook_rows_column_count() where there is none. O(columns). */
SEATBOOK_API uint32_t seatbook_rows_column(const seatbook_rows *rows, const char *name,
                                           size_t name_size);

/* One value of one row. A number that is missing is SEATBOOK_NONE, but 0 for an id; a missing text
 * is "". Texts end with NUL; their size without it is put into *size, unless that is NULL. */
SEATBOOK_API int64_t seatbook_rows_number(const seatbook_rows *rows, size_t row, uint32_t column);
SEATBOOK_API const char *seatbook_rows_text(const seatbook_rows *rows, size_t row, uint32_t column,
                                            size_t *size);
/* 1 where the row has no value there, or there is no such row or column; otherwise 0. */
SEATBOOK_API int32_t seatbook_rows_is_null(const seatbook_rows *rows, size_t row, uint32_t column);

/* A whole column at once, so that a slow foreign call is paid once. */
/* One number a row, for columns that are read as numbers. */
SEATBOOK_API const int64_t *seatbook_rows_numbers(const seatbook_rows *rows, uint32_t column);
/* One more than there are rows. Texts: text n starts at byte offsets[n] of seatbook_rows_bytes()
 * and ends before offsets[n + 1] - 1, where its NUL is. Lists: the list of row n consists of the
 * rows from offsets[n] up to, and not, offsets[n + 1] of seatbook_rows_list(). */
SEATBOOK_API const uint64_t *seatbook_rows_offsets(const seatbook_rows *rows, uint32_t column);
/* The texts of all rows, each with a NUL behind it; how many bytes they are is put into *size. */
SEATBOOK_API const char *seatbook_rows_bytes(const seatbook_rows *rows, uint32_t column,
                                             size_t *size);
/* Which rows have a value: bit n % 8 of byte n / 8 is 1 where row n has one. NULL: all of them. */
SEATBOOK_API const uint8_t *seatbook_rows_validity(const seatbook_rows *rows, uint32_t column);
/* The rows of all lists of a column, in order. They are freed with `rows`, and seatbook_rows_free()
 * leaves them alone. */
SEATBOOK_API const seatbook_rows *seatbook_rows_list(const seatbook_rows *rows, uint32_t column);

/* Hands the table to Arrow by its C stream interface, as one batch, without Arrow itself. The
 * struct is that of Arrow's own header; *stream becomes the caller's, and outlives `rows`. If the
 * call fails, *stream is left alone. Columns have the same types as in Python: ids and numbers
 * uint64, choices and texts UTF-8, times microseconds in UTC, amounts decimals with four places;
 * lists and the columns of records themselves are left out.
 * Errors: SEATBOOK_INVALID_ARGUMENT, SEATBOOK_OUT_OF_MEMORY. Cost: O(values). */
struct ArrowArrayStream;
SEATBOOK_API seatbook_code seatbook_rows_to_arrow(const seatbook_rows *rows,
                                                  struct ArrowArrayStream *stream,
                                                  seatbook_error **error);

/* A row of Event or Notification as the JSON that webhooks carry (docs/reference/events.md): one
 * row with one text, in column 0 (SEATBOOK_COLUMN_TEXTS_VALUE). Errors: SEATBOOK_INVALID_ARGUMENT
 * (other rows, no such row), SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *json. */
SEATBOOK_API seatbook_code seatbook_rows_to_json(const seatbook_rows *rows, size_t row,
                                                 seatbook_rows **json, seatbook_error **error);

SEATBOOK_API void seatbook_rows_free(seatbook_rows *rows);

/* A list of ids. */
enum {
  SEATBOOK_COLUMN_IDS_VALUE = 0 /* id */
};

/* A list of texts. */
enum {
  SEATBOOK_COLUMN_TEXTS_VALUE = 0 /* text */
};

/* Rows of PersonReceipt. */
enum {
  SEATBOOK_COLUMN_PERSON_RECEIPT_PERSON = 0, /* id */
  SEATBOOK_COLUMN_PERSON_RECEIPT_REVISION = 1, /* number; of the person, after the call */
  /* number; Assignments whose needs_review flag the call set or cleared. */
  SEATBOOK_COLUMN_PERSON_RECEIPT_FLAGS_CHANGED = 2,
  SEATBOOK_COLUMN_PERSON_RECEIPT_VERSION = 3 /* number */
};

/* Rows of LicenseReceipt. */
enum {
  SEATBOOK_COLUMN_LICENSE_RECEIPT_LICENSE = 0, /* id */
  SEATBOOK_COLUMN_LICENSE_RECEIPT_REVISION = 1, /* number; of the license, after the call */
  SEATBOOK_COLUMN_LICENSE_RECEIPT_VERSION = 2 /* number */
};

/* Rows of SeatReceipt. */
enum {
  SEATBOOK_COLUMN_SEAT_RECEIPT_ASSIGNMENT = 0, /* id; transfer: the new one */
  SEATBOOK_COLUMN_SEAT_RECEIPT_REVISION = 1, /* number; of the assignment, after the call */
  SEATBOOK_COLUMN_SEAT_RECEIPT_VERSION = 2 /* number */
};

/* Rows of BulkReceipt. */
enum {
  /* list of Outcome; One an item, in the caller's order; an item named twice has one, at its
   * first place. */
  SEATBOOK_COLUMN_BULK_RECEIPT_OUTCOMES = 0,
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY = 1, /* record BulkSummary */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_DONE = 2, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_SKIPPED = 3, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_NO_SEATS_REMAINING = 4, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_ALREADY_ASSIGNED = 5, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_LICENSE_ARCHIVED = 6, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_PERSON_ARCHIVED = 7, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_PERSON_ERASED = 8, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_OTHER = 9, /* number */
  SEATBOOK_COLUMN_BULK_RECEIPT_SUMMARY_ASSIGN_TEXT = 10, /* text */
  SEATBOOK_COLUMN_BULK_RECEIPT_DRY_RUN = 11, /* flag */
  SEATBOOK_COLUMN_BULK_RECEIPT_VERSION = 12 /* number */
};

/* Rows of Outcome. */
enum {
  SEATBOOK_COLUMN_OUTCOME_CODE = 0, /* choice: seatbook_code; ok, or why the item was skipped */
  /* number; the id the item named: a license, a person or an assignment */
  SEATBOOK_COLUMN_OUTCOME_ITEM = 1,
  SEATBOOK_COLUMN_OUTCOME_ASSIGNMENT = 2 /* id; the assignment made, revoked or found, if any */
};

/* Rows of BulkSummary. */
enum {
  SEATBOOK_COLUMN_BULK_SUMMARY_DONE = 0, /* number; assigned, revoked or recorded */
  SEATBOOK_COLUMN_BULK_SUMMARY_SKIPPED = 1, /* number; the sum of what follows */
  SEATBOOK_COLUMN_BULK_SUMMARY_NO_SEATS_REMAINING = 2, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_ALREADY_ASSIGNED = 3, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_LICENSE_ARCHIVED = 4, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_PERSON_ARCHIVED = 5, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_PERSON_ERASED = 6, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_OTHER = 7, /* number; record_uses only */
  SEATBOOK_COLUMN_BULK_SUMMARY_ASSIGN_TEXT = 8 /* text */
};

/* Rows of Person. */
enum {
  SEATBOOK_COLUMN_PERSON_ID = 0, /* id */
  SEATBOOK_COLUMN_PERSON_NAME = 1, /* text; 1 to 255 code points */
  /* text; as given; empty: none. Unique by key among all people (C17). */
  SEATBOOK_COLUMN_PERSON_EMAIL = 2,
  /* text; the host's own id; empty: none. Unique when given. */
  SEATBOOK_COLUMN_PERSON_HOST_KEY = 3,
  SEATBOOK_COLUMN_PERSON_STATE = 4, /* choice: seatbook_person_state */
  SEATBOOK_COLUMN_PERSON_REVISION = 5 /* number */
};

/* Rows of License. */
enum {
  SEATBOOK_COLUMN_LICENSE_ID = 0, /* id */
  SEATBOOK_COLUMN_LICENSE_NAME = 1, /* text; 1 to 255 code points; not unique */
  SEATBOOK_COLUMN_LICENSE_VENDOR = 2, /* text */
  SEATBOOK_COLUMN_LICENSE_PRODUCT_GROUP = 3, /* text; licenses of one group can be summed */
  /* text; the host's own id; empty: none. Unique when given. */
  SEATBOOK_COLUMN_LICENSE_HOST_KEY = 4,
  SEATBOOK_COLUMN_LICENSE_TOTAL_SEATS = 5, /* number; null: unlimited */
  SEATBOOK_COLUMN_LICENSE_POLICY = 6, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_LICENSE_OWNER = 7, /* id; always set (B4) */
  SEATBOOK_COLUMN_LICENSE_BACKUP_OWNER = 8, /* id; may be null; never the owner (B6) */
  SEATBOOK_COLUMN_LICENSE_COST_PER_SEAT = 9, /* money; may be null */
  /* text; ISO 4217, such as "EUR"; empty: none given, so no cost either */
  SEATBOOK_COLUMN_LICENSE_CURRENCY = 10,
  SEATBOOK_COLUMN_LICENSE_BILLING_PERIOD = 11, /* choice: seatbook_billing_period */
  SEATBOOK_COLUMN_LICENSE_RENEWAL_DATE = 12, /* date; may be null */
  SEATBOOK_COLUMN_LICENSE_STATE = 13, /* choice: seatbook_license_state */
  SEATBOOK_COLUMN_LICENSE_REVISION = 14 /* number */
};

/* Rows of Assignment. */
enum {
  SEATBOOK_COLUMN_ASSIGNMENT_ID = 0, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_PERSON = 2, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_ASSIGNED_AT = 3, /* time */
  SEATBOOK_COLUMN_ASSIGNMENT_ASSIGNED_BY = 4, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_REVOKED_AT = 5, /* time; may be null; none: the seat is held */
  SEATBOOK_COLUMN_ASSIGNMENT_REVOKED_BY = 6, /* id; 0 while the seat is held */
  SEATBOOK_COLUMN_ASSIGNMENT_REVOKE_REASON = 7, /* text */
  SEATBOOK_COLUMN_ASSIGNMENT_ACCESS_LEVEL = 8, /* text; free text; grants nothing (A11) */
  SEATBOOK_COLUMN_ASSIGNMENT_ACCOUNT = 9, /* text; the person's login in the vendor's app (A12) */
  SEATBOOK_COLUMN_ASSIGNMENT_NOTES = 10, /* text */
  /* money; may be null; instead of the license's cost, in its currency */
  SEATBOOK_COLUMN_ASSIGNMENT_COST_OVERRIDE = 11,
  SEATBOOK_COLUMN_ASSIGNMENT_NEEDS_REVIEW = 12, /* flag; the holder was archived (B28) */
  SEATBOOK_COLUMN_ASSIGNMENT_REVISION = 13, /* number */
  SEATBOOK_COLUMN_ASSIGNMENT_ACTIVE = 14 /* flag */
};

/* Rows of ActorRecord. */
enum {
  SEATBOOK_COLUMN_ACTOR_RECORD_ID = 0, /* id */
  SEATBOOK_COLUMN_ACTOR_RECORD_ACTOR = 1, /* text; the service's name; empty for a person */
  SEATBOOK_COLUMN_ACTOR_RECORD_PERSON = 2 /* id; may be null; none for a service */
};

/* Rows of Usage. */
enum {
  /* number; active assignments, those of archived people included (C10) */
  SEATBOOK_COLUMN_USAGE_USED = 0,
  SEATBOOK_COLUMN_USAGE_TOTAL = 1, /* number; null: unlimited */
  SEATBOOK_COLUMN_USAGE_POLICY = 2, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_USAGE_ARCHIVED = 3, /* flag */
  SEATBOOK_COLUMN_USAGE_AVAILABLE = 4, /* number; may be null */
  SEATBOOK_COLUMN_USAGE_OVER_BY = 5, /* number */
  SEATBOOK_COLUMN_USAGE_CAN_ASSIGN = 6, /* flag */
  SEATBOOK_COLUMN_USAGE_TEXT = 7, /* text */
  SEATBOOK_COLUMN_USAGE_AVAILABLE_TEXT = 8 /* text */
};

/* Rows of SeatRow. */
enum {
  SEATBOOK_COLUMN_SEAT_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_SEAT_ROW_PERSON = 1, /* id */
  SEATBOOK_COLUMN_SEAT_ROW_NAME = 2, /* text */
  SEATBOOK_COLUMN_SEAT_ROW_EMAIL = 3, /* text */
  SEATBOOK_COLUMN_SEAT_ROW_ARCHIVED = 4, /* flag; the holder is archived */
  SEATBOOK_COLUMN_SEAT_ROW_NEEDS_REVIEW = 5, /* flag; independent of `archived` (B30, B32) */
  SEATBOOK_COLUMN_SEAT_ROW_ASSIGNED_AT = 6, /* time */
  SEATBOOK_COLUMN_SEAT_ROW_ACCESS_LEVEL = 7, /* text */
  SEATBOOK_COLUMN_SEAT_ROW_ACCOUNT = 8, /* text */
  SEATBOOK_COLUMN_SEAT_ROW_COST_OVERRIDE = 9 /* money; may be null */
};

/* Rows of SoftwareRow. */
enum {
  SEATBOOK_COLUMN_SOFTWARE_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_SOFTWARE_ROW_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_SOFTWARE_ROW_LICENSE_NAME = 2, /* text */
  SEATBOOK_COLUMN_SOFTWARE_ROW_NEEDS_REVIEW = 3, /* flag */
  SEATBOOK_COLUMN_SOFTWARE_ROW_ASSIGNED_AT = 4, /* time */
  SEATBOOK_COLUMN_SOFTWARE_ROW_ACCESS_LEVEL = 5, /* text */
  SEATBOOK_COLUMN_SOFTWARE_ROW_ACCOUNT = 6 /* text */
};

/* Rows of AssignablePerson. */
enum {
  SEATBOOK_COLUMN_ASSIGNABLE_PERSON_PERSON = 0, /* id */
  SEATBOOK_COLUMN_ASSIGNABLE_PERSON_NAME = 1, /* text */
  SEATBOOK_COLUMN_ASSIGNABLE_PERSON_EMAIL = 2 /* text */
};

/* Rows of ReviewRow. */
enum {
  SEATBOOK_COLUMN_REVIEW_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_REVIEW_ROW_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_REVIEW_ROW_LICENSE_NAME = 2, /* text */
  SEATBOOK_COLUMN_REVIEW_ROW_PERSON = 3, /* id */
  SEATBOOK_COLUMN_REVIEW_ROW_NAME = 4, /* text */
  SEATBOOK_COLUMN_REVIEW_ROW_EMAIL = 5, /* text */
  SEATBOOK_COLUMN_REVIEW_ROW_ARCHIVED = 6, /* flag; the holder is archived */
  SEATBOOK_COLUMN_REVIEW_ROW_ASSIGNED_AT = 7, /* time */
  SEATBOOK_COLUMN_REVIEW_ROW_FLAGGED_AT = 8, /* time; when it was flagged, the last time */
  /* number; since then, each 24 hours, the last one complete */
  SEATBOOK_COLUMN_REVIEW_ROW_WAITING_DAYS = 9
};

/* Rows of ArchivedOwnerRow. */
enum {
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_LICENSE = 0, /* id */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_LICENSE_NAME = 1, /* text */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_OWNER = 2, /* id */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_OWNER_ARCHIVED = 3, /* flag */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_BACKUP_OWNER = 4, /* id; may be null */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_BACKUP_ARCHIVED = 5 /* flag */
};

/* Rows of LicenseContacts. */
enum {
  SEATBOOK_COLUMN_LICENSE_CONTACTS_OWNER = 0, /* id */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_OWNER_ARCHIVED = 1, /* flag */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_BACKUP_OWNER = 2, /* id; may be null */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_BACKUP_ARCHIVED = 3, /* flag */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_APPROVER = 4, /* id; may be null */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_RENEWAL_RECIPIENTS = 5 /* list of Ids */
};

/* Rows of RenewalRow. */
enum {
  SEATBOOK_COLUMN_RENEWAL_ROW_LICENSE = 0, /* id */
  SEATBOOK_COLUMN_RENEWAL_ROW_LICENSE_NAME = 1, /* text */
  SEATBOOK_COLUMN_RENEWAL_ROW_RENEWAL_DATE = 2, /* date */
  /* list of Ids; whom to remind (B5); nobody while both are archived */
  SEATBOOK_COLUMN_RENEWAL_ROW_RECIPIENTS = 3,
  SEATBOOK_COLUMN_RENEWAL_ROW_USED = 4, /* number */
  SEATBOOK_COLUMN_RENEWAL_ROW_TOTAL = 5, /* number; null: unlimited */
  /* number; The seats that somebody uses: active ones that are not inactive and whose holder is
   * not archived. May be above the total where that is over-allocated. */
  SEATBOOK_COLUMN_RENEWAL_ROW_RIGHT_SIZED_SEATS = 6,
  SEATBOOK_COLUMN_RENEWAL_ROW_CURRENCY = 7, /* text */
  /* money_sum; may be null; What a month would cost less with the right-sized number of seats:
   * the cost of the seats in use beyond it (the override, or else the standard cost), and the
   * waste of the free ones. None where no seat of the license has a price. */
  SEATBOOK_COLUMN_RENEWAL_ROW_MONTHLY_SAVING = 8,
  /* number; The version at which counting began: all of it is counted, each seat as it is when
   * it is found (C69). `used` and `total` are exact at one version between the two. */
  SEATBOOK_COLUMN_RENEWAL_ROW_VERSION = 9,
  SEATBOOK_COLUMN_RENEWAL_ROW_LAST_VERSION = 10 /* number; The version at which counting ended. */
};

/* Rows of HistoryEntry. */
enum {
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW = 0, /* record HistoryRow */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_SEQ = 1, /* number */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_BATCH = 2, /* number */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_AT = 3, /* time */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_ACTOR = 4, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_KIND = 5, /* choice: seatbook_history_kind */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_LICENSE = 6, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_PERSON = 7, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_ASSIGNMENT = 8, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_COUNTERPART = 9, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_BEFORE = 10, /* record LicenseTerms; may be null */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_BEFORE_TOTAL_SEATS = 11, /* number; null: unlimited */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_BEFORE_POLICY = 12, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_BEFORE_OWNER = 13, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_BEFORE_BACKUP_OWNER = 14, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_AFTER = 15, /* record LicenseTerms; may be null */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_AFTER_TOTAL_SEATS = 16, /* number; null: unlimited */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_AFTER_POLICY = 17, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_AFTER_OWNER = 18, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_AFTER_BACKUP_OWNER = 19, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_GRANTS = 20, /* flag */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_REMOVES = 21, /* flag */
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS = 22, /* record HistoryTexts */
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS_SEQ = 23, /* number */
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS_NAME_BEFORE = 24, /* text */
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS_NAME_AFTER = 25, /* text */
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS_EMAIL_BEFORE = 26, /* text */
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS_EMAIL_AFTER = 27, /* text */
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS_REASON = 28, /* text */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR = 29, /* record ActorRecord; who did it */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_ID = 30, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_ACTOR = 31, /* text */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_PERSON = 32, /* id; may be null */
  /* text; the service's name, or the person's as it is now */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_NAME = 33,
  SEATBOOK_COLUMN_HISTORY_ENTRY_LICENSE_NAME = 34, /* text; as it is now */
  SEATBOOK_COLUMN_HISTORY_ENTRY_PERSON_NAME = 35 /* text; as it is now; empty once erased */
};

/* Rows of HistoryRow. */
enum {
  SEATBOOK_COLUMN_HISTORY_ROW_SEQ = 0, /* number */
  SEATBOOK_COLUMN_HISTORY_ROW_BATCH = 1, /* number; the batch that wrote it */
  SEATBOOK_COLUMN_HISTORY_ROW_AT = 2, /* time; never before the row in front of it (C52) */
  SEATBOOK_COLUMN_HISTORY_ROW_ACTOR = 3, /* id */
  SEATBOOK_COLUMN_HISTORY_ROW_KIND = 4, /* choice: seatbook_history_kind */
  SEATBOOK_COLUMN_HISTORY_ROW_LICENSE = 5, /* id; 0: not about a license */
  SEATBOOK_COLUMN_HISTORY_ROW_PERSON = 6, /* id; 0: not about a person */
  SEATBOOK_COLUMN_HISTORY_ROW_ASSIGNMENT = 7, /* id; 0: not about an assignment */
  /* id; transferred: the other assignment of the two. Each transfer has two rows: first the seat
   * given up, whose counterpart is the newer assignment, then the seat received (C55). */
  SEATBOOK_COLUMN_HISTORY_ROW_COUNTERPART = 8,
  /* record LicenseTerms; may be null; What license_added, total_changed, policy_changed and
   * owners_changed found and left. */
  SEATBOOK_COLUMN_HISTORY_ROW_BEFORE = 9,
  SEATBOOK_COLUMN_HISTORY_ROW_BEFORE_TOTAL_SEATS = 10, /* number; null: unlimited */
  SEATBOOK_COLUMN_HISTORY_ROW_BEFORE_POLICY = 11, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_HISTORY_ROW_BEFORE_OWNER = 12, /* id */
  SEATBOOK_COLUMN_HISTORY_ROW_BEFORE_BACKUP_OWNER = 13, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ROW_AFTER = 14, /* record LicenseTerms; may be null */
  SEATBOOK_COLUMN_HISTORY_ROW_AFTER_TOTAL_SEATS = 15, /* number; null: unlimited */
  SEATBOOK_COLUMN_HISTORY_ROW_AFTER_POLICY = 16, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_HISTORY_ROW_AFTER_OWNER = 17, /* id */
  SEATBOOK_COLUMN_HISTORY_ROW_AFTER_BACKUP_OWNER = 18, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ROW_GRANTS = 19, /* flag */
  SEATBOOK_COLUMN_HISTORY_ROW_REMOVES = 20 /* flag */
};

/* Rows of LicenseTerms. */
enum {
  SEATBOOK_COLUMN_LICENSE_TERMS_TOTAL_SEATS = 0, /* number; null: unlimited */
  SEATBOOK_COLUMN_LICENSE_TERMS_POLICY = 1, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_LICENSE_TERMS_OWNER = 2, /* id */
  SEATBOOK_COLUMN_LICENSE_TERMS_BACKUP_OWNER = 3 /* id; may be null */
};

/* Rows of HistoryTexts. */
enum {
  SEATBOOK_COLUMN_HISTORY_TEXTS_SEQ = 0, /* number */
  SEATBOOK_COLUMN_HISTORY_TEXTS_NAME_BEFORE = 1, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_NAME_AFTER = 2, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_EMAIL_BEFORE = 3, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_EMAIL_AFTER = 4, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_REASON = 5 /* text */
};

/* Rows of EventPage. */
enum {
  SEATBOOK_COLUMN_EVENT_PAGE_EVENTS = 0, /* list of Event */
  SEATBOOK_COLUMN_EVENT_PAGE_NEXT = 1, /* number; pass it as `after` of the next call */
  SEATBOOK_COLUMN_EVENT_PAGE_MORE = 2 /* flag; whether the book held more rows at the time */
};

/* Rows of Event. */
enum {
  /* number; the history row; stable, so it also serves as the event's id */
  SEATBOOK_COLUMN_EVENT_SEQ = 0,
  SEATBOOK_COLUMN_EVENT_KIND = 1, /* choice: seatbook_event_kind */
  SEATBOOK_COLUMN_EVENT_AT = 2, /* time */
  SEATBOOK_COLUMN_EVENT_VERSION = 3, /* number; the batch */
  SEATBOOK_COLUMN_EVENT_ASSIGNMENT = 4, /* id */
  SEATBOOK_COLUMN_EVENT_LICENSE = 5, /* id */
  SEATBOOK_COLUMN_EVENT_LICENSE_NAME = 6, /* text */
  SEATBOOK_COLUMN_EVENT_PERSON = 7, /* id */
  SEATBOOK_COLUMN_EVENT_PERSON_NAME = 8, /* text */
  SEATBOOK_COLUMN_EVENT_PERSON_EMAIL = 9, /* text */
  SEATBOOK_COLUMN_EVENT_ACTOR = 10, /* record ActorRecord */
  SEATBOOK_COLUMN_EVENT_ACTOR_ID = 11, /* id */
  SEATBOOK_COLUMN_EVENT_ACTOR_ACTOR = 12, /* text */
  SEATBOOK_COLUMN_EVENT_ACTOR_PERSON = 13, /* id; may be null */
  /* text; the service's name, or the name of the person who acted */
  SEATBOOK_COLUMN_EVENT_ACTOR_NAME = 14
};

/* Rows of NotificationPage. */
enum {
  SEATBOOK_COLUMN_NOTIFICATION_PAGE_NOTIFICATIONS = 0, /* list of Notification */
  SEATBOOK_COLUMN_NOTIFICATION_PAGE_NEXT = 1, /* number; pass it as `after` of the next call */
  SEATBOOK_COLUMN_NOTIFICATION_PAGE_MORE = 2 /* flag; whether the book held more rows at the time */
};

/* Rows of Notification. */
enum {
  /* number; the batch; with `person` it names the notification for good */
  SEATBOOK_COLUMN_NOTIFICATION_VERSION = 0,
  /* number; the batch's first row about this person's new seats */
  SEATBOOK_COLUMN_NOTIFICATION_SEQ = 1,
  SEATBOOK_COLUMN_NOTIFICATION_AT = 2, /* time */
  SEATBOOK_COLUMN_NOTIFICATION_PERSON = 3, /* id */
  SEATBOOK_COLUMN_NOTIFICATION_PERSON_NAME = 4, /* text */
  SEATBOOK_COLUMN_NOTIFICATION_PERSON_EMAIL = 5, /* text */
  SEATBOOK_COLUMN_NOTIFICATION_SEATS = 6, /* list of NotificationSeat */
  SEATBOOK_COLUMN_NOTIFICATION_ACTOR = 7, /* record ActorRecord */
  SEATBOOK_COLUMN_NOTIFICATION_ACTOR_ID = 8, /* id */
  SEATBOOK_COLUMN_NOTIFICATION_ACTOR_ACTOR = 9, /* text */
  SEATBOOK_COLUMN_NOTIFICATION_ACTOR_PERSON = 10, /* id; may be null */
  SEATBOOK_COLUMN_NOTIFICATION_ACTOR_NAME = 11 /* text */
};

/* Rows of NotificationSeat. */
enum {
  SEATBOOK_COLUMN_NOTIFICATION_SEAT_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_NOTIFICATION_SEAT_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_NOTIFICATION_SEAT_LICENSE_NAME = 2 /* text */
};

/* Rows of SeatListPage. */
enum {
  SEATBOOK_COLUMN_SEAT_LIST_PAGE_ROWS = 0, /* list of SeatListRow */
  /* text; where the next page goes on; empty: this was the last one */
  SEATBOOK_COLUMN_SEAT_LIST_PAGE_NEXT = 1,
  /* number; all of this version is in the page; later changes may be (C69) */
  SEATBOOK_COLUMN_SEAT_LIST_PAGE_VERSION = 2
};

/* Rows of SeatListRow. */
enum {
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_LICENSE_NAME = 2, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_PERSON = 3, /* id */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_NAME = 4, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_EMAIL = 5, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ARCHIVED = 6, /* flag; the holder is archived */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_NEEDS_REVIEW = 7, /* flag; independent of `archived` (B30, B32) */
  /* flag; by the query's days, whether or not it asked for those only */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_INACTIVE = 8,
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ASSIGNED_AT = 9, /* time */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_LAST_USED_AT = 10, /* time; may be null; none: never */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ACCESS_LEVEL = 11, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ACCOUNT = 12, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_COST_OVERRIDE = 13 /* money; may be null */
};

/* Rows of SeatFigures. */
enum {
  SEATBOOK_COLUMN_SEAT_FIGURES_TOTAL_ASSIGNED = 0, /* number */
  SEATBOOK_COLUMN_SEAT_FIGURES_INACTIVE = 1, /* number */
  /* number; may be null; Free seats of the license; of the book: of all licenses that are not
   * archived. None where that is unlimited (C14), and none where a person is named. */
  SEATBOOK_COLUMN_SEAT_FIGURES_AVAILABLE = 2,
  /* number; The version at which counting began. All of it is counted; each seat is counted as
   * it is when it is found (C69). `available` of one license is exact at `version`. */
  SEATBOOK_COLUMN_SEAT_FIGURES_VERSION = 3,
  SEATBOOK_COLUMN_SEAT_FIGURES_LAST_VERSION = 4 /* number; The version at which counting ended. */
};

/* Rows of RosterPage. */
enum {
  SEATBOOK_COLUMN_ROSTER_PAGE_ROWS = 0, /* list of RosterRow */
  SEATBOOK_COLUMN_ROSTER_PAGE_NEXT = 1, /* id; 0: this was the last page */
  /* number; all of this version is in the page; later changes may be (C69) */
  SEATBOOK_COLUMN_ROSTER_PAGE_VERSION = 2
};

/* Rows of RosterRow. */
enum {
  SEATBOOK_COLUMN_ROSTER_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_ROSTER_ROW_PERSON = 1, /* id */
  SEATBOOK_COLUMN_ROSTER_ROW_NAME = 2, /* text */
  SEATBOOK_COLUMN_ROSTER_ROW_EMAIL = 3, /* text */
  SEATBOOK_COLUMN_ROSTER_ROW_ARCHIVED = 4, /* flag; the person is archived (B30) */
  SEATBOOK_COLUMN_ROSTER_ROW_NEEDS_REVIEW = 5, /* flag; while the seat is held (B30) */
  SEATBOOK_COLUMN_ROSTER_ROW_ACCESS_LEVEL = 6, /* text */
  SEATBOOK_COLUMN_ROSTER_ROW_ASSIGNED_AT = 7, /* time; Date Added */
  /* time; may be null; Date Removed; none: the seat is held */
  SEATBOOK_COLUMN_ROSTER_ROW_REVOKED_AT = 8,
  SEATBOOK_COLUMN_ROSTER_ROW_COST_OVERRIDE = 9 /* money; may be null */
};

/* Rows of ExportedFile. */
enum {
  SEATBOOK_COLUMN_EXPORTED_FILE_CSV = 0, /* text */
  SEATBOOK_COLUMN_EXPORTED_FILE_ROWS = 1, /* number */
  SEATBOOK_COLUMN_EXPORTED_FILE_BYTES = 2, /* number */
  SEATBOOK_COLUMN_EXPORTED_FILE_VERSION = 3 /* number */
};

/* Rows of UtilizationRow. */
enum {
  SEATBOOK_COLUMN_UTILIZATION_ROW_LICENSE = 0, /* id; 0 unless the row is a license's */
  SEATBOOK_COLUMN_UTILIZATION_ROW_LICENSE_NAME = 1, /* text; empty likewise */
  /* text; the license's, or the group; empty for the book */
  SEATBOOK_COLUMN_UTILIZATION_ROW_PRODUCT_GROUP = 2,
  SEATBOOK_COLUMN_UTILIZATION_ROW_LICENSES = 3, /* number; how many licenses the row counts */
  /* number; Active assignments, those of archived people included (C10). */
  SEATBOOK_COLUMN_UTILIZATION_ROW_USED = 4,
  /* number; those of them on unlimited licenses */
  SEATBOOK_COLUMN_UTILIZATION_ROW_USED_UNLIMITED = 5,
  /* number; may be null; Seats of the licenses that have a number of them; none where all are
   * unlimited (C14). */
  SEATBOOK_COLUMN_UTILIZATION_ROW_TOTAL = 6,
  /* number; may be null; Free seats and seats beyond the total, each the sum of the licenses'
   * own: what one license lacks, the free seats of another do not make up for (C7). */
  SEATBOOK_COLUMN_UTILIZATION_ROW_AVAILABLE = 7,
  SEATBOOK_COLUMN_UTILIZATION_ROW_OVER_BY = 8, /* number */
  /* number; may be null; (used - used_unlimited) in hundredths of a percent of the total,
   * rounded down, so that only full is 10,000; more where over-allocated. None without a total
   * or where it is 0 (C14). The exact ratio is in the members above. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_BASIS_POINTS = 9,
  /* list of MoneyTotal; Of the active seats: the override, or else the standard cost. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_MONTHLY_COST = 10,
  /* list of MoneyTotal; Of the free seats, at the standard cost; an unlimited license has none. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_MONTHLY_WASTE = 11,
  /* number; active seats with neither cost: they are in no sum */
  SEATBOOK_COLUMN_UTILIZATION_ROW_UNPRICED = 12,
  /* number; The version at which counting began: all of it is counted, each seat as it is when
   * it is found (C69). `used`, `total`, `available` and `over_by` of a license are exact at one
   * version between the two. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_VERSION = 13,
  /* number; The version at which counting ended. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_LAST_VERSION = 14
};

/* Rows of MoneyTotal. */
enum {
  /* text; ISO 4217; empty for overrides whose license lost its currency in version 0.1 (C65). */
  SEATBOOK_COLUMN_MONEY_TOTAL_CURRENCY = 0,
  SEATBOOK_COLUMN_MONEY_TOTAL_MONTHLY = 1, /* money_sum */
  SEATBOOK_COLUMN_MONEY_TOTAL_TWELFTHS = 2 /* text */
};

/* Rows of ReclaimPage. */
enum {
  SEATBOOK_COLUMN_RECLAIM_PAGE_ROWS = 0, /* list of ReclaimRow */
  SEATBOOK_COLUMN_RECLAIM_PAGE_MORE = 1, /* flag; there are rows after these */
  SEATBOOK_COLUMN_RECLAIM_PAGE_CANDIDATES = 2, /* number; on all pages */
  /* list of MoneyTotal; of the candidates on all pages */
  SEATBOOK_COLUMN_RECLAIM_PAGE_MONTHLY_SAVING = 3,
  SEATBOOK_COLUMN_RECLAIM_PAGE_UNPRICED = 4, /* number; candidates that are in no sum */
  /* number; The version at which counting began: all of it is counted, each seat as it is when
   * it is found (C69). */
  SEATBOOK_COLUMN_RECLAIM_PAGE_VERSION = 5,
  SEATBOOK_COLUMN_RECLAIM_PAGE_LAST_VERSION = 6 /* number; The version at which counting ended. */
};

/* Rows of ReclaimRow. */
enum {
  SEATBOOK_COLUMN_RECLAIM_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_RECLAIM_ROW_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_RECLAIM_ROW_LICENSE_NAME = 2, /* text */
  SEATBOOK_COLUMN_RECLAIM_ROW_PERSON = 3, /* id */
  SEATBOOK_COLUMN_RECLAIM_ROW_NAME = 4, /* text */
  SEATBOOK_COLUMN_RECLAIM_ROW_EMAIL = 5, /* text */
  SEATBOOK_COLUMN_RECLAIM_ROW_ARCHIVED = 6, /* flag; the holder is archived */
  SEATBOOK_COLUMN_RECLAIM_ROW_NEEDS_REVIEW = 7, /* flag */
  SEATBOOK_COLUMN_RECLAIM_ROW_ASSIGNED_AT = 8, /* time */
  SEATBOOK_COLUMN_RECLAIM_ROW_LAST_USED_AT = 9, /* time; may be null; none: never */
  SEATBOOK_COLUMN_RECLAIM_ROW_CURRENCY = 10, /* text */
  /* money_sum; may be null; What the seat costs a month: the override, or else the standard
   * cost. None where neither is known. */
  SEATBOOK_COLUMN_RECLAIM_ROW_MONTHLY_SAVING = 11
};

/* Rows of HolderRow. */
enum {
  SEATBOOK_COLUMN_HOLDER_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_HOLDER_ROW_PERSON = 1, /* id */
  SEATBOOK_COLUMN_HOLDER_ROW_NAME = 2, /* text; as it is now (C18); empty once erased */
  SEATBOOK_COLUMN_HOLDER_ROW_EMAIL = 3, /* text; likewise */
  SEATBOOK_COLUMN_HOLDER_ROW_ERASED = 4, /* flag; the person has been erased (C49) */
  SEATBOOK_COLUMN_HOLDER_ROW_ASSIGNED_AT = 5, /* time */
  /* time; may be null; after that instant; none: still held */
  SEATBOOK_COLUMN_HOLDER_ROW_REVOKED_AT = 6
};

/* Rows of UsageOverTime. */
enum {
  /* list of UsageStep; The first is the state at `since`; then one for each instant that left
   * another state. */
  SEATBOOK_COLUMN_USAGE_OVER_TIME_STEPS = 0,
  /* time; may be null; where the next page starts; none: these are all */
  SEATBOOK_COLUMN_USAGE_OVER_TIME_NEXT = 1,
  /* number; the steps are those of this version's history */
  SEATBOOK_COLUMN_USAGE_OVER_TIME_VERSION = 2
};

/* Rows of UsageStep. */
enum {
  SEATBOOK_COLUMN_USAGE_STEP_AT = 0, /* time */
  SEATBOOK_COLUMN_USAGE_STEP_USED = 1, /* number; of all licenses that were there */
  /* number; those of them on licenses that were unlimited then */
  SEATBOOK_COLUMN_USAGE_STEP_USED_UNLIMITED = 2,
  /* number; may be null; The number of seats in force, of a license, or of all that had one and
   * were not archived. None where there was none: unlimited, or not added yet. */
  SEATBOOK_COLUMN_USAGE_STEP_TOTAL = 3,
  /* choice: seatbook_capacity_policy; may be null; The license's policy in force; none before it
   * was added, and for the book. */
  SEATBOOK_COLUMN_USAGE_STEP_POLICY = 4
};

/* Rows of OffboardingTimes. */
enum {
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_ROWS = 0, /* list of OffboardingRow */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_MORE = 1, /* flag; there are rows after these */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_WAITING = 2, /* number */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_KEPT = 3, /* number */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_RELEASED = 4, /* number */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_REACTIVATED = 5, /* number */
  /* number; The days of the released ones added up: divided by `released` they are the exact
   * mean. */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_DAYS_SUM = 6,
  /* number; may be null; that, rounded down; none: none released */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_MEAN_DAYS = 7,
  /* number; may be null; of an even number, the lower one */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_MEDIAN_DAYS = 8,
  /* number; may be null; of the released ones */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_LONGEST_DAYS = 9,
  /* number; outcomes and figures are those of this version's history */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_VERSION = 10
};

/* Rows of OffboardingRow. */
enum {
  /* number; the history row that flagged the seat; what pages go by */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_FLAGGED = 0,
  SEATBOOK_COLUMN_OFFBOARDING_ROW_ASSIGNMENT = 1, /* id */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_LICENSE = 2, /* id */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_LICENSE_NAME = 3, /* text */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_PERSON = 4, /* id */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_NAME = 5, /* text; as it is now; empty once erased */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_OUTCOME = 6, /* choice: seatbook_offboarding_outcome */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_OFFBOARDED_AT = 7, /* time */
  /* time; may be null; of released ones, also after `until` */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_RELEASED_AT = 8,
  /* number; may be null; whole days, of 24 hours, until it was released */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_DAYS = 9
};

/* Rows of RosterReport. */
enum {
  SEATBOOK_COLUMN_ROSTER_REPORT_ROWS = 0, /* number; below the header, empty rows not counted */
  SEATBOOK_COLUMN_ROSTER_REPORT_ADDED = 1, /* number */
  SEATBOOK_COLUMN_ROSTER_REPORT_ALREADY_LINKED = 2, /* number */
  SEATBOOK_COLUMN_ROSTER_REPORT_NOT_FOUND = 3, /* number */
  SEATBOOK_COLUMN_ROSTER_REPORT_INVALID = 4, /* number */
  SEATBOOK_COLUMN_ROSTER_REPORT_NO_SEATS = 5, /* number */
  SEATBOOK_COLUMN_ROSTER_REPORT_REMOVED_ROWS = 6, /* number */
  /* list of RosterFileRow; Every row that was not added, in the order of the file. */
  SEATBOOK_COLUMN_ROSTER_REPORT_NOT_ADDED = 7,
  SEATBOOK_COLUMN_ROSTER_REPORT_COLUMNS = 8, /* list of Texts; the header, trimmed */
  /* list of Texts; those of it that are unknown (C30) */
  SEATBOOK_COLUMN_ROSTER_REPORT_IGNORED_COLUMNS = 9,
  SEATBOOK_COLUMN_ROSTER_REPORT_DRY_RUN = 10, /* flag */
  SEATBOOK_COLUMN_ROSTER_REPORT_VERSION = 11, /* number */
  /* number; skipped: all cells empty or blank, or a blank line (C72) */
  SEATBOOK_COLUMN_ROSTER_REPORT_EMPTY_ROWS = 12,
  SEATBOOK_COLUMN_ROSTER_REPORT_UNMATCHED_EMAILS = 13 /* list of Texts */
};

/* Rows of RosterFileRow. */
enum {
  /* number; on which the row starts, from 1; the header's counts */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_LINE = 0,
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_OUTCOME = 1, /* choice: seatbook_roster_outcome */
  /* choice: seatbook_code; Why: already_assigned, person_not_found, no_seats_remaining; ok where
   * it was removed; where it is invalid: malformed_csv (text after a closing quote in `column`;
   * or, with 0 there, more or fewer cells than the header), required (no email; or a cost where
   * the license has no currency), text_too_long, invalid_email, invalid_money,
   * money_out_of_range, person_archived. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_CODE = 2,
  /* number; The cell to blame, counted from 1; 0 where it is the whole row. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_COLUMN = 3,
  /* flag; Already linked, and the row gives another role or cost than the assignment has (C28,
   * C37). An empty cell gives none. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_DIFFERS = 4,
  /* number; Already linked: the line of the earlier row about the same person, or 0 (C25). */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_FIRST_LINE = 5,
  /* id; Already linked: the seat held. 0 where a dry run would have made it. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_ASSIGNMENT = 6,
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_EMAIL = 7, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_ACCESS_LEVEL = 8, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_COST = 9, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_DATE_REMOVED = 10, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_REASON = 11, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_COLUMN_NAME = 12 /* text */
};

/* Rows of InventoryReport. */
enum {
  SEATBOOK_COLUMN_INVENTORY_REPORT_ROWS = 0, /* number; below the header, empty rows not counted */
  SEATBOOK_COLUMN_INVENTORY_REPORT_ADDED = 1, /* number */
  SEATBOOK_COLUMN_INVENTORY_REPORT_ALREADY_KNOWN = 2, /* number */
  SEATBOOK_COLUMN_INVENTORY_REPORT_INVALID = 3, /* number */
  SEATBOOK_COLUMN_INVENTORY_REPORT_WITHOUT_SEAT = 4, /* number; licenses only */
  /* number; skipped: all cells empty or blank, or a blank line (C72) */
  SEATBOOK_COLUMN_INVENTORY_REPORT_EMPTY_ROWS = 5,
  SEATBOOK_COLUMN_INVENTORY_REPORT_SEATS_GIVEN = 6, /* number; licenses only */
  /* list of InventoryRow; Every row that was not added, in the order of the file. */
  SEATBOOK_COLUMN_INVENTORY_REPORT_NOT_ADDED = 7,
  SEATBOOK_COLUMN_INVENTORY_REPORT_COLUMNS = 8, /* list of Texts; the header, trimmed */
  /* list of Texts; those of it that are not read */
  SEATBOOK_COLUMN_INVENTORY_REPORT_IGNORED_COLUMNS = 9,
  SEATBOOK_COLUMN_INVENTORY_REPORT_DRY_RUN = 10, /* flag */
  SEATBOOK_COLUMN_INVENTORY_REPORT_VERSION = 11 /* number */
};

/* Rows of InventoryRow. */
enum {
  /* number; on which the row starts, from 1; the header's counts */
  SEATBOOK_COLUMN_INVENTORY_ROW_LINE = 0,
  SEATBOOK_COLUMN_INVENTORY_ROW_OUTCOME = 1, /* choice: seatbook_inventory_outcome */
  /* choice: seatbook_code; Why: email_taken or host_key_taken, where it is known;
   * person_not_found, person_archived or no_seats_remaining, where the holder has no seat; where
   * it is invalid: malformed_csv (text after a closing quote in `column`; or, with 0 there, more
   * or fewer cells than the header), invalid_argument (no such choice), invalid_money,
   * invalid_date, host_key_taken (the row's email belongs to somebody else), person_not_found
   * and person_archived (the owner), and what add_person and add_license answer for their
   * fields. */
  SEATBOOK_COLUMN_INVENTORY_ROW_CODE = 2,
  /* number; the cell to blame, counted from 1; 0 where it is the whole row */
  SEATBOOK_COLUMN_INVENTORY_ROW_COLUMN = 3,
  /* number; known by an earlier row of the file: its line; or 0 */
  SEATBOOK_COLUMN_INVENTORY_ROW_FIRST_LINE = 4,
  /* id; The person or license, where there is one; 0 where a dry run would have made it. */
  SEATBOOK_COLUMN_INVENTORY_ROW_RECORD = 5,
  SEATBOOK_COLUMN_INVENTORY_ROW_NAME = 6, /* text; of the person or license, as the row has it */
  SEATBOOK_COLUMN_INVENTORY_ROW_COLUMN_NAME = 7 /* text */
};

/* ------------------------------------------------------------------------------ clock, progress */

/* A clock set by hand, for tests and for replaying. A book that was opened with it keeps it alive.
 * */
typedef struct seatbook_clock seatbook_clock;
/* Errors: SEATBOOK_INVALID_ARGUMENT, SEATBOOK_OUT_OF_MEMORY. */
SEATBOOK_API seatbook_code seatbook_clock_new(seatbook_time now, seatbook_clock **clock,
                                              seatbook_error **error);
SEATBOOK_API void seatbook_clock_set(seatbook_clock *clock, seatbook_time now);
SEATBOOK_API void seatbook_clock_advance(seatbook_clock *clock, int64_t microseconds);
SEATBOOK_API seatbook_time seatbook_clock_now(const seatbook_clock *clock);
SEATBOOK_API void seatbook_clock_free(seatbook_clock *clock);

/* How far an import has come, and the way to end it, from any thread while the call runs. One
 * object serves one call. All of these take NULL too. */
typedef struct seatbook_progress seatbook_progress;
/* Errors: SEATBOOK_INVALID_ARGUMENT, SEATBOOK_OUT_OF_MEMORY. */
SEATBOOK_API seatbook_code seatbook_progress_new(seatbook_progress **progress,
                                                 seatbook_error **error);
/* Rows of the file that were decided on. It starts anew where the call has to decide again because
 * another process was first. */
SEATBOOK_API uint64_t seatbook_progress_rows_done(const seatbook_progress *progress);
/* Rows of the file below its header; it grows while the file is read. */
SEATBOOK_API uint64_t seatbook_progress_rows_total(const seatbook_progress *progress);
/* Ends the call: it answers SEATBOOK_CANCELLED and has changed nothing, unless it has already begun
 * to write. Looked at every 256 rows, and once before and after them all. */
SEATBOOK_API void seatbook_progress_cancel(seatbook_progress *progress);
SEATBOOK_API int32_t seatbook_progress_cancelled(const seatbook_progress *progress);
SEATBOOK_API void seatbook_progress_free(seatbook_progress *progress);

/* --------------------------------------------------------------------------------------- books */

/* One workspace's complete set of records. */
typedef struct seatbook_book seatbook_book;
/* Where books are kept: for several books of one process on one of them, and for storages of the
 * host's own (seatbook_storage.h). */
typedef struct seatbook_storage seatbook_storage;

/* How a book is opened. */
typedef struct seatbook_open_options {
  size_t struct_size; /* sizeof(seatbook_open_options) */
  uint64_t fields; /* SEATBOOK_FIELD_OPEN_... */
  seatbook_clock *clock; /* A clock set by hand; otherwise that of the storage or the machine. */
  /* Write although the clock stands over 10 minutes before the last change (C52). */
  seatbook_flag allow_clock_behind;
  seatbook_flag read_only; /* Every command answers SEATBOOK_BOOK_READ_ONLY. */
  seatbook_flag must_exist; /* Files and databases: refuse to make a new book. */
  /* Files: full, every commit is synced; or relaxed, the last ones may be missing after the
   * machine has stopped. */
  seatbook_durability durability;
  seatbook_text vfs; /* Files: a virtual file system that the host has registered with SQLite. */
  seatbook_text book; /* Databases: which book, 1 to 191 code points; "main". */
  seatbook_text schema; /* Databases: the schema that the tables are in; "seatbook". */
  uint32_t connect_timeout_ms; /* Databases, this and the following: 1 to 3,600,000; 5000. */
  uint32_t lock_timeout_ms; /* How long a command may wait for other writers; 10000. */
  uint32_t statement_timeout_ms; /* How long one statement may run; 30000. */
  /* After how long a writer that says nothing is put aside; 4000. */
  uint32_t idle_transaction_timeout_ms;
  uint32_t tcp_timeout_ms; /* After how long without an answer a connection is given up; 10000. */
  uint32_t retry_for_ms; /* For how long a call tries again after a lost connection; 15000. */
} seatbook_open_options;
#define SEATBOOK_OPEN_OPTIONS_INIT \
  {sizeof(seatbook_open_options), 0, 0, 0, 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_OPEN_CLOCK = 0x1,
  SEATBOOK_FIELD_OPEN_ALLOW_CLOCK_BEHIND = 0x2,
  SEATBOOK_FIELD_OPEN_READ_ONLY = 0x4,
  SEATBOOK_FIELD_OPEN_MUST_EXIST = 0x8,
  SEATBOOK_FIELD_OPEN_DURABILITY = 0x10,
  SEATBOOK_FIELD_OPEN_VFS = 0x20,
  SEATBOOK_FIELD_OPEN_BOOK = 0x40,
  SEATBOOK_FIELD_OPEN_SCHEMA = 0x80,
  SEATBOOK_FIELD_OPEN_CONNECT_TIMEOUT_MS = 0x100,
  SEATBOOK_FIELD_OPEN_LOCK_TIMEOUT_MS = 0x200,
  SEATBOOK_FIELD_OPEN_STATEMENT_TIMEOUT_MS = 0x400,
  SEATBOOK_FIELD_OPEN_IDLE_TRANSACTION_TIMEOUT_MS = 0x800,
  SEATBOOK_FIELD_OPEN_TCP_TIMEOUT_MS = 0x1000,
  SEATBOOK_FIELD_OPEN_RETRY_FOR_MS = 0x2000
};

/* Opens a book. What `location` is decides what keeps it:
 * - "" or ":memory:": nothing, the book ends with its object;
 * - "postgresql://..." or "postgres://...": a database, as a connection URI. Its tables have to be
 *   there (seatbook_schema_create); options->book says which book of it;
 * - anything else: a SQLite file of that path, a new one where there is none. A path must not start
 *   with ":" or "file:": a file of such a name is "./:name".
 *
 * An option that means nothing to that kind is refused. Cost: reads all records.
 * Ownership: the caller frees *book. Threads: any; a file belongs to one book at a time.
 * Errors: SEATBOOK_INVALID_ARGUMENT (`location`, an option), SEATBOOK_INVALID_TEXT,
 * SEATBOOK_UNSUPPORTED_STORAGE (not built in), SEATBOOK_STORAGE_IN_USE, SEATBOOK_NEEDS_RECOVERY,
 * SEATBOOK_NOT_A_BOOK, SEATBOOK_FORMAT_TOO_NEW, SEATBOOK_STORAGE_CORRUPT, SEATBOOK_STORAGE_FAILED,
 * SEATBOOK_OUT_OF_MEMORY. */
SEATBOOK_API seatbook_code seatbook_open(const char *location, size_t location_size,
                                         const seatbook_open_options *options,
                                         seatbook_book **book, seatbook_error **error);

/* The storage alone: as seatbook_open(), but that "" and ":memory:" keep records in this process's
 * memory, for several books of it. Of the options those of the book are refused here: clock,
 * allow_clock_behind. Ownership: the caller frees *storage; books on it keep it alive. */
SEATBOOK_API seatbook_code seatbook_storage_open(const char *location, size_t location_size,
                                                 const seatbook_open_options *options,
                                                 seatbook_storage **storage,
                                                 seatbook_error **error);
/* A book on a storage. Of the options clock, allow_clock_behind and read_only count, and the others
 * are refused. Errors as seatbook_open(). Ownership: the caller frees *book. */
SEATBOOK_API seatbook_code seatbook_book_open(seatbook_storage *storage,
                                              const seatbook_open_options *options,
                                              seatbook_book **book, seatbook_error **error);
SEATBOOK_API void seatbook_storage_free(seatbook_storage *storage);

/* Makes the tables of books in a database, where they are missing; of the options only `schema` and
 * the times count, and the others are refused. Errors: SEATBOOK_INVALID_ARGUMENT (`location`, an
 * option), SEATBOOK_UNSUPPORTED_STORAGE, SEATBOOK_STORAGE_FAILED, SEATBOOK_FORMAT_TOO_NEW,
 * SEATBOOK_NOT_A_BOOK, SEATBOOK_OUT_OF_MEMORY. */
SEATBOOK_API seatbook_code seatbook_schema_create(const char *location, size_t location_size,
                                                  const seatbook_open_options *options,
                                                  seatbook_error **error);

/* How many changes the book has committed, as far as this object has seen. 0 for NULL. */
SEATBOOK_API uint64_t seatbook_book_version(const seatbook_book *book);

/* Takes in what others have committed to a shared storage since, and resolves an earlier
 * SEATBOOK_STORAGE_UNKNOWN. Errors: SEATBOOK_BOOK_CLOSED, SEATBOOK_BOOK_NEEDS_REOPEN,
 * SEATBOOK_STORAGE_FAILED, SEATBOOK_STORAGE_UNKNOWN, SEATBOOK_STORAGE_CORRUPT. */
SEATBOOK_API seatbook_code seatbook_book_refresh(seatbook_book *book, uint64_t *version,
                                                 seatbook_error **error);

/* The whole book as canonical JSON: one row with one text, in column 0
 * (SEATBOOK_COLUMN_TEXTS_VALUE). The same records give the same bytes. For tests, support and
 * comparison. Errors: SEATBOOK_BOOK_CLOSED, SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees
 * *json. Cost: O(everything). */
SEATBOOK_API seatbook_code seatbook_book_dump(const seatbook_book *book, seatbook_rows **json,
                                              seatbook_error **error);

/* Looks for anything that breaks the rules: one row with a text for each finding; none is good. For
 * tests and support. Errors and ownership as seatbook_book_dump(). Cost: O(everything). */
SEATBOOK_API seatbook_code seatbook_book_check(const seatbook_book *book, seatbook_rows **findings,
                                               seatbook_error **error);

/* Writes a copy of what is stored to a new file, while the book is in use.
 * Errors: SEATBOOK_BOOK_FORKED, SEATBOOK_BOOK_CLOSED, SEATBOOK_UNSUPPORTED_STORAGE,
 * SEATBOOK_INVALID_ARGUMENT (`path`: there is a file already, or no such folder),
 * SEATBOOK_STORAGE_FAILED. Cost: O(everything), and other calls get their turn. */
SEATBOOK_API seatbook_code seatbook_book_backup(const seatbook_book *book, const char *path,
                                                size_t path_size, seatbook_error **error);

/* Closes the book: frees its records in memory, also while sessions exist, and releases the
 * storage. Waits for the command that is under way; from a callback of the book's storage it takes
 * effect when the call that is under way ends. Later calls, and exports that are under way, fail
 * with SEATBOOK_BOOK_CLOSED. Closing twice is fine. Errors: SEATBOOK_INVALID_ARGUMENT (NULL). */
SEATBOOK_API seatbook_code seatbook_book_close(seatbook_book *book, seatbook_error **error);
/* 1 where the book was closed, also for NULL; otherwise 0. */
SEATBOOK_API int32_t seatbook_book_closed(const seatbook_book *book);
/* Closes the book as seatbook_book_close() does, and frees the object. Its sessions stay, and fail
 * with SEATBOOK_BOOK_CLOSED. */
SEATBOOK_API void seatbook_book_free(seatbook_book *book);

/* ------------------------------------------------------------------------------------ sessions */

/* Who performs a call: a service by name (actor), or a person of the book (person); exactly one
 * of the two. What it may do comes from `role`, or from `permissions` where the host passes
 * capabilities itself.
 *
 * A person who is not active has no capability, whatever the role says (C43). Being the owner of
 * a license grants none. */
typedef struct seatbook_actor {
  size_t struct_size; /* sizeof(seatbook_actor) */
  uint64_t fields; /* SEATBOOK_FIELD_ACTOR_... */
  seatbook_text actor; /* The service's name, as history will show it: 1 to 191 code points. */
  seatbook_id person; /* A person of the book; exactly one of the two. */
  seatbook_role role; /* SEATBOOK_ROLE_EMPLOYEE unless set. */
  uint32_t permissions; /* Instead of a role: a set of 1 << SEATBOOK_PERMISSION_... */
} seatbook_actor;
#define SEATBOOK_ACTOR_INIT \
  {sizeof(seatbook_actor), 0, {0, 0}, 0, 0, 0}
enum {
  SEATBOOK_FIELD_ACTOR_ACTOR = 0x1,
  SEATBOOK_FIELD_ACTOR_PERSON = 0x2,
  SEATBOOK_FIELD_ACTOR_ROLE = 0x4,
  SEATBOOK_FIELD_ACTOR_PERMISSIONS = 0x8
};

/* A book as one actor may use it: every operation is checked against what that actor may do. Cheap
 * to make; any number of them. */
typedef struct seatbook_session seatbook_session;

/* An actor of wrong form (no name and no person, both, a name too long) makes every call of the
 * session answer SEATBOOK_INVALID_ARGUMENT. Errors of this call itself: SEATBOOK_INVALID_ARGUMENT
 * (the struct), SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *session. */
SEATBOOK_API seatbook_code seatbook_session_open(const seatbook_book *book,
                                                 const seatbook_actor *actor,
                                                 seatbook_session **session,
                                                 seatbook_error **error);

/* The same actor, whose questions see the book at `version` or later: where this object is behind,
 * a question first refreshes from the storage. It waits for nobody: for a version that is not there
 * either it answers SEATBOOK_BOOK_BEHIND. Ownership: the caller frees *later. */
SEATBOOK_API seatbook_code seatbook_session_at_least(const seatbook_session *session,
                                                     uint64_t version, seatbook_session **later,
                                                     seatbook_error **error);
SEATBOOK_API void seatbook_session_free(seatbook_session *session);

/* What an operation needs, as a set of permissions: bit SEATBOOK_PERMISSION_VIEW and so on, counted
 * from the lowest. What a role brings. 0 for a number that is none. Threads: any. */
SEATBOOK_API uint32_t seatbook_operation_permissions(seatbook_operation operation);
SEATBOOK_API uint32_t seatbook_role_permissions(seatbook_role role);
/* 1 where SEATBOOK_PERMISSION_VIEW_OWN is enough for an operation that is about the actor. */
SEATBOOK_API int32_t seatbook_operation_own_view(seatbook_operation operation);

/* ---------------------------------------------------------------------------------- operations */

/* Takes the bytes of an exported file as they are made, some 64 KiB at a time, on the thread that
 * made the call, under no lock: it may use the book. Members as in a request: struct_size is the
 * sizeof. With a sink, the column SEATBOOK_COLUMN_EXPORTED_FILE_CSV of the answer is empty; without
 * one it holds the whole file. */
typedef struct seatbook_sink {
  size_t struct_size;
  void *self;
  /* Answers 1 to go on; anything else ends the call, which answers SEATBOOK_CANCELLED. */
  int32_t (*write)(void *self, const char *bytes, size_t size);
  /* Called exactly once, before the call returns, whatever it answers. May be NULL. */
  void (*destroy)(void *self);
} seatbook_sink;

/* One use: of an assignment, or of the active assignment that a license and an email name. */
typedef struct seatbook_seat_use {
  size_t struct_size; /* sizeof(seatbook_seat_use) */
  uint64_t fields; /* SEATBOOK_FIELD_SEAT_USE_... */
  seatbook_id assignment;
  seatbook_id license;
  seatbook_text email;
  seatbook_time used_at;
} seatbook_seat_use;
#define SEATBOOK_SEAT_USE_INIT \
  {sizeof(seatbook_seat_use), 0, 0, 0, {0, 0}, 0}
enum {
  SEATBOOK_FIELD_SEAT_USE_ASSIGNMENT = 0x1,
  SEATBOOK_FIELD_SEAT_USE_LICENSE = 0x2,
  SEATBOOK_FIELD_SEAT_USE_EMAIL = 0x4,
  SEATBOOK_FIELD_SEAT_USE_USED_AT = 0x8
};

/* The headings of the columns that an import of people reads, as they are written in the file.
 * An empty member means the heading given at it, if the file has that. */
typedef struct seatbook_people_columns {
  size_t struct_size; /* sizeof(seatbook_people_columns) */
  uint64_t fields; /* SEATBOOK_FIELD_PEOPLE_COLUMNS_... */
  seatbook_text name; /* `Name` */
  seatbook_text first_name; /* `First Name`: where the name's cell is empty or there is none, */
  seatbook_text last_name; /* `Last Name`: first and last name, with a space between them */
  seatbook_text email; /* `Email` */
  seatbook_text host_key; /* `Host Key` */
  seatbook_text active; /* `Active`: yes, no, true, false, 1 or 0; no value: yes */
} seatbook_people_columns;
#define SEATBOOK_PEOPLE_COLUMNS_INIT \
  {sizeof(seatbook_people_columns), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}
enum {
  SEATBOOK_FIELD_PEOPLE_COLUMNS_NAME = 0x1,
  SEATBOOK_FIELD_PEOPLE_COLUMNS_FIRST_NAME = 0x2,
  SEATBOOK_FIELD_PEOPLE_COLUMNS_LAST_NAME = 0x4,
  SEATBOOK_FIELD_PEOPLE_COLUMNS_EMAIL = 0x8,
  SEATBOOK_FIELD_PEOPLE_COLUMNS_HOST_KEY = 0x10,
  SEATBOOK_FIELD_PEOPLE_COLUMNS_ACTIVE = 0x20
};

/* The same for an import of licenses. */
typedef struct seatbook_license_columns {
  size_t struct_size; /* sizeof(seatbook_license_columns) */
  uint64_t fields; /* SEATBOOK_FIELD_LICENSE_COLUMNS_... */
  seatbook_text name; /* `Name`, which must be there */
  seatbook_text vendor; /* `Vendor` */
  seatbook_text product_group; /* `Product Group` */
  seatbook_text host_key; /* `Host Key` */
  seatbook_text total_seats; /* `Total Seats`: a number or "unlimited"; no value: 1 */
  seatbook_text cost_per_seat; /* `Cost Per Seat`: a plain decimal */
  seatbook_text currency; /* `Currency` */
  seatbook_text billing_period; /* `Billing Period`: month, year or once; no value: month */
  seatbook_text renewal_date; /* `Renewal Date` */
  seatbook_text policy; /* `Policy`: enforce or allow_over; no value: enforce */
  seatbook_text owner_email; /* `Owner Email`: somebody in the book */
  seatbook_text holder_email; /* `Holder Email`: likewise; gets a seat on the license */
} seatbook_license_columns;
#define SEATBOOK_LICENSE_COLUMNS_INIT \
  {sizeof(seatbook_license_columns), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, \
    {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}
enum {
  SEATBOOK_FIELD_LICENSE_COLUMNS_NAME = 0x1,
  SEATBOOK_FIELD_LICENSE_COLUMNS_VENDOR = 0x2,
  SEATBOOK_FIELD_LICENSE_COLUMNS_PRODUCT_GROUP = 0x4,
  SEATBOOK_FIELD_LICENSE_COLUMNS_HOST_KEY = 0x8,
  SEATBOOK_FIELD_LICENSE_COLUMNS_TOTAL_SEATS = 0x10,
  SEATBOOK_FIELD_LICENSE_COLUMNS_COST_PER_SEAT = 0x20,
  SEATBOOK_FIELD_LICENSE_COLUMNS_CURRENCY = 0x40,
  SEATBOOK_FIELD_LICENSE_COLUMNS_BILLING_PERIOD = 0x80,
  SEATBOOK_FIELD_LICENSE_COLUMNS_RENEWAL_DATE = 0x100,
  SEATBOOK_FIELD_LICENSE_COLUMNS_POLICY = 0x200,
  SEATBOOK_FIELD_LICENSE_COLUMNS_OWNER_EMAIL = 0x400,
  SEATBOOK_FIELD_LICENSE_COLUMNS_HOLDER_EMAIL = 0x800
};

/* How every exported file is written. */
typedef struct seatbook_csv_format {
  size_t struct_size; /* sizeof(seatbook_csv_format) */
  uint64_t fields; /* SEATBOOK_FIELD_CSV_FORMAT_... */
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  /* Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to
   * 1440; never a day before 1970 or after 2200. `exact` is always in UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the
   * encoding. */
  seatbook_flag byte_order_mark;
  uint32_t reserved_0; /* 0 */
} seatbook_csv_format;
#define SEATBOOK_CSV_FORMAT_INIT \
  {sizeof(seatbook_csv_format), 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_CSV_FORMAT_PROFILE = 0x1,
  SEATBOOK_FIELD_CSV_FORMAT_UTC_OFFSET_MINUTES = 0x2,
  SEATBOOK_FIELD_CSV_FORMAT_BYTE_ORDER_MARK = 0x4
};

/* Every operation takes a session and answers a code (convention 2). What is the same for all of
 * them is not told at each:
 *
 * Ownership: the caller frees *answer and *error. Requests stay the caller's.
 * Threads: any. Commands are carried out one after the other; questions beside each other, without
 *   ever waiting for storage, unless the session asks for a version (seatbook_session_at_least).
 * Errors: beside those that are told, in the order in which they are checked, every operation may
 *   answer SEATBOOK_INVALID_ARGUMENT, SEATBOOK_BOOK_CLOSED, SEATBOOK_BOOK_NEEDS_REOPEN,
 *   SEATBOOK_BOOK_FORKED, SEATBOOK_PERMISSION_DENIED, SEATBOOK_OUT_OF_MEMORY, SEATBOOK_INTERNAL;
 *   every command SEATBOOK_BOOK_READ_ONLY, SEATBOOK_CLOCK_BEHIND, SEATBOOK_DATE_OUT_OF_RANGE (the
 *   clock), SEATBOOK_REPEATED_REQUEST, SEATBOOK_LIMIT_EXCEEDED, SEATBOOK_CONFLICT,
 *   SEATBOOK_STORAGE_FAILED, SEATBOOK_STORAGE_UNKNOWN, SEATBOOK_STORAGE_CORRUPT; every question of
 *   a session that wants a version SEATBOOK_BOOK_BEHIND and the errors of seatbook_book_refresh().
 * Cost: a command O(1) or O(log n) in the size of the book, unless it is told, and one append to
 * the
 *   storage; a question what is told.
 *
 * Numbers as (A14), (C46) are the rules of docs/rules.md in Seatbook's sources. `answer` is a table of
 * the rows that are named; of a list it has all of them, otherwise one. */

/* -------------------------------------------------------------------------------------- people */

/* The arguments of seatbook_add_person(). */
typedef struct seatbook_add_person_request {
  size_t struct_size; /* sizeof(seatbook_add_person_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ADD_PERSON_... */
  seatbook_text name; /* 1 to 255 code points, not only white space */
  seatbook_text email; /* up to 254; empty: none */
  seatbook_text host_key; /* up to 191; empty: none */
  uint8_t request_id[16];
} seatbook_add_person_request;
#define SEATBOOK_ADD_PERSON_REQUEST_INIT \
  {sizeof(seatbook_add_person_request), 0, {0, 0}, {0, 0}, {0, 0}, {0}}
enum {
  SEATBOOK_FIELD_ADD_PERSON_NAME = 0x1,
  SEATBOOK_FIELD_ADD_PERSON_EMAIL = 0x2,
  SEATBOOK_FIELD_ADD_PERSON_HOST_KEY = 0x4,
  SEATBOOK_FIELD_ADD_PERSON_REQUEST_ID = 0x8
};
/* Adds an active person. Needs `edit`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_REQUIRED (name), SEATBOOK_TEXT_TOO_LONG (name, email,
 *   host_key), SEATBOOK_INVALID_EMAIL, SEATBOOK_EMAIL_TAKEN (by key, archived people included;
 *   C17), SEATBOOK_HOST_KEY_TAKEN.
 * Result: one row of PersonReceipt. */
SEATBOOK_API seatbook_code seatbook_add_person(seatbook_session *session,
                                               const seatbook_add_person_request *request,
                                               seatbook_id *person, seatbook_rows **result,
                                               seatbook_error **error);

/* The arguments of seatbook_update_person(). */
typedef struct seatbook_update_person_request {
  size_t struct_size; /* sizeof(seatbook_update_person_request) */
  uint64_t fields; /* SEATBOOK_FIELD_UPDATE_PERSON_... */
  seatbook_id person;
  seatbook_text name;
  seatbook_text email;
  seatbook_text host_key;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_update_person_request;
#define SEATBOOK_UPDATE_PERSON_REQUEST_INIT \
  {sizeof(seatbook_update_person_request), 0, 0, {0, 0}, {0, 0}, {0, 0}, 0, {0}}
enum {
  SEATBOOK_FIELD_UPDATE_PERSON_PERSON = 0x1,
  SEATBOOK_FIELD_UPDATE_PERSON_NAME = 0x2,
  SEATBOOK_FIELD_UPDATE_PERSON_EMAIL = 0x4,
  SEATBOOK_FIELD_UPDATE_PERSON_HOST_KEY = 0x8,
  SEATBOOK_FIELD_UPDATE_PERSON_EXPECTED_REVISION = 0x10,
  SEATBOOK_FIELD_UPDATE_PERSON_REQUEST_ID = 0x20
};
/* Changes a person's name, email or host key. Needs `edit`. History keeps old and new (C18).
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED,
 *   SEATBOOK_PERSON_ERASED, SEATBOOK_REQUIRED (a name cannot be cleared),
 *   SEATBOOK_TEXT_TOO_LONG, SEATBOOK_INVALID_EMAIL, SEATBOOK_STALE_REVISION,
 *   SEATBOOK_EMAIL_TAKEN, SEATBOOK_HOST_KEY_TAKEN.
 * Result: one row of PersonReceipt. */
SEATBOOK_API seatbook_code seatbook_update_person(seatbook_session *session,
                                                  const seatbook_update_person_request *request,
                                                  seatbook_id *person, seatbook_rows **result,
                                                  seatbook_error **error);

/* The arguments of seatbook_archive_person(). */
typedef struct seatbook_archive_person_request {
  size_t struct_size; /* sizeof(seatbook_archive_person_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ARCHIVE_PERSON_... */
  seatbook_id person;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_archive_person_request;
#define SEATBOOK_ARCHIVE_PERSON_REQUEST_INIT \
  {sizeof(seatbook_archive_person_request), 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_ARCHIVE_PERSON_PERSON = 0x1,
  SEATBOOK_FIELD_ARCHIVE_PERSON_EXPECTED_REVISION = 0x2,
  SEATBOOK_FIELD_ARCHIVE_PERSON_REQUEST_ID = 0x4
};
/* Offboards a person: each seat they hold is flagged `needs_review` and stays in use (B28, C10,
 * C47). They can be given no further seat. Archiving an archived person changes nothing. Needs
 * `archive_person`. Cost: one history row for the person and one for each seat held.
 * Errors: SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ERASED, SEATBOOK_STALE_REVISION.
 * Result: one row of PersonReceipt. */
SEATBOOK_API seatbook_code seatbook_archive_person(seatbook_session *session,
                                                   const seatbook_archive_person_request *request,
                                                   seatbook_id *person, seatbook_rows **result,
                                                   seatbook_error **error);

/* The arguments of seatbook_reactivate_person(). */
typedef struct seatbook_reactivate_person_request {
  size_t struct_size; /* sizeof(seatbook_reactivate_person_request) */
  uint64_t fields; /* SEATBOOK_FIELD_REACTIVATE_PERSON_... */
  seatbook_id person;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_reactivate_person_request;
#define SEATBOOK_REACTIVATE_PERSON_REQUEST_INIT \
  {sizeof(seatbook_reactivate_person_request), 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_REACTIVATE_PERSON_PERSON = 0x1,
  SEATBOOK_FIELD_REACTIVATE_PERSON_EXPECTED_REVISION = 0x2,
  SEATBOOK_FIELD_REACTIVATE_PERSON_REQUEST_ID = 0x4
};
/* Makes an archived person active again, and clears the flags that archiving set (A7, C47). On
 * an active person it changes nothing. Needs `archive_person`.
 * Errors: SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ERASED, SEATBOOK_STALE_REVISION.
 * Result: one row of PersonReceipt. */
SEATBOOK_API seatbook_code seatbook_reactivate_person(
    seatbook_session *session, const seatbook_reactivate_person_request *request,
    seatbook_id *person, seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_erase_person(). */
typedef struct seatbook_erase_person_request {
  size_t struct_size; /* sizeof(seatbook_erase_person_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ERASE_PERSON_... */
  seatbook_id person;
  seatbook_flag revoke_first;
  uint32_t reserved_0; /* 0 */
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_erase_person_request;
#define SEATBOOK_ERASE_PERSON_REQUEST_INIT \
  {sizeof(seatbook_erase_person_request), 0, 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_ERASE_PERSON_PERSON = 0x1,
  SEATBOOK_FIELD_ERASE_PERSON_REVOKE_FIRST = 0x2,
  SEATBOOK_FIELD_ERASE_PERSON_EXPECTED_REVISION = 0x4,
  SEATBOOK_FIELD_ERASE_PERSON_REQUEST_ID = 0x8
};
/* Erases a person permanently (C49): name, email, host key, the texts of all their assignments
 * and the history texts about them are emptied; ids, dates and numbers stay, and the email is
 * free again. Of history rows that they wrote about others, the reason they typed is emptied;
 * the names and emails of others stay (C64). Free text that others wrote elsewhere is not
 * searched. With `revoke_first` the seats still held are revoked in the same batch, each with
 * its history row and event. Needs `archive_person`. Cost: the history about the person and by
 * them.
 * Errors: SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ERASED, SEATBOOK_STALE_REVISION,
 *   SEATBOOK_OWNS_LICENSES (owner or backup of any license, archived ones included),
 *   SEATBOOK_HAS_ACTIVE_SEATS (without `revoke_first`).
 * Result: one row of PersonReceipt. */
SEATBOOK_API seatbook_code seatbook_erase_person(seatbook_session *session,
                                                 const seatbook_erase_person_request *request,
                                                 seatbook_id *person, seatbook_rows **result,
                                                 seatbook_error **error);

/* ------------------------------------------------------------------------------------ licenses */

/* The arguments of seatbook_add_license(). */
typedef struct seatbook_add_license_request {
  size_t struct_size; /* sizeof(seatbook_add_license_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ADD_LICENSE_... */
  seatbook_text name;
  seatbook_text vendor;
  seatbook_text product_group;
  seatbook_text host_key;
  int64_t total_seats; /* 0 to 1,000,000,000 or SEATBOOK_UNLIMITED; default 1 (C14) */
  seatbook_capacity_policy policy; /* SEATBOOK_CAPACITY_POLICY_ENFORCE unless set */
  uint32_t reserved_0; /* 0 */
  seatbook_id owner;
  seatbook_id backup_owner;
  seatbook_money cost_per_seat;
  seatbook_text currency;
  seatbook_billing_period billing_period; /* SEATBOOK_BILLING_PERIOD_MONTH unless set */
  seatbook_date renewal_date;
  uint8_t request_id[16];
} seatbook_add_license_request;
#define SEATBOOK_ADD_LICENSE_REQUEST_INIT \
  {sizeof(seatbook_add_license_request), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0, \
    {0, 0}, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_ADD_LICENSE_NAME = 0x1,
  SEATBOOK_FIELD_ADD_LICENSE_VENDOR = 0x2,
  SEATBOOK_FIELD_ADD_LICENSE_PRODUCT_GROUP = 0x4,
  SEATBOOK_FIELD_ADD_LICENSE_HOST_KEY = 0x8,
  SEATBOOK_FIELD_ADD_LICENSE_TOTAL_SEATS = 0x10,
  SEATBOOK_FIELD_ADD_LICENSE_POLICY = 0x20,
  SEATBOOK_FIELD_ADD_LICENSE_OWNER = 0x40,
  SEATBOOK_FIELD_ADD_LICENSE_BACKUP_OWNER = 0x80,
  SEATBOOK_FIELD_ADD_LICENSE_COST_PER_SEAT = 0x100,
  SEATBOOK_FIELD_ADD_LICENSE_CURRENCY = 0x200,
  SEATBOOK_FIELD_ADD_LICENSE_BILLING_PERIOD = 0x400,
  SEATBOOK_FIELD_ADD_LICENSE_RENEWAL_DATE = 0x800,
  SEATBOOK_FIELD_ADD_LICENSE_REQUEST_ID = 0x1000
};
/* Adds a license. Needs `create`. Without `owner` the actor owns it (B8); an actor who is no
 * person has to name one (C23).
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED,
 *   SEATBOOK_PERSON_ERASED (owner, then backup_owner; C21), SEATBOOK_REQUIRED (name; currency,
 *   where a cost is given), SEATBOOK_TEXT_TOO_LONG (name, vendor, product_group, host_key),
 *   SEATBOOK_TOTAL_OUT_OF_RANGE, SEATBOOK_OWNER_REQUIRED, SEATBOOK_INVALID_MONEY,
 *   SEATBOOK_MONEY_OUT_OF_RANGE, SEATBOOK_INVALID_CURRENCY, SEATBOOK_INVALID_DATE,
 *   SEATBOOK_DATE_OUT_OF_RANGE, SEATBOOK_BACKUP_IS_OWNER (B6), SEATBOOK_HOST_KEY_TAKEN.
 * Result: one row of LicenseReceipt. */
SEATBOOK_API seatbook_code seatbook_add_license(seatbook_session *session,
                                                const seatbook_add_license_request *request,
                                                seatbook_id *license, seatbook_rows **result,
                                                seatbook_error **error);

/* The arguments of seatbook_update_license(). */
typedef struct seatbook_update_license_request {
  size_t struct_size; /* sizeof(seatbook_update_license_request) */
  uint64_t fields; /* SEATBOOK_FIELD_UPDATE_LICENSE_... */
  seatbook_id license;
  seatbook_text name;
  seatbook_text vendor;
  seatbook_text product_group;
  seatbook_text host_key;
  seatbook_money cost_per_seat;
  seatbook_text currency;
  seatbook_billing_period billing_period; /* cleared: month */
  seatbook_date renewal_date;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_update_license_request;
#define SEATBOOK_UPDATE_LICENSE_REQUEST_INIT \
  {sizeof(seatbook_update_license_request), 0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, {0, 0}, 0, \
    0, 0, {0}}
enum {
  SEATBOOK_FIELD_UPDATE_LICENSE_LICENSE = 0x1,
  SEATBOOK_FIELD_UPDATE_LICENSE_NAME = 0x2,
  SEATBOOK_FIELD_UPDATE_LICENSE_VENDOR = 0x4,
  SEATBOOK_FIELD_UPDATE_LICENSE_PRODUCT_GROUP = 0x8,
  SEATBOOK_FIELD_UPDATE_LICENSE_HOST_KEY = 0x10,
  SEATBOOK_FIELD_UPDATE_LICENSE_COST_PER_SEAT = 0x20,
  SEATBOOK_FIELD_UPDATE_LICENSE_CURRENCY = 0x40,
  SEATBOOK_FIELD_UPDATE_LICENSE_BILLING_PERIOD = 0x80,
  SEATBOOK_FIELD_UPDATE_LICENSE_RENEWAL_DATE = 0x100,
  SEATBOOK_FIELD_UPDATE_LICENSE_EXPECTED_REVISION = 0x200,
  SEATBOOK_FIELD_UPDATE_LICENSE_REQUEST_ID = 0x400
};
/* Changes what a license says of itself; its total, policy, owners and state have calls of their
 * own. Needs `edit`. An amount never changes its currency (C65). The currency cannot be cleared
 * while the license has a cost or an active seat has a cost override; it cannot be changed while
 * an active seat has one, and a license with a cost needs `cost_per_seat` in the same command,
 * set or cleared. Setting the first currency is not a change. Cost: O(seats in use) if the
 * currency changes.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED,
 *   SEATBOOK_REQUIRED (name: cannot be cleared; cost_per_seat, currency: see above),
 *   SEATBOOK_TEXT_TOO_LONG, SEATBOOK_INVALID_MONEY, SEATBOOK_MONEY_OUT_OF_RANGE,
 *   SEATBOOK_INVALID_CURRENCY, SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE,
 *   SEATBOOK_STALE_REVISION, SEATBOOK_HOST_KEY_TAKEN, SEATBOOK_CURRENCY_IN_USE.
 * Result: one row of LicenseReceipt. */
SEATBOOK_API seatbook_code seatbook_update_license(seatbook_session *session,
                                                   const seatbook_update_license_request *request,
                                                   seatbook_id *license, seatbook_rows **result,
                                                   seatbook_error **error);

/* The arguments of seatbook_set_total_seats(). */
typedef struct seatbook_set_total_seats_request {
  size_t struct_size; /* sizeof(seatbook_set_total_seats_request) */
  uint64_t fields; /* SEATBOOK_FIELD_SET_TOTAL_SEATS_... */
  seatbook_id license;
  int64_t total_seats; /* 1 unless set */
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_set_total_seats_request;
#define SEATBOOK_SET_TOTAL_SEATS_REQUEST_INIT \
  {sizeof(seatbook_set_total_seats_request), 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_SET_TOTAL_SEATS_LICENSE = 0x1,
  SEATBOOK_FIELD_SET_TOTAL_SEATS_TOTAL_SEATS = 0x2,
  SEATBOOK_FIELD_SET_TOTAL_SEATS_EXPECTED_REVISION = 0x4,
  SEATBOOK_FIELD_SET_TOTAL_SEATS_REQUEST_ID = 0x8
};
/* Sets how many seats a license has; takes effect at once (A8). Never revokes anything (C12).
 * Needs `edit`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_TOTAL_OUT_OF_RANGE,
 *   SEATBOOK_STALE_REVISION, SEATBOOK_TOTAL_BELOW_USED (policy `enforce` and more seats in use
 *   than that; C12).
 * Result: one row of LicenseReceipt. */
SEATBOOK_API seatbook_code seatbook_set_total_seats(seatbook_session *session,
                                                    const seatbook_set_total_seats_request *request,
                                                    seatbook_id *license, seatbook_rows **result,
                                                    seatbook_error **error);

/* The arguments of seatbook_set_policy(). */
typedef struct seatbook_set_policy_request {
  size_t struct_size; /* sizeof(seatbook_set_policy_request) */
  uint64_t fields; /* SEATBOOK_FIELD_SET_POLICY_... */
  seatbook_id license;
  seatbook_capacity_policy policy; /* SEATBOOK_CAPACITY_POLICY_ENFORCE unless set */
  uint32_t reserved_0; /* 0 */
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_set_policy_request;
#define SEATBOOK_SET_POLICY_REQUEST_INIT \
  {sizeof(seatbook_set_policy_request), 0, 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_SET_POLICY_LICENSE = 0x1,
  SEATBOOK_FIELD_SET_POLICY_POLICY = 0x2,
  SEATBOOK_FIELD_SET_POLICY_EXPECTED_REVISION = 0x4,
  SEATBOOK_FIELD_SET_POLICY_REQUEST_ID = 0x8
};
/* Sets what happens when every seat is taken (C7, C12). Needs `edit`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_STALE_REVISION,
 *   SEATBOOK_TOTAL_BELOW_USED (to `enforce`, with more seats in use than the total).
 * Result: one row of LicenseReceipt. */
SEATBOOK_API seatbook_code seatbook_set_policy(seatbook_session *session,
                                               const seatbook_set_policy_request *request,
                                               seatbook_id *license, seatbook_rows **result,
                                               seatbook_error **error);

/* The arguments of seatbook_set_owners(). */
typedef struct seatbook_set_owners_request {
  size_t struct_size; /* sizeof(seatbook_set_owners_request) */
  uint64_t fields; /* SEATBOOK_FIELD_SET_OWNERS_... */
  seatbook_id license;
  seatbook_id owner;
  seatbook_id backup_owner;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_set_owners_request;
#define SEATBOOK_SET_OWNERS_REQUEST_INIT \
  {sizeof(seatbook_set_owners_request), 0, 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_SET_OWNERS_LICENSE = 0x1,
  SEATBOOK_FIELD_SET_OWNERS_OWNER = 0x2,
  SEATBOOK_FIELD_SET_OWNERS_BACKUP_OWNER = 0x4,
  SEATBOOK_FIELD_SET_OWNERS_EXPECTED_REVISION = 0x8,
  SEATBOOK_FIELD_SET_OWNERS_REQUEST_ID = 0x10
};
/* Sets the owner, the backup owner, or both in one step, so that the two can be swapped (B4 to
 * B7, C20). The owner cannot be cleared; the backup can: `.backup_owner = clear`. Needs `edit`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_PERSON_NOT_FOUND,
 *   SEATBOOK_PERSON_ARCHIVED, SEATBOOK_PERSON_ERASED (the new owner, then the new backup; C21),
 *   SEATBOOK_OWNER_REQUIRED (cleared), SEATBOOK_STALE_REVISION, SEATBOOK_BACKUP_IS_OWNER (B6).
 * Result: one row of LicenseReceipt. */
SEATBOOK_API seatbook_code seatbook_set_owners(seatbook_session *session,
                                               const seatbook_set_owners_request *request,
                                               seatbook_id *license, seatbook_rows **result,
                                               seatbook_error **error);

/* The arguments of seatbook_archive_license(). */
typedef struct seatbook_archive_license_request {
  size_t struct_size; /* sizeof(seatbook_archive_license_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ARCHIVE_LICENSE_... */
  seatbook_id license;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_archive_license_request;
#define SEATBOOK_ARCHIVE_LICENSE_REQUEST_INIT \
  {sizeof(seatbook_archive_license_request), 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_ARCHIVE_LICENSE_LICENSE = 0x1,
  SEATBOOK_FIELD_ARCHIVE_LICENSE_EXPECTED_REVISION = 0x2,
  SEATBOOK_FIELD_ARCHIVE_LICENSE_REQUEST_ID = 0x4
};
/* Puts a license away; its history stays (C50). Archiving an archived one changes nothing. Needs
 * `edit`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_STALE_REVISION, SEATBOOK_HAS_ACTIVE_SEATS.
 * Result: one row of LicenseReceipt. */
SEATBOOK_API seatbook_code seatbook_archive_license(seatbook_session *session,
                                                    const seatbook_archive_license_request *request,
                                                    seatbook_id *license, seatbook_rows **result,
                                                    seatbook_error **error);

/* The arguments of seatbook_reactivate_license(). */
typedef struct seatbook_reactivate_license_request {
  size_t struct_size; /* sizeof(seatbook_reactivate_license_request) */
  uint64_t fields; /* SEATBOOK_FIELD_REACTIVATE_LICENSE_... */
  seatbook_id license;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_reactivate_license_request;
#define SEATBOOK_REACTIVATE_LICENSE_REQUEST_INIT \
  {sizeof(seatbook_reactivate_license_request), 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_REACTIVATE_LICENSE_LICENSE = 0x1,
  SEATBOOK_FIELD_REACTIVATE_LICENSE_EXPECTED_REVISION = 0x2,
  SEATBOOK_FIELD_REACTIVATE_LICENSE_REQUEST_ID = 0x4
};
/* Takes an archived license back into use (C12). On an active one it changes nothing. Needs
 * `edit`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_STALE_REVISION.
 * Result: one row of LicenseReceipt. */
SEATBOOK_API seatbook_code seatbook_reactivate_license(
    seatbook_session *session, const seatbook_reactivate_license_request *request,
    seatbook_id *license, seatbook_rows **result, seatbook_error **error);

/* --------------------------------------------------------------------------------------- seats */

/* The arguments of seatbook_assign(). */
typedef struct seatbook_assign_request {
  size_t struct_size; /* sizeof(seatbook_assign_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ASSIGN_... */
  seatbook_id license;
  seatbook_id person;
  seatbook_text access_level; /* up to 64 code points (A11) */
  seatbook_text account; /* up to 191 (A12) */
  seatbook_text notes; /* up to 1000 (A13) */
  seatbook_money cost_override;
  uint8_t request_id[16];
} seatbook_assign_request;
#define SEATBOOK_ASSIGN_REQUEST_INIT \
  {sizeof(seatbook_assign_request), 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, 0, {0}}
enum {
  SEATBOOK_FIELD_ASSIGN_LICENSE = 0x1,
  SEATBOOK_FIELD_ASSIGN_PERSON = 0x2,
  SEATBOOK_FIELD_ASSIGN_ACCESS_LEVEL = 0x4,
  SEATBOOK_FIELD_ASSIGN_ACCOUNT = 0x8,
  SEATBOOK_FIELD_ASSIGN_NOTES = 0x10,
  SEATBOOK_FIELD_ASSIGN_COST_OVERRIDE = 0x20,
  SEATBOOK_FIELD_ASSIGN_REQUEST_ID = 0x40
};
/* Gives a person a seat (A1, A14). Needs `assign`. Capacity is checked at commit (A43).
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED,
 *   SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED (A7), SEATBOOK_PERSON_ERASED,
 *   SEATBOOK_TEXT_TOO_LONG (access_level, account, notes), SEATBOOK_INVALID_MONEY,
 *   SEATBOOK_MONEY_OUT_OF_RANGE, SEATBOOK_REQUIRED (cost_override: the license has no currency),
 *   SEATBOOK_ALREADY_ASSIGNED (A44, also when the license is full; C44),
 *   SEATBOOK_NO_SEATS_REMAINING (A43).
 * Result: one row of SeatReceipt. */
SEATBOOK_API seatbook_code seatbook_assign(seatbook_session *session,
                                           const seatbook_assign_request *request,
                                           seatbook_id *assignment, seatbook_rows **result,
                                           seatbook_error **error);

/* The arguments of seatbook_bulk_assign(). */
typedef struct seatbook_bulk_assign_request {
  size_t struct_size; /* sizeof(seatbook_bulk_assign_request) */
  uint64_t fields; /* SEATBOOK_FIELD_BULK_ASSIGN_... */
  seatbook_id person;
  const seatbook_id *licenses;
  size_t licenses_count;
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  uint8_t request_id[16];
} seatbook_bulk_assign_request;
#define SEATBOOK_BULK_ASSIGN_REQUEST_INIT \
  {sizeof(seatbook_bulk_assign_request), 0, 0, 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_BULK_ASSIGN_PERSON = 0x1,
  SEATBOOK_FIELD_BULK_ASSIGN_LICENSES = 0x2,
  SEATBOOK_FIELD_BULK_ASSIGN_ALL_OR_NOTHING = 0x4,
  SEATBOOK_FIELD_BULK_ASSIGN_DRY_RUN = 0x8,
  SEATBOOK_FIELD_BULK_ASSIGN_REQUEST_ID = 0x10
};
/* Gives one person a seat on each of several licenses (A30 to A37, C46). Skip reasons, in the
 * order of checking: license_archived, already_assigned, no_seats_remaining. A license named
 * twice counts once. Needs `assign`.
 * Errors: SEATBOOK_REQUIRED (no licenses), SEATBOOK_LIMIT_EXCEEDED (over 100,000),
 *   SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED, SEATBOOK_PERSON_ERASED,
 *   SEATBOOK_LICENSE_NOT_FOUND (with index), SEATBOOK_BULK_REFUSED.
 * Result: one row of BulkReceipt.
 * *done: how many items succeeded; in a dry run, how many would have. */
SEATBOOK_API seatbook_code seatbook_bulk_assign(seatbook_session *session,
                                                const seatbook_bulk_assign_request *request,
                                                uint64_t *done, seatbook_rows **result,
                                                seatbook_error **error);

/* The arguments of seatbook_assign_many(). */
typedef struct seatbook_assign_many_request {
  size_t struct_size; /* sizeof(seatbook_assign_many_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ASSIGN_MANY_... */
  seatbook_id license;
  const seatbook_id *people;
  size_t people_count;
  seatbook_text access_level;
  seatbook_money cost_override;
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  uint8_t request_id[16];
} seatbook_assign_many_request;
#define SEATBOOK_ASSIGN_MANY_REQUEST_INIT \
  {sizeof(seatbook_assign_many_request), 0, 0, 0, 0, {0, 0}, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_ASSIGN_MANY_LICENSE = 0x1,
  SEATBOOK_FIELD_ASSIGN_MANY_PEOPLE = 0x2,
  SEATBOOK_FIELD_ASSIGN_MANY_ACCESS_LEVEL = 0x4,
  SEATBOOK_FIELD_ASSIGN_MANY_COST_OVERRIDE = 0x8,
  SEATBOOK_FIELD_ASSIGN_MANY_ALL_OR_NOTHING = 0x10,
  SEATBOOK_FIELD_ASSIGN_MANY_DRY_RUN = 0x20,
  SEATBOOK_FIELD_ASSIGN_MANY_REQUEST_ID = 0x40
};
/* Gives several people a seat on one license, all with the same attributes (B12 to B15, C26).
 * Skip reasons, in the order of checking: already_assigned (also of an archived holder, as in
 * imports; C27), person_erased, person_archived, no_seats_remaining. A person named twice counts
 * once. Needs `assign`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_REQUIRED (no people), SEATBOOK_LIMIT_EXCEEDED (over
 *   100,000), SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_TEXT_TOO_LONG
 *   (access_level), SEATBOOK_INVALID_MONEY, SEATBOOK_MONEY_OUT_OF_RANGE, SEATBOOK_REQUIRED
 *   (cost_override: the license has no currency), SEATBOOK_PERSON_NOT_FOUND (with index),
 *   SEATBOOK_BULK_REFUSED.
 * Result: one row of BulkReceipt.
 * *done: how many items succeeded; in a dry run, how many would have. */
SEATBOOK_API seatbook_code seatbook_assign_many(seatbook_session *session,
                                                const seatbook_assign_many_request *request,
                                                uint64_t *done, seatbook_rows **result,
                                                seatbook_error **error);

/* The arguments of seatbook_revoke(). */
typedef struct seatbook_revoke_request {
  size_t struct_size; /* sizeof(seatbook_revoke_request) */
  uint64_t fields; /* SEATBOOK_FIELD_REVOKE_... */
  seatbook_id assignment;
  seatbook_text reason; /* up to 1000 code points */
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_revoke_request;
#define SEATBOOK_REVOKE_REQUEST_INIT \
  {sizeof(seatbook_revoke_request), 0, 0, {0, 0}, 0, {0}}
enum {
  SEATBOOK_FIELD_REVOKE_ASSIGNMENT = 0x1,
  SEATBOOK_FIELD_REVOKE_REASON = 0x2,
  SEATBOOK_FIELD_REVOKE_EXPECTED_REVISION = 0x4,
  SEATBOOK_FIELD_REVOKE_REQUEST_ID = 0x8
};
/* Takes a seat back: stamps the assignment and returns the seat (A17, A19). Needs `assign`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_TEXT_TOO_LONG (reason),
 *   SEATBOOK_STALE_REVISION, SEATBOOK_ALREADY_REVOKED (A45).
 * Result: one row of SeatReceipt. */
SEATBOOK_API seatbook_code seatbook_revoke(seatbook_session *session,
                                           const seatbook_revoke_request *request,
                                           seatbook_id *assignment, seatbook_rows **result,
                                           seatbook_error **error);

/* The arguments of seatbook_revoke_all(). */
typedef struct seatbook_revoke_all_request {
  size_t struct_size; /* sizeof(seatbook_revoke_all_request) */
  uint64_t fields; /* SEATBOOK_FIELD_REVOKE_ALL_... */
  seatbook_id person;
  seatbook_text reason; /* up to 1000 code points, for each of the seats */
  seatbook_flag dry_run;
  uint8_t request_id[16];
  uint32_t reserved_0; /* 0 */
} seatbook_revoke_all_request;
#define SEATBOOK_REVOKE_ALL_REQUEST_INIT \
  {sizeof(seatbook_revoke_all_request), 0, 0, {0, 0}, 0, {0}, 0}
enum {
  SEATBOOK_FIELD_REVOKE_ALL_PERSON = 0x1,
  SEATBOOK_FIELD_REVOKE_ALL_REASON = 0x2,
  SEATBOOK_FIELD_REVOKE_ALL_DRY_RUN = 0x4,
  SEATBOOK_FIELD_REVOKE_ALL_REQUEST_ID = 0x8
};
/* Revokes every seat a person holds, also an archived one's (C56). Nothing held is a success
 * with no outcomes. Nothing is ever skipped. Needs `assign`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ERASED,
 *   SEATBOOK_TEXT_TOO_LONG (reason).
 * Result: one row of BulkReceipt.
 * *done: how many items succeeded; in a dry run, how many would have. */
SEATBOOK_API seatbook_code seatbook_revoke_all(seatbook_session *session,
                                               const seatbook_revoke_all_request *request,
                                               uint64_t *done, seatbook_rows **result,
                                               seatbook_error **error);

/* The arguments of seatbook_transfer(). */
typedef struct seatbook_transfer_request {
  size_t struct_size; /* sizeof(seatbook_transfer_request) */
  uint64_t fields; /* SEATBOOK_FIELD_TRANSFER_... */
  seatbook_id assignment;
  seatbook_id person; /* who gets the seat */
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_transfer_request;
#define SEATBOOK_TRANSFER_REQUEST_INIT \
  {sizeof(seatbook_transfer_request), 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_TRANSFER_ASSIGNMENT = 0x1,
  SEATBOOK_FIELD_TRANSFER_PERSON = 0x2,
  SEATBOOK_FIELD_TRANSFER_EXPECTED_REVISION = 0x4,
  SEATBOOK_FIELD_TRANSFER_REQUEST_ID = 0x8
};
/* Hands a seat on: the assignment is revoked (reason "transferred") and `person` gets a new one,
 * in one batch (C55). Needs no free seat. Access level and cost override go along; account,
 * notes, last use and flag do not. Needs `assign`.
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED (C74),
 *   SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED, SEATBOOK_PERSON_ERASED,
 *   SEATBOOK_STALE_REVISION, SEATBOOK_ALREADY_ASSIGNED, SEATBOOK_ALREADY_REVOKED,
 *   SEATBOOK_SAME_PERSON.
 * Result: one row of SeatReceipt. */
SEATBOOK_API seatbook_code seatbook_transfer(seatbook_session *session,
                                             const seatbook_transfer_request *request,
                                             seatbook_id *assignment, seatbook_rows **result,
                                             seatbook_error **error);

/* The arguments of seatbook_edit_seat(). */
typedef struct seatbook_edit_seat_request {
  size_t struct_size; /* sizeof(seatbook_edit_seat_request) */
  uint64_t fields; /* SEATBOOK_FIELD_EDIT_SEAT_... */
  seatbook_id assignment;
  seatbook_text access_level;
  seatbook_text account;
  seatbook_text notes;
  seatbook_money cost_override;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_edit_seat_request;
#define SEATBOOK_EDIT_SEAT_REQUEST_INIT \
  {sizeof(seatbook_edit_seat_request), 0, 0, {0, 0}, {0, 0}, {0, 0}, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_EDIT_SEAT_ASSIGNMENT = 0x1,
  SEATBOOK_FIELD_EDIT_SEAT_ACCESS_LEVEL = 0x2,
  SEATBOOK_FIELD_EDIT_SEAT_ACCOUNT = 0x4,
  SEATBOOK_FIELD_EDIT_SEAT_NOTES = 0x8,
  SEATBOOK_FIELD_EDIT_SEAT_COST_OVERRIDE = 0x10,
  SEATBOOK_FIELD_EDIT_SEAT_EXPECTED_REVISION = 0x20,
  SEATBOOK_FIELD_EDIT_SEAT_REQUEST_ID = 0x40
};
/* Changes what an active assignment says (B24). Needs `assign`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_TEXT_TOO_LONG,
 *   SEATBOOK_INVALID_MONEY, SEATBOOK_MONEY_OUT_OF_RANGE, SEATBOOK_REQUIRED (cost_override: the
 *   license has no currency), SEATBOOK_STALE_REVISION, SEATBOOK_ALREADY_REVOKED.
 * Result: one row of SeatReceipt. */
SEATBOOK_API seatbook_code seatbook_edit_seat(seatbook_session *session,
                                              const seatbook_edit_seat_request *request,
                                              seatbook_id *assignment, seatbook_rows **result,
                                              seatbook_error **error);

/* The arguments of seatbook_mark_reviewed(). */
typedef struct seatbook_mark_reviewed_request {
  size_t struct_size; /* sizeof(seatbook_mark_reviewed_request) */
  uint64_t fields; /* SEATBOOK_FIELD_MARK_REVIEWED_... */
  seatbook_id assignment;
  uint64_t expected_revision;
  uint8_t request_id[16];
} seatbook_mark_reviewed_request;
#define SEATBOOK_MARK_REVIEWED_REQUEST_INIT \
  {sizeof(seatbook_mark_reviewed_request), 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_MARK_REVIEWED_ASSIGNMENT = 0x1,
  SEATBOOK_FIELD_MARK_REVIEWED_EXPECTED_REVISION = 0x2,
  SEATBOOK_FIELD_MARK_REVIEWED_REQUEST_ID = 0x4
};
/* Dismisses the needs-review prompt and keeps the seat (B32). Needs `assign`.
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_STALE_REVISION, SEATBOOK_ALREADY_REVOKED,
 *   SEATBOOK_NOT_FLAGGED (C47).
 * Result: one row of SeatReceipt. */
SEATBOOK_API seatbook_code seatbook_mark_reviewed(seatbook_session *session,
                                                  const seatbook_mark_reviewed_request *request,
                                                  seatbook_id *assignment, seatbook_rows **result,
                                                  seatbook_error **error);

/* The arguments of seatbook_record_use(). */
typedef struct seatbook_record_use_request {
  size_t struct_size; /* sizeof(seatbook_record_use_request) */
  uint64_t fields; /* SEATBOOK_FIELD_RECORD_USE_... */
  seatbook_id assignment;
  seatbook_time used_at;
  uint8_t request_id[16];
} seatbook_record_use_request;
#define SEATBOOK_RECORD_USE_REQUEST_INIT \
  {sizeof(seatbook_record_use_request), 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_RECORD_USE_ASSIGNMENT = 0x1,
  SEATBOOK_FIELD_RECORD_USE_USED_AT = 0x2,
  SEATBOOK_FIELD_RECORD_USE_REQUEST_ID = 0x4
};
/* Records that a seat was used (A46, C54). The later time wins; an equal or older one is taken
 * and changes nothing. No history, no event, no new revision. Needs `assign`. Times are compared
 * to the microsecond: a use in the second of the assignment, given in whole seconds, is before
 * it.
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE,
 *   SEATBOOK_ALREADY_REVOKED, SEATBOOK_USED_BEFORE_ASSIGNED, SEATBOOK_USED_IN_FUTURE (more than
 *   24 hours ahead).
 * Result: one row of SeatReceipt. */
SEATBOOK_API seatbook_code seatbook_record_use(seatbook_session *session,
                                               const seatbook_record_use_request *request,
                                               seatbook_id *assignment, seatbook_rows **result,
                                               seatbook_error **error);

/* The arguments of seatbook_record_uses(). */
typedef struct seatbook_record_uses_request {
  size_t struct_size; /* sizeof(seatbook_record_uses_request) */
  uint64_t fields; /* SEATBOOK_FIELD_RECORD_USES_... */
  const seatbook_seat_use *uses;
  size_t uses_count;
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  uint8_t request_id[16];
} seatbook_record_uses_request;
#define SEATBOOK_RECORD_USES_REQUEST_INIT \
  {sizeof(seatbook_record_uses_request), 0, 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_RECORD_USES_USES = 0x1,
  SEATBOOK_FIELD_RECORD_USES_ALL_OR_NOTHING = 0x2,
  SEATBOOK_FIELD_RECORD_USES_DRY_RUN = 0x4,
  SEATBOOK_FIELD_RECORD_USES_REQUEST_ID = 0x8
};
/* Records many uses (C54). Outcomes other than ok: invalid_argument (neither an assignment nor a
 * license with an email, or both), invalid_text, assignment_not_found (also: nobody of that
 * email holds a seat), license_not_found, person_not_found, invalid_date, date_out_of_range,
 * already_revoked, used_before_assigned, used_in_future. Makes no batch when nothing moves.
 * Needs `assign`.
 * Errors: SEATBOOK_REQUIRED (no uses), SEATBOOK_LIMIT_EXCEEDED (over 100,000),
 *   SEATBOOK_BULK_REFUSED.
 * Result: one row of BulkReceipt.
 * *done: how many items succeeded; in a dry run, how many would have. */
SEATBOOK_API seatbook_code seatbook_record_uses(seatbook_session *session,
                                                const seatbook_record_uses_request *request,
                                                uint64_t *done, seatbook_rows **result,
                                                seatbook_error **error);

/* ----------------------------------------------------------------------------------- questions */

/* The arguments of seatbook_people(). */
typedef struct seatbook_people_request {
  size_t struct_size; /* sizeof(seatbook_people_request) */
  uint64_t fields; /* SEATBOOK_FIELD_PEOPLE_... */
  seatbook_id after; /* the last id of the page before; 0: from the start */
  seatbook_person_state state; /* only those in this state */
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
} seatbook_people_request;
#define SEATBOOK_PEOPLE_REQUEST_INIT \
  {sizeof(seatbook_people_request), 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_PEOPLE_AFTER = 0x1,
  SEATBOOK_FIELD_PEOPLE_STATE = 0x2,
  SEATBOOK_FIELD_PEOPLE_LIMIT = 0x4
};
/* All people or licenses, by id, a page at a time. Needs `view`. O(rows looked at).
 * Result: rows of Person. */
SEATBOOK_API seatbook_code seatbook_people(const seatbook_session *session,
                                           const seatbook_people_request *request,
                                           seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_licenses(). */
typedef struct seatbook_licenses_request {
  size_t struct_size; /* sizeof(seatbook_licenses_request) */
  uint64_t fields; /* SEATBOOK_FIELD_LICENSES_... */
  seatbook_id after; /* the last id of the page before; 0: from the start */
  seatbook_license_state state; /* only those in this state */
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
} seatbook_licenses_request;
#define SEATBOOK_LICENSES_REQUEST_INIT \
  {sizeof(seatbook_licenses_request), 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_LICENSES_AFTER = 0x1,
  SEATBOOK_FIELD_LICENSES_STATE = 0x2,
  SEATBOOK_FIELD_LICENSES_LIMIT = 0x4
};
/* All people or licenses, by id, a page at a time. Needs `view`. O(rows looked at).
 * Result: rows of License. */
SEATBOOK_API seatbook_code seatbook_licenses(const seatbook_session *session,
                                             const seatbook_licenses_request *request,
                                             seatbook_rows **result, seatbook_error **error);

/* One record. Needs `view`.
 * Errors: SEATBOOK_PERSON_NOT_FOUND.
 * Result: one row of Person. */
SEATBOOK_API seatbook_code seatbook_get_person(const seatbook_session *session, seatbook_id person,
                                               seatbook_rows **result, seatbook_error **error);

/* One record. Needs `view`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of License. */
SEATBOOK_API seatbook_code seatbook_get_license(const seatbook_session *session,
                                                seatbook_id license, seatbook_rows **result,
                                                seatbook_error **error);

/* One record. Needs `view`.
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND.
 * Result: one row of Assignment. */
SEATBOOK_API seatbook_code seatbook_get_assignment(const seatbook_session *session,
                                                   seatbook_id assignment, seatbook_rows **result,
                                                   seatbook_error **error);

/* Who stands behind an actor id of history.
 * Errors: SEATBOOK_ACTOR_NOT_FOUND.
 * Result: one row of ActorRecord. */
SEATBOOK_API seatbook_code seatbook_get_actor(const seatbook_session *session, seatbook_id actor,
                                              seatbook_rows **result, seatbook_error **error);

/* Which person: by exactly one of the two. Emails match by key (C17). */
typedef struct seatbook_find_person_request {
  size_t struct_size; /* sizeof(seatbook_find_person_request) */
  uint64_t fields; /* SEATBOOK_FIELD_FIND_PERSON_... */
  seatbook_text email;
  seatbook_text host_key;
} seatbook_find_person_request;
#define SEATBOOK_FIND_PERSON_REQUEST_INIT \
  {sizeof(seatbook_find_person_request), 0, {0, 0}, {0, 0}}
enum {
  SEATBOOK_FIELD_FIND_PERSON_EMAIL = 0x1,
  SEATBOOK_FIELD_FIND_PERSON_HOST_KEY = 0x2
};
/* Returns the person with that email or host key, archived people included. Needs `view`. O(1).
 * Errors: SEATBOOK_INVALID_TEXT.
 * Result: *person; 0 where there is none. */
SEATBOOK_API seatbook_code seatbook_find_person(const seatbook_session *session,
                                                const seatbook_find_person_request *request,
                                                seatbook_id *person, seatbook_error **error);

/* Which license. */
typedef struct seatbook_find_license_request {
  size_t struct_size; /* sizeof(seatbook_find_license_request) */
  uint64_t fields; /* SEATBOOK_FIELD_FIND_LICENSE_... */
  seatbook_text host_key;
} seatbook_find_license_request;
#define SEATBOOK_FIND_LICENSE_REQUEST_INIT \
  {sizeof(seatbook_find_license_request), 0, {0, 0}}
enum {
  SEATBOOK_FIELD_FIND_LICENSE_HOST_KEY = 0x1
};
/* Returns the license with that host key, archived licenses included. Needs `view`. O(1).
 * Errors: SEATBOOK_INVALID_TEXT.
 * Result: *license; 0 where there is none. */
SEATBOOK_API seatbook_code seatbook_find_license(const seatbook_session *session,
                                                 const seatbook_find_license_request *request,
                                                 seatbook_id *license, seatbook_error **error);

/* Which actor: a service by name, or a person; exactly one. */
typedef struct seatbook_find_actor_request {
  size_t struct_size; /* sizeof(seatbook_find_actor_request) */
  uint64_t fields; /* SEATBOOK_FIELD_FIND_ACTOR_... */
  seatbook_text actor;
  seatbook_id person;
} seatbook_find_actor_request;
#define SEATBOOK_FIND_ACTOR_REQUEST_INIT \
  {sizeof(seatbook_find_actor_request), 0, {0, 0}, 0}
enum {
  SEATBOOK_FIELD_FIND_ACTOR_ACTOR = 0x1,
  SEATBOOK_FIELD_FIND_ACTOR_PERSON = 0x2
};
/* The id of an actor that has written to the book. Needs `view`. O(1).
 * Errors: SEATBOOK_INVALID_TEXT.
 * Result: *actor; 0 where there is none. */
SEATBOOK_API seatbook_code seatbook_find_actor(const seatbook_session *session,
                                               const seatbook_find_actor_request *request,
                                               seatbook_id *actor, seatbook_error **error);

/* The active assignment of that person to that license, if any: "does P hold L?". Needs `view`,
 * or `view_own` where the person is the actor. O(1).
 * Result: *assignment; 0 where there is none. */
SEATBOOK_API seatbook_code seatbook_find_seat(const seatbook_session *session, seatbook_id license,
                                              seatbook_id person, seatbook_id *assignment,
                                              seatbook_error **error);

/* When the seat was last used, if ever (A46). Needs `view`. O(1).
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND.
 * Result: *used_at; SEATBOOK_NONE where there is none. */
SEATBOOK_API seatbook_code seatbook_last_use(const seatbook_session *session,
                                             seatbook_id assignment, seatbook_time *used_at,
                                             seatbook_error **error);

/* How full the license is. Needs `view`. O(1).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of Usage.
 * *total: SEATBOOK_UNLIMITED for a license without a limit. */
SEATBOOK_API seatbook_code seatbook_usage(const seatbook_session *session, seatbook_id license,
                                          uint64_t *used, int64_t *total, seatbook_rows **result,
                                          seatbook_error **error);

/* The license's active assignments, oldest first (A21). Needs `view`. O(rows).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: rows of SeatRow. */
SEATBOOK_API seatbook_code seatbook_license_seats(const seatbook_session *session,
                                                  seatbook_id license, seatbook_rows **result,
                                                  seatbook_error **error);

/* The licenses on which the person holds a seat, oldest grant first (A15). Needs `view`, or
 * `view_own` where the person is the actor. O(rows).
 * Errors: SEATBOOK_PERSON_NOT_FOUND.
 * Result: rows of SoftwareRow. */
SEATBOOK_API seatbook_code seatbook_my_software(const seatbook_session *session, seatbook_id person,
                                                seatbook_rows **result, seatbook_error **error);

/* Whom one may give a seat (A10, B13, B16): active people, without those who hold `license`. */
typedef struct seatbook_assignable_people_request {
  size_t struct_size; /* sizeof(seatbook_assignable_people_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ASSIGNABLE_PEOPLE_... */
  seatbook_id license;
  /* In name or email, trimmed and folded (C17, C74), every character literal; empty: all. */
  seatbook_text search;
  uint32_t limit; /* 1 to 1000; 50 unless set */
  uint32_t reserved_0; /* 0 */
} seatbook_assignable_people_request;
#define SEATBOOK_ASSIGNABLE_PEOPLE_REQUEST_INIT \
  {sizeof(seatbook_assignable_people_request), 0, 0, {0, 0}, 0, 0}
enum {
  SEATBOOK_FIELD_ASSIGNABLE_PEOPLE_LICENSE = 0x1,
  SEATBOOK_FIELD_ASSIGNABLE_PEOPLE_SEARCH = 0x2,
  SEATBOOK_FIELD_ASSIGNABLE_PEOPLE_LIMIT = 0x4
};
/* Whom one may give a seat, by folded name, then id. Needs `view`. O(people).
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_LICENSE_NOT_FOUND.
 * Result: rows of AssignablePerson. */
SEATBOOK_API seatbook_code seatbook_assignable_people(
    const seatbook_session *session, const seatbook_assignable_people_request *request,
    seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_needs_review(). */
typedef struct seatbook_needs_review_request {
  size_t struct_size; /* sizeof(seatbook_needs_review_request) */
  uint64_t fields; /* SEATBOOK_FIELD_NEEDS_REVIEW_... */
  seatbook_id license;
} seatbook_needs_review_request;
#define SEATBOOK_NEEDS_REVIEW_REQUEST_INIT \
  {sizeof(seatbook_needs_review_request), 0, 0}
enum {
  SEATBOOK_FIELD_NEEDS_REVIEW_LICENSE = 0x1
};
/* The flagged seats of a license, or of the book, as a queue: who has waited longest comes
 * first, in the order of the history rows that flagged them (B29). Needs `view`. O(rows, and the
 * history of their holders since they were flagged).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: rows of ReviewRow. */
SEATBOOK_API seatbook_code seatbook_needs_review(const seatbook_session *session,
                                                 const seatbook_needs_review_request *request,
                                                 seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_needs_review_count(). */
typedef struct seatbook_needs_review_count_request {
  size_t struct_size; /* sizeof(seatbook_needs_review_count_request) */
  uint64_t fields; /* SEATBOOK_FIELD_NEEDS_REVIEW_COUNT_... */
  seatbook_id license;
} seatbook_needs_review_count_request;
#define SEATBOOK_NEEDS_REVIEW_COUNT_REQUEST_INIT \
  {sizeof(seatbook_needs_review_count_request), 0, 0}
enum {
  SEATBOOK_FIELD_NEEDS_REVIEW_COUNT_LICENSE = 0x1
};
/* How many they are. O(log of all flagged).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND. */
SEATBOOK_API seatbook_code seatbook_needs_review_count(
    const seatbook_session *session, const seatbook_needs_review_count_request *request,
    uint64_t *count, seatbook_error **error);

/* The licenses, archived ones excepted, whose owner or backup owner is archived (B9, C22). Needs
 * `view`. O(licenses).
 * Result: rows of ArchivedOwnerRow. */
SEATBOOK_API seatbook_code seatbook_archived_owners(const seatbook_session *session,
                                                    seatbook_rows **result, seatbook_error **error);

/* Approver and renewal recipients of a license (B5). Needs `view`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of LicenseContacts. */
SEATBOOK_API seatbook_code seatbook_license_contacts(const seatbook_session *session,
                                                     seatbook_id license, seatbook_rows **result,
                                                     seatbook_error **error);

/* The renewals until a day, and who of the holders counts as a user. */
typedef struct seatbook_renewals_due_request {
  size_t struct_size; /* sizeof(seatbook_renewals_due_request) */
  uint64_t fields; /* SEATBOOK_FIELD_RENEWALS_DUE_... */
  seatbook_date until; /* this day included */
  uint32_t inactive_days; /* of 24 hours each; 0 to 36,500 (C8); 30 unless set */
  uint32_t new_seat_grace_days; /* seats newer than this are not inactive (C9); 0 unless set */
  uint32_t reserved_0; /* 0 */
} seatbook_renewals_due_request;
#define SEATBOOK_RENEWALS_DUE_REQUEST_INIT \
  {sizeof(seatbook_renewals_due_request), 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_RENEWALS_DUE_UNTIL = 0x1,
  SEATBOOK_FIELD_RENEWALS_DUE_INACTIVE_DAYS = 0x2,
  SEATBOOK_FIELD_RENEWALS_DUE_NEW_SEAT_GRACE_DAYS = 0x4
};
/* The renewals that fall due up to and including a day, overdue ones included, by date, then
 * license; archived licenses have none. Needs `view`. O(licenses, active seats of those due).
 * Errors: SEATBOOK_INVALID_ARGUMENT (inactive_days, new_seat_grace_days), SEATBOOK_INVALID_DATE,
 *   SEATBOOK_DATE_OUT_OF_RANGE (until).
 * Result: rows of RenewalRow. */
SEATBOOK_API seatbook_code seatbook_renewals_due(const seatbook_session *session,
                                                 const seatbook_renewals_due_request *request,
                                                 seatbook_rows **result, seatbook_error **error);

/* Which rows of history: those that fit every member that is set. */
typedef struct seatbook_history_request {
  size_t struct_size; /* sizeof(seatbook_history_request) */
  uint64_t fields; /* SEATBOOK_FIELD_HISTORY_... */
  seatbook_id license;
  seatbook_id person;
  seatbook_id actor;
  seatbook_history_kind kind;
  uint32_t reserved_0; /* 0 */
  seatbook_time since; /* at this instant or later */
  seatbook_time until; /* before this instant */
  /* Oldest first: rows after this one. Newest first: rows before it. 0: from the end one starts
   * at. */
  uint64_t from;
  seatbook_flag newest_first;
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
} seatbook_history_request;
#define SEATBOOK_HISTORY_REQUEST_INIT \
  {sizeof(seatbook_history_request), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_HISTORY_LICENSE = 0x1,
  SEATBOOK_FIELD_HISTORY_PERSON = 0x2,
  SEATBOOK_FIELD_HISTORY_ACTOR = 0x4,
  SEATBOOK_FIELD_HISTORY_KIND = 0x8,
  SEATBOOK_FIELD_HISTORY_SINCE = 0x10,
  SEATBOOK_FIELD_HISTORY_UNTIL = 0x20,
  SEATBOOK_FIELD_HISTORY_FROM = 0x40,
  SEATBOOK_FIELD_HISTORY_NEWEST_FIRST = 0x80,
  SEATBOOK_FIELD_HISTORY_LIMIT = 0x100
};
/* The audit trail. Needs `view`, or `view_own` where `person` is the actor and neither a license
 * nor an actor is named. O(rows of the license, person or actor, the first of these that is
 * asked for; of the book otherwise).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_ACTOR_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE (since, until).
 * Result: rows of HistoryEntry. */
SEATBOOK_API seatbook_code seatbook_history(const seatbook_session *session,
                                            const seatbook_history_request *request,
                                            seatbook_rows **result, seatbook_error **error);

/* The events of history rows after `after`, of every process that shares the storage, oldest
 * first: how a dispatcher reads that must lose nothing (C41). Needs `view`. `limit` is 1 to
 * 100,000 events; one call looks at up to 100,000 rows.
 * Result: one row of EventPage. */
SEATBOOK_API seatbook_code seatbook_events_after(const seatbook_session *session, uint64_t after,
                                                 uint32_t limit, seatbook_rows **result,
                                                 seatbook_error **error);

/* As events_after, the notifications. A page ends where a batch ends, so it may be somewhat
 * longer than `limit`.
 * Result: one row of NotificationPage. */
SEATBOOK_API seatbook_code seatbook_notifications_after(const seatbook_session *session,
                                                        uint64_t after, uint32_t limit,
                                                        seatbook_rows **result,
                                                        seatbook_error **error);

/* ------------------------------------------------------------------------- lists and files out */

/* Which active seats, in which order: those that fit every member that is set (A22 to A27, C13).
 *
 * What it costs, with R the rows that the scope holds (the license's or the person's active
 * seats, the smaller of the two where both are named, or all assignments of the book):
 * - sorted by `assigned`: O(limit), plus the rows passed over by a filter;
 * - sorted otherwise: one pass over R, whatever the limit, and O(log limit) for each better row.
 *   Memory: the page. Search and sort use slices of the lock, as every query (see Session): the
 *   pass counts each seat as it finds it, and the page's rows are read after it. */
typedef struct seatbook_seat_list_request {
  size_t struct_size; /* sizeof(seatbook_seat_list_request) */
  uint64_t fields; /* SEATBOOK_FIELD_SEAT_LIST_... */
  seatbook_id license; /* neither this nor `person`: the whole book */
  seatbook_id person;
  /* In the holder's name or email, trimmed and folded (C17, C74), every character literal;
   * empty: all (A24). */
  seatbook_text search;
  seatbook_flag inactive_only; /* the reclaim candidates (A25, C8) */
  uint32_t inactive_days; /* of 24 hours each; 0 to 36,500; 30 unless set */
  uint32_t new_seat_grace_days; /* seats newer than this are not inactive (C9); 0 unless set */
  seatbook_flag needs_review_only; /* flagged when the holder was archived (B28) */
  seatbook_flag archived_only; /* the holder is archived */
  seatbook_seat_sort sort; /* SEATBOOK_SEAT_SORT_ASSIGNED unless set */
  seatbook_flag descending;
  uint32_t reserved_0; /* 0 */
  /* `next` of SeatListPage of the page before; empty: from the start. It belongs to one `sort`
   * and `descending`; the filter may change from page to page. */
  seatbook_text after;
  uint32_t limit; /* 1 to 100,000, or SEATBOOK_ALL_ROWS; 100 unless set */
  uint32_t reserved_1; /* 0 */
} seatbook_seat_list_request;
#define SEATBOOK_SEAT_LIST_REQUEST_INIT \
  {sizeof(seatbook_seat_list_request), 0, 0, 0, {0, 0}, 0, 0, 0, 0, 0, 0, 0, 0, {0, 0}, 0, 0}
enum {
  SEATBOOK_FIELD_SEAT_LIST_LICENSE = 0x1,
  SEATBOOK_FIELD_SEAT_LIST_PERSON = 0x2,
  SEATBOOK_FIELD_SEAT_LIST_SEARCH = 0x4,
  SEATBOOK_FIELD_SEAT_LIST_INACTIVE_ONLY = 0x8,
  SEATBOOK_FIELD_SEAT_LIST_INACTIVE_DAYS = 0x10,
  SEATBOOK_FIELD_SEAT_LIST_NEW_SEAT_GRACE_DAYS = 0x20,
  SEATBOOK_FIELD_SEAT_LIST_NEEDS_REVIEW_ONLY = 0x40,
  SEATBOOK_FIELD_SEAT_LIST_ARCHIVED_ONLY = 0x80,
  SEATBOOK_FIELD_SEAT_LIST_SORT = 0x100,
  SEATBOOK_FIELD_SEAT_LIST_DESCENDING = 0x200,
  SEATBOOK_FIELD_SEAT_LIST_AFTER = 0x400,
  SEATBOOK_FIELD_SEAT_LIST_LIMIT = 0x800
};
/* The full seat list of a license, a person or the book: filtered, sorted, in pages (A22 to
 * A27). Needs `view`. Cost: see the request.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND.
 * Result: one row of SeatListPage. */
SEATBOOK_API seatbook_code seatbook_seat_list(const seatbook_session *session,
                                              const seatbook_seat_list_request *request,
                                              seatbook_rows **result, seatbook_error **error);

/* Which seats the header figures are about. */
typedef struct seatbook_seat_figures_request {
  size_t struct_size; /* sizeof(seatbook_seat_figures_request) */
  uint64_t fields; /* SEATBOOK_FIELD_SEAT_FIGURES_... */
  seatbook_id license;
  seatbook_id person;
  uint32_t inactive_days; /* 30 unless set */
  uint32_t new_seat_grace_days; /* 0 unless set */
} seatbook_seat_figures_request;
#define SEATBOOK_SEAT_FIGURES_REQUEST_INIT \
  {sizeof(seatbook_seat_figures_request), 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_SEAT_FIGURES_LICENSE = 0x1,
  SEATBOOK_FIELD_SEAT_FIGURES_PERSON = 0x2,
  SEATBOOK_FIELD_SEAT_FIGURES_INACTIVE_DAYS = 0x4,
  SEATBOOK_FIELD_SEAT_FIGURES_NEW_SEAT_GRACE_DAYS = 0x8
};
/* The figures above that list, without its filter (A22). Needs `view`. O(active seats of the
 * license or the person; all assignments of the book).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND; as seat_list.
 * Result: one row of SeatFigures. */
SEATBOOK_API seatbook_code seatbook_seat_figures(const seatbook_session *session,
                                                 const seatbook_seat_figures_request *request,
                                                 seatbook_rows **result, seatbook_error **error);

/* Everybody who holds or held a seat of a license, by the date added, then by assignment (B10,
 * C19, C35). */
typedef struct seatbook_roster_request {
  size_t struct_size; /* sizeof(seatbook_roster_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ROSTER_... */
  seatbook_id license;
  seatbook_flag active_only;
  uint32_t reserved_0; /* 0 */
  seatbook_id after; /* `next` of RosterPage of the page before; 0: from the start */
  uint32_t limit; /* 1 to 100,000, or SEATBOOK_ALL_ROWS; 1000 unless set */
  uint32_t reserved_1; /* 0 */
} seatbook_roster_request;
#define SEATBOOK_ROSTER_REQUEST_INIT \
  {sizeof(seatbook_roster_request), 0, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_ROSTER_LICENSE = 0x1,
  SEATBOOK_FIELD_ROSTER_ACTIVE_ONLY = 0x2,
  SEATBOOK_FIELD_ROSTER_AFTER = 0x4,
  SEATBOOK_FIELD_ROSTER_LIMIT = 0x8
};
/* Everybody who holds or held a seat of the license (B10). Needs `view`. O(rows).
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of RosterPage. */
SEATBOOK_API seatbook_code seatbook_roster(const seatbook_session *session,
                                           const seatbook_roster_request *request,
                                           seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_export_seat_list(). */
typedef struct seatbook_export_seat_list_request {
  size_t struct_size; /* sizeof(seatbook_export_seat_list_request) */
  uint64_t fields; /* SEATBOOK_FIELD_EXPORT_SEAT_LIST_... */
  seatbook_id license; /* neither this nor `person`: the whole book */
  seatbook_id person;
  /* In the holder's name or email, trimmed and folded (C17, C74), every character literal;
   * empty: all (A24). */
  seatbook_text search;
  seatbook_flag inactive_only; /* the reclaim candidates (A25, C8) */
  uint32_t inactive_days; /* of 24 hours each; 0 to 36,500; 30 unless set */
  uint32_t new_seat_grace_days; /* seats newer than this are not inactive (C9); 0 unless set */
  seatbook_flag needs_review_only; /* flagged when the holder was archived (B28) */
  seatbook_flag archived_only; /* the holder is archived */
  seatbook_seat_sort sort; /* SEATBOOK_SEAT_SORT_ASSIGNED unless set */
  seatbook_flag descending;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  /* Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to
   * 1440; never a day before 1970 or after 2200. `exact` is always in UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the
   * encoding. */
  seatbook_flag byte_order_mark;
  const seatbook_sink *sink;
} seatbook_export_seat_list_request;
#define SEATBOOK_EXPORT_SEAT_LIST_REQUEST_INIT \
  {sizeof(seatbook_export_seat_list_request), 0, 0, 0, {0, 0}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_LICENSE = 0x1,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_PERSON = 0x2,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_SEARCH = 0x4,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_INACTIVE_ONLY = 0x8,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_INACTIVE_DAYS = 0x10,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_NEW_SEAT_GRACE_DAYS = 0x20,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_NEEDS_REVIEW_ONLY = 0x40,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_ARCHIVED_ONLY = 0x80,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_SORT = 0x100,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_DESCENDING = 0x200,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_PROFILE = 0x400,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_UTC_OFFSET_MINUTES = 0x800,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_BYTE_ORDER_MARK = 0x1000,
  SEATBOOK_FIELD_EXPORT_SEAT_LIST_SINK = 0x2000
};
/* The seat list as a file: all rows of the list, in its order, with the columns `User
 * name,Email, Access level,Account,Assigned,Last used`; where the list is not of one license,
 * `License` comes first (A28, C35).
 * Files out (A28, B33, C35 to C38): streams the file into `sink`, under no lock. The set and
 * order of rows are fixed up front, in slices; each row reflects the moment when it is read, a
 * thousand rows under one short lock (C69). Extra memory: 8 bytes a row, some 64 of a seat list,
 * and a page. Needs `view` and `export`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND,
 *   SEATBOOK_CANCELLED.
 * Result: one row of ExportedFile. */
SEATBOOK_API seatbook_code seatbook_export_seat_list(
    const seatbook_session *session, const seatbook_export_seat_list_request *request,
    seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_export_roster(). */
typedef struct seatbook_export_roster_request {
  size_t struct_size; /* sizeof(seatbook_export_roster_request) */
  uint64_t fields; /* SEATBOOK_FIELD_EXPORT_ROSTER_... */
  seatbook_id license;
  seatbook_flag include_cost; /* appends `Cost Per Seat Override` (C36) */
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  /* Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to
   * 1440; never a day before 1970 or after 2200. `exact` is always in UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the
   * encoding. */
  seatbook_flag byte_order_mark;
  const seatbook_sink *sink;
} seatbook_export_roster_request;
#define SEATBOOK_EXPORT_ROSTER_REQUEST_INIT \
  {sizeof(seatbook_export_roster_request), 0, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_EXPORT_ROSTER_LICENSE = 0x1,
  SEATBOOK_FIELD_EXPORT_ROSTER_INCLUDE_COST = 0x2,
  SEATBOOK_FIELD_EXPORT_ROSTER_PROFILE = 0x4,
  SEATBOOK_FIELD_EXPORT_ROSTER_UTC_OFFSET_MINUTES = 0x8,
  SEATBOOK_FIELD_EXPORT_ROSTER_BYTE_ORDER_MARK = 0x10,
  SEATBOOK_FIELD_EXPORT_ROSTER_SINK = 0x20
};
/* Everybody who holds or held a seat of a license, `Name,Email,Role,Date Added,Date Removed`, by
 * the date added, then by assignment (B33, C35). Imported again unedited it changes nothing
 * (C37).
 * Files out (A28, B33, C35 to C38): streams the file into `sink`, under no lock. The set and
 * order of rows are fixed up front, in slices; each row reflects the moment when it is read, a
 * thousand rows under one short lock (C69). Extra memory: 8 bytes a row, some 64 of a seat list,
 * and a page. Needs `view` and `export`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_CANCELLED.
 * Result: one row of ExportedFile. */
SEATBOOK_API seatbook_code seatbook_export_roster(const seatbook_session *session,
                                                  const seatbook_export_roster_request *request,
                                                  seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_export_history(). */
typedef struct seatbook_export_history_request {
  size_t struct_size; /* sizeof(seatbook_export_history_request) */
  uint64_t fields; /* SEATBOOK_FIELD_EXPORT_HISTORY_... */
  seatbook_id license;
  seatbook_id person;
  seatbook_id actor;
  seatbook_history_kind kind;
  uint32_t reserved_0; /* 0 */
  seatbook_time since; /* at this instant or later */
  seatbook_time until; /* before this instant */
  /* Oldest first: rows after this one. Newest first: rows before it. 0: from the end one starts
   * at. */
  uint64_t from;
  seatbook_flag newest_first;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  /* Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to
   * 1440; never a day before 1970 or after 2200. `exact` is always in UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the
   * encoding. */
  seatbook_flag byte_order_mark;
  const seatbook_sink *sink;
} seatbook_export_history_request;
#define SEATBOOK_EXPORT_HISTORY_REQUEST_INIT \
  {sizeof(seatbook_export_history_request), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_EXPORT_HISTORY_LICENSE = 0x1,
  SEATBOOK_FIELD_EXPORT_HISTORY_PERSON = 0x2,
  SEATBOOK_FIELD_EXPORT_HISTORY_ACTOR = 0x4,
  SEATBOOK_FIELD_EXPORT_HISTORY_KIND = 0x8,
  SEATBOOK_FIELD_EXPORT_HISTORY_SINCE = 0x10,
  SEATBOOK_FIELD_EXPORT_HISTORY_UNTIL = 0x20,
  SEATBOOK_FIELD_EXPORT_HISTORY_FROM = 0x40,
  SEATBOOK_FIELD_EXPORT_HISTORY_NEWEST_FIRST = 0x80,
  SEATBOOK_FIELD_EXPORT_HISTORY_PROFILE = 0x100,
  SEATBOOK_FIELD_EXPORT_HISTORY_UTC_OFFSET_MINUTES = 0x200,
  SEATBOOK_FIELD_EXPORT_HISTORY_BYTE_ORDER_MARK = 0x400,
  SEATBOOK_FIELD_EXPORT_HISTORY_SINK = 0x800
};
/* The audit trail: the rows that seatbook_history() answers to the query, with the columns
 * `Seq,At, Actor,Kind,License ID,License,Person ID,Person,Assignment ID,Counterpart ID,Total
 * Before,Total After,Policy Before,Policy After,Owner ID Before,Owner ID After,Backup Owner ID
 * Before,Backup Owner ID After,Name Before,Name After,Email Before,Email After,Reason`. Instants
 * are RFC 3339 in UTC in both profiles: an audit needs the order of what happened on one day.
 * Files out (A28, B33, C35 to C38): streams the file into `sink`, under no lock. The set and
 * order of rows are fixed up front, in slices; each row reflects the moment when it is read, a
 * thousand rows under one short lock (C69). Extra memory: 8 bytes a row, some 64 of a seat list,
 * and a page. Needs `view` and `export`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_ACTOR_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE, SEATBOOK_CANCELLED.
 * Result: one row of ExportedFile. */
SEATBOOK_API seatbook_code seatbook_export_history(const seatbook_session *session,
                                                   const seatbook_export_history_request *request,
                                                   seatbook_rows **result, seatbook_error **error);

/* ------------------------------------------------------------------------------------- reports */

/* Of which licenses, and which rows. */
typedef struct seatbook_utilization_request {
  size_t struct_size; /* sizeof(seatbook_utilization_request) */
  uint64_t fields; /* SEATBOOK_FIELD_UTILIZATION_... */
  seatbook_utilization_by by; /* SEATBOOK_UTILIZATION_BY_LICENSE unless set */
  uint32_t reserved_0; /* 0 */
  seatbook_id license; /* only that one */
  /* Only the licenses of that group, by the text as it is written; empty: those of none. */
  seatbook_text product_group;
  /* Only rows with at least this percentage of their total in use, compared exactly. With either
   * limit, a row without a total is left out, and so is one with no seats and none in use. Seats
   * in use on a total of 0 are above every percentage. */
  uint32_t at_least_percent;
  uint32_t at_most_percent; /* Only rows with at most this percentage of their total in use. */
  seatbook_flag include_archived; /* archived licenses too; no seat of theirs is in use (C50) */
  uint32_t reserved_1; /* 0 */
} seatbook_utilization_request;
#define SEATBOOK_UTILIZATION_REQUEST_INIT \
  {sizeof(seatbook_utilization_request), 0, 0, 0, 0, {0, 0}, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_UTILIZATION_BY = 0x1,
  SEATBOOK_FIELD_UTILIZATION_LICENSE = 0x2,
  SEATBOOK_FIELD_UTILIZATION_PRODUCT_GROUP = 0x4,
  SEATBOOK_FIELD_UTILIZATION_AT_LEAST_PERCENT = 0x8,
  SEATBOOK_FIELD_UTILIZATION_AT_MOST_PERCENT = 0x10,
  SEATBOOK_FIELD_UTILIZATION_INCLUDE_ARCHIVED = 0x20
};
/* How full licenses are and what they cost a month (B11, C53): by license in the order of ids,
 * by product group in the order of their bytes (licenses of none are the group ""), or one row
 * for the book. Needs `view`. O(licenses of the book, active seats of those asked for).
 * Errors: SEATBOOK_INVALID_ARGUMENT (by; at_most_percent below at_least_percent),
 *   SEATBOOK_INVALID_TEXT (product_group), SEATBOOK_LICENSE_NOT_FOUND.
 * Result: rows of UtilizationRow. */
SEATBOOK_API seatbook_code seatbook_utilization(const seatbook_session *session,
                                                const seatbook_utilization_request *request,
                                                seatbook_rows **result, seatbook_error **error);

/* Seats that nobody uses, and what freeing them saves. A page at a time. */
typedef struct seatbook_reclaim_candidates_request {
  size_t struct_size; /* sizeof(seatbook_reclaim_candidates_request) */
  uint64_t fields; /* SEATBOOK_FIELD_RECLAIM_CANDIDATES_... */
  seatbook_id license; /* none: of all licenses */
  uint32_t inactive_days; /* of 24 hours each; 0 to 36,500 (C8); 30 unless set */
  uint32_t new_seat_grace_days; /* seats newer than this are not inactive (C9); 0 unless set */
  seatbook_id after; /* the last row of the page before; 0: from the start */
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
  uint32_t reserved_0; /* 0 */
} seatbook_reclaim_candidates_request;
#define SEATBOOK_RECLAIM_CANDIDATES_REQUEST_INIT \
  {sizeof(seatbook_reclaim_candidates_request), 0, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_RECLAIM_CANDIDATES_LICENSE = 0x1,
  SEATBOOK_FIELD_RECLAIM_CANDIDATES_INACTIVE_DAYS = 0x2,
  SEATBOOK_FIELD_RECLAIM_CANDIDATES_NEW_SEAT_GRACE_DAYS = 0x4,
  SEATBOOK_FIELD_RECLAIM_CANDIDATES_AFTER = 0x8,
  SEATBOOK_FIELD_RECLAIM_CANDIDATES_LIMIT = 0x10
};
/* The seats that nobody uses (A25, C8, C9) of one license, or of all, with what freeing each
 * saves a month: by currency, the dearest first, then by id; those without a price at the end.
 * Needs `view`. O(active seats of the license or of the book), every page.
 * Errors: SEATBOOK_INVALID_ARGUMENT (inactive_days, new_seat_grace_days, limit),
 *   SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_ASSIGNMENT_NOT_FOUND (after).
 * Result: one row of ReclaimPage. */
SEATBOOK_API seatbook_code seatbook_reclaim_candidates(
    const seatbook_session *session, const seatbook_reclaim_candidates_request *request,
    seatbook_rows **result, seatbook_error **error);

/* Who held a seat of the license at that instant, in the order of the grants (C52). Needs
 * `view`. O(history of the license).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE.
 * Result: rows of HolderRow. */
SEATBOOK_API seatbook_code seatbook_holders_at(const seatbook_session *session, seatbook_id license,
                                               seatbook_time at, seatbook_rows **result,
                                               seatbook_error **error);

/* A page of steps. The next one has `next` for its `since`. */
typedef struct seatbook_usage_over_time_request {
  size_t struct_size; /* sizeof(seatbook_usage_over_time_request) */
  uint64_t fields; /* SEATBOOK_FIELD_USAGE_OVER_TIME_... */
  seatbook_id license; /* none: of the book */
  seatbook_time since;
  seatbook_time until;
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
  uint32_t reserved_0; /* 0 */
} seatbook_usage_over_time_request;
#define SEATBOOK_USAGE_OVER_TIME_REQUEST_INIT \
  {sizeof(seatbook_usage_over_time_request), 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_USAGE_OVER_TIME_LICENSE = 0x1,
  SEATBOOK_FIELD_USAGE_OVER_TIME_SINCE = 0x2,
  SEATBOOK_FIELD_USAGE_OVER_TIME_UNTIL = 0x4,
  SEATBOOK_FIELD_USAGE_OVER_TIME_LIMIT = 0x8
};
/* Seats in use over time, as steps (C52). Needs `view`. O(history of the license, or of the
 * book, up to the end of the page).
 * Errors: SEATBOOK_INVALID_ARGUMENT (since is after until; limit), SEATBOOK_LICENSE_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE.
 * Result: one row of UsageOverTime. */
SEATBOOK_API seatbook_code seatbook_usage_over_time(const seatbook_session *session,
                                                    const seatbook_usage_over_time_request *request,
                                                    seatbook_rows **result, seatbook_error **error);

/* A stretch of the past, of one license or of the book: from `since` up to, and not at, `until`.
 * Where both are the same it is that instant. */
typedef struct seatbook_peak_usage_request {
  size_t struct_size; /* sizeof(seatbook_peak_usage_request) */
  uint64_t fields; /* SEATBOOK_FIELD_PEAK_USAGE_... */
  seatbook_id license; /* none: of the book */
  seatbook_time since;
  seatbook_time until;
} seatbook_peak_usage_request;
#define SEATBOOK_PEAK_USAGE_REQUEST_INIT \
  {sizeof(seatbook_peak_usage_request), 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_PEAK_USAGE_LICENSE = 0x1,
  SEATBOOK_FIELD_PEAK_USAGE_SINCE = 0x2,
  SEATBOOK_FIELD_PEAK_USAGE_UNTIL = 0x4
};
/* The step with the most seats in use, the earliest of them; its `at` is not before `since`. On
 * a license that enforces its total it is never above the total that was in force (A3, C12,
 * C52). Needs `view`. O(history of the license, or of the book, before `until`).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE; as
 *   usage_over_time.
 * Result: one row of UsageStep. */
SEATBOOK_API seatbook_code seatbook_peak_usage(const seatbook_session *session,
                                               const seatbook_peak_usage_request *request,
                                               seatbook_rows **result, seatbook_error **error);

/* The seats of people who were archived from `since` up to, and not at, `until`; a page at a
 * time. */
typedef struct seatbook_offboarding_times_request {
  size_t struct_size; /* sizeof(seatbook_offboarding_times_request) */
  uint64_t fields; /* SEATBOOK_FIELD_OFFBOARDING_TIMES_... */
  seatbook_id license; /* none: of all licenses */
  seatbook_time since;
  seatbook_time until;
  uint64_t after; /* the last row of the page before; 0: from the start */
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
  uint32_t reserved_0; /* 0 */
} seatbook_offboarding_times_request;
#define SEATBOOK_OFFBOARDING_TIMES_REQUEST_INIT \
  {sizeof(seatbook_offboarding_times_request), 0, 0, 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_OFFBOARDING_TIMES_LICENSE = 0x1,
  SEATBOOK_FIELD_OFFBOARDING_TIMES_SINCE = 0x2,
  SEATBOOK_FIELD_OFFBOARDING_TIMES_UNTIL = 0x4,
  SEATBOOK_FIELD_OFFBOARDING_TIMES_AFTER = 0x8,
  SEATBOOK_FIELD_OFFBOARDING_TIMES_LIMIT = 0x10
};
/* How long the seats of people who left stay held: from the archiving that flagged them to their
 * release (B28, B31), in the order of the flags. Needs `view`. O(history of the book from
 * `since` on), every page.
 * Errors: SEATBOOK_INVALID_ARGUMENT (since is after until; limit), SEATBOOK_LICENSE_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE.
 * Result: one row of OffboardingTimes. */
SEATBOOK_API seatbook_code seatbook_offboarding_times(
    const seatbook_session *session, const seatbook_offboarding_times_request *request,
    seatbook_rows **result, seatbook_error **error);

/* ------------------------------------------------------------------------------------ files in */

/* The arguments of seatbook_import_roster(). */
typedef struct seatbook_import_roster_request {
  size_t struct_size; /* sizeof(seatbook_import_roster_request) */
  uint64_t fields; /* SEATBOOK_FIELD_IMPORT_ROSTER_... */
  seatbook_id license;
  seatbook_text csv; /* the whole file; must stay as it is while the call runs */
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  uint32_t reserved_0; /* 0 */
  seatbook_progress *progress; /* may be none */
  uint8_t request_id[16];
} seatbook_import_roster_request;
#define SEATBOOK_IMPORT_ROSTER_REQUEST_INIT \
  {sizeof(seatbook_import_roster_request), 0, 0, {0, 0}, 0, 0, 0, 0, 0, {0}}
enum {
  SEATBOOK_FIELD_IMPORT_ROSTER_LICENSE = 0x1,
  SEATBOOK_FIELD_IMPORT_ROSTER_CSV = 0x2,
  SEATBOOK_FIELD_IMPORT_ROSTER_PROFILE = 0x4,
  SEATBOOK_FIELD_IMPORT_ROSTER_ALL_OR_NOTHING = 0x8,
  SEATBOOK_FIELD_IMPORT_ROSTER_DRY_RUN = 0x10,
  SEATBOOK_FIELD_IMPORT_ROSTER_PROGRESS = 0x20,
  SEATBOOK_FIELD_IMPORT_ROSTER_REQUEST_ID = 0x40
};
/* Gives seats on one license to the people whom a file names by email; adds nobody to the book
 * (B22, B23). Columns: `Email`, which must be there, `Role` (the access level; C2) and
 * `CostPerSeatOverride`, also spelled `Cost Per Seat Override`; of an export further `Date
 * Removed` (a row that has one is passed over), `Name` and `Date Added` (known, not used; C37).
 * Others are ignored and named in the report. An empty cell is no value (C32).
 *
 * Each row is decided on its own, in this order (C27): its form, whether anybody has that email,
 * whether they hold a seat already, whether they are archived, whether there is room. Rows are
 * taken in the order of the file until the license is full (C26). A person who stands in the
 * file twice gets one seat, by the first row that can have it (C25). A seat that is held already
 * is left as it is (C28).
 *
 * With `all_or_nothing` a single row that is not_found, invalid or no_seats refuses the whole:
 * `bulk_refused`, nothing changed, with one of seatbook_error_outcomes() for each such row,
 * whose `item` is its line. With `dry_run` nothing changes and the report is what would have
 * been.
 *
 * Needs `assign`. Cost: O(bytes), before the writer's lock is taken; O(rows) under it.
 * Errors: SEATBOOK_INVALID_ARGUMENT (profile), SEATBOOK_FILE_TOO_LARGE, SEATBOOK_CANCELLED (also
 *   later, while the call runs), SEATBOOK_INVALID_FILE_ENCODING, SEATBOOK_MALFORMED_CSV,
 *   SEATBOOK_LIMIT_EXCEEDED, SEATBOOK_HEADER_MISSING, SEATBOOK_COLUMN_MISSING,
 *   SEATBOOK_DUPLICATE_COLUMN, SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED,
 *   SEATBOOK_BULK_REFUSED.
 * Result: one row of RosterReport. */
SEATBOOK_API seatbook_code seatbook_import_roster(seatbook_session *session,
                                                  const seatbook_import_roster_request *request,
                                                  uint64_t *added, seatbook_rows **result,
                                                  seatbook_error **error);

/* The arguments of seatbook_import_people(). */
typedef struct seatbook_import_people_request {
  size_t struct_size; /* sizeof(seatbook_import_people_request) */
  uint64_t fields; /* SEATBOOK_FIELD_IMPORT_PEOPLE_... */
  seatbook_text csv; /* the whole file; must stay as it is while the call runs */
  const seatbook_people_columns *columns;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  uint32_t reserved_0; /* 0 */
  seatbook_progress *progress; /* may be none */
  uint8_t request_id[16];
  /* The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have
   * 1,000,000 rows instead of 350,000 (C66); 5242880 unless set */
  uint32_t max_bytes;
  uint32_t reserved_1; /* 0 */
} seatbook_import_people_request;
#define SEATBOOK_IMPORT_PEOPLE_REQUEST_INIT \
  {sizeof(seatbook_import_people_request), 0, {0, 0}, 0, 0, 0, 0, 0, 0, {0}, 0, 0}
enum {
  SEATBOOK_FIELD_IMPORT_PEOPLE_CSV = 0x1,
  SEATBOOK_FIELD_IMPORT_PEOPLE_COLUMNS = 0x2,
  SEATBOOK_FIELD_IMPORT_PEOPLE_PROFILE = 0x4,
  SEATBOOK_FIELD_IMPORT_PEOPLE_ALL_OR_NOTHING = 0x8,
  SEATBOOK_FIELD_IMPORT_PEOPLE_DRY_RUN = 0x10,
  SEATBOOK_FIELD_IMPORT_PEOPLE_PROGRESS = 0x20,
  SEATBOOK_FIELD_IMPORT_PEOPLE_REQUEST_ID = 0x40,
  SEATBOOK_FIELD_IMPORT_PEOPLE_MAX_BYTES = 0x80
};
/* Adds the people of a file, archived where they are not active. Somebody whose host key or
 * email is in the book, or in an earlier row, is known and left untouched; a row that has
 * neither is always somebody new. Needs `edit`.
 *
 * With `all_or_nothing` one invalid row refuses the whole: `bulk_refused`, with an outcome for
 * each such row, whose `item` is its line.
 * Errors: SEATBOOK_INVALID_ARGUMENT (profile; columns: two members name the same one;
 *   max_bytes), SEATBOOK_INVALID_TEXT, SEATBOOK_FILE_TOO_LARGE, SEATBOOK_CANCELLED,
 *   SEATBOOK_INVALID_FILE_ENCODING, SEATBOOK_MALFORMED_CSV, SEATBOOK_LIMIT_EXCEEDED,
 *   SEATBOOK_HEADER_MISSING, SEATBOOK_COLUMN_MISSING (`Name`, if there is neither a name nor a
 *   first or last name), SEATBOOK_DUPLICATE_COLUMN, SEATBOOK_BULK_REFUSED.
 * Result: one row of InventoryReport. */
SEATBOOK_API seatbook_code seatbook_import_people(seatbook_session *session,
                                                  const seatbook_import_people_request *request,
                                                  uint64_t *added, seatbook_rows **result,
                                                  seatbook_error **error);

/* The arguments of seatbook_import_licenses(). */
typedef struct seatbook_import_licenses_request {
  size_t struct_size; /* sizeof(seatbook_import_licenses_request) */
  uint64_t fields; /* SEATBOOK_FIELD_IMPORT_LICENSES_... */
  seatbook_text csv; /* the whole file; must stay as it is while the call runs */
  const seatbook_license_columns *columns;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  seatbook_date_order date_order; /* SEATBOOK_DATE_ORDER_ISO unless set */
  /* Taken off a cost, in front or behind, once: "$" makes `$12.58` a cost. */
  seatbook_text currency_sign;
  seatbook_text default_currency; /* of rows that have a cost and no currency */
  /* Of rows that name no owner; without one the actor, if a person (C23). */
  seatbook_id default_owner;
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  seatbook_progress *progress; /* may be none */
  uint8_t request_id[16];
  /* The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have
   * 1,000,000 rows instead of 350,000 (C66); 5242880 unless set */
  uint32_t max_bytes;
  uint32_t reserved_0; /* 0 */
} seatbook_import_licenses_request;
#define SEATBOOK_IMPORT_LICENSES_REQUEST_INIT \
  {sizeof(seatbook_import_licenses_request), 0, {0, 0}, 0, 0, 0, {0, 0}, {0, 0}, 0, 0, 0, 0, \
    {0}, 0, 0}
enum {
  SEATBOOK_FIELD_IMPORT_LICENSES_CSV = 0x1,
  SEATBOOK_FIELD_IMPORT_LICENSES_COLUMNS = 0x2,
  SEATBOOK_FIELD_IMPORT_LICENSES_PROFILE = 0x4,
  SEATBOOK_FIELD_IMPORT_LICENSES_DATE_ORDER = 0x8,
  SEATBOOK_FIELD_IMPORT_LICENSES_CURRENCY_SIGN = 0x10,
  SEATBOOK_FIELD_IMPORT_LICENSES_DEFAULT_CURRENCY = 0x20,
  SEATBOOK_FIELD_IMPORT_LICENSES_DEFAULT_OWNER = 0x40,
  SEATBOOK_FIELD_IMPORT_LICENSES_ALL_OR_NOTHING = 0x80,
  SEATBOOK_FIELD_IMPORT_LICENSES_DRY_RUN = 0x100,
  SEATBOOK_FIELD_IMPORT_LICENSES_PROGRESS = 0x200,
  SEATBOOK_FIELD_IMPORT_LICENSES_REQUEST_ID = 0x400,
  SEATBOOK_FIELD_IMPORT_LICENSES_MAX_BYTES = 0x800
};
/* Adds the licenses of a file, and gives the holder that a row names a seat. A license whose
 * host key is in the book, or in an earlier row, is known and left untouched, and its row gives
 * no seat; a row without a host key is always a new license. Needs `create` and `assign`.
 *
 * With `all_or_nothing` one row that is invalid or without_seat refuses the whole:
 * `bulk_refused`, with an outcome for each such row, whose `item` is its line.
 * Errors: SEATBOOK_INVALID_ARGUMENT (profile, date_order, max_bytes; columns: one column for two
 *   members), SEATBOOK_INVALID_TEXT, SEATBOOK_FILE_TOO_LARGE, SEATBOOK_CANCELLED,
 *   SEATBOOK_INVALID_FILE_ENCODING, SEATBOOK_MALFORMED_CSV, SEATBOOK_LIMIT_EXCEEDED,
 *   SEATBOOK_HEADER_MISSING, SEATBOOK_COLUMN_MISSING, SEATBOOK_DUPLICATE_COLUMN,
 *   SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED, SEATBOOK_PERSON_ERASED (default_owner),
 *   SEATBOOK_INVALID_CURRENCY (default_currency), SEATBOOK_BULK_REFUSED.
 * Result: one row of InventoryReport. */
SEATBOOK_API seatbook_code seatbook_import_licenses(seatbook_session *session,
                                                    const seatbook_import_licenses_request *request,
                                                    uint64_t *added, seatbook_rows **result,
                                                    seatbook_error **error);

/* --------------------------------------------------------------------------------- permissions */

/* Returns whether the actor may do this at all, to hide or disable a button (C43, C68): false if
 * seatbook_why_not() returns an error, whichever it is. An operation about one person can still
 * be refused for another person if only `view_own` allows it. Whether a license has room:
 * seatbook_usage().
 * Result: 1 or 0. */
SEATBOOK_API int32_t seatbook_can(const seatbook_session *session, seatbook_operation operation);

/* Returns why seatbook_can() is false, or none (C68).
 * Errors: SEATBOOK_INVALID_ARGUMENT (no such operation, or a malformed actor),
 *   SEATBOOK_BOOK_CLOSED, SEATBOOK_BOOK_NEEDS_REOPEN, SEATBOOK_BOOK_BEHIND,
 *   SEATBOOK_BOOK_FORKED, SEATBOOK_PERMISSION_DENIED.
 * Result: SEATBOOK_OK if there is none. */
SEATBOOK_API seatbook_code seatbook_why_not(const seatbook_session *session,
                                            seatbook_operation operation, seatbook_error **error);

/* ------------------------------------------------------------------------- many calls in one go */

/* For languages in which a call into C is slow: seatbook_assign(), seatbook_revoke() or
 * seatbook_record_use() for each of `count` requests, in their order, each with a commit and an
 * outcome of its own. codes[i] is what the i-th call answered, assignments[i] the seat, 0 where it
 * failed; *done, how many succeeded. Any of the three may be NULL. A call that is refused does not
 * end the others. One change for all of them, and one commit, are seatbook_assign_many(),
 * seatbook_bulk_assign(), seatbook_revoke_all() and seatbook_record_uses().
 * Errors, of the whole: SEATBOOK_INVALID_ARGUMENT (session; requests: NULL, or a struct_size that is
 * none), SEATBOOK_LIMIT_EXCEEDED (count: more than SEATBOOK_MAX_BULK_ITEMS). A request whose
 * struct_size is not that of the first one answers SEATBOOK_INVALID_ARGUMENT by itself.
 * Ownership: all arrays are the caller's. Threads, cost: as the single call. */
SEATBOOK_API seatbook_code seatbook_assign_each(seatbook_session *session,
                                                const seatbook_assign_request *requests,
                                                size_t count, seatbook_id *assignments,
                                                seatbook_code *codes, uint64_t *done,
                                                seatbook_error **error);
SEATBOOK_API seatbook_code seatbook_revoke_each(seatbook_session *session,
                                                const seatbook_revoke_request *requests,
                                                size_t count, seatbook_id *assignments,
                                                seatbook_code *codes, uint64_t *done,
                                                seatbook_error **error);
SEATBOOK_API seatbook_code seatbook_record_use_each(seatbook_session *session,
                                                    const seatbook_record_use_request *requests,
                                                    size_t count, seatbook_id *assignments,
                                                    seatbook_code *codes, uint64_t *done,
                                                    seatbook_error **error);

/* The rows of an import of a roster that were not added, as a file that can be mended and imported
 * again: one row with one text, in column 0 (SEATBOOK_COLUMN_TEXTS_VALUE). `report` is the answer of
 * seatbook_import_roster(); format NULL is the usual one, and must be the profile that the import was
 * given. Errors: SEATBOOK_INVALID_ARGUMENT, SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *csv.
 */
SEATBOOK_API seatbook_code seatbook_rows_to_csv(const seatbook_rows *report,
                                                const seatbook_csv_format *format,
                                                seatbook_rows **csv, seatbook_error **error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SEATBOOK_H_ */
