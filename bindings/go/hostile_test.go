package seatbook_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	seatbook "seatbook.example/go"
)

// eachCall visits each operation of a session with zero arguments.
func eachCall(session *seatbook.Session, call func(name string, method reflect.Value, arguments []reflect.Value)) {
	of := reflect.ValueOf(session)
	for n := 0; n < of.NumMethod(); n++ {
		method := of.Method(n)
		results := method.Type().NumOut()
		if results == 0 || method.Type().Out(results-1) != reflect.TypeOf((*error)(nil)).Elem() {
			continue // iterators, AtLeast
		}
		arguments := make([]reflect.Value, method.Type().NumIn())
		for at := range arguments {
			arguments[at] = reflect.New(method.Type().In(at)).Elem()
		}
		call(of.Type().Method(n).Name, method, arguments)
	}
}

func errorOf(results []reflect.Value) error {
	err, _ := results[len(results)-1].Interface().(error)
	return err
}

func TestZeroValuesFailWithInvalidArgument(t *testing.T) {
	for _, session := range []*seatbook.Session{nil, new(seatbook.Session), new(seatbook.Book).Session(seatbook.Actor{Name: "x"}),
		(*seatbook.Book)(nil).Session(seatbook.Actor{}), new(seatbook.Session).AtLeast(1)} {
		seen := 0
		eachCall(session, func(name string, method reflect.Value, arguments []reflect.Value) {
			if err := errorOf(method.Call(arguments)); !errors.Is(err, seatbook.ErrInvalidArgument) {
				t.Errorf("%s: %v", name, err)
			}
			seen++
		})
		if seen < 61 {
			t.Errorf("only %d calls", seen)
		}
	}
	for _, book := range []*seatbook.Book{nil, new(seatbook.Book)} {
		_, err := book.Dump()
		wantCode(t, err, seatbook.ErrInvalidArgument)
		_, err = book.Check()
		wantCode(t, err, seatbook.ErrInvalidArgument)
		_, err = book.Refresh()
		wantCode(t, err, seatbook.ErrInvalidArgument)
		wantCode(t, book.Backup("x"), seatbook.ErrInvalidArgument)
		wantCode(t, book.Close(), seatbook.ErrInvalidArgument)
		want(t, true, book.Closed())
		want(t, int64(0), book.Version())
	}
	_, err := seatbook.OpenWith("", seatbook.Options{Clock: new(seatbook.ManualClock)})
	wantCode(t, err, seatbook.ErrInvalidArgument)
	clock := new(seatbook.ManualClock)
	clock.Set(time.Now())
	clock.Advance(1)
	want(t, true, clock.Now().IsZero())
	_, err = seatbook.RosterReport{}.CSV(seatbook.CSVFormat{})
	wantCode(t, err, seatbook.ErrInvalidArgument)
}

func TestClosedBooksFailWithBookClosed(t *testing.T) {
	desk, _, _ := newDesk()
	book, err := seatbook.Open("")
	ok(t, book, err)
	before := book.Session(seatbook.Actor{Name: "it", Role: seatbook.SuperAdmin})
	ok(t, 0, book.Close())
	for _, session := range []*seatbook.Session{before, book.Session(seatbook.Actor{Name: "it", Role: seatbook.SuperAdmin})} {
		eachCall(session, func(name string, method reflect.Value, arguments []reflect.Value) {
			err := errorOf(method.Call(arguments))
			malformed := errors.Is(err, seatbook.ErrInvalidArgument) || errors.Is(err, seatbook.ErrRequired) ||
				errors.Is(err, seatbook.ErrHeaderMissing) // which is checked first
			if !errors.Is(err, seatbook.ErrBookClosed) && !malformed {
				t.Errorf("%s: %v", name, err)
			}
		})
		_, err := session.People(seatbook.PeopleQuery{})
		wantCode(t, err, seatbook.ErrBookClosed)
	}
	_, err = desk.People(seatbook.PeopleQuery{})
	ok(t, 0, err)
}

