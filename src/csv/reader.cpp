#include "csv/reader.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace seatbook::csv {

namespace {

constexpr std::size_t initial_row_text_bytes = 4096;

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little_endian_mark = "\xFF\xFE";
constexpr std::string_view utf16_big_endian_mark = "\xFE\xFF";

// Every byte that can end a run of text within a cell is below this one, or is the delimiter or the
// quote: NUL, LF and CR. Of the other bytes below it, only tabs are common in files.
constexpr unsigned char first_plain_byte = '\r' + 1;

constexpr std::uint64_t every_byte(unsigned char value) {
  return std::uint64_t{0x0101010101010101} * value;
}

// Returns the first byte in [position, end) that is NUL, LF, CR or `mark`; `end` if there is none.
//
// Examines eight bytes at a time, because cells are too short for memchr to pay off. In both tests
// below the lowest set bit is correct; higher bits can be set by a borrow from it. Hence the byte
// order, and the second check of the byte that is found.
inline const char* find_end_of_run(const char* position, const char* end, char mark) {
  const auto is_end = [mark](char byte) {
    return byte == mark || byte == '\n' || byte == '\r' || byte == '\0';
  };
  if constexpr (std::endian::native == std::endian::little) {
    const std::uint64_t marks = every_byte(static_cast<unsigned char>(mark));
    while (end - position >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, position, sizeof word);
      const std::uint64_t differences = word ^ marks;
      const std::uint64_t control = (word - every_byte(first_plain_byte)) & ~word;
      const std::uint64_t equal = (differences - every_byte(1)) & ~differences;
      const std::uint64_t found = (control | equal) & every_byte(0x80);
      if (found == 0) {
        position += 8;
        continue;
      }
      position += std::countr_zero(found) / 8;
      if (is_end(*position)) return position;
      ++position;
    }
  }
  while (position != end && !is_end(*position)) ++position;
  return position;
}

// Runs of up to this many bytes are copied without calling memcpy, which would cost more.
constexpr std::size_t short_run_bytes = 16;

bool is_allowed_delimiter(char delimiter) {
  const auto byte = static_cast<unsigned char>(delimiter);
  return byte > 0 && byte < 128 && byte != '"' && byte != '\n' && byte != '\r';
}

}  // namespace

std::string_view name_of(ReadErrorKind kind) noexcept {
  switch (kind) {
    case ReadErrorKind::invalid_options:
      return "invalid_options";
    case ReadErrorKind::utf16:
      return "utf16";
    case ReadErrorKind::nul_byte:
      return "nul_byte";
    case ReadErrorKind::quote_never_closed:
      return "quote_never_closed";
    case ReadErrorKind::cell_too_large:
      return "cell_too_large";
    case ReadErrorKind::row_too_large:
      return "row_too_large";
    case ReadErrorKind::too_many_cells:
      return "too_many_cells";
    case ReadErrorKind::already_finished:
      return "already_finished";
  }
  return "";
}

Reader::Reader(const Options& options) : options_(options) {
  if (!is_allowed_delimiter(options_.delimiter)) {
    (void)fail(ReadErrorKind::invalid_options,
               "the delimiter must be an ASCII character other than quote, line feed, carriage "
               "return and NUL",
               0, 0, 0);
  } else if (options_.max_cell_bytes == 0 || options_.max_row_bytes == 0 ||
             options_.max_cells_per_row == 0) {
    (void)fail(ReadErrorKind::invalid_options, "every limit must be at least 1", 0, 0, 0);
  } else {
    row_text_.resize(std::min(initial_row_text_bytes, options_.max_row_bytes));
  }
}

ReadStatus Reader::feed(std::string_view chunk, RowHandler on_row) {
  if (status_ != ReadStatus::ok) return status_;
  if (finished_) {
    return fail(ReadErrorKind::already_finished, "data after the end of the file", line_, byte_, 1);
  }
  // Remains if the handler or an allocation throws: part of the chunk is then lost.
  status_ = ReadStatus::stopped;
  ReadStatus status = ReadStatus::ok;
  if (!file_start_known_) status = read_file_start(chunk, on_row);
  if (status == ReadStatus::ok) status = read(chunk, on_row);
  return status_ = status;
}

ReadStatus Reader::finish(RowHandler on_row) {
  if (status_ != ReadStatus::ok || finished_) return status_;
  status_ = ReadStatus::stopped;
  ReadStatus status = ReadStatus::ok;
  if (!file_start_known_) {
    file_start_known_ = true;
    status = read({file_start_.data(), file_start_size_}, on_row);
  }
  if (status == ReadStatus::ok) status = end_file(on_row);
  finished_ = true;
  return status_ = status;
}

