// A CSV file with a header line, row by row, its cells found by column name.
#ifndef SEATBOOK_EXAMPLES_CSV_TABLE_HPP_
#define SEATBOOK_EXAMPLES_CSV_TABLE_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv/reader.hpp"
#include "text.hpp"

namespace tour {

/// A file as it is opened, and as people are told of it.
struct InputFile {
  std::string path;
  std::string name;
};

/// A file that cannot be used: one line that says where and why.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The columns a caller asks for, found in the header. The file may have others.
class CsvHeader {
 public:
  CsvHeader(InputFile file, std::vector<std::string> required, std::vector<std::string> optional)
      : file_(std::move(file)), required_(required.size()), names_(std::move(required)) {
    names_.insert(names_.end(), optional.begin(), optional.end());
    places_.resize(names_.size());
  }

  void read(const seatbook::csv::Row& row) {
    cells_ = row.cells.size();
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      if (!is_utf8(row.cells[cell].text)) throw error(row.line, "the header is not UTF-8");
      const std::string title = lower_case(trimmed(row.cells[cell].text));
      for (std::size_t i = 0; i < names_.size(); ++i) {
        if (title != lower_case(names_[i])) continue;
        if (places_[i]) throw error(row.line, names_[i], "stands twice in the header");
        places_[i] = cell;
      }
    }
    for (std::size_t i = 0; i < required_; ++i) {
      if (!places_[i]) throw error(row.line, names_[i], "is missing from the header");
    }
  }

  [[nodiscard]] std::size_t cells() const { return cells_; }
  /// Where the column stands in a row, if the file has it.
  [[nodiscard]] std::optional<std::size_t> place(std::string_view name) const {
    return places_.at(static_cast<std::size_t>(
        std::distance(names_.begin(), std::find(names_.begin(), names_.end(), name))));
  }

  [[nodiscard]] FileError error(std::uint64_t line, const std::string& why) const {
    return FileError(file_.name + ':' + std::to_string(line) + ": " + why);
  }
  [[nodiscard]] FileError error(std::uint64_t line, std::string_view column,
                                const std::string& why) const {
    return error(line, "column '" + std::string(column) + "' " + why);
  }

 private:
  InputFile file_;
  std::size_t required_;
  std::vector<std::string> names_;
  std::vector<std::optional<std::size_t>> places_;
  std::size_t cells_ = 0;
};

/// A row below the header.
class CsvRow {
 public:
  CsvRow(const CsvHeader& header, const seatbook::csv::Row& row) : header_(header), row_(row) {
    if (row.cells.size() != header.cells()) {
      throw header.error(row.line, "the row has " + counted(row.cells.size(), "cell", "cells") +
                                       ", the header has " + std::to_string(header.cells()));
    }
  }

  [[nodiscard]] std::uint64_t line() const { return row_.line; }

  /// The cell without white space around it; empty where the file has no such column.
  [[nodiscard]] std::string text(std::string_view column) const {
    const auto place = header_.place(column);
    if (!place) return {};
    const std::string_view cell = row_.cells[*place].text;
    if (!is_utf8(cell)) throw error(column, "is not UTF-8");
    return std::string(trimmed(cell));
  }

  /// For a cell that does not hold what it should.
  [[nodiscard]] FileError error(std::string_view column, const std::string& why) const {
    const auto place = header_.place(column);
    return header_.error(place ? row_.cells[*place].line : row_.line, column, why);
  }

 private:
  const CsvHeader& header_;
  const seatbook::csv::Row& row_;
};

/// Reads a file from its first row to its last. Throws FileError, and what `on_row` throws.
inline void read_csv(const InputFile& file, const std::vector<std::string>& required,
                     const std::vector<std::string>& optional,
                     const std::function<void(const CsvRow&)>& on_row) {
  namespace csv = seatbook::csv;
  std::ifstream stream(file.path, std::ios::binary);
  if (!stream) throw FileError(file.name + ": cannot be opened");

  CsvHeader header(file, required, optional);
  bool in_header = true;
  const auto take = [&](const csv::Row& row) {
    if (in_header) {
      header.read(row);
      in_header = false;
    } else {
      on_row(CsvRow(header, row));
    }
    return csv::Next::go_on;
  };

  csv::Reader reader;
  std::vector<char> chunk(64 * 1024);
  do {
    stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    const std::string_view bytes(chunk.data(), static_cast<std::size_t>(stream.gcount()));
    if (reader.feed(bytes, take) != csv::ReadStatus::ok) break;
  } while (stream);
  if (stream.bad()) throw FileError(file.name + ": cannot be read");
  if (reader.finish(take) == csv::ReadStatus::failed) {
    throw FileError(file.name + ": " + reader.error()->message);  // it says line and cell
  }
  if (in_header) throw FileError(file.name + ":1: the file is empty: not even a header line");
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_CSV_TABLE_HPP_
