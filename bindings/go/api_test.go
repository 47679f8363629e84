package seatbook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	seatbook "seatbook.example/go"
)

func wantCode(t *testing.T, err error, code seatbook.Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("expected %s, got %v", code, err)
	}
}

func want(t *testing.T, expected, actual any) {
	t.Helper()
	if !reflect.DeepEqual(expected, actual) {
		t.Errorf("expected %v, got %v", expected, actual)
	}
}

func ok[T any](t *testing.T, result T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestParsesAndFormatsMoney(t *testing.T) {
	for text, money := range map[string]seatbook.Money{"12.58": 125800, "0": 0, "1": 10000, "0.0001": 1, "99999999.9999": 999999999999} {
		parsed, err := seatbook.ParseMoney(text)
		want(t, money, ok(t, parsed, err))
	}
	want(t, "12.58", seatbook.Money(125800).String())
	want(t, "0.0001", seatbook.Money(1).String())
	for _, text := range []string{"", "1,5", "1.23456", "-1", "1e3", "\x00", "\xff", strings.Repeat("9", 3<<20)} {
		if _, err := seatbook.ParseMoney(text); err == nil {
			t.Errorf("%.20q was accepted as money", text)
		}
	}
	_ = seatbook.Money(math.MinInt64).String()
	half := seatbook.MoneySum("0.50").Rat()
	want(t, "1/2", half.String())
}

func TestParsesAndFormatsDates(t *testing.T) {
	day := seatbook.NewDate(2026, time.March, 1)
	want(t, "2026-03-01", day.String())
	parsed, err := seatbook.ParseDate("2026-03-01")
	want(t, day, ok(t, parsed, err))
	want(t, int64(20513), day.Days())
	want(t, day, seatbook.DateOf(time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("", -8*3600))))
	want(t, true, seatbook.Date{}.IsZero() && seatbook.Date{}.Time().IsZero() && day.Before(seatbook.NewDate(2026, 3, 2)))
	want(t, "1969-12-31", seatbook.DateFromDays(-1).String())
	for _, days := range []int64{math.MinInt64, -800000, math.MaxInt64} {
		if seatbook.DateFromDays(days).IsZero() {
			t.Errorf("day %d is zero", days)
		}
	}
	for _, text := range []string{"", "2026-02-30", "yesterday", "1969-12-31", "2201-01-01"} {
		if _, err := seatbook.ParseDate(text); err == nil {
			t.Errorf("%q was accepted as a day", text)
		}
	}
}

func TestInstantsHaveMicrosecondsInUTC(t *testing.T) {
	at := time.Date(2026, 3, 1, 13, 0, 0, 123456789, time.FixedZone("", 3600))
	clock, err := seatbook.NewManualClock(at)
	ok(t, clock, err)
	want(t, time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC), clock.Now())
	clock.Advance(time.Second)
	want(t, 1, clock.Now().Second())
	clock.Set(at)
	want(t, 0, clock.Now().Second())
	parsed, err := seatbook.ParseTime("2026-03-01T13:00:00.123456+01:00")
	want(t, clock.Now(), ok(t, parsed, err))
}

func TestWritesJSON(t *testing.T) {
	desk, ada, inkwell := newDesk()
	license, err := desk.GetLicense(inkwell)
	text, err := json.Marshal(ok(t, license, err))
	want(t, `{"id":1,"name":"Inkwell","vendor":"Ink Ltd","product_group":"","host_key":"","total_seats":2,`+
		`"policy":"enforce","owner":1,"backup_owner":null,"cost_per_seat":"12.58","currency":"EUR",`+
		`"billing_period":"month","renewal_date":null,"state":"active","revision":1}`, string(ok(t, text, err)))
	_, err = desk.Assign(seatbook.Assign{License: inkwell, Person: ada})
	ok(t, 0, err)
	page, err := desk.EventsJSON(0, 10)
	ok(t, page, err)
	var event struct{ Event string }
	if len(page.Items) != 1 || page.More || page.Next == 0 || json.Unmarshal(page.Items[0], &event) != nil {
		t.Errorf("%+v", page)
	}
	notifications, err := desk.NotificationsJSON(0, 10)
	want(t, 1, len(ok(t, notifications, err).Items))
	_, err = desk.EventsJSON(-1, 10)
	wantCode(t, err, seatbook.ErrInvalidArgument)
}

