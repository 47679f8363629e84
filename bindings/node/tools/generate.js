// Writes lib/api.js (tables) and lib/api.d.ts (types) from capi/seatbook.api.json. The comments of the
// types come from capi/include/seatbook.h.
//
//   node tools/generate.js            writes the files
//   node tools/generate.js --check    fails if the files are not up to date
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const capi = new URL("../../../capi/", import.meta.url);
const lib = new URL("../lib/", import.meta.url);
const api = JSON.parse(fs.readFileSync(new URL("seatbook.api.json", capi), "utf8"));
const header = fs.readFileSync(new URL("include/seatbook.h", capi), "utf8");

const structs = new Map(api.structs.map((struct) => [struct.name, struct]));
const shapes = new Map(api.shapes.map((shape) => [shape.name, shape]));
const snake = (name) =>
  name.replace(/[A-Z]/g, (letter, at) => (at > 0 ? "_" : "") + letter.toLowerCase());
const pascal = (name) =>
  name
    .split("_")
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join("");

// The default values of arguments that are required in C.
const unset = { after: 0, limit: 1000 };

// ------------------------------------------------------------------------------------ comments

/** Returns the header's comment of a function, converted for TypeScript. */
function comment_of(name) {
  const at = header.search(new RegExp(`^SEATBOOK_API [^;]*?\\b${name}\\(`, "m"));
  const before = header.slice(0, at).trimEnd();
  if (at < 0 || !before.endsWith("*/")) return [];
  return comment_lines(before.slice(before.lastIndexOf("/*") + 2, -2));
}

const comment_lines = (text) =>
  text
    .split("\n")
    .map((line) => line.replace(/^\s*\*/, "").trim())
    .filter((line) => !/^(Result:|The arguments of)/.test(line) && line !== "")
    .map((line) =>
      line
        .replace(/seatbook_(\w+)\(\)/g, "$1()")
        .replace(/\bSEATBOOK_(NO_ID|NONE|NO_DATE|UNLIMITED)\b/g, "null")
        .replace(/\bSEATBOOK_([A-Z_]+)\b/g, (_, word) => word.toLowerCase()),
    );

/** Returns the comments of a struct and of its members, which are above a member or after it. */
function struct_comments(name) {
  const [, above = "", body = ""] =
    new RegExp(
      `(?:/\\*((?:(?!\\*/)[^])*)\\*/\\n)?typedef struct ${name} \\{([^]*?)\\n\\} ${name};`,
    ).exec(header) ?? [];
  const members = new Map();
  let before = "";
  for (const [, comment, member] of body.matchAll(
    /\/\*([^]*?)\*\/|([\w ]+[ *]\w+(?:\[\d+\])?;)/g,
  )) {
    if (member) {
      const own = /(\w+)(?:\[\d+\])?;/.exec(member)[1];
      members.set(own, before);
      members.last = own;
      before = "";
    } else if (is_behind(body, comment)) {
      members.set(members.last, comment);
    } else {
      before = comment;
    }
  }
  return { above: comment_lines(above), of: (member) => comment_lines(members.get(member) ?? "") };
}

/** Returns whether a comment is after a member, on the same line. */
const is_behind = (body, comment) => /;[ ]*$/.test(body.slice(0, body.indexOf(`/*${comment}*/`)));

/** Returns the header's comment of a column without its type. */
function column_comment(shape, column) {
  const constant = `SEATBOOK_COLUMN_${snake(shape)}_${column} = `.toUpperCase();
  const at = header.indexOf(`  ${constant}`);
  const [, behind] = /^[^\n/]*\/\* (.*) \*\/\n/.exec(header.slice(at)) ?? [];
  const [, above] = /\n\s*\/\*((?:(?!\/\*)[^])*)\*\/\s*$/.exec(header.slice(0, at)) ?? [];
  const text = comment_lines(behind ?? above ?? "").join("\n");
  const lines = text.replace(/^[^;]*;?\s*(may be null;?\s*)?/, "").split("\n");
  return lines.filter((line) => line !== "");
}

