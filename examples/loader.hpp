// How an inventory gets into a book, and what the book must then hold.
//
// People are recognized by their email; somebody without one is always somebody new. What the book
// refuses is left out and told, never dropped.
#ifndef SEATBOOK_EXAMPLES_LOADER_HPP_
#define SEATBOOK_EXAMPLES_LOADER_HPP_

#include <utf8proc.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "inventory.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"

namespace tour {

/// How much there is in a book.
struct Figures {
  std::uint64_t people = 0;
  std::uint64_t archived = 0;
  std::uint64_t licenses = 0;
  std::uint64_t seats_used = 0;
};

/// A row, or the part of one, that the book did not take.
struct LeftOut {
  std::string where;  ///< "licenses.csv:7"
  std::string what;
  std::string why;
};

/// What the book took of a license's row.
enum class Taken {
  nothing,
  license,             ///< not its holder, who could not be added
  license_and_holder,  ///< not the seat
  everything,          ///< also where the row names no holder
};

/// What came of loading, row by row.
struct Loaded {
  std::vector<bool> people;
  std::vector<Taken> licenses;
  std::vector<LeftOut> left_out;
};

class Loader {
 public:
  /// `desk` is a session of the person who shall own all licenses.
  Loader(seatbook::Session& desk, const InputFile& people_file, const InputFile& licenses_file)
      : desk_(desk), people_file_(people_file), licenses_file_(licenses_file) {}

  Loaded load(const std::vector<PersonRow>& people, const std::vector<LicenseRow>& licenses) {
    for (const PersonRow& row : people) loaded_.people.push_back(add(row));
    for (const LicenseRow& row : licenses) loaded_.licenses.push_back(add(row));
    return std::move(loaded_);
  }

 private:
  bool add(const PersonRow& row) {
    const auto added = desk_.add_person({.name = row.name, .email = row.email});
    if (!added) {
      leave_out(people_file_, row.line, named(row.name) + " is not added", added.error());
      return false;
    }
    if (row.archived) {
      require(desk_.archive_person({.person = added->person}), "archiving " + row.name);
    }
    return true;
  }

  Taken add(const LicenseRow& row) {
    const auto added = desk_.add_license({.name = row.name,
                                          .vendor = row.vendor,
                                          .total_seats = row.seats,
                                          .cost_per_seat = row.cost_per_seat,
                                          .currency = row.cost_per_seat ? "USD" : "",
                                          .renewal_date = row.renewal_date});
    if (!added) {
      leave_out(licenses_file_, row.line, named(row.name) + " is not added", added.error());
      return Taken::nothing;
    }
    return row.has_holder() ? give_seat(row, added->license) : Taken::everything;
  }

  Taken give_seat(const LicenseRow& row, seatbook::LicenseId license) {
    const std::string what = "no seat on " + row.name + " for " +
                             (row.holder_name.empty() ? row.holder_email : row.holder_name);
    const auto holder = holder_of(row);
    if (!holder) {
      leave_out(licenses_file_, row.line, what, holder.error());
      return Taken::license;
    }
    const auto seat = desk_.assign({.license = license, .person = *holder});
    if (!seat) {
      leave_out(licenses_file_, row.line, what, seat.error());
      return Taken::license_and_holder;
    }
    return Taken::everything;
  }

  /// The holder that a license's row names; added where nobody has that email.
  seatbook::Result<seatbook::PersonId> holder_of(const LicenseRow& row) {
    if (!row.holder_email.empty()) {
      const auto known = desk_.find_person({.email = row.holder_email});
      if (!known) return known.error();
      if (known->has_value()) return **known;
    }
    const auto added = desk_.add_person({.name = row.holder_name, .email = row.holder_email});
    if (!added) return added.error();
    return added->person;
  }

  static std::string named(const std::string& name) {
    return name.empty() ? "a row without a name" : name;
  }

  void leave_out(const InputFile& file, std::uint64_t line, std::string what,
                 const seatbook::Error& error) {
    loaded_.left_out.push_back({file.name + ':' + std::to_string(line), std::move(what),
                                std::string(to_string(error.code)) + ": " + error.message});
  }

  seatbook::Session& desk_;
  const InputFile& people_file_;
  const InputFile& licenses_file_;
  Loaded loaded_;
};

/// Emails that belong to one person have one key: docs/rules.md, C17.
inline std::string email_key(const std::string& email) {
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> composed(
      utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(email.c_str())), &std::free);
  return composed ? lower_case(reinterpret_cast<const char*>(composed.get())) : email;
}

struct Expected {
  Figures figures;
  std::uint64_t new_holders = 0;  ///< people who stand in the file of licenses only
  std::uint64_t holders = 0;      ///< rows that name one
};

/// What must be in the book afterwards, worked out from the rows alone: the operator, everybody of
/// the file of people, and each holder who is not among those.
inline Expected expected(const std::vector<PersonRow>& people,
                         const std::vector<LicenseRow>& licenses, const Loaded& loaded) {
  Expected result;
  result.figures.people = 1;
  std::unordered_set<std::string> emails;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!loaded.people[i]) continue;
    ++result.figures.people;
    result.figures.archived += people[i].archived ? 1 : 0;
    if (!people[i].email.empty()) emails.insert(email_key(people[i].email));
  }
  for (std::size_t i = 0; i < licenses.size(); ++i) {
    const LicenseRow& row = licenses[i];
    result.holders += row.has_holder() ? 1 : 0;
    if (loaded.licenses[i] == Taken::nothing) continue;
    ++result.figures.licenses;
    if (!row.has_holder() || loaded.licenses[i] == Taken::license) continue;
    result.figures.seats_used += loaded.licenses[i] == Taken::everything ? 1 : 0;
    if (row.holder_email.empty() || emails.insert(email_key(row.holder_email)).second) {
      ++result.figures.people;
      ++result.new_holders;
    }
  }
  return result;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_LOADER_HPP_
