// Runs the examples of docs/guides/postgres.md on the database whose URL is the argument.
#include <exception>
#include <iostream>
#include <string>

#include "seatbook/postgres.hpp"
#include "seatbook/seatbook.hpp"

namespace {

using seatbook::Code;

// example: prepare
int prepare(const std::string& url) {
  const auto created = seatbook::postgres::create_schema(url);  // once, when you deploy
  if (!created) std::cerr << created.error().message << '\n';
  return created ? 0 : 1;
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
  return inkwell ? 0 : 1;  // if it has a value, all processes can read it
}
// end of example

// example: refresh
/// Serves queries from the memory of this process. The data is as old as the last refresh.
int serve(seatbook::Book& book, seatbook::LicenseId inkwell) {
  if (const auto version = book.refresh(); !version) return 1;  // called every second
  const auto desk = book.session({.actor = "web", .role = seatbook::Role::it_admin});
  std::cout << desk.usage(inkwell).value().text() << '\n';
  return 0;
}
// end of example

// example: at least
/// Shows what another process has just committed. Its result contained the version.
int show_after(const seatbook::Session& desk, seatbook::Version version,
               seatbook::LicenseId inkwell) {
  const auto usage = desk.at_least(version).usage(inkwell);
  if (!usage) return 1;  // book_behind: the version is not committed
  std::cout << usage->text() << '\n';
  return 0;
}
// end of example

// example: repeat
/// Assigns a seat once, however often it is called with the same request id.
seatbook::Result<seatbook::AssignmentId> grant(seatbook::Session& desk, seatbook::Assign command,
                                               const seatbook::RequestId& request) {
  command.request_id = request;  // from the queue, form or job that requests the seat
  const auto seat = desk.assign(command);
  if (seat) return seat->assignment;
  if (seat.error().code == Code::repeated_request) {
    const auto held = desk.find_seat(command.license, command.person);  // by an earlier call
    if (held && *held) return **held;
  }
  return seat.error();
}
// end of example

// example: drop
/// Deletes a workspace. `typed` is the name that the administrator has typed to confirm.
int leave(const std::string& url, const std::string& workspace, const std::string& typed) {
  const auto dropped = seatbook::postgres::drop_book(url, typed, {.book = workspace});
  if (!dropped) std::cerr << dropped.error().message << '\n';
  return dropped ? 0 : 1;
}
// end of example

int run(const std::string& url) {
  if (prepare(url) != 0 || use_book(url) != 0) return 1;
  auto first_book = seatbook::postgres::open(url, {.book = "acme"}).value();
  auto second_book = seatbook::postgres::open(url, {.book = "acme", .must_exist = true}).value();
  auto desk = first_book.session({.actor = "it-desk", .role = seatbook::Role::it_admin});
  const seatbook::LicenseId inkwell(1);
  seatbook::RequestId request;
  request.bytes[0] = 1;
  const seatbook::Assign command{.license = inkwell, .person = seatbook::PersonId(1)};
  const auto first = grant(desk, command, request);
  const auto again = grant(desk, command, request);
  if (!first || !again || *first != *again) return 1;
  const auto web = second_book.session({.actor = "web", .role = seatbook::Role::it_admin});
  if (show_after(web, first_book.version(), inkwell) != 0) return 1;
  if (serve(second_book, inkwell) != 0) return 1;
  return leave(url, "acme", "acme");
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
