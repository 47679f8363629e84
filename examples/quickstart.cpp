#include <iostream>

#include "seatbook/seatbook.hpp"

int main() {
  // example: readme
  seatbook::Book book = seatbook::Book::open().value();  // in memory
  auto desk = book.session({.actor = "it-desk", .role = seatbook::Role::it_admin});
  const auto ada = desk.add_person({.name = "Ada", .email = "ada@example.com"}).value().person;
  const auto bo = desk.add_person({.name = "Bo", .email = "bo@example.com"}).value().person;
  const auto inkwell =
      desk.add_license({.name = "Inkwell", .total_seats = 1, .owner = ada}).value().license;
  const auto seat =
      desk.assign({.license = inkwell, .person = ada, .access_level = "Editor"}).value().assignment;
  std::cout << desk.usage(inkwell).value().text() << '\n';  // 1/1
  if (const auto refused = desk.assign({.license = inkwell, .person = bo}); !refused) {
    std::cout << refused.error().message << '\n';  // No seats remaining on this license.
  }
  // end of example
  desk.revoke({.assignment = seat, .reason = "Changed teams"}).value();
  std::cout << desk.usage(inkwell).value().available_text() << '\n';  // 1 of 1 available
}
