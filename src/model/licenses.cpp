#include "model/licenses.hpp"

#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/key.hpp>
#include <boost/multi_index/random_access_index.hpp>
#include <boost/multi_index_container.hpp>
#include <utility>

#include "model/unique_key.hpp"

namespace seatbook::model {
namespace {

namespace mi = boost::multi_index;

struct ByHostKey {};

OptionalTextKey host_key_of(const License& license) {
  return OptionalTextKey::of(license.host_key, license.id.value);
}

struct Indices
    : mi::indexed_by<
          mi::random_access<>,  // by id: position id - 1
          mi::hashed_unique<mi::tag<ByHostKey>, mi::key<&host_key_of>, OptionalTextKeyHash>> {};

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