// Results survive a round trip through JSON. The body of a PATCH is an update.
func TestReadsResultsAndRequestsFromJSON(t *testing.T) {
	desk, ada, inkwell := newDesk()
	_, err := desk.Assign(seatbook.Assign{License: inkwell, Person: ada, CostOverride: seatbook.Some(seatbook.Money(1))})
	ok(t, 0, err)
	checkRoundTrip := func(result any) {
		t.Helper()
		text, err := json.Marshal(result)
		back := reflect.New(reflect.TypeOf(result))
		ok(t, 0, json.Unmarshal(ok(t, text, err), back.Interface()))
		want(t, result, back.Elem().Interface())
	}
	license, err := desk.GetLicense(inkwell)
	checkRoundTrip(ok(t, license, err))
	seats, err := desk.SeatList(seatbook.SeatListQuery{})
	checkRoundTrip(ok(t, seats, err))
	history, err := desk.History(seatbook.HistoryQuery{})
	for n := range ok(t, history, err) {
		history[n].Row.Grants, history[n].Row.Removes = false, false // not in JSON
	}
	checkRoundTrip(history)
	bulk, err := desk.RevokeAll(seatbook.RevokeAll{Person: ada, DryRun: true})
	checkRoundTrip(ok(t, bulk, err))
	utilization, err := desk.Utilization(seatbook.UtilizationQuery{})
	for n := range ok(t, utilization, err) {
		for _, totals := range [][]seatbook.MoneyTotal{utilization[n].MonthlyCost, utilization[n].MonthlyWaste} {
			for at := range totals {
				totals[at].Twelfths = ""
			}
		}
	}
	checkRoundTrip(utilization)

	var update seatbook.UpdateLicense
	ok(t, 0, json.Unmarshal([]byte(`{"license": 1, "vendor": null, "cost_per_seat": "9.90", "billing_period": "year",
		"renewal_date": "2027-01-31", "request_id": "000000000000000000000000000000ff"}`), &update))
	want(t, seatbook.UpdateLicense{License: inkwell, Vendor: seatbook.Clear[string](), CostPerSeat: seatbook.Set[seatbook.Money](99000),
		BillingPeriod: seatbook.Set(seatbook.BillingYear), RenewalDate: seatbook.Set(seatbook.NewDate(2027, 1, 31)),
		RequestID: seatbook.RequestID{15: 255}}, update)
	var add seatbook.AddLicense
	ok(t, 0, json.Unmarshal([]byte(`{"name": "Slack", "owner": 1, "total_seats": null}`), &add))
	want(t, seatbook.AddLicense{Name: "Slack", Owner: seatbook.Some(ada), TotalSeats: seatbook.Unlimited}, add)
	for _, text := range []string{`{"cost_per_seat": 9.9}`, `{"cost_per_seat": "dear"}`, `{"renewal_date": "soon"}`, `{"renewal_date": 5}`,
		`{"billing_period": "week"}`, `{"request_id": "x"}`, `{"license": -1}`, `{"name": 7}`} {
		if err := json.Unmarshal([]byte(text), &update); err == nil {
			t.Errorf("%s was accepted", text)
		}
	}
	if err := json.Unmarshal([]byte(`{"total_seats": "many"}`), &add); err == nil {
		t.Error("a text was accepted as a number of seats")
	}
	var code seatbook.Code
	ok(t, 0, code.UnmarshalText([]byte("no_seats_remaining")))
	want(t, seatbook.ErrNoSeatsRemaining, code)
	wantCode(t, code.UnmarshalText([]byte("no_cake")), seatbook.ErrInvalidArgument)
}

