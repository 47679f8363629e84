/// How a call says that it failed: Code, Error and Result<T>.
///
/// Expected failures are values, never exceptions. The method names of Result are those of
/// std::expected, so that a host can change over by search and replace once its compiler has it.
///
/// The header compiles with -fno-exceptions: BadResultAccess and the members value() of Result,
/// which throw it, are then not declared, and hosts use has_value(), operator* and error().
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

/// Clang warns if a reference outlives the object that this marks; other compilers ignore it.
#if defined(__clang__)
#define SEATBOOK_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define SEATBOOK_LIFETIMEBOUND
#endif

namespace seatbook {

/// One code for each rule a caller can act on. The numbers are the same in C++, C, Python and the
/// conformance cases; a number is never given a second meaning and never reused. Gaps are room for
/// later codes of the same step; the tens follow the order in which errors are checked
/// (docs/architecture.md, "Error order"; C44).
enum class Code : std::int32_t {
  ok = 0,

  // 1: the call itself is malformed, whatever the book holds.
  invalid_argument = 1,  ///< A value no book would take: an unknown enumerator, a text over 1 MiB.
  invalid_text = 2,      ///< A text that is not UTF-8, or that contains NUL (C51).
  // The file that an import was given; `values`: {line, byte}, from 1 and from 0, where one is
  // known.
  file_too_large = 3,         ///< More than 5,242,880 bytes (C31).
  invalid_file_encoding = 4,  ///< UTF-16, not UTF-8, or with a NUL byte (C34).
  malformed_csv = 5,          ///< A quote never closed, text after one, a cell or row too large.
  header_missing = 6,         ///< Not even a header line.
  column_missing = 7,         ///< The header lacks a column; `field` says which.
  duplicate_column = 8,       ///< A column stands twice in the header; `field` says which (C30).

  // 2: the book takes no such call now.
  book_closed = 10,        ///< close() was called.
  book_needs_reopen = 11,  ///< The book no longer matches its storage; open it again.
  clock_behind = 12,       ///< The clock stands over 10 minutes before the last batch (C52).
  book_behind = 13,        ///< Session::at_least() asks for a version nobody has committed yet.
  book_forked = 14,        ///< This process is a fork of the one that opened the book.
  book_read_only = 15,     ///< The book was opened for reading only.

  // 3
  permission_denied = 20,  ///< The actor may not do this (C43).

  // Right after 3, so that a repeat is recognized whatever its first run has changed.
  repeated_request = 25,  ///< `values`: {the version that carried the request out} (C58).

  // 4 and 5: the record a call names, then the other records it names.
  person_not_found = 30,
  person_archived = 31,
  person_erased = 32,
  license_not_found = 33,
  license_archived = 34,
  assignment_not_found = 35,
  actor_not_found = 36,

  // 6: limits and formats of fields, in the order the command declares them.
  required = 40,  ///< A field that must have a value has none.
  text_too_long = 41,
  invalid_email = 42,
  invalid_currency = 43,    ///< Not three upper-case letters.
  owner_required = 44,      ///< No owner given and the actor is no person (C23).
  total_out_of_range = 45,  ///< Not 0 to 1,000,000,000 and not unlimited.
  money_out_of_range = 46,  ///< Not 0 to 99,999,999.9999 (C53).
  invalid_money = 47,       ///< Not a plain decimal with at most four decimals (C33, C53).
  date_out_of_range = 48,   ///< Outside the years 1970 to 2200.
  invalid_date = 49,        ///< Not of the documented form, or no day of the calendar.
  limit_exceeded = 50,      ///< More records or items than a book or a call takes (types.hpp).

  // 7
  stale_revision = 60,  ///< `values`: {the current revision} (C57).

  // 8: what the rules say of the state of the book.
  email_taken = 71,           ///< `values`: {the person who has it} (C17).
  host_key_taken = 72,        ///< `values`: {the record that has it}.
  backup_is_owner = 73,       ///< Owner and backup owner must differ (B6, C20).
  total_below_used = 74,      ///< `values`: {seats used, the total asked for} (C12).
  already_assigned = 75,      ///< `values`: {the active assignment} (A44).
  already_revoked = 76,       ///< (A45)
  not_flagged = 77,           ///< There is no needs-review flag to dismiss (C47).
  same_person = 78,           ///< A seat is transferred to its own holder (C55).
  has_active_seats = 79,      ///< `values`: the active assignments, 100 at most (C49, C50).
  owns_licenses = 80,         ///< `values`: the licenses owned or backed up, 100 at most (C49).
  used_before_assigned = 81,  ///< A last use before the seat was given (C54).
  used_in_future = 82,        ///< A last use more than 24 hours ahead of the clock (C54).
  currency_in_use = 83,       ///< `values`: the active assignments with a cost override, 100 at
                              ///< most (C65).

