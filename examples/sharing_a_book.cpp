// The examples of docs/guides/postgres.md, run one after the other on the database whose URL is the
// argument.
#include <exception>
#include <iostream>
#include <string>

#include "seatbook/postgres.hpp"
#include "seatbook/seatbook.hpp"

namespace {

using seatbook::Code;

// example: prepare
int prepare(const std::string& url) {
  const auto made = seatbook::postgres::create_schema(url);  // once, by whoever deploys
  if (!made) std::cerr << made.error().message << '\n';
  return made ? 0 : 1;
}
// end of example

// example: open
int use_book(const std::string& url) {
  auto book = seatbook::postgres::open(url, {.book = "acme"});
  if (!book) {
    std::cerr << to_string(book.error().code) << ": " << book.error().message << '\n';
    return 1;
  }
  auto desk = book->session({.actor = "it-desk", .role = seatbook::Role::it_admin});
  const auto ada = desk.add_person({.name = "Ada", .email = "ada@example.com"});
  if (!ada) return 1;
  const auto inkwell =
      desk.add_license({.name = "Inkwell", .total_seats = 1, .owner = ada->person});
  return inkwell ? 0 : 1;  // where it is a value, every process can have it
}
// end of example

// example: refresh
/// Answers from what is in this process's memory, at most `poll` old.
int serve(seatbook::Book& book, seatbook::LicenseId inkwell) {
  if (const auto version = book.refresh(); !version) return 1;  // every second, by a timer
  const auto desk = book.session({.actor = "web", .role = seatbook::Role::it_admin});
  std::cout << desk.usage(inkwell).value().text() << '\n';
  return 0;
}
// end of example

// example: at least
/// What another process has just committed: its answer carried the version.
int show_after(const seatbook::Session& desk, seatbook::Version version,
               seatbook::LicenseId inkwell) {
  const auto usage = desk.at_least(version).usage(inkwell);
  if (!usage) return 1;  // book_behind: nobody has committed that version
  std::cout << usage->text() << '\n';
  return 0;
}
// end of example

// example: repeat
/// A call that may be made twice and is carried out once.
seatbook::Result<seatbook::AssignmentId> grant(seatbook::Session& desk, seatbook::Assign command,
                                               const seatbook::RequestId& request) {
  command.request_id = request;  // from the queue, the form or the job that asks for the seat
  const auto seat = desk.assign(command);
  if (seat) return seat->assignment;
  if (seat.error().code == Code::repeated_request) {
    const auto held = desk.find_seat(command.license, command.person);  // by an earlier try
    if (held && *held) return **held;
  }
  return seat.error();
}
// end of example

int run(const std::string& url) {
  if (prepare(url) != 0 || use_book(url) != 0) return 1;
  auto mine = seatbook::postgres::open(url, {.book = "acme"}).value();
  auto other = seatbook::postgres::open(url, {.book = "acme", .must_exist = true}).value();
  auto desk = mine.session({.actor = "it-desk", .role = seatbook::Role::it_admin});
  const seatbook::LicenseId inkwell(1);
  seatbook::RequestId request;
  request.bytes[0] = 1;
  const seatbook::Assign command{.license = inkwell, .person = seatbook::PersonId(1)};
  const auto first = grant(desk, command, request);
  const auto again = grant(desk, command, request);
  if (!first || !again || *first != *again) return 1;
  const auto theirs = other.session({.actor = "web", .role = seatbook::Role::it_admin});
  if (show_after(theirs, mine.version(), inkwell) != 0) return 1;
  return serve(other, inkwell);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: seatbook_sharing_a_book URL\n";
    return 2;
  }
  try {
    return run(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
