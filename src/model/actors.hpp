/// The table of actors that have written to the book: by id, by who they are.
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
  /// The service of that name, or the person (with an empty name).
  [[nodiscard]] const ActorRecord* find(std::string_view actor,
                                        const std::optional<PersonId>& person) const;
  /// Adds a row, or replaces it by the same actor's. False where its id leaves a gap or the actor
  /// has another id already.
  bool put(ActorRecord record);

 private:
  struct Container;
  std::unique_ptr<Container> container_;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_ACTORS_HPP_
