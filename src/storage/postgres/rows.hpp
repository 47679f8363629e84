/// Maps records to table rows: the SQL statements, encoding of batches, decoding of rows.
#ifndef SEATBOOK_STORAGE_POSTGRES_ROWS_HPP_
#define SEATBOOK_STORAGE_POSTGRES_ROWS_HPP_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "seatbook/storage.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/row_shapes.hpp"

namespace seatbook::postgres::detail {

using seatbook::detail::record_kinds;

/// The statements for one record kind. $1 is always the book.
struct TableStatements {
  Statement read_all;    ///< ordered by key
  Statement read_newer;  ///< rows written by batches after $2, ordered by key
  Statement probe;       ///< all columns, no rows: fails if the table has other columns
};

/// The records of a batch as parameters of one statement, by kind.
class BatchRows {
 public:
  explicit BatchRows(const Batch& batch);
  BatchRows(const BatchRows&) = delete;
  BatchRows& operator=(const BatchRows&) = delete;
  ~BatchRows();

  /// Returns the kinds that the batch contains, and whether it has one record or more of each.
  /// Batches of the same shape are written by the same statement.
  [[nodiscard]] std::string shape() const;
  /// Adds the values: one per column, or if there are more records of a kind, one array per column.
  void move_to(Parameters& parameters);

 private:
  class Columns;
  std::vector<Columns> kinds_;
};

class Rows {
 public:
  /// `schema` is a quoted name.
  explicit Rows(const std::string& schema);

  [[nodiscard]] const TableStatements& of(RecordKind kind) const {
    return tables_[static_cast<std::size_t>(kind)];
  }
  /// Returns the statements that insert or replace the records of a batch of that shape: one for
  /// each kind, in the order of the kinds. Records of one kind keep their order. $1 is the book and
  /// $2 the version that the batch is based on; its values begin at `first`.
  [[nodiscard]] std::vector<std::string> writes(const std::string& shape, std::size_t first) const;
  /// Decodes a row. Errors: storage_corrupt.
  static Result<RecordImage> record_of(RecordKind kind, const Row& row);

 private:
  const std::string schema_;
  std::array<TableStatements, record_kinds> tables_;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_ROWS_HPP_
