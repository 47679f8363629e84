#include "model/licenses.hpp"

#include <algorithm>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/key.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index/random_access_index.hpp>
#include <boost/multi_index_container.hpp>
#include <utility>

#include "model/unique_key.hpp"

namespace seatbook::model {
namespace {

namespace mi = boost::multi_index;

struct ByHostKey {};
struct ByOwner {};
struct ByBackup {};

OptionalTextKey host_key_of(const License& license) {
  return OptionalTextKey::of(license.host_key, license.id.value);
}

std::uint64_t owner_of(const License& license) {
  return license.owner.value;
}
std::uint64_t backup_of(const License& license) {
  return license.backup_owner ? license.backup_owner->value : 0;
}
std::uint64_t id_of(const License& license) {
  return license.id.value;
}

// Licenses are few and change rarely, so ordered indexes are affordable.
struct Indices
    : mi::indexed_by<
          mi::random_access<>,  // by id: position id - 1
          mi::hashed_unique<mi::tag<ByHostKey>, mi::key<&host_key_of>, OptionalTextKeyHash>,
          mi::ordered_unique<mi::tag<ByOwner>, mi::key<&owner_of, &id_of>>,
          mi::ordered_unique<mi::tag<ByBackup>, mi::key<&backup_of, &id_of>>> {};

}  // namespace

struct LicenseTable::Container : mi::multi_index_container<License, Indices> {};

LicenseTable::LicenseTable() : container_(std::make_unique<Container>()) {}
LicenseTable::~LicenseTable() = default;

std::uint64_t LicenseTable::size() const {
  return container_->size();
}

const License* LicenseTable::find(LicenseId id) const {
  return id.value - 1 < container_->size() ? &(*container_)[id.value - 1] : nullptr;
}

const License* LicenseTable::find_host_key(std::string_view host_key) const {
  const auto& index = container_->get<ByHostKey>();
  const auto found = index.find(OptionalTextKey{host_key});
  return found == index.end() ? nullptr : &*found;
}

std::vector<LicenseId> LicenseTable::owned_by(PersonId person, std::size_t limit) const {
  std::vector<LicenseId> ids;
  const auto collect = [&](const auto& index) {
    std::size_t taken = 0;
    const auto [first, last] = index.equal_range(person.value);
    for (auto at = first; at != last && taken < limit; ++at, ++taken) ids.push_back(at->id);
  };
  collect(container_->get<ByOwner>());
  collect(container_->get<ByBackup>());
  std::sort(ids.begin(), ids.end());  // no duplicates: no one is both owner and backup of a license
  if (ids.size() > limit) ids.resize(limit);
  return ids;
}

void LicenseTable::release_keys(LicenseId id) {
  if (find(id) == nullptr) return;
  const auto at = container_->begin() + static_cast<std::ptrdiff_t>(id.value - 1);
  License row = *at;
  row.host_key.clear();
  container_->replace(at, std::move(row));
}

bool LicenseTable::put(License license) {
  const std::uint64_t position = license.id.value - 1;
  if (position == container_->size()) return container_->push_back(std::move(license)).second;
  if (position > container_->size()) return false;
  return container_->replace(container_->begin() + static_cast<std::ptrdiff_t>(position),
                             std::move(license));
}

}  // namespace seatbook::model
