/// Converts requests of C to structs of C++. The reader keeps the first error of a malformed
/// request, and the call fails with it before it reaches the library.
#ifndef SEATBOOK_CAPI_READER_HPP_
#define SEATBOOK_CAPI_READER_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "capi/src/errors.hpp"
#include "capi/src/handles.hpp"
#include "seatbook.h"
#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

/// Describes a struct of C: its known bits, its size in the first release, whether its padding is
/// 0.
template <class Struct>
struct Layout;

/// A struct may be larger than this version of it, up to this size.
inline constexpr std::size_t max_struct_size = 4096;

/// Converts a number to an enumerator. An invalid number becomes one that the library rejects.
template <class Enum>
Enum choice(std::int32_t value) {
  constexpr std::int32_t beyond_all = 255;
  return static_cast<Enum>(value < 0 || value > beyond_all ? beyond_all : value);
}

/// Returns a text of the caller in `to`, or false if it is NULL with a size.
inline bool view_of(const char* data, std::size_t size, std::string_view& to) {
  if (data == nullptr) {
    to = {};
    return size == 0;
  }
  to = size == SEATBOOK_NUL_TERMINATED ? std::string_view(data) : std::string_view(data, size);
  return true;
}

class Reader;
template <class From, class To>
bool read_struct(Reader& in, const char* name, const From* given, std::size_t struct_size, To& to);

template <class To>
inline constexpr bool is_text_member =
    std::is_same_v<To, std::string> || std::is_same_v<To, std::string_view>;
template <class To>
inline constexpr bool is_id_member = false;
template <class Tag>
inline constexpr bool is_id_member<Id<Tag>> = true;

class Reader {
 public:
  explicit Reader(std::uint64_t fields = 0) : fields_(fields) {}

  /// Reads one member if its bit is set; otherwise it must be 0.
  template <class From, class To>
  void read(std::uint64_t bit, const char* name, const From& from, To& to) {
    if ((fields_ & bit) == 0) {
      if (!is_zero(from)) refuse(name, "must be 0 unless its bit in `fields` is set");
      return;
    }
    assign(name, from, to);
  }
  template <class From, class Item>
  void read(std::uint64_t bit, const char* name, const From* from, std::size_t count,
            std::vector<Item>& to) {
    if ((fields_ & bit) == 0) {
      if (from != nullptr || count != 0)
        refuse(name, "must be 0 unless its bit in `fields` is set");
      return;
    }
    if (from == nullptr && count != 0) {
      refuse(name, "must not be NULL if its count is not 0");
      return;
    }
    if (count > max_bulk_items) {  // the check of the library, made before the list is read
      refuse({Code::limit_exceeded, std::string(name) + " must have at most 100,000 items", name});
      return;
    }
    list(name, from, count, to);
  }
  /// Reads a required member. An id, a text or a list needs no bit. The library reports an empty
  /// text or list.
  template <class From, class To>
  void require(std::uint64_t bit, const char* name, const From& from, To& to) {
    if constexpr (is_text_member<To>) {
      assign(name, from, to);
    } else if ((fields_ & bit) == 0 && is_zero(from)) {
      refuse({Code::required, std::string(name) + " is required", name});
    } else {
      if constexpr (is_id_member<To>) fields_ |= bit;
      read(bit, name, from, to);
    }
  }
  template <class From, class Item>
  void require(std::uint64_t bit, const char* name, const From* from, std::size_t count,
               std::vector<Item>& to) {
    fields_ |= bit;
    read(bit, name, from, count, to);
  }
  void permissions(std::uint64_t bit, const char* name, std::uint32_t from,
                   std::optional<Permissions>& to);
  void sink(std::uint64_t bit, const char* name, const seatbook_sink* from);

  void refuse(const char* name, const char* what) { refuse(malformed(name, what)); }
  /// Keeps the first error. A missing member is reported only if the request is not malformed.
  void refuse(Error error) {
    if (!refusal_ || (refusal_->code == Code::required && error.code != Code::required)) {
      refusal_ = std::move(error);
    }
  }
  [[nodiscard]] bool refused() const { return refusal_.has_value(); }
  [[nodiscard]] std::optional<Error>& refusal() { return refusal_; }
  [[nodiscard]] const seatbook_sink* requested_sink() const { return sink_; }

