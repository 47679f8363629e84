#include "seatbook/records.hpp"

#include <type_traits>
#include <variant>

namespace seatbook {

static_assert(
    std::is_same_v<
        std::variant_alternative_t<static_cast<std::size_t>(RecordKind::last_use), RecordImage>,
        LastUse>,
    "RecordKind numbers the alternatives of RecordImage");

RecordKind kind_of(const RecordImage& image) noexcept {
  return static_cast<RecordKind>(image.index());
}

namespace {

struct IdOf {
  std::uint64_t operator()(const BookInfo& /*info*/) const noexcept { return 1; }
  std::uint64_t operator()(const HistoryRow& row) const noexcept { return row.seq.value; }
  std::uint64_t operator()(const HistoryTexts& texts) const noexcept { return texts.seq.value; }
  std::uint64_t operator()(const LastUse& use) const noexcept { return use.assignment.value; }
  template <class Record>
  std::uint64_t operator()(const Record& record) const noexcept {
    return record.id.value;
  }
};

}  // namespace

std::uint64_t id_of(const RecordImage& image) noexcept {
  return std::visit(IdOf{}, image);
}

}  // namespace seatbook
