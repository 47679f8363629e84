/// The table of licenses, indexed by id, host key, owner and backup owner.
#ifndef SEATBOOK_MODEL_LICENSES_HPP_
#define SEATBOOK_MODEL_LICENSES_HPP_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "seatbook/records.hpp"

namespace seatbook::model {

/// Ids are consecutive from 1; rows are never removed.
class LicenseTable {
 public:
  LicenseTable();
  ~LicenseTable();
  LicenseTable(const LicenseTable&) = delete;
  LicenseTable& operator=(const LicenseTable&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  /// Returns null if there is none. Valid until the row is put again.
  [[nodiscard]] const License* find(LicenseId id) const;
  [[nodiscard]] const License* find_host_key(std::string_view host_key) const;

  /// Returns up to `limit` licenses that a person owns or backs up, ordered by id.
  [[nodiscard]] std::vector<LicenseId> owned_by(PersonId person, std::size_t limit) const;

  /// Removes the unique keys of a row until it is put again, so that another row can take them.
  void release_keys(LicenseId id);
  /// Adds or replaces a row. Returns false and changes nothing if its id leaves a gap or its host
  /// key is taken.
  bool put(License license);

 private:
  struct Container;
  std::unique_ptr<Container> container_;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_LICENSES_HPP_
