import { open, SeatbookError } from "seatbook";

const book = await open(); // in memory; open("acme.db") is a file
const desk = book.session({ actor: "it-desk", role: "it-admin" });
const ada = await desk.add_person({ name: "Ada", email: "ada@example.com" });
const bo = await desk.add_person({ name: "Bo", email: "bo@example.com" });
const { license } = await desk.add_license({ name: "Inkwell", total_seats: 1, owner: ada.person });

const seat = await desk.assign({ license, person: ada.person, access_level: "Editor" });
console.log(desk.usage(license).text); // 1/1
try {
  await desk.assign({ license, person: bo.person });
} catch (error) {
  if (!(error instanceof SeatbookError) || error.code !== "no_seats_remaining") throw error;
  console.log(error.message); // No seats remaining on this license.
}

await desk.revoke({ assignment: seat.assignment, reason: "Changed teams" });
for (const row of desk.roster({ license }).rows)
  console.log(row.name, row.access_level, row.revoked_at !== null); // Ada Editor true
await book.close();
