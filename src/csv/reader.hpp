// Reads comma-separated text: a push parser that takes a file in chunks of any size and passes on
// row after row, with the line and the byte offset of every cell.
//
// It knows rows and cells only. The caller decides which row is a header, how many cells a row must
// have and what a cell means.
//
// The dialect is RFC 4180 with the extensions of real exports:
//   - Lines end in LF, CRLF or a lone CR, also mixed within one file. The last one may lack it.
//   - A cell is quoted if its very first byte is a quote ("). A quoted cell can contain delimiters,
//     line ends (kept byte for byte) and doubled quotes.
//   - Spaces and tabs between a closing quote and the end of its cell are dropped. Other text after
//     a closing quote makes the row malformed (C71): the cell then continues as an unquoted one,
//     and Row::malformed_cell is its number.
//   - A quote later in an unquoted cell is an ordinary byte: 5" disk reads as 5" disk.
//   - Spaces and tabs belong to the cell. Nothing is trimmed.
//   - A line without a byte is blank. It is skipped and counted, or kept as a row of one empty
//     cell, see BlankLines. A line that contains only "" is a row with one empty cell. There is no
//     line after the last line end, so an empty file has no rows with either option.
//   - A UTF-8 byte order mark is skipped at the very start of the file and is text anywhere else.
//   - A NUL byte and a UTF-16 byte order mark are errors. The encoding is not checked otherwise:
//     cells are bytes, and the caller validates them.
//
// Lines count from 1 and are physical: a line end inside a quoted cell counts, CRLF counts once.
// Bytes count from 0 at the start of the file, including a byte order mark. The position of a
// quoted cell is its opening quote.
//
// Rows, positions and errors do not depend on how the file is divided into chunks.
//
// Threads: a Reader is used by one thread at a time. Different readers share nothing.

#ifndef SEATBOOK_CSV_READER_HPP_
#define SEATBOOK_CSV_READER_HPP_

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace seatbook::csv {

/// How a line without a byte is handled.
enum class BlankLines : std::uint8_t {
  skip,  ///< no row; counted by Reader::blank_lines_skipped()
  keep,  ///< a row of one empty, unquoted cell
};

struct Options {
  /// Separates cells. Any byte from 1 to 127 except quote, CR and LF; usually , or ; or a tab.
  char delimiter = ',';

  BlankLines blank_lines = BlankLines::skip;

  /// The maximum size of the text of one cell in bytes, without its quotes. At least 1.
  std::size_t max_cell_bytes = std::size_t{1} << 20;

  /// The maximum size of the texts of one row in bytes. At least 1. It bounds the memory of a
  /// reader: this much for the texts, and at most 80 bytes for each cell.
  std::size_t max_row_bytes = std::size_t{16} << 20;

  /// The maximum number of cells in one row. At least 1.
  std::size_t max_cells_per_row = 10'000;
};

/// One cell. The cell and its text are valid only during the call that passes on its row.
struct Cell {
  std::string_view text;   ///< without the enclosing quotes, doubled quotes made single
  std::uint64_t line = 0;  ///< the line on which it starts, from 1
  std::uint64_t byte = 0;  ///< offset of its first byte or opening quote in the file
  bool quoted = false;     ///< distinguishes "" from an empty cell
};

/// One row, with at least one cell. Valid only during the call that passes it on.
struct Row {
  std::uint64_t line;  ///< the line on which it starts, from 1
  std::uint64_t byte;  ///< offset of its first byte in the file
  std::span<const Cell> cells;
  /// The number, from 1, of the first cell that has text after its closing quote; 0 if none has.
  std::size_t malformed_cell = 0;
};

/// The kind of an error, and the position of its ReadError.
enum class ReadErrorKind : std::uint8_t {
  invalid_options,     ///< a delimiter or limit that Options does not allow; no position
  utf16,               ///< a UTF-16 byte order mark; at the start of the file
  nul_byte,            ///< a NUL byte; at that byte
  quote_never_closed,  ///< the file ends within a quoted cell; at its opening quote
  cell_too_large,      ///< more than Options::max_cell_bytes; at the start of the cell
  row_too_large,       ///< more than Options::max_row_bytes; at the start of the row
  too_many_cells,      ///< more than Options::max_cells_per_row; at the first cell beyond
  already_finished,    ///< feed() after finish(); at the end of the file
};

/// Returns the enumerator's name, such as "utf16".
[[nodiscard]] std::string_view name_of(ReadErrorKind kind) noexcept;

/// Why reading ended early. If a file has several errors, the first one is reported.
struct ReadError {
  ReadErrorKind kind{};
  std::string message;       ///< one line for people; not to be parsed
  std::uint64_t line = 0;    ///< from 1; 0 for invalid_options
  std::uint64_t byte = 0;    ///< offset in the file
  std::uint64_t column = 0;  ///< the cell in its row, from 1; 0 for invalid_options
};

/// The result of a row handler.
enum class Next : std::uint8_t { go_on, stop };

/// The state of a reader after a call.
enum class [[nodiscard]] ReadStatus : std::uint8_t {
  ok,       ///< all input so far has been read
  stopped,  ///< the row handler ended reading, by Next::stop or an exception; permanent
  failed,   ///< see Reader::error(); permanent
};

/// References a callable `Next(const Row&)`, also a temporary lambda, for the duration of a call.
/// Must not be stored.
class RowHandler {
 public:
  template <typename Callable>
    requires(!std::same_as<std::remove_cvref_t<Callable>, RowHandler> &&
             std::is_object_v<std::remove_reference_t<Callable>> &&
             std::is_invocable_r_v<Next, Callable&, const Row&>)
  // NOLINTNEXTLINE(google-explicit-constructor): a lambda is passed as it is
  RowHandler(Callable&& callable) noexcept
      : callable_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* target, const Row& row) -> Next {
          return (*static_cast<std::remove_reference_t<Callable>*>(target))(row);
        }) {}

  Next operator()(const Row& row) const { return call_(callable_, row); }

 private:
  void* callable_;
  Next (*call_)(void*, const Row&);
};

