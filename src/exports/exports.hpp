/// The columns and cells of exported files (A28, B33, C35 to C38).
#ifndef SEATBOOK_EXPORTS_EXPORTS_HPP_
#define SEATBOOK_EXPORTS_EXPORTS_HPP_

#include "csv/writer.hpp"
#include "seatbook/csv.hpp"
#include "seatbook/lists.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::exports {

/// The header and the rows of a file; one class per file.
class SeatListFile {
 public:
  explicit SeatListFile(const ExportSeatList& request) : with_license_(!request.list.license) {}
  void header(csv::Writer& writer) const;
  void row(csv::Writer& writer, const SeatListRow& row) const;

 private:
  bool with_license_;
};

class RosterFile {
 public:
  explicit RosterFile(const ExportRoster& request) : with_cost_(request.include_cost) {}
  void header(csv::Writer& writer) const;
  void row(csv::Writer& writer, const RosterRow& row) const;

 private:
  bool with_cost_;
};

class HistoryFile {
 public:
  static void header(csv::Writer& writer);
  static void row(csv::Writer& writer, const HistoryEntry& entry);
};

}  // namespace seatbook::exports

#endif  // SEATBOOK_EXPORTS_EXPORTS_HPP_
