// Records as bytes: record_codec.hpp without EncodedStorage.
#include "seatbook/record_codec.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <utility>

#include "codec/flat_json.hpp"
#include "codec/record_json.hpp"

namespace seatbook {
namespace {

using codec::json;

/// In the order of RecordKind.
constexpr std::array<std::string_view, 8> table_names = {
    "book", "people", "actors", "licenses", "assignments", "history", "history_texts", "last_uses",
};
static_assert(table_names.size() == std::variant_size_v<RecordImage>);

/// Removes the format member and returns its value. A newer format is not reported as damage.
Result<std::uint64_t> take_format(json& object) {
  const auto at = object.find("format");
  if (at == object.end()) return codec::member_error("format", "is missing");
  if (!at->is_number_unsigned()) return codec::member_error("format", "is not a number");
  const auto format = at->get<std::uint64_t>();
  if (format > record_format) {
    return Error{Code::format_too_new,
                 "the record has format " + std::to_string(format) +
                     ", written by a newer version: this library reads formats up to " +
                     std::to_string(record_format),
                 "format",
                 {},
                 {format, record_format}};
  }
  if (format == 0) return codec::member_error("format", "must be at least 1");
  object.erase(at);
  return format;
}

bool is_newer(const json& object) {
  const auto at = object.find("format");
  return at != object.end() && at->is_number_unsigned() && at->get<std::uint64_t>() > record_format;
}

Result<RecordImage> decode(RecordKind kind, std::string_view bytes) {
  if (static_cast<std::size_t>(kind) >= table_names.size()) {
    return Error{Code::storage_corrupt, "unknown kind of record"};
  }
  if (bytes.size() > max_record_bytes) {
    return Error{Code::storage_corrupt,
                 "the record has more than " + std::to_string(max_record_bytes) + " bytes"};
  }
  codec::FlatJson read = codec::parse_flat_json(bytes);
  // A newer format can differ in any other way; its number is the better message.
  if (read.problem && !is_newer(read.object)) return *std::move(read.problem);
  const auto format = take_format(read.object);
  if (!format) return format.error();
  return codec::from_json(kind, std::move(read.object), *format);
}

Error not_encodable(Error error) {
  error.code = Code::invalid_argument;
  return error;
}

Result<std::string> encode(const RecordImage& image) {
  json object = codec::to_json(image);
  // Never writes what decode_record() would refuse.
  if (auto read = codec::from_json(kind_of(image), object, record_format); !read) {
    return not_encodable(std::move(read).error());
  }
  object["format"] = record_format;
  std::string bytes = object.dump();
  if (bytes.size() > max_record_bytes) {
    return Error{Code::invalid_argument,
                 "the record has more than " + std::to_string(max_record_bytes) + " bytes"};
  }
  return bytes;
}

}  // namespace

std::string_view table_name(RecordKind kind) noexcept {
  const auto number = static_cast<std::size_t>(kind);
  return number < table_names.size() ? table_names[number] : "unknown";
}

std::optional<RecordKind> kind_of_table(std::string_view name) noexcept {
  const auto* const at = std::find(table_names.begin(), table_names.end(), name);
  if (at == table_names.end()) return std::nullopt;
  return static_cast<RecordKind>(at - table_names.begin());
}

Result<std::string> encode_record(const RecordImage& image) {
  try {
    return encode(image);
  } catch (const std::bad_alloc&) {
    return Error{Code::out_of_memory, "out of memory"};  // short enough to need no allocation
  }
}

Result<RecordImage> decode_record(RecordKind kind, std::string_view json) {
  try {
    return decode(kind, json);
  } catch (const std::bad_alloc&) {
    return Error{Code::out_of_memory, "out of memory"};  // short enough to need no allocation
  }
}

}  // namespace seatbook