  /// For the parts of a request, which have separate bits.
  void set_fields(std::uint64_t fields) { fields_ = fields; }
  [[nodiscard]] std::uint64_t fields() const { return fields_; }

 private:
  template <class From>
  static bool is_zero(const From& from) {
    static constexpr std::uint8_t zero[sizeof(From)] = {};
    return std::memcmp(&from, zero, sizeof(From)) == 0;
  }

  // -------------------------------------------------------------------------------- values

  void assign(const char* name, const seatbook_text& from, std::string_view& to) {
    if (!view_of(from.data, from.size, to)) refuse(name, "must not be NULL if its size is not 0");
  }
  void assign(const char* name, const seatbook_text& from, std::string& to) {
    std::string_view view;
    assign(name, from, view);
    if (view.size() > max_text_bytes) {
      refuse(name, "must have at most 1,048,576 bytes");
    } else {
      to = view;
    }
  }
  template <class Tag>
  void assign(const char* /*name*/, std::uint64_t from, Id<Tag>& to) {
    to = Id<Tag>(from);
  }
  void assign(const char* name, seatbook_flag from, bool& to) {
    if (from != 0 && from != 1) refuse(name, "must be 0 or 1");
    to = from == 1;
  }
  void assign(const char* /*name*/, std::uint32_t from, std::uint32_t& to) { to = from; }
  void assign(const char* /*name*/, std::int32_t from, std::int32_t& to) { to = from; }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void assign(const char* /*name*/, std::int32_t from, Enum& to) {
    to = choice<Enum>(from);
  }
  void assign(const char* /*name*/, seatbook_time from, Timestamp& to) { to.us = from; }
  void assign(const char* /*name*/, seatbook_date from, Date& to) { to.days = from; }
  void assign(const char* /*name*/, seatbook_money from, Money& to) { to.ten_thousandths = from; }
  void assign(const char* /*name*/, std::int64_t from, SeatTotal& to) {
    to = from == SEATBOOK_UNLIMITED ? SeatTotal::unlimited() : SeatTotal(from);
  }
  void assign(const char* /*name*/, const std::uint8_t (&from)[16], Token& to) {
    std::memcpy(to.bytes.data(), from, sizeof from);
  }
  void assign(const char* name, seatbook_progress* from, std::shared_ptr<Progress>& to) {
    if (may_be_used(name, from)) to = from->progress;
  }
  void assign(const char* name, seatbook_clock* from, std::shared_ptr<Clock>& to) {
    if (may_be_used(name, from)) to = from->clock;
  }
  /// Checks the callbacks only: opening_of() takes them over, even if the call fails.
  void assign(const char* name, const seatbook_listener* from, LogCallback& to);
  /// Reports whether a handle is set and valid.
  template <class AnyHandle>
  bool may_be_used(const char* name, const AnyHandle* handle) {
    if (handle == nullptr) return false;  // like a member that is not set
    const bool valid = is_handle(handle);
    if (!valid) refuse(name, find_error(handle));
    return valid;
  }
  template <class From, class Value>
  void assign(const char* name, const From& from, std::optional<Value>& to) {
    assign(name, from, to.emplace());
  }
  template <class From, class Value>
  void assign(const char* name, const From& from, Edit<Value>& to) {
    if (is_empty(from, static_cast<const Value*>(nullptr))) {
      to = clear;
      return;
    }
    Value value{};
    assign(name, from, value);
    to = std::move(value);
  }
  static bool is_empty(const seatbook_text& from, const std::string* /*as*/) {
    return from.size == 0 ||
           (from.size == SEATBOOK_NUL_TERMINATED && from.data != nullptr && *from.data == '\0');
  }
  template <class Tag>
  static bool is_empty(std::uint64_t from, const Id<Tag>* /*as*/) {
    return from == SEATBOOK_NO_ID;
  }
  static bool is_empty(seatbook_money from, const Money* /*as*/) { return from == SEATBOOK_NONE; }
  static bool is_empty(seatbook_time from, const Timestamp* /*as*/) {
    return from == SEATBOOK_NONE;
  }
  static bool is_empty(seatbook_date from, const Date* /*as*/) { return from == SEATBOOK_NO_DATE; }
  /// A choice is never empty: 0 is the value that clearing it stores.
  template <class Enum>
    requires std::is_enum_v<Enum>
  static bool is_empty(std::int32_t /*from*/, const Enum* /*as*/) {
    return false;
  }
  /// Reads a part of the request that is a separate struct.
  template <class From, class To>
    requires std::is_class_v<From>
  void assign(const char* name, const From* from, To& to) {
    if (from != nullptr) read_struct(*this, name, from, from->struct_size, to);
  }

