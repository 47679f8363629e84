/// Errors as values: Code, Error and Result<T>.
///
/// Expected failures are values, never exceptions. The method names of Result are those of
/// std::expected, so that a host can switch to it by search and replace once its compiler supports
/// it.
///
/// The header compiles with -fno-exceptions. BadResultAccess and the members value() of Result,
/// which throw it, are then not declared; hosts use has_value(), operator* and error().
#ifndef SEATBOOK_RESULT_HPP_
#define SEATBOOK_RESULT_HPP_

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/ids.hpp"

/// Clang warns if a reference outlives the object marked with this; other compilers ignore it.
#if defined(__clang__)
#define SEATBOOK_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define SEATBOOK_LIFETIMEBOUND
#endif

namespace seatbook {

/// One code for each rule that a caller can act on. The numbers are the same in C++, C, Python and
/// the conformance cases. A number never gets a second meaning and is never reused. Gaps leave room
/// for later codes of the same step. The tens follow the order in which errors are checked
/// (docs/architecture.md, "Error order"; C44).
enum class Code : std::int32_t {
  ok = 0,

  // Step 1: the call is malformed, independent of the records of the book.
  /// A value that no book accepts: an unknown enumerator, a text over 1 MiB.
  invalid_argument = 1,
  invalid_text = 2,  ///< A text that is not UTF-8, or that contains NUL (C51).
  // Errors of the file of an import. `values`: {line, byte} if known; lines count from 1, bytes
  // from 0.
  file_too_large = 3,         ///< More than 5,242,880 bytes (C31).
  invalid_file_encoding = 4,  ///< UTF-16, not UTF-8, or with a NUL byte (C34).
  malformed_csv = 5,   ///< An unclosed quote, text after a closing quote, a cell or row too large.
  header_missing = 6,  ///< The file has no header line.
  column_missing = 7,  ///< A column is missing in the header; `field` names it.
  duplicate_column = 8,  ///< A column occurs twice in the header; `field` names it (C30).

  // Step 2: the book cannot accept the call now.
  book_closed = 10,        ///< close() was called.
  book_needs_reopen = 11,  ///< The book no longer matches its storage; open it again.
  clock_behind = 12,       ///< The clock is more than 10 minutes behind the last batch (C52).
  book_behind = 13,        ///< Session::at_least() requests a version that is not committed yet.
  book_forked = 14,        ///< This process is a fork of the one that opened the book.
  book_read_only = 15,     ///< The book was opened read-only.

  // Step 3: permission.
  permission_denied = 20,  ///< The actor lacks a permission (C43).

  // Right after step 3, so that a retry is recognized whatever the first run has changed.
  repeated_request = 25,  ///< The request was committed before; `values`: {its version} (C58).

  // Steps 4 and 5: the record that a call names, then the other records it names.
  person_not_found = 30,      ///< No person has the id.
  person_archived = 31,       ///< The person is archived.
  person_erased = 32,         ///< The person is permanently erased.
  license_not_found = 33,     ///< No license has the id.
  license_archived = 34,      ///< The license is archived.
  assignment_not_found = 35,  ///< No assignment has the id.
  actor_not_found = 36,       ///< No actor has the id.

  // Step 6: limits and formats of fields, in the order in which the command declares them.
  required = 40,            ///< A required field is empty.
  text_too_long = 41,       ///< A text is longer than the limit of its field.
  invalid_email = 42,       ///< Not of the form name@domain.
  invalid_currency = 43,    ///< Not three upper-case letters.
  owner_required = 44,      ///< No owner is given and the actor is not a person (C23).
  total_out_of_range = 45,  ///< Not 0 to 1,000,000,000 and not unlimited.
  money_out_of_range = 46,  ///< Not 0 to 99,999,999.9999 (C53).
  invalid_money = 47,       ///< Not a plain decimal with at most four decimals (C33, C53).
  date_out_of_range = 48,   ///< Outside the years 1970 to 2200; `held_since`: in the future (C62).
  invalid_date = 49,        ///< Not of the documented form, or not a calendar date.
  limit_exceeded = 50,      ///< More records or items than a book or a call accepts.

  // Step 7: the expected revision.
  stale_revision = 60,  ///< The record has another revision; `values`: {that revision} (C57).

  // Step 8: rules about the state of the book.
  email_taken = 71,       ///< Another person has the email; `values`: {that person} (C17).
  host_key_taken = 72,    ///< Another record has the host key; `values`: {that record}.
  backup_is_owner = 73,   ///< Owner and backup owner must differ (B6, C20).
  total_below_used = 74,  ///< The total is below the seats in use; `values`: {used, total} (C12).
  already_assigned = 75,  ///< The person holds a seat; `values`: {the active assignment} (A44).
  already_revoked = 76,   ///< The assignment was revoked before (A45).
  not_flagged = 77,       ///< The assignment is not flagged for review (C47).
  same_person = 78,       ///< The seat is transferred to its current holder (C55).
  /// Seats are in use; `values`: their assignments, at most 100 (C49, C50).
  has_active_seats = 79,
  /// The person is an owner or backup owner; `values`: the licenses, at most 100 (C49).
  owns_licenses = 80,
  used_before_assigned = 81,  ///< A last use before the person held the seat (C54, C62).
  used_in_future = 82,        ///< A last use more than 24 hours ahead of the clock (C54).
  currency_in_use = 83,  ///< Seats in use have a cost override; `values`: those, at most 100 (C65).

  // Step 9: capacity.
  no_seats_remaining = 90,  ///< Every seat of the license is in use (A43).
  /// `all_or_nothing` was set and at least one item failed; see `outcomes` (C46).
  bulk_refused = 91,

