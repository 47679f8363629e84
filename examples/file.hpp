// The scenes about the book's file: it survives the program, and the sqlite3 shell can read it.
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
  page.heading("8. The program ends, and starts again");
  page.say(
      "Every change so far was on the disk before its call answered. The book is closed, and "
      "opened again from its file: the same records, the same history, the same queue.");
  const std::string before = require(office.book().dump(), "a dump of the book");
  const auto version = office.book().version();
  const auto waiting = require(office.desk().needs_review_count(), "the length of the queue");
  office.close();
  require(office.desk().needs_review_count().error().code == seatbook::Code::book_closed,
          "a closed book answers nothing");
  page.step("close", file_size(office.path()) + " at " + office.path());

  office.reopen();
  require(require(office.book().dump(), "a dump of the book") == before, "everything survived");
  require(office.book().version() == version, "no batch is lost");
  require(require(office.book().check_invariants(), "checking the invariants").empty(),
          "what was read is in order");
  page.step("open", "version " + number(office.book().version().value));
  page.step("dump", "the same " + number(before.size()) + " bytes as before");
  page.step("left in the queue", counted(waiting, "seat", "seats"));
}

/// A word of a command line.
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

/// A question to the file as one types it; quotation marks of the shell's stand around it.
inline void show_query(Page& page, Office& office, const std::vector<std::string>& lines) {
  page.line("sqlite3 -readonly -box " + shell_word(office.path()) + " \"");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    page.line("  " + lines[i] + (i + 1 == lines.size() ? "\"" : ""));
  }
  page.gap();
}

/// Closes the book. What the queries answer is compared with the scenes before by
/// tests/docs/tour_test.py.
inline void show_queries(Page& page, Office& office, seatbook::LicenseId license,
                         seatbook::PersonId person) {
  page.heading("18. The file, read without Seatbook");
  const std::string license_name = office.license_name(license);
  const std::string name = office.name(person);
  const auto rows = require(office.desk().history({.person = person}), "a person's history");
  const auto unused = require(office.desk().seat_figures({}), "the figures").inactive;
  office.close();
  require(!std::filesystem::exists(office.path() + "-wal"), "a closed book is one file");
  page.say(
      "The book is closed: its one file holds plain tables, which docs/guides/storage.md "
      "describes. They are there to be read; a row changed by hand would be noticed when the book "
      "is opened next. Who holds a seat on " +
      license_name + ", since when, granted by whom:");
  show_query(page, office,
             {"SELECT p.name, datetime(a.assigned_at_us / 1000000, 'unixepoch') AS since,",
              "       coalesce(granter.name, c.actor) AS granted_by, a.access_level",
              "FROM assignments a JOIN people p ON p.id = a.person",
              "     JOIN actors c ON c.id = a.assigned_by",
              "     LEFT JOIN people granter ON granter.id = c.person",
              "WHERE a.license = " + number(license.value) + " AND a.revoked_at_us IS NULL",
              "ORDER BY a.id"});
  page.say("Seats that nobody has ever used, " + number(unused) + " of them:");
  show_query(
      page, office,
      {"SELECT l.name AS license, p.name,",
       "       date(a.assigned_at_us / 1000000, 'unixepoch') AS since",
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
  page.say("This tour is examples/tour.cpp; examples/quickstart.cpp is the place to start.");
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_FILE_HPP_
