/// Records as rows: one set of statements for each table.
#ifndef SEATBOOK_STORAGE_SQLITE_ROWS_HPP_
#define SEATBOOK_STORAGE_SQLITE_ROWS_HPP_

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <variant>

#include "seatbook/storage.hpp"
#include "storage/row_shapes.hpp"
#include "storage/sqlite/connection.hpp"

namespace seatbook::sqlite::detail {

using seatbook::detail::record_kinds;
using seatbook::detail::StoredRecord;

/// Reads and writes the rows of all kinds. Not synchronized.
///
/// A value that no record can have (a type, an enumerator, a number out of range) is
/// storage_corrupt; the tables check whether the values are consistent.
class Rows {
 public:
  explicit Rows(Connection& connection);

  /// Sets the format of the file. Members that a later format added are then read as missing. Rows
  /// can be written only in the newest format.
  void use_format(std::uint32_t format);

  Result<void> insert(const RecordImage& record, Version version);
  Result<void> update(const RecordImage& record, Version version);
  Result<std::optional<StoredRecord>> find(RecordKind kind, std::uint64_t id);

  using Take = std::function<Result<void>(StoredRecord)>;
  /// Passes the rows of a kind that a batch after `after` wrote to `take`, ordered by id; ends with
  /// an error of `take`.
  Result<void> read(RecordKind kind, Version after, const Take& take);
  /// Returns the highest id of a kind; 0 if there is none.
  Result<std::uint64_t> last_id(RecordKind kind);

  /// Drops all statements; see Connection::abandon().
  void abandon();

 private:
  struct Statements {
    Statement insert;
    Statement update;
    Statement find;
    Statement read_all;
    Statement read_newer;
    Statement last;
  };
  static Statements statements_of(RecordKind kind, std::uint32_t format);
  Statements& of(RecordKind kind) { return statements_[static_cast<std::size_t>(kind)]; }
  Result<void> write(Statement& statement, const RecordImage& record, Version version);

  Connection& connection_;
  std::array<Statements, record_kinds> statements_;
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_ROWS_HPP_