  // Step 10: the storage.
  conflict = 100,         ///< Other writers were first at every attempt; nothing was written.
  storage_failed = 101,   ///< Definitely not written; the book stays usable.
  storage_unknown = 102,  ///< Possibly written; no further write until that is known.
  storage_corrupt = 103,  ///< The stored records break the rules; the book is unusable.
  storage_in_use = 104,   ///< Another book or another program has the file open.
  not_a_book = 105,       ///< The file or database belongs to something else.
  format_too_new = 106,   ///< Written by a later release; `values`: {its format, the newest known}.
  needs_recovery = 107,   ///< The last writer was interrupted: open the book for writing once.
  unsupported_storage = 108,  ///< This build has no such storage, or it does not support the call.
  needs_migration = 109,  ///< Written by an earlier release; `values`: {its format, the newest}.

  out_of_memory = 110,  ///< Nothing was changed.
  internal = 111,       ///< A bug in this library; nothing was acknowledged.
  cancelled = 112,      ///< The caller ended the call; an import has changed nothing.
};

/// Returns the code's name: "no_seats_remaining". An unknown number returns "unknown".
[[nodiscard]] std::string_view to_string(Code code) noexcept;

/// Returns the code of that name, if there is one.
[[nodiscard]] std::optional<Code> code_from_string(std::string_view name) noexcept;

/// Returns all codes, including `ok`, in numeric order.
[[nodiscard]] const std::vector<Code>& all_codes();

/// The result of one item of a bulk call.
struct Outcome {
  Code code = Code::ok;    ///< `ok`, or why the item was skipped
  std::uint64_t item = 0;  ///< the id that the item named: a license, a person or an assignment
  /// The assignment that was created, revoked or found, if any.
  std::optional<AssignmentId> assignment = {};
};

/// The error of a call. `code`, `field`, `index` and `values` are for programs and stable.
/// `message` is one line for people and can change, except the messages that docs/rules.md fixes
/// (A43 to A45).
struct Error {
  Code code = Code::internal;
  std::string message = {};
  /// The field of the command that caused the error, spelled as in commands.hpp; may be empty.
  std::string field = {};
  /// In a bulk call: the index of the item, from 0. Otherwise none.
  std::optional<std::uint64_t> index = {};
  /// Numbers as described at the code; otherwise empty.
  std::vector<std::uint64_t> values = {};
  /// bulk_refused: the outcome that each item would have had. Otherwise empty.
  std::vector<Outcome> outcomes = {};
};

#ifdef __cpp_exceptions
/// Thrown by Result::value() of a failed result: a bug in the program, which did not check it.
class BadResultAccess : public std::logic_error {
 public:
  explicit BadResultAccess(Error error)
      : std::logic_error(std::string(to_string(error.code)) + ": " + error.message),
        error_(std::move(error)) {}
  [[nodiscard]] const Error& error() const noexcept SEATBOOK_LIFETIMEBOUND { return error_; }

 private:
  Error error_;
};
#endif

/// A value or an Error.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = Error;

  // Implicit on purpose: a function writes `return value;` or `return Error{...};`.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

#ifdef __cpp_exceptions
  /// Returns the value. Throws BadResultAccess if there is none, so that a call that must succeed
  /// can be written as `desk.revoke({...}).value();`.
  const T& value() const& SEATBOOK_LIFETIMEBOUND {
    require_value();
    return *std::get_if<0>(&state_);
  }
  T& value() & SEATBOOK_LIFETIMEBOUND {
    require_value();
    return *std::get_if<0>(&state_);
  }
  /// Returns by value, unlike std::expected, so that `for (auto& row : desk.seats(...).value())`
  /// does not iterate over a destroyed list.
  T value() && {
    require_value();
    return std::move(*std::get_if<0>(&state_));
  }
#endif
  template <class U>
  [[nodiscard]] T value_or(U&& fallback) const& {
    return has_value() ? *std::get_if<0>(&state_) : static_cast<T>(std::forward<U>(fallback));
  }

  /// Returns the value, unchecked: call it only if has_value().
  [[nodiscard]] const T& operator*() const& noexcept SEATBOOK_LIFETIMEBOUND {
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T& operator*() & noexcept SEATBOOK_LIFETIMEBOUND {
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T operator*() && { return std::move(*std::get_if<0>(&state_)); }
  /// Before C++23, `for (auto& row : desk.roster(...)->rows)` iterates over a destroyed list: keep
  /// the result in a variable, or use value(). Clang warns about it.
  [[nodiscard]] const T* operator->() const noexcept SEATBOOK_LIFETIMEBOUND {
    return std::get_if<0>(&state_);
  }
  [[nodiscard]] T* operator->() noexcept SEATBOOK_LIFETIMEBOUND { return std::get_if<0>(&state_); }

  /// Returns the error, unchecked: call it only if !has_value().
  [[nodiscard]] const Error& error() const& noexcept SEATBOOK_LIFETIMEBOUND {
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] Error error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

 private:
#ifdef __cpp_exceptions
  void require_value() const {
    if (!has_value()) throw BadResultAccess(*std::get_if<1>(&state_));
  }
#endif
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  using error_type = Error;

  Result() noexcept {}  // NOLINT: a defaulted one would zero the whole object
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit, as above

  [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
#ifdef __cpp_exceptions
  void value() const {
    if (error_) throw BadResultAccess(*error_);
  }
#endif
  [[nodiscard]] const Error& error() const& noexcept SEATBOOK_LIFETIMEBOUND { return *error_; }
  [[nodiscard]] Error error() && noexcept { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace seatbook

#endif  // SEATBOOK_RESULT_HPP_
