//go:build go1.24

package seatbook_test

import (
	"encoding/json"
	"testing"

	seatbook "seatbook.example/go"
)

func TestRequestsSurviveAJSONRoundTrip(t *testing.T) {
	update := seatbook.UpdateLicense{License: 7, Name: seatbook.Set("Inkwell"), Vendor: seatbook.Clear[string]()}
	text, err := json.Marshal(update)
	want(t, `{"license":7,"name":"Inkwell","vendor":null}`, string(ok(t, text, err)))
	var back seatbook.UpdateLicense
	ok(t, 0, json.Unmarshal(text, &back))
	want(t, update, back)

	text, err = json.Marshal(seatbook.AddLicense{Name: "Inkwell", TotalSeats: seatbook.Unlimited})
	want(t, `{"name":"Inkwell","total_seats":null}`, string(ok(t, text, err)))
}
