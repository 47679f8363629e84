/// Provides the records of a valid book, which tests modify and pass to a book as a storage.
#ifndef SEATBOOK_TESTS_UNIT_STORED_BOOKS_HPP_
#define SEATBOOK_TESTS_UNIT_STORED_BOOKS_HPP_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/tables.hpp"
#include "seatbook/storage.hpp"
#include "support/books.hpp"

namespace seatbook::testing {

/// A read-only storage of records that a test composes.
class StoredRecords final : public Storage {
 public:
  Result<Version> read(Version after, RecordSink& sink) override {
    for (const auto& [written, image] : rows) {
      if (written <= after) continue;
      if (auto taken = sink.accept(image); !taken) return std::move(taken).error();
    }
    return version;
  }
  Result<void> append(const Batch& /*batch*/) override {
    return Error{Code::storage_failed, "read-only"};
  }
  Result<std::optional<Version>> find(const Token& /*token*/) override {
    return std::optional<Version>();
  }

  /// Returns the record with the id. Throws std::logic_error if there is none.
  template <class Record>
  Record& get(std::uint64_t id) {
    for (auto& [written, image] : rows) {
      if (std::holds_alternative<Record>(image) && id_of(image) == id)
        return std::get<Record>(image);
    }
    throw std::logic_error("no record " + std::to_string(id));
  }
  /// Removes all records of a kind.
  template <class Record>
  void remove() {
    std::erase_if(rows, [](const auto& row) { return std::holds_alternative<Record>(row.second); });
  }
  /// Adds the records of another batch.
  void append(std::vector<RecordImage> images) {
    version = Version(version.value + 1);
    for (RecordImage& image : images) rows.emplace_back(version, std::move(image));
  }
  /// Loads the records into tables without the checks of opening. They must be consistent.
  void load(model::Tables& tables) const {
    std::vector<RecordImage> images;
    for (const auto& [written, image] : rows) images.push_back(image);
    std::sort(images.begin(), images.end(), [](const RecordImage& a, const RecordImage& b) {
      return std::pair(a.index(), id_of(a)) < std::pair(b.index(), id_of(b));
    });
    tables.apply(std::move(images), version).value();
  }

  Version version;
  std::vector<std::pair<Version, RecordImage>> rows;
};

class RecordList final : public RecordSink {
 public:
  explicit RecordList(StoredRecords& into) : into_(into) {}
  Result<void> accept(RecordImage record) override {
    into_.rows.emplace_back(into_.version, std::move(record));
    return {};
  }

 private:
  StoredRecords& into_;
};

/// People 1 Olga (owner), 2 Ada, 3 Bo (archived), 4 (erased). License 1: 3 seats, `enforce`, with
/// the active assignments 1 (Ada), 2 (Bo, needs review) and the revoked one 3 (Olga). License 2:
/// archived. All of one actor, with host keys and emails.
inline std::shared_ptr<StoredRecords> stored_book() {
  const auto memory = memory_storage();
  Desk desk(memory);
  Session& root = desk.admin;
  const PersonId olga =
      root.add_person({.name = "Olga", .email = "olga@example.com", .host_key = "h-1"})
          .value()
          .person;
  const PersonId ada =
      root.add_person({.name = "Ada", .email = "ada@example.com", .host_key = "h-2"})
          .value()
          .person;
  const PersonId bo = desk.person("Bo");
  const PersonId gone = desk.person("Gone");
  const LicenseId vector = root.add_license({.name = "Vector",
                                             .host_key = "l-1",
                                             .total_seats = 3,
                                             .owner = olga,
                                             .backup_owner = ada})
                               .value()
                               .license;
  const LicenseId old =
      root.add_license({.name = "Old", .host_key = "l-2", .owner = ada}).value().license;
  desk.clock->set(instant("2026-03-02T12:00:00Z"));
  root.assign({.license = vector, .person = ada, .access_level = "Editor"}).value();
  desk.seat(vector, bo);
  const AssignmentId revoked = desk.seat(vector, olga);
  desk.clock->set(instant("2026-03-03T12:00:00Z"));
  root.revoke({.assignment = revoked}).value();
  root.archive_person({.person = bo}).value();
  root.erase_person({.person = gone}).value();
  root.archive_license({.license = old}).value();

  auto stored = std::make_shared<StoredRecords>();
  stored->version = desk.book.version();
  RecordList list(*stored);
  memory->read({}, list).value();
  return stored;
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_UNIT_STORED_BOOKS_HPP_
