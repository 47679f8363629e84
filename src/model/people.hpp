/// The table of people, indexed by id, email key and host key.
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
  std::string email_key;  ///< text::email_key of the email; empty if none
  std::string name_key;   ///< the case-folded name, for searching and sorting
};

/// Ids are consecutive from 1; rows are never removed.
class PersonTable {
 public:
  PersonTable();
  ~PersonTable();
  PersonTable(const PersonTable&) = delete;
  PersonTable& operator=(const PersonTable&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  /// Returns null if there is none. Valid until the row is put again.
  [[nodiscard]] const PersonRow* find(PersonId id) const;
  [[nodiscard]] const PersonRow* find_email(std::string_view email_key) const;
  [[nodiscard]] const PersonRow* find_host_key(std::string_view host_key) const;

  /// Removes the unique keys of a row until it is put again, so that another row can take them.
  void release_keys(PersonId id);
  /// Adds or replaces a row. Returns false and changes nothing if its id leaves a gap or a unique
  /// key is taken.
  bool put(Person person);

 private:
  struct Container;
  std::unique_ptr<Container> container_;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_PEOPLE_HPP_
