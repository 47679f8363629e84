/// Basic values: ids, times, money, enumerations, limits.
///
/// All are plain values: cheap to copy, safe to use from any thread. chrono.hpp converts times from
/// and to std::chrono, ostream.hpp writes values to streams.
#ifndef SEATBOOK_TYPES_HPP_
#define SEATBOOK_TYPES_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "seatbook/dates.hpp"  // IWYU pragma: export
#include "seatbook/ids.hpp"    // IWYU pragma: export
#include "seatbook/money.hpp"  // IWYU pragma: export
#include "seatbook/result.hpp"

namespace seatbook {

/// 128 bits that identify one batch permanently: random, or chosen by the host as its request id
/// (C58).
struct Token {
  std::array<std::uint8_t, 16> bytes = {};

  /// Returns 32 lower-case hexadecimal digits.
  [[nodiscard]] std::string to_string() const;
  /// Parses 32 hexadecimal digits, or a UUID with hyphens: 8-4-4-4-12 digits (C74).
  /// Errors: invalid_argument.
  [[nodiscard]] static Result<Token> parse(std::string_view text);

  friend bool operator==(const Token& a, const Token& b) { return a.bytes == b.bytes; }
  friend bool operator!=(const Token& a, const Token& b) { return a.bytes != b.bytes; }
  friend bool operator<(const Token& a, const Token& b) { return a.bytes < b.bytes; }
};
using RequestId = Token;

// ---------------------------------------------------------------------------------------- seats

/// The number of seats of a license, or unlimited (C14).
class SeatTotal {
 public:
  /// A new license has one seat (C14).
  constexpr SeatTotal() = default;
  /// Accepts any whole number; a command refuses one that is out of range.
  template <class Number, class = std::enable_if_t<std::is_integral_v<Number>>>
  constexpr SeatTotal(Number seats)  // NOLINT: implicit for `.total_seats = 50`
      : seats_(clamp(seats)), unlimited_(false) {}

  [[nodiscard]] static constexpr SeatTotal unlimited() {
    SeatTotal total;
    total.seats_ = 0;
    total.unlimited_ = true;
    return total;
  }
  [[nodiscard]] constexpr bool is_unlimited() const { return unlimited_; }
  /// Returns the number; 0 if unlimited.
  [[nodiscard]] constexpr std::int64_t seats() const { return seats_; }
  [[nodiscard]] bool in_range() const noexcept;

  friend constexpr bool operator==(SeatTotal a, SeatTotal b) {
    return a.seats_ == b.seats_ && a.unlimited_ == b.unlimited_;
  }
  friend constexpr bool operator!=(SeatTotal a, SeatTotal b) { return !(a == b); }

