// Seatbook for Node.js: see README.md.
export {
  Book,
  create_schema,
  drop_book,
  ManualClock,
  migrate,
  open,
  open_storage,
  operation_permissions,
  payload,
  Progress,
  role_permissions,
  SeatbookError,
  Session,
  Storage,
  to_csv,
  version,
} from "./lib/book.js";
export { choices, limits } from "./lib/constants.js";
