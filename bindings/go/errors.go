package seatbook

// #include "bridge.h"
import "C"

import (
	"encoding/json"
	"fmt"
	"strings"
	"unsafe"
)

// Code is why a call was refused. The constants Err... are its values; as they are errors themselves,
// errors.Is tells whether an error has that code:
//
//	errors.Is(err, seatbook.ErrStaleRevision)
//
// Among the outcomes of bulk calls 0 is success.
type Code int32

// String is the name as every language spells it, such as "no_seats_remaining".
func (c Code) String() string {
	if name, known := codeNames[c]; known {
		return name
	}
	return fmt.Sprintf("code %d", int32(c))
}

// Error is the name too.
func (c Code) Error() string { return "seatbook: " + c.String() }

// MarshalJSON writes the name.
func (c Code) MarshalJSON() ([]byte, error) { return json.Marshal(c.String()) }

// UnmarshalText reads the name.
func (c *Code) UnmarshalText(text []byte) error {
	for code, name := range codeNames {
		if name == string(text) {
			*c = code
			return nil
		}
	}
	return refused(ErrInvalidArgument, "", fmt.Sprintf("there is no code %q", text))
}

// Error is what a call that was refused answers.
type Error struct {
	Code Code
	// One line for people. It may change from release to release.
	Message string
	// The member of the request to blame, as the other languages spell it ("total_seats"); or empty.
	Field string
	// Which item of a bulk call, from 0; otherwise -1.
	Index int
	// Numbers that belong to the code, such as the id of the seat that is held already.
	Values []uint64
	// ErrBulkRefused: what each item would have got.
	Outcomes []Outcome

	cause error
}

// Error is the message, with the code and the member to blame.
func (e *Error) Error() string {
	about := e.Code.String()
	if e.Field != "" {
		about += ", " + e.Field
	}
	text := fmt.Sprintf("seatbook: %s (%s)", strings.TrimSuffix(e.Message, "."), about)
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Is tells whether this is the code of the error.
func (e *Error) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == e.Code
}

// Unwrap is what ended a call from outside: the error of the writer that an export wrote to, or of the
// context of an import.
func (e *Error) Unwrap() error { return e.cause }

func refused(code Code, field, message string) *Error {
	return &Error{Code: code, Field: field, Message: message, Index: -1}
}

// errorOf takes an error of C over, and frees it.
func errorOf(code C.seatbook_code, failure *C.seatbook_error) *Error {
	defer C.seatbook_error_free(failure)
	var parts C.sbgo_error
	C.sbgo_error_parts(failure, &parts)
	e := &Error{
		Code:    Code(code),
		Message: C.GoString(parts.message),
		Field:   C.GoString(parts.field),
		Index:   int(parts.index),
	}
	if e.Message == "" {
		e.Message = e.Code.String()
	}
	for _, value := range unsafe.Slice(parts.values, int(parts.values_count)) {
		e.Values = append(e.Values, uint64(value))
	}
	if parts.outcomes != nil {
		e.Outcomes = rowsOf(parts.outcomes, columnsOfOutcome, readOutcome)
	}
	return e
}
