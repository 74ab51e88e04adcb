/// Messages between the processes that mpirun has begun, over MPI.
///
/// Compiles without MPI: what is called of it, and by which handles, is fixed in the binary interfaces of Open MPI and of
/// MPICH. The library is opened when it is first needed: a program that was not begun by mpirun does not pay for it.
/// Messages are begun and asked for, never waited for, so that whoever
/// waits can do other things and give up. May be called from several threads.
#ifndef ESPALIER_MESSAGES_H
#define ESPALIER_MESSAGES_H

#include <stdint.h>

/// Why there are no messages.
enum espalier_messages_status {
  ESPALIER_MESSAGES_BEGUN = 0,

  /// The library is not there.
  ESPALIER_MESSAGES_NO_LIBRARY = 1,

  /// The library has refused to begin.
  ESPALIER_MESSAGES_REFUSED = 2,
};

/// Who has begun the processes, which says whose library to open.
enum espalier_messages_launcher {
  /// Nobody: Open MPI's library, or MPICH's where there is none.
  ESPALIER_MESSAGES_ANY = 0,

  /// Open MPI's mpirun, whose processes know of each other by its own library only.
  ESPALIER_MESSAGES_OPEN_MPI = 1,

  /// One that speaks PMI, as MPICH's mpirun: MPICH's library, or Open MPI's where there is none.
  ESPALIER_MESSAGES_PMI = 2,
};

/// Opens the library and begins; to be called once.
int espalier_messages_begin(int launcher);

/// The name of the library, such as `Open MPI v4.1.4`, at most 80 characters, for which it is opened; empty
/// where it is not there.
const char *espalier_messages_library(void);

/// The number of this process, from 0 on, and how many there are; 0 and 1 before messages have begun.
int espalier_messages_rank(void);
int espalier_messages_count(void);

/// A number of the machine and of the processors that this process may use, which others that share them have,
/// too.
int64_t espalier_messages_place(void);

/// Channels that do not mix; each is used by one thread at a time.
enum espalier_messages_channel {
  ESPALIER_MESSAGES_STEPS = 0,
  ESPALIER_MESSAGES_COMMANDS = 1,
  ESPALIER_MESSAGES_STATISTICS = 2,
  ESPALIER_MESSAGES_LETTERS = 3,
};

/// Begins to replace values by their sums over all processes; the number of the message, or -1.
int espalier_messages_sum_floats(int channel, float *values, int32_t count);

/// As `espalier_messages_sum_floats`, of numbers of 64 bits.
int espalier_messages_sum_doubles(int channel, double *values, int32_t count);

/// Begins to put the bytes of all processes one behind the other, `count` of each.
int espalier_messages_gather(int channel, const void *bytes, void *all, int32_t count);

/// Begins to replace bytes by those of process 0.
int espalier_messages_broadcast(int channel, void *bytes, int32_t count);

/// Begins to send bytes to one process, which has to receive them; they must stay until the message has come.
int espalier_messages_send(int rank, int tag, const void *bytes, int32_t count);

/// Whether a letter of a tag waits: its sender and its bytes; 1, or 0 where none does, or -1.
int espalier_messages_look(int tag, int32_t *rank, int32_t *count);

/// Begins to receive the letter that `espalier_messages_look` has found.
int espalier_messages_receive(int rank, int tag, void *bytes, int32_t count);

/// Whether a message has come: 1, not yet: 0, or cannot come: -1.
int espalier_messages_test(int message);

/// Ends; every process has to.
void espalier_messages_end(void);

#endif
