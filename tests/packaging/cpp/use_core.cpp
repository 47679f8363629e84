// Prints the library's version and a license's usage: "0.1.0 1/1".
#include <cstring>
#include <iostream>
#include <string>

#include "seatbook/seatbook.hpp"

int main() {
  const std::string headers = std::to_string(SEATBOOK_VERSION_MAJOR) + '.' +
                              std::to_string(SEATBOOK_VERSION_MINOR) + '.' +
                              std::to_string(SEATBOOK_VERSION_PATCH);
  if (headers != seatbook::library_version()) return 1;

  seatbook::Book book = seatbook::Book::open().value();
  seatbook::Actor actor;
  actor.actor = "host";
  actor.role = seatbook::Role::it_admin;
  auto desk = book.session(actor);

  seatbook::AddPerson person;
  person.name = "Zo\u00eb";
  person.email = "ZO\u00cb@example.com";  // case-folding it needs utf8proc
  const auto zoe = desk.add_person(person).value().person;
  seatbook::AddLicense license;
  license.name = "Inkwell";
  license.total_seats = 1;
  license.owner = zoe;
  const auto inkwell = desk.add_license(license).value().license;
  seatbook::Assign assign;
  assign.license = inkwell;
  assign.person = zoe;
  desk.assign(assign).value();

  person.name = "Another Zo\u00eb";
  person.email = "zo\u00eb@EXAMPLE.com";
  const auto refused = desk.add_person(person);
  if (refused || refused.error().code != seatbook::Code::email_taken) return 2;
  std::cout << headers << ' ' << desk.usage(inkwell).value().text() << '\n';
}
