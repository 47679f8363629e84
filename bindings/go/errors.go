package seatbook

// #include "bridge.h"
import "C"

import (
	"encoding/json"
	"fmt"
	"strings"
	"unsafe"
)

// Code is the reason why a call failed. Its values are the constants Err..., which are errors
// themselves, so that errors.Is compares an error with a code:
//
//	errors.Is(err, seatbook.ErrStaleRevision)
//
// In the outcomes of bulk calls, 0 is success.
type Code int32

// String returns the name of the code, which is the same in every language: "no_seats_remaining".
func (c Code) String() string {
	if name, known := codeNames[c]; known {
		return name
	}
	return fmt.Sprintf("code %d", int32(c))
}

// Error returns the name of the code.
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
	return refused(ErrInvalidArgument, "", fmt.Sprintf("unknown code %q", text))
}

// Error is the error of a call that failed.
type Error struct {
	Code Code
	// One line for people. It may change from release to release.
	Message string
	// The member of the request that caused the error, as in the other languages ("total_seats"), or
	// empty.
	Field string
	// The position of the failed item of a bulk call, counted from 0; otherwise -1.
	Index int
	// Numbers that belong to the code, such as the id of the seat that is held already.
	Values []uint64
	// The outcome of each item of a bulk call that failed with ErrBulkRefused.
	Outcomes []Outcome

	cause error
}

// Error returns the message with the code and the field.
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

// Is reports whether target is the code of the error.
func (e *Error) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == e.Code
}

// Unwrap returns the cause of a cancelled call: the error of an export's writer, or of an import's
// context.
func (e *Error) Unwrap() error { return e.cause }

func refused(code Code, field, message string) *Error {
	return &Error{Code: code, Field: field, Message: message, Index: -1}
}

// errorOf converts an error of C and frees it.
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
