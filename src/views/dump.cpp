#include "views/dump.hpp"

#include "text/record_json.hpp"

namespace seatbook::views {

std::string dump(const model::Tables& tables) {
  using text::to_json;
  auto book = text::json::object();
  const auto list = [&book](const char* name, std::uint64_t size, const auto& record) {
    auto& array = book[name] = text::json::array();
    for (std::uint64_t id = 1; id <= size; ++id) array.push_back(to_json(record(id)));
  };
  book["version"] = tables.version.value;
  book["book"] = tables.info ? to_json(*tables.info) : text::json(nullptr);
  list("actors", tables.actors.size(),
       [&](std::uint64_t id) -> const ActorRecord& { return *tables.actors.find(ActorId(id)); });
  list("people", tables.people.size(),
       [&](std::uint64_t id) -> const Person& { return tables.people.find(PersonId(id))->person; });
  list("licenses", tables.licenses.size(),
       [&](std::uint64_t id) -> const License& { return *tables.licenses.find(LicenseId(id)); });
  list("assignments", tables.assignments.size(),
       [&](std::uint64_t id) { return tables.assignments.record(AssignmentId(id)); });
  list("history", tables.history.size(),
       [&](std::uint64_t seq) { return tables.history.row(Seq(seq)); });
  auto& texts = book["history_texts"] = text::json::array();
  for (std::uint64_t seq = 1; seq <= tables.history.size(); ++seq) {
    const HistoryTexts* row = tables.history.texts(Seq(seq));
    if (row != nullptr && !row->empty()) texts.push_back(to_json(*row));
  }
  auto& uses = book["last_uses"] = text::json::array();
  for (std::uint64_t id = 1; id <= tables.assignments.size(); ++id) {
    if (const auto used_at = tables.assignments.last_use(AssignmentId(id))) {
      uses.push_back(to_json(LastUse{AssignmentId(id), *used_at}));
    }
  }
  return book.dump(2);
}

}  // namespace seatbook::views
