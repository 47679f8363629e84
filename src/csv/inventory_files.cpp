#include "csv/inventory_files.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv/cells.hpp"
#include "csv/profile.hpp"
#include "csv/table.hpp"
#include "text/utf8.hpp"

namespace seatbook::csv {
namespace {

/// One field of a row: its name in the command's columns, the column that the command names, and
/// the names it has otherwise.
struct Field {
  const char* name;
  const std::string& named;
  std::vector<std::string> usual;
};

bool same_name(const std::string& a, const std::string& b) {
  return text::fold(text::trim(a)) == text::fold(text::trim(b));
}

/// A column that the command names belongs to that field, whatever its usual meaning is.
std::vector<KnownColumn> known_columns(const std::vector<Field>& fields) {
  std::vector<KnownColumn> columns;
  for (const Field& field : fields) {
    KnownColumn& column = columns.emplace_back();
    if (!field.named.empty()) {
      column.names = {field.named};
      column.required = true;
      continue;
    }
    for (const std::string& usual : field.usual) {
      const bool taken = std::any_of(fields.begin(), fields.end(), [&](const Field& other) {
        return !other.named.empty() && same_name(other.named, usual);
      });
      if (!taken) column.names.push_back(usual);
    }
    column.title = field.usual.front();
  }
  return columns;
}

/// Fills a file's lines; read() takes the cells of one row into its line.
template <class Line>
class InventoryRows : public TableHandler {
 public:
  explicit InventoryRows(CsvProfile profile) : profile_(profile) {}

  void row(const Header& header, const Row& row) override {
    header_ = &header;
    row_ = &row;
    line_ = &file.lines.emplace_back();
    line_->line = row.line;
    empty_ = true;
    read(*line_);
    if (header.fits(row)) {
      line_->empty = empty_;
    } else {
      line_->code = Code::malformed_csv;
      line_->column = 0;
    }
  }

  rules::InventoryFile<Line> file;

 protected:
  virtual void read(Line& line) = 0;

  /// The cell of a field, trimmed; empty where there is none.
  [[nodiscard]] std::string_view cell(std::size_t field) {
    const auto text = text::trim(unguarded(header_->cell(*row_, field), profile_));
    empty_ = empty_ && text.empty();
    return text;
  }
  [[nodiscard]] std::string text(std::size_t field) { return std::string(cell(field)); }

  /// Sets `target` to what the field's cell stands for; without a value it stays as it is.
  template <class Value, class Target, class... Options>
  void read_into(Target& target, std::size_t field,
                 Result<Value> (*parse)(std::string_view, Options...), Options... options) {
    const std::string_view text = cell(field);
    if (text.empty()) return;
    auto value = parse(text, options...);
    if (value) {
      target = *std::move(value);
    } else if (line_->code == Code::ok) {
      line_->code = value.error().code;
      line_->column = header_->number(field);
    }
  }

 private:
  CsvProfile profile_;
  const Header* header_ = nullptr;
  const Row* row_ = nullptr;
  Line* line_ = nullptr;
  bool empty_ = true;
};

namespace person_field {
enum : std::size_t { name, first_name, last_name, email, host_key, active };
}

class PeopleRows final : public InventoryRows<rules::PersonLine> {
 public:
  using InventoryRows::InventoryRows;

 private:
  void read(rules::PersonLine& line) override {
    line.person.name = text(person_field::name);
    const std::string first = text(person_field::first_name);
    const std::string last = text(person_field::last_name);
    if (line.person.name.empty()) {
      line.person.name = first + (first.empty() || last.empty() ? "" : " ") + last;
    }
    line.person.email = text(person_field::email);
    line.person.host_key = text(person_field::host_key);
    read_into(line.active, person_field::active, &flag_in);
  }
};

namespace license_field {
enum : std::size_t {
  name,
  vendor,
  product_group,
  host_key,
  total_seats,
  cost_per_seat,
  currency,
  billing_period,
  renewal_date,
  policy,
  owner_email,
  holder_email
};
}

class LicenseRows final : public InventoryRows<rules::LicenseLine> {
 public:
  explicit LicenseRows(const ImportLicenses& command)
      : InventoryRows(command.profile), command_(command) {}

