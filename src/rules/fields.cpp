#include "rules/fields.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace seatbook::rules {

Result<void> malformed_text(const NamedText& named) {
  const auto& [field, text] = named;
  if (text.size() > max_text_bytes) {  // C51
    return Error{Code::invalid_argument, std::string(field) + " must be at most 1 MiB", field};
  }
  if (!text::is_valid(text)) {  // C51
    return Error{Code::invalid_text, std::string(field) + " must be UTF-8 without NUL", field};
  }
  return {};
}

Result<void> malformed_offset(std::int32_t utc_offset_minutes) {
  constexpr std::int32_t minutes_per_day = 1440;
  if (utc_offset_minutes >= -minutes_per_day && utc_offset_minutes <= minutes_per_day) {
    return {};
  }
  return Error{Code::invalid_argument, "utc_offset_minutes must be between -1,440 and 1,440",
               "utc_offset_minutes"};
}

void FieldChecks::fail(Code code, const char* field, const std::string& problem) {
  if (result_) result_ = Error{code, std::string(field) + " " + problem, field};
}

FieldChecks& FieldChecks::required_text(const char* field, std::string_view text,
                                        std::size_t limit) {
  if (text::trim(text).empty()) fail(Code::required, field, "is required");
  return this->text(field, text, limit);
}

void FieldChecks::fail_text(const char* field, std::string_view text, std::size_t limit) {
  fail(Code::text_too_long, field,
       "has " + std::to_string(text::code_points(text)) + " code points: at most " +
           std::to_string(limit) + " are allowed");
}

FieldChecks& FieldChecks::email(const char* field, std::string_view text) {
  this->text(field, text, max_email_length);
  if (!text.empty() && !text::is_email(text)) {  // C17
    fail(Code::invalid_email, field, "must be an email address such as ada@example.com");
  }
  return *this;
}

FieldChecks& FieldChecks::total(const char* field, SeatTotal total) {
  if (!total.in_range()) {  // C14
    fail(Code::total_out_of_range, field, "must be between 0 and 1,000,000,000, or unlimited");
  }
  return *this;
}

FieldChecks& FieldChecks::money(const char* field, const std::optional<Money>& money) {
  if (money == Money::unreadable()) {  // C74
    fail(Code::invalid_money, field,
         "must be a plain decimal such as 12.50, with at most four decimals");
  } else if (money && !money->in_range()) {  // C53
    fail(Code::money_out_of_range, field, "must be between 0 and 99999999.9999");
  }
  return *this;
}

FieldChecks& FieldChecks::cost_override(const char* field, const std::optional<Money>& cost,
                                        const License& license) {
  return money(field, cost)
      .require(!cost || !license.currency.empty(), Code::required, field,
               "needs a currency: the license has none");  // C53
}

FieldChecks& FieldChecks::currency(const char* field, std::string_view currency, bool needed) {
  if (currency.empty()) {
    if (needed) fail(Code::required, field, "is required: a cost is set");  // C53, C65
    return *this;
  }
  constexpr std::size_t letters = 3;
  if (currency.size() != letters || !std::all_of(currency.begin(), currency.end(), [](char letter) {
        return letter >= 'A' && letter <= 'Z';
      })) {
    fail(Code::invalid_currency, field,  // C53
         "must be an ISO 4217 code such as EUR");
  }
  return *this;
}

FieldChecks& FieldChecks::date(const char* field, const std::optional<Date>& date) {
  if (date == Date::unreadable()) {  // C74
    fail(Code::invalid_date, field, "must be a date of the form YYYY-MM-DD");
  } else if (date && !date->in_range()) {
    fail(Code::date_out_of_range, field, "must be in the years 1970 to 2200");
  }
  return *this;
}

FieldChecks& FieldChecks::instant(const char* field, Timestamp instant) {
  if (instant == Timestamp::unreadable()) {  // C74
    fail(Code::invalid_date, field,
         "must be of the form YYYY-MM-DDThh:mm:ss[.ffffff](Z or an offset)");
  } else if (!instant.in_range()) {
    fail(Code::date_out_of_range, field, "must be in the years 1970 to 2200");
  }
  return *this;
}

FieldChecks& FieldChecks::held_since(const std::optional<Timestamp>& held_since, Timestamp at) {
  if (!held_since) return *this;
  return instant("held_since", *held_since)
      .require(*held_since <= at, Code::date_out_of_range, "held_since",
               "must not be in the future");  // C62
}

FieldChecks& FieldChecks::require(bool holds, Code code, const char* field, const char* problem) {
  if (!holds) fail(code, field, problem);
  return *this;
}

}  // namespace seatbook::rules