func TestParsesAndFormatsChoices(t *testing.T) {
	var role seatbook.Role
	for _, name := range []string{"it-admin", "it_admin"} {
		ok(t, 0, role.UnmarshalText([]byte(name)))
		want(t, seatbook.ITAdmin, role)
	}
	wantCode(t, role.UnmarshalText([]byte("king")), seatbook.ErrInvalidArgument)
	want(t, "it-admin none unknown 98", fmt.Sprint(seatbook.ITAdmin, seatbook.Role(0), seatbook.Role(99)))
	want(t, true, seatbook.OpAssign.Permissions().Has(seatbook.PermissionAssign))
	want(t, false, seatbook.OpAssign.OwnView())
	want(t, seatbook.PermissionsOf(seatbook.PermissionViewOwn), seatbook.Employee.Permissions())
	want(t, seatbook.Permissions(0), seatbook.Role(99).Permissions())
	if seatbook.Version() == "" || !seatbook.HasStorage("sqlite") || seatbook.HasStorage("paper") {
		t.Error("wrong version, storages or both")
	}
}

func TestIteratorsReadAllPages(t *testing.T) {
	desk, ada, inkwell := newDesk()
	for n := 0; n < 6; n++ {
		person, err := desk.AddPerson(seatbook.AddPerson{Name: fmt.Sprint("P", n)})
		ok(t, person, err)
		license, err := desk.AddLicense(seatbook.AddLicense{Name: fmt.Sprint("L", n), Owner: seatbook.Some(ada)})
		ok(t, license, err)
		_, err = desk.Assign(seatbook.Assign{License: license.License, Person: person.Person})
		ok(t, 0, err)
	}
	two := seatbook.Some(2)
	want(t, 7, count(t, desk.AllPeople(seatbook.PeopleQuery{Limit: two})))
	want(t, 7, count(t, desk.AllLicenses(seatbook.LicensesQuery{Limit: two})))
	want(t, 6, count(t, desk.AllSeats(seatbook.SeatListQuery{Limit: two})))
	want(t, 0, count(t, desk.AllOfRoster(seatbook.RosterQuery{License: inkwell, Limit: two})))
	want(t, 20, count(t, desk.AllHistory(seatbook.HistoryQuery{Limit: two})))
	want(t, 20, count(t, desk.AllHistory(seatbook.HistoryQuery{Limit: two, NewestFirst: true})))
	want(t, 6, count(t, desk.AllReclaimCandidates(seatbook.ReclaimCandidatesQuery{Limit: two, NewSeatGraceDays: seatbook.Some(0)})))
	want(t, 0, count(t, desk.AllOffboardingTimes(seatbook.OffboardingTimesQuery{Limit: two})))
	steps := count(t, desk.AllUsageOverTime(seatbook.UsageOverTimeQuery{}))
	want(t, steps, count(t, desk.AllUsageOverTime(seatbook.UsageOverTimeQuery{Limit: seatbook.Some(1)})))

	people := desk.AllPeople(seatbook.PeopleQuery{Limit: two})
	want(t, count(t, people), count(t, people)) // each use queries again
	seen := 0
	people(func(seatbook.Person, error) bool { seen++; return seen < 3 })
	want(t, 3, seen)
	failed := 0
	desk.AllOfRoster(seatbook.RosterQuery{License: 99})(func(_ seatbook.RosterRow, err error) bool {
		wantCode(t, err, seatbook.ErrLicenseNotFound)
		failed++
		return true
	})
	want(t, 1, failed)
}

func count[Row any](t *testing.T, rows func(func(Row, error) bool)) (n int) {
	t.Helper()
	rows(func(_ Row, err error) bool {
		ok(t, 0, err)
		n++
		return n < 1000
	})
	return n
}

