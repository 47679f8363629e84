/// The columns and cells of exported files (A28, B33, C35 to C38).
#ifndef SEATBOOK_CSV_EXPORTS_HPP_
#define SEATBOOK_CSV_EXPORTS_HPP_

#include "csv/writer.hpp"
#include "seatbook/csv.hpp"
#include "seatbook/lists.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::csv {

/// The header and the rows of a file; one class per file.
class SeatListFile {
 public:
  explicit SeatListFile(const ExportSeatList& request) : with_license_(!request.list.license) {}
  void header(Writer& writer) const;
  void row(Writer& writer, const SeatListRow& row) const;

 private:
  bool with_license_;
};

class RosterFile {
 public:
  explicit RosterFile(const ExportRoster& request) : with_cost_(request.include_cost) {}
  void header(Writer& writer) const;
  void row(Writer& writer, const RosterRow& row) const;

 private:
  bool with_cost_;
};

class HistoryFile {
 public:
  static void header(Writer& writer);
  static void row(Writer& writer, const HistoryEntry& entry);
};

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_EXPORTS_HPP_
