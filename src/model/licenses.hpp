/// The table of licenses: by id, by host key, by owner and backup owner.
#ifndef SEATBOOK_MODEL_LICENSES_HPP_
#define SEATBOOK_MODEL_LICENSES_HPP_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "seatbook/records.hpp"

namespace seatbook::model {

/// Rows are numbered from 1 without a gap, and none is ever removed.
class LicenseTable {
 public:
  LicenseTable();
  ~LicenseTable();
  LicenseTable(const LicenseTable&) = delete;
  LicenseTable& operator=(const LicenseTable&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  /// Null where there is none. Valid until the row is put again.
  [[nodiscard]] const License* find(LicenseId id) const;
  [[nodiscard]] const License* find_host_key(std::string_view host_key) const;

  /// The licenses that a person owns or backs up, by id, at most `limit`.
  [[nodiscard]] std::vector<LicenseId> owned_by(PersonId person, std::size_t limit) const;

  /// Makes room for the unique keys of `id`'s row to be taken by another, until it is put again.
  void release_keys(LicenseId id);
  /// Adds or replaces a row. False, and nothing changed, where its id leaves a gap or its host key
  /// is taken.
  bool put(License license);

 private:
  struct Container;
  std::unique_ptr<Container> container_;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_LICENSES_HPP_
