package main

// The example of the README prints what its comments say.
func Example() {
	main()
	// Output:
	// 1/1
	// seatbook: No seats remaining on this license (no_seats_remaining, license)
	// Ada Editor true
}