 private:
  void read(rules::LicenseLine& line) override {
    AddLicense& license = line.license;
    license.name = text(license_field::name);
    license.vendor = text(license_field::vendor);
    license.product_group = text(license_field::product_group);
    license.host_key = text(license_field::host_key);
    read_into(license.total_seats, license_field::total_seats, &total_in);
    read_into(license.cost_per_seat, license_field::cost_per_seat, &cost_in,
              std::string_view(command_.currency_sign));
    license.currency = text(license_field::currency);
    read_into(license.billing_period, license_field::billing_period, &period_in);
    read_into(license.renewal_date, license_field::renewal_date, &date_in, command_.date_order);
    read_into(license.policy, license_field::policy, &policy_in);
    line.owner_email = text(license_field::owner_email);
    line.holder_email = text(license_field::holder_email);
  }

  const ImportLicenses& command_;
};

template <class Rows, class Command>
auto read_file(const Command& command, const std::vector<Field>& fields,
               const std::vector<KnownColumn>& columns, Rows& rows) -> Result<decltype(rows.file)> {
  auto header = read_table(command.csv, columns, command.progress, rows);
  if (!header) return std::move(header).error();
  for (std::size_t field = 0; field < fields.size(); ++field) {
    rows.file.places.emplace(fields[field].name, header->number(field));
  }
  rows.file.columns = std::move(header->names);
  rows.file.ignored_columns = std::move(header->unknown);
  return std::move(rows.file);
}

}  // namespace

Result<rules::PeopleFile> read_people(const ImportPeople& command) {
  const PeopleColumns& of = command.columns;
  const std::vector<Field> fields = {{"name", of.name, {"Name"}},
                                     {"first_name", of.first_name, {"First Name", "first_name"}},
                                     {"last_name", of.last_name, {"Last Name", "last_name"}},
                                     {"email", of.email, {"Email"}},
                                     {"host_key", of.host_key, {"Host Key", "host_key"}},
                                     {"active", of.active, {"Active"}}};
  std::vector<KnownColumn> columns = known_columns(fields);
  columns[person_field::name].required = true;
  if (of.name.empty()) {
    columns[person_field::name].or_else = {person_field::first_name, person_field::last_name};
  }
  PeopleRows rows(command.profile);
  return read_file(command, fields, columns, rows);
}

Result<rules::LicensesFile> read_licenses(const ImportLicenses& command) {
  const LicenseColumns& of = command.columns;
  const std::vector<Field> fields = {
      {"name", of.name, {"Name"}},
      {"vendor", of.vendor, {"Vendor"}},
      {"product_group", of.product_group, {"Product Group", "product_group"}},
      {"host_key", of.host_key, {"Host Key", "host_key"}},
      {"total_seats", of.total_seats, {"Total Seats", "total_seats"}},
      {"cost_per_seat", of.cost_per_seat, {"Cost Per Seat", "cost_per_seat"}},
      {"currency", of.currency, {"Currency"}},
      {"billing_period", of.billing_period, {"Billing Period", "billing_period"}},
      {"renewal_date", of.renewal_date, {"Renewal Date", "renewal_date"}},
      {"policy", of.policy, {"Policy"}},
      {"owner_email", of.owner_email, {"Owner Email", "owner_email"}},
      {"holder_email", of.holder_email, {"Holder Email", "holder_email"}}};
  std::vector<KnownColumn> columns = known_columns(fields);
  columns[license_field::name].required = true;
  LicenseRows rows(command);
  return read_file(command, fields, columns, rows);
}

}  // namespace seatbook::csv
