package seatbook

// #include "bridge.h"
import "C"

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"runtime/cgo"
	"time"
	"unsafe"
)

// input is what a call hands to C: memory of C, so that no pointer of Go is kept in it, and what must
// live while the call runs. Its zero value is ready; free() ends it.
type input struct {
	blocks []unsafe.Pointer
	rest   unsafe.Pointer // of the last block
	left   uintptr
	kept   []any
	err    *Error
	ctx    context.Context
	writer *writer
}

const blockSize = 1024

// alloc answers zeroed memory, or nil, which refuses the call.
func (in *input) alloc(count int, size uintptr) unsafe.Pointer {
	if size != 0 && uintptr(count) > math.MaxInt64/size {
		in.err = refused(ErrOutOfMemory, "", "too much for one call")
		return nil
	}
	needed := (uintptr(count)*size + 7) &^ 7
	if needed > in.left {
		block := needed
		if block < blockSize {
			block = blockSize
		}
		memory := C.calloc(1, C.size_t(block))
		if memory == nil {
			in.err = refused(ErrOutOfMemory, "", "no memory for the request")
			return nil
		}
		in.blocks = append(in.blocks, memory)
		if needed == block { // one of its own; the last one may still have room
			return memory
		}
		in.rest, in.left = memory, block
	}
	memory := in.rest
	in.rest, in.left = unsafe.Add(in.rest, needed), in.left-needed
	return memory
}

func (in *input) free() {
	for _, block := range in.blocks {
		C.free(block)
	}
	in.blocks = nil
	runtime.KeepAlive(in.kept)
	if w := in.writer; w != nil {
		w.handle.Delete()
		// Goexit, which is what a test's Fatal does, leaves nothing to go on with.
		if w.panicked && w.panic != nil {
			panic(w.panic)
		}
	}
}

func (in *input) refuse(field, message string) {
	if in.err == nil {
		in.err = refused(ErrInvalidArgument, field, message)
	}
}

// refusal is why the call need not be made.
func (in *input) refusal() error {
	if in.err == nil {
		return nil
	}
	return in.err
}

// failed is what the call answers; it frees the error of C.
func (in *input) failed(code C.seatbook_code, failure *C.seatbook_error) error {
	err := errorOf(code, failure)
	if err.Code == ErrCancelled {
		switch {
		case in.writer != nil:
			err.cause = in.writer.err
		case in.ctx != nil:
			err.cause = in.ctx.Err()
		}
	}
	return err
}

func (in *input) text(text string) C.seatbook_text {
	if text == "" {
		return C.seatbook_text{}
	}
	memory := in.alloc(len(text), 1)
	if memory == nil {
		return C.seatbook_text{}
	}
	copy(unsafe.Slice((*byte)(memory), len(text)), text)
	return C.seatbook_text{data: (*C.char)(memory), size: C.size_t(len(text))}
}

func (in *input) requestID(id RequestID) (to [16]C.uint8_t) {
	for n, b := range id {
		to[n] = C.uint8_t(b)
	}
	return to
}

func idList[ID ~uint64](in *input, from []ID) (*C.seatbook_id, C.size_t) {
	memory := in.alloc(len(from), unsafe.Sizeof(C.seatbook_id(0)))
	if memory == nil {
		return nil, 0
	}
	to := unsafe.Slice((*C.seatbook_id)(memory), len(from))
	for n, id := range from {
		to[n] = C.seatbook_id(id)
	}
	return &to[0], C.size_t(len(to))
}

func (in *input) count(field string, number int64) uint64 {
	if number < 0 {
		in.refuse(field, "a negative number")
	}
	return uint64(number)
}

func (in *input) number32(field string, number int) uint32 {
	if number < 0 || uint64(number) > math.MaxUint32 {
		in.refuse(field, "a number out of range")
	}
	return uint32(number)
}

func (in *input) integer32(field string, number int) int32 {
	if int64(number) < math.MinInt32 || int64(number) > math.MaxInt32 {
		in.refuse(field, "a number out of range")
	}
	return int32(number)
}

func (in *input) milliseconds(field string, duration time.Duration) uint32 {
	ms := duration.Milliseconds()
	if ms < 0 || ms > math.MaxUint32 {
		in.refuse(field, "a time out of range")
	}
	return uint32(ms)
}

func (in *input) clock(clock *ManualClock) *C.seatbook_clock {
	handle, err := clock.use()
	if err != nil {
		in.refuse("clock", "no clock of NewManualClock")
		return nil
	}
	in.kept = append(in.kept, clock)
	return handle
}

func (in *input) progress(progress *Progress) *C.seatbook_progress {
	handle, err := progress.use()
	if err != nil {
		in.err = err
		return nil
	}
	in.kept = append(in.kept, progress)
	return handle
}

// watch lets the end of the context cancel the call; the function that it answers ends that.
func (in *input) watch(ctx context.Context, progress **Progress) func() {
	if ctx == nil || ctx.Done() == nil {
		return func() {}
	}
	in.ctx = ctx
	if *progress == nil {
		*progress = new(Progress)
	}
	watched := *progress
	if ctx.Err() != nil {
		watched.Cancel()
		return func() {}
	}
	over := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			watched.Cancel()
		case <-over:
		}
	}()
	return func() { close(over) }
}

// ------------------------------------------------------------------------------------ files

// writer is an io.Writer on its way through C.
type writer struct {
	to       io.Writer
	handle   cgo.Handle
	err      error
	panic    any
	panicked bool
}

func (in *input) sink(to io.Writer) *C.seatbook_sink {
	memory := in.alloc(1, C.sizeof_seatbook_sink)
	if memory == nil {
		return nil
	}
	w := &writer{to: to}
	w.handle = cgo.NewHandle(w)
	in.writer = w
	sink := (*C.seatbook_sink)(memory)
	C.sbgo_fill_sink(sink, C.uintptr_t(w.handle))
	return sink
}

// A panic must not unwind frames of C: it goes on when the call has returned.
//
//export seatbookGoWrite
func seatbookGoWrite(self C.uintptr_t, bytes *C.char, size C.size_t) (goOn C.int32_t) {
	w, ok := cgo.Handle(self).Value().(*writer)
	if !ok {
		return 0
	}
	defer func() {
		if w.panicked {
			w.panic = recover()
			goOn = 0
		}
	}()
	w.panicked = true
	n, err := w.to.Write(unsafe.Slice((*byte)(unsafe.Pointer(bytes)), int(size)))
	w.panicked = false
	if err == nil && n < int(size) {
		err = io.ErrShortWrite
	}
	if err != nil {
		w.err = fmt.Errorf("writing the file: %w", err)
		return 0
	}
	return 1
}
