// Runs the examples of docs/guides/storage.md in the folder given as argument. The folder should be
// empty; the files that the examples create are left in it.
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"

namespace {

namespace fs = std::filesystem;
using seatbook::Code;

// example: open
int use_book(const std::string& path) {
  auto book = seatbook::sqlite::open(path);
  if (!book) {
    std::cerr << to_string(book.error().code) << ": " << book.error().message << '\n';
    return 1;
  }
  auto desk = book->session({.actor = "it-desk", .role = seatbook::Role::it_admin});
  const auto ada = desk.add_person({.name = "Ada", .email = "ada@example.com"});
  return ada ? 0 : 1;  // if it has a value, Ada is stored on disk
}
// end of example

// example: decide
/// Returns what to do about a book that does not open, or a call that fails in the storage.
std::string advice(Code code) {
  switch (code) {
    case Code::storage_in_use:
      return "close the book in the process that the message names, or use a copy";
    case Code::needs_recovery:
      return "open it for writing once";
    case Code::not_a_book:
    case Code::format_too_new:
    case Code::unsupported_storage:
      return "do not change the file: use another path, or another program";
    case Code::storage_corrupt:
      return "keep the file for analysis, and restore a copy";
    case Code::storage_unknown:
      return "close the book and open it again, then repeat the call with its request_id";
    case Code::book_needs_reopen:
      return "make a copy if queries still work, then close the book and open it again";
    case Code::storage_failed:
      return "nothing was written: fix the cause that the message names and call again; if every "
             "change fails, close the book and open it again";
    default:
      return {};
  }
}
// end of example

int back_up(seatbook::Book& book, const std::string& copy) {
  // example: back up
  if (const auto copied = book.backup_to(copy); !copied) {
    std::cerr << "copy failed: " << copied.error().message << '\n';
    return 1;
  }
  // end of example
  return 0;
}

// example: restore
/// Replaces a closed book with a copy. Moves the old files to the new folder `aside`.
void restore(const fs::path& copy, const fs::path& book, const fs::path& aside) {
  fs::create_directory(aside);
  // An old log next to the restored file would damage it.
  for (const std::string suffix : {"", "-wal", "-shm", "-journal"}) {
    const fs::path old = book.string() + suffix;
    if (fs::exists(old)) fs::rename(old, aside / old.filename());
  }
  // Copy to another name first, so that a partial file never has the name of the book.
  const fs::path partial = book.string() + "-restoring";
  fs::copy_file(copy, partial);
  fs::rename(partial, book);
}
// end of example

int look(const std::string& copy) {
  // example: read only
  auto book = seatbook::sqlite::open(copy, {.must_exist = true, .read_only = true});
  if (!book) return 1;
  auto auditor = book->session({.actor = "audit", .role = seatbook::Role::admin});
  const auto seats = auditor.seat_list({.limit = seatbook::all_rows});
  // end of example
  if (!seats) return 1;
  const auto refused = auditor.add_person({.name = "Bo"});
  return !refused && refused.error().code == Code::book_read_only ? 0 : 1;
}

int load(const std::string& path) {
  // example: load
  auto book = seatbook::sqlite::open(path, {.durability = seatbook::sqlite::Durability::relaxed});
  if (!book) return 1;
  auto desk = book->session({.actor = "import", .role = seatbook::Role::super_admin});
  const auto people = desk.import_people({.csv = "Name,Email\nBo,bo@example.com\n"});
  book->close();  // syncs all changes; the book can now be opened with `full`
  // end of example
  return people && people->added == 1 ? 0 : 1;
}

int share(const std::string& path) {
  // example: share
  auto storage = seatbook::sqlite::open_storage(path);
  if (!storage) return 1;
  auto web = seatbook::Book::open(*storage);   // two books of one process
  auto jobs = seatbook::Book::open(*storage);  // share one file
  // end of example
  if (!web || !jobs) return 1;
  const auto other = seatbook::sqlite::open(path);
  return !other && other.error().code == Code::storage_in_use && !advice(other.error().code).empty()
             ? 0
             : 1;
}

int run(const std::string& folder) {
  const std::string path = folder + "/acme.db";
  const std::string copy = folder + "/acme-copy.db";
  if (const int failed = use_book(path); failed != 0) return failed;
  std::string before;
  {
    auto book = seatbook::sqlite::open(path).value();
    before = book.dump().value();
    if (const int failed = back_up(book, copy); failed != 0) return failed;
  }
  if (const int failed = look(copy); failed != 0) return failed;
  if (const int failed = load(path); failed != 0) return failed;
  if (const int failed = share(path); failed != 0) return failed;
  restore(copy, path, folder + "/aside");
  const auto book = seatbook::sqlite::open(path).value();
  if (book.dump().value() != before) return 1;
  std::cout << "restored version " << book.version().value << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: seatbook_keeping_a_book FOLDER\n";
    return 2;
  }
  return run(argv[1]);
} catch (const std::exception& error) {
  std::cerr << "unexpected: " << error.what() << '\n';
  return 1;
}
