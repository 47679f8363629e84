#include "storage/sqlite/paths.hpp"

#include <cstddef>
#include <string_view>

namespace seatbook::sqlite::detail {
namespace {

/// The length of the longest suffix that SQLite appends to the name of a database: "-journal".
constexpr std::size_t longest_ending = 8;

}  // namespace

Error refused_path(const std::string& why) {
  return {Code::invalid_argument, why, "path"};
}

Result<void> check_name(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    return refused_path("path must not be empty or contain NUL");
  }
  constexpr std::string_view uri = "file:";
  if (path.front() != ':' && path.compare(0, uri.size(), uri) != 0) return {};
  std::string why =
      "path must not start with \":\" or \"file:\": write a file of this name as \"./" + path +
      "\"";
  if (path == ":memory:") why += "; open a book in memory without a path";
  return refused_path(why);
}

Result<void> check_length(const std::string& path, const sqlite3_vfs* vfs,
                          const std::string& suffix) {
  const std::size_t taken = longest_ending + suffix.size();
  const auto most = static_cast<std::size_t>(vfs->mxPathname);
  const std::size_t limit = most > taken ? most - taken : 0;
  if (path.size() <= limit) return {};
  return refused_path("the absolute path has " + std::to_string(path.size()) + " bytes: at most " +
                      std::to_string(limit) + " are allowed");
}

}  // namespace seatbook::sqlite::detail
