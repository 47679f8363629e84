#include "rules/fields.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace seatbook::rules {

std::optional<Error> malformed_texts(std::initializer_list<NamedText> texts) {
  for (const auto& [field, text] : texts) {
    if (text.size() > max_text_bytes) {
      return Error{Code::invalid_argument, "a text of more than 1 MiB", field};
    }
    if (!text::is_valid(text)) {
      return Error{Code::invalid_text, "not UTF-8, or with a NUL in it", field};
    }
  }
  return std::nullopt;
}

bool text_fits(std::string_view text, std::size_t limit) noexcept {
  return text::fits(text, limit);
}

void FieldChecks::fail(Code code, const char* field, std::string message) {
  if (!error_) error_ = Error{code, std::move(message), field};
}

FieldChecks& FieldChecks::required_text(const char* field, std::string_view text,
                                        std::size_t limit) {
  if (text::trim(text).empty()) fail(Code::required, field, std::string(field) + " is required");
  return this->text(field, text, limit);
}

FieldChecks& FieldChecks::text(const char* field, std::string_view text, std::size_t limit) {
  if (!text_fits(text, limit)) {
    fail(Code::text_too_long, field,
         std::string(field) + " has " + std::to_string(text::code_points(text)) +
             " code points; the limit is " + std::to_string(limit));
  }
  return *this;
}

FieldChecks& FieldChecks::email(const char* field, std::string_view text) {
  this->text(field, text, max_email_length);
  if (!text.empty() && !text::is_email(text)) {
    fail(Code::invalid_email, field, "not an email address");
  }
  return *this;
}

FieldChecks& FieldChecks::total(const char* field, SeatTotal total) {
  if (!total.in_range()) {
    fail(Code::total_out_of_range, field,
         std::to_string(total.seats()) + " is not within 0 to 1,000,000,000 seats");
  }
  return *this;
}

FieldChecks& FieldChecks::money(const char* field, const std::optional<Money>& money) {
  if (money == Money::unreadable()) {
    fail(Code::invalid_money, field, "must be a plain decimal such as 12.50, up to four decimals");
  } else if (money && !money->in_range()) {
    fail(Code::money_out_of_range, field, money->to_string() + " is not within 0 to 99999999.9999");
  }
  return *this;
}

FieldChecks& FieldChecks::cost_override(const char* field, const std::optional<Money>& cost,
                                        const License& license) {
  return money(field, cost)
      .require(!cost || !license.currency.empty(), Code::required, field,
               "the license has no currency for a cost");
}

FieldChecks& FieldChecks::currency(const char* field, std::string_view currency, bool needed) {
  if (currency.empty()) {
    if (needed) fail(Code::required, field, "a cost needs a currency");  // C53, C65
    return *this;
  }
  constexpr std::size_t letters = 3;
  if (currency.size() != letters || !std::all_of(currency.begin(), currency.end(), [](char letter) {
        return letter >= 'A' && letter <= 'Z';
      })) {
    fail(Code::invalid_currency, field, "not an ISO 4217 code such as EUR");
  }
  return *this;
}

FieldChecks& FieldChecks::date(const char* field, const std::optional<Date>& date) {
  if (date == Date::unreadable()) {
    fail(Code::invalid_date, field, "must be a day of the form YYYY-MM-DD");
  } else if (date && !date->in_range()) {
    fail(Code::date_out_of_range, field, "outside the years 1970 to 2200");
  }
  return *this;
}

FieldChecks& FieldChecks::instant(const char* field, Timestamp instant) {
  if (instant == Timestamp::unreadable()) {
    fail(Code::invalid_date, field,
         "must be of the form YYYY-MM-DDThh:mm:ss[.ffffff](Z or an offset)");
  } else if (!instant.in_range()) {
    fail(Code::date_out_of_range, field, "outside the years 1970 to 2200");
  }
  return *this;
}

FieldChecks& FieldChecks::require(bool holds, Code code, const char* field, const char* message) {
  if (!holds) fail(code, field, message);
  return *this;
}

}  // namespace seatbook::rules
