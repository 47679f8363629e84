// Opens a book on the server given as the argument, and prints the error's code and message.
#include <iostream>

#include "seatbook/postgres.hpp"
#include "seatbook/seatbook.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  seatbook::postgres::Options options;
  options.retry_for_ms = 1;
  const auto book = seatbook::postgres::open(argv[1], options);
  if (book) return 1;
  std::cout << to_string(book.error().code) << ": " << book.error().message << '\n';
}