func TestFollowReturnsNewNotifications(t *testing.T) {
	desk, ada, inkwell := newDesk()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		time.Sleep(20 * time.Millisecond)
		_, _ = desk.Assign(seatbook.Assign{License: inkwell, Person: ada})
	}()
	var people []string
	desk.FollowNotifications(ctx, 0, time.Millisecond)(func(note seatbook.Notification, err error) bool {
		if err != nil {
			want(t, context.Canceled, err)
			return true
		}
		people = append(people, note.PersonName, note.Seats[0].LicenseName)
		stop()
		return true
	})
	want(t, []string{"Ada", "Inkwell"}, people)
}

func TestBulkErrorsHaveOutcomes(t *testing.T) {
	desk, ada, inkwell := newDesk()
	bulk := seatbook.AssignMany{License: inkwell, People: []seatbook.PersonID{ada, 99}}
	_, err := desk.AssignMany(bulk)
	wantCode(t, err, seatbook.ErrPersonNotFound)
	_, err = desk.Assign(seatbook.Assign{License: inkwell, Person: ada})
	ok(t, 0, err)
	bulk = seatbook.AssignMany{License: inkwell, People: []seatbook.PersonID{ada}, AllOrNothing: true}
	_, err = desk.AssignMany(bulk)
	wantCode(t, err, seatbook.ErrBulkRefused)
	var failure *seatbook.Error
	if !errors.As(err, &failure) || len(failure.Outcomes) != 1 || !errors.Is(failure.Outcomes[0].Code, seatbook.ErrAlreadyAssigned) {
		t.Errorf("%+v", failure)
	}
}

func TestRepeatedRequestIDFails(t *testing.T) {
	desk, _, _ := newDesk()
	request := seatbook.AddPerson{Name: "Bo", RequestID: seatbook.NewRequestID()}
	_, err := desk.AddPerson(request)
	ok(t, 0, err)
	_, err = desk.AddPerson(request)
	wantCode(t, err, seatbook.ErrRepeatedRequest)
	id, err := seatbook.ParseRequestID(request.RequestID.String())
	want(t, request.RequestID, ok(t, id, err))
}

func TestBooksInFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "acme.db")
	_, err := seatbook.OpenWith(path, seatbook.Options{MustExist: true})
	if err == nil {
		t.Fatal("opened a missing book")
	}
	book, err := seatbook.Open(path)
	ok(t, book, err)
	desk := book.Session(seatbook.Actor{Name: "it", Role: seatbook.Admin})
	_, err = desk.AddPerson(seatbook.AddPerson{Name: "Ada"})
	ok(t, 0, err)
	_, err = seatbook.Open(path)
	wantCode(t, err, seatbook.ErrStorageInUse)
	ok(t, 0, book.Backup(path+".copy"))
	wantCode(t, book.Backup(path+".copy"), seatbook.ErrInvalidArgument)
	version, err := book.Refresh()
	want(t, book.Version(), ok(t, version, err))
	_, err = desk.AtLeast(version + 1).GetPerson(1)
	wantCode(t, err, seatbook.ErrBookBehind)
	_, err = desk.AtLeast(version).GetPerson(1)
	ok(t, 0, err)
	ok(t, 0, book.Close())
	ok(t, 0, book.Close())
	want(t, true, book.Closed())
	_, err = desk.GetPerson(1)
	wantCode(t, err, seatbook.ErrBookClosed)

	copied, err := seatbook.OpenWith(path+".copy", seatbook.Options{ReadOnly: true})
	ok(t, copied, err)
	defer copied.Close()
	desk = copied.Session(seatbook.Actor{Name: "it", Role: seatbook.Admin})
	ada, err := desk.GetPerson(1)
	want(t, "Ada", ok(t, ada, err).Name)
	_, err = desk.AddPerson(seatbook.AddPerson{Name: "Bo"})
	wantCode(t, err, seatbook.ErrBookReadOnly)
}

