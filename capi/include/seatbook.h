/* seatbook.h: the C API of Seatbook, a library that records who holds a seat on which software
 * license, since when, and who granted it.
 *
 * This header is the complete reference of the C API and of the bindings built on it. Anything it
 * does not declare is private. The parts that repeat for every operation are generated from the C++
 * headers by capi/tools/generate.py, so that the two APIs cannot diverge.
 *
 * EXPERIMENTAL until version 1.0: names and struct layouts may change. From 1.0 on they are stable,
 * and a test compares them with the recorded ABI (capi/abi/).
 *
 * Conventions
 *
 *  1. Handles. A handle is an opaque pointer. Each kind of handle has one function whose name ends
 *     in _free, and which accepts NULL. Memory that the library allocated must be freed by the
 *     library. A handle of the wrong kind is treated like NULL, and so is a freed handle until its
 *     memory is reused; the _free functions ignore both.
 *  2. Return codes. A function that can fail returns SEATBOOK_OK (0) or one of the error codes
 *     below. Treat an unknown code as an error. Results are returned through out-parameters, which
 *     are written only on success. An out-parameter may be NULL if its value is not needed.
 *  3. Errors. The last parameter of such a function, `error`, is an out-parameter too and may be
 *     NULL. On failure it receives an object that the caller frees. On success it is not written.
 *     The code, `field`, `index`, `values` and `outcomes` of an error are for programs and stable.
 *     The message is for people and may change.
 *  4. Malformed arguments. A malformed argument fails with SEATBOOK_INVALID_ARGUMENT: NULL for a
 *     required argument, a struct of a wrong size, unknown field bits, a text with NULL data and a
 *     size. The error's `field` names the parameter or member. Pointers other than NULL must be
 *     valid. An array with more items than the function accepts fails with SEATBOOK_LIMIT_EXCEEDED,
 *     and none of its items is read.
 *  5. Requests. A request is a struct that starts with `struct_size` (its sizeof) and `fields`, a
 *     set of bits SEATBOOK_FIELD_... with one bit for each member that is set. Initialize it with
 *     the struct's ..._INIT macro. A member whose bit is not set must be 0. It then has its default
 *     value; in an update, the stored value is kept. In an update, a member whose bit is set clears
 *     the stored value if it is empty: a text of size 0, SEATBOOK_NO_ID, SEATBOOK_NONE for an
 *     amount, SEATBOOK_NO_DATE for a day. Members are only ever appended: a smaller struct from an
 *     older header is accepted, and a larger one from a newer header is accepted if the additional
 *     bytes are 0. In an array, all structs must have the `struct_size` of the first one. A NULL
 *     request is a request without members. The library does not use a request, or anything it
 *     points to, after the call has returned.
 *  6. Texts. An input text is a pointer and a size in bytes. SEATBOOK_NUL_TERMINATED as the size
 *     means that the text ends with NUL. Texts must be valid UTF-8 without NUL, at most one
 *     mebibyte; a longer text is malformed. NULL with size 0 is the empty text.
 *  7. Results. Results are immutable objects of type seatbook_rows: tables with named columns. A
 *     list has any number of rows; every other result is a table with one row. Pointers into a
 *     result are valid until it is freed. Any number of threads may read one result. Free it
 *     exactly once.
 *  8. Values. Integers have a fixed width. Ids start at 1; 0 means no record. Numbers that users
 *     see do not exceed 2^53. A time is in microseconds since 1970-01-01T00:00:00Z, a day in days
 *     since 1970-01-01, an amount of money in ten-thousandths. A flag is 0 or 1. A choice
 *     (SEATBOOK_PERSON_STATE_ACTIVE ...) is an enumeration value: its number never changes its
 *     meaning, and later releases may add values.
 *  9. Callbacks. No callback is required: events are polled with seatbook_events_after(), and
 *     imports are monitored and cancelled through a seatbook_progress. Callbacks are passed as one
 *     struct with `struct_size`, `self` and `destroy`. Its size may differ as that of a request.
 *     The library calls `destroy` exactly once, even if the function fails, unless the struct is
 *     NULL or its size is invalid. A callback runs on a thread that is calling the library. The
 *     comment of each struct says which calls its callbacks may make. The library throws no C++
 *     exception to its caller, and a callback must not throw one.
 * 10. Threads. Books, sessions, clocks and progress objects may be used by several threads at the
 *     same time. Free a handle only after the last call that uses it has returned. The library
 *     keeps no thread-local state. A function's comment mentions threads and cost only if they
 *     differ from this rule.
 * 11. Order of checks. All operations check for errors in the same order and report the first one:
 *     1 malformed call; 2 book closed, forked, or refusing writes; 3 permission; 4 the record that
 *     the call names; 5 other records that it names; 6 fields, in the order of the request;
 *     7 expected revision; 8 rules; 9 capacity; 10 storage. A call that fails has changed nothing.
 * 12. Out of memory. A call that runs out of memory fails with SEATBOOK_OUT_OF_MEMORY and has
 *     changed nothing. There is one exception: if a bulk command or an import has committed and
 *     memory runs out while its result is built, the call succeeds and the result is NULL. If the
 *     storage runs out of memory, the call fails with SEATBOOK_STORAGE_FAILED and has changed
 *     nothing, or, during the commit, with SEATBOOK_STORAGE_UNKNOWN. If memory runs out after a
 *     change was written to storage and before the book's tables are updated, every later call
 *     fails with SEATBOOK_BOOK_NEEDS_REOPEN; the change is there when the book is opened again.
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
  /* The ABI version of this header. It increases with each addition. An incompatible change also
   * changes the SONAME. */
  SEATBOOK_ABI_VERSION = 1
};

/* Returns the version of the loaded library, such as "0.1.0", as a static text. */
SEATBOOK_API const char *seatbook_version(void);

/* Returns the SEATBOOK_ABI_VERSION of the loaded library. It must be at least that of the header
 * the program was compiled with; before 1.0 it must be equal. */
SEATBOOK_API int32_t seatbook_abi_version(void);

/* Returns 1 if this build supports a kind of storage ("memory", "sqlite" or "postgresql"),
 * otherwise 0. */
SEATBOOK_API int32_t seatbook_has_storage(const char *kind, size_t kind_size);

/* --------------------------------------------------------------------------------------- values */

typedef uint64_t seatbook_id;   /* the id of a person, a license, an assignment or an actor */
typedef int64_t seatbook_time;  /* microseconds since 1970-01-01T00:00:00Z, until the end of 2200 */
typedef int32_t seatbook_date;  /* days since 1970-01-01, until the end of 2200 */
typedef int64_t seatbook_money; /* ten-thousandths: 12.58 is 125800 */
typedef int32_t seatbook_flag;  /* 0 or 1 */
typedef int32_t seatbook_code;  /* SEATBOOK_OK, SEATBOOK_NO_SEATS_REMAINING ... */

typedef struct seatbook_error seatbook_error;
typedef struct seatbook_rows seatbook_rows;

/* A text in a request (convention 6). */
typedef struct seatbook_text {
  const char *data;
  size_t size; /* in bytes, or SEATBOOK_NUL_TERMINATED */
} seatbook_text;

#define SEATBOOK_NUL_TERMINATED SIZE_MAX

/* No value, for times, amounts and numbers: -(2^53 - 1). */
#define SEATBOOK_NONE (-INT64_C(9007199254740991))
/* No limit, for a number of seats. */
#define SEATBOOK_UNLIMITED SEATBOOK_NONE
/* No record, for an id that an update clears. It is not 0, because 0 is what a lookup returns if it
 * finds no record; an update rejects 0. */
#define SEATBOOK_NO_ID UINT64_C(9007199254740991)
/* No value, for days. */
#define SEATBOOK_NO_DATE (-INT32_C(2147483647))
/* Placeholders for an input text that is not a valid time, amount or day. The call fails with
 * SEATBOOK_INVALID_DATE or SEATBOOK_INVALID_MONEY at the point where the member is checked, so that
 * a binding does not have to reproduce the order of checks (C74). For a valid value that is out of
 * range, pass any number that is out of range: the call fails with SEATBOOK_DATE_OUT_OF_RANGE or
 * SEATBOOK_MONEY_OUT_OF_RANGE. */
#define SEATBOOK_UNREADABLE_TIME INT64_MIN
#define SEATBOOK_UNREADABLE_MONEY INT64_MIN
#define SEATBOOK_UNREADABLE_DATE INT32_MIN
/* The largest time that a book accepts: 2200-12-31T23:59:59.999999Z. */
#define SEATBOOK_MAX_TIME INT64_C(7289654399999999)
/* The largest amount: 99,999,999.9999. */
#define SEATBOOK_MAX_MONEY INT64_C(999999999999)
/* The maximum number of records of one kind in one book. */
#define SEATBOOK_MAX_RECORDS INT64_C(4294967294)

/* Limits. Those of texts are in code points, the others in items, rows or bytes. */
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
  SEATBOOK_ALL_ROWS = 0, /* all rows, as the limit of seatbook_seat_list() or seatbook_roster() */
  SEATBOOK_MAX_VALUE_TEXT = 48 /* the size of any formatted value, including the NUL */
};

/* The four functions below parse a text. They report the same errors as the operations that take
 * such a value, with "text" as the error's field. Threads: any. Cost: O(size). */

/* Parses an amount such as "12.58": a plain decimal number with at most four decimals. Errors:
 * SEATBOOK_INVALID_MONEY, SEATBOOK_MONEY_OUT_OF_RANGE. */
SEATBOOK_API seatbook_code seatbook_money_parse(const char *text, size_t text_size,
                                                seatbook_money *money, seatbook_error **error);
/* Parses a time such as "2026-03-01T12:00:00Z": RFC 3339, with Z or an offset. Errors:
 * SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE. */
SEATBOOK_API seatbook_code seatbook_time_parse(const char *text, size_t text_size,
                                               seatbook_time *time, seatbook_error **error);
/* Parses a day such as "2026-03-01". Errors: SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE. */
SEATBOOK_API seatbook_code seatbook_date_parse(const char *text, size_t text_size,
                                               seatbook_date *date, seatbook_error **error);
/* Parses a request id, 32 hexadecimal digits or a UUID with hyphens, into 16 bytes. Errors:
 * SEATBOOK_INVALID_ARGUMENT. */
SEATBOOK_API seatbook_code seatbook_request_id_parse(const char *text, size_t text_size,
                                                     uint8_t *request_id, seatbook_error **error);

/* The four functions below format a value as the text that the matching parse function accepts.
 * They write at most `capacity` bytes, including the final NUL, and return the size of the complete
 * text without the NUL, even if it did not fit. `buffer` may be NULL if `capacity` is 0. A buffer
 * of SEATBOOK_MAX_VALUE_TEXT bytes holds any value. Threads: any. */
SEATBOOK_API size_t seatbook_money_format(seatbook_money money, char *buffer, size_t capacity);
SEATBOOK_API size_t seatbook_time_format(seatbook_time time, char *buffer, size_t capacity);
SEATBOOK_API size_t seatbook_date_format(seatbook_date date, char *buffer, size_t capacity);
SEATBOOK_API size_t seatbook_request_id_format(const uint8_t *request_id, char *buffer,
                                               size_t capacity);

/* ---------------------------------------------------------------------------------------- codes */

/* The error codes (docs/reference/errors.md), one for each rule that a caller can act on. A number
 * is never reused with another meaning. The tens follow the order of checks (convention 11). */
enum {
  SEATBOOK_OK = 0,
  SEATBOOK_INVALID_ARGUMENT = 1,
  SEATBOOK_INVALID_TEXT = 2, /* A text that is not UTF-8, or that contains NUL (C51). */
  SEATBOOK_FILE_TOO_LARGE = 3, /* More than 5,242,880 bytes (C31). */
  SEATBOOK_INVALID_FILE_ENCODING = 4, /* UTF-16, not UTF-8, or with a NUL byte (C34). */
  /* An unclosed quote, text after a closing quote, a cell or row too large. */
  SEATBOOK_MALFORMED_CSV = 5,
  SEATBOOK_HEADER_MISSING = 6, /* The file has no header line. */
  SEATBOOK_COLUMN_MISSING = 7, /* A column is missing in the header; `field` names it. */
  SEATBOOK_DUPLICATE_COLUMN = 8, /* A column occurs twice in the header; `field` names it (C30). */
  SEATBOOK_BOOK_CLOSED = 10, /* close() was called. */
  SEATBOOK_BOOK_NEEDS_REOPEN = 11, /* The book no longer matches its storage; open it again. */
  SEATBOOK_CLOCK_BEHIND = 12, /* The clock is more than 10 minutes behind the last batch (C52). */
  /* seatbook_session_at_least() requests a version that is not committed yet. */
  SEATBOOK_BOOK_BEHIND = 13,
  SEATBOOK_BOOK_FORKED = 14, /* This process is a fork of the one that opened the book. */
  SEATBOOK_BOOK_READ_ONLY = 15, /* The book was opened read-only. */
  SEATBOOK_PERMISSION_DENIED = 20, /* The actor lacks a permission (C43). */
  SEATBOOK_REPEATED_REQUEST = 25, /* `values`: {the version that committed the request} (C58). */
  SEATBOOK_PERSON_NOT_FOUND = 30,
  SEATBOOK_PERSON_ARCHIVED = 31,
  SEATBOOK_PERSON_ERASED = 32,
  SEATBOOK_LICENSE_NOT_FOUND = 33,
  SEATBOOK_LICENSE_ARCHIVED = 34,
  SEATBOOK_ASSIGNMENT_NOT_FOUND = 35,
  SEATBOOK_ACTOR_NOT_FOUND = 36,
  SEATBOOK_REQUIRED = 40, /* A required field is empty. */
  SEATBOOK_TEXT_TOO_LONG = 41,
  SEATBOOK_INVALID_EMAIL = 42,
  SEATBOOK_INVALID_CURRENCY = 43, /* Not three upper-case letters. */
  SEATBOOK_OWNER_REQUIRED = 44, /* No owner is given and the actor is not a person (C23). */
  SEATBOOK_TOTAL_OUT_OF_RANGE = 45, /* Not 0 to 1,000,000,000 and not unlimited. */
  SEATBOOK_MONEY_OUT_OF_RANGE = 46, /* Not 0 to 99,999,999.9999 (C53). */
  SEATBOOK_INVALID_MONEY = 47, /* Not a plain decimal with at most four decimals (C33, C53). */
  /* Outside the years 1970 to 2200; `held_since`: in the future (C62). */
  SEATBOOK_DATE_OUT_OF_RANGE = 48,
  SEATBOOK_INVALID_DATE = 49, /* Not of the documented form, or not a calendar date. */
  /* More records or items than a book or a call accepts (SEATBOOK_MAX_...). */
  SEATBOOK_LIMIT_EXCEEDED = 50,
  SEATBOOK_STALE_REVISION = 60, /* `values`: {the current revision} (C57). */
  SEATBOOK_EMAIL_TAKEN = 71, /* Another person has the email; `values`: {that person} (C17). */
  SEATBOOK_HOST_KEY_TAKEN = 72, /* Another record has the host key; `values`: {that record}. */
  SEATBOOK_BACKUP_IS_OWNER = 73, /* Owner and backup owner must differ (B6, C20). */
  /* The total is below the seats in use; `values`: {used, total} (C12). */
  SEATBOOK_TOTAL_BELOW_USED = 74,
  /* The person holds a seat; `values`: {the active assignment} (A44). */
  SEATBOOK_ALREADY_ASSIGNED = 75,
  SEATBOOK_ALREADY_REVOKED = 76, /* The assignment was revoked before (A45). */
  SEATBOOK_NOT_FLAGGED = 77, /* The assignment is not flagged for review (C47). */
  SEATBOOK_SAME_PERSON = 78, /* The seat is transferred to its current holder (C55). */
  SEATBOOK_HAS_ACTIVE_SEATS = 79, /* `values`: the active assignments, at most 100 (C49, C50). */
  SEATBOOK_OWNS_LICENSES = 80, /* `values`: the licenses owned or backed up, at most 100 (C49). */
  SEATBOOK_USED_BEFORE_ASSIGNED = 81, /* A last use before the person held the seat (C54, C62). */
  SEATBOOK_USED_IN_FUTURE = 82, /* A last use more than 24 hours ahead of the clock (C54). */
  /* `values`: the active assignments with a cost override, at most 100 (C65). */
  SEATBOOK_CURRENCY_IN_USE = 83,
  SEATBOOK_NO_SEATS_REMAINING = 90, /* Every seat of the license is in use (A43). */
  SEATBOOK_BULK_REFUSED = 91,
  SEATBOOK_CONFLICT = 100, /* Other writers were first at every attempt; nothing was written. */
  SEATBOOK_STORAGE_FAILED = 101, /* Definitely not written; the book stays usable. */
  SEATBOOK_STORAGE_UNKNOWN = 102, /* Possibly written; no further write until that is known. */
  SEATBOOK_STORAGE_CORRUPT = 103, /* The stored records break the rules; the book is unusable. */
  SEATBOOK_STORAGE_IN_USE = 104, /* Another book or another program has the file open. */
  SEATBOOK_NOT_A_BOOK = 105, /* The file or database belongs to something else. */
  /* Written by a later release; `values`: {its format, the newest known}. */
  SEATBOOK_FORMAT_TOO_NEW = 106,
  /* The last writer was interrupted: open the book for writing once. */
  SEATBOOK_NEEDS_RECOVERY = 107,
  /* This build has no such storage, or it does not support the call. */
  SEATBOOK_UNSUPPORTED_STORAGE = 108,
  /* Written by an earlier release; `values`: {its format, the newest}. */
  SEATBOOK_NEEDS_MIGRATION = 109,
  SEATBOOK_OUT_OF_MEMORY = 110, /* Nothing was changed. */
  SEATBOOK_INTERNAL = 111, /* A bug in this library; nothing was acknowledged. */
  SEATBOOK_CANCELLED = 112 /* The caller ended the call; an import has changed nothing. */
};

/* -------------------------------------------------------------------------------------- choices */