  // 9
  no_seats_remaining = 90,  ///< (A43)
  bulk_refused = 91,  ///< `all_or_nothing`, and an item could not be had; see `outcomes` (C46).

  // 10: the storage.
  conflict = 100,         ///< Others were first at every try; nothing was written.
  storage_failed = 101,   ///< Surely not written; the book goes on.
  storage_unknown = 102,  ///< Perhaps written; no further write until that is known.
  storage_corrupt = 103,  ///< What the storage holds breaks the rules; the book cannot go on.
  storage_in_use = 104,   ///< Another book has it open; the message tells which process.
  not_a_book = 105,       ///< The file or database belongs to something else.
  format_too_new = 106,   ///< Written by a later release; `values`: {its format, the newest known}.
  needs_recovery = 107,   ///< Its last writer was interrupted: open it for writing once.
  unsupported_storage = 108,  ///< No such storage in this build, or one that cannot do this.

  out_of_memory = 110,  ///< Nothing was changed.
  internal = 111,       ///< A defect of this library; nothing was acknowledged.
  cancelled = 112,      ///< The caller ended the call; an import has changed nothing.
};

/// The code's name as it stands above: "no_seats_remaining". An unknown number gives "unknown".
[[nodiscard]] std::string_view to_string(Code code) noexcept;

/// The code of that name, if there is one.
[[nodiscard]] std::optional<Code> code_from_string(std::string_view name) noexcept;

/// Every code there is, `ok` included, in the order of the numbers.
[[nodiscard]] const std::vector<Code>& all_codes();

/// What became of one item of a bulk call.
struct Outcome {
  Code code = Code::ok;          ///< ok, or why the item was skipped
  std::uint64_t item = 0;        ///< the id the item named: a license, a person or an assignment
  std::uint64_t assignment = 0;  ///< the assignment made, revoked or found, if any

  friend bool operator==(const Outcome& a, const Outcome& b) {
    return a.code == b.code && a.item == b.item && a.assignment == b.assignment;
  }
};

/// What went wrong. `code`, `field`, `index` and `values` are for programs and stay; `message` is
/// one line for people and may change, except those that RULES A43 to A45 fix.
struct Error {
  Code code = Code::internal;
  std::string message = {};
  /// The member of the command that is to blame, as it is spelled in commands.hpp; may be empty.
  std::string field = {};
  /// In a bulk call: which item, from 0. Otherwise -1.
  std::int64_t index = -1;
  /// Numbers that belong to the code, as its line in Code says; otherwise empty.
  std::vector<std::uint64_t> values = {};
  /// bulk_refused: what each item would have got. Otherwise empty.
  std::vector<Outcome> outcomes = {};
};

#ifdef __cpp_exceptions
/// Thrown by Result::value() on a failed result: a defect of the program that did not look.
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

/// A value, or the Error that kept it from being made.
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
  /// The value. Throws BadResultAccess where there is none, so that a call which must succeed can
  /// be written as `desk.revoke({...}).value();`.
  const T& value() const& SEATBOOK_LIFETIMEBOUND {
    require_value();
    return *std::get_if<0>(&state_);
  }
  T& value() & SEATBOOK_LIFETIMEBOUND {
    require_value();
    return *std::get_if<0>(&state_);
  }
  /// By value, unlike std::expected, so that `for (auto& row : desk.seats(...).value())` does not
  /// walk a list that is gone.
  T value() && {
    require_value();
    return std::move(*std::get_if<0>(&state_));
  }
#endif
  template <class U>
  [[nodiscard]] T value_or(U&& fallback) const& {
    return has_value() ? *std::get_if<0>(&state_) : static_cast<T>(std::forward<U>(fallback));
  }

  /// The value, unchecked: only where has_value().
  [[nodiscard]] const T& operator*() const& noexcept SEATBOOK_LIFETIMEBOUND {
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T& operator*() & noexcept SEATBOOK_LIFETIMEBOUND {
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T operator*() && { return std::move(*std::get_if<0>(&state_)); }
  /// Before C++23, `for (auto& row : desk.roster(...)->rows)` walks a list that is gone: keep the
  /// result in a variable, or use value(). Clang warns of it.
  [[nodiscard]] const T* operator->() const noexcept SEATBOOK_LIFETIMEBOUND {
    return std::get_if<0>(&state_);
  }
  [[nodiscard]] T* operator->() noexcept SEATBOOK_LIFETIMEBOUND { return std::get_if<0>(&state_); }

  /// The error, unchecked: only where !has_value().
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

  Result() = default;
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
