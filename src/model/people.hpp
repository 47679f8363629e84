/// The table of people: by id, by email key, by host key.
#ifndef SEATBOOK_MODEL_PEOPLE_HPP_
#define SEATBOOK_MODEL_PEOPLE_HPP_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "seatbook/records.hpp"

namespace seatbook::model {

struct PersonRow {
  Person person;
  std::string email_key;  ///< text::email_key of the email; empty: none
  std::string name_key;   ///< text::fold of the name, for searching and sorting
};

/// Rows are numbered from 1 without a gap, and none is ever removed.
class PersonTable {
 public:
  PersonTable();
  ~PersonTable();
  PersonTable(const PersonTable&) = delete;
  PersonTable& operator=(const PersonTable&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  /// Null where there is none. Valid until the row is put again.
  [[nodiscard]] const PersonRow* find(PersonId id) const;
  [[nodiscard]] const PersonRow* find_email(std::string_view email_key) const;
  [[nodiscard]] const PersonRow* find_host_key(std::string_view host_key) const;

  /// Makes room for the unique keys of `id`'s row to be taken by another, until it is put again.
  void release_keys(PersonId id);
  /// Adds or replaces a row. False, and nothing changed, where its id leaves a gap or a unique key
  /// is taken.
  bool put(Person person);

 private:
  struct Container;
  std::unique_ptr<Container> container_;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_PEOPLE_HPP_
