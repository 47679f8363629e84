// Texts made from results.
import { c } from "./library.js";
import { create, source_of, take_text } from "./rows.js";
import { struct_of } from "./values.js";

/** Returns the JSON that webhooks deliver for an event or a notification that a session returned. */
export function payload(event) {
  const { rows, row, payload: text } = source_of(event, "Event", "Notification");
  return text ?? take_text(create(c.rows_to_json, rows, row));
}

/** Returns the rows that a roster import did not add as CSV, to be corrected and imported again. */
export function to_csv(report, format) {
  const { rows } = source_of(report, "RosterReport");
  return take_text(
    create(c.rows_to_csv, rows, struct_of("seatbook_csv_format", format, "format", [])),
  );
}
