// Tests the CSV reader: the cases of tests/data/csv_cases.json split into chunks in every way, the
// interface of the reader, and random tables that are written and read back.

#include "csv/reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace seatbook::csv {
namespace {

using nlohmann::json;

// ---- Reading in chunks
// ---------------------------------------------------------------------------

// Feeds `file` in chunks of the given sizes, then the rest of it. Each chunk is freed before the
// next one is read, so that a sanitizer detects a reader that keeps a chunk or reads beyond it.
Parsed parse_in_chunks(std::string_view file, const Options& options,
                       const std::vector<std::size_t>& sizes) {
  Parsed parsed;
  const auto keep = [&parsed](const Row& row) {
    parsed.rows.push_back(owned(row));
    return Next::go_on;
  };
  Reader reader(options);
  ReadStatus status = ReadStatus::ok;
  const auto feed = [&](std::string_view bytes) {
    if (status != ReadStatus::ok) return;
    const std::vector<char> chunk(bytes.begin(), bytes.end());
    status = reader.feed({chunk.data(), chunk.size()}, keep);
  };
  for (const std::size_t size : sizes) {
    feed(file.substr(0, size));
    file.remove_prefix(std::min(size, file.size()));
  }
  feed(file);
  if (status == ReadStatus::ok) status = reader.finish(keep);
  EXPECT_EQ(status == ReadStatus::failed, reader.error().has_value());
  parsed.blank_lines_skipped = reader.blank_lines_skipped();
  parsed.error = reader.error();
  return parsed;
}

std::vector<std::size_t> byte_by_byte(std::string_view file) {
  return std::vector<std::size_t>(file.size(), 1);
}

std::string visible(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= ' ' && byte < 127 && byte != '\\') {
      result += character;
    } else {
      result.append("\\x").append({digits[byte / 16], digits[byte % 16]});
    }
  }
  return result;
}

// Formats rows and error, without the error's message, one line for each row and cell.
std::string describe(const Parsed& parsed) {
  std::string result;
  const auto add = [&result](const auto&... parts) { ((result += parts), ...); };
  const auto place = [](std::uint64_t line, std::uint64_t byte) {
    return "line " + std::to_string(line) + " byte " + std::to_string(byte);
  };
  for (const OwnedRow& row : parsed.rows) {
    add("row at ", place(row.line, row.byte), "\n");
    if (row.malformed_cell != 0) add("  malformed cell ", std::to_string(row.malformed_cell), "\n");
    for (const OwnedCell& cell : row.cells) {
      add("  [", visible(cell.text), "] at ", place(cell.line, cell.byte),
          cell.quoted ? " quoted\n" : "\n");
    }
  }
  add("blank lines skipped: ", std::to_string(parsed.blank_lines_skipped), "\n");
  if (parsed.error) {
    add(name_of(parsed.error->kind), " at ", place(parsed.error->line, parsed.error->byte),
        " column ", std::to_string(parsed.error->column), "\n");
  }
  return result;
}

// ---- The table of cases
// --------------------------------------------------------------------------

struct Case {
  std::string name;
  std::string text;
  Options options;
  Parsed expected;
};

void refuse_unknown_keys(const json& object, const std::set<std::string>& known) {
  for (const auto& [key, value] : object.items()) {
    if (!known.contains(key)) throw std::runtime_error("unknown key: " + key);
  }
}

std::string bytes_of(const json& text) {
  if (text.is_string()) return text.get<std::string>();
  std::string bytes;
  for (const int byte : text.get<std::vector<int>>()) bytes += static_cast<char>(byte);
  return bytes;
}

Options options_of(const json& object) {
  refuse_unknown_keys(
      object, {"delimiter", "blank_lines", "max_cell_bytes", "max_row_bytes", "max_cells_per_row"});
  Options options;
  options.delimiter = object.value("delimiter", std::string(1, options.delimiter)).at(0);
  if (object.contains("blank_lines")) {
    if (object["blank_lines"] != "keep") throw std::runtime_error("blank_lines is not keep");
    options.blank_lines = BlankLines::keep;
  }
  options.max_cell_bytes = object.value("max_cell_bytes", options.max_cell_bytes);
  options.max_row_bytes = object.value("max_row_bytes", options.max_row_bytes);
  options.max_cells_per_row = object.value("max_cells_per_row", options.max_cells_per_row);
  return options;
}