/// The parser. Construct one for each file, feed() it the file from its first byte to its last,
/// then finish() it:
///
///     Reader reader({.delimiter = ';'});
///     const auto on_row = [&](const Row& row) { take(row.cells); return Next::go_on; };
///     while (read_some(chunk)) {
///       if (reader.feed(chunk, on_row) != ReadStatus::ok) break;
///     }
///     if (reader.finish(on_row) == ReadStatus::failed) report(reader.error()->message);
///
/// A row is passed on as soon as its line end is read. Rows before an error are passed on before it
/// is reported; the row with the error is not.
///
/// The handler must not call its reader. An exception of the handler passes through and leaves the
/// reader stopped; so does std::bad_alloc, the only exception that the reader itself throws.
///
/// Cost: one pass over the bytes and one copy of each. Memory is kept from row to row: once it has
/// grown to the largest row, nothing more is allocated.
class Reader {
 public:
  explicit Reader(const Options& options = {});

  // Members refer to the reader's buffer.
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Reads the next bytes of the file, any number of them, and calls `on_row` for each completed
  /// row. `chunk` is not used after the call. A reader that has stopped or failed reads nothing and
  /// returns the same status again; after finish() the call fails with `already_finished`.
  ReadStatus feed(std::string_view chunk, RowHandler on_row);

  /// Ends the file, and calls `on_row` for a last row without a line end. Called again, it does
  /// nothing and returns the same status.
  ReadStatus finish(RowHandler on_row);

  /// Returns the error after a call returned `failed`, or directly after construction with options
  /// that are not allowed.
  [[nodiscard]] const std::optional<ReadError>& error() const noexcept { return error_; }

  /// Returns how many blank lines were skipped. 0 with BlankLines::keep.
  [[nodiscard]] std::uint64_t blank_lines_skipped() const noexcept { return blank_lines_skipped_; }

 private:
  enum class State : std::uint8_t {
    row_start,    // nothing of the row has been read
    cell_start,   // right after a delimiter
    unquoted,     // within an unquoted cell
    quoted,       // within a quoted cell
    after_quote,  // after a quote in a quoted cell: it closed the cell, or is half of a doubled one
    after_cell,   // within the spaces and tabs after a closing quote
  };

  ReadStatus read_file_start(std::string_view& chunk, RowHandler on_row);
  ReadStatus read(std::string_view chunk, RowHandler on_row);
  bool is_outside_rows(char byte, bool follows_carriage_return);
  const char* read_quoted(const char* position, const char* end, bool follows_carriage_return);
  ReadStatus end_file(RowHandler on_row);
  bool begin_cell(std::uint64_t byte, bool quoted);
  bool append(const char* text, std::size_t size, std::size_t readable);
  void grow_row_text(std::size_t least_bytes);
  std::size_t open_cell_bytes() const;
  void end_cell();
  Next end_row(RowHandler on_row);

  // Each stores the error and returns `failed`.
  ReadStatus fail(ReadErrorKind kind, std::string_view what, std::uint64_t line, std::uint64_t byte,
                  std::uint64_t column);
  ReadStatus fail_too_many_cells(std::uint64_t byte);
  ReadStatus fail_too_large();

  Options options_;
  State state_ = State::row_start;
  ReadStatus status_ = ReadStatus::ok;
  bool finished_ = false;
  std::optional<ReadError> error_;
  std::uint64_t blank_lines_skipped_ = 0;

  // The first bytes of the file, until they are known to be a byte order mark or not.
  std::array<char, 3> file_start_{};
  std::size_t file_start_size_ = 0;
  bool file_start_known_ = false;

  std::uint64_t byte_ = 0;    // offset of the next byte to read
  std::uint64_t line_ = 1;    // its line
  char previous_byte_ = ' ';  // the last byte read: an LF after CR ends no further line

  // The current row. The texts of its cells are stored one after another in the first
  // row_text_size_ bytes of row_text_, and cells_ points there. The last cell is the current one:
  // only the start of its text is set until end_cell().
  std::vector<Cell> cells_;
  std::vector<char> row_text_;
  std::size_t row_text_size_ = 0;
  std::size_t quoted_size_ = 0;     // size of the cell's text when its quote was closed
  std::size_t malformed_cell_ = 0;  // see Row
};

struct OwnedCell {
  std::string text;
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  bool quoted = false;

  bool operator==(const OwnedCell&) const = default;
};

struct OwnedRow {
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  std::vector<OwnedCell> cells;
  std::size_t malformed_cell = 0;

  bool operator==(const OwnedRow&) const = default;
};

/// Returns a copy of `row` that outlives the call that passes it on.
[[nodiscard]] OwnedRow owned(const Row& row);

struct Parsed {
  std::vector<OwnedRow> rows;  ///< with an error: the rows before it
  std::uint64_t blank_lines_skipped = 0;
  std::optional<ReadError> error;
};

/// Reads a whole file in memory. For tests and small files: it copies every cell.
[[nodiscard]] Parsed parse(std::string_view file, const Options& options = {});

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_READER_HPP_