// Removes bytes from `chunk` until they are a byte order mark or cannot become one.
ReadStatus Reader::read_file_start(std::string_view& chunk, RowHandler on_row) {
  while (!chunk.empty()) {
    file_start_[file_start_size_++] = chunk.front();
    chunk.remove_prefix(1);
    const std::string_view start(file_start_.data(), file_start_size_);
    if (start == utf16_little_endian_mark || start == utf16_big_endian_mark) {
      return fail(ReadErrorKind::utf16, "the file is UTF-16: it must be UTF-8", 1, 0, 1);
    }
    if (start == utf8_mark) {
      file_start_known_ = true;
      byte_ = start.size();
      return ReadStatus::ok;
    }
    if (!utf8_mark.starts_with(start) && !utf16_little_endian_mark.starts_with(start) &&
        !utf16_big_endian_mark.starts_with(start)) {
      file_start_known_ = true;
      return read(start, on_row);
    }
  }
  return ReadStatus::ok;
}

ReadStatus Reader::read(std::string_view chunk, RowHandler on_row) {
  if (chunk.empty()) return ReadStatus::ok;
  const char* const begin = chunk.data();
  const char* const end = begin + chunk.size();
  const auto offset_of = [begin, start = byte_](const char* position) {
    return start + static_cast<std::uint64_t>(position - begin);
  };
  const auto follows_carriage_return = [this, begin](const char* position) {
    return (position == begin ? previous_byte_ : position[-1]) == '\r';
  };
  const char* position = begin;
  while (position != end) {
    switch (state_) {
      case State::row_start:
        if (is_outside_rows(*position, follows_carriage_return(position))) {
          ++position;
          continue;
        }
        [[fallthrough]];
      case State::cell_start:
        if (!begin_cell(offset_of(position), *position == '"')) {
          return fail_too_many_cells(offset_of(position));
        }
        if (*position == '"') {
          state_ = State::quoted;
          ++position;
          continue;
        }
        state_ = State::unquoted;
        [[fallthrough]];
      case State::unquoted: {
        const char* const run = position;
        position = find_end_of_run(run, end, options_.delimiter);
        if (!append(run, static_cast<std::size_t>(position - run),
                    static_cast<std::size_t>(end - run))) {
          return fail_too_large();
        }
        if (position == end) continue;
        break;
      }
      case State::quoted:
        position = read_quoted(position, end, follows_carriage_return(position));
        if (position == nullptr) return fail_too_large();
        if (position == end) continue;
        if (*position == '"') {
          state_ = State::after_quote;
          ++position;
          continue;
        }
        break;
      case State::after_quote:
        if (*position == '"') {
          if (!append(position, 1, 1)) return fail_too_large();
          state_ = State::quoted;
          ++position;
          continue;
        }
        quoted_size_ = open_cell_bytes();
        state_ = State::after_cell;
        [[fallthrough]];
      case State::after_cell:
        if (*position == options_.delimiter || *position == '\n' || *position == '\r' ||
            *position == '\0') {
          break;
        }
        if (*position == ' ' || *position == '\t') {
          // Kept until it is clear that only whitespace follows.
          if (!append(position, 1, 1)) return fail_too_large();
          ++position;
          continue;
        }
        if (malformed_cell_ == 0) malformed_cell_ = cells_.size();
        state_ = State::unquoted;
        continue;
    }
    // The byte here ends the cell, unless it is a NUL.
    if (*position == '\0') {
      return fail(ReadErrorKind::nul_byte, "a NUL byte", line_, offset_of(position), cells_.size());
    }
    end_cell();
    if (*position == options_.delimiter) {
      state_ = State::cell_start;
    } else {
      ++line_;
      if (end_row(on_row) == Next::stop) return ReadStatus::stopped;
    }
    ++position;
  }
  byte_ = offset_of(end);
  previous_byte_ = end[-1];
  return ReadStatus::ok;
}

// Returns whether the first byte of a possible row is the LF of a CRLF, or a blank line to skip.
bool Reader::is_outside_rows(char byte, bool follows_carriage_return) {
  if (byte == '\n' && follows_carriage_return) return true;
  if (options_.blank_lines == BlankLines::keep || (byte != '\n' && byte != '\r')) return false;
  ++blank_lines_skipped_;
  ++line_;
  return true;
}

// Continues within a quoted cell, to the next quote or NUL or to `end`. Returns null if the cell or
// the row becomes too large.
const char* Reader::read_quoted(const char* position, const char* end,
                                bool follows_carriage_return) {
  const char* const run = position;
  for (;;) {
    const char* const plain = position;
    position = find_end_of_run(plain, end, '"');
    if (position == end || *position == '"' || *position == '\0') break;
    if (position != plain) follows_carriage_return = false;
    const bool second_half_of_crlf = *position == '\n' && follows_carriage_return;
    if (!second_half_of_crlf) ++line_;
    follows_carriage_return = *position == '\r';
    ++position;
  }
  const bool fits =
      append(run, static_cast<std::size_t>(position - run), static_cast<std::size_t>(end - run));
  return fits ? position : nullptr;
}

ReadStatus Reader::end_file(RowHandler on_row) {
  switch (state_) {
    case State::row_start:
      return ReadStatus::ok;
    case State::cell_start:
      if (!begin_cell(byte_, false)) return fail_too_many_cells(byte_);
      break;
    case State::quoted:
      return fail(ReadErrorKind::quote_never_closed, "the opening quote is never closed",
                  cells_.back().line, cells_.back().byte, cells_.size());
    case State::unquoted:
    case State::after_quote:
    case State::after_cell:
      break;
  }
  end_cell();
  return end_row(on_row) == Next::stop ? ReadStatus::stopped : ReadStatus::ok;
}