/* A named bundle of capabilities (A4, C42). */
typedef int32_t seatbook_role;
enum {
  SEATBOOK_ROLE_SUPER_ADMIN = 0, /* everything */
  SEATBOOK_ROLE_IT_ADMIN = 1, /* everything */
  SEATBOOK_ROLE_ADMIN = 2, /* everything */
  SEATBOOK_ROLE_MANAGER = 3, /* view_own */
  SEATBOOK_ROLE_EMPLOYEE = 4 /* view_own */
};

/* One capability. seatbook_operation_permissions() returns which ones an operation needs. */
typedef int32_t seatbook_permission;
enum {
  SEATBOOK_PERMISSION_VIEW = 0, /* People, licenses, lists, history, events, reports. */
  SEATBOOK_PERMISSION_VIEW_OWN = 1, /* The actor's own seats and history. */
  SEATBOOK_PERMISSION_EDIT = 2, /* Edit people and licenses. Implies `assign` (B1). */
  SEATBOOK_PERMISSION_CREATE = 3, /* New licenses. */
  SEATBOOK_PERMISSION_ASSIGN = 4, /* Assign, revoke, transfer and edit seats. */
  SEATBOOK_PERMISSION_ARCHIVE_PERSON = 5, /* Archive, reactivate, erase a person. */
  SEATBOOK_PERMISSION_EXPORT = 6, /* Export CSV files. */
  /* For checks of the host (backup, clock repair); no operation needs it. */
  SEATBOOK_PERMISSION_ADMINISTER = 7
};

/* The operations of a session. Their names are the same in every language. */
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

/* The policy that applies when every seat is in use (C7). */
typedef int32_t seatbook_capacity_policy;
enum {
  SEATBOOK_CAPACITY_POLICY_ENFORCE = 0, /* Further assignments are refused. */
  /* Further assignments are made, and shown as over-allocation. */
  SEATBOOK_CAPACITY_POLICY_ALLOW_OVER = 1
};

/* How often the cost per seat is charged (C53). */
typedef int32_t seatbook_billing_period;
enum {
  SEATBOOK_BILLING_PERIOD_MONTH = 0,
  SEATBOOK_BILLING_PERIOD_YEAR = 1,
  SEATBOOK_BILLING_PERIOD_ONCE = 2
};

/* The kind of a history row (C48). */
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

/* The sort key of a list (A27). Ties are ordered by assignment id, so the order is total.
 * Descending order is ascending order reversed. */
typedef int32_t seatbook_seat_sort;
enum {
  SEATBOOK_SEAT_SORT_USER = 0, /* the holder's case-folded name (C17) */
  SEATBOOK_SEAT_SORT_ASSIGNED = 1, /* when the seat was assigned */
  /* when the seat was last used; never used sorts before any date */
  SEATBOOK_SEAT_SORT_LAST_USED = 2
};

/* How texts are written in the cells of a file (C38). Reading a file with the profile it was
 * written with restores every text. */
typedef int32_t seatbook_csv_profile;
enum {
  /* For people. A text that a spreadsheet would treat as a formula is written with a leading
   * `'`, which is removed when the file is read: a text that begins with = + - @, a tab, CR, LF,
   * ' or the full-width form of one of the first four. Dates are `YYYY-MM-DD`. */
  SEATBOOK_CSV_PROFILE_SPREADSHEET = 0,
  /* For programs. Texts are written unchanged. Instants are RFC 3339 in UTC. */
  SEATBOOK_CSV_PROFILE_EXACT = 1
};

/* The date format of a file. */
typedef int32_t seatbook_date_order;
enum {
  SEATBOOK_DATE_ORDER_ISO = 0, /* 2026-09-30 */
  /* 9/30/2026; also with `.` or `-`, and with leading zeros */
  SEATBOOK_DATE_ORDER_MONTH_DAY_YEAR = 1,
  SEATBOOK_DATE_ORDER_DAY_MONTH_YEAR = 2 /* 30/9/2026; likewise */
};

/* What a row of a utilization report covers. */
typedef int32_t seatbook_utilization_by;
enum {
  SEATBOOK_UTILIZATION_BY_LICENSE = 0,
  SEATBOOK_UTILIZATION_BY_PRODUCT_GROUP = 1,
  SEATBOOK_UTILIZATION_BY_BOOK = 2
};

/* The result of one row of a roster (B20, C26, C37). */
typedef int32_t seatbook_roster_outcome;
enum {
  SEATBOOK_ROSTER_OUTCOME_ADDED = 0,
  /* the person holds a seat, or an earlier row added one */
  SEATBOOK_ROSTER_OUTCOME_ALREADY_LINKED = 1,
  SEATBOOK_ROSTER_OUTCOME_NOT_FOUND = 2, /* no person has the email */
  SEATBOOK_ROSTER_OUTCOME_INVALID = 3,
  SEATBOOK_ROSTER_OUTCOME_NO_SEATS = 4,
  SEATBOOK_ROSTER_OUTCOME_REMOVED = 5 /* the row has a `Date Removed` */
};

/* The result of one row of an inventory. */
typedef int32_t seatbook_inventory_outcome;
enum {
  SEATBOOK_INVENTORY_OUTCOME_ADDED = 0,
  SEATBOOK_INVENTORY_OUTCOME_ALREADY_KNOWN = 1,
  SEATBOOK_INVENTORY_OUTCOME_INVALID = 2,
  /* the license was added, but its holder got no seat */
  SEATBOOK_INVENTORY_OUTCOME_WITHOUT_SEAT = 3
};

/* The outcome of a seat whose holder was archived. */
typedef int32_t seatbook_offboarding_outcome;
enum {
  SEATBOOK_OFFBOARDING_OUTCOME_WAITING = 0, /* Not reviewed yet. */
  SEATBOOK_OFFBOARDING_OUTCOME_KEPT = 1, /* Marked as reviewed and still held (B32). */
  SEATBOOK_OFFBOARDING_OUTCOME_RELEASED = 2, /* Revoked or transferred (B31, C10). */
  /* The person was reactivated before a release (C47). */
  SEATBOOK_OFFBOARDING_OUTCOME_REACTIVATED = 3
};

/* When a commit to a file is durable. */
typedef int32_t seatbook_durability;
enum {
  SEATBOOK_DURABILITY_FULL = 0, /* A process, system or power failure: every commit is synced. */
  /* A process failure. A system failure can lose the last commits. */
  SEATBOOK_DURABILITY_RELAXED = 1
};

/* The kinds of choices: arguments of the two functions below and results of
 * seatbook_rows_column_choice(). */
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

/* Returns the name of a choice as the other languages and JSON spell it: for
 * (SEATBOOK_CHOICE_CODE, 90), "no_seats_remaining". Returns "unknown" if there is no such choice.
 * The text is static: do not free it. Threads: any. */
SEATBOOK_API const char *seatbook_choice_name(int32_t choice, int32_t value);

/* Looks up the number of a choice by its name. Role names may be spelled with - or with _. Errors:
 * SEATBOOK_INVALID_ARGUMENT (no such choice). Threads: any. */
SEATBOOK_API seatbook_code seatbook_choice_value(int32_t choice, const char *name, size_t name_size,
                                                 int32_t *value, seatbook_error **error);

/* --------------------------------------------------------------------------------------- errors */

/* An error describes why a call failed. The functions below accept NULL, and then return what they
 * return for an empty error. Ownership: the pointers they return are valid until the error is
 * freed. Threads: any, at the same time. */

/* Returns the error's code. */
SEATBOOK_API seatbook_code seatbook_error_code(const seatbook_error *error);
/* Returns the error's message: one line of UTF-8 for people, terminated by NUL. Messages may
 * change, except for the three that rules A43 to A45 quote. */
SEATBOOK_API const char *seatbook_error_message(const seatbook_error *error);
/* Returns the name of the request member or the parameter that caused the error, terminated by NUL.
 * May be "". */
SEATBOOK_API const char *seatbook_error_field(const seatbook_error *error);
/* Returns the position of the failed item of a bulk call, counted from 0; otherwise -1. */
SEATBOOK_API int64_t seatbook_error_index(const seatbook_error *error);
/* Returns the numbers that belong to the code, see docs/reference/errors.md, and stores their
 * number in *count. */
SEATBOOK_API const uint64_t *seatbook_error_values(const seatbook_error *error, size_t *count);
/* Returns the outcome of each item of a bulk call that failed with SEATBOOK_BULK_REFUSED, as rows
 * of Outcome; otherwise NULL. The rows are freed with the error; seatbook_rows_free() ignores
 * them. */
SEATBOOK_API const seatbook_rows *seatbook_error_outcomes(const seatbook_error *error);
SEATBOOK_API void seatbook_error_free(seatbook_error *error);

/* -------------------------------------------------------------------------------------- results */

/* The types of columns. "number" is read with seatbook_rows_number(), "text" with
 * seatbook_rows_text(). */
enum {
  SEATBOOK_TYPE_ID = 1,        /* number: the id of a record; 0: none */
  SEATBOOK_TYPE_NUMBER = 2,    /* number */
  SEATBOOK_TYPE_FLAG = 3,      /* number: 0 or 1 */
  SEATBOOK_TYPE_CHOICE = 4,    /* number: see seatbook_rows_column_choice() */
  SEATBOOK_TYPE_TIME = 5,      /* number: seatbook_time */
  SEATBOOK_TYPE_DATE = 6,      /* number: seatbook_date */
  SEATBOOK_TYPE_MONEY = 7,     /* number: seatbook_money */
  SEATBOOK_TYPE_MONEY_SUM = 8, /* text: a decimal number with two to four decimals, of any size */
  SEATBOOK_TYPE_TEXT = 9,      /* text */
  /* A nested record, without a value. Its members are the columns that follow. They are named after
   * this column: its name, `_`, and the name of the member. */
  SEATBOOK_TYPE_RECORD = 10,
  /* A list of rows in each row, without a value. See seatbook_rows_list(). */
  SEATBOOK_TYPE_LIST = 11
};

/* A result: an immutable table. The constants SEATBOOK_COLUMN_... below are the numbers of its
 * columns. The functions below also describe the columns, so that a binding does not need a list of
 * them.
 *
 * None of these functions fails. For NULL, for a row or column that does not exist, and for a
 * column of another type, they return an empty value: 0, "", NULL or SEATBOOK_NONE. Ownership: the
 * pointers they return are valid until the result is freed. Threads: any, at the same time. Cost:
 * O(1) unless noted. */

/* Returns the number of rows. */
SEATBOOK_API size_t seatbook_rows_count(const seatbook_rows *rows);
/* Returns the name of the rows' type, such as "SeatListRow". */
SEATBOOK_API const char *seatbook_rows_name(const seatbook_rows *rows);

/* Returns the number of columns. */
SEATBOOK_API uint32_t seatbook_rows_column_count(const seatbook_rows *rows);
/* Returns the name of a column. */
SEATBOOK_API const char *seatbook_rows_column_name(const seatbook_rows *rows, uint32_t column);
/* Returns the type of a column, SEATBOOK_TYPE_... */
SEATBOOK_API int32_t seatbook_rows_column_type(const seatbook_rows *rows, uint32_t column);
/* Returns the kind of choice, SEATBOOK_CHOICE_..., of a column of type SEATBOOK_TYPE_CHOICE;
 * otherwise 0. */
SEATBOOK_API int32_t seatbook_rows_column_choice(const seatbook_rows *rows, uint32_t column);
/* Returns how many of the following columns are members of a column of type SEATBOOK_TYPE_RECORD,
 * including the members of records nested in it; otherwise 0. */
SEATBOOK_API uint32_t seatbook_rows_column_members(const seatbook_rows *rows, uint32_t column);
/* Returns the number of the column with a name, or seatbook_rows_column_count() if there is none.
 * Cost: O(columns). */
SEATBOOK_API uint32_t seatbook_rows_column(const seatbook_rows *rows, const char *name,
                                           size_t name_size);

/* Returns one value as a number. A missing id is 0; every other missing number is SEATBOOK_NONE. */
SEATBOOK_API int64_t seatbook_rows_number(const seatbook_rows *rows, size_t row, uint32_t column);
/* Returns one value as a text terminated by NUL, and stores its size without the NUL in *size
 * unless `size` is NULL. A missing text is "". */
SEATBOOK_API const char *seatbook_rows_text(const seatbook_rows *rows, size_t row, uint32_t column,
                                            size_t *size);
/* Returns 1 if the row has no value in the column, or if the row or the column does not exist;
 * otherwise 0. */
SEATBOOK_API int32_t seatbook_rows_is_null(const seatbook_rows *rows, size_t row, uint32_t column);

/* The functions below return a whole column, for languages in which a call into C is slow. */

/* Returns one number for each row, for a column that is read as numbers. */
SEATBOOK_API const int64_t *seatbook_rows_numbers(const seatbook_rows *rows, uint32_t column);
/* Returns one offset more than there are rows. In a column of texts, text n starts at byte
 * offsets[n] of seatbook_rows_bytes(), and its final NUL is at offsets[n + 1] - 1. In a column of
 * lists, the list of row n consists of the rows offsets[n] (inclusive) to offsets[n + 1]
 * (exclusive) of seatbook_rows_list(). */
SEATBOOK_API const uint64_t *seatbook_rows_offsets(const seatbook_rows *rows, uint32_t column);
/* Returns the texts of all rows, each followed by a NUL, and stores the number of bytes in
 * *size. */
SEATBOOK_API const char *seatbook_rows_bytes(const seatbook_rows *rows, uint32_t column,
                                             size_t *size);
/* Returns the bitmap of the rows that have a value: bit n % 8 of byte n / 8 is 1 if row n has one.
 * Returns NULL if all rows have a value. */
SEATBOOK_API const uint8_t *seatbook_rows_validity(const seatbook_rows *rows, uint32_t column);
/* Returns the rows of all lists of a column, in order. They are freed with `rows`;
 * seatbook_rows_free() ignores them. */
SEATBOOK_API const seatbook_rows *seatbook_rows_list(const seatbook_rows *rows, uint32_t column);

/* Exports the table through the Arrow C stream interface, as one batch. Needs no Arrow library: the
 * struct is defined by Arrow's own header. The caller releases *stream, which may outlive `rows`.
 * On failure *stream is not written. Columns have the same types as in Python: ids and numbers are
 * uint64, choices and texts UTF-8, times microseconds in UTC, amounts decimals with four places.
 * Columns of lists and of nested records are left out; the members of nested records are included.
 * Errors: SEATBOOK_INVALID_ARGUMENT, SEATBOOK_OUT_OF_MEMORY. Cost: O(values). */
struct ArrowArrayStream;
SEATBOOK_API seatbook_code seatbook_rows_to_arrow(const seatbook_rows *rows,
                                                  struct ArrowArrayStream *stream,
                                                  seatbook_error **error);

/* Formats a row of Event or Notification as the JSON that webhooks deliver
 * (docs/reference/events.md). The result has one row with one text, in column 0
 * (SEATBOOK_COLUMN_TEXTS_VALUE). Errors: SEATBOOK_INVALID_ARGUMENT (rows of another type, no such
 * row), SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *json. */
SEATBOOK_API seatbook_code seatbook_rows_to_json(const seatbook_rows *rows, size_t row,
                                                 seatbook_rows **json, seatbook_error **error);

SEATBOOK_API void seatbook_rows_free(seatbook_rows *rows);

/* Columns of a list of ids. */
enum {
  SEATBOOK_COLUMN_IDS_VALUE = 0 /* id */
};

/* Columns of a list of texts. */
enum {
  SEATBOOK_COLUMN_TEXTS_VALUE = 0 /* text */
};

/* Columns of PersonReceipt. */
enum {
  SEATBOOK_COLUMN_PERSON_RECEIPT_PERSON = 0, /* id */
  SEATBOOK_COLUMN_PERSON_RECEIPT_REVISION = 1, /* number; of the person, after the call */
  /* number; How many needs_review flags of assignments the call set or cleared. */
  SEATBOOK_COLUMN_PERSON_RECEIPT_FLAGS_CHANGED = 2,
  SEATBOOK_COLUMN_PERSON_RECEIPT_VERSION = 3 /* number */
};

/* Columns of LicenseReceipt. */
enum {
  SEATBOOK_COLUMN_LICENSE_RECEIPT_LICENSE = 0, /* id */
  SEATBOOK_COLUMN_LICENSE_RECEIPT_REVISION = 1, /* number; of the license, after the call */
  SEATBOOK_COLUMN_LICENSE_RECEIPT_VERSION = 2 /* number */
};

/* Columns of SeatReceipt. */
enum {
  SEATBOOK_COLUMN_SEAT_RECEIPT_ASSIGNMENT = 0, /* id; transfer: the new assignment */
  SEATBOOK_COLUMN_SEAT_RECEIPT_REVISION = 1, /* number; of the assignment, after the call */
  SEATBOOK_COLUMN_SEAT_RECEIPT_VERSION = 2 /* number */
};

