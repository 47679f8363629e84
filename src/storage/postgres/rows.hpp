/// Records as rows: the statements for each table, arrays of rows going in, rows coming out.
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

/// The statements for one kind of record. $1 is always the book.
struct TableStatements {
  Statement write;     ///< $2: the version; then an array for each column: new rows and new images
  Statement read_all;  ///< by key
  Statement read_newer;  ///< what a batch after $2 wrote, by key
  Statement look;        ///< all columns of no row: fails where the table is another one
};

class Rows {
 public:
  /// `schema` as a quoted name.
  explicit Rows(const std::string& schema);

  [[nodiscard]] const TableStatements& of(RecordKind kind) const {
    return tables_[static_cast<std::size_t>(kind)];
  }
  /// Sends what writes the records of a batch: one statement for each kind, in the order of the
  /// kinds; within a kind the order stays.
  void send(Connection& connection, std::uint64_t book, const Batch& batch) const;
  /// Errors: storage_corrupt.
  static Result<RecordImage> record_of(RecordKind kind, const Row& row);

 private:
  std::array<TableStatements, record_kinds> tables_;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_ROWS_HPP_