function commented(lines, indent) {
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

// -------------------------------------------------------------------------------------- tables

function members_of(struct) {
  return struct.members
    .filter((member) => !["struct_size", "fields"].includes(member.name))
    .map(({ name, c, type, bit }) => (type ? { name, c, type, bit } : { name, c }));
}

/** Nests the columns: the members of a record are the columns that follow it. */
function nested(columns) {
  const result = [];
  for (let at = 0; at < columns.length; at++) {
    const { name, type, choice, shape, optional, members = 0 } = columns[at];
    const column = { name, at, type };
    if (choice) column.choice = choice;
    if (type === "list") column.shape = shape;
    if (optional) column.optional = true;
    if (type === "record") {
      column.members = nested_within(columns, at, members, name);
      at += members;
    }
    result.push(column);
  }
  return result;
}

function nested_within(columns, record, count, prefix) {
  const inner = columns.slice(record + 1, record + 1 + count).map((column) => ({
    ...column,
    name: column.name.slice(prefix.length + 1),
  }));
  const moved = (list) =>
    list.map((column) => ({
      ...column,
      at: column.at + record + 1,
      ...(column.members ? { members: moved(column.members) } : {}),
    }));
  return moved(nested(inner));
}

/** Returns the prototype of a function for koffi, with byte arrays and out-parameters marked. */
function prototype(fn) {
  const parameters = fn.parameters.map(({ name, type }) => {
    const out =
      /\*\*$/.test(type) ||
      (/^(seatbook_\w+|u?int\d+_t|size_t) \*$/.test(type) &&
        !/^seatbook_(book|session|clock|progress|storage|rows|error) \*$/.test(type));
    const spelled = type.replace(/^const char \*$/, "const uint8_t *");
    return `${out && !/^(u?int8_t|char) \*$/.test(type) ? "_Out_ " : ""}${spelled} ${name}`;
  });
  // koffi reads texts that end with NUL. seatbook_rows_bytes returns several texts.
  const text = fn.returns === "const char *" && fn.name !== "seatbook_rows_bytes";
  const returns = fn.returns.startsWith("const ") && !text ? "const void *" : fn.returns;
  return `${returns} ${fn.name}(${parameters.join(", ")})`;
}

const constants = () =>
  api.constants
    .filter(({ name }) => /^SEATBOOK_(ABI_VERSION|MAX_|NONE|UNLIMITED|NO_DATE|NO_ID|UNREADABLE_DATE)/.test(name))
    .map(({ name, value }) => [name.replace(/^SEATBOOK_/, ""), value]);

function tables() {
  const table = (name, value, comment) => {
    const lines = Object.entries(value).map(
      ([key, each]) => `  ${JSON.stringify(key)}: ${JSON.stringify(each)},\n`,
    );
    return `/** ${comment} */\nexport const ${name} = {\n${lines.join("")}};\n`;
  };
  // Arrow for JavaScript cannot read C streams. Storages supplied by a program are in another header.
  const used = ({ name }) =>
    name !== "seatbook_rows_to_arrow" &&
    new RegExp(`^SEATBOOK_API .*\\b${name}\\(`, "m").test(header);
  const operations = api.operations.map((operation) => [
    operation.name,
    {
      function: operation.function,
      kind: operation.kind,
      request: operation.request ?? undefined,
      arguments: operation.arguments.map(({ name, type }) => ({ name, type, unset: unset[name] })),
      outputs: operation.outputs.map(({ type }) => type),
      form: operation.form,
      shape: operation.shape ?? undefined,
    },
  ]);
  const functions = api.functions
    .filter(used)
    .map((fn) => [fn.name.replace(/^seatbook_/, ""), prototype(fn)]);
  return [
    "// Generated by tools/generate.js from capi/seatbook.api.json. Do not edit.",
    table("constants", Object.fromEntries(constants()), "Limits and placeholder numbers."),
    table(
      "types",
      Object.fromEntries(api.choices.map(({ name, type }) => [name, type])),
      "The types of choices in C.",
    ),
    table(
      "choices",
      Object.fromEntries(api.choices.map(({ name, values }) => [name, values])),
      "The numbers of choices by name.",
    ),
    table(
      "structs",
      Object.fromEntries(api.structs.map((struct) => [struct.name, members_of(struct)])),
      "The members of requests and other structs, without struct_size and fields.",
    ),
    table(
      "shapes",
      Object.fromEntries(api.shapes.map(({ name, columns }) => [name, nested(columns)])),
      "The columns of results; `at` is the number of a column.",
    ),
    table("operations", Object.fromEntries(operations), "The operations of a session."),
    table(
      "functions",
      Object.fromEntries(functions),
      "The prototypes of the library's functions for koffi.",
    ),
  ].join("\n");
}

// --------------------------------------------------------------------------------------- types

const id_type = (of) => (of ? `${pascal(of)}Id` : "number");

function type_of_member(type) {
  const [, optional, rest] = /^(optional |edit )?(.*)$/.exec(type);
  const nullable = optional === "edit " ? " | null" : "";
  const [kind, what, which] = rest.split(" ");
  const plain = {
    text: "string",
    number: "number",
    number32: "number",
    integer32: "number",
    flag: "boolean",
    time: "Time",
    date: "DateText",
    money: "MoneyText",
    total: "number | null",
    request_id: "RequestId",
    permissions: "readonly Permission[]",
    clock: "Clock",
    progress: "Progress | CancelSignal",
    sink: "Sink",
  };
  if (kind === "id") return id_type(what) + nullable;
  if (kind === "choice") return what + nullable;
  if (kind === "record") return what;
  if (kind === "list") return `readonly ${what === "id" ? id_type(which) : which}[]`;
  if (!(kind in plain)) throw new Error(`no type for ${type}`);
  return plain[kind] + nullable;
}

/** Returns whether a member is required: without it the request always fails. */
const is_required = (struct, { name, type }) =>
  struct.endsWith("_request")
    ? (/^id /.test(type) && name !== "after") ||
      /^(list |date)/.test(type) ||
      ["csv", "used_at"].includes(name) ||
      (name === "name" && struct.startsWith("seatbook_add_")) ||
      (/^seatbook_set_(total|policy)/.test(struct) && ["total_seats", "policy"].includes(name))
    : struct === "seatbook_seat_use" && name === "used_at";

const csv_or = (name, type) => (name === "csv" ? "string | Uint8Array" : type);

/** Returns the name of the interface of a struct: AssignRequest, SeatUse, OpenOptions. */
const interface_of = (struct) => pascal(struct.replace(/^seatbook_/, ""));

function type_of_column(column) {
  const plain = {
    number: "number",
    flag: "boolean",
    time: "TimeText",
    date: "DateText",
    money: "MoneyText",
    money_sum: "MoneyText",
    text: "string",
  };
  const { type, choice, shape, of, optional } = column;
  const spelled =
    type === "id"
      ? id_type(of)
      : type === "choice"
        ? choice
        : type === "record"
          ? shape
          : type === "list"
            ? `readonly ${type_of_row(shape)}[]`
            : plain[type];
  return spelled + (optional ? " | null" : "");
}

const type_of_row = (shape) =>
  shape === "Ids" ? "PersonId" : shape === "Texts" ? "string" : shape;

function own_columns(shape) {
  const result = [];
  for (let at = 0; at < shape.columns.length; at++) {
    result.push(shape.columns[at]);
    at += shape.columns[at].members ?? 0;
  }
  return result;
}

function columns_type(column) {
  const { type, choice, shape } = column;
  if (type === "list") return `readonly (readonly ${type_of_row(shape)}[])[]`;
  if (type === "record") return `readonly (${shape}${column.optional ? " | null" : ""})[]`;
  if (type === "choice") return `readonly (${choice}${column.optional ? " | null" : ""})[]`;
  if (type === "flag") return "Uint8Array";
  if (type === "text" || type === "money_sum")
    return `readonly ${column.optional ? "(string | null)" : "string"}[]`;
  return "Float64Array";
}

function types() {
  const out = [
    "// Generated by tools/generate.js from capi/seatbook.api.json. Do not edit.\n",
  ];
  out.push(`import type { ActorId, AssignmentId, CancelSignal, Clock, DateText, LicenseId, MoneyText,
  PersonId, Progress, RequestId, Sink, Time, TimeText } from "../index.js";\n`);
  for (const { name, values } of api.choices)
    out.push(
      `export type ${name} =\n${Object.keys(values)
        .map((value) => `  | "${value}"`)
        .join("\n")};\n`,
    );

  out.push(`/** The names of each kind of choice. */
export interface Choices {\n${api.choices
    .map(({ name }) => `  readonly ${name}: readonly ${name}[];\n`)
    .join("")}}\n`);
  out.push(`/** The limits of a book. */
export interface Limits {\n${constants()
    .filter(([name]) => name.startsWith("MAX_"))
    .map(([name, value]) => `  readonly ${name}: ${value};\n`)
    .join("")}}\n`);

  for (const struct of api.structs) {
    const members = members_of(struct).filter((member) => member.type);
    const comments = struct_comments(struct.name);
    out.push(
      `${commented(comments.above, "")}export interface ${interface_of(struct.name)} {\n${members
        .map((member) => {
          const type = csv_or(member.name, type_of_member(member.type));
          const prefix = `${snake(/choice (\w+)/.exec(member.type)?.[1] ?? "none")}_`;
          const lines = comments.of(member.name).map((line) => line.replace(`${prefix}`, ""));
          return (
            commented(lines, "  ") +
            (is_required(struct.name, member)
              ? `  ${member.name}: ${type};\n`
              : `  ${member.name}?: ${type} | undefined;\n`)
          );
        })
        .join("")}}\n`,
    );
  }

  for (const shape of api.shapes) {
    if (["Ids", "Texts"].includes(shape.name)) continue;
    out.push(
      `export interface ${shape.name} {\n${own_columns(shape)
        .map(
          (column) =>
            commented(column_comment(shape.name, column.name), "  ") +
            `  readonly ${column.name}: ${type_of_column(column)};\n`,
        )
        .join("")}}\n`,
    );
  }

  // The results as columns: the rows of lists, and the results that have such lists.
  const listed = new Set();
  const pages = new Set();
  for (const { form, shape } of api.operations) {
    if (form === "list") listed.add(shape);
    if (form !== "object") continue;
    const lists = own_columns(shapes.get(shape)).filter(
      ({ type, shape: of }) => type === "list" && !["Ids", "Texts"].includes(of),
    );
    if (lists.length === 0) continue;
    pages.add(shape);
    for (const list of lists) listed.add(list.shape);
  }
  for (const name of [...listed].sort())
    out.push(
      `export interface ${name}Table {\n  readonly length: number;\n${own_columns(shapes.get(name))
        .map((column) => `  readonly ${column.name}: ${columns_type(column)};\n`)
        .join("")}}\n`,
    );
  for (const name of [...pages].sort())
    out.push(
      `export interface ${name}Table {\n${own_columns(shapes.get(name))
        .map(
          (column) =>
            `  readonly ${column.name}: ${listed.has(column.shape) && column.type === "list" ? `${column.shape}Table` : type_of_column(column)};\n`,
        )
        .join("")}}\n`,
    );

  const parameters_of = ({ kind, request, arguments: given }) => {
    if (kind === "arguments" && request)
      return members_of(structs.get(request))
        .map(({ name, type }) => `${name}?: ${type_of_member(type)}`)
        .join(", ");
    if (request) {
      const needed = structs
        .get(request)
        .members.some((member) => member.type && is_required(request, member));
      return `request${needed ? "" : "?"}: ${interface_of(request)}`;
    }
    return given
      .map(({ name, type }) => `${name}${name in unset ? "?" : ""}: ${type_of_member(type)}`)
      .join(", ");
  };
  const result_of = ({ form, shape, outputs }, columns) => {
    if (form === "value") {
      const [kind, of] = outputs[0].type.split(" ");
      return kind === "id"
        ? `${id_type(of)} | null`
        : kind === "time"
          ? "TimeText | null"
          : "number";
    }
    if (columns) return `${shape}Table`;
    return form === "list" ? `readonly ${shape}[]` : shape;
  };
  const waits = ({ kind }) => kind === "command" || kind === "file";
  // can() and why_not() are written by hand, in index.d.ts.
  const generated = api.operations.filter(({ form }) => form !== "flag" && form !== "nothing");
  const promised = (operation, result) => (waits(operation) ? `Promise<${result}>` : result);

  out.push(`/** The operations of a session. Operations that may wait for storage return a promise. */
export interface Operations {\n${generated
    .map(
      (operation) =>
        commented(comment_of(operation.function), "  ") +
        `  ${operation.name}(${parameters_of(operation)}): ${promised(operation, result_of(operation, false))};\n`,
    )
    .join("")}}\n`);
  const tabular = api.operations.filter(
    ({ form, shape }) => form === "list" || (form === "object" && pages.has(shape)),
  );
  out.push(`/** The operations that return lists, with each list as columns. */
export interface ColumnOperations {\n${tabular
    .map(
      (operation) =>
        `  ${operation.name}(${parameters_of(operation)}): ${promised(operation, result_of(operation, true))};\n`,
    )
    .join("")}}\n`);
  return out.join("\n");
}

// ----------------------------------------------------------------------------------------------

const written = { "api.js": tables(), "api.d.ts": types() };
const stale = Object.keys(written).filter((name) => {
  const file = new URL(name, lib);
  return !fs.existsSync(file) || fs.readFileSync(file, "utf8") !== written[name];
});
if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`not up to date: ${stale.map((name) => fileURLToPath(new URL(name, lib))).join(", ")}
run: node bindings/node/tools/generate.js`);
    process.exit(1);
  }
} else {
  for (const name of stale) fs.writeFileSync(new URL(name, lib), written[name]);
}
