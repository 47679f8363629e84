/// The table of actors that have written to the book, indexed by id and by identity.
#ifndef SEATBOOK_MODEL_ACTORS_HPP_
#define SEATBOOK_MODEL_ACTORS_HPP_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "seatbook/records.hpp"

namespace seatbook::model {

class ActorTable {
 public:
  ActorTable();
  ~ActorTable();
  ActorTable(const ActorTable&) = delete;
  ActorTable& operator=(const ActorTable&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] const ActorRecord* find(ActorId id) const;
  /// Returns the actor of a service name, or of a person (with an empty name).
  [[nodiscard]] const ActorRecord* find(std::string_view actor,
                                        const std::optional<PersonId>& person) const;
  /// Adds a row, or replaces the row of the same actor. Returns false if the id leaves a gap or the
  /// actor already has another id.
  bool put(ActorRecord record);

 private:
  struct Container;
  std::unique_ptr<Container> container_;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_ACTORS_HPP_
