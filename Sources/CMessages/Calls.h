/// The calls of MPI, for handles and constants that the file which includes this has defined:
///
/// - the types `Handle` and `Status`, of which the latter has a field `MPI_SOURCE`;
/// - `IN_PLACE`, `ANY_SOURCE` and `STATUS_IGNORE`;
/// - `constants`, the handles of `WORLD`, `FLOAT`, `DOUBLE`, `BYTE`, `SUM` and `ERRORS_RETURN`, and
///   `find_constants`, which knows them by a library that was opened;
/// - `LONGEST_NAME`, the bytes that the library's own name may take.

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>

#include "Library.h"

enum { THREAD_SERIALIZED = 2 };

static struct {
  int (*Init_thread)(int *, char ***, int, int *);
  int (*Comm_rank)(Handle, int *);
  int (*Comm_size)(Handle, int *);
  int (*Comm_dup)(Handle, Handle *);
  int (*Comm_set_errhandler)(Handle, Handle);
  int (*Iallreduce)(const void *, void *, int, Handle, Handle, Handle, Handle *);
  int (*Iallgather)(const void *, int, Handle, void *, int, Handle, Handle, Handle *);
  int (*Ibcast)(void *, int, Handle, int, Handle, Handle *);
  int (*Isend)(const void *, int, Handle, int, int, Handle, Handle *);
  int (*Irecv)(void *, int, Handle, int, int, Handle, Handle *);
  int (*Iprobe)(int, int, Handle, int *, Status *);
  int (*Get_count)(const Status *, Handle, int *);
  int (*Test)(Handle *, int *, Status *);
  int (*Get_library_version)(char *, int *);
  int (*Finalize)(void);
} mpi;

static Handle channels[ESPALIER_CHANNELS];
static Handle requests[ESPALIER_MESSAGES];

static int find(void *handle) {
  if (!find_constants(handle)) return 0;
#define FIND(NAME)                                              \
  mpi.NAME = (__typeof__(mpi.NAME))dlsym(handle, "MPI_" #NAME); \
  if (mpi.NAME == NULL) return 0;
  FIND(Init_thread)
  FIND(Comm_rank)
  FIND(Comm_size)
  FIND(Comm_dup)
  FIND(Comm_set_errhandler)
  FIND(Iallreduce)
  FIND(Iallgather)
  FIND(Ibcast)
  FIND(Isend)
  FIND(Irecv)
  FIND(Iprobe)
  FIND(Get_count)
  FIND(Test)
  FIND(Get_library_version)
  FIND(Finalize)
#undef FIND
  return 1;
}

static void name(char *text, int32_t size) {
  char whole[LONGEST_NAME] = "";
  int length = 0;
  mpi.Get_library_version(whole, &length);
  snprintf(text, (size_t)size, "%s", whole);
}

static int begin(int *rank, int *count) {
  int level = 0;
  int status = mpi.Init_thread(NULL, NULL, THREAD_SERIALIZED, &level);
  if (status != ESPALIER_SUCCESS) return status;
  if (level < THREAD_SERIALIZED) return -1;
  mpi.Comm_set_errhandler(constants.WORLD, constants.ERRORS_RETURN);
  for (int channel = 0; channel < ESPALIER_CHANNELS; channel++) {
    status = mpi.Comm_dup(constants.WORLD, &channels[channel]);
    if (status != ESPALIER_SUCCESS) return status;
    mpi.Comm_set_errhandler(channels[channel], constants.ERRORS_RETURN);
  }
  mpi.Comm_rank(constants.WORLD, rank);
  mpi.Comm_size(constants.WORLD, count);
  return ESPALIER_SUCCESS;
}

static int sum_floats(int channel, float *values, int32_t count, int message) {
  return mpi.Iallreduce(
      IN_PLACE, values, count, constants.FLOAT, constants.SUM, channels[channel],
      &requests[message]);
}

static int sum_doubles(int channel, double *values, int32_t count, int message) {
  return mpi.Iallreduce(
      IN_PLACE, values, count, constants.DOUBLE, constants.SUM, channels[channel],
      &requests[message]);
}

static int gather(int channel, const void *bytes, void *all, int32_t count, int message) {
  return mpi.Iallgather(
      bytes, count, constants.BYTE, all, count, constants.BYTE, channels[channel],
      &requests[message]);
}

static int broadcast(int channel, void *bytes, int32_t count, int message) {
  return mpi.Ibcast(bytes, count, constants.BYTE, 0, channels[channel], &requests[message]);
}

static int send(int channel, int rank, int tag, const void *bytes, int32_t count, int message) {
  return mpi.Isend(
      bytes, count, constants.BYTE, rank, tag, channels[channel], &requests[message]);
}

static int receive(int channel, int rank, int tag, void *bytes, int32_t count, int message) {
  return mpi.Irecv(
      bytes, count, constants.BYTE, rank, tag, channels[channel], &requests[message]);
}

static int look(int channel, int tag, int *is_there, int32_t *rank, int32_t *count) {
  Status found;
  int bytes = 0;
  int status = mpi.Iprobe(ANY_SOURCE, tag, channels[channel], is_there, &found);
  if (status != ESPALIER_SUCCESS || !*is_there) return status;
  status = mpi.Get_count(&found, constants.BYTE, &bytes);
  *rank = found.MPI_SOURCE;
  *count = bytes;
  return status;
}

static int test(int message, int *is_done) {
  return mpi.Test(&requests[message], is_done, STATUS_IGNORE);
}

static void end(void) { mpi.Finalize(); }

#define ESPALIER_LIBRARY(NAMES)                                                               \
  {                                                                                           \
    NAMES, find, name, begin, sum_floats, sum_doubles, gather, broadcast, send, receive, look, \
        test, end                                                                             \
  }
