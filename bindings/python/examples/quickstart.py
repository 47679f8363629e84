import seatbook

with seatbook.open() as book:  # in memory; seatbook.open("acme.db") opens a file
    desk = book.session("it-desk", role="it_admin")
    ada = desk.add_person(name="Ada", email="ada@example.com")
    bo = desk.add_person(name="Bo", email="bo@example.com")
    inkwell = desk.add_license(name="Inkwell", total_seats=1, owner=ada)

    seat = desk.assign(inkwell, ada, access_level="Editor")
    print(desk.usage(inkwell))  # Usage(1/1, 0 available)

    try:
        desk.assign(inkwell, bo)
    except seatbook.NoSeatsRemainingError as error:
        print(error.message)  # No seats remaining on this license.

    desk.revoke(seat, reason="Changed teams")
    for row in desk.roster(inkwell):
        print(row.name, row.assigned_at.date(), row.revoked_at is None)
