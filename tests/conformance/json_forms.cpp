#include "conformance/json_forms.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace seatbook::conformance {
namespace {

constexpr std::string_view any = "$any";
constexpr std::string_view base64_suffix = "_b64";

/// Returns true for "$hire", a dollar sign and a name. "$12.58" is ordinary text.
bool is_reference(std::string_view text) {
  const auto in_name = [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_';
  };
  return text.size() >= 2 && text[0] == '$' && 'a' <= text[1] && text[1] <= 'z' &&
         std::all_of(text.begin() + 1, text.end(), in_name);
}

std::string from_base64(const std::string& text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const char letter : text.substr(0, text.find('='))) {
    const std::size_t digit = digits.find(letter);
    if (digit == std::string_view::npos) throw CaseError("not base64: " + text);
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      bytes += static_cast<char>((bits >> bit_count) & 0xFFU);
    }
  }
  return bytes;
}

json repeated(const json& form) {
  const auto text = form.at(0).get<std::string>();
  const auto times = form.at(1).get<std::size_t>();
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

json joined(const json& form) {
  std::string result;
  for (const json& part : form) result += part.get<std::string>();
  return result;
}

json copies(const json& form) {
  return json(form.at(1).get<std::size_t>(), form.at(0));
}

/// Objects with one of these members are replaced by the function's result.
constexpr std::pair<std::string_view, json (*)(const json&)> forms[] = {
    {"$repeat", repeated}, {"$join", joined}, {"$list", copies}};

json filled_in_object(const json& object, const SavedIds& saved) {
  json result = json::object();
  for (const auto& [key, member] : object.items()) {
    const std::string_view name = key;
    for (const auto& [form, make] : forms) {
      if (name == form) return make(filled_in(member, saved));
    }
    if (name.ends_with(base64_suffix)) {
      const std::string plain(name.substr(0, name.size() - base64_suffix.size()));
      if (object.contains(plain)) throw CaseError(plain + " is given twice");
      result[plain] = from_base64(member.get<std::string>());
    } else {
      result[key] = filled_in(member, saved);
    }
  }
  return result;
}

}  // namespace

json filled_in(const json& value, const SavedIds& saved) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (!is_reference(text) || text == any) return value;
    const auto found = saved.find(text.substr(1));
    if (found == saved.end()) throw CaseError("no saved id " + text);
    return found->second;
  }
  if (value.is_object()) return filled_in_object(value, saved);
  if (!value.is_array()) return value;
  json result = json::array();
  for (const json& item : value) result.push_back(filled_in(item, saved));
  return result;
}

std::string difference(const json& expected, const json& actual, bool exactly,
                       const std::string& path) {
  if (expected == any || (!expected.is_structured() && expected == actual)) return {};
  if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      auto found = difference(expected[i], actual[i], exactly, path + "/" + std::to_string(i));
      if (!found.empty()) return found;
    }
    return {};
  }
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [key, member] : expected.items()) {
      if (!actual.contains(key)) return path + " has no member " + key + ": " + shown(actual);
      auto found = difference(member, actual.at(key), exactly, path + "/" + key);
      if (!found.empty()) return found;
    }
    for (const auto& [key, member] : actual.items()) {
      if (exactly && !expected.contains(key)) return path + " has an unexpected member " + key;
    }
    return {};
  }
  return path + ": expected " + shown(expected) + ", got " + shown(actual);
}

std::string shown(const json& value) {
  constexpr std::size_t longest = 2000;
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() > longest) text = text.substr(0, longest) + " ...";
  return text;
}

}  // namespace seatbook::conformance
