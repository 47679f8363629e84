#include <stdio.h>

#include "seatbook.h"

#define TEXT(characters) {characters, SEATBOOK_NUL_TERMINATED}

int main(void) {
  seatbook_book *book = NULL; /* in memory */
  seatbook_session *desk = NULL;
  seatbook_error *error = NULL;
  seatbook_id ada = 0, inkwell = 0, seat = 0;

  const seatbook_actor actor = {.struct_size = sizeof actor, .actor = TEXT("it-desk"),
                                .role = SEATBOOK_ROLE_IT_ADMIN,
                                .fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE};
  if (seatbook_open(":memory:", SEATBOOK_NUL_TERMINATED, NULL, &book, NULL)) return 1;
  if (seatbook_session_open(book, &actor, &desk, NULL)) return 1;

  const seatbook_add_person_request person = {.struct_size = sizeof person, .name = TEXT("Ada")};
  if (seatbook_add_person(desk, &person, &ada, NULL, NULL)) return 1;
  const seatbook_add_license_request license = {
      .struct_size = sizeof license, .name = TEXT("Inkwell"), .owner = ada, /* one seat by default */
      .fields = SEATBOOK_FIELD_ADD_LICENSE_OWNER};
  if (seatbook_add_license(desk, &license, &inkwell, NULL, NULL)) return 1;

  const seatbook_assign_request assign = {
      .struct_size = sizeof assign, .license = inkwell, .person = ada};
  if (seatbook_assign(desk, &assign, &seat, NULL, NULL)) return 1;
  if (seatbook_assign(desk, &assign, &seat, NULL, &error) == SEATBOOK_ALREADY_ASSIGNED) {
    puts(seatbook_error_message(error)); /* This user already has an active assignment ... */
  }
  seatbook_rows *usage = NULL;
  if (seatbook_usage(desk, inkwell, NULL, NULL, &usage, NULL)) return 1;
  puts(seatbook_rows_text(usage, 0, SEATBOOK_COLUMN_USAGE_TEXT, NULL)); /* 1/1 */

  seatbook_rows_free(usage);
  seatbook_error_free(error);
  seatbook_session_free(desk);
  seatbook_book_free(book);
  return 0;
}
