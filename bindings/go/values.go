package seatbook

// #include "bridge.h"
import "C"

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// Ids identify records. They start at 1 and are never reused. The zero value is no record; in JSON it is
// null.
type (
	// PersonID is the id of a person.
	PersonID uint64
	// LicenseID is the id of a license.
	LicenseID uint64
	// AssignmentID is the id of an assignment, active or revoked.
	AssignmentID uint64
	// ActorID is the id of an actor in the history.
	ActorID uint64
	// RecordID is the id of a person or a license, depending on the imported file.
	RecordID uint64
)

func idJSON(id uint64) ([]byte, error) {
	if id == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendUint(nil, id, 10), nil
}

// MarshalJSON writes the number, and null for none.
func (id PersonID) MarshalJSON() ([]byte, error) { return idJSON(uint64(id)) }

// MarshalJSON writes the number, and null for none.
func (id LicenseID) MarshalJSON() ([]byte, error) { return idJSON(uint64(id)) }

// MarshalJSON writes the number, and null for none.
func (id AssignmentID) MarshalJSON() ([]byte, error) { return idJSON(uint64(id)) }

// MarshalJSON writes the number, and null for none.
func (id ActorID) MarshalJSON() ([]byte, error) { return idJSON(uint64(id)) }

// MarshalJSON writes the number, and null for none.
func (id RecordID) MarshalJSON() ([]byte, error) { return idJSON(uint64(id)) }

// Opt is a value that may be missing. The zero value is a missing one.
type Opt[T any] struct {
	V     T
	Valid bool
}

// Some returns an Opt with a value.
func Some[T any](value T) Opt[T] { return Opt[T]{value, true} }

// Or returns the value, or otherwise if it is missing.
func (o Opt[T]) Or(otherwise T) T {
	if o.Valid {
		return o.V
	}
	return otherwise
}

// String returns the value as a string, or "none".
func (o Opt[T]) String() string {
	if o.Valid {
		return fmt.Sprint(o.V)
	}
	return "none"
}

// MarshalJSON writes the value, or null if it is missing.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.Valid {
		return json.Marshal(o.V)
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads a value, or null for a missing one.
func (o *Opt[T]) UnmarshalJSON(text []byte) error {
	*o = Opt[T]{Valid: !isNull(text)}
	if !o.Valid {
		return nil
	}
	return json.Unmarshal(text, &o.V)
}

func isNull(text []byte) bool { return string(text) == "null" }

type editKind uint8

const (
	keeps editKind = iota
	sets
	clears
)

// Edit is the change that an update makes to a member. The zero value keeps the stored value.
type Edit[T any] struct {
	value T
	kind  editKind
}

// Set returns an Edit that stores a value.
func Set[T any](value T) Edit[T] { return Edit[T]{value, sets} }

// Clear returns an Edit that removes the stored value.
func Clear[T any]() Edit[T] { return Edit[T]{kind: clears} }

// UnmarshalJSON reads null as Clear and any other value as Set. A member that the JSON does not have
// keeps its stored value.
func (e *Edit[T]) UnmarshalJSON(text []byte) error {
	*e = Clear[T]()
	if isNull(text) {
		return nil
	}
	e.kind = sets
	return json.Unmarshal(text, &e.value)
}

// MarshalJSON writes the value, or null for Clear. An Edit that keeps the stored value must be omitted,
// which encoding/json does since Go 1.24; older versions return an error.
func (e Edit[T]) MarshalJSON() ([]byte, error) {
	switch e.kind {
	case sets:
		return json.Marshal(e.value)
	case clears:
		return []byte("null"), nil
	}
	return nil, errUnset
}

// The error for a zero value that cannot be omitted: null would have another meaning.
var errUnset = errors.New("seatbook: a member that is not set cannot be written as JSON before Go 1.24")

// Seats is a number of seats, or no limit. The zero value is neither; in a request it selects the
// default.
type Seats struct {
	count int64
	kind  seatsKind
}

type seatsKind uint8

const (
	unset seatsKind = iota
	limited
	unlimited
)

// Unlimited is a number of seats without limit.
var Unlimited = Seats{kind: unlimited}

// Limited returns a number of seats.
func Limited(count int64) Seats { return Seats{count, limited} }

// Count returns the number, and false if there is no limit.
func (s Seats) Count() (int64, bool) { return s.count, s.kind == limited }

// IsUnlimited reports whether there is no limit.
func (s Seats) IsUnlimited() bool { return s.kind == unlimited }

// String returns the number, "unlimited", or "none" for the zero value.
func (s Seats) String() string {
	switch s.kind {
	case limited:
		return strconv.FormatInt(s.count, 10)
	case unlimited:
		return "unlimited"
	}
	return "none"
}

// MarshalJSON writes the number, or null for no limit.
func (s Seats) MarshalJSON() ([]byte, error) {
	switch s.kind {
	case limited:
		return strconv.AppendInt(nil, s.count, 10), nil
	case unlimited:
		return []byte("null"), nil
	}
	return nil, errUnset
}