constexpr std::array every_kind = {
    ReadErrorKind::invalid_options, ReadErrorKind::utf16,
    ReadErrorKind::nul_byte,        ReadErrorKind::quote_never_closed,
    ReadErrorKind::cell_too_large,  ReadErrorKind::row_too_large,
    ReadErrorKind::too_many_cells,  ReadErrorKind::already_finished,
};

ReadErrorKind kind_of(std::string_view name) {
  for (const ReadErrorKind kind : every_kind) {
    if (name_of(kind) == name) return kind;
  }
  throw std::runtime_error("unknown error kind: " + std::string(name));
}

OwnedRow row_of(const json& object) {
  refuse_unknown_keys(object, {"line", "byte", "cells", "malformed_cell"});
  OwnedRow row{object.at("line").get<std::uint64_t>(),
               object.at("byte").get<std::uint64_t>(),
               {},
               object.value("malformed_cell", std::size_t{0})};
  for (const json& cell : object.at("cells")) {
    const bool quoted = cell.size() > 3 && cell.at(3) == "quoted";
    if (cell.size() != (quoted ? 4 : 3)) throw std::runtime_error("a cell: " + cell.dump());
    row.cells.push_back({bytes_of(cell.at(0)), cell.at(1).get<std::uint64_t>(),
                         cell.at(2).get<std::uint64_t>(), quoted});
  }
  return row;
}

Case case_of(const json& object) {
  refuse_unknown_keys(object, {"name", "text", "options", "rows", "blank_lines_skipped", "error"});
  Case result;
  result.name = object.at("name").get<std::string>();
  result.text = bytes_of(object.at("text"));
  result.options = options_of(object.value("options", json::object()));
  for (const json& row : object.at("rows")) result.expected.rows.push_back(row_of(row));
  result.expected.blank_lines_skipped = object.value("blank_lines_skipped", std::uint64_t{0});
  if (object.contains("error")) {
    const json& error = object["error"];
    refuse_unknown_keys(error, {"kind", "line", "byte", "column"});
    result.expected.error = ReadError{kind_of(error.at("kind").get<std::string>()),
                                      {},
                                      error.at("line").get<std::uint64_t>(),
                                      error.at("byte").get<std::uint64_t>(),
                                      error.at("column").get<std::uint64_t>()};
  }
  return result;
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Case> all_cases() {
  const json table =
      json::parse(content_of(std::filesystem::path(SEATBOOK_TEST_DATA_DIR) / "csv_cases.json"));
  refuse_unknown_keys(table, {"format", "cases"});
  std::vector<Case> cases;
  for (const json& object : table.at("cases")) cases.push_back(case_of(object));
  return cases;
}

class CsvReaderCases : public testing::Test {
 protected:
  const std::vector<Case> cases_ = all_cases();
};

TEST_F(CsvReaderCases, CoverEveryErrorKind) {
  EXPECT_GE(cases_.size(), 35U);
  std::set<std::string> names;
  std::set<ReadErrorKind> kinds;
  for (const Case& one : cases_) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    if (one.expected.error) kinds.insert(one.expected.error->kind);
  }
  // Except one that no file causes: feed() after finish().
  EXPECT_EQ(kinds.size(), every_kind.size() - 1);
  EXPECT_FALSE(kinds.contains(ReadErrorKind::already_finished));
}

TEST_F(CsvReaderCases, InOneChunk) {
  for (const Case& one : cases_) {
    EXPECT_EQ(describe(parse_in_chunks(one.text, one.options, {})), describe(one.expected))
        << one.name;
  }
}

TEST_F(CsvReaderCases, InEveryTwoChunks) {
  for (const Case& one : cases_) {
    for (std::size_t size = 0; size <= one.text.size(); ++size) {
      EXPECT_EQ(describe(parse_in_chunks(one.text, one.options, {size})), describe(one.expected))
          << one.name << ", cut at byte " << size;
    }
  }
}

TEST_F(CsvReaderCases, ByteByByte) {
  for (const Case& one : cases_) {
    EXPECT_EQ(describe(parse_in_chunks(one.text, one.options, byte_by_byte(one.text))),
              describe(one.expected))
        << one.name;
  }
}