// Returns false if the row already has the maximum number of cells.
bool Reader::begin_cell(std::uint64_t byte, bool quoted) {
  if (cells_.size() == options_.max_cells_per_row) return false;
  // Built in place: a copy would wait for the members of the original to be written.
  cells_.emplace_back(std::string_view(row_text_.data() + row_text_size_, 0), line_, byte, quoted);
  return true;
}

// Adds `size` bytes to the current cell; `readable` bytes of `text` can be read. Returns false and
// adds nothing if the cell or the row would become too large.
bool Reader::append(const char* text, std::size_t size, std::size_t readable) {
  if (size > options_.max_cell_bytes - open_cell_bytes()) return false;
  const std::size_t room = row_text_.size() - row_text_size_;
  if (size <= short_run_bytes && readable >= short_run_bytes && room >= short_run_bytes) {
    // Bytes copied beyond the run are overwritten by the next ones.
    std::memcpy(row_text_.data() + row_text_size_, text, short_run_bytes);
  } else {
    if (size > room) {
      if (size > options_.max_row_bytes - row_text_size_) return false;
      grow_row_text(row_text_size_ + size);
    }
    std::memcpy(row_text_.data() + row_text_size_, text, size);
  }
  row_text_size_ += size;
  return true;
}

void Reader::grow_row_text(std::size_t least_bytes) {
  const std::size_t doubled =
      row_text_.size() < options_.max_row_bytes / 2 ? row_text_.size() * 2 : options_.max_row_bytes;
  std::vector<char> larger(std::max(least_bytes, doubled));
  std::memcpy(larger.data(), row_text_.data(), row_text_size_);
  for (Cell& cell : cells_) {
    cell.text = {larger.data() + (cell.text.data() - row_text_.data()), cell.text.size()};
  }
  row_text_ = std::move(larger);
}

std::size_t Reader::open_cell_bytes() const {
  const char* const text_end = row_text_.data() + row_text_size_;
  return static_cast<std::size_t>(text_end - cells_.back().text.data());
}

void Reader::end_cell() {
  const std::size_t size = state_ == State::after_cell ? quoted_size_ : open_cell_bytes();
  row_text_size_ -= open_cell_bytes() - size;
  cells_.back().text = {cells_.back().text.data(), size};
}

Next Reader::end_row(RowHandler on_row) {
  const Next next = on_row({cells_.front().line, cells_.front().byte, cells_, malformed_cell_});
  cells_.clear();
  malformed_cell_ = 0;
  row_text_size_ = 0;
  state_ = State::row_start;
  return next;
}

ReadStatus Reader::fail(ReadErrorKind kind, std::string_view what, std::uint64_t line,
                        std::uint64_t byte, std::uint64_t column) {
  std::string message;
  if (line != 0) {
    message = "line " + std::to_string(line) + ", cell " + std::to_string(column) + ": ";
  }
  error_ = ReadError{kind, message.append(what), line, byte, column};
  return status_ = ReadStatus::failed;
}

ReadStatus Reader::fail_too_many_cells(std::uint64_t byte) {
  return fail(ReadErrorKind::too_many_cells,
              "a row must have at most " + std::to_string(options_.max_cells_per_row) + " cells",
              line_, byte, cells_.size() + 1);
}

// The limit that is reached first is reported, even if both are exceeded by one chunk.
ReadStatus Reader::fail_too_large() {
  const std::size_t cell_bytes_left = options_.max_cell_bytes - open_cell_bytes();
  const std::size_t row_bytes_left = options_.max_row_bytes - row_text_size_;
  if (cell_bytes_left <= row_bytes_left) {
    return fail(ReadErrorKind::cell_too_large,
                "a cell must have at most " + std::to_string(options_.max_cell_bytes) + " bytes" +
                    (cells_.back().quoted ? "; is its opening quote closed?" : ""),
                cells_.back().line, cells_.back().byte, cells_.size());
  }
  return fail(ReadErrorKind::row_too_large,
              "a row must have at most " + std::to_string(options_.max_row_bytes) + " bytes",
              cells_.front().line, cells_.front().byte, cells_.size());
}

OwnedRow owned(const Row& row) {
  OwnedRow copy{row.line, row.byte, {}, row.malformed_cell};
  copy.cells.reserve(row.cells.size());
  for (const Cell& cell : row.cells) {
    copy.cells.push_back({std::string(cell.text), cell.line, cell.byte, cell.quoted});
  }
  return copy;
}

Parsed parse(std::string_view file, const Options& options) {
  Parsed parsed;
  const auto keep = [&parsed](const Row& row) {
    parsed.rows.push_back(owned(row));
    return Next::go_on;
  };
  Reader reader(options);
  if (reader.feed(file, keep) == ReadStatus::ok) (void)reader.finish(keep);
  parsed.blank_lines_skipped = reader.blank_lines_skipped();
  parsed.error = reader.error();
  return parsed;
}

}  // namespace seatbook::csv
