#include "views/active_seats.hpp"
#include "views/views.hpp"

#include <algorithm>
#include <tuple>

#include "views/costs.hpp"
#include "views/inactivity.hpp"

namespace seatbook::views {
namespace {

/// The seats are counted in one step; those in use and their costs in slices.
RenewalRow row_of(const model::Tables& tables, const License& license, const InactivityRule& rule,
                  Timestamp now, model::Slices& slices) {
  const Usage usage = usage_of(tables, license);
  RenewalRow row;
  row.license = license.id;
  row.license_name = license.name;
  row.renewal_date = *license.renewal_date;
  row.recipients = contacts_of(tables, license).renewal_recipients;
  row.used = usage.used;
  row.total = usage.total;
  row.currency = license.currency;
  bool has_price = license.cost_per_seat.has_value();
  SeatCosts saving(license);
  const model::AssignmentTable& assignments = tables.assignments;
  each_active_seat(tables, row.license, 1, slices, [&](const model::AssignmentRow& seat) {
    const AssignmentId id(seat.id);
    const bool holder_active =
        tables.people.find(PersonId(seat.person))->person.state == PersonState::active;
    if (holder_active &&
        !is_inactive(assignments.last_use(id), assignments.since(seat), now, rule)) {
      ++row.right_sized_seats;
    } else {
      saving.add_seat(tables, id);
    }
    const auto* texts = assignments.texts(id);
    has_price = has_price || (texts != nullptr && texts->cost_override);
  });
  if (const auto available = usage.available()) saving.add_free(*available);
  row.monthly_saving = saving.monthly();
  // If there is a price but nothing to save, the saving is zero.
  if (has_price && !row.monthly_saving) row.monthly_saving.emplace();
  return row;
}

}  // namespace

std::vector<RenewalRow> renewals_due(const model::Tables& tables, const RenewalsQuery& query,
                                     Timestamp now, model::Slices& slices) {
  const Version version = tables.version;
  std::vector<RenewalRow> rows;
  const std::uint64_t last = tables.licenses.size();
  for (std::uint64_t id = 1; id <= last; ++id) {
    if (!slices.step(model::Slices::copied_row) || !slices.room(rows)) return rows;
    const License& license = *tables.licenses.find(LicenseId(id));
    if (license.state != LicenseState::active) continue;
    if (!license.renewal_date || *license.renewal_date > query.until) continue;
    rows.push_back(row_of(tables, license, rule_of(query), now, slices));
  }
  const bool sorted = slices.apart(rows.size(), [&] {
    std::sort(rows.begin(), rows.end(), [](const RenewalRow& a, const RenewalRow& b) {
      return std::tie(a.renewal_date, a.license) < std::tie(b.renewal_date, b.license);
    });
  });
  if (!sorted) return rows;
  for (RenewalRow& row : rows) {
    row.version = version;
    row.last_version = tables.version;
  }
  return rows;
}

}  // namespace seatbook::views