/* Columns of BulkReceipt. */
enum {
  /* list of Outcome; One outcome per item, in the caller's order; an item named twice has one,
   * at its first position. */
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

/* Columns of Outcome. */
enum {
  SEATBOOK_COLUMN_OUTCOME_CODE = 0, /* choice: seatbook_code; `ok`, or why the item was skipped */
  /* number; the id that the item named: a license, a person or an assignment */
  SEATBOOK_COLUMN_OUTCOME_ITEM = 1,
  /* id; may be null; The assignment that was created, revoked or found, if any. */
  SEATBOOK_COLUMN_OUTCOME_ASSIGNMENT = 2
};

/* Columns of BulkSummary. */
enum {
  SEATBOOK_COLUMN_BULK_SUMMARY_DONE = 0, /* number; assigned, revoked or recorded */
  SEATBOOK_COLUMN_BULK_SUMMARY_SKIPPED = 1, /* number; the sum of the counters below */
  SEATBOOK_COLUMN_BULK_SUMMARY_NO_SEATS_REMAINING = 2, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_ALREADY_ASSIGNED = 3, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_LICENSE_ARCHIVED = 4, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_PERSON_ARCHIVED = 5, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_PERSON_ERASED = 6, /* number */
  SEATBOOK_COLUMN_BULK_SUMMARY_OTHER = 7, /* number; record_uses only */
  SEATBOOK_COLUMN_BULK_SUMMARY_ASSIGN_TEXT = 8 /* text */
};

/* Columns of Person. */
enum {
  SEATBOOK_COLUMN_PERSON_ID = 0, /* id */
  SEATBOOK_COLUMN_PERSON_NAME = 1, /* text; 1 to 255 code points */
  /* text; as given; empty: none. Unique when case-folded (C17). */
  SEATBOOK_COLUMN_PERSON_EMAIL = 2,
  /* text; the host's own id; empty: none. Unique when given. */
  SEATBOOK_COLUMN_PERSON_HOST_KEY = 3,
  SEATBOOK_COLUMN_PERSON_STATE = 4, /* choice: seatbook_person_state */
  SEATBOOK_COLUMN_PERSON_REVISION = 5 /* number */
};

/* Columns of License. */
enum {
  SEATBOOK_COLUMN_LICENSE_ID = 0, /* id */
  SEATBOOK_COLUMN_LICENSE_NAME = 1, /* text; 1 to 255 code points; not unique */
  SEATBOOK_COLUMN_LICENSE_VENDOR = 2, /* text */
  SEATBOOK_COLUMN_LICENSE_PRODUCT_GROUP = 3, /* text; reports can add up the licenses of a group */
  /* text; the host's own id; empty: none. Unique when given. */
  SEATBOOK_COLUMN_LICENSE_HOST_KEY = 4,
  SEATBOOK_COLUMN_LICENSE_TOTAL_SEATS = 5, /* number; null: unlimited */
  SEATBOOK_COLUMN_LICENSE_POLICY = 6, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_LICENSE_OWNER = 7, /* id; always set (B4); uses no seat (C11) */
  SEATBOOK_COLUMN_LICENSE_BACKUP_OWNER = 8, /* id; may be null; never the owner (B6) */
  SEATBOOK_COLUMN_LICENSE_COST_PER_SEAT = 9, /* money; may be null; the standard cost (B34) */
  /* text; ISO 4217, such as "EUR"; empty: none given, so no cost either */
  SEATBOOK_COLUMN_LICENSE_CURRENCY = 10,
  SEATBOOK_COLUMN_LICENSE_BILLING_PERIOD = 11, /* choice: seatbook_billing_period */
  SEATBOOK_COLUMN_LICENSE_RENEWAL_DATE = 12, /* date; may be null */
  SEATBOOK_COLUMN_LICENSE_STATE = 13, /* choice: seatbook_license_state */
  SEATBOOK_COLUMN_LICENSE_REVISION = 14 /* number */
};

/* Columns of Assignment. */
enum {
  SEATBOOK_COLUMN_ASSIGNMENT_ID = 0, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_PERSON = 2, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_ASSIGNED_AT = 3, /* time; when the book recorded it: Date Added (C5) */
  SEATBOOK_COLUMN_ASSIGNMENT_ASSIGNED_BY = 4, /* id */
  SEATBOOK_COLUMN_ASSIGNMENT_REVOKED_AT = 5, /* time; may be null; none: the seat is held */
  SEATBOOK_COLUMN_ASSIGNMENT_REVOKED_BY = 6, /* id; may be null; none: the seat is held */
  SEATBOOK_COLUMN_ASSIGNMENT_REVOKE_REASON = 7, /* text */
  SEATBOOK_COLUMN_ASSIGNMENT_ACCESS_LEVEL = 8, /* text; free text; grants nothing (A11) */
  /* text; the person's login in the vendor's application (A12) */
  SEATBOOK_COLUMN_ASSIGNMENT_ACCOUNT = 9,
  SEATBOOK_COLUMN_ASSIGNMENT_NOTES = 10, /* text */
  /* money; may be null; instead of the license's cost, in its currency */
  SEATBOOK_COLUMN_ASSIGNMENT_COST_OVERRIDE = 11,
  /* flag; flagged for review: the holder was archived (B28) */
  SEATBOOK_COLUMN_ASSIGNMENT_NEEDS_REVIEW = 12,
  SEATBOOK_COLUMN_ASSIGNMENT_REVISION = 13, /* number */
  /* time; may be null; Since when the person has held the seat, if not since assigned_at (C62). */
  SEATBOOK_COLUMN_ASSIGNMENT_HELD_SINCE = 14,
  SEATBOOK_COLUMN_ASSIGNMENT_ACTIVE = 15 /* flag */
};

/* Columns of ActorRecord. */
enum {
  SEATBOOK_COLUMN_ACTOR_RECORD_ID = 0, /* id */
  SEATBOOK_COLUMN_ACTOR_RECORD_ACTOR = 1, /* text; the service's name; empty for a person */
  SEATBOOK_COLUMN_ACTOR_RECORD_PERSON = 2 /* id; may be null; none for a service */
};

/* Columns of Usage. */
enum {
  /* number; active assignments, including archived people's (C10, C15) */
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

/* Columns of SeatRow. */
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
  SEATBOOK_COLUMN_SEAT_ROW_COST_OVERRIDE = 9, /* money; may be null */
  /* time; "Since": held_since of the assignment, or else assigned_at (C62) */
  SEATBOOK_COLUMN_SEAT_ROW_SINCE = 10
};

/* Columns of SoftwareRow. */
enum {
  SEATBOOK_COLUMN_SOFTWARE_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_SOFTWARE_ROW_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_SOFTWARE_ROW_LICENSE_NAME = 2, /* text */
  SEATBOOK_COLUMN_SOFTWARE_ROW_NEEDS_REVIEW = 3, /* flag */
  SEATBOOK_COLUMN_SOFTWARE_ROW_ASSIGNED_AT = 4, /* time */
  SEATBOOK_COLUMN_SOFTWARE_ROW_ACCESS_LEVEL = 5, /* text */
  SEATBOOK_COLUMN_SOFTWARE_ROW_ACCOUNT = 6, /* text */
  /* time; "Since": held_since of the assignment, or else assigned_at (C62) */
  SEATBOOK_COLUMN_SOFTWARE_ROW_SINCE = 7
};

/* Columns of AssignablePerson. */
enum {
  SEATBOOK_COLUMN_ASSIGNABLE_PERSON_PERSON = 0, /* id */
  SEATBOOK_COLUMN_ASSIGNABLE_PERSON_NAME = 1, /* text */
  SEATBOOK_COLUMN_ASSIGNABLE_PERSON_EMAIL = 2 /* text */
};

/* Columns of ReviewRow. */
enum {
  SEATBOOK_COLUMN_REVIEW_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_REVIEW_ROW_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_REVIEW_ROW_LICENSE_NAME = 2, /* text */
  SEATBOOK_COLUMN_REVIEW_ROW_PERSON = 3, /* id */
  SEATBOOK_COLUMN_REVIEW_ROW_NAME = 4, /* text */
  SEATBOOK_COLUMN_REVIEW_ROW_EMAIL = 5, /* text */
  SEATBOOK_COLUMN_REVIEW_ROW_ARCHIVED = 6, /* flag; the holder is archived */
  SEATBOOK_COLUMN_REVIEW_ROW_ASSIGNED_AT = 7, /* time */
  SEATBOOK_COLUMN_REVIEW_ROW_FLAGGED_AT = 8, /* time; when it was last flagged */
  SEATBOOK_COLUMN_REVIEW_ROW_WAITING_DAYS = 9, /* number; complete days of 24 hours since then */
  /* time; "Since": held_since of the assignment, or else assigned_at (C62) */
  SEATBOOK_COLUMN_REVIEW_ROW_SINCE = 10
};

/* Columns of ArchivedOwnerRow. */
enum {
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_LICENSE = 0, /* id */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_LICENSE_NAME = 1, /* text */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_OWNER = 2, /* id */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_OWNER_ARCHIVED = 3, /* flag */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_BACKUP_OWNER = 4, /* id; may be null */
  SEATBOOK_COLUMN_ARCHIVED_OWNER_ROW_BACKUP_ARCHIVED = 5 /* flag */
};

/* Columns of LicenseContacts. */
enum {
  SEATBOOK_COLUMN_LICENSE_CONTACTS_OWNER = 0, /* id */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_OWNER_ARCHIVED = 1, /* flag */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_BACKUP_OWNER = 2, /* id; may be null */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_BACKUP_ARCHIVED = 3, /* flag */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_APPROVER = 4, /* id; may be null */
  SEATBOOK_COLUMN_LICENSE_CONTACTS_RENEWAL_RECIPIENTS = 5 /* list of Ids */
};

/* Columns of RenewalRow. */
enum {
  SEATBOOK_COLUMN_RENEWAL_ROW_LICENSE = 0, /* id */
  SEATBOOK_COLUMN_RENEWAL_ROW_LICENSE_NAME = 1, /* text */
  SEATBOOK_COLUMN_RENEWAL_ROW_RENEWAL_DATE = 2, /* date */
  /* list of Ids; people to remind (B5); empty while both are archived */
  SEATBOOK_COLUMN_RENEWAL_ROW_RECIPIENTS = 3,
  SEATBOOK_COLUMN_RENEWAL_ROW_USED = 4, /* number */
  SEATBOOK_COLUMN_RENEWAL_ROW_TOTAL = 5, /* number; null: unlimited */
  /* number; The seats needed: those held by people who are not archived, without the inactive
   * ones. Can exceed the total if the license is over-allocated. */
  SEATBOOK_COLUMN_RENEWAL_ROW_RIGHT_SIZED_SEATS = 6,
  SEATBOOK_COLUMN_RENEWAL_ROW_CURRENCY = 7, /* text */
  /* money_sum; may be null; The monthly saving with the right-sized number of seats: the cost of
   * the active seats beyond it (the override, or else the standard cost), and the waste of the
   * free seats. None if no seat of the license has a price. */
  SEATBOOK_COLUMN_RENEWAL_ROW_MONTHLY_SAVING = 8,
  /* number; The version when counting began. The row includes all of it; each seat is counted in
   * its state when it is reached (C69). `used` and `total` are exact at one version between the
   * two. */
  SEATBOOK_COLUMN_RENEWAL_ROW_VERSION = 9,
  SEATBOOK_COLUMN_RENEWAL_ROW_LAST_VERSION = 10 /* number; The version when counting ended. */
};

/* Columns of HistoryEntry. */
enum {
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW = 0, /* record HistoryRow */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_SEQ = 1, /* number */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_BATCH = 2, /* number */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_AT = 3, /* time */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_ACTOR = 4, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_KIND = 5, /* choice: seatbook_history_kind */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_LICENSE = 6, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_PERSON = 7, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_ASSIGNMENT = 8, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ROW_COUNTERPART = 9, /* id; may be null */
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
  SEATBOOK_COLUMN_HISTORY_ENTRY_TEXTS_CHANGES = 29, /* list of FieldChange */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR = 30, /* record ActorRecord; who did it */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_ID = 31, /* id */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_ACTOR = 32, /* text */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_PERSON = 33, /* id; may be null */
  /* text; the service's name, or the person's current name */
  SEATBOOK_COLUMN_HISTORY_ENTRY_ACTOR_NAME = 34,
  SEATBOOK_COLUMN_HISTORY_ENTRY_LICENSE_NAME = 35, /* text; current name */
  SEATBOOK_COLUMN_HISTORY_ENTRY_PERSON_NAME = 36 /* text; current name; empty once erased */
};

/* Columns of HistoryRow. */
enum {
  SEATBOOK_COLUMN_HISTORY_ROW_SEQ = 0, /* number */
  SEATBOOK_COLUMN_HISTORY_ROW_BATCH = 1, /* number; the batch that wrote it */
  SEATBOOK_COLUMN_HISTORY_ROW_AT = 2, /* time; never before the previous row (C52) */
  SEATBOOK_COLUMN_HISTORY_ROW_ACTOR = 3, /* id */
  SEATBOOK_COLUMN_HISTORY_ROW_KIND = 4, /* choice: seatbook_history_kind */
  SEATBOOK_COLUMN_HISTORY_ROW_LICENSE = 5, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ROW_PERSON = 6, /* id; may be null */
  SEATBOOK_COLUMN_HISTORY_ROW_ASSIGNMENT = 7, /* id; may be null */
  /* id; may be null; transferred: the other assignment of the two. Each transfer has two rows:
   * first the revoked seat, whose counterpart is the newer assignment, then the received seat
   * (C55). */
  SEATBOOK_COLUMN_HISTORY_ROW_COUNTERPART = 8,
  /* record LicenseTerms; may be null; The terms before and after: set by license_added,
   * total_changed, policy_changed and owners_changed. */
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

/* Columns of LicenseTerms. */
enum {
  SEATBOOK_COLUMN_LICENSE_TERMS_TOTAL_SEATS = 0, /* number; null: unlimited */
  SEATBOOK_COLUMN_LICENSE_TERMS_POLICY = 1, /* choice: seatbook_capacity_policy */
  SEATBOOK_COLUMN_LICENSE_TERMS_OWNER = 2, /* id */
  SEATBOOK_COLUMN_LICENSE_TERMS_BACKUP_OWNER = 3 /* id; may be null */
};

/* Columns of HistoryTexts. */
enum {
  SEATBOOK_COLUMN_HISTORY_TEXTS_SEQ = 0, /* number */
  SEATBOOK_COLUMN_HISTORY_TEXTS_NAME_BEFORE = 1, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_NAME_AFTER = 2, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_EMAIL_BEFORE = 3, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_EMAIL_AFTER = 4, /* text */
  SEATBOOK_COLUMN_HISTORY_TEXTS_REASON = 5, /* text */
  /* list of FieldChange; edited, license_updated, person_updated: what changed, in the order of
   * the command's fields (C59). Empty in rows that 0.1 wrote. */
  SEATBOOK_COLUMN_HISTORY_TEXTS_CHANGES = 6
};

/* Columns of FieldChange. */
enum {
  SEATBOOK_COLUMN_FIELD_CHANGE_FIELD = 0, /* text; as in the command: "access_level" */
  SEATBOOK_COLUMN_FIELD_CHANGE_BEFORE = 1, /* text; the old value */
  SEATBOOK_COLUMN_FIELD_CHANGE_AFTER = 2 /* text; the new value */
};

/* Columns of EventPage. */
enum {
  SEATBOOK_COLUMN_EVENT_PAGE_EVENTS = 0, /* list of Event */
  SEATBOOK_COLUMN_EVENT_PAGE_NEXT = 1, /* number; pass it as `after` of the next call */
  SEATBOOK_COLUMN_EVENT_PAGE_MORE = 2 /* flag; whether the book had more rows at the time */
};

/* Columns of Event. */
enum {
  SEATBOOK_COLUMN_EVENT_SEQ = 0, /* number; the history row; stable, so it is also the event's id */
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

/* Columns of NotificationPage. */
enum {
  SEATBOOK_COLUMN_NOTIFICATION_PAGE_NOTIFICATIONS = 0, /* list of Notification */
  SEATBOOK_COLUMN_NOTIFICATION_PAGE_NEXT = 1, /* number; pass it as `after` of the next call */
  SEATBOOK_COLUMN_NOTIFICATION_PAGE_MORE = 2 /* flag; whether the book had more rows at the time */
};

/* Columns of Notification. */
enum {
  /* number; the batch; permanent id of the notification, with `person` */
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

/* Columns of NotificationSeat. */
enum {
  SEATBOOK_COLUMN_NOTIFICATION_SEAT_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_NOTIFICATION_SEAT_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_NOTIFICATION_SEAT_LICENSE_NAME = 2 /* text */
};

/* Columns of SeatListPage. */
enum {
  SEATBOOK_COLUMN_SEAT_LIST_PAGE_ROWS = 0, /* list of SeatListRow */
  /* text; `after` of the next page; empty: this is the last page */
  SEATBOOK_COLUMN_SEAT_LIST_PAGE_NEXT = 1,
  /* number; the page includes all of this version, maybe later changes (C69) */
  SEATBOOK_COLUMN_SEAT_LIST_PAGE_VERSION = 2
};

/* Columns of SeatListRow. */
enum {
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_LICENSE = 1, /* id */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_LICENSE_NAME = 2, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_PERSON = 3, /* id */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_NAME = 4, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_EMAIL = 5, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ARCHIVED = 6, /* flag; the holder is archived */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_NEEDS_REVIEW = 7, /* flag; independent of `archived` (B30, B32) */
  /* flag; by the query's days, with or without `inactive_only` */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_INACTIVE = 8,
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ASSIGNED_AT = 9, /* time */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_LAST_USED_AT = 10, /* time; may be null; none: never */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ACCESS_LEVEL = 11, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_ACCOUNT = 12, /* text */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_COST_OVERRIDE = 13, /* money; may be null */
  /* time; "Since": held_since of the assignment, or else assigned_at (C62) */
  SEATBOOK_COLUMN_SEAT_LIST_ROW_SINCE = 14
};

/* Columns of SeatFigures. */
enum {
  SEATBOOK_COLUMN_SEAT_FIGURES_TOTAL_ASSIGNED = 0, /* number */
  SEATBOOK_COLUMN_SEAT_FIGURES_INACTIVE = 1, /* number */
  /* number; may be null; Free seats of the license, or of all active licenses of the book. None
   * if any is unlimited (C14), or if a person is given. */
  SEATBOOK_COLUMN_SEAT_FIGURES_AVAILABLE = 2,
  /* number; The version when counting began. The figures include all of it; each seat is counted
   * in its state when it is reached (C69). `available` of one license is exact at `version`. */
  SEATBOOK_COLUMN_SEAT_FIGURES_VERSION = 3,
  SEATBOOK_COLUMN_SEAT_FIGURES_LAST_VERSION = 4 /* number; The version when counting ended. */
};

/* Columns of RosterPage. */
enum {
  SEATBOOK_COLUMN_ROSTER_PAGE_ROWS = 0, /* list of RosterRow */
  SEATBOOK_COLUMN_ROSTER_PAGE_NEXT = 1, /* id; may be null; none: this is the last page */
  /* number; the page includes all of this version, maybe later changes (C69) */
  SEATBOOK_COLUMN_ROSTER_PAGE_VERSION = 2
};

/* Columns of RosterRow. */
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
  SEATBOOK_COLUMN_ROSTER_ROW_COST_OVERRIDE = 9, /* money; may be null */
  /* time; "Since": held_since of the assignment, or else assigned_at (C62) */
  SEATBOOK_COLUMN_ROSTER_ROW_SINCE = 10
};

/* Columns of ExportedFile. */
enum {
  SEATBOOK_COLUMN_EXPORTED_FILE_CSV = 0, /* text */
  SEATBOOK_COLUMN_EXPORTED_FILE_ROWS = 1, /* number */
  SEATBOOK_COLUMN_EXPORTED_FILE_BYTES = 2, /* number */
  SEATBOOK_COLUMN_EXPORTED_FILE_VERSION = 3 /* number */
};

/* Columns of UtilizationRow. */
enum {
  /* id; may be null; none: the row is of a group or of the book */
  SEATBOOK_COLUMN_UTILIZATION_ROW_LICENSE = 0,
  SEATBOOK_COLUMN_UTILIZATION_ROW_LICENSE_NAME = 1, /* text; empty unless the row is of a license */
  /* text; the group, or that of the license; empty for the book */
  SEATBOOK_COLUMN_UTILIZATION_ROW_PRODUCT_GROUP = 2,
  SEATBOOK_COLUMN_UTILIZATION_ROW_LICENSES = 3, /* number; the number of licenses in the row */
  /* number; Active assignments, including those of archived people (C10). */
  SEATBOOK_COLUMN_UTILIZATION_ROW_USED = 4,
  SEATBOOK_COLUMN_UTILIZATION_ROW_USED_UNLIMITED = 5, /* number; those on unlimited licenses */
  /* number; may be null; Seats of the licenses with a limited number; none if all are unlimited
   * (C14). */
  SEATBOOK_COLUMN_UTILIZATION_ROW_TOTAL = 6,
  /* number; may be null; Free seats and seats beyond the total, each the sum over the licenses:
   * free seats of one license do not offset the missing seats of another (C7). */
  SEATBOOK_COLUMN_UTILIZATION_ROW_AVAILABLE = 7,
  SEATBOOK_COLUMN_UTILIZATION_ROW_OVER_BY = 8, /* number */
  /* number; may be null; (used - used_unlimited) in hundredths of a percent of the total,
   * rounded down, so that only a full license has 10,000; more if over-allocated. None without a
   * total or if it is 0 (C14). The members above give the exact ratio. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_BASIS_POINTS = 9,
  /* list of MoneyTotal; The cost of the active seats: the override, or else the standard cost. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_MONTHLY_COST = 10,
  /* list of MoneyTotal; The cost of the free seats at the standard cost; an unlimited license
   * has none. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_MONTHLY_WASTE = 11,
  /* number; active seats without a cost; they are in no sum */
  SEATBOOK_COLUMN_UTILIZATION_ROW_UNPRICED = 12,
  /* number; The version when counting began. The row includes all of it; each seat is counted in
   * its state when it is reached (C69). `used`, `total`, `available` and `over_by` of a license
   * are exact at one version between the two. */
  SEATBOOK_COLUMN_UTILIZATION_ROW_VERSION = 13,
  SEATBOOK_COLUMN_UTILIZATION_ROW_LAST_VERSION = 14 /* number; The version when counting ended. */
};

/* Columns of MoneyTotal. */
enum {
  /* text; ISO 4217; empty for overrides whose license lost its currency in version 0.1 (C65). */
  SEATBOOK_COLUMN_MONEY_TOTAL_CURRENCY = 0,
  SEATBOOK_COLUMN_MONEY_TOTAL_MONTHLY = 1, /* money_sum */
  SEATBOOK_COLUMN_MONEY_TOTAL_TWELFTHS = 2 /* text */
};

/* Columns of ReclaimPage. */
enum {
  SEATBOOK_COLUMN_RECLAIM_PAGE_ROWS = 0, /* list of ReclaimRow */
  SEATBOOK_COLUMN_RECLAIM_PAGE_MORE = 1, /* flag; whether rows follow */
  SEATBOOK_COLUMN_RECLAIM_PAGE_CANDIDATES = 2, /* number; total of all pages */
  /* list of MoneyTotal; total of the candidates of all pages */
  SEATBOOK_COLUMN_RECLAIM_PAGE_MONTHLY_SAVING = 3,
  /* number; candidates without a cost; they are in no sum */
  SEATBOOK_COLUMN_RECLAIM_PAGE_UNPRICED = 4,
  /* number; The version when counting began. The figures include all of it; each seat is counted
   * in its state when it is reached (C69). */
  SEATBOOK_COLUMN_RECLAIM_PAGE_VERSION = 5,
  SEATBOOK_COLUMN_RECLAIM_PAGE_LAST_VERSION = 6 /* number; The version when counting ended. */
};

/* Columns of ReclaimRow. */
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
  /* money_sum; may be null; The monthly cost of the seat: the override, or else the standard
   * cost. None if there is neither. */
  SEATBOOK_COLUMN_RECLAIM_ROW_MONTHLY_SAVING = 11,
  /* time; "Since": held_since of the assignment, or else assigned_at (C62) */
  SEATBOOK_COLUMN_RECLAIM_ROW_SINCE = 12
};

/* Columns of HolderRow. */
enum {
  SEATBOOK_COLUMN_HOLDER_ROW_ASSIGNMENT = 0, /* id */
  SEATBOOK_COLUMN_HOLDER_ROW_PERSON = 1, /* id */
  SEATBOOK_COLUMN_HOLDER_ROW_NAME = 2, /* text; current name (C18); empty once erased */
  SEATBOOK_COLUMN_HOLDER_ROW_EMAIL = 3, /* text; current email; empty once erased */
  SEATBOOK_COLUMN_HOLDER_ROW_ERASED = 4, /* flag; the person has been erased (C49) */
  SEATBOOK_COLUMN_HOLDER_ROW_ASSIGNED_AT = 5, /* time */
  /* time; may be null; When it was revoked, after that instant; none: still held. */
  SEATBOOK_COLUMN_HOLDER_ROW_REVOKED_AT = 6,
  SEATBOOK_COLUMN_HOLDER_ROW_GRANTED_BY = 7, /* record ActorRecord; who assigned the seat (C59) */
  SEATBOOK_COLUMN_HOLDER_ROW_GRANTED_BY_ID = 8, /* id */
  SEATBOOK_COLUMN_HOLDER_ROW_GRANTED_BY_ACTOR = 9, /* text */
  SEATBOOK_COLUMN_HOLDER_ROW_GRANTED_BY_PERSON = 10, /* id; may be null */
  /* text; the actor's current name; empty once erased */
  SEATBOOK_COLUMN_HOLDER_ROW_GRANTED_BY_NAME = 11,
  SEATBOOK_COLUMN_HOLDER_ROW_ACCESS_LEVEL = 12, /* text; at that instant (C59) */
  /* flag; False if 0.1 wrote a history row about an edit of the seat after that instant: such a
   * row does not record what changed. `access_level` is then empty (C59). */
  SEATBOOK_COLUMN_HOLDER_ROW_ACCESS_LEVEL_RECORDED = 13
};

/* Columns of UsageOverTime. */
enum {
  /* list of UsageStep; The first step is the state at `since`; then one step for each instant
   * that changed the state. */
  SEATBOOK_COLUMN_USAGE_OVER_TIME_STEPS = 0,
  /* time; may be null; `since` of the next page; none: this is the last page */
  SEATBOOK_COLUMN_USAGE_OVER_TIME_NEXT = 1,
  SEATBOOK_COLUMN_USAGE_OVER_TIME_VERSION = 2 /* number; the version of the history */
};

/* Columns of UsageStep. */
enum {
  SEATBOOK_COLUMN_USAGE_STEP_AT = 0, /* time */
  SEATBOOK_COLUMN_USAGE_STEP_USED = 1, /* number; of all licenses that existed */
  /* number; those on licenses that were unlimited then */
  SEATBOOK_COLUMN_USAGE_STEP_USED_UNLIMITED = 2,
  /* number; may be null; The total in force: of the license, or of all active licenses with a
   * limited number. None if there was none: unlimited, or not added yet. */
  SEATBOOK_COLUMN_USAGE_STEP_TOTAL = 3,
  /* choice: seatbook_capacity_policy; may be null; The license's policy in force; none before
   * the license was added, and for the book. */
  SEATBOOK_COLUMN_USAGE_STEP_POLICY = 4
};

/* Columns of OffboardingTimes. */
enum {
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_ROWS = 0, /* list of OffboardingRow */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_MORE = 1, /* flag; whether rows follow */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_WAITING = 2, /* number */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_KEPT = 3, /* number */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_RELEASED = 4, /* number */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_REACTIVATED = 5, /* number */
  /* number; The sum of the days of all released seats: divided by `released` it is the exact
   * mean. */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_DAYS_SUM = 6,
  /* number; may be null; the mean, rounded down; none: none released the lower of the two middle
   * ones of an even number */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_MEAN_DAYS = 7,
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_MEDIAN_DAYS = 8, /* number; may be null */
  /* number; may be null; the longest time of a released seat */
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_LONGEST_DAYS = 9,
  SEATBOOK_COLUMN_OFFBOARDING_TIMES_VERSION = 10 /* number; the version of the history */
};

/* Columns of OffboardingRow. */
enum {
  /* number; the history row that flagged the seat; the cursor of pages */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_FLAGGED = 0,
  SEATBOOK_COLUMN_OFFBOARDING_ROW_ASSIGNMENT = 1, /* id */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_LICENSE = 2, /* id */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_LICENSE_NAME = 3, /* text */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_PERSON = 4, /* id */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_NAME = 5, /* text; current name; empty once erased */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_OUTCOME = 6, /* choice: seatbook_offboarding_outcome */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_OFFBOARDED_AT = 7, /* time */
  /* time; may be null; if released, even after `until` */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_RELEASED_AT = 8,
  /* number; may be null; whole days of 24 hours until the release */
  SEATBOOK_COLUMN_OFFBOARDING_ROW_DAYS = 9
};

/* Columns of RosterReport. */
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
  SEATBOOK_COLUMN_ROSTER_REPORT_IGNORED_COLUMNS = 9, /* list of Texts; the unknown ones (C30) */
  SEATBOOK_COLUMN_ROSTER_REPORT_DRY_RUN = 10, /* flag */
  SEATBOOK_COLUMN_ROSTER_REPORT_VERSION = 11, /* number */
  /* number; skipped: all cells empty or blank, or a blank line (C72) */
  SEATBOOK_COLUMN_ROSTER_REPORT_EMPTY_ROWS = 12,
  SEATBOOK_COLUMN_ROSTER_REPORT_UNMATCHED_EMAILS = 13 /* list of Texts */
};

/* Columns of RosterFileRow. */
enum {
  /* number; the line on which the row starts, from 1 (the header) */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_LINE = 0,
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_OUTCOME = 1, /* choice: seatbook_roster_outcome */
  /* choice: seatbook_code; The reason (C29): already_assigned, person_not_found,
   * no_seats_remaining; ok if removed; if invalid: malformed_csv (with a `column`: text after a
   * closing quote; without: more or fewer cells than the header), required (no email; or a cost
   * although the license has no currency), text_too_long, invalid_email, invalid_money,
   * money_out_of_range, invalid_date, date_out_of_range (HeldSince: not 1970 to 2200, or in the
   * future), person_archived. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_CODE = 2,
  /* number; may be null; The column of the faulty cell, from 1; none if the reason concerns the
   * whole row. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_COLUMN = 3,
  /* flag; already_linked: whether the row has another role, cost or HeldSince than the
   * assignment (C28, C37, C62). An empty cell does not differ. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_DIFFERS = 4,
  /* number; may be null; already_linked: the line of the earlier row about the same person, if
   * any (C25). */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_FIRST_LINE = 5,
  /* id; may be null; already_linked: the seat that is held; none if a dry run would have created
   * it. */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_ASSIGNMENT = 6,
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_EMAIL = 7, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_ACCESS_LEVEL = 8, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_COST = 9, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_DATE_REMOVED = 10, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_HELD_SINCE = 11, /* text; the cell of the column `HeldSince` */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_REASON = 12, /* text */
  SEATBOOK_COLUMN_ROSTER_FILE_ROW_COLUMN_NAME = 13 /* text */
};

/* Columns of InventoryReport. */
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
  /* list of Texts; the ones that are not read */
  SEATBOOK_COLUMN_INVENTORY_REPORT_IGNORED_COLUMNS = 9,
  SEATBOOK_COLUMN_INVENTORY_REPORT_DRY_RUN = 10, /* flag */
  SEATBOOK_COLUMN_INVENTORY_REPORT_VERSION = 11 /* number */
};

