#include "python/src/arrow.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

// The structs of the two interfaces. Their layout is part of the Arrow specification.
extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace seatbook::python {
namespace {

constexpr std::int64_t nullable = 2;  // ARROW_FLAG_NULLABLE

/// Keeps the columns alive while anything points into them.
using SharedTable = std::shared_ptr<const ArrowTable>;

struct SchemaParts {
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};
/// The data of a column, which can be moved out of its parent.
struct ColumnParts {
  SharedTable table;
  std::vector<const void*> buffers;
};
struct ArrayParts {
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  const void* none = nullptr;
};
struct StreamParts {
  SharedTable table;
  bool done = false;
};

/// Releases a child. A child owns its data: a consumer can move it out and release the parent.
template <class Part>
void release_child(Part* child) {
  delete static_cast<ColumnParts*>(child->private_data);
  child->release = nullptr;
}
/// Creates the parts of a parent, which release the children that were not moved out.
template <class Parts>
auto new_parts() {
  constexpr auto release_all = [](Parts* parts) {
    for (auto& child : parts->children) child.release(&child);
    delete parts;
  };
  return std::unique_ptr<Parts, decltype(release_all)>(new Parts, release_all);
}
template <class Part, class Parts>
void release_parent(Part* parent) {
  auto* const parts = static_cast<Parts*>(parent->private_data);
  for (auto& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  parent->release = nullptr;
  delete parts;
}

void describe(const SharedTable& table, ArrowSchema& out) {
  auto parts = new_parts<SchemaParts>();
  parts->children.reserve(table->columns.size());
  for (const ArrowColumn& column : table->columns) {
    auto own = std::make_unique<ColumnParts>(ColumnParts{table, {}});
    parts->children.push_back({column.format().c_str(), column.name().c_str(), nullptr, nullable, 0,
                               nullptr, nullptr, &release_child<ArrowSchema>, own.release()});
  }
  for (ArrowSchema& child : parts->children) parts->pointers.push_back(&child);
  out = {"+s",
         "",
         nullptr,
         0,
         static_cast<std::int64_t>(parts->pointers.size()),
         parts->pointers.data(),
         nullptr,
         &release_parent<ArrowSchema, SchemaParts>,
         nullptr};
  out.private_data = parts.release();
}

void export_batch(const SharedTable& table, ArrowArray& out) {
  auto parts = new_parts<ArrayParts>();
  const std::size_t count = table->columns.size();
  parts->children.reserve(count);
  for (const ArrowColumn& column : table->columns) {
    auto own = std::make_unique<ColumnParts>(ColumnParts{table, column.buffers()});
    const void** const buffers = own->buffers.data();
    parts->children.push_back({table->rows, column.nulls(), 0,
                               static_cast<std::int64_t>(own->buffers.size()), 0, buffers, nullptr,
                               nullptr, &release_child<ArrowArray>, own.get()});
    (void)own.release();
  }
  for (ArrowArray& child : parts->children) parts->pointers.push_back(&child);
  out = {table->rows,
         0,
         0,
         1,
         static_cast<std::int64_t>(count),
         &parts->none,
         parts->pointers.data(),
         nullptr,
         &release_parent<ArrowArray, ArrayParts>,
         nullptr};
  out.private_data = parts.release();
}

StreamParts& parts_of(ArrowArrayStream* stream) {
  return *static_cast<StreamParts*>(stream->private_data);
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  try {
    describe(parts_of(stream).table, *out);
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  }
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  StreamParts& parts = parts_of(stream);
  std::memset(out, 0, sizeof *out);  // a released array marks the end
  if (std::exchange(parts.done, true)) return 0;
  try {
    export_batch(parts.table, *out);
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  }
}

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<StreamParts*>(stream->private_data);
  stream->release = nullptr;
}

/// Parses an amount with up to four decimals to ten-thousandths.
__extension__ using Int128 = __int128;
Int128 ten_thousandths(const std::string& text) {
  Int128 number = 0;
  int decimals = -1;
  for (const char c : text) {
    if (c == '.') {
      decimals = 0;
    } else if (c >= '0' && c <= '9' && decimals < 4) {
      number = number * 10 + (c - '0');
      decimals += decimals >= 0 ? 1 : 0;
    }
  }
  for (decimals = decimals < 0 ? 0 : decimals; decimals < 4; ++decimals) number *= 10;
  return number;
}

}  // namespace

// --------------------------------------------------------------------------------- one column

void ArrowColumn::add_bit(std::vector<std::uint8_t>& bits, bool bit) const {
  const auto at = static_cast<std::size_t>(rows_);
  if (at % 8 == 0) bits.push_back(0);
  if (bit) bits.back() = static_cast<std::uint8_t>(bits.back() | 1U << (at % 8));
}

void ArrowColumn::add_valid() {
  add_bit(valid_, true);
  if (is_text()) offsets_.push_back(static_cast<std::int64_t>(values_.size()));
  ++rows_;
}

void ArrowColumn::add_null() {
  if (format_ == "b") {
    add_bit(flags_, false);
  } else if (!is_text()) {
    values_.resize(values_.size() + width_);
  }
  add_bit(valid_, false);
  if (is_text()) offsets_.push_back(static_cast<std::int64_t>(values_.size()));
  ++rows_;
  ++nulls_;
}

void ArrowColumn::add_text(std::string_view text) {
  values_.insert(values_.end(), text.begin(), text.end());
  add_valid();
}

void ArrowColumn::add_flag(bool flag) {
  add_bit(flags_, flag);
  add_valid();
}

std::vector<const void*> ArrowColumn::buffers() const {
  if (is_text()) return {valid_.data(), offsets_.data(), values_.data()};
  if (format_ == "b") return {valid_.data(), flags_.data()};
  return {valid_.data(), values_.data()};
}

void add_value(ArrowColumn& column, const std::string& text) {
  column.add_text(text);
}
void add_value(ArrowColumn& column, bool flag) {
  column.add_flag(flag);
}
void add_value(ArrowColumn& column, Timestamp instant) {
  column.add_number(instant.us);
}
void add_value(ArrowColumn& column, Date date) {
  column.add_number(date.days);
}
void add_value(ArrowColumn& column, Money amount) {
  column.add_number(Int128{amount.ten_thousandths});
}
void add_value(ArrowColumn& column, const MoneySum& sum) {
  column.add_number(ten_thousandths(sum.to_string()));
}
void add_value(ArrowColumn& column, SeatTotal total) {
  total.is_unlimited() ? column.add_null()
                       : column.add_number(static_cast<std::uint64_t>(total.seats()));
}

py::capsule arrow_stream(ArrowTable table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  auto parts = std::make_unique<StreamParts>();
  parts->table = std::make_shared<const ArrowTable>(std::move(table));
  *stream = {&get_schema, &get_next, [](ArrowArrayStream*) -> const char* { return nullptr; },
             &release_stream, nullptr};
  stream->private_data = parts.release();
  // The capsule releases a stream that was not consumed.
  return py::capsule(stream.release(), "arrow_array_stream", [](PyObject* capsule) {
    auto* const unused =
        static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
    if (unused->release != nullptr) unused->release(unused);
    delete unused;
  });
}

}  // namespace seatbook::python
