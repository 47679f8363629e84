/// Exports tables by the Arrow C data and stream interfaces, without an Arrow library.
///
/// A binding fills an ArrowColumn for each column and passes the table to export_stream(). Header
/// only, because the bindings are separate shared objects.
#ifndef SEATBOOK_BINDINGS_COMMON_ARROW_HPP_
#define SEATBOOK_BINDINGS_COMMON_ARROW_HPP_

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The Arrow specification defines these structs, flags and guards. Its own header can be included
// as well.
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
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
}
#endif  // ARROW_C_DATA_INTERFACE
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
extern "C" {
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}
#endif  // ARROW_C_STREAM_INTERFACE

namespace seatbook::bindings {

/// The type of a column. Each value is null or of this type.
enum class ArrowType : std::uint8_t {
  number,   ///< uint64
  flag,     ///< bool
  text,     ///< UTF-8 with 64-bit offsets
  time,     ///< microseconds in UTC
  date,     ///< days
  decimal,  ///< 38 digits, four of them after the point
};

constexpr const char* arrow_format(ArrowType type) {
  constexpr const char* formats[] = {"L", "b", "U", "tsu:UTC", "tdD", "d:38,4"};
  return formats[static_cast<std::size_t>(type)];
}

__extension__ using Int128 = __int128;

/// Returns a decimal number in ten-thousandths. It has no sign and at most four decimals.
inline Int128 ten_thousandths(std::string_view decimal) {
  Int128 number = 0;
  for (const char c : decimal) {
    if (c != '.') number = number * 10 + (c - '0');
  }
  const std::size_t point = decimal.find('.');
  std::size_t decimals = point == std::string_view::npos ? 0 : decimal.size() - point - 1;
  for (; decimals < 4; ++decimals) number *= 10;
  return number;
}

/// The values of one column in the memory layout of Arrow. Cannot be copied, because the buffers of
/// a copy could be null, which Arrow does not allow.
class ArrowColumn {
 public:
  /// `rows` is the expected number of rows.
  ArrowColumn(std::string name, ArrowType type, std::size_t rows)
      : name_(std::move(name)), type_(type) {
    valid_.reserve(rows / 8 + 1);
    values_.reserve(type == ArrowType::flag ? rows / 8 + 1 : rows * width() + 1);
    if (type != ArrowType::text) return;
    offsets_.reserve(rows + 1);
    offsets_.push_back(0);
  }
  ArrowColumn(ArrowColumn&&) = default;
  ArrowColumn& operator=(ArrowColumn&&) = default;
  ~ArrowColumn() = default;

  /// Adds a value to a column of numbers, times, dates or decimals; a decimal in ten-thousandths.
  void add_number(Int128 number) {
    switch (type_) {
      case ArrowType::date:
        append(static_cast<std::int32_t>(number));
        break;
      case ArrowType::decimal:
        append(number);
        break;
      default:
        append(static_cast<std::uint64_t>(number));
    }
    add_row();
  }
  void add_flag(bool flag) {
    if (rows_ % 8 == 0) values_.push_back(0);
    if (flag) values_.back() |= bit(rows_);
    add_row();
  }
  void add_text(std::string_view text) {
    values_.insert(values_.end(), text.begin(), text.end());
    offsets_.push_back(static_cast<std::int64_t>(values_.size()));
    add_row();
  }
  void add_null() {
    switch (type_) {
      case ArrowType::flag:
        add_flag(false);
        break;
      case ArrowType::text:
        add_text({});
        break;
      default:
        add_number(0);
    }
    valid_.back() ^= bit(rows_ - 1);
    ++nulls_;
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] ArrowType type() const { return type_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t nulls() const { return nulls_; }
  /// Writes the buffers in the order of Arrow. Returns their number.
  std::int64_t buffers(const void** out) const {
    *out++ = valid_.data();
    if (type_ == ArrowType::text) *out++ = offsets_.data();
    *out = values_.data();
    return type_ == ArrowType::text ? max_buffers : max_buffers - 1;
  }
  static constexpr std::size_t max_buffers = 3;

 private:
  [[nodiscard]] std::size_t width() const {
    if (type_ == ArrowType::date) return sizeof(std::int32_t);
    return type_ == ArrowType::decimal ? sizeof(Int128) : sizeof(std::uint64_t);
  }
  static std::uint8_t bit(std::size_t row) { return static_cast<std::uint8_t>(1U << row % 8); }
  template <class Number>
  void append(Number number) {
    const std::size_t at = values_.size();
    values_.resize(at + sizeof number);
    std::memcpy(values_.data() + at, &number, sizeof number);
  }
  void add_row() {
    if (rows_ % 8 == 0) valid_.push_back(0);
    valid_.back() |= bit(rows_);
    ++rows_;
  }

  std::string name_;
  ArrowType type_;
  std::size_t rows_ = 0;
  std::size_t nulls_ = 0;
  std::vector<std::uint8_t> valid_;
  std::vector<std::uint8_t> values_;
  std::vector<std::int64_t> offsets_;
};

struct ArrowTable {
  std::size_t rows = 0;
  std::vector<ArrowColumn> columns;
};

namespace detail {

/// What an exported schema or array and its children point to. A consumer can move children out and
/// release the parent before them, from any thread: the last owner deletes this.
template <class Part>
struct ArrowParts {
  std::shared_ptr<const ArrowTable> table;
  std::vector<Part> children;
  std::vector<Part*> pointers;
  std::vector<const void*> buffers;
  std::atomic<std::size_t> owners;