// UnmarshalJSON reads a number, or null for no limit.
func (s *Seats) UnmarshalJSON(text []byte) error {
	*s = Unlimited
	if isNull(text) {
		return nil
	}
	s.kind = limited
	return json.Unmarshal(text, &s.count)
}

func (s Seats) number() int64 {
	if s.kind == unlimited {
		return C.SEATBOOK_UNLIMITED
	}
	if s.count == C.SEATBOOK_UNLIMITED {
		return -1 // rejected too, but not mistaken for no limit
	}
	return s.count
}

// Money is an exact amount in ten-thousandths: 12.58 is Money(125800). Its currency is a separate
// member.
type Money int64

// UnreadableMoney is a placeholder for a text that is not an amount. The call fails with ErrInvalidMoney
// at the point where the field is checked, so that the program does not have to validate input texts
// before the call.
const UnreadableMoney Money = C.SEATBOOK_UNREADABLE_MONEY

// UnreadableTime and UnreadableDate are such placeholders for a text that is not a time or a day. The
// call fails with ErrInvalidDate; in Session.RecordUses that is the outcome of the item.
var (
	UnreadableTime = time.UnixMicro(C.SEATBOOK_UNREADABLE_TIME).UTC()
	UnreadableDate = Date{C.SEATBOOK_UNREADABLE_DATE + dayOf1970}
)

// ParseMoney parses a plain decimal number with at most four decimals, such as "12.58".
func ParseMoney(text string) (Money, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var money C.seatbook_money
	var failure *C.seatbook_error
	if err := in.invalid(); err != nil {
		return 0, err
	}
	if code := C.seatbook_money_parse(given.data, given.size, &money, &failure); code != 0 {
		return 0, errorOf(code, failure)
	}
	return Money(money), nil
}

// String returns the amount as a decimal number with two to four decimals.
func (m Money) String() string {
	var buffer [C.SEATBOOK_MAX_VALUE_TEXT]C.char
	size := C.seatbook_money_format(C.seatbook_money(m), &buffer[0], C.size_t(len(buffer)))
	return C.GoStringN(&buffer[0], C.int(size))
}

// MarshalJSON writes the amount as a string.
func (m Money) MarshalJSON() ([]byte, error) { return json.Marshal(m.String()) }

// UnmarshalJSON reads an amount from a string.
func (m *Money) UnmarshalJSON(text []byte) (err error) {
	var decimal string
	if err = json.Unmarshal(text, &decimal); err == nil {
		*m, err = ParseMoney(decimal)
	}
	return err
}

// MoneySum is a rounded sum of amounts, of any size: a decimal number with two to four decimals, or
// empty if there is none.
type MoneySum string

// Rat returns the sum as a number, 0 if there is none.
func (m MoneySum) Rat() *big.Rat {
	number, ok := new(big.Rat).SetString(string(m))
	if !ok {
		return new(big.Rat)
	}
	return number
}

// MarshalJSON writes the sum as a string, or null if there is none.
func (m MoneySum) MarshalJSON() ([]byte, error) {
	if m == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(m))
}

// UnmarshalJSON reads a sum from a string, or null for none.
func (m *MoneySum) UnmarshalJSON(text []byte) error {
	*m = ""
	return json.Unmarshal(text, (*string)(m))
}

// Date is a calendar day. The zero value is no day.
type Date struct {
	// Days since the day before 0001-01-01.
	n int64
}

const dayOf1970 = 719163

// NewDate returns a day.
func NewDate(year int, month time.Month, day int) Date {
	return DateFromDays(floorDays(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()))
}

// DateOf returns the day of an instant in its location.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return NewDate(year, month, day)
}

// ParseDate parses a day such as "2026-03-01".
func ParseDate(text string) (Date, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var date C.seatbook_date
	var failure *C.seatbook_error
	if err := in.invalid(); err != nil {
		return Date{}, err
	}
	if code := C.seatbook_date_parse(given.data, given.size, &date, &failure); code != 0 {
		return Date{}, errorOf(code, failure)
	}
	return DateFromDays(int64(date)), nil
}

// DateFromDays returns the day that is a number of days after 1970-01-01. Days before 0001-01-01 become
// 0001-01-01.
func DateFromDays(days int64) Date {
	if days <= -dayOf1970 {
		days = -dayOf1970 + 1
	}
	if days > math.MaxInt32 {
		days = math.MaxInt32
	}
	return Date{days + dayOf1970}
}

func floorDays(seconds int64) int64 {
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return days
}

// Days returns the number of days since 1970-01-01.
func (d Date) Days() int64 { return d.n - dayOf1970 }

func (d Date) number() int32 { return int32(d.Days()) }

// IsZero reports whether d is the zero value, which is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is before other.
func (d Date) Before(other Date) bool { return d.n < other.n }

