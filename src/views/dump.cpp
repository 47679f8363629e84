#include "views/views.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/record_json.hpp"
#include "model/compact.hpp"

namespace seatbook::views {
namespace {

/// The fields that every history row has.
struct PlainRow {
  std::uint64_t batch = 0;
  std::int64_t at_us = 0;
  std::uint32_t actor = 0;
  std::uint32_t license = 0;
  std::uint32_t person = 0;
  std::uint32_t assignment = 0;
  HistoryKind kind = HistoryKind::person_added;
  bool has_more = false;  // whether the complete row is in `full`

  explicit PlainRow(const HistoryRow& row)
      : batch(row.batch.value),
        at_us(row.at.us),
        actor(model::compact(row.actor)),
        license(model::compact(row.license)),
        person(model::compact(row.person)),
        assignment(model::compact(row.assignment)),
        kind(row.kind),
        has_more(row.counterpart || row.before || row.after) {}

  [[nodiscard]] HistoryRow row(std::uint64_t seq) const {
    HistoryRow row;
    row.seq = Seq(seq);
    row.batch = Version(batch);
    row.at = {at_us};
    row.actor = ActorId(actor);
    row.kind = kind;
    row.license = model::id_or_none<LicenseId>(license);
    row.person = model::id_or_none<PersonId>(person);
    row.assignment = model::id_or_none<AssignmentId>(assignment);
    return row;
  }
};

/// All records, as compact as in the tables: copying a million assignments and their history takes
/// less than 0.2 s.
struct Records {
  Version version;
  std::optional<BookInfo> info;
  std::vector<ActorRecord> actors;
  std::vector<Person> people;
  std::vector<License> licenses;
  std::vector<model::AssignmentRow> assignments;
  std::vector<std::pair<std::uint32_t, model::AssignmentTexts>> texts;  // of assignments with texts
  std::vector<PlainRow> history;
  std::vector<HistoryRow> full_history;
  std::vector<HistoryTexts> history_texts;
  std::vector<LastUse> last_uses;
};

/// Calls `copy` for each number from 1 to `size`, the number of rows. Returns false if the slices
/// have ended.
template <class Row, class Copy>
bool copy_rows(std::vector<Row>& rows, std::uint64_t size, std::uint32_t steps,
               model::Slices& slices, const Copy& copy) {
  rows.reserve(size);
  for (std::uint64_t number = 1; number <= size; ++number) {
    if (!slices.step(steps) || !copy(number)) return false;
  }
  return true;
}

bool copy_assignments(const model::AssignmentTable& assignments, Records& records,
                      model::Slices& slices) {
  return copy_rows(records.assignments, assignments.size(), 1, slices, [&](std::uint64_t number) {
    const AssignmentId id(number);
    if (!slices.room(records.texts) || !slices.room(records.last_uses)) return false;
    records.assignments.push_back(*assignments.find(id));
    if (const auto* texts = assignments.texts(id)) {
      records.texts.emplace_back(static_cast<std::uint32_t>(number), *texts);
    }
    if (const auto used_at = assignments.last_use(id)) records.last_uses.push_back({id, *used_at});
    return true;
  });
}

bool copy_history(const model::HistoryTable& history, Records& records, model::Slices& slices) {
  return copy_rows(records.history, history.size(), 1, slices, [&](std::uint64_t number) {
    if (!slices.room(records.full_history) || !slices.room(records.history_texts)) return false;
    const HistoryRow row = history.row(Seq(number));
    records.history.emplace_back(row);
    if (records.history.back().has_more) records.full_history.push_back(row);
    const HistoryTexts* texts = history.texts(Seq(number));
    if (texts != nullptr && !texts->empty()) records.history_texts.push_back(*texts);
    return true;
  });
}

/// Returns false if the slices have ended.
bool copy_records(const model::Tables& tables, Records& records, model::Slices& slices) {
  constexpr std::uint32_t copied = model::Slices::copied_row;
  records.version = tables.version;
  records.info = tables.info;
  return copy_rows(records.actors, tables.actors.size(), copied, slices,
                   [&](std::uint64_t id) {
                     records.actors.push_back(*tables.actors.find(ActorId(id)));
                     return true;
                   }) &&
         copy_rows(records.people, tables.people.size(), copied, slices,
                   [&](std::uint64_t id) {
                     records.people.push_back(tables.people.find(PersonId(id))->person);
                     return true;
                   }) &&
         copy_rows(records.licenses, tables.licenses.size(), copied, slices,
                   [&](std::uint64_t id) {
                     records.licenses.push_back(*tables.licenses.find(LicenseId(id)));
                     return true;
                   }) &&
         copy_assignments(tables.assignments, records, slices) &&
         copy_history(tables.history, records, slices);
}

/// Writes the document record by record: a tree of the whole would be many times the size of the
/// book.
class Document {
 public:
  /// Writes a member of the document; members come in the order of their names.
  void member(std::string_view name, const codec::json& value) {
    begin(name);
    text_ += indented(value, "\n  ");
  }
  /// Writes a list member: `record(at)` for each of `size` records.
  template <class Record>
  void list(std::string_view name, std::size_t size, const Record& record) {
    begin(name);
    if (size == 0) {
      text_ += "[]";
      return;
    }
    for (std::size_t at = 0; at < size; ++at) {
      text_ += at == 0 ? "[\n    " : ",\n    ";
      text_ += indented(record(at), "\n    ");
    }
    text_ += "\n  ]";
  }
  [[nodiscard]] std::string finish() {
    text_ += "\n}";
    return std::move(text_);
  }

 private:
  void begin(std::string_view name) {
    text_ += text_.empty() ? "{\n  \"" : ",\n  \"";
    text_ += name;
    text_ += "\": ";
  }
  /// Line breaks within texts are escaped, so each of these is between members.
  static std::string indented(const codec::json& value, std::string_view line_break) {
    const std::string spelled = value.dump(2);
    std::string text;
    text.reserve(spelled.size() + spelled.size() / 4);
    for (const char letter : spelled) {
      if (letter == '\n') {
        text += line_break;
      } else {
        text += letter;
      }
    }
    return text;
  }

  std::string text_;
};

std::string spelled(const Records& records) {
  using codec::to_json;
  const auto listed = [](const auto& rows) {
    return [&rows](std::size_t at) { return to_json(rows[at]); };
  };
  Document document;
  document.list("actors", records.actors.size(), listed(records.actors));
  auto texts = records.texts.begin();
  document.list("assignments", records.assignments.size(), [&](std::size_t at) {
    const model::AssignmentRow& row = records.assignments[at];
    const bool has_texts = texts != records.texts.end() && texts->first == row.id;
    return to_json(model::assignment_of(row, has_texts ? &(texts++)->second : nullptr));
  });
  document.member("book", records.info ? to_json(*records.info) : codec::json(nullptr));
  auto full = records.full_history.begin();
  document.list("history", records.history.size(), [&](std::size_t at) {
    const PlainRow& row = records.history[at];
    return to_json(row.has_more ? *full++ : row.row(at + 1));
  });
  document.list("history_texts", records.history_texts.size(), listed(records.history_texts));
  document.list("last_uses", records.last_uses.size(), listed(records.last_uses));
  document.list("licenses", records.licenses.size(), listed(records.licenses));
  document.list("people", records.people.size(), listed(records.people));
  document.member("version", records.version.value);
  return document.finish();
}

}  // namespace

std::string dump(const model::Tables& tables, model::Slices& slices) {
  Records records;
  if (!copy_records(tables, records, slices)) return {};
  slices.leave();
  return spelled(records);
}

}  // namespace seatbook::views
