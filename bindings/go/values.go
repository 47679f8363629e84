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

// Ids name records, from 1 on, and are never given twice. The zero value names nothing; JSON has null
// for it.
type (
	// PersonID names a person.
	PersonID uint64
	// LicenseID names a license.
	LicenseID uint64
	// AssignmentID names a seat that somebody holds or held.
	AssignmentID uint64
	// ActorID names who has written to the book.
	ActorID uint64
	// RecordID names a person or a license, whichever the file is about.
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

// Opt is a value that may be missing; its zero value is missing.
type Opt[T any] struct {
	V     T
	Valid bool
}

// Some is the value, and there.
func Some[T any](value T) Opt[T] { return Opt[T]{value, true} }

// Or is the value, or the other one where it is missing.
func (o Opt[T]) Or(otherwise T) T {
	if o.Valid {
		return o.V
	}
	return otherwise
}

// String is that of the value, or "none".
func (o Opt[T]) String() string {
	if o.Valid {
		return fmt.Sprint(o.V)
	}
	return "none"
}

// MarshalJSON writes the value, and null where it is missing.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.Valid {
		return json.Marshal(o.V)
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads a value, and null for a missing one.
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
	leaves editKind = iota
	sets
	clears
)

// Edit is what an update does with a member: its zero value leaves it as it is.
type Edit[T any] struct {
	value T
	kind  editKind
}

// Set gives the member that value.
func Set[T any](value T) Edit[T] { return Edit[T]{value, sets} }

// Clear takes away what the member has.
func Clear[T any]() Edit[T] { return Edit[T]{kind: clears} }

// UnmarshalJSON makes null Clear, and anything else Set: what a JSON text does not have is left.
func (e *Edit[T]) UnmarshalJSON(text []byte) error {
	*e = Clear[T]()
	if isNull(text) {
		return nil
	}
	e.kind = sets
	return json.Unmarshal(text, &e.value)
}

// MarshalJSON writes what is set, and null for Clear. What is left must be left out, which
// encoding/json does since Go 1.24: before, it is an error.
func (e Edit[T]) MarshalJSON() ([]byte, error) {
	switch e.kind {
	case sets:
		return json.Marshal(e.value)
	case clears:
		return []byte("null"), nil
	}
	return nil, errUnset
}

// Null would be something else.
var errUnset = errors.New("seatbook: JSON has no value that leaves a member out")

// Seats is how many seats there are or are left: a number, or no limit. The zero value is neither; in
// a request it leaves the number at what it is usually.
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

// Unlimited is any number of seats.
var Unlimited = Seats{kind: unlimited}

// Limited is that many seats.
func Limited(count int64) Seats { return Seats{count, limited} }

// Count is the number; false where there is no limit.
func (s Seats) Count() (int64, bool) { return s.count, s.kind == limited }

// IsUnlimited tells whether there is no limit.
func (s Seats) IsUnlimited() bool { return s.kind == unlimited }

// String is the number or "unlimited".
func (s Seats) String() string {
	switch s.kind {
	case limited:
		return strconv.FormatInt(s.count, 10)
	case unlimited:
		return "unlimited"
	}
	return "none"
}

// MarshalJSON writes the number, and null for no limit.
func (s Seats) MarshalJSON() ([]byte, error) {
	switch s.kind {
	case limited:
		return strconv.AppendInt(nil, s.count, 10), nil
	case unlimited:
		return []byte("null"), nil
	}
	return nil, errUnset
}

// UnmarshalJSON reads a number, and null for no limit.
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
		return -1 // which is refused as well, and not taken for no limit
	}
	return s.count
}

// Money is an exact amount in ten-thousandths: 12.58 is Money(125800). Which currency it is in is told
// beside it.
type Money int64

// UnreadableMoney represents a text that is no amount: it is outside every range. A call that gets it
// fails with ErrInvalidMoney when it is that field's turn, so that texts from outside need not be judged
// before the call.
const UnreadableMoney Money = C.SEATBOOK_UNREADABLE_MONEY

// UnreadableTime and UnreadableDate represent a text that is no time or no day, as UnreadableMoney. The
// call fails with ErrInvalidDate; in Session.RecordUses that is the outcome of the item.
var (
	UnreadableTime = time.UnixMicro(C.SEATBOOK_UNREADABLE_TIME).UTC()
	UnreadableDate = Date{C.SEATBOOK_UNREADABLE_DATE + dayOf1970}
)

// ParseMoney reads a plain decimal with at most four decimals, such as "12.58".
func ParseMoney(text string) (Money, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var money C.seatbook_money
	var failure *C.seatbook_error
	if err := in.refusal(); err != nil {
		return 0, err
	}
	if code := C.seatbook_money_parse(given.data, given.size, &money, &failure); code != 0 {
		return 0, errorOf(code, failure)
	}
	return Money(money), nil
}

// String is the decimal with two to four decimals.
func (m Money) String() string {
	var buffer [C.SEATBOOK_MAX_VALUE_TEXT]C.char
	size := C.seatbook_money_format(C.seatbook_money(m), &buffer[0], C.size_t(len(buffer)))
	return C.GoStringN(&buffer[0], C.int(size))
}

// MarshalJSON writes the decimal as a text.
func (m Money) MarshalJSON() ([]byte, error) { return json.Marshal(m.String()) }

// UnmarshalJSON reads a decimal in a text.
func (m *Money) UnmarshalJSON(text []byte) (err error) {
	var decimal string
	if err = json.Unmarshal(text, &decimal); err == nil {
		*m, err = ParseMoney(decimal)
	}
	return err
}

