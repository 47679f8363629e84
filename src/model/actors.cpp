#include "model/actors.hpp"

#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/key.hpp>
#include <boost/multi_index/random_access_index.hpp>
#include <boost/multi_index_container.hpp>
#include <utility>

#include "model/unique_key.hpp"

namespace seatbook::model {
namespace {

namespace mi = boost::multi_index;

struct ByIdentity {};

// A service has a name and no person, a person has no name: the two kinds of key never collide.
OptionalTextKey identity(std::string_view actor, const std::optional<PersonId>& person) {
  return {actor, person ? person->value : 0};
}
OptionalTextKey identity_of(const ActorRecord& record) {
  return identity(record.actor, record.person);
}

struct Indices
    : mi::indexed_by<
          mi::random_access<>,  // by id: position id - 1
          mi::hashed_unique<mi::tag<ByIdentity>, mi::key<&identity_of>, OptionalTextKeyHash>> {};

}  // namespace

struct ActorTable::Container : mi::multi_index_container<ActorRecord, Indices> {};

ActorTable::ActorTable() : container_(std::make_unique<Container>()) {}
ActorTable::~ActorTable() = default;

std::uint64_t ActorTable::size() const {
  return container_->size();
}

const ActorRecord* ActorTable::find(ActorId id) const {
  return id.value - 1 < container_->size() ? &(*container_)[id.value - 1] : nullptr;
}

const ActorRecord* ActorTable::find(std::string_view actor,
                                    const std::optional<PersonId>& person) const {
  const auto& index = container_->get<ByIdentity>();
  const auto found = index.find(identity(actor, person));
  return found == index.end() ? nullptr : &*found;
}

bool ActorTable::put(ActorRecord record) {
  const std::uint64_t position = record.id.value - 1;
  if (position == container_->size()) return container_->push_back(std::move(record)).second;
  if (position > container_->size()) return false;
  return container_->replace(container_->begin() + static_cast<std::ptrdiff_t>(position),
                             std::move(record));
}

}  // namespace seatbook::model