/* Columns of InventoryRow. */
enum {
  /* number; on which the row starts, from 1; the header's counts */
  SEATBOOK_COLUMN_INVENTORY_ROW_LINE = 0,
  SEATBOOK_COLUMN_INVENTORY_ROW_OUTCOME = 1, /* choice: seatbook_inventory_outcome */
  /* choice: seatbook_code; The reason: email_taken or host_key_taken, if already known;
   * person_not_found, person_archived or no_seats_remaining, if the holder got no seat; if
   * invalid: malformed_csv (with a `column`: text after a closing quote; without: more or fewer
   * cells than the header), invalid_argument (unknown choice), invalid_money, invalid_date,
   * host_key_taken (the row's email belongs to another person), person_not_found and
   * person_archived (the owner), and the errors of add_person and add_license for their fields. */
  SEATBOOK_COLUMN_INVENTORY_ROW_CODE = 2,
  /* number; may be null; The column of the faulty cell, from 1; none if the reason concerns the
   * whole row. */
  SEATBOOK_COLUMN_INVENTORY_ROW_COLUMN = 3,
  /* number; may be null; The line of the earlier row with the same record, if any. */
  SEATBOOK_COLUMN_INVENTORY_ROW_FIRST_LINE = 4,
  /* id; may be null; The id of the person or license, if there is one; none if a dry run would
   * have created it. */
  SEATBOOK_COLUMN_INVENTORY_ROW_RECORD = 5,
  SEATBOOK_COLUMN_INVENTORY_ROW_NAME = 6, /* text; of the person or license, as in the row */
  SEATBOOK_COLUMN_INVENTORY_ROW_COLUMN_NAME = 7 /* text */
};

/* ------------------------------------------------------------------------------ clock, progress */

/* The clock of a book, for seatbook_open_options: set by the program, for tests and replays, or
 * read by a callback. A book opened with it keeps it alive. */
typedef struct seatbook_clock seatbook_clock;
/* Creates a clock that shows `now` until it is set. Errors: SEATBOOK_INVALID_ARGUMENT,
 * SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *clock. */
SEATBOOK_API seatbook_code seatbook_clock_new(seatbook_time now, seatbook_clock **clock,
                                              seatbook_error **error);

/* The callbacks of a clock. Initialize the struct with SEATBOOK_CLOCK_CALLBACKS_INIT. */
typedef struct seatbook_clock_callbacks {
  size_t struct_size; /* sizeof(seatbook_clock_callbacks) */
  void *self;         /* passed to the callbacks */
  /* Called exactly once, without a lock: when the clock has been freed, all books with it are
   * closed, and no call uses it, on the thread that released it last; or before a failing
   * seatbook_clock_from_callbacks() returns. May be NULL. */
  void (*destroy)(void *self);
  /* Returns the current time. Must not block.
   * - Commands call it with the writer lock of the book. A time outside the years 1970 to 2200 fails
   *   the command with SEATBOOK_DATE_OUT_OF_RANGE (`clock`), and a time more than 10 minutes before
   *   the last change with SEATBOOK_CLOCK_BEHIND (C52).
   * - Imports, before they parse the file, and queries that depend on the time call it without a
   *   lock. Queries accept any time.
   * Several threads may call it at the same time. It must not use a book with this clock: in a
   * command, such a call fails with SEATBOOK_INVALID_ARGUMENT. seatbook_book_close() and
   * seatbook_book_free() are allowed: they close the book when the running call ends. */
  seatbook_time (*now)(void *self);
} seatbook_clock_callbacks;
#define SEATBOOK_CLOCK_CALLBACKS_INIT {sizeof(seatbook_clock_callbacks), 0, 0, 0}

/* Creates a clock from callbacks. The struct is copied. The clock owns `self`, even if the call
 * fails, unless `callbacks` is NULL or its struct_size is invalid. Errors:
 * SEATBOOK_INVALID_ARGUMENT (`callbacks`, `struct_size`, `clock`, `now`), SEATBOOK_OUT_OF_MEMORY.
 * Ownership: the caller frees *clock. */
SEATBOOK_API seatbook_code seatbook_clock_from_callbacks(const seatbook_clock_callbacks *callbacks,
                                                         seatbook_clock **clock,
                                                         seatbook_error **error);

/* Sets a clock of seatbook_clock_new() to a time. Errors: SEATBOOK_INVALID_ARGUMENT (another
 * clock, or NULL). */
SEATBOOK_API seatbook_code seatbook_clock_set(seatbook_clock *clock, seatbook_time now);
/* Advances a clock of seatbook_clock_new() by a number of microseconds. Errors: as
 * seatbook_clock_set(). */
SEATBOOK_API seatbook_code seatbook_clock_advance(seatbook_clock *clock, int64_t microseconds);
/* Returns the clock's time, or SEATBOOK_NONE for NULL. */
SEATBOOK_API seatbook_time seatbook_clock_now(const seatbook_clock *clock);
SEATBOOK_API void seatbook_clock_free(seatbook_clock *clock);

/* Reports the progress of an import and cancels it, from any thread while the call runs. An object
 * is used for one call only. The functions below accept NULL. */
typedef struct seatbook_progress seatbook_progress;
/* Creates a progress object. Errors: SEATBOOK_INVALID_ARGUMENT, SEATBOOK_OUT_OF_MEMORY. */
SEATBOOK_API seatbook_code seatbook_progress_new(seatbook_progress **progress,
                                                 seatbook_error **error);
/* Returns how many rows of the file have been processed. It starts again if the import has to be
 * repeated because another process committed first. */
SEATBOOK_API uint64_t seatbook_progress_rows_done(const seatbook_progress *progress);
/* Returns the number of rows of the file, without the header. It increases while the file is
 * read. */
