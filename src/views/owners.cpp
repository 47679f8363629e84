#include "views/owners.hpp"

#include <algorithm>
#include <tuple>

namespace seatbook::views {
namespace {

bool is_archived(const model::Tables& tables, PersonId person) {
  return tables.people.find(person)->person.state != PersonState::active;
}

template <class Take>
void each_active_license(const model::Tables& tables, const Take& take) {
  for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) {
    const License& license = *tables.licenses.find(LicenseId(id));
    if (license.state == LicenseState::active) take(license);
  }
}

}  // namespace

LicenseContacts contacts_of(const model::Tables& tables, const License& license) {
  LicenseContacts contacts;
  contacts.owner = license.owner;
  contacts.owner_archived = is_archived(tables, license.owner);
  contacts.backup_owner = license.backup_owner;
  contacts.backup_archived = license.backup_owner && is_archived(tables, *license.backup_owner);
  if (!contacts.owner_archived) {
    contacts.approver = license.owner;
  } else if (license.backup_owner && !contacts.backup_archived) {
    contacts.approver = license.backup_owner;
  }
  if (contacts.approver) contacts.renewal_recipients.push_back(*contacts.approver);
  return contacts;
}

std::vector<ArchivedOwnerRow> archived_owners(const model::Tables& tables) {
  std::vector<ArchivedOwnerRow> rows;
  each_active_license(tables, [&](const License& license) {
    const LicenseContacts contacts = contacts_of(tables, license);
    if (!contacts.owner_archived && !contacts.backup_archived) return;
    rows.push_back({license.id, license.name, license.owner, contacts.owner_archived,
                    license.backup_owner, contacts.backup_archived});
  });
  return rows;
}

std::vector<RenewalRow> renewals_due(const model::Tables& tables, Date until) {
  std::vector<RenewalRow> rows;
  each_active_license(tables, [&](const License& license) {
    if (!license.renewal_date || *license.renewal_date > until) return;
    rows.push_back({license.id, license.name, *license.renewal_date,
                    contacts_of(tables, license).renewal_recipients});
  });
  std::sort(rows.begin(), rows.end(), [](const RenewalRow& a, const RenewalRow& b) {
    return std::tie(a.renewal_date, a.license) < std::tie(b.renewal_date, b.license);
  });
  return rows;
}

}  // namespace seatbook::views
