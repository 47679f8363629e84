/* A storage in C99 with POSIX threads, which keeps rows in memory. */
#ifndef SEATBOOK_TESTS_CAPI_PLUG_IN_H_
#define SEATBOOK_TESTS_CAPI_PLUG_IN_H_

#include "seatbook_storage.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Creates a storage. Returns 0 if memory runs out. */
int plug_in_make(seatbook_storage_callbacks* callbacks);

/* Returns the number of storages that are not destroyed. */
int plug_in_alive(void);

#ifdef __cplusplus
}
#endif

#endif