SEATBOOK_API uint64_t seatbook_progress_rows_total(const seatbook_progress *progress);
/* Cancels the import: it fails with SEATBOOK_CANCELLED and has changed nothing, unless it has
 * already started to write. The import checks for this before the first row, every 256 rows, and
 * after the last row. */
SEATBOOK_API void seatbook_progress_cancel(seatbook_progress *progress);
/* Returns 1 if the import was cancelled, otherwise 0. */
SEATBOOK_API int32_t seatbook_progress_cancelled(const seatbook_progress *progress);
SEATBOOK_API void seatbook_progress_free(seatbook_progress *progress);

/* --------------------------------------------------------------------------------------- books */

/* A book: the complete records of one workspace. */
typedef struct seatbook_book seatbook_book;
/* A storage: where books are kept. A program needs one only to open several books on the same
 * storage, or to supply its own storage (seatbook_storage.h). */
typedef struct seatbook_storage seatbook_storage;

/* The options of seatbook_open(). Each applies to some kinds of storage only. */
typedef struct seatbook_open_options {
  size_t struct_size; /* sizeof(seatbook_open_options) */
  uint64_t fields; /* SEATBOOK_FIELD_OPEN_... */
  /* The clock of the book; unless set, the clock of the storage or machine. */
  seatbook_clock *clock;
  /* Accept commands although the clock is more than 10 minutes behind the last change (C52). */
  seatbook_flag allow_clock_behind;
  seatbook_flag read_only; /* Every command fails with SEATBOOK_BOOK_READ_ONLY. */
  /* Files and databases: fail if the book does not exist, instead of creating it. */
  seatbook_flag must_exist;
  /* Files: `full`, the default, syncs every commit; with `relaxed`, the last commits may be lost
   * if the machine crashes. */
  seatbook_durability durability;
  seatbook_text vfs; /* Files: the name of a virtual file system that is registered with SQLite. */
  /* Databases: the name of the book, 1 to 191 code points; "main" unless set. */
  seatbook_text book;
  seatbook_text schema; /* Databases: the schema of the tables; "seatbook" unless set. */
  /* Databases: the time limit for connecting. This and the limits below: 1 to 3,600,000 ms;
   * 5,000 ms unless set. */
  uint32_t connect_timeout_ms;
  /* Databases: how long a command waits for other writers; 10,000 ms unless set. */
  uint32_t lock_timeout_ms;
  /* Databases: the time limit for one statement; 30,000 ms unless set. */
  uint32_t statement_timeout_ms;
  /* Databases: how long an inactive writer may hold the lock; 4,000 ms unless set. */
  uint32_t idle_transaction_timeout_ms;
  /* Databases: the time without a response after which a connection is closed; 10,000 ms unless
   * set. */
  uint32_t tcp_timeout_ms;
  /* Databases: how long a call retries after a lost connection; 15,000 ms unless set. */
  uint32_t retry_for_ms;
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

/* Opens a book. The form of `location` selects the storage:
 * - "" or ":memory:": none. The book's records are lost when it is freed.
 * - "postgresql://..." or "postgres://...": a PostgreSQL database, as a connection URI. Its tables
 *   must exist (seatbook_schema_create). options->book selects the book in it.
 * - anything else: the path of a SQLite file, which is created if it does not exist. A path must
 *   not start with ":" or "file:"; write "./:name" for such a file name.
 *
 * An option that does not apply to the kind of storage is an error.
 * Ownership: the caller frees *book. Threads: any. Only one book can have a file open at a time.
 * Cost: reads all records.
 * Errors: SEATBOOK_INVALID_ARGUMENT (`location`, an option), SEATBOOK_INVALID_TEXT,
 * SEATBOOK_UNSUPPORTED_STORAGE (not in this build), SEATBOOK_STORAGE_IN_USE,
 * SEATBOOK_NEEDS_RECOVERY, SEATBOOK_NOT_A_BOOK, SEATBOOK_FORMAT_TOO_NEW, SEATBOOK_STORAGE_CORRUPT,
 * SEATBOOK_STORAGE_FAILED, SEATBOOK_OUT_OF_MEMORY. */
SEATBOOK_API seatbook_code seatbook_open(const char *location, size_t location_size,
                                         const seatbook_open_options *options,
                                         seatbook_book **book, seatbook_error **error);

/* Opens a storage without a book. `location` is as in seatbook_open(), except that "" and
 * ":memory:" keep the records in memory for several books of this process. The options of the book,
 * `clock` and `allow_clock_behind`, are errors here. Errors: as seatbook_open(). Ownership: the
 * caller frees *storage; books on it keep it alive. */
SEATBOOK_API seatbook_code seatbook_storage_open(const char *location, size_t location_size,
                                                 const seatbook_open_options *options,
                                                 seatbook_storage **storage,
                                                 seatbook_error **error);
/* Opens a book on a storage. Only the options `clock`, `allow_clock_behind` and `read_only` are
 * accepted. Errors: as seatbook_open(). Ownership: the caller frees *book. */
SEATBOOK_API seatbook_code seatbook_book_open(seatbook_storage *storage,
                                              const seatbook_open_options *options,
                                              seatbook_book **book, seatbook_error **error);
SEATBOOK_API void seatbook_storage_free(seatbook_storage *storage);

/* Creates the tables for books in a database, unless they exist. Only the options `schema` and
 * `..._ms` are accepted. Errors: SEATBOOK_INVALID_ARGUMENT (`location`, an option),
 * SEATBOOK_UNSUPPORTED_STORAGE, SEATBOOK_STORAGE_FAILED, SEATBOOK_NEEDS_MIGRATION,
 * SEATBOOK_FORMAT_TOO_NEW, SEATBOOK_NOT_A_BOOK, SEATBOOK_OUT_OF_MEMORY. */
SEATBOOK_API seatbook_code seatbook_schema_create(const char *location, size_t location_size,
                                                  const seatbook_open_options *options,
                                                  seatbook_error **error);

/* Migrates the tables of an earlier release in a database to the newest format, in one transaction.
 * Does nothing if they have that format. Programs of the earlier release cannot use the tables
 * afterwards. Options: as seatbook_schema_create(). Errors: as seatbook_schema_create(), without
 * SEATBOOK_NEEDS_MIGRATION. */
SEATBOOK_API seatbook_code seatbook_schema_migrate(const char *location, size_t location_size,
                                                   const seatbook_open_options *options,
                                                   seatbook_error **error);

/* Returns the version of the book: the number of changes committed to it that this object has read.
 * Returns 0 for NULL. */
SEATBOOK_API uint64_t seatbook_book_version(const seatbook_book *book);

/* Reads the changes that other books have committed to a shared storage, and resolves an earlier
 * SEATBOOK_STORAGE_UNKNOWN. Stores the new version in *version. Errors: SEATBOOK_BOOK_CLOSED,
 * SEATBOOK_BOOK_NEEDS_REOPEN, SEATBOOK_STORAGE_FAILED, SEATBOOK_STORAGE_UNKNOWN,
 * SEATBOOK_STORAGE_CORRUPT. */
SEATBOOK_API seatbook_code seatbook_book_refresh(seatbook_book *book, uint64_t *version,
                                                 seatbook_error **error);

/* Returns the whole book as canonical JSON, for tests, support and comparison: one row with one
 * text, in column 0 (SEATBOOK_COLUMN_TEXTS_VALUE). Equal records give equal bytes. Errors:
 * SEATBOOK_BOOK_CLOSED, SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *json. Cost: O(size of
 * the book). */
SEATBOOK_API seatbook_code seatbook_book_dump(const seatbook_book *book, seatbook_rows **json,
                                              seatbook_error **error);

/* Checks the book's invariants, for tests and support. Returns one row with a text for each
 * violation, and no rows for a sound book. Errors and ownership: as seatbook_book_dump(). Cost:
 * O(size of the book). */
SEATBOOK_API seatbook_code seatbook_book_check(const seatbook_book *book, seatbook_rows **findings,
                                               seatbook_error **error);

/* Writes a copy of the stored book to a new file while the book is in use. Files and storages of
 * the program with `backup_to` support this. Errors:
 * SEATBOOK_BOOK_FORKED, SEATBOOK_BOOK_CLOSED, SEATBOOK_UNSUPPORTED_STORAGE,
 * SEATBOOK_INVALID_ARGUMENT (`path`: the file exists, or its folder does not),
 * SEATBOOK_STORAGE_FAILED. Cost: O(size of the book). Other calls can run in between. */
SEATBOOK_API seatbook_code seatbook_book_backup(const seatbook_book *book, const char *path,
                                                size_t path_size, seatbook_error **error);

/* Closes the book: releases the storage and frees the records in memory, even while sessions exist.
 * Waits for the command that is running. If a callback of the book's storage or clock calls it, the
 * book is closed when the running call ends. Later calls, and exports that are running, fail with
 * SEATBOOK_BOOK_CLOSED. Closing a closed book does nothing. Errors: SEATBOOK_INVALID_ARGUMENT
 * (NULL). */
SEATBOOK_API seatbook_code seatbook_book_close(seatbook_book *book, seatbook_error **error);
/* Returns 1 if the book is closed or NULL, otherwise 0. */
SEATBOOK_API int32_t seatbook_book_closed(const seatbook_book *book);
/* Closes the book like seatbook_book_close() and frees it. Its sessions remain valid handles; their
 * calls fail with SEATBOOK_BOOK_CLOSED. */
SEATBOOK_API void seatbook_book_free(seatbook_book *book);

/* ----------------------------------------------------------------------------------- listeners */

/* Receives the events or the notifications of a book's own commits (C41, C70). Those of other
 * programs, and those missed for any reason, are read with seatbook_events_after(). Initialize the
 * struct with SEATBOOK_LISTENER_INIT. */
typedef struct seatbook_listener {
  size_t struct_size; /* sizeof(seatbook_listener) */
  void *self;         /* passed to the callbacks */
  /* Called exactly once, without a lock: when the subscription has ended, on the thread that ended
   * it, or, if another thread is delivering an event at that time, on that thread after the
   * delivery; or before a failing subscription returns. May be NULL. */
  void (*destroy)(void *self);
  /* Receives one row of Event or Notification, after the commit and in the order of commits. Returns
   * 0; any other value is counted by seatbook_book_listener_failures() and undoes nothing. `rows`
   * belongs to the library and is valid during the call; seatbook_rows_free() ignores it.
   *
   * One thread at a time calls the listeners of a book: a thread that committed, in the command,
   * before it returns. No lock is held: the callback may use the book, unsubscribe itself, and close
   * or free the book. The events of commands that it calls are delivered after it has returned.
   * While it runs, other commands of the book can commit; they wait for it up to 2 s, then leave
   * their events to it. */
  int32_t (*receive)(void *self, const seatbook_rows *rows);
} seatbook_listener;
#define SEATBOOK_LISTENER_INIT {sizeof(seatbook_listener), 0, 0, 0}

/* Calls a listener with the events of every later commit of this book object. Stores the number of
 * the subscription, which starts at 1, in *subscription. The subscription ends with
 * seatbook_book_unsubscribe(), or when the book is closed; events that wait at that time are
 * dropped. The struct is copied. The book owns `self`, even if the call fails, unless `listener` is
 * NULL or its struct_size is invalid. Errors: SEATBOOK_INVALID_ARGUMENT (`book`, `listener`,
 * `struct_size`, `receive`), SEATBOOK_BOOK_CLOSED, SEATBOOK_BOOK_FORKED, SEATBOOK_OUT_OF_MEMORY.
 * Cost: each delivery copies the row. */
SEATBOOK_API seatbook_code seatbook_book_subscribe(seatbook_book *book,
                                                   const seatbook_listener *listener,
                                                   uint64_t *subscription, seatbook_error **error);
/* Calls a listener with the notifications of every later commit. Those of a commit are delivered
 * after its events. Otherwise like seatbook_book_subscribe(). */
SEATBOOK_API seatbook_code seatbook_book_subscribe_notifications(seatbook_book *book,
                                                                 const seatbook_listener *listener,
                                                                 uint64_t *subscription,
                                                                 seatbook_error **error);
/* Ends a subscription. After this call the listener receives nothing more, except what another
 * thread is delivering at the moment. Does nothing if the subscription has ended. Errors:
 * SEATBOOK_INVALID_ARGUMENT (`book`). */
SEATBOOK_API seatbook_code seatbook_book_unsubscribe(seatbook_book *book, uint64_t subscription,
                                                     seatbook_error **error);
/* Returns how many times a listener has failed: it returned another value than 0, or memory ran out
 * before it was called. Returns 0 for NULL. */
SEATBOOK_API uint64_t seatbook_book_listener_failures(const seatbook_book *book);
/* Returns how many events were not queued for listeners, because SEATBOOK_MAX_QUEUED_EVENTS others
 * were waiting or memory ran out. Their notifications were dropped with them.
 * seatbook_events_after() returns all of them. Returns 0 for NULL. */
SEATBOOK_API uint64_t seatbook_book_dropped_events(const seatbook_book *book);

/* ------------------------------------------------------------------------------------ sessions */

/* Who performs a call: a service by name (actor), or a person of the book (person); exactly one
 * of the two. The capabilities come from `role`, or from `permissions` if the host sets them
 * itself.
 *
 * A person who is not active has no capability in any role (C43). Owning a license grants none. */
typedef struct seatbook_actor {
  size_t struct_size; /* sizeof(seatbook_actor) */
  uint64_t fields; /* SEATBOOK_FIELD_ACTOR_... */
  seatbook_text actor; /* The name of a service, as history shows it: 1 to 191 code points. */
  seatbook_id person; /* A person of the book. Set either `actor` or `person`. */
  seatbook_role role; /* SEATBOOK_ROLE_EMPLOYEE unless set. */
  uint32_t permissions; /* Replaces the role: a set of bits 1 << SEATBOOK_PERMISSION_... */
} seatbook_actor;
#define SEATBOOK_ACTOR_INIT \
  {sizeof(seatbook_actor), 0, {0, 0}, 0, 0, 0}
enum {
  SEATBOOK_FIELD_ACTOR_ACTOR = 0x1,
  SEATBOOK_FIELD_ACTOR_PERSON = 0x2,
  SEATBOOK_FIELD_ACTOR_ROLE = 0x4,
  SEATBOOK_FIELD_ACTOR_PERMISSIONS = 0x8
};

/* A session: access to a book on behalf of one actor. Every operation checks the actor's
 * permissions. Sessions are cheap, and a book can have any number of them. */
typedef struct seatbook_session seatbook_session;

/* Opens a session for an actor. If the actor itself is invalid (neither a name nor a person, both,
 * or a name that is too long), every call of the session fails with SEATBOOK_INVALID_ARGUMENT.
 * Errors: SEATBOOK_INVALID_ARGUMENT (the struct), SEATBOOK_OUT_OF_MEMORY. Ownership: the caller
 * frees *session. */
SEATBOOK_API seatbook_code seatbook_session_open(const seatbook_book *book,
                                                 const seatbook_actor *actor,
                                                 seatbook_session **session,
                                                 seatbook_error **error);

/* Returns a session for the same actor whose queries observe at least `version`. If this book is
 * older, a query first refreshes from storage. It does not wait for the version to be committed: if
 * storage has not reached it, the query fails with SEATBOOK_BOOK_BEHIND. Errors: as
 * seatbook_session_open(). Ownership: the caller frees *later. */
SEATBOOK_API seatbook_code seatbook_session_at_least(const seatbook_session *session,
                                                     uint64_t version, seatbook_session **later,
                                                     seatbook_error **error);
SEATBOOK_API void seatbook_session_free(seatbook_session *session);

/* Returns the permissions that an operation requires, as a set of bits
 * 1 << SEATBOOK_PERMISSION_VIEW and so on. Returns 0 for an unknown operation. Threads: any. */
SEATBOOK_API uint32_t seatbook_operation_permissions(seatbook_operation operation);
/* Returns the permissions that a role grants, as such a set. Returns 0 for an unknown role.
 * Threads: any. */
SEATBOOK_API uint32_t seatbook_role_permissions(seatbook_role role);
/* Returns 1 if SEATBOOK_PERMISSION_VIEW_OWN suffices for the operation when it concerns the actor;
 * otherwise 0. */
SEATBOOK_API int32_t seatbook_operation_own_view(seatbook_operation operation);

/* ---------------------------------------------------------------------------------- operations */

/* Receives an exported file in chunks of about 64 KiB while it is created, on the thread that
 * called the export. No lock is held: the callbacks may use the book. If an export has a sink, the
 * column SEATBOOK_COLUMN_EXPORTED_FILE_CSV of its result is empty; otherwise that column holds the
 * whole file. */
typedef struct seatbook_sink {
  size_t struct_size; /* sizeof(seatbook_sink) */
  void *self;         /* passed to the callbacks */
  /* Receives one chunk. Returns 1 to continue; any other value cancels the export, which then fails
   * with SEATBOOK_CANCELLED. */
  int32_t (*write)(void *self, const char *bytes, size_t size);
  /* Called exactly once, before the export returns, whether or not it succeeds. May be NULL. */
  void (*destroy)(void *self);
} seatbook_sink;

/* One use of a seat: either of an assignment, or of the active assignment identified by a
 * license and an email. */
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

/* The column names that an import of people reads, as written in the file. An empty member means
 * the default name given here, if the file has that column. */
typedef struct seatbook_people_columns {
  size_t struct_size; /* sizeof(seatbook_people_columns) */
  uint64_t fields; /* SEATBOOK_FIELD_PEOPLE_COLUMNS_... */
  seatbook_text name; /* `Name` */
  seatbook_text first_name; /* `First Name`: used if the name is empty */
  seatbook_text last_name; /* `Last Name`: likewise, after the first name and a space */
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

/* The column names that an import of licenses reads; see PeopleColumns. */
typedef struct seatbook_license_columns {
  size_t struct_size; /* sizeof(seatbook_license_columns) */
  uint64_t fields; /* SEATBOOK_FIELD_LICENSE_COLUMNS_... */
  seatbook_text name; /* `Name`; required */
  seatbook_text vendor; /* `Vendor` */
  seatbook_text product_group; /* `Product Group` */
  seatbook_text host_key; /* `Host Key` */
  seatbook_text total_seats; /* `Total Seats`: a number or "unlimited"; no value: 1 */
  seatbook_text cost_per_seat; /* `Cost Per Seat`: a plain decimal */
  seatbook_text currency; /* `Currency` */
  seatbook_text billing_period; /* `Billing Period`: month, year or once; no value: month */
  seatbook_text renewal_date; /* `Renewal Date` */
  seatbook_text policy; /* `Policy`: enforce or allow_over; no value: enforce */
  seatbook_text owner_email; /* `Owner Email`: a person in the book */
  seatbook_text holder_email; /* `Holder Email`: likewise; is assigned a seat of the license */
  /* `Held Since`: a day or an RFC 3339 instant, since when the holder has held the seat (C62) */
  seatbook_text held_since;
} seatbook_license_columns;
#define SEATBOOK_LICENSE_COLUMNS_INIT \
  {sizeof(seatbook_license_columns), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, \
    {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}
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
  SEATBOOK_FIELD_LICENSE_COLUMNS_HOLDER_EMAIL = 0x800,
  SEATBOOK_FIELD_LICENSE_COLUMNS_HELD_SINCE = 0x1000
};

/* The format of an exported file. */
typedef struct seatbook_csv_format {
  size_t struct_size; /* sizeof(seatbook_csv_format) */
  uint64_t fields; /* SEATBOOK_FIELD_CSV_FORMAT_... */
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  /* For the dates of the profile `spreadsheet`: minutes east of UTC, -1440 to 1440. A date is
   * never before 1970 or after 2200. `exact` always uses UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets detect the
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

/* Every operation takes a session and returns a code (convention 2). The following applies to all
 * operations and is not repeated for each:
 *
 * Ownership: the caller frees *result and *error. Requests remain the caller's.
 * Threads: any. Commands run one after the other. Queries run concurrently and never wait for
 *   storage, except in a session that requires a version (seatbook_session_at_least).
 * Errors: the comment of an operation lists its own errors, in the order of checks. In addition,
 *   every operation may fail with SEATBOOK_INVALID_ARGUMENT, SEATBOOK_BOOK_CLOSED,
 *   SEATBOOK_BOOK_NEEDS_REOPEN, SEATBOOK_BOOK_FORKED, SEATBOOK_PERMISSION_DENIED,
 *   SEATBOOK_OUT_OF_MEMORY or SEATBOOK_INTERNAL; every command with SEATBOOK_BOOK_READ_ONLY,
 *   SEATBOOK_CLOCK_BEHIND, SEATBOOK_DATE_OUT_OF_RANGE (the clock), SEATBOOK_REPEATED_REQUEST,
 *   SEATBOOK_LIMIT_EXCEEDED, SEATBOOK_CONFLICT, SEATBOOK_STORAGE_FAILED,
 *   SEATBOOK_STORAGE_UNKNOWN or SEATBOOK_STORAGE_CORRUPT; every query of a session that requires a
 *   version with SEATBOOK_BOOK_BEHIND or the errors of seatbook_book_refresh().
 * Cost: unless noted, a command costs O(1) or O(log n) in the size of the book, and one append to
 *   the storage. The comment of a query states its cost.
 *
 * Numbers such as (A14) and (C46) refer to the rules in docs/rules.md. `result` is a table of the
 * rows named in the comment: all rows of a list, otherwise one row. */

/* -------------------------------------------------------------------------------------- people */

/* The arguments of seatbook_add_person(). */
typedef struct seatbook_add_person_request {
  size_t struct_size; /* sizeof(seatbook_add_person_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ADD_PERSON_... */
  seatbook_text name; /* 1 to 255 code points, not only whitespace */
  seatbook_text email; /* at most 254; empty: none */
  seatbook_text host_key; /* at most 191; empty: none */
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
 *   host_key), SEATBOOK_INVALID_EMAIL, SEATBOOK_EMAIL_TAKEN (compared case-folded, archived
 *   people included; C17), SEATBOOK_HOST_KEY_TAKEN.
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
/* Changes a person's name, email or host key. Needs `edit`. History keeps the old and new values
 * (C18, C59).
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED,
 *   SEATBOOK_PERSON_ERASED, SEATBOOK_REQUIRED (the name cannot be cleared),
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
/* Archives (offboards) a person. Each seat they hold is flagged `needs_review` and stays in use
 * (B28, C10, C47). They cannot be assigned further seats. Archiving an archived person changes
 * nothing. Needs `archive_person`. Cost: one history row for the person and one for each seat
 * held.
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
/* Makes an archived person active again, and clears the flags that archiving set (A7, C47).
 * Reactivating an active person changes nothing. Needs `archive_person`.
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
/* Erases a person permanently (C49). Empties their name, email, host key, the texts of all their
 * assignments, and the history texts about them. Changed fields keep their names, so that
 * history still shows which fields changed (C59). Ids, dates and numbers stay, and the email is
 * free again. In history rows that they wrote about others, only the reason and the notes that
 * they entered are emptied; the names and emails of others stay (C64). Free text that others
 * wrote elsewhere is not searched. With `revoke_first` the seats they still hold are revoked in
 * the same batch, each with its history row and event. Needs `archive_person`. Cost: the history
 * about the person and by them.
 * Errors: SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ERASED, SEATBOOK_STALE_REVISION,
 *   SEATBOOK_OWNS_LICENSES (owner or backup owner of any license, archived ones included),
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
/* Adds a license. Needs `create`. Without `owner` the actor becomes the owner (B8); an actor
 * that is not a person must name one (C23).
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED,
 *   SEATBOOK_PERSON_ERASED (owner, then backup_owner; C21), SEATBOOK_REQUIRED (name; currency,
 *   if a cost is given), SEATBOOK_TEXT_TOO_LONG (name, vendor, product_group, host_key),
 *   SEATBOOK_TOTAL_OUT_OF_RANGE, SEATBOOK_OWNER_REQUIRED (C24), SEATBOOK_INVALID_MONEY,
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
/* Changes the descriptive fields of a license. Its total, policy, owners and state have separate
 * commands. History keeps the old and new values (C59). Needs `edit`.
 *
 * An amount never changes its currency (C65). The currency cannot be cleared while the license
 * has a cost or an active seat has a cost override. It cannot be changed while an active seat
 * has a cost override. If the license has a cost, a command that changes the currency must also
 * set or clear `cost_per_seat`. Setting the first currency is not a change. Cost: O(seats in
 * use) if the currency changes.
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
/* Sets the number of seats of a license, effective immediately (A8). Never revokes a seat (C12).
 * Needs `edit`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_TOTAL_OUT_OF_RANGE,
 *   SEATBOOK_STALE_REVISION, SEATBOOK_TOTAL_BELOW_USED (policy `enforce`, and more seats are in
 *   use; C12).
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
/* Sets the policy that applies when every seat is in use (C7, C12). Needs `edit`.
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
 * B7, C20). The owner cannot be cleared; the backup owner can: `.backup_owner = clear`. Needs
 * `edit`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_PERSON_NOT_FOUND,
 *   SEATBOOK_PERSON_ARCHIVED, SEATBOOK_PERSON_ERASED (the new owner, then the new backup owner;
 *   C21), SEATBOOK_OWNER_REQUIRED (cleared), SEATBOOK_STALE_REVISION, SEATBOOK_BACKUP_IS_OWNER
 *   (B6).
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
/* Archives a license; its history stays (C50). Archiving an archived license changes nothing.
 * Needs `edit`.
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
/* Makes an archived license active again (C12). Reactivating an active license changes nothing.
 * Needs `edit`.
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
  seatbook_text access_level; /* at most 64 code points (A11) */
  seatbook_text account; /* at most 191 (A12) */
  seatbook_text notes; /* at most 1000 (A13) */
  seatbook_money cost_override;
  uint8_t request_id[16];
  seatbook_time held_since; /* Since when the person has held the seat; none: since now (C62). */
} seatbook_assign_request;
#define SEATBOOK_ASSIGN_REQUEST_INIT \
  {sizeof(seatbook_assign_request), 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, 0, {0}, 0}
enum {
  SEATBOOK_FIELD_ASSIGN_LICENSE = 0x1,
  SEATBOOK_FIELD_ASSIGN_PERSON = 0x2,
  SEATBOOK_FIELD_ASSIGN_ACCESS_LEVEL = 0x4,
  SEATBOOK_FIELD_ASSIGN_ACCOUNT = 0x8,
  SEATBOOK_FIELD_ASSIGN_NOTES = 0x10,
  SEATBOOK_FIELD_ASSIGN_COST_OVERRIDE = 0x20,
  SEATBOOK_FIELD_ASSIGN_REQUEST_ID = 0x40,
  SEATBOOK_FIELD_ASSIGN_HELD_SINCE = 0x80
};
/* Assigns a seat to a person (A1, A2, A14). Needs `assign`. Capacity is checked at commit (A43).
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_LICENSE_NOT_FOUND (A5), SEATBOOK_LICENSE_ARCHIVED,
 *   SEATBOOK_PERSON_NOT_FOUND (A6), SEATBOOK_PERSON_ARCHIVED (A7), SEATBOOK_PERSON_ERASED,
 *   SEATBOOK_TEXT_TOO_LONG (access_level, account, notes), SEATBOOK_INVALID_MONEY,
 *   SEATBOOK_MONEY_OUT_OF_RANGE, SEATBOOK_REQUIRED (cost_override: the license has no currency),
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE (held_since: also if in the future; C62),
 *   SEATBOOK_ALREADY_ASSIGNED (A44, C16; also if the license is full, C44),
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
  seatbook_time held_since; /* Since when the person has held the seat; none: since now (C62). */
} seatbook_bulk_assign_request;
#define SEATBOOK_BULK_ASSIGN_REQUEST_INIT \
  {sizeof(seatbook_bulk_assign_request), 0, 0, 0, 0, 0, 0, {0}, 0}
enum {
  SEATBOOK_FIELD_BULK_ASSIGN_PERSON = 0x1,
  SEATBOOK_FIELD_BULK_ASSIGN_LICENSES = 0x2,
  SEATBOOK_FIELD_BULK_ASSIGN_ALL_OR_NOTHING = 0x4,
  SEATBOOK_FIELD_BULK_ASSIGN_DRY_RUN = 0x8,
  SEATBOOK_FIELD_BULK_ASSIGN_REQUEST_ID = 0x10,
  SEATBOOK_FIELD_BULK_ASSIGN_HELD_SINCE = 0x20
};
/* Assigns one person a seat on each of several licenses (A30, A31, A32, A34, A35, A36, A37,
 * C46). Skip reasons, in the order of checking: license_archived, already_assigned,
 * no_seats_remaining. A license named twice counts once. Needs `assign`.
 * Errors: SEATBOOK_REQUIRED (no licenses), SEATBOOK_LIMIT_EXCEEDED (over 100,000),
 *   SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED, SEATBOOK_PERSON_ERASED,
 *   SEATBOOK_LICENSE_NOT_FOUND (with index), SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE
 *   (held_since: also if in the future; C62), SEATBOOK_BULK_REFUSED.
 * Result: one row of BulkReceipt.
 * *done: the number of items that succeeded; in a dry run, that would have succeeded. */
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
  seatbook_time held_since; /* Since when the person has held the seat; none: since now (C62). */
} seatbook_assign_many_request;
#define SEATBOOK_ASSIGN_MANY_REQUEST_INIT \
  {sizeof(seatbook_assign_many_request), 0, 0, 0, 0, {0, 0}, 0, 0, 0, {0}, 0}
