// Made by capi/tools/generate.py: do not edit.
#ifndef SEATBOOK_CAPI_GENERATED_SHAPES_HPP_
#define SEATBOOK_CAPI_GENERATED_SHAPES_HPP_

#include "capi/src/members.hpp"
#include "capi/src/shapes.hpp"

namespace seatbook::capi {

template <>
const Shape ShapeOf<PersonReceipt>::shape;
template <>
const Shape ShapeOf<LicenseReceipt>::shape;
template <>
const Shape ShapeOf<SeatReceipt>::shape;
template <>
const Shape ShapeOf<BulkReceipt>::shape;
template <>
const Shape ShapeOf<Outcome>::shape;
template <>
const Shape ShapeOf<BulkSummary>::shape;
template <>
const Shape ShapeOf<Person>::shape;
template <>
const Shape ShapeOf<License>::shape;
template <>
const Shape ShapeOf<Assignment>::shape;
template <>
const Shape ShapeOf<ActorRecord>::shape;
template <>
const Shape ShapeOf<Usage>::shape;
template <>
const Shape ShapeOf<SeatRow>::shape;
template <>
const Shape ShapeOf<SoftwareRow>::shape;
template <>
const Shape ShapeOf<AssignablePerson>::shape;
template <>
const Shape ShapeOf<ReviewRow>::shape;
template <>
const Shape ShapeOf<ArchivedOwnerRow>::shape;
template <>
const Shape ShapeOf<LicenseContacts>::shape;
template <>
const Shape ShapeOf<RenewalRow>::shape;
template <>
const Shape ShapeOf<HistoryEntry>::shape;
template <>
const Shape ShapeOf<HistoryRow>::shape;
template <>
const Shape ShapeOf<LicenseTerms>::shape;
template <>
const Shape ShapeOf<HistoryTexts>::shape;
template <>
const Shape ShapeOf<EventPage>::shape;
template <>
const Shape ShapeOf<Event>::shape;
template <>
const Shape ShapeOf<NotificationPage>::shape;
template <>
const Shape ShapeOf<Notification>::shape;
template <>
const Shape ShapeOf<Notification::Seat>::shape;
template <>
const Shape ShapeOf<SeatListPage>::shape;
template <>
const Shape ShapeOf<SeatListRow>::shape;
template <>
const Shape ShapeOf<SeatFigures>::shape;
template <>
const Shape ShapeOf<RosterPage>::shape;
template <>
const Shape ShapeOf<RosterRow>::shape;
template <>
const Shape ShapeOf<ExportedFile>::shape;
template <>
const Shape ShapeOf<UtilizationRow>::shape;
template <>
const Shape ShapeOf<MoneyTotal>::shape;
template <>
const Shape ShapeOf<ReclaimPage>::shape;
template <>
const Shape ShapeOf<ReclaimRow>::shape;
template <>
const Shape ShapeOf<HolderRow>::shape;
template <>
const Shape ShapeOf<UsageOverTime>::shape;
template <>
const Shape ShapeOf<UsageStep>::shape;
template <>
const Shape ShapeOf<OffboardingTimes>::shape;
template <>
const Shape ShapeOf<OffboardingRow>::shape;
template <>
const Shape ShapeOf<RosterReport>::shape;
template <>
const Shape ShapeOf<RosterFileRow>::shape;
template <>
const Shape ShapeOf<InventoryReport>::shape;
template <>
const Shape ShapeOf<InventoryRow>::shape;

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_GENERATED_SHAPES_HPP_
