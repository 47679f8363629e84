/* A storage in C: rows in this process's memory, in C99 and POSIX threads. */
#ifndef SEATBOOK_TESTS_CAPI_PLUG_IN_H_
#define SEATBOOK_TESTS_CAPI_PLUG_IN_H_

#include "seatbook_storage.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The callbacks of a fresh one; 0 where there is no memory. */
int plug_in_make(seatbook_storage_callbacks* callbacks);

/* How many there are: what was destroyed is gone. */
int plug_in_alive(void);

#ifdef __cplusplus
}
#endif

#endif
