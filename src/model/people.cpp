#include "model/people.hpp"

#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/key.hpp>
#include <boost/multi_index/random_access_index.hpp>
#include <boost/multi_index_container.hpp>
#include <utility>

#include "model/unique_key.hpp"
#include "text/utf8.hpp"

namespace seatbook::model {
namespace {

namespace mi = boost::multi_index;

struct ByEmail {};
struct ByHostKey {};

OptionalTextKey email_of(const PersonRow& row) {
  return OptionalTextKey::of(row.email_key, row.person.id.value);
}
OptionalTextKey host_key_of(const PersonRow& row) {
  return OptionalTextKey::of(row.person.host_key, row.person.id.value);
}

// By id: position id - 1, because ids are dense. This is the cheapest index (decision 0004).
struct Indices
    : mi::indexed_by<
          mi::random_access<>,
          mi::hashed_unique<mi::tag<ByEmail>, mi::key<&email_of>, OptionalTextKeyHash>,
          mi::hashed_unique<mi::tag<ByHostKey>, mi::key<&host_key_of>, OptionalTextKeyHash>> {};

}  // namespace

struct PersonTable::Container : mi::multi_index_container<PersonRow, Indices> {};

PersonTable::PersonTable() : container_(std::make_unique<Container>()) {}
PersonTable::~PersonTable() = default;

std::uint64_t PersonTable::size() const {
  return container_->size();
}

const PersonRow* PersonTable::find(PersonId id) const {
  return id.value - 1 < container_->size() ? &(*container_)[id.value - 1] : nullptr;
}

const PersonRow* PersonTable::find_email(std::string_view email_key) const {
  const auto& index = container_->get<ByEmail>();
  const auto found = index.find(OptionalTextKey{email_key});
  return found == index.end() ? nullptr : &*found;
}

const PersonRow* PersonTable::find_host_key(std::string_view host_key) const {
  const auto& index = container_->get<ByHostKey>();
  const auto found = index.find(OptionalTextKey{host_key});
  return found == index.end() ? nullptr : &*found;
}

void PersonTable::release_keys(PersonId id) {
  if (find(id) == nullptr) return;
  const auto at = container_->begin() + static_cast<std::ptrdiff_t>(id.value - 1);
  PersonRow row = *at;
  row.email_key.clear();
  row.person.host_key.clear();
  container_->replace(at, std::move(row));
}

bool PersonTable::put(Person person) {
  const std::uint64_t position = person.id.value - 1;
  PersonRow row;
  row.email_key = text::email_key(person.email);
  row.name_key = text::fold(person.name);
  row.person = std::move(person);
  if (position == container_->size()) return container_->push_back(std::move(row)).second;
  if (position > container_->size()) return false;
  return container_->replace(container_->begin() + static_cast<std::ptrdiff_t>(position),
                             std::move(row));
}

}  // namespace seatbook::model
