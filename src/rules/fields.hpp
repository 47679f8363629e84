/// Checks of single fields: step 1 (is the call well-formed?) and step 6 (limits and formats).
#ifndef SEATBOOK_RULES_FIELDS_HPP_
#define SEATBOOK_RULES_FIELDS_HPP_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "seatbook/records.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::rules {

using NamedText = std::pair<const char*, std::string_view>;

/// Step 1: returns an error if a text is too large, not UTF-8, or contains NUL (C51).
Result<void> malformed_text(const NamedText& named);
/// Step 1: returns the error of the first malformed text.
inline Result<void> malformed_texts(std::initializer_list<NamedText> texts) {
  for (const NamedText& named : texts) {
    if (named.second.empty()) continue;
    SEATBOOK_TRY(malformed_text(named));
  }
  return {};
}

/// Step 1: returns an error for an unknown enumerator. It lists the known ones, which are numbered
/// from 0.
template <class Enum>
Result<void> malformed_choice(const char* field, Enum value) {
  if (to_string(value) != "unknown") return {};
  std::string allowed;
  for (unsigned number = 0;; ++number) {
    const std::string_view name = to_string(static_cast<Enum>(number));
    if (name == "unknown") break;
    const bool last = to_string(static_cast<Enum>(number + 1)) == "unknown";
    allowed += (number == 0 ? " " : last ? " or " : ", ") + std::string(name);
  }
  return Error{Code::invalid_argument, std::string(field) + " must be" + allowed, field};
}

/// Step 1: returns an error if an offset from UTC is longer than a day.
Result<void> malformed_offset(std::int32_t utc_offset_minutes);

/// Step 6, in the order of declaration. After the first failure all further checks are skipped.
class FieldChecks {
 public:
  /// A required text: 1 to `limit` code points, not only whitespace.
  FieldChecks& required_text(const char* field, std::string_view text, std::size_t limit);
  FieldChecks& text(const char* field, std::string_view text, std::size_t limit) {
    if (!text::fits(text, limit)) fail_text(field, text, limit);  // C51
    return *this;
  }
  /// Empty, or an email address (C17).
  FieldChecks& email(const char* field, std::string_view text);
  FieldChecks& total(const char* field, SeatTotal total);
  /// Also fails on a text that is not an amount (C74). date() and instant() do the same.
  FieldChecks& money(const char* field, const std::optional<Money>& money);
  /// A cost override, in the license's currency (C53).
  FieldChecks& cost_override(const char* field, const std::optional<Money>& cost,
                             const License& license);
  /// Three upper-case letters; may be empty unless `needed`.
  FieldChecks& currency(const char* field, std::string_view currency, bool needed);
  FieldChecks& date(const char* field, const std::optional<Date>& date);
  FieldChecks& instant(const char* field, Timestamp instant);
  /// Since when a seat has been held: none, or not after `at`, the time of the batch (C62).
  FieldChecks& held_since(const std::optional<Timestamp>& held_since, Timestamp at);
  /// Checks any other condition of a command. The message is the field's name and `problem`.
  FieldChecks& require(bool holds, Code code, const char* field, const char* problem);

  /// Returns the first problem, if there is one. Moves it, so call this once, after the checks.
  Result<void> result() { return std::move(result_); }

 private:
  /// Keeps the first problem. The message is the field's name and `problem`.
  void fail(Code code, const char* field, const std::string& problem);
  void fail_text(const char* field, std::string_view text, std::size_t limit);
  Result<void> result_;
};

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_FIELDS_HPP_