// Time returns the start of the day in UTC, or the zero Time for no day.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix(d.Days()*86400, 0).UTC()
}

// String returns the day in the form "2026-03-01", or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2006-01-02")
}

// MarshalJSON writes the day as a string, or null for no day.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads a day from a string, or null for no day.
func (d *Date) UnmarshalJSON(text []byte) (err error) {
	*d = Date{}
	if isNull(text) {
		return nil
	}
	var day string
	if err = json.Unmarshal(text, &day); err == nil {
		*d, err = ParseDate(day)
	}
	return err
}

// microseconds returns the microseconds since 1970. Instants beyond the range of int64 stay out of the
// range of a book.
func microseconds(t time.Time) int64 {
	switch seconds := t.Unix(); {
	case t.Equal(UnreadableTime):
		return C.SEATBOOK_UNREADABLE_TIME
	case seconds > 1<<40:
		return math.MaxInt64
	case seconds < -1<<30:
		return -1 // before 1970, and so out of range like t
	}
	return t.UnixMicro()
}

func instant(us int64) time.Time { return time.UnixMicro(us).UTC() }

func timeOrNone(us int64) time.Time {
	if us == C.SEATBOOK_NONE {
		return time.Time{}
	}
	return instant(us)
}

// ParseTime parses an instant in RFC 3339, with Z or an offset.
func ParseTime(text string) (time.Time, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var us C.seatbook_time
	var failure *C.seatbook_error
	if err := in.invalid(); err != nil {
		return time.Time{}, err
	}
	if code := C.seatbook_time_parse(given.data, given.size, &us, &failure); code != 0 {
		return time.Time{}, errorOf(code, failure)
	}
	return instant(int64(us)), nil
}

// RequestID is an idempotency key. A command that is sent again with the same key fails with
// ErrRepeatedRequest. The zero value is no key.
type RequestID [16]byte

// NewRequestID returns a random key.
func NewRequestID() RequestID {
	var id RequestID
	if _, err := rand.Read(id[:]); err != nil {
		panic("seatbook: cannot read random numbers: " + err.Error())
	}
	return id
}

// ParseRequestID parses 32 hexadecimal digits, or a UUID with hyphens.
func ParseRequestID(text string) (RequestID, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var id RequestID
	var failure *C.seatbook_error
	if err := in.invalid(); err != nil {
		return RequestID{}, err
	}
	code := C.seatbook_request_id_parse(given.data, given.size, (*C.uint8_t)(unsafe.Pointer(&id[0])), &failure)
	if code != 0 {
		return RequestID{}, errorOf(code, failure)
	}
	return id, nil
}

// String returns the 32 hexadecimal digits.
func (r RequestID) String() string { return hex.EncodeToString(r[:]) }

// MarshalText writes the 32 hexadecimal digits.
func (r RequestID) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText parses the text like ParseRequestID.
func (r *RequestID) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRequestID(string(text))
	return err
}

// Permissions is a set of permissions.
type Permissions uint32

// PermissionsOf returns a set of permissions.
func PermissionsOf(permissions ...Permission) Permissions {
	var set Permissions
	for _, permission := range permissions {
		if permission >= 1 && permission <= 32 {
			set |= 1 << (permission - 1)
		} else {
			set |= 1 << 31 // not a permission, so the call fails
		}
	}
	return set
}

// Has reports whether the permission is in the set.
func (p Permissions) Has(permission Permission) bool {
	return permission >= 1 && permission <= 32 && p&(1<<(permission-1)) != 0
}

// Permissions returns the permissions that the role grants.
func (c Role) Permissions() Permissions {
	return Permissions(C.seatbook_role_permissions(C.seatbook_role(c - 1)))
}

// Permissions returns the permissions that the operation requires.
func (c Operation) Permissions() Permissions {
	return Permissions(C.seatbook_operation_permissions(C.seatbook_operation(c - 1)))
}

// OwnView reports whether PermissionViewOwn suffices for the operation when it concerns the actor.
func (c Operation) OwnView() bool {
	return C.seatbook_operation_own_view(C.seatbook_operation(c-1)) == 1
}

// ---------------------------------------------------------------------------------- choices

func choiceName(names []string, number int32) string {
	switch {
	case number == 0:
		return "none"
	case number > 0 && int(number) <= len(names):
		return names[number-1]
	}
	return fmt.Sprintf("unknown %d", number-1)
}

func choiceJSON(names []string, number int32) ([]byte, error) {
	if number == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(choiceName(names, number))
}

func choiceOf(kind string, names []string, text []byte) (int32, error) {
	for n, name := range names {
		if strings.ReplaceAll(name, "-", "_") == strings.ReplaceAll(string(text), "-", "_") {
			return int32(n) + 1, nil
		}
	}
	return 0, refused(ErrInvalidArgument, "", fmt.Sprintf("unknown %s %q", kind, text))
}
