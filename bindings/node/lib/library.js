// Loads the shared library and declares its structs and functions to koffi.
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import koffi from "koffi";
import { constants, functions, structs, types } from "./generated/api.js";

/** Returns the path in SEATBOOK_LIBRARY, or the library in this package or in the source tree. */
function library_file() {
  if (process.env.SEATBOOK_LIBRARY) return process.env.SEATBOOK_LIBRARY;
  const name = process.platform === "darwin" ? "libseatbook.dylib" : "libseatbook.so";
  const near = ["../native/", "../../../build/release/capi/"].map((folder) =>
    fileURLToPath(new URL(folder + name, import.meta.url)),
  );
  return near.find((file) => fs.existsSync(file)) ?? name; // or the path of the system loader
}

function load() {
  const file = library_file();
  try {
    return koffi.load(file);
  } catch (error) {
    throw new Error(`${error.message}: set SEATBOOK_LIBRARY to the path of the Seatbook library`, {
      cause: error,
    });
  }
}

for (const [name, type] of Object.entries({
  id: "uint64_t",
  time: "int64_t",
  date: "int32_t",
  money: "int64_t",
  flag: "int32_t",
}))
  koffi.alias(`seatbook_${name}`, type);
for (const name of Object.values(types)) koffi.alias(name, "int32_t");
for (const name of ["book", "session", "storage", "clock", "progress", "rows", "error"])
  koffi.opaque(`seatbook_${name}`);

koffi.struct("seatbook_text", { data: "const uint8_t *", size: "size_t" });
const Write = koffi.proto(
  "int32_t seatbook_sink_write(void *self, const uint8_t *bytes, size_t size)",
);
koffi.struct("seatbook_sink", {
  struct_size: "size_t",
  self: "void *",
  write: koffi.pointer(Write),
  destroy: "void *",
});
const Receive = koffi.proto(
  "int32_t seatbook_listener_receive(void *self, const seatbook_rows *rows)",
);
const Destroy = koffi.proto("void seatbook_listener_destroy(void *self)");
const Listener = koffi.struct("seatbook_listener", {
  struct_size: "size_t",
  self: "void *",
  destroy: koffi.pointer(Destroy),
  receive: koffi.pointer(Receive),
});
koffi.opaque("seatbook_clock_callbacks"); // a parameter of a function that this package does not call

/** Returns the value of a member that is not set. */
function empty_member(c) {
  if (c === "seatbook_text") return { data: null, size: 0 };
  if (c === "uint8_t[16]") return new Uint8Array(16);
  return c.endsWith("*") ? null : 0;
}

/** The type, the empty value and the members of each struct. */
export const layouts = Object.fromEntries(
  Object.entries(structs).map(([name, members]) => {
    const type = koffi.struct(name, {
      struct_size: "size_t",
      fields: "uint64_t",
      ...Object.fromEntries(
        members.map(({ name: member, c }) => [
          member,
          c === "uint8_t[16]" ? koffi.array("uint8_t", 16) : c,
        ]),
      ),
    });
    const empty = { struct_size: koffi.sizeof(type), fields: 0 };
    for (const member of members) empty[member.name] = empty_member(member.c);
    const known = new Map(
      members.filter(({ type: own }) => own).map((member) => [member.name, member]),
    );
    return [name, { type, empty, members: known }];
  }),
);

const library = load();

/** The functions of seatbook.h, without their prefix. Their `async` method runs on another thread. */
export const c = Object.fromEntries(
  Object.entries(functions).map(([name, prototype]) => [name, library.func(prototype)]),
);

if (c.abi_version() !== constants.ABI_VERSION)
  throw new Error(`this package does not support release ${c.version()} of the library`);

/** Copies the bytes at a pointer that a call returned. */
export const bytes_at = (pointer, count) => koffi.decode(pointer, "uint8_t", count);

/** Reads 64-bit numbers at a pointer. They do not exceed 2^53, so a double represents them exactly. */
export function numbers_at(pointer, count) {
  const halves = koffi.decode(pointer, "uint32_t", 2 * count);
  const result = new Array(count);
  for (let at = 0; at < count; at++)
    result[at] = (halves[2 * at + 1] | 0) * 0x100000000 + halves[2 * at];
  return result;
}

/** Registers a function that C may call during a call. Call `forget` after the call. */
export const sink_of = (write) => koffi.register(write, koffi.pointer(Write));
export const forget = (registered) => koffi.unregister(registered);

// The functions that listeners call, by the numbers that C passes back.
const receivers = new Map();
let last_receiver = 0n;
let registered = null;

/**
 * Returns a listener for C, which calls `receive` with rows until the subscription ends. A command on
 * another thread waits until the event loop has called `receive`. A function that waits for this
 * command on the event loop would never return. No function does: while a command calls listeners,
 * it holds no lock.
 */
export function listener_of(receive) {
  registered ??= {
    destroy: koffi.register((self) => void receivers.delete(self), koffi.pointer(Destroy)),
    receive: koffi.register((self, rows) => {
      try {
        receivers.get(self)(rows);
        return 0;
      } catch {
        return 1; // counted by listener_failures
      }
    }, koffi.pointer(Receive)),
  };
  receivers.set(++last_receiver, receive);
  return { struct_size: koffi.sizeof(Listener), self: last_receiver, ...registered };
}

// The objects that running calls use. This set protects them from garbage collection.
const in_use = new Set();

const most_in_use = 64; // Node has 4 threads by default; koffi accepts a few hundred calls
const waiting = [];

/** Calls a function on another thread and returns its result. `native` is the handle it uses, or null. */
export const on_thread = (native, fn, ...args) =>
  new Promise((resolve, reject) => {
    const use = [native, args];
    native?.begin();
    const start = () => {
      in_use.add(use);
      fn.async(...args, (error, result) => {
        in_use.delete(use);
        native?.end();
        waiting.shift()?.();
        if (error) reject(error);
        else resolve(result);
      });
    };
    if (in_use.size < most_in_use) start();
    else waiting.push(start);
  });

const finalizers = new FinalizationRegistry(({ free, pointer }) => free(pointer));

/**
 * A handle of the library. It is freed by release(), after the calls on other threads that use it, or
 * when it is garbage collected. V8 does not account for its memory, because koffi cannot report it.
 */
export class Native {
  #free;
  #uses = 0;

  /** Keeps the object `keeps` alive. */
  constructor(pointer, free, keeps = null) {
    this.pointer = pointer;
    this.keeps = keeps;
    this.released = false;
    this.#free = free;
    finalizers.register(this, { free, pointer }, this);
  }

  begin() {
    this.#uses++;
  }

  end() {
    this.#uses--;
    this.#free_unused();
  }

  /** Frees the handle when no call uses it. No further call may begin. */
  release() {
    if (this.released) return;
    this.released = true;
    this.#free_unused();
  }

  #free_unused() {
    if (!this.released || this.#uses > 0) return;
    finalizers.unregister(this);
    this.#free(this.pointer);
  }
}

/** Frees `pointer` when `owner` is garbage collected. */
export function owned(owner, pointer, free) {
  finalizers.register(owner, { free, pointer });
  return pointer;
}