  explicit ArrowParts(std::shared_ptr<const ArrowTable> exported)
      : table(std::move(exported)), children(table->columns.size()), owners(children.size() + 1) {
    pointers.reserve(children.size());
    for (Part& child : children) {
      child.release = &release;
      child.private_data = this;
      pointers.push_back(&child);
    }
  }
  /// Sets the parent's members that schemas and arrays have in common.
  void set_parent(Part& parent) {
    parent.n_children = static_cast<std::int64_t>(children.size());
    parent.children = pointers.data();
    parent.release = &release;
    parent.private_data = this;
  }
  /// Releases a parent together with the children that were not moved out, or a child.
  static void release(Part* part) {
    for (std::int64_t n = 0; n < part->n_children; ++n) {
      Part* const child = part->children[n];
      if (child->release != nullptr) child->release(child);
    }
    part->release = nullptr;
    auto* const parts = static_cast<ArrowParts*>(part->private_data);
    if (parts->owners.fetch_sub(1) == 1) delete parts;
  }
};

inline void export_schema(const std::shared_ptr<const ArrowTable>& table, ArrowSchema& out) {
  auto parts = std::make_unique<ArrowParts<ArrowSchema>>(table);
  ArrowSchema* child = parts->children.data();
  for (const ArrowColumn& column : table->columns) {
    child->format = arrow_format(column.type());
    child->name = column.name().c_str();
    child->flags = ARROW_FLAG_NULLABLE;
    ++child;
  }
  out = {};
  out.format = "+s";
  out.name = "";
  parts.release()->set_parent(out);
}

inline void export_batch(const std::shared_ptr<const ArrowTable>& table, ArrowArray& out) {
  auto parts = std::make_unique<ArrowParts<ArrowArray>>(table);
  // The first one is of the parent, which has no nulls: its pointer is null.
  parts->buffers.resize(1 + ArrowColumn::max_buffers * table->columns.size());
  const void** buffers = parts->buffers.data() + 1;
  ArrowArray* child = parts->children.data();
  for (const ArrowColumn& column : table->columns) {
    child->length = static_cast<std::int64_t>(column.rows());
    child->null_count = static_cast<std::int64_t>(column.nulls());
    child->n_buffers = column.buffers(buffers);
    child->buffers = buffers;
    buffers += ArrowColumn::max_buffers;
    ++child;
  }
  out = {};
  out.length = static_cast<std::int64_t>(table->rows);
  out.n_buffers = 1;
  out.buffers = parts->buffers.data();
  parts.release()->set_parent(out);
}

struct ArrowStreamParts {
  std::shared_ptr<const ArrowTable> table;
  bool done = false;

  static ArrowStreamParts& of(ArrowArrayStream* stream) {
    return *static_cast<ArrowStreamParts*>(stream->private_data);
  }
  static int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    try {
      export_schema(of(stream).table, *out);
      return 0;
    } catch (const std::bad_alloc&) {
      return ENOMEM;
    }
  }
  static int get_next(ArrowArrayStream* stream, ArrowArray* out) {
    *out = {};  // a released array marks the end
    if (of(stream).done) return 0;
    try {
      export_batch(of(stream).table, *out);
      of(stream).done = true;
      return 0;
    } catch (const std::bad_alloc&) {
      return ENOMEM;
    }
  }
  static const char* get_last_error(ArrowArrayStream* /*stream*/) { return nullptr; }
  static void release(ArrowArrayStream* stream) {
    delete &of(stream);
    stream->release = nullptr;
  }
};

}  // namespace detail

/// Exports a table as a stream of one batch. The consumer of the stream releases it.
inline void export_stream(ArrowTable table, ArrowArrayStream* out) {
  using Parts = detail::ArrowStreamParts;
  auto parts = std::make_unique<Parts>();
  parts->table = std::make_shared<const ArrowTable>(std::move(table));
  *out = {&Parts::get_schema, &Parts::get_next, &Parts::get_last_error, &Parts::release, nullptr};
  out->private_data = parts.release();
}

}  // namespace seatbook::bindings

#endif  // SEATBOOK_BINDINGS_COMMON_ARROW_HPP_
