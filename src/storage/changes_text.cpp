#include "storage/changes_text.hpp"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/utf8.hpp"

namespace seatbook::detail {
namespace {

using nlohmann::json;

/// Receives the tokens one by one. Stops at the first one that changes_text() would not write.
class Reader final : public nlohmann::json_sax<json> {
 public:
  explicit Reader(std::vector<FieldChange>& changes) : changes_(changes) {}

  bool null() override { return false; }
  bool boolean(bool /*given*/) override { return false; }
  bool number_integer(number_integer_t /*given*/) override { return false; }
  bool number_unsigned(number_unsigned_t /*given*/) override { return false; }
  bool number_float(number_float_t /*given*/, const string_t& /*text*/) override { return false; }
  bool binary(binary_t& /*bytes*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return false; }
  bool key(string_t& /*name*/) override { return false; }
  bool end_object() override { return false; }
  bool parse_error(std::size_t /*position*/, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

  bool start_array(std::size_t /*size*/) override {
    if (depth_ == 2) return false;
    if (++depth_ == 2) changes_.emplace_back();
    texts_ = 0;
    return true;
  }
  bool end_array() override { return depth_-- == 1 || texts_ == 3; }
  bool string(string_t& text) override {
    if (depth_ != 2 || texts_ == 3 || !text::is_valid(text)) return false;
    FieldChange& change = changes_.back();
    std::string* const members[] = {&change.field, &change.before, &change.after};
    *members[texts_++] = std::move(text);
    return true;
  }

 private:
  std::vector<FieldChange>& changes_;
  int depth_ = 0;  // open arrays
  int texts_ = 0;  // of the current change
};

}  // namespace

std::optional<std::string> changes_text(const std::vector<FieldChange>& changes) {
  if (changes.empty()) return std::nullopt;
  json list = json::array();
  for (const auto& [field, before, after] : changes) {
    list.push_back(json::array({field, before, after}));
  }
  // A book writes only UTF-8. Anything else must not throw here.
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<std::vector<FieldChange>> changes_from(std::string_view text) {
  std::vector<FieldChange> changes;
  Reader reader(changes);
  if (!json::sax_parse(text.begin(), text.end(), &reader)) return std::nullopt;
  // Each value has one spelling, so that equal records are equal bytes.
  if (changes_text(changes) != text) return std::nullopt;
  return changes;
}

}  // namespace seatbook::detail