func TestInvalidLocationsAndOptionsFail(t *testing.T) {
	for _, location := range []string{"a\x00b", "\xff\xfe", strings.Repeat("x", 2<<20), filepath.Join(t.TempDir(), "no", "such", "folder.db"),
		t.TempDir(), "postgresql://\x01"} {
		if book, err := seatbook.Open(location); err == nil {
			t.Errorf("%.30q was opened: %v", location, book)
		}
	}
	for _, options := range []seatbook.Options{{Durability: 99}, {Durability: -5}, {Schema: "x"}, {VFS: "\xff"},
		{ConnectTimeout: seatbook.Some(-time.Second)}, {RetryFor: seatbook.Some(time.Duration(math.MaxInt64))}} {
		if book, err := seatbook.OpenWith(filepath.Join(t.TempDir(), "a.db"), options); err == nil {
			t.Errorf("%+v was accepted: %v", options, book)
		}
	}
	if err := seatbook.CreateSchema("nowhere", seatbook.Options{}); err == nil {
		t.Error("CreateSchema accepted a file")
	}
}

var hostileTexts = []string{"", "a", "\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "\"", "Email\n\"", strings.Repeat("é", 300),
	strings.Repeat("x", 1<<20+1), "$(reboot)", "-1", "\u202e", "ada@example.com", "Email\nada@example.com\n"}

var hostileNumbers = []int64{0, 1, 2, 7, -1, 1 << 31, 1 << 32, 1<<53 - 1, 1 << 53, math.MaxInt64, math.MinInt64, 100_000, 100_001,
	-(1<<53 - 1)}

// fill fills a value with invalid and valid data.
func fill(random *rand.Rand, value reflect.Value) {
	if random.Intn(3) == 0 {
		return
	}
	number := hostileNumbers[random.Intn(len(hostileNumbers))]
	switch target := value.Addr().Interface().(type) {
	case *time.Time:
		*target = []time.Time{{}, time.Unix(1<<60, 0), time.Unix(-1<<60, 0), time.UnixMicro(number), time.Now()}[random.Intn(5)]
		return
	case *seatbook.Date:
		*target = seatbook.DateFromDays(number)
		return
	case *seatbook.Seats:
		*target = []seatbook.Seats{{}, seatbook.Unlimited, seatbook.Limited(number)}[random.Intn(3)]
		return
	case *seatbook.Edit[string]:
		*target = []seatbook.Edit[string]{{}, seatbook.Clear[string](), seatbook.Set(hostileTexts[random.Intn(len(hostileTexts))])}[random.Intn(3)]
		return
	case *seatbook.Edit[seatbook.Money]:
		*target = []seatbook.Edit[seatbook.Money]{seatbook.Clear[seatbook.Money](), seatbook.Set(seatbook.Money(number))}[random.Intn(2)]
		return
	case *seatbook.Edit[seatbook.PersonID]:
		*target = []seatbook.Edit[seatbook.PersonID]{seatbook.Clear[seatbook.PersonID](), seatbook.Set(seatbook.PersonID(number))}[random.Intn(2)]
		return
	case *context.Context:
		*target = []context.Context{nil, context.Background()}[random.Intn(2)]
		return
	}
	switch value.Kind() {
	case reflect.String:
		value.SetString(hostileTexts[random.Intn(len(hostileTexts))])
	case reflect.Int, reflect.Int32, reflect.Int64:
		value.SetInt(number)
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		value.SetUint(uint64(number))
	case reflect.Bool:
		value.SetBool(number&1 == 1)
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), random.Intn(4), 5))
		if random.Intn(20) == 0 {
			value.Set(reflect.MakeSlice(value.Type(), 150_000, 150_000))
		}
		for n := 0; n < value.Len() && n < 4; n++ {
			fill(random, value.Index(n))
		}
	case reflect.Array:
		for n := 0; n < value.Len(); n++ {
			fill(random, value.Index(n))
		}
	case reflect.Struct:
		for n := 0; n < value.NumField(); n++ {
			if value.Type().Field(n).IsExported() {
				fill(random, value.Field(n))
			}
		}
	}
}

// Any arguments give a result or an error of the package, and the book stays sound.
func TestRandomArgumentsKeepTheBookSound(t *testing.T) {
	seed := time.Now().UnixNano()
	if value := os.Getenv("SEATBOOK_SEED"); value != "" {
		parsed, err := strconv.ParseInt(value, 10, 64)
		seed = ok(t, parsed, err)
	}
	t.Logf("SEATBOOK_SEED=%d", seed)
	random := rand.New(rand.NewSource(seed))
	book, err := seatbook.Open("")
	ok(t, book, err)
	defer book.Close()
	failures := 0
	for round := 0; round < 40; round++ {
		var actor seatbook.Actor
		if fill(random, reflect.ValueOf(&actor).Elem()); random.Intn(4) > 0 {
			actor = seatbook.Actor{Name: "it", Role: seatbook.SuperAdmin}
		}
		eachCall(book.Session(actor), func(name string, method reflect.Value, arguments []reflect.Value) {
			for n := range arguments {
				fill(random, arguments[n])
			}
			err := errorOf(method.Call(arguments))
			var failure *seatbook.Error
			if err != nil && (!errors.As(err, &failure) || failure.Code == 0 || errors.Is(err, seatbook.ErrInternal)) {
				t.Errorf("%s: %v", name, err)
			}
			if err != nil {
				failures++
				_ = err.Error()
			}
		})
	}
	findings, err := book.Check()
	if len(ok(t, findings, err)) != 0 || failures == 0 {
		t.Error(findings, failures)
	}
}

