package main

import (
	"errors"
	"fmt"
	"log"

	seatbook "seatbook.example/go"
)

func must[T any](result T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return result
}

func main() {
	book := must(seatbook.Open("")) // in memory; seatbook.Open("acme.db") is a file
	defer book.Close()
	desk := book.Session(seatbook.Actor{Name: "it-desk", Role: seatbook.ITAdmin})

	ada := must(desk.AddPerson(seatbook.AddPerson{Name: "Ada", Email: "ada@example.com"}))
	bo := must(desk.AddPerson(seatbook.AddPerson{Name: "Bo", Email: "bo@example.com"}))
	inkwell := must(desk.AddLicense(seatbook.AddLicense{
		Name: "Inkwell", TotalSeats: seatbook.Limited(1), Owner: seatbook.Some(ada.Person)}))

	seat := must(desk.Assign(seatbook.Assign{
		License: inkwell.License, Person: ada.Person, AccessLevel: "Editor"}))
	fmt.Println(must(desk.Usage(inkwell.License)).Text) // 1/1

	_, err := desk.Assign(seatbook.Assign{License: inkwell.License, Person: bo.Person})
	if errors.Is(err, seatbook.ErrNoSeatsRemaining) {
		fmt.Println(err) // seatbook: No seats remaining on this license (no_seats_remaining, license)
	}

	must(desk.Revoke(seatbook.Revoke{Assignment: seat.Assignment, Reason: "Changed teams"}))
	for _, row := range must(desk.Roster(seatbook.RosterQuery{License: inkwell.License})).Rows {
		fmt.Println(row.Name, row.AccessLevel, row.RevokedAt.Valid) // Ada Editor true
	}
}
