/// Messages between the processes that mpirun has begun, over MPI.
///
/// Compiles without MPI's header, and the library is opened when it is first needed: a program that was not
/// begun by mpirun does not pay for it. Messages are begun and asked for, never waited for, so that whoever
/// waits can do other things and give up. May be called from several threads.
#ifndef ESPALIER_MESSAGES_H
#define ESPALIER_MESSAGES_H

#include <stdint.h>

/// Why there are no messages.
enum espalier_messages_status {
  ESPALIER_MESSAGES_BEGUN = 0,

  /// The program was built without MPI's header.
  ESPALIER_MESSAGES_NOT_BUILT = 1,

  /// The library that the header belongs to is not there.
  ESPALIER_MESSAGES_NO_LIBRARY = 2,

  /// The library has refused to begin.
  ESPALIER_MESSAGES_REFUSED = 3,
};

/// Opens the library and begins; to be called once.
int espalier_messages_begin(void);

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
