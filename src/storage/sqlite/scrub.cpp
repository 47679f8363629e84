#include "storage/sqlite/scrub.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace seatbook::sqlite::detail {
namespace {

constexpr std::size_t file_header = 100;  // before the header of the first page
constexpr std::size_t pages_of_a_slice = 64;
/// A page outside the trees begins with the number of another page. From this number on, its first
/// byte could be taken for the type of a tree page.
constexpr sqlite3_int64 too_many_pages = sqlite3_int64{1} << 25;

Error failure(int code, const char* what) {
  Error error = error_of(code, std::string(what) + ": " + sqlite3_errstr(code));
  error.code = Code::storage_failed;
  return error;
}

std::size_t number(const unsigned char* bytes) {
  return static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
}

struct Room {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Returns the unused space in a page of a tree; empty for other pages.
Room room_in(const unsigned char* page, std::size_t page_size, std::size_t header) {
  const unsigned char kind = page[header];
  const bool leaf = kind == 10 || kind == 13;
  if (!leaf && kind != 2 && kind != 5) return {};
  const std::size_t cells = number(page + header + 3);
  const std::size_t content = number(page + header + 5);
  const Room room{header + (leaf ? 8 : 12) + 2 * cells, content == 0 ? 65'536 : content};
  return room.begin <= room.end && room.end <= page_size ? room : Room{};
}

}  // namespace

Result<void> scrub(Connection& connection) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection.get(), "main", SQLITE_FCNTL_FILE_POINTER,
                       static_cast<void*>(&file));
  if (file == nullptr || file->pMethods == nullptr) {
    return Error{Code::storage_failed, "cannot access the file"};
  }
  unsigned char head[file_header];
  sqlite3_int64 size = 0;
  int code = file->pMethods->xFileSize(file, &size);
  if (code == SQLITE_OK) code = file->pMethods->xRead(file, head, sizeof head, 0);
  if (code != SQLITE_OK) return failure(code, "cannot read the file");
  const std::size_t page_size = number(head + 16) == 1 ? 65'536 : number(head + 16);
  if (page_size < 512) return Error{Code::storage_corrupt, "the file has an invalid page size"};
  const sqlite3_int64 pages = size / static_cast<sqlite3_int64>(page_size);
  if (pages >= too_many_pages) return Error{Code::storage_failed, "the file is too large"};

  std::vector<unsigned char> slice(pages_of_a_slice * page_size);
  const std::vector<char> zeros(page_size);
  bool changed = false;
  for (sqlite3_int64 first = 0; first < pages; first += pages_of_a_slice) {
    const auto count =
        static_cast<std::size_t>(std::min<sqlite3_int64>(pages_of_a_slice, pages - first));
    const sqlite3_int64 at = first * static_cast<sqlite3_int64>(page_size);
    code = file->pMethods->xRead(file, slice.data(), static_cast<int>(count * page_size), at);
    if (code != SQLITE_OK) return failure(code, "cannot read the file");
    for (std::size_t page = 0; page < count; ++page) {
      const unsigned char* const bytes = slice.data() + page * page_size;
      const Room room = room_in(bytes, page_size, first == 0 && page == 0 ? file_header : 0);
      const auto is_used = [](unsigned char byte) { return byte != 0; };
      if (std::none_of(bytes + room.begin, bytes + room.end, is_used)) continue;
      code = file->pMethods->xWrite(file, zeros.data(), static_cast<int>(room.end - room.begin),
                                    at + static_cast<sqlite3_int64>(page * page_size + room.begin));
      if (code != SQLITE_OK) return failure(code, "cannot write the file");
      changed = true;
    }
  }
  if (changed) code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK) return failure(code, "cannot sync the file");
  sqlite3_db_release_memory(connection.get());
  return {};
}

}  // namespace seatbook::sqlite::detail
