package seatbook

// #include "bridge.h"
import "C"

import (
	"runtime"
	"unsafe"
)

// table reads a result of C by column. The columns are looked up once; values are copied.
type table struct {
	rows    int
	columns []C.sbgo_column
	texts   []string // the texts of a column as one string, read on first use
	lists   []*table
}

func tableOf(rows *C.seatbook_rows, columns int) *table {
	t := &table{columns: make([]C.sbgo_column, columns)}
	t.rows = int(C.sbgo_table(rows, &t.columns[0], C.uint32_t(columns)))
	return t
}

func (t *table) number(row, column int) int64 {
	numbers := t.columns[column].numbers
	if numbers == nil {
		return 0
	}
	return *(*int64)(unsafe.Add(unsafe.Pointer(numbers), row*8))
}

func (t *table) has(row, column int) bool {
	validity := t.columns[column].validity
	return validity == nil || *(*byte)(unsafe.Add(unsafe.Pointer(validity), row/8))>>(row%8)&1 == 1
}

func (t *table) seats(row, column int) Seats {
	if t.has(row, column) {
		return Limited(t.number(row, column))
	}
	return Unlimited
}

// span returns the start and end of a row's text or list.
func (t *table) span(row, column int) (int, int) {
	offsets := t.columns[column].offsets
	if offsets == nil {
		return 0, 0
	}
	at := (*[2]uint64)(unsafe.Add(unsafe.Pointer(offsets), row*8))
	return int(at[0]), int(at[1])
}

func (t *table) text(row, column int) string {
	from, to := t.span(row, column)
	if to-from <= 1 { // the NUL
		return ""
	}
	if t.texts == nil {
		t.texts = make([]string, len(t.columns))
	}
	if t.texts[column] == "" {
		c := &t.columns[column]
		t.texts[column] = string(unsafe.Slice((*byte)(unsafe.Pointer(c.bytes)), int(c.size)))
	}
	return t.texts[column][from : to-1]
}

func readText(t *table, row, at int) string       { return t.text(row, at) }
func readPersonID(t *table, row, at int) PersonID { return PersonID(t.number(row, at)) }

func listOf[Row any](t *table, row, column, columns int, read func(*table, int, int) Row) []Row {
	from, to := t.span(row, column)
	if t.lists == nil {
		t.lists = make([]*table, len(t.columns))
	}
	if t.lists[column] == nil {
		t.lists[column] = tableOf(t.columns[column].list, columns)
	}
	list := make([]Row, to-from)
	for n := range list {
		list[n] = read(t.lists[column], from+n, 0)
	}
	return list
}

func rowsOf[Row any](rows *C.seatbook_rows, columns int, read func(*table, int, int) Row) []Row {
	t := tableOf(rows, columns)
	list := make([]Row, t.rows)
	for n := range list {
		list[n] = read(t, n, 0)
	}
	return list
}

// objectOf reads a result of one row. If a command succeeded but ran out of memory for its result, it
// returns the zero value.
func objectOf[Row any](rows *C.seatbook_rows, columns int, read func(*table, int, int) Row) (object Row) {
	if t := tableOf(rows, columns); t.rows > 0 {
		object = read(t, 0, 0)
	}
	return object
}

// textsOf reads rows with one text each, and frees them.
func textsOf(rows *C.seatbook_rows) []string {
	defer C.seatbook_rows_free(rows)
	return rowsOf(rows, 1, readText)
}

// result keeps a result of C alive.
type result struct {
	rows *C.seatbook_rows
	finalized
}

func keepResult(rows *C.seatbook_rows) *result {
	kept := &result{rows: rows}
	runtime.SetFinalizer(kept, func(kept *result) { C.seatbook_rows_free(kept.rows) })
	return kept
}

// CSV returns the rows that the import did not add as CSV, so that they can be corrected and imported
// again. The format must be that of the import.
func (r RosterReport) CSV(format CSVFormat) (string, error) {
	if r.rows == nil {
		return "", refused(ErrInvalidArgument, "report", "the report must be a result of ImportRoster")
	}
	var in input
	defer in.free()
	var c C.seatbook_csv_format
	in.fillCSVFormat(&c, &format)
	if err := in.invalid(); err != nil {
		return "", err
	}
	var csv *C.seatbook_rows
	var failure *C.seatbook_error
	code := C.seatbook_rows_to_csv(r.rows.rows, &c, &csv, &failure)
	runtime.KeepAlive(r.rows)
	if code != 0 {
		return "", errorOf(code, failure)
	}
	return textsOf(csv)[0], nil
}