enum {
  SEATBOOK_FIELD_ASSIGN_MANY_LICENSE = 0x1,
  SEATBOOK_FIELD_ASSIGN_MANY_PEOPLE = 0x2,
  SEATBOOK_FIELD_ASSIGN_MANY_ACCESS_LEVEL = 0x4,
  SEATBOOK_FIELD_ASSIGN_MANY_COST_OVERRIDE = 0x8,
  SEATBOOK_FIELD_ASSIGN_MANY_ALL_OR_NOTHING = 0x10,
  SEATBOOK_FIELD_ASSIGN_MANY_DRY_RUN = 0x20,
  SEATBOOK_FIELD_ASSIGN_MANY_REQUEST_ID = 0x40,
  SEATBOOK_FIELD_ASSIGN_MANY_HELD_SINCE = 0x80
};
/* Assigns several people a seat on one license, all with the same attributes (B2, B3, B12, B14,
 * B15, C26). Skip reasons, in the order of checking: already_assigned (also if the holder is
 * archived, as in imports; C27), person_erased, person_archived, no_seats_remaining. A person
 * named twice counts once. Needs `assign`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_REQUIRED (no people), SEATBOOK_LIMIT_EXCEEDED (over
 *   100,000), SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_TEXT_TOO_LONG
 *   (access_level), SEATBOOK_INVALID_MONEY, SEATBOOK_MONEY_OUT_OF_RANGE, SEATBOOK_REQUIRED
 *   (cost_override: the license has no currency), SEATBOOK_INVALID_DATE,
 *   SEATBOOK_DATE_OUT_OF_RANGE (held_since: also if in the future; C62),
 *   SEATBOOK_PERSON_NOT_FOUND (with index), SEATBOOK_BULK_REFUSED.
 * Result: one row of BulkReceipt.
 * *done: the number of items that succeeded; in a dry run, that would have succeeded. */
SEATBOOK_API seatbook_code seatbook_assign_many(seatbook_session *session,
                                                const seatbook_assign_many_request *request,
                                                uint64_t *done, seatbook_rows **result,
                                                seatbook_error **error);