func TestBooksShareAStorage(t *testing.T) {
	storage, err := seatbook.OpenStorage("", seatbook.Options{})
	ok(t, storage, err)
	checkSharing(t, func() (*seatbook.Book, error) { return storage.Open(seatbook.Options{}) })
	_, err = storage.Open(seatbook.Options{MustExist: true})
	wantCode(t, err, seatbook.ErrInvalidArgument)
	clock, err := seatbook.NewManualClock(time.Now())
	_, err = seatbook.OpenStorage("", seatbook.Options{Clock: ok(t, clock, err)})
	wantCode(t, err, seatbook.ErrInvalidArgument)
	_, err = new(seatbook.Storage).Open(seatbook.Options{})
	wantCode(t, err, seatbook.ErrInvalidArgument)
	_, err = (*seatbook.Storage)(nil).Open(seatbook.Options{})
	wantCode(t, err, seatbook.ErrInvalidArgument)
}

// checkSharing checks that two books on one storage observe each other's changes on request, and that
// the last seat is assigned only once.
func checkSharing(t *testing.T, open func() (*seatbook.Book, error)) {
	t.Helper()
	one, err := open()
	ok(t, one, err)
	defer one.Close()
	other, err := open()
	ok(t, other, err)
	defer other.Close()
	root := seatbook.Actor{Name: "root", Role: seatbook.SuperAdmin}
	desk, far := one.Session(root), other.Session(root)
	ada, err := desk.AddPerson(seatbook.AddPerson{Name: "Ada"})
	ok(t, ada, err)
	_, err = far.GetPerson(ada.Person)
	wantCode(t, err, seatbook.ErrPersonNotFound)
	_, err = far.AtLeast(ada.Version + 1).GetPerson(ada.Person)
	wantCode(t, err, seatbook.ErrBookBehind)
	person, err := far.AtLeast(ada.Version).GetPerson(ada.Person)
	want(t, "Ada", ok(t, person, err).Name)
	license, err := far.AddLicense(seatbook.AddLicense{Name: "Inkwell", TotalSeats: seatbook.Limited(1), Owner: seatbook.Some(ada.Person)})
	ok(t, license, err)
	version, err := one.Refresh()
	want(t, license.Version, ok(t, version, err))
	bo, err := desk.AddPerson(seatbook.AddPerson{Name: "Bo"})
	ok(t, bo, err)

	errs := make(chan error)
	for person, session := range map[seatbook.PersonID]*seatbook.Session{ada.Person: desk, bo.Person: far} {
		request, session := seatbook.Assign{License: license.License, Person: person}, session
		go func() {
			_, err := session.Assign(request)
			errs <- err
		}()
	}
	first, second := <-errs, <-errs
	if (first == nil) == (second == nil) || !errors.Is(first, seatbook.ErrNoSeatsRemaining) && !errors.Is(second, seatbook.ErrNoSeatsRemaining) {
		t.Errorf("%v, %v", first, second)
	}
}

// --------------------------------------------------------------------------------- exports

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(bytes []byte) (int, error) { return f(bytes) }

func TestExportsWriteToAWriter(t *testing.T) {
	desk, ada, inkwell := newDesk()
	_, err := desk.Assign(seatbook.Assign{License: inkwell, Person: ada})
	ok(t, 0, err)
	text, err := desk.ExportRoster(seatbook.ExportRoster{License: inkwell})
	ok(t, text, err)
	var written bytes.Buffer
	file, err := desk.ExportRoster(seatbook.ExportRoster{License: inkwell, To: &written})
	want(t, int64(written.Len()), ok(t, file, err).Bytes)
	want(t, text.CSV, written.String())
	want(t, "", file.CSV)

	full := errors.New("the disk is full")
	export := func(to writerFunc) error {
		_, err := desk.ExportRoster(seatbook.ExportRoster{License: inkwell, To: to})
		return err
	}
	err = export(func([]byte) (int, error) { return 0, full })
	if !errors.Is(err, full) || !errors.Is(err, seatbook.ErrCancelled) {
		t.Error(err)
	}
	err = export(func(bytes []byte) (int, error) { return len(bytes) - 1, nil })
	if !errors.Is(err, io.ErrShortWrite) {
		t.Error(err)
	}
	ok(t, 0, export(func(bytes []byte) (int, error) { // the writer may use the book
		_, err := desk.AddPerson(seatbook.AddPerson{Name: "Meanwhile"})
		return len(bytes), err
	}))
	func() {
		defer func() { want(t, "no paper", recover()) }()
		_ = export(func([]byte) (int, error) { panic("no paper") })
		t.Error("the panic was lost")
	}()
	_, err = desk.GetPerson(ada)
	ok(t, 0, err)
}

