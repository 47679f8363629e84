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
  Statement write;       ///< $2: the version; then one array per column: inserts or replaces rows
  Statement read_all;    ///< ordered by key
  Statement read_newer;  ///< rows written by batches after $2, ordered by key
  Statement probe;       ///< all columns, no rows: fails if the table has other columns
};

class Rows {
 public:
  /// `schema` is a quoted name.
  explicit Rows(const std::string& schema);

  [[nodiscard]] const TableStatements& of(RecordKind kind) const {
    return tables_[static_cast<std::size_t>(kind)];
  }
  /// Queues the statements that write the records of a batch: one per record kind, in the order of
  /// the kinds. Records of one kind keep their order.
  void send(Connection& connection, std::uint64_t book, const Batch& batch) const;
  /// Decodes a row. Errors: storage_corrupt.
  static Result<RecordImage> record_of(RecordKind kind, const Row& row);

 private:
  std::array<TableStatements, record_kinds> tables_;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_ROWS_HPP_
