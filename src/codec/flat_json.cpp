#include "codec/flat_json.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace seatbook::codec {
namespace {

using nlohmann::json;

/// The only member that can be a list; its elements are objects.
constexpr std::string_view list_member = "changes";

/// Receives the tokens one by one. Other arrays, and everything deeper than two objects, are
/// counted and skipped, so hostile nesting costs neither memory nor stack.
class Builder final : public nlohmann::json_sax<json> {
 public:
  explicit Builder(FlatJson& result) : result_(result) {}

  bool null() override { return value(nullptr); }
  bool boolean(bool given) override { return value(given); }
  bool number_integer(number_integer_t /*given*/) override {
    return reject("is a negative number");
  }
  bool number_unsigned(number_unsigned_t given) override { return value(given); }
  bool number_float(number_float_t /*given*/, const string_t& /*text*/) override {
    return reject("is not an integer");
  }
  bool string(string_t& text) override { return value(std::move(text)); }
  bool binary(binary_t& /*bytes*/) override { return reject("is not a string"); }

  bool start_object(std::size_t /*size*/) override {
    // Also skips a second member of the same name: its members must not mix with those of the
    // first.
    if (skipped_ > 0 || depth_ == 2 || !first_) return skip("is nested too deeply");
    if (in_list_) {
      result_.object[outer_].push_back(json::object());
    } else if (depth_ == 1) {
      value(json::object());
    }
    ++depth_;
    return true;
  }
  bool key(string_t& name) override {
    if (skipped_ > 0) return true;
    (depth_ == 1 ? outer_ : inner_) = name;
    first_ = !object().contains(name);
    if (!first_) note("occurs twice");
    return true;
  }
  bool end_object() override {
    if (in_list_ && skipped_ == 0) first_ = true;  // for the next object of the list
    return leave();
  }
  bool start_array(std::size_t /*size*/) override {
    const bool list = depth_ == 1 && first_ && !in_list_ && outer_ == list_member;
    if (skipped_ > 0 || !list) return skip("is an array");
    value(json::array());
    in_list_ = true;
    return true;
  }
  bool end_array() override {
    if (skipped_ > 0) return leave();
    in_list_ = false;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    if (!result_.problem) {
      result_.problem =
          Error{Code::storage_corrupt,
                "the record is not JSON in UTF-8: error at byte " + std::to_string(position)};
    }
    return false;
  }

 private:
  json& object() {
    if (depth_ < 2) return result_.object;
    json& outer = result_.object[outer_];
    return in_list_ ? outer.back() : outer;
  }

  bool value(json given) {
    if (skipped_ > 0) return true;
    if (depth_ == 0 && !given.is_object()) return reject("is not an object");
    if (depth_ == 1 && in_list_) return reject("has an element that is not an object");
    if (first_) object()[depth_ == 2 ? inner_ : outer_] = std::move(given);
    return true;
  }
  bool reject(std::string_view what) {
    if (skipped_ == 0) note(what);
    return true;
  }
  bool skip(std::string_view what) {
    if (skipped_ == 0) note(what);
    ++skipped_;
    return true;
  }
  bool leave() {
    --(skipped_ > 0 ? skipped_ : depth_);
    return true;
  }
  void note(std::string_view what) {
    if (result_.problem) return;
    if (depth_ == 0) {
      result_.problem = Error{Code::storage_corrupt, "the record is not a JSON object"};
      return;
    }
    result_.problem = member_error(depth_ == 2 ? outer_ + "." + inner_ : outer_, what);
  }

  FlatJson& result_;
  std::size_t depth_ = 0;    // open objects that are kept: 0 to 2
  std::size_t skipped_ = 0;  // open objects and arrays that are skipped
  std::string outer_;        // the current member, and the one within it
  std::string inner_;
  bool first_ = true;     // whether the current member is the first of its name
  bool in_list_ = false;  // within the list that is kept
};

bool can_be_named(std::string_view member) {
  constexpr std::size_t longest = 64;
  return !member.empty() && member.size() <= longest &&
         std::all_of(member.begin(), member.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || letter == '_' || letter == '.';
         });
}

}  // namespace

Error member_error(std::string_view member, std::string_view what) {
  const std::string name(can_be_named(member) ? member : std::string_view());
  return {Code::storage_corrupt,
          "the record's member " + (name.empty() ? "" : '"' + name + "\" ") + std::string(what),
          name};
}

FlatJson parse_flat_json(std::string_view bytes) {
  FlatJson result;
  Builder builder(result);
  static_cast<void>(json::sax_parse(bytes.begin(), bytes.end(), &builder));
  return result;
}

}  // namespace seatbook::codec