TEST_F(CsvReaderCases, ByteByByteWithEmptyChunksBetween) {
  for (const Case& one : cases_) {
    std::vector<std::size_t> sizes;
    for (std::size_t byte = 0; byte < one.text.size(); ++byte) sizes.insert(sizes.end(), {0, 1});
    EXPECT_EQ(describe(parse_in_chunks(one.text, one.options, sizes)), describe(one.expected))
        << one.name;
  }
}

TEST_F(CsvReaderCases, ByParse) {
  for (const Case& one : cases_) {
    EXPECT_EQ(describe(parse(one.text, one.options)), describe(one.expected)) << one.name;
  }
}

TEST_F(CsvReaderCases, HaveOneLineErrorMessagesWithThePosition) {
  for (const Case& one : cases_) {
    const Parsed parsed = parse(one.text, one.options);
    if (!parsed.error) continue;
    const std::string& message = parsed.error->message;
    EXPECT_FALSE(message.empty()) << one.name;
    EXPECT_EQ(message.find('\n'), std::string::npos) << one.name;
    if (parsed.error->kind == ReadErrorKind::invalid_options) continue;
    EXPECT_NE(message.find("line " + std::to_string(parsed.error->line)), std::string::npos)
        << one.name << ": " << message;
  }
}

// ---- Every short file
// ----------------------------------------------------------------------------

// Tries all files of up to six significant bytes, split in every way: once with CR and LF, once
// with a blank instead.
TEST(CsvReader, ReadsEveryShortFileTheSameInAllChunkings) {
  constexpr int most_bytes = 6;
  const Options keep_blank_lines{.blank_lines = BlankLines::keep};
  for (const std::string_view alphabet : {"a,\"\r\n", "a,\" "}) {
    std::vector<std::string> files = {""};
    for (std::size_t next = 0; next < files.size(); ++next) {
      const std::string file = files[next];
      for (const Options& options : {Options{}, keep_blank_lines}) {
        const std::string whole = describe(parse_in_chunks(file, options, {}));
        ASSERT_EQ(describe(parse_in_chunks(file, options, byte_by_byte(file))), whole)
            << visible(file);
        ASSERT_EQ(describe(parse_in_chunks(file, options, {2, 2})), whole) << visible(file);
        ASSERT_EQ(describe(parse_in_chunks(file, options, {3})), whole) << visible(file);
      }
      if (file.size() == most_bytes) continue;
      for (const char character : alphabet) files.push_back(file + character);
    }
    EXPECT_EQ(files.size(), alphabet.size() == 5 ? 19'531U : 5'461U);
  }
}

// ---- The interface of the reader
// ------------------------------------------------------

const auto ignore = [](const Row&) { return Next::go_on; };

