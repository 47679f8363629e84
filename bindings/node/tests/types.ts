// Compiled by tsc with --strict and run, to check the types against the package.
import { ManualClock, open, open_storage, payload, Progress, SeatbookError, to_csv } from "seatbook";
import type {
  Clock,
  Code,
  LicenseId,
  LogEntry,
  PersonId,
  SeatListRow,
  Session,
} from "seatbook";

function equal<T>(actual: T, expected: T): void {
  if (actual !== expected) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

async function main(): Promise<void> {
  await using book = await open(":memory:", { clock: new ManualClock("2026-03-01T12:00:00Z") });
  const own: Clock = () => new Date();
  for (const clock of [own, Date.now]) await (await open(":memory:", { clock })).close();
  let events = 0;
  const unsubscribe: () => void = book.subscribe(({ license }) => void (events += license ? 1 : 0));
  book.subscribe_notifications((notification) => equal<number>(notification.seats.length, 1));
  const desk: Session = book.session({ actor: "root", role: "super-admin" });
  const { person } = await desk.add_person({ name: "Ada", email: "ada@example.com" });
  const { license } = await desk.add_license({ name: "Inkwell", total_seats: null, owner: person });
  const known: PersonId = 1; // as read from a table of the program
  equal(person, known);
  // @ts-expect-error An id of another kind.
  const mixed: LicenseId = person;
  void mixed;
  await desk.set_owners({ license, backup_owner: null, expected_revision: 1 });
  await desk.assign({ license, person, access_level: "Editor" });
  equal(events, 1);
  unsubscribe();
  // @ts-expect-error An unknown member.
  const unknown = await desk.assign({ license, person, color: "" }).catch(String);
  equal(unknown, 'TypeError: assign has no member "color"');
  // @ts-expect-error A required member.
  const without_person = await desk.assign({ license }).catch((error: SeatbookError) => error.code);
  equal<unknown>(without_person, "required");
  // @ts-expect-error An unknown policy.
  await desk.set_policy({ license, policy: "never" }).catch(() => {});
  // @ts-expect-error Commands return a promise.
  desk.assign({ license, person }).catch(() => {}).assignment;

  const rows: readonly SeatListRow[] = desk.seat_list({ license, sort: "user" }).rows;
  equal(rows[0]?.last_used_at, null);
  const columns = desk.columns.seat_list({ license }).rows;
  const used: Float64Array = columns.last_used_at;
  equal(Number.isNaN(used[0]), true);
  const used_seats: number = desk.usage(license).used;
  equal(used_seats, 1);
  equal(desk.find_person({ email: "unknown@example.com" }), null);
  equal(desk.can("assign"), true);

  const csv = "Email\nunknown@example.com\n";
  const report = await desk.import_roster({ license, csv, progress: new Progress() });
  equal(to_csv(report).includes("unknown@example.com"), true);
  const code: Code = await desk
    .import_people({ csv: "Name\nBo\n", progress: AbortSignal.abort() })
    .then(() => "ok" as const)
    .catch((error: SeatbookError) => error.code);
  equal(code, "cancelled");
  for await (const event of desk.watch_events({ after: 0 })) {
    equal(JSON.parse(payload(event)).type, event.kind);
    break;
  }
  const storage = await open_storage();
  const on_log = ({ level, message }: LogEntry) => console.log(level, message);
  await using other = await storage.open({ on_log });
  equal(other.version, 0);
  equal(other.stats().read.calls, 1);
}

await main();
console.log("types: ok");
