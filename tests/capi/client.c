/* A client with a separate storage (plug_in.c). abi_test.py compiles both with the recorded
 * headers: they must work with every later library. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plug_in.h"
#include "seatbook.h"

static void need(int condition, const char* what) {
  if (condition) return;
  printf("failed: %s\n", what);
  exit(1);
}

static seatbook_text text(const char* characters) {
  seatbook_text result;
  result.data = characters;
  result.size = SEATBOOK_NUL_TERMINATED;
  return result;
}

static void use(seatbook_session* desk) {
  seatbook_add_person_request person = SEATBOOK_ADD_PERSON_REQUEST_INIT;
  seatbook_add_license_request license = SEATBOOK_ADD_LICENSE_REQUEST_INIT;
  seatbook_assign_request assign = SEATBOOK_ASSIGN_REQUEST_INIT;
  seatbook_revoke_request revoke = SEATBOOK_REVOKE_REQUEST_INIT;
  seatbook_seat_list_request list = SEATBOOK_SEAT_LIST_REQUEST_INIT;
  seatbook_id ada = 0, inkwell = 0, seat = 0, found = 0;
  uint64_t used = 0;
  int64_t total = 0;
  seatbook_rows* page = NULL;
  const seatbook_rows* rows;
  seatbook_error* error = NULL;

  person.fields = SEATBOOK_FIELD_ADD_PERSON_NAME | SEATBOOK_FIELD_ADD_PERSON_EMAIL;
  person.name = text("Ada");
  person.email = text("ada@example.com");
  need(seatbook_add_person(desk, &person, &ada, NULL, NULL) == SEATBOOK_OK, "a person");
  license.fields = SEATBOOK_FIELD_ADD_LICENSE_NAME | SEATBOOK_FIELD_ADD_LICENSE_OWNER;
  license.name = text("Inkwell");
  license.owner = ada;
  need(seatbook_add_license(desk, &license, &inkwell, NULL, NULL) == SEATBOOK_OK, "a license");

  assign.fields = SEATBOOK_FIELD_ASSIGN_LICENSE | SEATBOOK_FIELD_ASSIGN_PERSON |
                  SEATBOOK_FIELD_ASSIGN_ACCESS_LEVEL;
  assign.license = inkwell;
  assign.person = ada;
  assign.access_level = text("Editor");
  need(seatbook_assign(desk, &assign, &seat, NULL, NULL) == SEATBOOK_OK, "a seat");
  need(seatbook_assign(desk, &assign, NULL, NULL, &error) == SEATBOOK_ALREADY_ASSIGNED, "twice");
  need(strcmp(seatbook_error_field(error), "person") == 0, "the field of the error");
  seatbook_error_free(error);
  need(seatbook_usage(desk, inkwell, &used, &total, NULL, NULL) == SEATBOOK_OK, "the usage");
  need(used == 1 && total == 1, "1/1");
  need(seatbook_find_seat(desk, inkwell, ada, &found, NULL) == SEATBOOK_OK && found == seat,
       "the seat is found");

  list.fields = SEATBOOK_FIELD_SEAT_LIST_LICENSE | SEATBOOK_FIELD_SEAT_LIST_SORT;
  list.license = inkwell;
  list.sort = SEATBOOK_SEAT_SORT_USER;
  need(seatbook_seat_list(desk, &list, &page, NULL) == SEATBOOK_OK, "the list");
  rows = seatbook_rows_list(page, SEATBOOK_COLUMN_SEAT_LIST_PAGE_ROWS);
  need(seatbook_rows_count(rows) == 1, "one row");
  need(strcmp(seatbook_rows_text(rows, 0, SEATBOOK_COLUMN_SEAT_LIST_ROW_ACCESS_LEVEL, NULL),
              "Editor") == 0,
       "the row's level");
  seatbook_rows_free(page);

  revoke.fields = SEATBOOK_FIELD_REVOKE_ASSIGNMENT;
  revoke.assignment = seat;
  need(seatbook_revoke(desk, &revoke, NULL, NULL, NULL) == SEATBOOK_OK, "the seat is revoked");
}

int main(void) {
  seatbook_storage_callbacks callbacks;
  seatbook_storage* storage = NULL;
  seatbook_book* book = NULL;
  seatbook_session* desk = NULL;
  seatbook_actor actor = SEATBOOK_ACTOR_INIT;
  seatbook_rows *before = NULL, *after = NULL;

  need(seatbook_abi_version() == SEATBOOK_ABI_VERSION, "the ABI version");
  need(plug_in_make(&callbacks), "a plug-in");
  need(seatbook_storage_new(&callbacks, &storage, NULL) == SEATBOOK_OK, "a storage");
  need(seatbook_book_open(storage, NULL, &book, NULL) == SEATBOOK_OK, "a book");
  actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE;
  actor.actor = text("client");
  actor.role = SEATBOOK_ROLE_ADMIN;
  need(seatbook_session_open(book, &actor, &desk, NULL) == SEATBOOK_OK, "a session");
  use(desk);
  need(seatbook_book_dump(book, &before, NULL) == SEATBOOK_OK, "a dump");
  seatbook_session_free(desk);
  seatbook_book_free(book);

  need(seatbook_book_open(storage, NULL, &book, NULL) == SEATBOOK_OK, "the book again");
  need(seatbook_book_dump(book, &after, NULL) == SEATBOOK_OK, "its dump");
  need(strcmp(seatbook_rows_text(before, 0, 0, NULL), seatbook_rows_text(after, 0, 0, NULL)) == 0,
       "the storage keeps all records");
  seatbook_rows_free(before);
  seatbook_rows_free(after);
  seatbook_book_free(book);
  need(plug_in_alive() == 1, "the storage exists while its handle does");
  seatbook_storage_free(storage);
  need(plug_in_alive() == 0, "the storage was destroyed once");
  puts("client: ok");
  return 0;
}