TEST(CsvReader, ReportsARowAsSoonAsItsLineEndIsRead) {
  std::vector<std::string> texts;
  const auto on_row = [&texts](const Row& row) {
    texts.emplace_back(row.cells.front().text);
    return Next::go_on;
  };
  Reader reader;
  EXPECT_EQ(reader.feed("a\nb\r", on_row), ReadStatus::ok);
  EXPECT_EQ(texts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(reader.feed("\nc", on_row), ReadStatus::ok);
  EXPECT_EQ(texts.size(), 2U);
  EXPECT_EQ(reader.finish(on_row), ReadStatus::ok);
  EXPECT_EQ(texts, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(CsvReader, StopsPermanentlyWhenTheHandlerReturnsStop) {
  int rows = 0;
  const auto stop_at_second = [&rows](const Row&) {
    return ++rows == 2 ? Next::stop : Next::go_on;
  };
  Reader reader;
  EXPECT_EQ(reader.feed(std::string_view("a\nb\nc\n\0", 7), stop_at_second), ReadStatus::stopped);
  EXPECT_EQ(rows, 2);
  EXPECT_EQ(reader.feed("f\n", stop_at_second), ReadStatus::stopped);
  EXPECT_EQ(reader.finish(stop_at_second), ReadStatus::stopped);
  EXPECT_EQ(rows, 2);
  EXPECT_FALSE(reader.error().has_value());
}

TEST(CsvReader, StopsAtTheFirstByte) {
  Reader reader({.blank_lines = BlankLines::keep});
  const auto stop = [](const Row&) { return Next::stop; };
  EXPECT_EQ(reader.feed(std::string_view("\n\0", 2), stop), ReadStatus::stopped);
}

TEST(CsvReader, StopsAtTheLastRow) {
  Reader reader;
  const auto stop = [](const Row&) { return Next::stop; };
  EXPECT_EQ(reader.feed("a", stop), ReadStatus::ok);
  EXPECT_EQ(reader.finish(stop), ReadStatus::stopped);
  EXPECT_EQ(reader.finish(stop), ReadStatus::stopped);
}

TEST(CsvReader, StopsAfterAnExceptionOfTheHandler) {
  int rows = 0;
  const auto refuse = [&rows](const Row&) -> Next {
    ++rows;
    throw std::runtime_error("no");
  };
  Reader reader;
  EXPECT_THROW((void)reader.feed("a\nb\n", refuse), std::runtime_error);
  EXPECT_EQ(reader.feed("c\n", refuse), ReadStatus::stopped);
  EXPECT_EQ(reader.finish(refuse), ReadStatus::stopped);
  EXPECT_EQ(rows, 1);

  Reader at_end;
  EXPECT_EQ(at_end.feed("a", refuse), ReadStatus::ok);
  EXPECT_THROW((void)at_end.finish(refuse), std::runtime_error);
  EXPECT_EQ(at_end.finish(refuse), ReadStatus::stopped);
  EXPECT_EQ(rows, 2);
}

TEST(CsvReader, KeepsTheFirstError) {
  Reader reader;
  EXPECT_EQ(reader.feed(std::string_view("abc\0", 4), ignore), ReadStatus::failed);
  EXPECT_EQ(reader.feed("\"a", ignore), ReadStatus::failed);
  EXPECT_EQ(reader.finish(ignore), ReadStatus::failed);
  ASSERT_TRUE(reader.error().has_value());
  EXPECT_EQ(reader.error()->kind, ReadErrorKind::nul_byte);
  EXPECT_EQ(reader.error()->byte, 3U);
}

TEST(CsvReader, FinishesOnlyOnce) {
  int rows = 0;
  const auto count = [&rows](const Row&) {
    ++rows;
    return Next::go_on;
  };
  Reader reader;
  EXPECT_EQ(reader.feed("a", count), ReadStatus::ok);
  EXPECT_EQ(reader.finish(count), ReadStatus::ok);
  EXPECT_EQ(reader.finish(count), ReadStatus::ok);
  EXPECT_EQ(rows, 1);
  EXPECT_FALSE(reader.error().has_value());

  EXPECT_EQ(reader.feed("b", count), ReadStatus::failed);
  ASSERT_TRUE(reader.error().has_value());
  EXPECT_EQ(reader.error()->kind, ReadErrorKind::already_finished);
  EXPECT_EQ(reader.finish(count), ReadStatus::failed);
  EXPECT_EQ(rows, 1);
}

TEST(CsvReader, RejectsInvalidOptionsInTheConstructor) {
  for (const char delimiter : {'\0', '"', '\n', '\r', '\x80', '\xFF'}) {
    const Reader reader({.delimiter = delimiter});
    ASSERT_TRUE(reader.error().has_value()) << static_cast<int>(delimiter);
    EXPECT_EQ(reader.error()->kind, ReadErrorKind::invalid_options);
  }
  EXPECT_TRUE(Reader({.max_cell_bytes = 0}).error().has_value());
  EXPECT_TRUE(Reader({.max_row_bytes = 0}).error().has_value());
  EXPECT_TRUE(Reader({.max_cells_per_row = 0}).error().has_value());
  EXPECT_FALSE(Reader({.delimiter = '\x7F'}).error().has_value());
}

Next count_in_static(const Row& row) {
  static std::size_t cells = 0;
  cells += row.cells.size();
  return cells < 3 ? Next::go_on : Next::stop;
}

TEST(CsvReader, AcceptsAnyCallableAsHandler) {
  struct Counter {
    int rows = 0;
    Next operator()(const Row&) { return ++rows == 2 ? Next::stop : Next::go_on; }
  };
  Counter counter;
  Reader with_object;
  EXPECT_EQ(with_object.feed("a\nb\n", counter), ReadStatus::stopped);
  EXPECT_EQ(counter.rows, 2);

  Reader with_function;
  EXPECT_EQ(with_function.feed("a,b\nc\n", &count_in_static), ReadStatus::stopped);
}

// ---- Limits and memory
// ---------------------------------------------------------------------------

TEST(CsvReader, HasTheDocumentedDefaultLimits) {
  constexpr std::size_t mebibyte = 1'048'576;
  const std::string largest_cell(mebibyte, 'x');
  EXPECT_FALSE(parse(largest_cell).error.has_value());
  EXPECT_FALSE(parse('"' + largest_cell + '"').error.has_value());
  for (const std::string& text : {largest_cell + 'x', '"' + largest_cell + "x\""}) {
    const Parsed parsed = parse(text);
    ASSERT_TRUE(parsed.error.has_value());
    EXPECT_EQ(parsed.error->kind, ReadErrorKind::cell_too_large);
  }

  std::string most_cells(9'999, ',');
  EXPECT_EQ(parse(most_cells).rows.at(0).cells.size(), 10'000U);
  most_cells += ',';
  ASSERT_TRUE(parse(most_cells).error.has_value());
  EXPECT_EQ(parse(most_cells).error->kind, ReadErrorKind::too_many_cells);

  std::string largest_row = largest_cell;
  for (int cell = 1; cell < 16; ++cell) largest_row += ',' + largest_cell;
  EXPECT_FALSE(parse(largest_row).error.has_value());
  const Parsed too_large = parse(largest_row + ",x");
  ASSERT_TRUE(too_large.error.has_value());
  EXPECT_EQ(too_large.error->kind, ReadErrorKind::row_too_large);
}

// The buffer is reallocated several times during such a row; earlier cells must stay valid.
TEST(CsvReader, KeepsTheCellsOfALargeRowTogether) {
  std::string file;
  OwnedRow expected{1, 0, {}};
  for (std::size_t number = 0; number < 2'000; ++number) {
    if (number != 0) file += ',';
    const std::string text = std::to_string(number) + std::string(number % 97, 'x');
    const bool quoted = number % 3 == 0;
    expected.cells.push_back({text, 1, file.size(), quoted});
    file += quoted ? '"' + text + '"' : text;
  }
  for (const std::size_t chunk_bytes : {std::size_t{7}, std::size_t{64}, file.size()}) {
    const std::vector<std::size_t> sizes(file.size() / chunk_bytes, chunk_bytes);
    const Parsed parsed = parse_in_chunks(file, {}, sizes);
    ASSERT_EQ(parsed.rows.size(), 1U);
    EXPECT_TRUE(parsed.rows[0] == expected) << "chunks of " << chunk_bytes << " bytes";
  }
}

TEST(CsvReader, UsesTheSameMemoryForEachRow) {
  std::set<const Cell*> cells;
  std::set<const char*> texts;
  const auto on_row = [&](const Row& row) {
    cells.insert(row.cells.data());
    texts.insert(row.cells.front().text.data());
    return Next::go_on;
  };
  const std::string largest_row = std::string(100'000, 'x') + ",a,b,c,d,e,f,g,h\n";
  Reader reader;
  ASSERT_EQ(reader.feed(largest_row, on_row), ReadStatus::ok);
  cells.clear();
  texts.clear();
  for (int row = 0; row < 100; ++row) {
    ASSERT_EQ(reader.feed("one,two,\"three \"\"3\"\"\",four\n", on_row), ReadStatus::ok);
    ASSERT_EQ(reader.feed(largest_row, on_row), ReadStatus::ok);
  }
  EXPECT_EQ(cells.size(), 1U);
  EXPECT_EQ(texts.size(), 1U);
}

// ---- Random tables, written and read back
// --------------------------------------------------------

std::uint64_t line_ends_in(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool second_half_of_crlf = text[at] == '\n' && at > 0 && text[at - 1] == '\r';
    if (text[at] == '\r' || (text[at] == '\n' && !second_half_of_crlf)) ++count;
  }
  return count;
}

class RandomTable {
 public:
  explicit RandomTable(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

  std::string cell_text() {
    static const std::vector<std::string> pieces = {
        "a",    "seat", "\"", "\"\"", ",",      ";",          "\t",           "\n",   "\r",  " ",
        "\r\n", "é",    "🙂", "漢",   "\u2028", "0123456789", "\xEF\xBB\xBF", "\x80", "\x7F"};
    std::string text;
    for (std::size_t left = below(6); left > 0; --left) text += pieces[below(pieces.size())];
    return text;
  }

  // Writes a table to `file` and returns the rows that reading it must give.
  std::vector<OwnedRow> write(std::string& file, char delimiter) {
    static const std::vector<std::string> line_ends = {"\n", "\r\n", "\r"};
    std::vector<OwnedRow> rows;
    std::uint64_t line = 1;
    if (below(3) == 0) file += "\xEF\xBB\xBF";
    for (std::size_t rows_left = below(8); rows_left > 0; --rows_left) {
      OwnedRow row{line, file.size(), {}};
      const std::size_t width = 1 + below(5);
      while (row.cells.size() < width) {
        if (!row.cells.empty()) file += delimiter;
        const std::string text = cell_text();
        const bool must_quote = text.empty() || text.find_first_of("\"\r\n") != std::string::npos ||
                                text.find(delimiter) != std::string::npos || file.empty();
        const bool quoted = must_quote || below(2) == 0;
        row.cells.push_back({text, line, file.size(), quoted});
        file += quoted ? in_quotes(text) : text;
        line += line_ends_in(text);
      }
      rows.push_back(std::move(row));
      if (rows_left > 1 || below(2) == 0) file += line_ends[below(line_ends.size())];
      ++line;
    }
    return rows;
  }

 private:
  static std::string in_quotes(std::string_view text) {
    std::string quoted = "\"";
    for (const char character : text) quoted.append(character == '"' ? 2 : 1, character);
    return quoted + '"';
  }

  std::mt19937_64 random_;
};

TEST(CsvReader, ReadsBackRandomTables) {
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    RandomTable table(seed);
    const Options options{.delimiter = std::string_view(",;\t")[table.below(3)]};
    std::string file;
    Parsed expected;
    expected.rows = table.write(file, options.delimiter);
    for (const std::size_t largest_chunk : {std::size_t{1}, std::size_t{5}, std::size_t{40}}) {
      std::vector<std::size_t> sizes;
      for (std::size_t fed = 0; fed < file.size(); fed += sizes.back()) {
        sizes.push_back(1 + table.below(largest_chunk));
      }
      ASSERT_EQ(describe(parse_in_chunks(file, options, sizes)), describe(expected))
          << "seed " << seed << ": " << visible(file);
    }
  }
}

// ---- Files as other programs write them
// ----------------------------------------------------------

// Each file of tests/data/csv has a JSON file with the expected rows as objects by header.
TEST(CsvReader, ReadsFilesOfEveryDialect) {
  const std::filesystem::path folder = std::filesystem::path(SEATBOOK_TEST_DATA_DIR) / "csv";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const std::string file = content_of(entry.path());
    const Parsed parsed = parse(file);
    EXPECT_EQ(describe(parse_in_chunks(file, {}, byte_by_byte(file))), describe(parsed));
    ASSERT_FALSE(parsed.error.has_value()) << parsed.error->message;
    ASSERT_FALSE(parsed.rows.empty());

    const OwnedRow& header = parsed.rows.front();
    json found = json::array();
    for (std::size_t number = 1; number < parsed.rows.size(); ++number) {
      const OwnedRow& row = parsed.rows[number];
      ASSERT_EQ(row.cells.size(), header.cells.size());
      ASSERT_EQ(row.malformed_cell, 0U);
      json object = json::object();
      for (std::size_t column = 0; column < row.cells.size(); ++column) {
        object[header.cells[column].text] = row.cells[column].text;
      }
      found.push_back(std::move(object));
    }
    EXPECT_EQ(
        found,
        json::parse(content_of(std::filesystem::path(entry.path()).replace_extension(".json"))));
    ++files;
  }
  EXPECT_EQ(files, 9);
}

}  // namespace
}  // namespace seatbook::csv
