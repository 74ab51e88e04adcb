/// What a library of MPI does, whatever its handles are.
#ifndef ESPALIER_LIBRARY_H
#define ESPALIER_LIBRARY_H

#include <stdint.h>

enum {
  ESPALIER_CHANNELS = 4,

  /// Messages that may be on their way at once.
  ESPALIER_MESSAGES = 1024,

  ESPALIER_SUCCESS = 0,
};

/// The calls of one binary interface of MPI. What is begun has the number of a message; results are MPI's.
struct espalier_library {
  /// File names under which such a library is found, up to one that is NULL.
  const char *const *names;

  /// Finds the functions in a library that was opened; whether it is one of this interface.
  int (*find)(void *handle);

  /// Writes the name of the library, cut to so many bytes.
  void (*name)(char *text, int32_t size);

  /// Begins; the number of this process and how many there are. Not 0 where several threads may not use it.
  int (*begin)(int *rank, int *count);
  int (*sum_floats)(int channel, float *values, int32_t count, int message);
  int (*sum_doubles)(int channel, double *values, int32_t count, int message);
  int (*gather)(int channel, const void *bytes, void *all, int32_t count, int message);
  int (*broadcast)(int channel, void *bytes, int32_t count, int message);
  int (*send)(int channel, int rank, int tag, const void *bytes, int32_t count, int message);
  int (*receive)(int channel, int rank, int tag, void *bytes, int32_t count, int message);
  int (*look)(int channel, int tag, int *is_there, int32_t *rank, int32_t *count);
  int (*test)(int message, int *is_done);
  void (*end)(void);
};

/// Open MPI 4 and 5, whose handles are addresses of objects.
extern const struct espalier_library espalier_open_mpi;

/// MPICH and all that share its binary interface (Intel MPI, MVAPICH, Cray MPICH), whose handles are numbers.
extern const struct espalier_library espalier_mpich;

#endif