// MoneySum is a rounded sum of amounts, of any size: a decimal with two to four decimals; empty where
// there is none.
type MoneySum string

// Rat is the sum as a number, 0 where there is none.
func (m MoneySum) Rat() *big.Rat {
	number, ok := new(big.Rat).SetString(string(m))
	if !ok {
		return new(big.Rat)
	}
	return number
}

// MarshalJSON writes the decimal as a text, and null where there is none.
func (m MoneySum) MarshalJSON() ([]byte, error) {
	if m == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(m))
}

// UnmarshalJSON reads a decimal in a text, and null for none.
func (m *MoneySum) UnmarshalJSON(text []byte) error {
	*m = ""
	return json.Unmarshal(text, (*string)(m))
}

// Date is a day of the calendar. The zero value is none.
type Date struct {
	// Days since the day before 0001-01-01.
	n int64
}

const dayOf1970 = 719163

// NewDate is that day.
func NewDate(year int, month time.Month, day int) Date {
	return DateFromDays(floorDays(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()))
}

// DateOf is the day on which the instant falls, in its own location.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return NewDate(year, month, day)
}

// ParseDate reads "2026-03-01".
func ParseDate(text string) (Date, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var date C.seatbook_date
	var failure *C.seatbook_error
	if err := in.refusal(); err != nil {
		return Date{}, err
	}
	if code := C.seatbook_date_parse(given.data, given.size, &date, &failure); code != 0 {
		return Date{}, errorOf(code, failure)
	}
	return DateFromDays(int64(date)), nil
}

// DateFromDays is the day so many days after 1970-01-01. Days before the year 1 are its first one.
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

// Days is how many days after 1970-01-01 it is.
func (d Date) Days() int64 { return d.n - dayOf1970 }

func (d Date) number() int32 { return int32(d.Days()) }

// IsZero tells whether it is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Before tells whether it is an earlier day.
func (d Date) Before(other Date) bool { return d.n < other.n }

// Time is the beginning of the day in UTC; of no day it is the zero Time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix(d.Days()*86400, 0).UTC()
}

// String is as "2026-03-01", or empty.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2006-01-02")
}

// MarshalJSON writes the day as a text, and null for none.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads a day in a text, and null for none.
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

// microseconds since 1970; what is too far away stays far away.
func microseconds(t time.Time) int64 {
	switch seconds := t.Unix(); {
	case t.Equal(UnreadableTime):
		return C.SEATBOOK_UNREADABLE_TIME
	case seconds > 1<<40:
		return math.MaxInt64
	case seconds < -1<<30:
		return -1 // before 1970, like what it stands for
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

// ParseTime reads an instant as the library does: RFC 3339, with Z or an offset.
func ParseTime(text string) (time.Time, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var us C.seatbook_time
	var failure *C.seatbook_error
	if err := in.refusal(); err != nil {
		return time.Time{}, err
	}
	if code := C.seatbook_time_parse(given.data, given.size, &us, &failure); code != 0 {
		return time.Time{}, errorOf(code, failure)
	}
	return instant(int64(us)), nil
}

// RequestID makes a command safe to repeat: the second time it is refused with ErrRepeatedRequest.
// The zero value is none.
type RequestID [16]byte

// NewRequestID is a random one.
func NewRequestID() RequestID {
	var id RequestID
	if _, err := rand.Read(id[:]); err != nil {
		panic("seatbook: the system has no random numbers: " + err.Error())
	}
	return id
}

// ParseRequestID reads 32 hexadecimal digits, or a UUID with hyphens.
func ParseRequestID(text string) (RequestID, error) {
	var in input
	defer in.free()
	given := in.text(text)
	var id RequestID
	var failure *C.seatbook_error
	if err := in.refusal(); err != nil {
		return RequestID{}, err
	}
	code := C.seatbook_request_id_parse(given.data, given.size, (*C.uint8_t)(unsafe.Pointer(&id[0])), &failure)
	if code != 0 {
		return RequestID{}, errorOf(code, failure)
	}
	return id, nil
}

// String is its 32 hexadecimal digits.
func (r RequestID) String() string { return hex.EncodeToString(r[:]) }

// MarshalText writes the digits.
func (r RequestID) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the digits.
func (r *RequestID) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRequestID(string(text))
	return err
}

// Permissions is a set of permissions.
type Permissions uint32

// PermissionsOf is the set of these.
func PermissionsOf(permissions ...Permission) Permissions {
	var set Permissions
	for _, permission := range permissions {
		if permission >= 1 && permission <= 32 {
			set |= 1 << (permission - 1)
		} else {
			set |= 1 << 31 // there is none; refused
		}
	}
	return set
}

// Has tells whether the permission is in the set.
func (p Permissions) Has(permission Permission) bool {
	return permission >= 1 && permission <= 32 && p&(1<<(permission-1)) != 0
}

// Permissions is what the role brings.
func (c Role) Permissions() Permissions {
	return Permissions(C.seatbook_role_permissions(C.seatbook_role(c - 1)))
}

// Permissions is what the operation needs.
func (c Operation) Permissions() Permissions {
	return Permissions(C.seatbook_operation_permissions(C.seatbook_operation(c - 1)))
}

// OwnView tells whether PermissionViewOwn is enough for what is about the actor.
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
	return 0, refused(ErrInvalidArgument, "", fmt.Sprintf("there is no %s %q", kind, text))
}