 private:
  template <class Number>
  static constexpr std::int64_t clamp(Number seats) {
    // An unsigned number above INT64_MAX must stay out of range instead of wrapping.
    if constexpr (std::is_unsigned_v<Number> && sizeof(Number) >= sizeof(std::int64_t)) {
      return seats > static_cast<Number>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(seats);
    } else {
      return static_cast<std::int64_t>(seats);
    }
  }
  std::int64_t seats_ = 1;
  bool unlimited_ = false;
};

// -------------------------------------------------------------------------------- enumerations
// The numbers are stable; the texts are the enumerators' own names.

/// The state of a person (B28, C49).
enum class PersonState : std::uint8_t { active = 0, archived = 1, erased = 2 };
/// The state of a license.
enum class LicenseState : std::uint8_t { active = 0, archived = 1 };
/// The policy that applies when every seat is in use (C7).
enum class CapacityPolicy : std::uint8_t {
  enforce = 0,     ///< Further assignments are refused.
  allow_over = 1,  ///< Further assignments are made, and shown as over-allocation.
};

/// The kind of a history row (C48).
enum class HistoryKind : std::uint8_t {
  person_added = 0,
  person_updated = 1,
  person_archived = 2,
  person_reactivated = 3,
  person_erased = 4,
  license_added = 5,
  license_updated = 6,
  license_archived = 7,
  license_reactivated = 8,
  total_changed = 9,
  policy_changed = 10,
  owners_changed = 11,
  assigned = 12,
  edited = 13,
  transferred = 14,
  revoked = 15,
  flagged = 16,
  flag_cleared = 17,
  reviewed = 18,
};

[[nodiscard]] std::string_view to_string(PersonState state) noexcept;
[[nodiscard]] std::string_view to_string(LicenseState state) noexcept;
[[nodiscard]] std::string_view to_string(CapacityPolicy policy) noexcept;
[[nodiscard]] std::string_view to_string(HistoryKind kind) noexcept;
/// Each returns the enumerator of that name, if there is one.
[[nodiscard]] std::optional<PersonState> person_state_from_string(std::string_view name) noexcept;
[[nodiscard]] std::optional<LicenseState> license_state_from_string(std::string_view name) noexcept;
[[nodiscard]] std::optional<CapacityPolicy> policy_from_string(std::string_view name) noexcept;
[[nodiscard]] std::optional<HistoryKind> history_kind_from_string(std::string_view name) noexcept;

// -------------------------------------------------------------------------------------- updates

/// In an update, clears the value: `.email = seatbook::clear`.
struct Clear {};
inline constexpr Clear clear = {};

/// A member of an update command: keep the value (default), clear it, or set it.
template <class T>
class Edit {
 public:
  constexpr Edit() = default;
  constexpr Edit(Clear) : action_(Action::clearing) {}  // NOLINT: `.email = clear`
  template <class U, class = std::enable_if_t<std::is_convertible_v<U&&, T> &&
                                              !std::is_same_v<std::decay_t<U>, Edit> &&
                                              !std::is_same_v<std::decay_t<U>, Clear>>>
  constexpr Edit(U&& value)  // NOLINT: `.name = "Ada"`
      : value_(std::forward<U>(value)), action_(Action::setting) {}

  [[nodiscard]] constexpr bool leaves() const { return action_ == Action::leaving; }
  [[nodiscard]] constexpr bool clears() const { return action_ == Action::clearing; }
  [[nodiscard]] constexpr bool sets() const { return action_ == Action::setting; }
  /// Returns the value to set; otherwise the type's empty value.
  [[nodiscard]] constexpr const T& value() const SEATBOOK_LIFETIMEBOUND { return value_; }

 private:
  enum class Action : std::uint8_t { leaving, clearing, setting };
  T value_ = {};
  Action action_ = Action::leaving;
};

// --------------------------------------------------------------------------------------- limits
// Texts are measured in Unicode code points (C51): the limit itself is accepted.

inline constexpr std::size_t max_name_length = 255;           ///< code points
inline constexpr std::size_t max_email_length = 254;          ///< code points
inline constexpr std::size_t max_vendor_length = 255;         ///< code points
inline constexpr std::size_t max_product_group_length = 255;  ///< code points
inline constexpr std::size_t max_host_key_length = 191;       ///< code points
inline constexpr std::size_t max_actor_length = 191;          ///< code points
inline constexpr std::size_t max_access_level_length = 64;    ///< code points
inline constexpr std::size_t max_account_length = 191;        ///< code points
inline constexpr std::size_t max_notes_length = 1000;         ///< code points
inline constexpr std::size_t max_reason_length = 1000;        ///< code points
/// A longer text is refused as malformed before it is read.
inline constexpr std::size_t max_text_bytes = 1 << 20;  ///< bytes
/// The maximum number of items in one bulk call (C46, C54).
inline constexpr std::size_t max_bulk_items = 100'000;  ///< items
/// The maximum number of seats of a license, unless it has no limit.
inline constexpr std::int64_t max_total_seats = 1'000'000'000;  ///< seats
/// The maximum number of records of one kind in a book: rows are linked by 32-bit numbers
/// (docs/decisions/0004).
inline constexpr std::uint64_t max_records = 4'294'967'294;  ///< records

}  // namespace seatbook

template <class Tag>
struct std::hash<seatbook::Id<Tag>> {
  std::size_t operator()(seatbook::Id<Tag> id) const noexcept {
    return std::hash<std::uint64_t>{}(id.value);
  }
};

#endif  // SEATBOOK_TYPES_HPP_