  template <class Tag>
  void list(const char* /*name*/, const seatbook_id* from, std::size_t count,
            std::vector<Id<Tag>>& to) {
    to.reserve(count);
    for (std::size_t n = 0; n < count; ++n) to.push_back(Id<Tag>(from[n]));
  }
  template <class From, class To>
    requires std::is_class_v<From>
  void list(const char* name, const From* from, std::size_t count, std::vector<To>& to) {
    if (count == 0) return;
    const std::size_t stride = from->struct_size;
    if (stride < Layout<From>::first_size || stride > max_struct_size ||
        stride % alignof(From) != 0) {
      refuse(name, "must have a valid struct_size");
      return;
    }
    to.reserve(count);
    const char* at = reinterpret_cast<const char*>(from);  // NOLINT: strides of the caller
    for (std::size_t n = 0; n < count && !refused(); ++n, at += stride) {
      const auto* const item = reinterpret_cast<const From*>(at);  // NOLINT: as above
      if (!read_struct(*this, name, item, stride, to.emplace_back())) {
        refusal_->index = n;
      }
    }
  }

  std::uint64_t fields_;
  std::optional<Error> refusal_;
  const seatbook_sink* sink_ = nullptr;
};

/// Reports whether the bytes of a struct from `at` to its end are 0.
inline bool is_zero_from(const void* given, std::size_t at, std::size_t struct_size) {
  const auto* const bytes = static_cast<const char*>(given);
  return std::all_of(bytes + std::min(at, struct_size), bytes + struct_size,
                     [](char byte) { return byte == 0; });
}

/// Checks a struct of the caller and returns it in the size of this version, or null after it has
/// set the reader's error. `copy` is used if the sizes differ.
template <class Struct>
const Struct* checked(Reader& in, const char* name, const Struct* given, std::size_t struct_size,
                      Struct& copy) {
  if (struct_size < Layout<Struct>::first_size || struct_size > max_struct_size) {
    in.refuse(name, "must have a valid struct_size");
    return nullptr;
  }
  if (struct_size != sizeof(Struct)) {
    copy = {};
    std::memcpy(&copy, given, std::min(struct_size, sizeof(Struct)));
    if (!is_zero_from(given, sizeof(Struct), struct_size)) {
      in.refuse(name, "must be 0 after the members that this version knows");
      return nullptr;
    }
    given = &copy;
  }
  if ((given->fields & ~Layout<Struct>::known_fields) != 0) {
    in.refuse("fields", "must have known bits only");
    return nullptr;
  }
  if (!Layout<Struct>::reserved_is_zero(*given)) {
    in.refuse("reserved", "must be 0");
    return nullptr;
  }
  return given;
}

// generated/requests.hpp has one read_members() for each struct.

template <class From, class To>
bool read_struct(Reader& in, const char* name, const From* given, std::size_t struct_size, To& to) {
  From copy;
  const From* const known = checked(in, name, given, struct_size, copy);
  if (known == nullptr) return false;
  if (given->struct_size != struct_size) {
    in.refuse(name, "must have the struct_size of the first item");
    return false;
  }
  const std::uint64_t outer = in.fields();
  in.set_fields(known->fields);
  read_members(in, *known, to);
  in.set_fields(outer);
  return !in.refused();
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_READER_HPP_
