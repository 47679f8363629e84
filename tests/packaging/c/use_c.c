/* Writes a book to the file named by the argument, opens it again, and prints the library's version
 * and a license's usage: "0.1.0 1/1". */
#include <stdio.h>
#include <string.h>

#include "seatbook.h"

#define TEXT(characters) {characters, SEATBOOK_NUL_TERMINATED}

static const seatbook_actor host = {.struct_size = sizeof host,
                                    .fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE,
                                    .actor = TEXT("host"),
                                    .role = SEATBOOK_ROLE_IT_ADMIN};

static seatbook_session *session_of(const char *path, seatbook_book **book) {
  seatbook_session *session = NULL;
  if (seatbook_open(path, SEATBOOK_NUL_TERMINATED, NULL, book, NULL) != SEATBOOK_OK) return NULL;
  return seatbook_session_open(*book, &host, &session, NULL) == SEATBOOK_OK ? session : NULL;
}

static int write_book(const char *path, seatbook_id *inkwell) {
  const seatbook_add_person_request person = {.struct_size = sizeof person,
                                              .fields = SEATBOOK_FIELD_ADD_PERSON_NAME,
                                              .name = TEXT("Ada")};
  seatbook_add_license_request license = {
      .struct_size = sizeof license,
      .fields = SEATBOOK_FIELD_ADD_LICENSE_NAME | SEATBOOK_FIELD_ADD_LICENSE_OWNER,
      .name = TEXT("Inkwell")};
  seatbook_assign_request assign = {
      .struct_size = sizeof assign,
      .fields = SEATBOOK_FIELD_ASSIGN_LICENSE | SEATBOOK_FIELD_ASSIGN_PERSON};
  seatbook_error *error = NULL;
  seatbook_book *book = NULL;
  seatbook_session *session = session_of(path, &book);
  if (session == NULL) return 1;
  if (seatbook_add_person(session, &person, &license.owner, NULL, NULL) != SEATBOOK_OK) return 2;
  if (seatbook_add_license(session, &license, inkwell, NULL, NULL) != SEATBOOK_OK) return 3;
  assign.license = *inkwell;
  assign.person = license.owner;
  if (seatbook_assign(session, &assign, NULL, NULL, NULL) != SEATBOOK_OK) return 4;
  /* C++ creates this error without an exception. */
  if (seatbook_assign(session, &assign, NULL, NULL, &error) != SEATBOOK_ALREADY_ASSIGNED) return 5;
  if (seatbook_error_code(error) != SEATBOOK_ALREADY_ASSIGNED) return 6;
  seatbook_error_free(error);
  seatbook_session_free(session);
  seatbook_book_free(book);
  return 0;
}

int main(int argc, char **argv) {
  seatbook_id inkwell = 0;
  seatbook_book *book = NULL;
  seatbook_session *session = NULL;
  seatbook_rows *usage = NULL;
  int failed = argc != 2 || strcmp(seatbook_version(), SEATBOOK_H_VERSION) != 0;
  if (!failed) failed = write_book(argv[1], &inkwell);
  if (failed) return failed;
  session = session_of(argv[1], &book);
  if (session == NULL) return 7;
  if (seatbook_usage(session, inkwell, NULL, NULL, &usage, NULL) != SEATBOOK_OK) return 8;
  printf("%s %s\n", seatbook_version(),
         seatbook_rows_text(usage, 0, SEATBOOK_COLUMN_USAGE_TEXT, NULL));
  seatbook_rows_free(usage);
  seatbook_session_free(session);
  seatbook_book_free(book);
  return 0;
}
