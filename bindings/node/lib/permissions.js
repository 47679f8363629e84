// The permissions that operations need and that roles have.
import { choices } from "./generated/api.js";
import { c } from "./library.js";
import { choice_of } from "./values.js";

const permissions_in = (set) =>
  Object.freeze(
    Object.keys(choices.Permission).filter((name) => set & (1 << choices.Permission[name])),
  );

export const operation_permissions = (operation) =>
  permissions_in(c.operation_permissions(choice_of("operation", operation, "Operation")));

export const role_permissions = (role) =>
  permissions_in(c.role_permissions(choice_of("role", role, "Role")));
