#include "storage/postgres/batch_bytes.hpp"

// g++ cannot force-inline xxHash at low optimization levels (-Og).
#define XXH_NO_INLINE_HINTS 1
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "storage/columns.hpp"
#include "storage/postgres/binary.hpp"
#include "storage/row_reader.hpp"
#include "storage/row_shapes.hpp"
#include "types/records.hpp"

namespace seatbook::postgres::detail {
namespace {

using seatbook::detail::Column;
using seatbook::detail::record_kinds;
using seatbook::detail::RowReader;
using seatbook::detail::store_columns;
using seatbook::detail::visit_columns;
using seatbook::types::empty_record;

struct WriteCells {
  CellWriter writer;

  template <class Value>
  void operator()(const Column& /*column*/, const std::optional<Value>& value) {
    value ? writer.value(*value) : writer.null();
  }
  void operator()(const Column& /*column*/, bool value) { writer.value(value); }
};

template <class Record>
std::size_t column_count(const Record& /*record*/) {
  static const std::size_t count = [] {
    std::size_t counted = 0;
    store_columns(Record{}, [&](const Column& /*column*/, const auto& /*value*/) { ++counted; });
    return counted;
  }();
  return count;
}

struct ByteRow {
  std::vector<std::optional<std::string_view>> cells;

  [[nodiscard]] bool null(int cell) const { return !cells[static_cast<std::size_t>(cell)]; }
  [[nodiscard]] std::string_view bytes(int cell) const {
    return cells[static_cast<std::size_t>(cell)].value_or(std::string_view());
  }
};

/// Takes the next `size` bytes; nothing if there are fewer.
std::optional<std::string_view> take(std::string_view& bytes, std::size_t size) {
  if (bytes.size() < size) return std::nullopt;
  const std::string_view taken = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return taken;
}

/// Takes the next cells. Returns false if the bytes do not contain them.
bool take_cells(std::string_view& bytes, std::size_t count, ByteRow& row) {
  row.cells.clear();
  for (; count > 0; --count) {
    const auto size = take(bytes, 4);
    if (!size) return false;
    const std::int64_t length = *integer_of(*size);
    if (length < 0) {
      row.cells.emplace_back();
      continue;
    }
    const auto value = take(bytes, static_cast<std::size_t>(length));
    if (!value) return false;
    row.cells.emplace_back(*value);
  }
  return true;
}

std::string bytes_of(const Batch& batch) {
  std::string bytes;
  for (const RecordImage& image : batch.images) {
    bytes += static_cast<char>(image.index());
    std::visit([&](const auto& record) { store_columns(record, WriteCells{CellWriter(bytes)}); },
               image);
  }
  return bytes;
}

/// Returns a digest of the batch and of all batches before it, which `before` identifies.
Digest digest_of(const Digest& before, const Token& token, std::string_view bytes) {
  std::string all;
  all.reserve(before.bytes.size() + token.bytes.size() + bytes.size());
  all.append(reinterpret_cast<const char*>(before.bytes.data()), before.bytes.size());
  all.append(reinterpret_cast<const char*>(token.bytes.data()), token.bytes.size());
  all.append(bytes);
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(all.data(), all.size()));
  Digest digest;
  static_assert(sizeof canonical.digest == sizeof digest.bytes);
  std::memcpy(digest.bytes.data(), canonical.digest, sizeof digest.bytes);
  return digest;
}

}  // namespace

Result<void> records_from(std::string_view bytes,
                          const std::function<bool(RecordImage&&)>& accept) {
  const Error corrupt{Code::storage_corrupt, "the bytes of a batch contain an invalid value"};
  ByteRow row;
  while (!bytes.empty()) {
    const auto kind = static_cast<unsigned char>(take(bytes, 1)->front());
    if (kind >= record_kinds) return corrupt;
    RecordImage image = empty_record(static_cast<RecordKind>(kind));
    const std::size_t columns =
        std::visit([](const auto& record) { return column_count(record); }, image);
    if (!take_cells(bytes, columns, row)) return corrupt;
    RowReader reader(Cells<ByteRow>{row});
    std::visit([&](auto& record) { visit_columns(record, reader); }, image);
    if (!reader.invalid().empty()) return corrupt;
    if (!accept(std::move(image))) return {};
  }
  return {};
}

std::vector<OutgoingBatch> outgoing_after(Digest digest, std::span<const Batch> batches) {
  std::vector<OutgoingBatch> outgoing;
  outgoing.reserve(batches.size());
  for (const Batch& batch : batches) {
    std::string bytes = bytes_of(batch);
    digest = digest_of(digest, batch.token, bytes);
    outgoing.push_back({&batch, {Version(batch.base.value + 1), digest}, std::move(bytes)});
  }
  return outgoing;
}

}  // namespace seatbook::postgres::detail
