// The report of a roster import as a file that can be fixed and imported again.
#include <string>

#include "csv/writer.hpp"
#include "seatbook/imports.hpp"

namespace seatbook {

std::string to_csv(const RosterReport& report, const CsvFormat& format) {
  csv::Writer writer(format);
  writer.header({"Line", "Result", "Code", "Column", "Reason", "Email", "Role",
                 "CostPerSeatOverride", "Date Removed"});
  for (const RosterFileRow& row : report.not_added) {
    writer.number(row.line)
        .plain(to_string(row.outcome))
        .plain(to_string(row.code))
        .text(report.column_name(row))
        .plain(row.reason())
        .text(row.email)
        .text(row.access_level)
        .text(row.cost)
        .text(row.date_removed);
    writer.end_row();
  }
  return std::string(writer.bytes());
}

}  // namespace seatbook
