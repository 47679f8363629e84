// Opens a book in a worker thread and runs calls until it is terminated: see api.test.js.
import { parentPort } from "node:worker_threads";
import { open } from "seatbook";

const desk = (await open()).session({ actor: "worker", role: "super-admin" });
parentPort.postMessage((await desk.add_person({ name: "Ada" })).person);
const csv = `Name\n${"x\n".repeat(50000)}`;
for (;;) await desk.import_people({ csv, dry_run: true });
