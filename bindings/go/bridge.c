#include "bridge.h"

#include "_cgo_export.h"

size_t sbgo_table(const seatbook_rows *rows, sbgo_column *columns, uint32_t count) {
  const uint32_t available = seatbook_rows_column_count(rows);
  uint32_t n;
  for (n = 0; n < count && n < available; ++n) {
    columns[n].numbers = seatbook_rows_numbers(rows, n);
    columns[n].offsets = seatbook_rows_offsets(rows, n);
    columns[n].bytes = seatbook_rows_bytes(rows, n, &columns[n].size);
    columns[n].validity = seatbook_rows_validity(rows, n);
    columns[n].list = seatbook_rows_list(rows, n);
  }
  return seatbook_rows_count(rows);
}

void sbgo_error_parts(const seatbook_error *error, sbgo_error *parts) {
  parts->message = seatbook_error_message(error);
  parts->field = seatbook_error_field(error);
  parts->index = seatbook_error_index(error);
  parts->values = seatbook_error_values(error, &parts->values_count);
  parts->outcomes = seatbook_error_outcomes(error);
}

static int32_t write_to_go(void *self, const char *bytes, size_t size) {
  return seatbookGoWrite((uintptr_t)self, (char *)bytes, size);
}

void sbgo_fill_sink(seatbook_sink *sink, uintptr_t writer) {
  sink->struct_size = sizeof *sink;
  sink->self = (void *)writer;
  sink->write = write_to_go;
  sink->destroy = NULL;
}

static void destroy_in_go(void *self) { seatbookGoDestroy((uintptr_t)self); }

static seatbook_time now_in_go(void *self) { return seatbookGoNow((uintptr_t)self); }

seatbook_code sbgo_new_clock(uintptr_t clock, seatbook_clock **made, seatbook_error **error) {
  seatbook_clock_callbacks callbacks = SEATBOOK_CLOCK_CALLBACKS_INIT;
  callbacks.self = (void *)clock;
  callbacks.destroy = destroy_in_go;
  callbacks.now = now_in_go;
  return seatbook_clock_from_callbacks(&callbacks, made, error);
}

static int32_t receive_in_go(void *self, const seatbook_rows *rows) {
  return seatbookGoReceive((uintptr_t)self, (seatbook_rows *)rows);
}

void sbgo_fill_listener(seatbook_listener *listener, uintptr_t receiver) {
  listener->struct_size = sizeof *listener;
  listener->self = (void *)receiver;
  listener->destroy = destroy_in_go;
  listener->receive = receive_in_go;
}

seatbook_code sbgo_subscribe(seatbook_book *book, int32_t notifications, uintptr_t receiver,
                             uint64_t *subscription, seatbook_error **error) {
  seatbook_listener listener;
  sbgo_fill_listener(&listener, receiver);
  return notifications == 0
             ? seatbook_book_subscribe(book, &listener, subscription, error)
             : seatbook_book_subscribe_notifications(book, &listener, subscription, error);
}
