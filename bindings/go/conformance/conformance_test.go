package conformance

// Runs the cases of tests/conformance/cases through the public package. tests/conformance/README.md
// describes the cases and what a runner must check. Methods and members are looked up by reflection: a
// name in a case that the package does not have fails the run.

import (
	"bytes"
	"context"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	seatbook "seatbook.example/go"
)

const (
	conformance  = "../../../tests/conformance"
	defaultStart = "2026-03-01T12:00:00Z"
	defaultLimit = 1000
	all          = 100_000
)

type object = map[string]any

// promise is the description of one operation in operations.json.
type promise struct {
	Name    string   `json:"name"`
	Request []string `json:"request"`
	Returns string   `json:"returns"`
	Saves   string   `json:"saves"`
	Result  []string `json:"result"`
	Codes   []string `json:"codes"`
}

type testCase struct {
	topic, name string
	data        object
}

func decode(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

func readPromises(t *testing.T) map[string]promise {
	text, err := os.ReadFile(filepath.Join(conformance, "operations.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Operations []promise `json:"operations"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	promises := map[string]promise{}
	for _, p := range file.Operations {
		promises[p.Name] = p
	}
	if len(promises) == 0 || len(promises) != len(file.Operations) {
		t.Fatal("operations.json is empty or has duplicate names")
	}
	return promises
}

func readCases(t *testing.T) []testCase {
	folder := filepath.Join(conformance, "cases")
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	names := map[string]bool{}
	for _, file := range files {
		topic := strings.TrimSuffix(file.Name(), ".json")
		if file.IsDir() || topic == file.Name() {
			t.Fatalf("not a file of cases: %s", file.Name())
		}
		text, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		value, err := decode(text)
		if err != nil {
			t.Fatalf("%s: %v", file.Name(), err)
		}
		for _, each := range value.(object)["cases"].([]any) {
			data := each.(object)
			name := data["name"].(string)
			if names[name] {
				t.Fatalf("duplicate case %q", name)
			}
			names[name] = true
			cases = append(cases, testCase{topic, name, data})
		}
	}
	if len(cases) == 0 {
		t.Fatal("no cases found")
	}
	return cases
}

// failure is a failed case: the case or operations.json is invalid, or the result differs.
type failure string

func (f failure) Error() string { return string(f) }

func fail(format string, arguments ...any) { panic(failure(fmt.Sprintf(format, arguments...))) }

func shown(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	if len(text) > 2000 {
		text = append(text[:2000:2000], " ..."...)
	}
	return string(text)
}

func allowOnly(given object, members ...string) {
	for name := range given {
		if !contains(members, name) {
			fail("unknown member %s", name)
		}
	}
}

func contains(list []string, one string) bool {
	for _, each := range list {
		if each == one {
			return true
		}
	}
	return false
}

// ---------------------------------------------------------------------- placeholders

var reference = regexp.MustCompile(`^\$[a-z][a-z0-9_]*$`)

func fillIn(value any, saved map[string]json.Number) any {
	switch value := value.(type) {
	case string:
		if value == "$any" || !reference.MatchString(value) {
			return value
		}
		id, known := saved[value[1:]]
		if !known {
			fail("%s is not saved", value)
		}
		return id
	case []any:
		list := make([]any, len(value))
		for n := range value {
			list[n] = fillIn(value[n], saved)
		}
		return list
	case object:
		return fillInObject(value, saved)
	}
	return value
}

func fillInObject(value object, saved map[string]json.Number) any {
	for name, member := range value {
		if !contains([]string{"$repeat", "$join", "$list"}, name) {
			continue
		}
		allowOnly(value, name)
		form := fillIn(member, saved).([]any)
		if name == "$join" {
			text := ""
			for _, part := range form {
				text += part.(string)
			}
			return text
		}
		times := int(integer(form[1]))
		if name == "$repeat" {
			return strings.Repeat(form[0].(string), times)
		}
		list := make([]any, times)
		for n := range list {
			list[n] = form[0]
		}
		return list
	}
	result := object{}
	for name, member := range value {
		filled := fillIn(member, saved)
		if plain := strings.TrimSuffix(name, "_b64"); plain != name {
			decoded, err := base64.StdEncoding.DecodeString(member.(string))
			if err != nil {
				fail("%s: %v", name, err)
			}
			name, filled = plain, string(decoded)
		}
		if _, twice := result[name]; twice {
			fail("duplicate member %s", name)
		}
		result[name] = filled
	}
	return result
}

func integer(value any) int64 {
	number, ok := value.(json.Number)
	if !ok {
		fail("not a number: %s", shown(value))
	}
	n, err := number.Int64()
	if err != nil {
		fail("%v", err)
	}
	return n
}

// ------------------------------------------------------------------------ values of calls

// plain returns a name for comparison: add_person equals AddPerson.
func plain(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

var errNoMore = errors.New("the writer failed")

type stoppedWriter struct{}

func (stoppedWriter) Write([]byte) (int, error) { return 0, errNoMore }

// put converts a value of a case to a variable of Go. An invalid request id is an error of the library.
func put(to reflect.Value, value any) error {
	switch target := to.Addr().Interface().(type) {
	case *seatbook.Edit[string]:
		return putEdit(target, value)
	case *seatbook.Edit[seatbook.Money]:
		return putEdit(target, value)
	case *seatbook.Edit[seatbook.Date]:
		return putEdit(target, value)
	case *seatbook.Edit[time.Time]:
		return putEdit(target, value)
	case *seatbook.Edit[seatbook.PersonID]:
		return putEdit(target, value)
	case *seatbook.Edit[seatbook.BillingPeriod]:
		return putEdit(target, value)
	case *seatbook.Seats:
		*target = seatbook.Unlimited
		if value != nil {
			*target = seatbook.Limited(integer(value))
		}
		return nil
	case *seatbook.Money:
		return putParsed(target, value, seatbook.ParseMoney, seatbook.UnreadableMoney, func(n int64) seatbook.Money { return seatbook.Money(n) })
	case *seatbook.Date:
		return putParsed(target, value, seatbook.ParseDate, seatbook.UnreadableDate, seatbook.DateFromDays)
	case *time.Time:
		return putParsed(target, value, seatbook.ParseTime, seatbook.UnreadableTime, time.UnixMicro)
	case *seatbook.RequestID:
		return putParsed(target, value, seatbook.ParseRequestID, seatbook.RequestID{}, nil)
	case *seatbook.Permissions:
		var list []seatbook.Permission
		for _, name := range value.([]any) {
			var permission seatbook.Permission
			if err := permission.UnmarshalText([]byte(name.(string))); err != nil {
				fail("unknown permission %s", name)
			}
			list = append(list, permission)
		}
		*target = seatbook.PermissionsOf(list...)
		return nil
	case *io.Writer:
		if value != "stops" {
			fail("not a sink: %s", shown(value))
		}
		*target = stoppedWriter{}
		return nil
	case **seatbook.Progress:
		if value != "cancelled" {
			fail("not a state of progress: %s", shown(value))
		}
		*target = new(seatbook.Progress)
		(*target).Cancel()
		return nil
	case encoding.TextUnmarshaler:
		if err := target.UnmarshalText([]byte(value.(string))); err != nil {
			to.SetInt(100) // an unknown value
		}
		return nil
	}
	if valid := optional(to); valid.IsValid() {
		valid.SetBool(true)
		return put(to.FieldByName("V"), value)
	}
	switch to.Kind() {
	case reflect.Uint64:
		n := integer(value)
		to.SetUint(uint64(n))
	case reflect.Int, reflect.Int64:
		to.SetInt(integer(value))
	case reflect.Bool:
		to.SetBool(value.(bool))
	case reflect.String:
		to.SetString(value.(string))
	case reflect.Slice:
		list := value.([]any)
		to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
		for n := range list {
			if err := put(to.Index(n), list[n]); err != nil {
				return err
			}
		}
	case reflect.Struct:
		return putMembers(to, value.(object))
	default:
		fail("not a value of %s: %s", to.Type(), shown(value))
	}
	return nil
}

// optional returns the flag of an Opt, or an invalid Value for other types.
func optional(of reflect.Value) reflect.Value {
	if of.Kind() == reflect.Struct && strings.HasPrefix(of.Type().Name(), "Opt[") {
		return of.FieldByName("Valid")
	}
	return reflect.Value{}
}

func putEdit[T any](to *seatbook.Edit[T], value any) error {
	if value == nil {
		*to = seatbook.Clear[T]()
		return nil
	}
	var set T
	err := put(reflect.ValueOf(&set).Elem(), value)
	*to = seatbook.Set(set)
	return err
}

// putParsed passes a placeholder for a text that cannot be parsed, so that the library reports it (C74).
func putParsed[T any](to *T, value any, parse func(string) (T, error), unreadable T, raw func(int64) T) (err error) {
	text, ok := value.(string)
	if !ok {
		*to = raw(integer(value))
		return nil
	}
	*to, err = parse(text)
	switch {
	case err == nil || raw == nil:
		return err
	case errors.Is(err, seatbook.ErrMoneyOutOfRange) || errors.Is(err, seatbook.ErrDateOutOfRange):
		*to = raw(math.MaxInt64)
	default:
		*to = unreadable
	}
	return nil
}

// putMembers sets the fields of a struct by name.
func putMembers(to reflect.Value, members object) error {
	for name, value := range members {
		field := to.FieldByNameFunc(func(field string) bool { return plain(field) == plain(spelled(to.Type(), name)) })
		if !field.IsValid() {
			fail("%s has no member %s", to.Type(), name)
		}
		if err := putNamed(field, name, value); err != nil {
			return err
		}
	}
	return nil
}

func spelled(of reflect.Type, name string) string {
	switch {
	case name == "sink":
		return "To"
	case of == reflect.TypeOf(seatbook.Actor{}) && name == "actor":
		return "Name"
	}
	return name
}

func putNamed(to reflect.Value, name string, value any) error {
	err := put(to, value)
	var refused *seatbook.Error
	if errors.As(err, &refused) && (refused.Field == "" || refused.Field == "text") {
		refused.Field = name
	}
	return err
}

// ------------------------------------------------------------------------------- results

// jsonOf converts a result to the JSON of the cases.
func jsonOf(result any) any {
	if at, ok := result.(time.Time); ok && at.IsZero() {
		return nil
	}
	text, err := json.Marshal(result)
	if err != nil {
		fail("%v", err)
	}
	value, err := decode(text)
	if err != nil {
		fail("%v", err)
	}
	return value
}

func jsonOfError(err error) any {
	var refused *seatbook.Error
	if !errors.As(err, &refused) {
		fail("not an error of the package: %v", err)
	}
	if !errors.Is(err, refused.Code) || errors.Is(err, refused.Code+1) {
		fail("errors.Is does not match the code of %v", err)
	}
	values := refused.Values
	if values == nil {
		values = []uint64{}
	}
	return jsonOf(object{"error": refused.Code.String(), "field": refused.Field, "index": refused.Index,
		"values": values, "message": refused.Message, "outcomes": refused.Outcomes})
}

// difference describes the first difference between the result and the expected value, or is empty.
func difference(expected, actual any, exactly bool, path string) string {
	if expected == "$any" {
		return ""
	}
	switch expected := expected.(type) {
	case []any:
		actual, ok := actual.([]any)
		if !ok || len(actual) != len(expected) {
			return fmt.Sprintf("%s: expected %s, got %s", path, shown(expected), shown(actual))
		}
		for n := range expected {
			if found := difference(expected[n], actual[n], exactly, fmt.Sprint(path, "/", n)); found != "" {
				return found
			}
		}
		return ""
	case object:
		actual, ok := actual.(object)
		if !ok {
			return fmt.Sprintf("%s: expected %s, got %s", path, shown(expected), shown(actual))
		}
		for name, member := range expected {
			got, found := actual[name]
			if !found {
				return fmt.Sprintf("%s has no member %s: %s", path, name, shown(actual))
			}
			if text := difference(member, got, exactly, path+"/"+name); text != "" {
				return text
			}
		}
		for name := range actual {
			if _, named := expected[name]; exactly && !named {
				return fmt.Sprintf("%s has an extra member: %s", path, name)
			}
		}
		return ""
	}
	if !reflect.DeepEqual(expected, actual) {
		return fmt.Sprintf("%s: expected %s, got %s", path, shown(expected), shown(actual))
	}
	return ""
}

// ------------------------------------------------------------------------------- running

// player runs one case on one book.
type player struct {
	promises map[string]promise
	data     object
	clock    *seatbook.ManualClock
	book     *seatbook.Book
	saved    map[string]json.Number
	results  []any
	lastDump string
	done     map[string]bool // the operations called
}

func must[T any](value T, err error) T {
	if err != nil {
		fail("%v", err)
	}
	return value
}

func instantOf(value any) time.Time {
	var instant time.Time
	if err := put(reflect.ValueOf(&instant).Elem(), value); err != nil {
		fail("not a time: %s", shown(value))
	}
	return instant
}

func newPlayer(promises map[string]promise, data object, location string, done map[string]bool) *player {
	start, given := data["at"]
	if !given {
		start = defaultStart
	}
	p := &player{promises: promises, data: data, saved: map[string]json.Number{}, done: done}
	p.clock = must(seatbook.NewManualClock(instantOf(start)))
	options := seatbook.Options{Clock: p.clock, Durability: seatbook.DurabilityRelaxed} // no case tests a power loss
	if location == "" {
		options.Durability = 0
	}
	options.AllowClockBehind, _ = data["allow_clock_behind"].(bool)
	p.book = must(seatbook.OpenWith(location, options))
	p.lastDump = must(p.book.Dump())
	return p
}

func (p *player) play() {
	defer p.book.Close()
	for n, step := range p.data["steps"].([]any) {
		p.step(n+1, step.(object))
	}
}

func (p *player) step(number int, step object) {
	defer func() {
		if caught := recover(); caught != nil {
			if reason, ok := caught.(failure); ok {
				fail("step %d: %s\n  %s", number, shown(step), reason)
			}
			panic(caught)
		}
	}()
	allowOnly(step, "note", "at", "do", "as", "at_least", "args", "save", "expect")
	if at, given := step["at"]; given {
		p.clock.Set(instantOf(at))
	}
	name, given := step["do"].(string)
	if !given {
		allowOnly(step, "at", "note")
		p.checkBook()
		return
	}
	promise, known := p.promises[name]
	if !known {
		fail("unknown operation %s", name)
	}
	expect, _ := fillIn(step["expect"], p.saved).(object)
	allowOnly(expect, "error", "field", "index", "values", "outcomes", "message", "ok", "exactly")
	before := p.snapshot()
	result, err := p.call(step, promise)
	p.done[name] = true
	if err != nil {
		p.checkError(expect, jsonOfError(err), before)
	} else {
		p.checkResult(step, promise, expect, result)
	}
	p.checkBook()
}

func (p *player) auditor() *seatbook.Session {
	return p.book.Session(seatbook.Actor{Name: "root", Role: seatbook.SuperAdmin})
}

// snapshot returns the state that a failed call must not change (C43).
func (p *player) snapshot() string {
	dump, err := p.book.Dump()
	if err != nil {
		dump = err.Error()
	}
	events := ""
	if page, err := p.auditor().EventsAfter(0, all); err == nil {
		events = shown(page)
	} else {
		events = err.Error()
	}
	return fmt.Sprint(p.book.Version(), dump, events)
}

func (p *player) session(step object) (*seatbook.Session, error) {
	actor, given := step["as"]
	if !given {
		actor, given = p.data["actor"]
	}
	if !given {
		actor = object{"actor": "root", "role": "super-admin"}
	}
	members := fillIn(actor, p.saved).(object)
	allowOnly(members, "actor", "person", "role", "permissions")
	var sessionActor seatbook.Actor
	err := putMembers(reflect.ValueOf(&sessionActor).Elem(), members)
	session := p.book.Session(sessionActor)
	if version, given := step["at_least"]; given {
		session = session.AtLeast(integer(version))
	}
	return session, err
}

func methodOf(session *seatbook.Session, name string) reflect.Value {
	of := reflect.ValueOf(session)
	for n := 0; n < of.NumMethod(); n++ {
		if plain(of.Type().Method(n).Name) == plain(name) {
			return of.Method(n)
		}
	}
	fail("Session has no method for %s", name)
	return reflect.Value{}
}

var contextType = reflect.TypeOf((*context.Context)(nil)).Elem()

// isRequest reports whether a parameter is the request struct.
func isRequest(parameter reflect.Type) bool {
	return parameter.Kind() == reflect.Struct && parameter.PkgPath() == reflect.TypeOf(seatbook.Assign{}).PkgPath()
}

func (p *player) call(step object, promise promise) (any, error) {
	members, _ := fillIn(step["args"], p.saved).(object)
	allowOnly(members, promise.Request...)
	switch promise.Name {
	case "dump":
		dump, err := p.book.Dump()
		if err != nil {
			return nil, err
		}
		return json.RawMessage(dump), nil
	case "check":
		return p.book.Check()
	case "close":
		return nil, p.book.Close()
	}
	session, err := p.session(step)
	if err != nil {
		return nil, err
	}
	method := methodOf(session, promise.Name)
	var arguments []reflect.Value
	for n := 0; n < method.Type().NumIn(); n++ {
		parameter := method.Type().In(n)
		if parameter == contextType {
			arguments = append(arguments, reflect.ValueOf(context.Background()))
			continue
		}
		argument := reflect.New(parameter).Elem()
		if isRequest(parameter) {
			if err := putMembers(argument, members); err != nil {
				return nil, err
			}
		} else {
			name := promise.Request[n]
			if value, given := members[name]; given {
				if err := putNamed(argument, name, value); err != nil {
					return nil, err
				}
			} else if name == "limit" {
				argument.SetInt(defaultLimit)
			}
		}
		arguments = append(arguments, argument)
	}
	results := method.Call(arguments)
	last := results[len(results)-1].Interface()
	if yes, ok := last.(bool); ok {
		return yes, nil
	}
	if last != nil {
		if members["sink"] == "stops" && !errors.Is(last.(error), errNoMore) && errors.Is(last.(error), seatbook.ErrCancelled) {
			fail("%v does not wrap the error of the writer", last)
		}
		return nil, last.(error)
	}
	if len(results) == 1 {
		return nil, nil
	}
	result := results[0].Interface()
	if report, ok := result.(seatbook.RosterReport); ok {
		members := jsonOf(report).(object)
		members["to_csv"] = must(report.CSV(seatbook.CSVFormat{}))
		return members, nil
	}
	return result, nil
}

func (p *player) checkError(expect object, actual any, before string) {
	p.results = append(p.results, actual)
	if expect["error"] == nil {
		fail("failed: %s", shown(actual))
	}
	if _, given := expect["index"]; !given {
		expect["index"] = json.Number("-1") // an index that the case does not expect is a mistake
	}
	if found := difference(expect, actual, false, ""); found != "" {
		fail("%s", found)
	}
	if after := p.snapshot(); after != before {
		fail("a failed call has changed the book: %s\nbefore: %s", after, before)
	}
}

func (p *player) checkResult(step object, promise promise, expect object, result any) {
	actual := jsonOf(result)
	p.results = append(p.results, actual)
	if _, given := expect["error"]; given {
		fail("did not fail, but returned %s", shown(actual))
	}
	for _, how := range []string{"ok", "exactly"} {
		if expected, given := expect[how]; given {
			if found := difference(expected, actual, how == "exactly", ""); found != "" {
				fail("%s", found)
			}
		}
	}
	checkForm(promise, actual)
	if name, given := step["save"].(string); given {
		if promise.Saves == "" {
			fail("the operation returns no id")
		}
		if members, ok := actual.(object); ok {
			actual = members[promise.Saves]
		}
		if _, twice := p.saved[name]; twice || actual == nil {
			fail("%s is saved twice, or the result has no id", name)
		}
		p.saved[name] = actual.(json.Number)
	}
}

// checkForm checks that a result has the form and the members of operations.json.
func checkForm(promise promise, actual any) {
	each := []any{actual}
	switch promise.Returns {
	case "nothing":
		if actual != nil {
			fail("expected no result, got %s", shown(actual))
		}
	case "list":
		list, ok := actual.([]any)
		if !ok {
			fail("not a list: %s", shown(actual))
		}
		each = list
	}
	if len(promise.Result) == 0 {
		return
	}
	for _, one := range each {
		names := make([]string, 0, len(promise.Result))
		for name := range one.(object) {
			names = append(names, name)
		}
		expected := append([]string(nil), promise.Result...)
		sort.Strings(names)
		sort.Strings(expected)
		if !reflect.DeepEqual(names, expected) {
			fail("members %s differ from operations.json: %s", names, expected)
		}
	}
}

func (p *player) checkBook() {
	findings, err := p.book.Check()
	if errors.Is(err, seatbook.ErrBookClosed) {
		if !p.book.Closed() {
			fail("Closed of a closed book is false")
		}
		return
	}
	if err != nil || len(findings) != 0 {
		fail("%v %v", findings, err)
	}
	p.lastDump = must(p.book.Dump())
}

func playCase(promises map[string]promise, data object, folder string, done map[string]bool) (err error) {
	setUp := "a book"
	defer func() {
		if caught := recover(); caught != nil {
			reason, ok := caught.(failure)
			if !ok {
				panic(caught)
			}
			err = fmt.Errorf("on %s: %w", setUp, reason)
		}
	}()
	allowOnly(data, "name", "note", "rules", "order", "at", "allow_clock_behind", "actor", "steps")
	setUp = "a book in memory"
	alone := newPlayer(promises, data, "", done)
	alone.play()
	setUp = "a book in a file"
	path := filepath.Join(folder, "case.db")
	stored := newPlayer(promises, data, path, done)
	stored.play()
	if found := difference(alone.results, stored.results, true, ""); found != "" {
		fail("the books return different results: %s", found)
	}
	if alone.lastDump != stored.lastDump {
		fail("the books have different records")
	}
	again := must(seatbook.OpenWith(path, seatbook.Options{Clock: stored.clock, MustExist: true}))
	defer again.Close()
	if must(again.Dump()) != stored.lastDump || len(must(again.Check())) != 0 {
		fail("the book differs after it is opened again")
	}
	return nil
}

func TestConformance(t *testing.T) {
	promises, cases := readPromises(t), readCases(t)
	var mutex sync.Mutex
	played, done := 0, map[string]bool{}
	t.Run("cases", func(t *testing.T) { // returns when all cases have ended
		for _, each := range cases {
			each := each
			t.Run(each.topic+"/"+each.name, func(t *testing.T) {
				t.Parallel() // most of the time is spent waiting for files
				called := map[string]bool{}
				if err := playCase(promises, each.data, t.TempDir(), called); err != nil {
					t.Error(err)
				}
				mutex.Lock()
				defer mutex.Unlock()
				played++
				for name := range called {
					done[name] = true
				}
			})
		}
	})
	fmt.Printf("%d conformance cases, %d operations\n", played, len(done))
	if played != len(cases) || len(done) != len(promises) {
		t.Errorf("expected %d cases and %d operations", len(cases), len(promises))
	}
}

// The package and operations.json have the same operations with the same members.
func TestOperationsMatchTheDescription(t *testing.T) {
	ofTheBook := []string{"dump", "check", "close"}
	for name, promise := range readPromises(t) {
		for _, code := range promise.Codes {
			if strings.HasPrefix(codeOf(code).String(), "code ") {
				t.Errorf("unknown code %s", code)
			}
		}
		if contains(ofTheBook, name) {
			continue
		}
		method := methodOf(new(seatbook.Session), name).Type()
		var taken []string
		for n := 0; n < method.NumIn(); n++ {
			switch parameter := method.In(n); {
			case parameter == contextType:
			case isRequest(parameter):
				for field := 0; field < parameter.NumField(); field++ {
					taken = append(taken, plain(parameter.Field(field).Name))
				}
			default:
				taken = append(taken, plain(promise.Request[n]))
			}
		}
		var promised []string
		for _, member := range promise.Request {
			if member == "sink" {
				member = "to"
			}
			promised = append(promised, plain(member))
		}
		sort.Strings(taken)
		sort.Strings(promised)
		if !reflect.DeepEqual(taken, promised) {
			t.Errorf("%s takes %s, operations.json has %s", name, taken, promised)
		}
	}
}

func codeOf(name string) seatbook.Code {
	for code := seatbook.Code(1); code < 200; code++ {
		if code.String() == name {
			return code
		}
	}
	return 0
}

// The runner must find mistakes in cases.
func TestRunnerFindsMistakesInCases(t *testing.T) {
	promises := readPromises(t)
	for message, steps := range map[string]string{
		"":                       `{"do": "add_person", "args": {"name": "Ada"}, "expect": {"ok": {"person": 1}}}`,
		"unknown operation":      `{"do": "add_persons"}`,
		"unknown member title":   `{"do": "add_person", "args": {"title": "Ada"}}`,
		"unknown member expects": `{"do": "add_person", "args": {"name": "Ada"}, "expects": {"error": "required"}}`,
		"unknown member code":    `{"do": "add_person", "args": {"name": "Ada"}, "expect": {"code": "required"}}`,
		"unknown member service": `{"do": "add_person", "args": {"name": "Ada"}, "as": {"service": "root"}}`,
		"is not saved":           `{"do": "get_person", "args": {"person": "$ada"}}`,
		"returns no id":          `{"do": "check", "save": "ada"}`,
		"unknown permission":     `{"do": "check"}, {"do": "archived_owners", "as": {"actor": "a", "permissions": ["fly"]}}`,
		"did not fail":           `{"do": "add_person", "args": {"name": "Ada"}, "expect": {"error": "required"}}`,
		"expected 2, got 1":      `{"do": "add_person", "args": {"name": "Ada"}, "expect": {"ok": {"person": 2}}}`,
		"an extra member":        `{"do": "add_person", "args": {"name": "Ada"}, "expect": {"exactly": {"person": 1}}}`,
		"has no member id":       `{"do": "add_person", "args": {"name": "Ada"}, "expect": {"ok": {"id": 1}}}`,
		"failed: ":               `{"do": "add_person", "args": {"name": ""}}`,
		"/error: expected":       `{"do": "add_person", "args": {"name": ""}, "expect": {"error": "email_taken"}}`,
		"/field: expected":       `{"do": "add_person", "args": {"name": ""}, "expect": {"error": "required", "field": "email"}}`,
		"expected true, got 1":   "",
		"is saved twice, or the": `{"do": "add_person", "args": {"name": "A"}, "save": "a"}, {"do": "add_person", "args": {"name": "A"}, "save": "a"}`,
	} {
		if steps == "" {
			if found := difference(true, json.Number("1"), false, ""); !strings.Contains(found, message) {
				t.Errorf("expected %q, got %q", message, found)
			}
			continue
		}
		value, err := decode([]byte(`{"name": "made up", "steps": [` + steps + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		err = playCase(promises, value.(object), t.TempDir(), map[string]bool{})
		if message == "" && err == nil {
			continue
		}
		if err == nil || !strings.Contains(err.Error(), message) || message == "" {
			t.Errorf("expected %q, got %v", message, err)
		}
	}
}
