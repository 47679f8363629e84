// Writes a book to the file named by the argument, opens it again, and prints the person's name.
#include <iostream>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  seatbook::Actor actor;
  actor.actor = "host";
  actor.role = seatbook::Role::it_admin;
  seatbook::PersonId ada;
  {
    seatbook::Book book = seatbook::sqlite::open(argv[1]).value();
    seatbook::AddPerson person;
    person.name = "Ada";
    ada = book.session(actor).add_person(person).value().person;
  }
  const seatbook::Book book = seatbook::sqlite::open(argv[1]).value();
  std::cout << book.session(actor).get_person(ada).value().name << '\n';
}
