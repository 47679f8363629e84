// A book of a worker thread's own, and calls without an end: see api.test.js.
import { parentPort } from "node:worker_threads";
import { open } from "seatbook";

const desk = (await open()).session({ actor: "worker", role: "super-admin" });
parentPort.postMessage((await desk.add_person({ name: "Ada" })).person);
const csv = `Name\n${"x\n".repeat(50000)}`;
for (;;) await desk.import_people({ csv, dry_run: true });