// --------------------------------------------------------------------------------- imports

func roster(rows int) string {
	var text strings.Builder
	text.WriteString("Email\n")
	for n := 0; n < rows; n++ {
		fmt.Fprintf(&text, "unknown%d@example.com\n", n)
	}
	return text.String()
}

func TestImportsReport(t *testing.T) {
	desk, _, inkwell := newDesk()
	var progress seatbook.Progress
	report, err := desk.ImportRoster(context.Background(), seatbook.ImportRoster{License: inkwell,
		CSV: "Email\nada@example.com\nbo@example.com\n", Progress: &progress})
	ok(t, report, err)
	want(t, "1 1 [bo@example.com]", fmt.Sprint(report.Added, report.NotFound, report.UnmatchedEmails))
	done, total := progress.Rows()
	want(t, "2 2", fmt.Sprint(done, total))
	csv, err := report.CSV(seatbook.CSVFormat{})
	if !strings.Contains(ok(t, csv, err), "bo@example.com") {
		t.Error(csv)
	}
	people, err := desk.ImportPeople(context.Background(), seatbook.ImportPeople{CSV: "Who,Mail\nBo,bo@example.com\n",
		Columns: seatbook.PeopleColumns{Name: "Who", Email: "Mail"}})
	want(t, int64(1), ok(t, people, err).Added)
}

func TestCancelledContextCancelsImport(t *testing.T) {
	desk, _, inkwell := newDesk()
	cancelled, stop := context.WithCancel(context.Background())
	stop()
	_, err := desk.ImportRoster(cancelled, seatbook.ImportRoster{License: inkwell, CSV: roster(10)})
	wantCode(t, err, seatbook.ErrCancelled)
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	// Cancels a running import, as soon as it has processed rows.
	request := seatbook.ImportRoster{License: inkwell, CSV: roster(99_000), Progress: new(seatbook.Progress)}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		for ctx.Err() == nil {
			if done, _ := request.Progress.Rows(); done > 0 {
				stop()
			}
		}
	}()
	_, err = desk.ImportRoster(ctx, request)
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	_, err = desk.ImportRoster(context.Background(), seatbook.ImportRoster{License: inkwell, CSV: roster(10)})
	ok(t, 0, err)
}

// ------------------------------------------------------------------------------ goroutines

func TestGoroutinesShareASession(t *testing.T) {
	desk, _, inkwell := newDesk()
	var wait sync.WaitGroup
	for worker := 0; worker < 8; worker++ {
		worker := worker
		wait.Add(1)
		go func() {
			defer wait.Done()
			for n := 0; n < 50; n++ {
				person, err := desk.AddPerson(seatbook.AddPerson{Name: fmt.Sprint(worker, n)})
				if err != nil {
					t.Error(err)
					return
				}
				_, err = desk.Assign(seatbook.Assign{License: inkwell, Person: person.Person})
				if err != nil && !errors.Is(err, seatbook.ErrNoSeatsRemaining) {
					t.Error(err)
				}
				if people, err := desk.People(seatbook.PeopleQuery{}); err != nil || len(people) == 0 {
					t.Error(people, err)
				}
			}
		}()
	}
	wait.Wait()
	usage, err := desk.Usage(inkwell)
	want(t, "2/2", ok(t, usage, err).Text)
	people, err := desk.People(seatbook.PeopleQuery{})
	want(t, 401, len(ok(t, people, err)))
}
