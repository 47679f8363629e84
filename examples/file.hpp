// The scenes about the book's file: a restart of the program, and queries with the sqlite3 shell.
#ifndef SEATBOOK_EXAMPLES_FILE_HPP_
#define SEATBOOK_EXAMPLES_FILE_HPP_

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {

/// "148 KiB".
inline std::string file_size(const std::string& path) {
  return number(std::filesystem::file_size(path) / 1024) + " KiB";
}

inline void restart(Page& page, Office& office) {
  page.heading("8. The program restarts");
  page.say(
      "Each call returned after its change was on disk. The book is closed and opened again from "
      "its "
      "file, with the same records, history and review queue.");
  const std::string before = require(office.book().dump(), "a dump of the book");
  const auto version = office.book().version();
  const auto waiting =
      require(office.desk().needs_review_count(), "the length of the review queue");
  office.close();
  require(office.desk().needs_review_count().error().code == seatbook::Code::book_closed,
          "a call on a closed book fails");
  page.step("close", file_size(office.path()) + " at " + office.path());

  office.reopen();
  require(require(office.book().dump(), "a dump of the book") == before, "all records survive");
  require(office.book().version() == version, "the version is the same");
  require(require(office.book().check_invariants(), "checking the invariants").empty(),
          "the opened book is consistent");
  page.step("open", "version " + number(office.book().version().value));
  page.step("dump", "the same " + number(before.size()) + " bytes as before");
  page.step("seats to review", counted(waiting, "seat", "seats"));
}

/// Quotes a word for the shell.
inline std::string shell_word(std::string_view text) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) {
    return std::string(text);
  }
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

/// Prints a query as a command for the sqlite3 shell.
inline void show_query(Page& page, Office& office, const std::vector<std::string>& lines) {
  page.line("sqlite3 -readonly -box " + shell_word(office.path()) + " \"");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    page.line("  " + lines[i] + (i + 1 == lines.size() ? "\"" : ""));
  }
  page.gap();
}

/// Closes the book and prints queries. tests/docs/tour_test.py compares their results with the
/// previous scenes.
inline void show_queries(Page& page, Office& office, seatbook::LicenseId license,
                         seatbook::PersonId person) {
  page.heading("18. Queries with the sqlite3 shell");
  const std::string license_name = office.license_name(license);
  const std::string name = office.name(person);
  const auto rows = require(office.desk().history({.person = person}), "a person's history");
  const auto unused = require(office.desk().seat_figures({}), "the figures").inactive;
  office.close();
  require(!std::filesystem::exists(office.path() + "-wal"), "a closed book is one file");
  page.say(
      "The book is closed. Its file has plain tables, which docs/guides/storage.md describes. Use "
      "them read-only: a book with an edited row does not open. The holders of " +
      license_name + ", since when, and who granted the seat:");
  show_query(
      page, office,
      {"SELECT p.name,",
       "       datetime(coalesce(a.held_since_us, a.assigned_at_us) / 1000000, 'unixepoch')",
       "         AS since,", "       coalesce(granter.name, c.actor) AS granted_by, a.access_level",
       "FROM assignments a JOIN people p ON p.id = a.person",
       "     JOIN actors c ON c.id = a.assigned_by",
       "     LEFT JOIN people granter ON granter.id = c.person",
       "WHERE a.license = " + number(license.value) + " AND a.revoked_at_us IS NULL",
       "ORDER BY a.id"});
  page.say("Seats that were never used (" + number(unused) + "):");
  show_query(
      page, office,
      {"SELECT l.name AS license, p.name,",
       "       date(coalesce(a.held_since_us, a.assigned_at_us) / 1000000, 'unixepoch') AS since",
       "FROM assignments a JOIN licenses l ON l.id = a.license",
       "     JOIN people p ON p.id = a.person", "     LEFT JOIN last_uses u ON u.assignment = a.id",
       "WHERE a.revoked_at_us IS NULL AND u.assignment IS NULL", "ORDER BY a.id"});
  page.say("The history of " + name + ", " + counted(rows.size(), "row", "rows") + ":");
  show_query(page, office,
             {"SELECT h.seq, datetime(h.at_us / 1000000, 'unixepoch') AS at, h.kind,",
              "       l.name AS license, coalesce(doer.name, c.actor) AS done_by, t.reason",
              "FROM history h JOIN actors c ON c.id = h.actor",
              "     LEFT JOIN people doer ON doer.id = c.person",
              "     LEFT JOIN licenses l ON l.id = h.license",
              "     LEFT JOIN history_texts t ON t.seq = h.seq",
              "WHERE h.person = " + number(person.value), "ORDER BY h.seq"});
  page.say("The source of this tour is examples/tour.cpp. Start with examples/quickstart.cpp.");
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_FILE_HPP_
