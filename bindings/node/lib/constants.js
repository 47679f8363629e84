import { choices as table, limits as numbers } from "./generated/api.js";
import { c } from "./library.js";

/** The names of each choice: choices.Role is ["super-admin", ...]. */
export const choices = Object.freeze(
  Object.fromEntries(
    Object.entries(table).map(([name, values]) => [name, Object.freeze(Object.keys(values))]),
  ),
);

/** The limits of a book: limits.MAX_NAME_LENGTH. */
export const limits = Object.freeze({ ...numbers });

/** The version of the library. */
export const version = c.version();
