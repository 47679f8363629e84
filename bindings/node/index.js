// Seatbook for Node.js: see README.md.
export { Book, Session } from "./lib/book.js";
export { ManualClock, Progress } from "./lib/clock.js";
export { choices, limits, version } from "./lib/constants.js";
export { create_schema, drop_book, migrate, open, open_storage, Storage } from "./lib/opening.js";
export { operation_permissions, role_permissions } from "./lib/permissions.js";
export { SeatbookError } from "./lib/rows.js";
export { payload, to_csv } from "./lib/texts.js";