func TestCloseDuringCalls(t *testing.T) {
	for round := 0; round < 20; round++ {
		book, err := seatbook.Open("")
		ok(t, book, err)
		desk := book.Session(seatbook.Actor{Name: "it", Role: seatbook.SuperAdmin})
		var wait sync.WaitGroup
		for worker := 0; worker < 4; worker++ {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for n := 0; ; n++ {
					_, err := desk.AddPerson(seatbook.AddPerson{Name: fmt.Sprint(n)})
					if err == nil {
						_, err = book.Dump()
					}
					if err != nil {
						wantCode(t, err, seatbook.ErrBookClosed)
						return
					}
				}
			}()
		}
		time.Sleep(time.Millisecond)
		ok(t, 0, book.Close())
		wait.Wait()
	}
}

// A session and its copies keep the book alive. An unreferenced book is freed.
func TestUnreferencedBooksAreFreed(t *testing.T) {
	desk, ada, inkwell := newDesk() // nothing else refers to its book
	copied := *desk
	desk = nil
	path := filepath.Join(t.TempDir(), "unreferenced.db")
	for round := 0; round < 5; round++ {
		func() {
			book, err := seatbook.Open(path)
			for n := 0; errors.Is(err, seatbook.ErrStorageInUse) && n < 500; n++ {
				runtime.GC() // the finalizer releases the file
				time.Sleep(time.Millisecond)
				book, err = seatbook.Open(path)
			}
			ok(t, book, err)
		}()
		report, err := copied.ImportRoster(context.Background(), seatbook.ImportRoster{License: inkwell, CSV: "Email\nx@example.com\n"})
		runtime.GC()
		text, err2 := ok(t, report, err).CSV(seatbook.CSVFormat{})
		ok(t, text, err2)
		person, err := copied.GetPerson(ada)
		want(t, "Ada", ok(t, person, err).Name)
	}
}

func TestInvalidActorsFail(t *testing.T) {
	book, err := seatbook.Open("")
	ok(t, book, err)
	defer book.Close()
	for _, actor := range []seatbook.Actor{
		{}, {Name: "x", Role: 99}, {Name: "x", Role: -1}, {Name: "x", Role: math.MinInt32}, {Name: strings.Repeat("x", 192)},
		{Name: "x", Person: seatbook.Some[seatbook.PersonID](1)}, {Person: seatbook.Some[seatbook.PersonID](0)},
		{Name: "x", Permissions: seatbook.Some(seatbook.PermissionsOf(seatbook.Permission(99)))},
		{Name: "x", Permissions: seatbook.Some(seatbook.Permissions(math.MaxUint32))},
	} {
		if _, err := book.Session(actor).People(seatbook.PeopleQuery{}); err == nil {
			t.Errorf("%+v can read", actor)
		}
	}
	// Without a role an actor is an employee, who may only view their own seats.
	_, err = book.Session(seatbook.Actor{Name: "x"}).People(seatbook.PeopleQuery{})
	wantCode(t, err, seatbook.ErrPermissionDenied)
	employee, admin := book.Session(seatbook.Actor{Name: "x"}), book.Session(seatbook.Actor{Name: "x", Role: seatbook.Admin})
	wantCode(t, employee.WhyNot(seatbook.OpAssign), seatbook.ErrPermissionDenied)
	ok(t, 0, admin.WhyNot(seatbook.OpAssign))
	wantCode(t, admin.WhyNot(0), seatbook.ErrInvalidArgument)
	if employee.Can(seatbook.OpAssign) || !admin.Can(seatbook.OpAssign) || admin.Can(0) || new(seatbook.Session).Can(seatbook.OpAssign) {
		t.Error("Can and WhyNot differ")
	}
}