/* The arguments of seatbook_revoke(). */
typedef struct seatbook_revoke_request {
  size_t struct_size; /* sizeof(seatbook_revoke_request) */
  uint64_t fields; /* SEATBOOK_FIELD_REVOKE_... */
  seatbook_id assignment;
  seatbook_text reason; /* at most 1000 code points */
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
/* Revokes a seat: ends the assignment, which stays in the book, and frees the seat (A17, A19,
 * B25, B26, B27, C4). Needs `assign`.
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
  seatbook_text reason; /* at most 1000 code points; stored with each seat */
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
/* Revokes every seat that a person holds, even if the person is archived (C56). If the person
 * holds none, the call succeeds with no outcomes. No item is ever skipped. Needs `assign`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ERASED,
 *   SEATBOOK_TEXT_TOO_LONG (reason).
 * Result: one row of BulkReceipt.
 * *done: the number of items that succeeded; in a dry run, that would have succeeded. */
SEATBOOK_API seatbook_code seatbook_revoke_all(seatbook_session *session,
                                               const seatbook_revoke_all_request *request,
                                               uint64_t *done, seatbook_rows **result,
                                               seatbook_error **error);

/* The arguments of seatbook_transfer(). */
typedef struct seatbook_transfer_request {
  size_t struct_size; /* sizeof(seatbook_transfer_request) */
  uint64_t fields; /* SEATBOOK_FIELD_TRANSFER_... */
  seatbook_id assignment;
  seatbook_id person; /* the new holder */
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
/* Transfers a seat: revokes the assignment (reason "transferred") and gives `person` a new one,
 * in one batch (C55). Needs no free seat. The new assignment keeps access level and cost
 * override, but not account, notes, last use, flag or held_since (C62). Needs `assign`.
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
  seatbook_time held_since; /* cleared: since it was assigned (C62) */
} seatbook_edit_seat_request;
#define SEATBOOK_EDIT_SEAT_REQUEST_INIT \
  {sizeof(seatbook_edit_seat_request), 0, 0, {0, 0}, {0, 0}, {0, 0}, 0, 0, {0}, 0}
enum {
  SEATBOOK_FIELD_EDIT_SEAT_ASSIGNMENT = 0x1,
  SEATBOOK_FIELD_EDIT_SEAT_ACCESS_LEVEL = 0x2,
  SEATBOOK_FIELD_EDIT_SEAT_ACCOUNT = 0x4,
  SEATBOOK_FIELD_EDIT_SEAT_NOTES = 0x8,
  SEATBOOK_FIELD_EDIT_SEAT_COST_OVERRIDE = 0x10,
  SEATBOOK_FIELD_EDIT_SEAT_EXPECTED_REVISION = 0x20,
  SEATBOOK_FIELD_EDIT_SEAT_REQUEST_ID = 0x40,
  SEATBOOK_FIELD_EDIT_SEAT_HELD_SINCE = 0x80
};
/* Changes the fields of an active assignment (B24). History keeps the old and new values (C59).
 * Needs `assign`.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_TEXT_TOO_LONG,
 *   SEATBOOK_INVALID_MONEY, SEATBOOK_MONEY_OUT_OF_RANGE, SEATBOOK_REQUIRED (cost_override: the
 *   license has no currency), SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE (held_since:
 *   also if in the future; C62), SEATBOOK_STALE_REVISION, SEATBOOK_ALREADY_REVOKED.
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
/* Clears the needs_review flag and keeps the seat (B32). Needs `assign`.
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
/* Records that a seat was used (A46, C54). The latest time wins; an equal or older one is
 * accepted and changes nothing. Writes no history, no event and no new revision. Needs `assign`.
 * Times are compared in microseconds: a use in whole seconds can be before an assignment made
 * within the same second.
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE,
 *   SEATBOOK_ALREADY_REVOKED, SEATBOOK_USED_BEFORE_ASSIGNED (before the person held the seat;
 *   C62), SEATBOOK_USED_IN_FUTURE (more than 24 hours ahead).
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
 * license with an email, or both), invalid_text, assignment_not_found (also if the person with
 * the email holds no seat), license_not_found, person_not_found, invalid_date,
 * date_out_of_range, already_revoked, used_before_assigned, used_in_future. Writes no batch if
 * nothing changes. Needs `assign`.
 * Errors: SEATBOOK_REQUIRED (no uses), SEATBOOK_LIMIT_EXCEEDED (over 100,000),
 *   SEATBOOK_BULK_REFUSED.
 * Result: one row of BulkReceipt.
 * *done: the number of items that succeeded; in a dry run, that would have succeeded. */
SEATBOOK_API seatbook_code seatbook_record_uses(seatbook_session *session,
                                                const seatbook_record_uses_request *request,
                                                uint64_t *done, seatbook_rows **result,
                                                seatbook_error **error);

/* ------------------------------------------------------------------------------------- queries */

/* The arguments of seatbook_people(). */
typedef struct seatbook_people_request {
  size_t struct_size; /* sizeof(seatbook_people_request) */
  uint64_t fields; /* SEATBOOK_FIELD_PEOPLE_... */
  seatbook_id after; /* the last id of the previous page; none or 0: the start */
  seatbook_person_state state; /* only records in this state */
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
} seatbook_people_request;
#define SEATBOOK_PEOPLE_REQUEST_INIT \
  {sizeof(seatbook_people_request), 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_PEOPLE_AFTER = 0x1,
  SEATBOOK_FIELD_PEOPLE_STATE = 0x2,
  SEATBOOK_FIELD_PEOPLE_LIMIT = 0x4
};
/* Returns a page of all people or all licenses, ordered by id. Needs `view`. O(rows examined).
 * Result: rows of Person. */
SEATBOOK_API seatbook_code seatbook_people(const seatbook_session *session,
                                           const seatbook_people_request *request,
                                           seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_licenses(). */
typedef struct seatbook_licenses_request {
  size_t struct_size; /* sizeof(seatbook_licenses_request) */
  uint64_t fields; /* SEATBOOK_FIELD_LICENSES_... */
  seatbook_id after; /* the last id of the previous page; none or 0: the start */
  seatbook_license_state state; /* only records in this state */
  uint32_t limit; /* 1 to 100,000; 1000 unless set */
} seatbook_licenses_request;
#define SEATBOOK_LICENSES_REQUEST_INIT \
  {sizeof(seatbook_licenses_request), 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_LICENSES_AFTER = 0x1,
  SEATBOOK_FIELD_LICENSES_STATE = 0x2,
  SEATBOOK_FIELD_LICENSES_LIMIT = 0x4
};
/* Returns a page of all people or all licenses, ordered by id. Needs `view`. O(rows examined).
 * Result: rows of License. */
SEATBOOK_API seatbook_code seatbook_licenses(const seatbook_session *session,
                                             const seatbook_licenses_request *request,
                                             seatbook_rows **result, seatbook_error **error);

/* Returns one record. Needs `view`.
 * Errors: SEATBOOK_PERSON_NOT_FOUND.
 * Result: one row of Person. */
SEATBOOK_API seatbook_code seatbook_get_person(const seatbook_session *session, seatbook_id person,
                                               seatbook_rows **result, seatbook_error **error);

/* Returns one record. Needs `view`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of License. */
SEATBOOK_API seatbook_code seatbook_get_license(const seatbook_session *session,
                                                seatbook_id license, seatbook_rows **result,
                                                seatbook_error **error);

/* Returns one record. Needs `view`.
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND.
 * Result: one row of Assignment. */
SEATBOOK_API seatbook_code seatbook_get_assignment(const seatbook_session *session,
                                                   seatbook_id assignment, seatbook_rows **result,
                                                   seatbook_error **error);

/* Returns the actor of an actor id in history. Needs `view`.
 * Errors: SEATBOOK_ACTOR_NOT_FOUND.
 * Result: one row of ActorRecord. */
SEATBOOK_API seatbook_code seatbook_get_actor(const seatbook_session *session, seatbook_id actor,
                                              seatbook_rows **result, seatbook_error **error);

/* Identifies a person by exactly one of the two. Emails are compared case-folded (C17). */
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
 * Result: *person; 0 if there is none. */
SEATBOOK_API seatbook_code seatbook_find_person(const seatbook_session *session,
                                                const seatbook_find_person_request *request,
                                                seatbook_id *person, seatbook_error **error);

/* Identifies a license. */
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
 * Result: *license; 0 if there is none. */
SEATBOOK_API seatbook_code seatbook_find_license(const seatbook_session *session,
                                                 const seatbook_find_license_request *request,
                                                 seatbook_id *license, seatbook_error **error);

/* Identifies an actor: a service by name, or a person; exactly one of the two. */
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
/* Returns the id of an actor that has written to the book. Needs `view`. O(1).
 * Errors: SEATBOOK_INVALID_TEXT.
 * Result: *actor; 0 if there is none. */
SEATBOOK_API seatbook_code seatbook_find_actor(const seatbook_session *session,
                                               const seatbook_find_actor_request *request,
                                               seatbook_id *actor, seatbook_error **error);

/* Returns the active assignment of the person to the license, if any: "does P hold L?". Needs
 * `view`, or `view_own` if the person is the actor. O(1).
 * Result: *assignment; 0 if there is none. */
SEATBOOK_API seatbook_code seatbook_find_seat(const seatbook_session *session, seatbook_id license,
                                              seatbook_id person, seatbook_id *assignment,
                                              seatbook_error **error);

/* Returns when the seat was last used, if ever (A46). Needs `view`. O(1).
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND.
 * Result: *used_at; SEATBOOK_NONE if there is none. */
SEATBOOK_API seatbook_code seatbook_last_use(const seatbook_session *session,
                                             seatbook_id assignment, seatbook_time *used_at,
                                             seatbook_error **error);

/* Returns the seats in use and the capacity of the license. Needs `view`. O(1).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of Usage.
 * *total: SEATBOOK_UNLIMITED for a license without a limit. */
SEATBOOK_API seatbook_code seatbook_usage(const seatbook_session *session, seatbook_id license,
                                          uint64_t *used, int64_t *total, seatbook_rows **result,
                                          seatbook_error **error);

/* Returns the license's active assignments, oldest first (A21). Needs `view`. O(rows).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: rows of SeatRow. */
SEATBOOK_API seatbook_code seatbook_license_seats(const seatbook_session *session,
                                                  seatbook_id license, seatbook_rows **result,
                                                  seatbook_error **error);

/* Returns the licenses of which the person holds a seat, oldest grant first (A15). Needs `view`,
 * or `view_own` if the person is the actor. O(rows).
 * Errors: SEATBOOK_PERSON_NOT_FOUND.
 * Result: rows of SoftwareRow. */
SEATBOOK_API seatbook_code seatbook_my_software(const seatbook_session *session, seatbook_id person,
                                                seatbook_rows **result, seatbook_error **error);

/* Selects people who can be assigned a seat (A10, B13, B16): active people, without those who
 * hold a seat of `license`. */
typedef struct seatbook_assignable_people_request {
  size_t struct_size; /* sizeof(seatbook_assignable_people_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ASSIGNABLE_PEOPLE_... */
  seatbook_id license;
  /* Searches name and email, trimmed and case-folded (C17, C74); every character is literal.
   * Empty: all. */
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
/* Lists the people who can be assigned a seat, ordered by case-folded name, then id. Needs
 * `view`. O(people).
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
/* Returns the seats of a license or the book that are flagged for review, longest waiting first:
 * ordered by the history rows that flagged them (B29). Needs `view`. O(rows, and the history of
 * their holders since they were flagged).
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
/* Returns the number of seats of a license or the book that are flagged for review. Needs
 * `view`. O(log of all flagged seats).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND. */
SEATBOOK_API seatbook_code seatbook_needs_review_count(
    const seatbook_session *session, const seatbook_needs_review_count_request *request,
    uint64_t *count, seatbook_error **error);

/* Returns the active licenses whose owner or backup owner is archived (B9, C22). Needs `view`.
 * O(licenses).
 * Result: rows of ArchivedOwnerRow. */
SEATBOOK_API seatbook_code seatbook_archived_owners(const seatbook_session *session,
                                                    seatbook_rows **result, seatbook_error **error);

/* Returns the approver and the renewal recipients of a license (B5). Needs `view`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of LicenseContacts. */
SEATBOOK_API seatbook_code seatbook_license_contacts(const seatbook_session *session,
                                                     seatbook_id license, seatbook_rows **result,
                                                     seatbook_error **error);

/* Selects the renewals until a day, and defines which seats count as inactive. */
typedef struct seatbook_renewals_due_request {
  size_t struct_size; /* sizeof(seatbook_renewals_due_request) */
  uint64_t fields; /* SEATBOOK_FIELD_RENEWALS_DUE_... */
  seatbook_date until; /* inclusive */
  uint32_t inactive_days; /* days of 24 hours; 0 to 36,500 (C8); 30 unless set */
  uint32_t new_seat_grace_days; /* seats held for less are never inactive (C9, C62); 0 unless set */
  uint32_t reserved_0; /* 0 */
} seatbook_renewals_due_request;
#define SEATBOOK_RENEWALS_DUE_REQUEST_INIT \
  {sizeof(seatbook_renewals_due_request), 0, 0, 0, 0, 0}
enum {
  SEATBOOK_FIELD_RENEWALS_DUE_UNTIL = 0x1,
  SEATBOOK_FIELD_RENEWALS_DUE_INACTIVE_DAYS = 0x2,
  SEATBOOK_FIELD_RENEWALS_DUE_NEW_SEAT_GRACE_DAYS = 0x4
};
/* Returns the renewals that are due up to and including a day, overdue ones included, ordered by
 * date, then license. Archived licenses have none. Needs `view`. O(licenses, active seats of
 * those that are due).
 * Errors: SEATBOOK_INVALID_ARGUMENT (inactive_days, new_seat_grace_days), SEATBOOK_INVALID_DATE,
 *   SEATBOOK_DATE_OUT_OF_RANGE (until).
 * Result: rows of RenewalRow. */
SEATBOOK_API seatbook_code seatbook_renewals_due(const seatbook_session *session,
                                                 const seatbook_renewals_due_request *request,
                                                 seatbook_rows **result, seatbook_error **error);

/* Selects history rows that match every member that is set. */
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
  /* Oldest first: rows after this one. Newest first: rows before it. 0: from the start of the
   * chosen order. */
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
/* Returns rows of the audit trail. Needs `view`, or `view_own` if `person` is the actor and
 * neither a license nor an actor is given. O(rows of the license, else of the person, else of
 * the actor; if none is given, of the book).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_ACTOR_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE (since, until).
 * Result: rows of HistoryEntry. */
SEATBOOK_API seatbook_code seatbook_history(const seatbook_session *session,
                                            const seatbook_history_request *request,
                                            seatbook_rows **result, seatbook_error **error);

/* Returns the events of history rows after `after`, oldest first, from every process that shares
 * the storage. Use it to build a dispatcher that loses no event (C41). Needs `view`. `limit` is
 * 1 to 100,000 events; one call examines up to 100,000 rows.
 * Result: one row of EventPage. */
SEATBOOK_API seatbook_code seatbook_events_after(const seatbook_session *session, uint64_t after,
                                                 uint32_t limit, seatbook_rows **result,
                                                 seatbook_error **error);

/* Returns notifications, in the same way as events_after. A page ends at the end of a batch, so
 * it can be longer than `limit`.
 * Result: one row of NotificationPage. */
SEATBOOK_API seatbook_code seatbook_notifications_after(const seatbook_session *session,
                                                        uint64_t after, uint32_t limit,
                                                        seatbook_rows **result,
                                                        seatbook_error **error);

/* --------------------------------------------------------------------------- lists and exports */

/* Selects active seats that match every member that is set, and their order (A23, A24, A25, A26,
 * A27, C13).
 *
 * Cost, where R is the number of rows in scope (the active seats of the license or the person,
 * the smaller of the two if both are given, or all assignments of the book):
 * - sorted by `assigned`: O(limit), plus the rows that the filter skips;
 * - sorted otherwise: one pass over R for any limit, and O(log limit) for each row that enters
 *   the page.
 *
 * Memory: one page. Search and sort use slices of the lock, like every query (see Session). The
 * pass sees each seat in its state when it reaches it; the rows of the page are read afterwards. */
typedef struct seatbook_seat_list_request {
  size_t struct_size; /* sizeof(seatbook_seat_list_request) */
  uint64_t fields; /* SEATBOOK_FIELD_SEAT_LIST_... */
  seatbook_id license; /* without this and `person`: the whole book */
  seatbook_id person;
  /* Searches the holder's name and email, trimmed and case-folded (C17, C74); every character is
   * literal. Empty: all (A24). */
  seatbook_text search;
  seatbook_flag inactive_only; /* only reclaim candidates (A25, C8) */
  uint32_t inactive_days; /* days of 24 hours; 0 to 36,500; 30 unless set */
  uint32_t new_seat_grace_days; /* seats held for less are never inactive (C9, C62); 0 unless set */
  seatbook_flag needs_review_only; /* only seats flagged for review (B28) */
  seatbook_flag archived_only; /* only seats of archived holders */
  seatbook_seat_sort sort; /* SEATBOOK_SEAT_SORT_ASSIGNED unless set */
  seatbook_flag descending;
  uint32_t reserved_0; /* 0 */
  /* `next` of SeatListPage of the previous page; empty: from the start. It is valid for one
   * `sort` and `descending`; the filter can change from page to page. */
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
/* Returns a page of the full seat list of a license, a person or the book, filtered and sorted
 * (A22, A23, A27, A29). Needs `view`. Cost: see the request.
 * Errors: SEATBOOK_INVALID_TEXT, SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND.
 * Result: one row of SeatListPage. */
SEATBOOK_API seatbook_code seatbook_seat_list(const seatbook_session *session,
                                              const seatbook_seat_list_request *request,
                                              seatbook_rows **result, seatbook_error **error);

/* Selects the seats of the header figures. */
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
/* Returns the header figures of a seat list. Its filters do not affect them (A22). Needs `view`.
 * O(active seats of the license or the person; all assignments of the book).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND; as seat_list.
 * Result: one row of SeatFigures. */
SEATBOOK_API seatbook_code seatbook_seat_figures(const seatbook_session *session,
                                                 const seatbook_seat_figures_request *request,
                                                 seatbook_rows **result, seatbook_error **error);

/* Selects everyone who holds or held a seat of a license, ordered by the date added, then by
 * assignment (B10, C19, C35). */
typedef struct seatbook_roster_request {
  size_t struct_size; /* sizeof(seatbook_roster_request) */
  uint64_t fields; /* SEATBOOK_FIELD_ROSTER_... */
  seatbook_id license;
  seatbook_flag active_only;
  uint32_t reserved_0; /* 0 */
  seatbook_id after; /* `next` of RosterPage of the previous page */
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
/* Returns everyone who holds or held a seat of the license (B10). Needs `view`. O(rows).
 * Errors: SEATBOOK_ASSIGNMENT_NOT_FOUND, SEATBOOK_LICENSE_NOT_FOUND.
 * Result: one row of RosterPage. */
SEATBOOK_API seatbook_code seatbook_roster(const seatbook_session *session,
                                           const seatbook_roster_request *request,
                                           seatbook_rows **result, seatbook_error **error);

/* The arguments of seatbook_export_seat_list(). */
typedef struct seatbook_export_seat_list_request {
  size_t struct_size; /* sizeof(seatbook_export_seat_list_request) */
  uint64_t fields; /* SEATBOOK_FIELD_EXPORT_SEAT_LIST_... */
  seatbook_id license; /* without this and `person`: the whole book */
  seatbook_id person;
  /* Searches the holder's name and email, trimmed and case-folded (C17, C74); every character is
   * literal. Empty: all (A24). */
  seatbook_text search;
  seatbook_flag inactive_only; /* only reclaim candidates (A25, C8) */
  uint32_t inactive_days; /* days of 24 hours; 0 to 36,500; 30 unless set */
  uint32_t new_seat_grace_days; /* seats held for less are never inactive (C9, C62); 0 unless set */
  seatbook_flag needs_review_only; /* only seats flagged for review (B28) */
  seatbook_flag archived_only; /* only seats of archived holders */
  seatbook_seat_sort sort; /* SEATBOOK_SEAT_SORT_ASSIGNED unless set */
  seatbook_flag descending;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  /* For the dates of the profile `spreadsheet`: minutes east of UTC, -1440 to 1440. A date is
   * never before 1970 or after 2200. `exact` always uses UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets detect the
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
/* Exports the seat list: all rows of the list, in its order, with the columns `User
 * name,Email,Access level,Account,Assigned,Last used`. If the list is not of one license, the
 * first column is `License` (A28, C35).
 * Streams a CSV file into `sink`, which is called without a lock (A28, B33, C35 to C38). The set
 * and order of rows are fixed up front, in slices. Row contents are read in batches of 1,000
 * under a short lock and reflect the state at that moment (C69). Extra memory: 8 bytes per row
 * (about 64 for a seat list), plus one page. Needs `view` and `export`.
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
  /* For the dates of the profile `spreadsheet`: minutes east of UTC, -1440 to 1440. A date is
   * never before 1970 or after 2200. `exact` always uses UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets detect the
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
/* Exports everyone who holds or held a seat of a license, `Name,Email,Role,Date Added,Date
 * Removed`, ordered by the date added, then by assignment (B33, C35). Importing the unedited
 * file changes nothing (C37).
 * Streams a CSV file into `sink`, which is called without a lock (A28, B33, C35 to C38). The set
 * and order of rows are fixed up front, in slices. Row contents are read in batches of 1,000
 * under a short lock and reflect the state at that moment (C69). Extra memory: 8 bytes per row
 * (about 64 for a seat list), plus one page. Needs `view` and `export`.
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
  /* Oldest first: rows after this one. Newest first: rows before it. 0: from the start of the
   * chosen order. */
  uint64_t from;
  seatbook_flag newest_first;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  /* For the dates of the profile `spreadsheet`: minutes east of UTC, -1440 to 1440. A date is
   * never before 1970 or after 2200. `exact` always uses UTC. 0 unless set */
  int32_t utc_offset_minutes;
  /* Starts the file with the UTF-8 byte order mark, by which some spreadsheets detect the
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
/* Exports the audit trail: the rows that seatbook_history() returns for the query, with the
 * columns `Seq,At,Actor,Kind,License ID,License,Person ID,Person,Assignment ID,Counterpart
 * ID,Total Before,Total After,Policy Before,Policy After,Owner ID Before,Owner ID After,Backup
 * Owner ID Before,Backup Owner ID After,Name Before,Name After,Email Before,Email
 * After,Reason,Changes`. Instants are RFC 3339 in UTC in both profiles, to show the order of
 * changes within a day. `Changes` is the list of changed fields, `field: old -> new`, separated
 * by `; ` (C59).
 * Streams a CSV file into `sink`, which is called without a lock (A28, B33, C35 to C38). The set
 * and order of rows are fixed up front, in slices. Row contents are read in batches of 1,000
 * under a short lock and reflect the state at that moment (C69). Extra memory: 8 bytes per row
 * (about 64 for a seat list), plus one page. Needs `view` and `export`.
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_ACTOR_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE, SEATBOOK_CANCELLED.
 * Result: one row of ExportedFile. */
SEATBOOK_API seatbook_code seatbook_export_history(const seatbook_session *session,
                                                   const seatbook_export_history_request *request,
                                                   seatbook_rows **result, seatbook_error **error);

/* ------------------------------------------------------------------------------------- reports */

/* Selects the licenses of a utilization report, and its rows. */
typedef struct seatbook_utilization_request {
  size_t struct_size; /* sizeof(seatbook_utilization_request) */
  uint64_t fields; /* SEATBOOK_FIELD_UTILIZATION_... */
  seatbook_utilization_by by; /* SEATBOOK_UTILIZATION_BY_LICENSE unless set */
  uint32_t reserved_0; /* 0 */
  seatbook_id license; /* only this one */
  /* Only licenses of this group, compared byte by byte; empty: licenses without a group. */
  seatbook_text product_group;
  /* Only rows with at least this percentage of their total in use, compared exactly. With either
   * limit, a row without a total is omitted, and so is one with no seats and none in use. Seats
   * in use on a total of 0 are above every percentage. */
  uint32_t at_least_percent;
  uint32_t at_most_percent; /* Only rows with at most this percentage of their total in use. */
  seatbook_flag include_archived; /* also archived licenses; none of their seats is in use (C50) */
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
/* Returns how full licenses are and what they cost a month (B11, C53): one row for each license
 * in the order of ids, one for each product group in byte order (licenses without a group are
 * the group ""), or one row for the book. Needs `view`. O(licenses of the book, active seats of
 * the selected ones).
 * Errors: SEATBOOK_INVALID_ARGUMENT (by; at_most_percent below at_least_percent),
 *   SEATBOOK_INVALID_TEXT (product_group), SEATBOOK_LICENSE_NOT_FOUND.
 * Result: rows of UtilizationRow. */
SEATBOOK_API seatbook_code seatbook_utilization(const seatbook_session *session,
                                                const seatbook_utilization_request *request,
                                                seatbook_rows **result, seatbook_error **error);

/* Selects a page of inactive seats. */
typedef struct seatbook_reclaim_candidates_request {
  size_t struct_size; /* sizeof(seatbook_reclaim_candidates_request) */
  uint64_t fields; /* SEATBOOK_FIELD_RECLAIM_CANDIDATES_... */
  seatbook_id license; /* none: all licenses */
  uint32_t inactive_days; /* days of 24 hours; 0 to 36,500 (C8); 30 unless set */
  uint32_t new_seat_grace_days; /* seats held for less are never inactive (C9, C62); 0 unless set */
  seatbook_id after; /* the last row of the previous page */
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
/* Returns a page of the inactive seats (A25, A26, C8, C9) of one license or of all, with the
 * monthly saving of freeing each. Ordered by currency, then by saving, largest first, then by
 * id; seats without a price come last. Needs `view`. O(active seats of the license or of the
 * book) for every page.
 * Errors: SEATBOOK_INVALID_ARGUMENT (inactive_days, new_seat_grace_days, limit),
 *   SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_ASSIGNMENT_NOT_FOUND (after).
 * Result: one row of ReclaimPage. */
SEATBOOK_API seatbook_code seatbook_reclaim_candidates(
    const seatbook_session *session, const seatbook_reclaim_candidates_request *request,
    seatbook_rows **result, seatbook_error **error);

/* Returns who held a seat of the license at that instant, in the order of the grants (C52).
 * Needs `view`. O(history of the license).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE.
 * Result: rows of HolderRow. */
SEATBOOK_API seatbook_code seatbook_holders_at(const seatbook_session *session, seatbook_id license,
                                               seatbook_time at, seatbook_rows **result,
                                               seatbook_error **error);

/* Selects a page of steps. For the next page set `since` to `next` of UsageOverTime. */
typedef struct seatbook_usage_over_time_request {
  size_t struct_size; /* sizeof(seatbook_usage_over_time_request) */
  uint64_t fields; /* SEATBOOK_FIELD_USAGE_OVER_TIME_... */
  seatbook_id license; /* none: the whole book */
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
/* Returns the seats in use over time, as steps (C52). Needs `view`. O(history of the license, or
 * of the book, up to the end of the page).
 * Errors: SEATBOOK_INVALID_ARGUMENT (since is after until; limit), SEATBOOK_LICENSE_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE.
 * Result: one row of UsageOverTime. */
SEATBOOK_API seatbook_code seatbook_usage_over_time(const seatbook_session *session,
                                                    const seatbook_usage_over_time_request *request,
                                                    seatbook_rows **result, seatbook_error **error);

/* A period of one license or of the book: from `since` up to but excluding `until`. If both are
 * equal, it is that instant. */
typedef struct seatbook_peak_usage_request {
  size_t struct_size; /* sizeof(seatbook_peak_usage_request) */
  uint64_t fields; /* SEATBOOK_FIELD_PEAK_USAGE_... */
  seatbook_id license; /* none: the whole book */
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
/* Returns the earliest step with the most seats in use; its `at` is not before `since`. For a
 * license that enforces its total the peak never exceeds the total in force (A3, C12, C52).
 * Needs `view`. O(history of the license, or of the book, before `until`).
 * Errors: SEATBOOK_LICENSE_NOT_FOUND, SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE; as
 *   usage_over_time.
 * Result: one row of UsageStep. */
SEATBOOK_API seatbook_code seatbook_peak_usage(const seatbook_session *session,
                                               const seatbook_peak_usage_request *request,
                                               seatbook_rows **result, seatbook_error **error);

/* Selects the seats of people who were archived from `since` up to but excluding `until`, in
 * pages. */
typedef struct seatbook_offboarding_times_request {
  size_t struct_size; /* sizeof(seatbook_offboarding_times_request) */
  uint64_t fields; /* SEATBOOK_FIELD_OFFBOARDING_TIMES_... */
  seatbook_id license; /* none: all licenses */
  seatbook_time since;
  seatbook_time until;
  uint64_t after; /* the last row of the previous page; 0: from the start */
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
/* Returns how long people who left kept their seats: from the archiving that flagged a seat to
 * its release (B28, B31), in the order of the flags. Needs `view`. O(history of the book from
 * `since` on) for every page.
 * Errors: SEATBOOK_INVALID_ARGUMENT (since is after until; limit), SEATBOOK_LICENSE_NOT_FOUND,
 *   SEATBOOK_INVALID_DATE, SEATBOOK_DATE_OUT_OF_RANGE.
 * Result: one row of OffboardingTimes. */
SEATBOOK_API seatbook_code seatbook_offboarding_times(
    const seatbook_session *session, const seatbook_offboarding_times_request *request,
    seatbook_rows **result, seatbook_error **error);

/* ------------------------------------------------------------------------------------- imports */

/* The arguments of seatbook_import_roster(). */
typedef struct seatbook_import_roster_request {
  size_t struct_size; /* sizeof(seatbook_import_roster_request) */
  uint64_t fields; /* SEATBOOK_FIELD_IMPORT_ROSTER_... */
  seatbook_id license;
  seatbook_text csv; /* the whole file; must not change during the call */
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  uint32_t reserved_0; /* 0 */
  seatbook_progress *progress; /* optional */
  uint8_t request_id[16];
  /* For days in the column `HeldSince`: minutes east of UTC, -1440 to 1440 (C62). 0 unless set */
  int32_t utc_offset_minutes;
  uint32_t reserved_1; /* 0 */
} seatbook_import_roster_request;
#define SEATBOOK_IMPORT_ROSTER_REQUEST_INIT \
  {sizeof(seatbook_import_roster_request), 0, 0, {0, 0}, 0, 0, 0, 0, 0, {0}, 0, 0}
enum {
  SEATBOOK_FIELD_IMPORT_ROSTER_LICENSE = 0x1,
  SEATBOOK_FIELD_IMPORT_ROSTER_CSV = 0x2,
  SEATBOOK_FIELD_IMPORT_ROSTER_PROFILE = 0x4,
  SEATBOOK_FIELD_IMPORT_ROSTER_ALL_OR_NOTHING = 0x8,
  SEATBOOK_FIELD_IMPORT_ROSTER_DRY_RUN = 0x10,
  SEATBOOK_FIELD_IMPORT_ROSTER_PROGRESS = 0x20,
  SEATBOOK_FIELD_IMPORT_ROSTER_REQUEST_ID = 0x40,
  SEATBOOK_FIELD_IMPORT_ROSTER_UTC_OFFSET_MINUTES = 0x80
};
/* Assigns seats of one license to the people that a file lists by email; adds no people to the
 * book (B22, B23). Columns: `Email` (required), `Role` (the access level; C2),
 * `CostPerSeatOverride`, also spelled `Cost Per Seat Override`, and `HeldSince` (since when the
 * person has held the seat; C62). A cell of `HeldSince` is an instant (RFC 3339) or a day
 * (`YYYY-MM-DD`), which starts at 00:00 at the offset `utc_offset_minutes`. Columns of an
 * export: `Date Removed` (a row with a value is skipped), `Name` and `Date Added` (ignored;
 * C37). Other columns are ignored and listed in the report. An empty cell has no value (C32).
 *
 * Each row is checked separately, in this order (C27): its form, whether a person has the email,
 * whether they already hold a seat, whether they are archived, whether the license has room.
 * Rows are processed in the order of the file until the license is full (C26). A person who
 * occurs twice in the file gets one seat, by the first row that can be added (C25). A seat that
 * is already held is left unchanged (C28).
 *
 * With `all_or_nothing` a single row that is not_found, invalid or no_seats fails the call with
 * `bulk_refused`: nothing changes, and seatbook_error_outcomes() has an outcome for each such
 * row, whose `item` is its line. With `dry_run` nothing changes, and the report describes what
 * would have happened.
 *
 * Needs `assign`. Cost: O(bytes) before the writer lock is taken; O(rows) under it.
 * Errors: SEATBOOK_INVALID_ARGUMENT (profile, utc_offset_minutes), SEATBOOK_FILE_TOO_LARGE,
 *   SEATBOOK_CANCELLED (also later, while the call runs), SEATBOOK_INVALID_FILE_ENCODING,
 *   SEATBOOK_MALFORMED_CSV, SEATBOOK_LIMIT_EXCEEDED, SEATBOOK_HEADER_MISSING,
 *   SEATBOOK_COLUMN_MISSING, SEATBOOK_DUPLICATE_COLUMN, SEATBOOK_LICENSE_NOT_FOUND,
 *   SEATBOOK_LICENSE_ARCHIVED, SEATBOOK_BULK_REFUSED.
 * Result: one row of RosterReport. */
SEATBOOK_API seatbook_code seatbook_import_roster(seatbook_session *session,
                                                  const seatbook_import_roster_request *request,
                                                  uint64_t *added, seatbook_rows **result,
                                                  seatbook_error **error);

/* The arguments of seatbook_import_people(). */
typedef struct seatbook_import_people_request {
  size_t struct_size; /* sizeof(seatbook_import_people_request) */
  uint64_t fields; /* SEATBOOK_FIELD_IMPORT_PEOPLE_... */
  seatbook_text csv; /* the whole file; must not change during the call */
  const seatbook_people_columns *columns;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  uint32_t reserved_0; /* 0 */
  seatbook_progress *progress; /* optional */
  uint8_t request_id[16];
  /* The largest accepted file: 1 to 67,108,864 bytes. Above 5,242,880 it may have 1,000,000 rows
   * instead of 350,000 (C66). 5242880 unless set */
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
/* Adds the people of a file; those who are not active are added as archived. A person whose host
 * key or email is in the book, or in an earlier row, is already known and left unchanged. A row
 * with neither always adds a person. Needs `edit`.
 *
 * With `all_or_nothing` one invalid row fails the call with `bulk_refused`, with an outcome for
 * each such row, whose `item` is its line.
 * Errors: SEATBOOK_INVALID_ARGUMENT (profile; columns: two members name the same column;
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
  seatbook_text csv; /* the whole file; must not change during the call */
  const seatbook_license_columns *columns;
  seatbook_csv_profile profile; /* SEATBOOK_CSV_PROFILE_SPREADSHEET unless set */
  seatbook_date_order date_order; /* SEATBOOK_DATE_ORDER_ISO unless set */
  /* Removed from the start or end of a cost, once: with "$", `$12.58` is a cost. */
  seatbook_text currency_sign;
  seatbook_text default_currency; /* for rows with a cost but no currency */
  /* For rows without an owner. None: the actor, if it is a person (C23). */
  seatbook_id default_owner;
  seatbook_flag all_or_nothing;
  seatbook_flag dry_run;
  seatbook_progress *progress; /* optional */
  uint8_t request_id[16];
  /* The largest accepted file: 1 to 67,108,864 bytes. Above 5,242,880 it may have 1,000,000 rows
   * instead of 350,000 (C66). 5242880 unless set */
  uint32_t max_bytes;
  /* For days in the column `held_since`: minutes east of UTC, -1440 to 1440 (C62). 0 unless set */
  int32_t utc_offset_minutes;
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
  SEATBOOK_FIELD_IMPORT_LICENSES_MAX_BYTES = 0x800,
  SEATBOOK_FIELD_IMPORT_LICENSES_UTC_OFFSET_MINUTES = 0x1000
};
/* Adds the licenses of a file, and assigns a seat to the holder that a row names. A license
 * whose host key is in the book, or in an earlier row, is already known and left unchanged; its
 * row assigns no seat. A row without a host key always adds a license. Needs `create` and
 * `assign`.
 *
 * With `all_or_nothing` one row that is invalid or without_seat fails the call with
 * `bulk_refused`, with an outcome for each such row, whose `item` is its line.
 * Errors: SEATBOOK_INVALID_ARGUMENT (profile, date_order, utc_offset_minutes, max_bytes;
 *   columns: two members name the same column), SEATBOOK_INVALID_TEXT, SEATBOOK_FILE_TOO_LARGE,
 *   SEATBOOK_CANCELLED, SEATBOOK_INVALID_FILE_ENCODING, SEATBOOK_MALFORMED_CSV,
 *   SEATBOOK_LIMIT_EXCEEDED, SEATBOOK_HEADER_MISSING, SEATBOOK_COLUMN_MISSING,
 *   SEATBOOK_DUPLICATE_COLUMN, SEATBOOK_PERSON_NOT_FOUND, SEATBOOK_PERSON_ARCHIVED,
 *   SEATBOOK_PERSON_ERASED (default_owner), SEATBOOK_INVALID_CURRENCY (default_currency),
 *   SEATBOOK_BULK_REFUSED.
 * Result: one row of InventoryReport. */
SEATBOOK_API seatbook_code seatbook_import_licenses(seatbook_session *session,
                                                    const seatbook_import_licenses_request *request,
                                                    uint64_t *added, seatbook_rows **result,
                                                    seatbook_error **error);

/* --------------------------------------------------------------------------------- permissions */

/* Returns whether the actor may use the operation at all, to hide or disable a button (B35, C43,
 * C68). Returns false if seatbook_why_not() returns any error. If only `view_own` permits the
 * operation, a call about another person still fails. To check whether a license has room, use
 * seatbook_usage().
 * Result: 1 or 0. */
SEATBOOK_API int32_t seatbook_can(const seatbook_session *session, seatbook_operation operation);

/* Returns why seatbook_can() is false, or none (C68).
 * Errors: SEATBOOK_INVALID_ARGUMENT (unknown operation, or a malformed actor),
 *   SEATBOOK_BOOK_CLOSED, SEATBOOK_BOOK_NEEDS_REOPEN, SEATBOOK_BOOK_BEHIND,
 *   SEATBOOK_BOOK_FORKED, SEATBOOK_PERMISSION_DENIED.
 * Result: SEATBOOK_OK if the actor may use the operation. */
SEATBOOK_API seatbook_code seatbook_why_not(const seatbook_session *session,
                                            seatbook_operation operation, seatbook_error **error);

/* ------------------------------------------------------------------------------- batched calls */

/* Calls seatbook_assign(), seatbook_revoke() or seatbook_record_use() for each of `count` requests,
 * in order. They are for languages in which a call into C is slow. Each request is committed
 * separately and has a separate outcome: codes[i] receives the code of request i, assignments[i]
 * the seat, or 0 if the request failed, and *done the number of requests that succeeded. Each of
 * the three may be NULL. A request that fails does not stop the others. To commit all of them
 * together, use seatbook_assign_many(), seatbook_bulk_assign(), seatbook_revoke_all() or
 * seatbook_record_uses(). Errors of the whole call: SEATBOOK_INVALID_ARGUMENT (`session`;
 * `requests`: NULL, or an invalid struct_size), SEATBOOK_LIMIT_EXCEEDED (`count`: more than
 * SEATBOOK_MAX_BULK_ITEMS). A request whose struct_size differs from that of the first one fails
 * alone with SEATBOOK_INVALID_ARGUMENT. Ownership: the arrays remain the caller's. Threads, cost:
 * as the single call. */
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

/* Formats the rows that a roster import did not add as CSV, so that they can be corrected and
 * imported again. `report` is the result of seatbook_import_roster(). `format` must have the
 * profile that the import used; NULL is the default format. The result has one row with one text,
 * in column 0 (SEATBOOK_COLUMN_TEXTS_VALUE). Errors: SEATBOOK_INVALID_ARGUMENT,
 * SEATBOOK_OUT_OF_MEMORY. Ownership: the caller frees *csv. */
SEATBOOK_API seatbook_code seatbook_rows_to_csv(const seatbook_rows *report,
                                                const seatbook_csv_format *format,
                                                seatbook_rows **csv, seatbook_error **error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SEATBOOK_H_ */
