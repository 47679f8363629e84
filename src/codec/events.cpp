#include "seatbook/events.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "types/names.hpp"

namespace seatbook {
namespace {

using nlohmann::json;

constexpr types::Names<EventKind, 2> event_names = {{
    {EventKind::software_assigned, "software.assigned"},
    {EventKind::software_revoked, "software.revoked"},
}};

json actor_of(const ActorRecord& actor, const std::string& name) {
  return {{"id", actor.id.value},
          {"name", name},
          {"person", actor.person ? json(actor.person->value) : json(nullptr)}};
}

}  // namespace

std::string_view to_string(EventKind kind) noexcept {
  return types::name_of(event_names, kind);
}

// docs/reference/events.md describes the format.
std::string to_json(const Event& event) {
  return json{
      {"id", "event-" + std::to_string(event.seq.value)},
      {"type", to_string(event.kind)},
      {"seq", event.seq.value},
      {"version", event.version.value},
      {"at", event.at.to_string()},
      {"assignment", event.assignment.value},
      {"license", {{"id", event.license.value}, {"name", event.license_name}}},
      {"user",
       {{"id", event.person.value}, {"name", event.person_name}, {"email", event.person_email}}},
      {"actor", actor_of(event.actor, event.actor_name)}}
      .dump();
}

std::string to_json(const Notification& notification) {
  json seats = json::array();
  for (const Notification::Seat& seat : notification.seats) {
    seats.push_back({{"assignment", seat.assignment.value},
                     {"license", {{"id", seat.license.value}, {"name", seat.license_name}}}});
  }
  return json{{"id", "notification-" + std::to_string(notification.version.value) + "-" +
                         std::to_string(notification.person.value)},
              {"type", "seats.granted"},
              {"seq", notification.seq.value},
              {"version", notification.version.value},
              {"at", notification.at.to_string()},
              {"user",
               {{"id", notification.person.value},
                {"name", notification.person_name},
                {"email", notification.person_email}}},
              {"seats", std::move(seats)},
              {"actor", actor_of(notification.actor, notification.actor_name)}}
      .dump();
}

}  // namespace seatbook
