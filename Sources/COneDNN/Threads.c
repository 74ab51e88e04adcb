#define _GNU_SOURCE
#include "Library.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

// All threads are equals: whoever finishes the last part of a step begins the next one. A thread that the
// system has taken off its core holds up the others only by the part that it is at, and gives its core away
// between two parts where it has to share it. Where there is a thread for each core, each keeps to one: else
// the system would have two of them share a core while something small has the other.

enum { MOST_THREADS = 256, PART_BITS = 24 };

/// The part that stands for none: nobody may take any.
#define NONE ((UINT64_C(1) << PART_BITS) - 1)

/// Nanoseconds for which a thread looks for work before it sleeps.
static const int64_t PATIENCE = 50000;

/// Nanoseconds for which a thread computes before it lets another one have its core, where one wants it: less than
/// the slice that the system gives, so that it is not interrupted amid a part.
static const int64_t TURN = 2200000;

/// Nanoseconds from which a pause is one in which another thread had the core.
static const int64_t INTERRUPTION = 100000, LONG_PART = 800000;

/// Nanoseconds after which a thread that sleeps amid a job thinks that another one does not get its core, and for which
/// threads do not keep to cores then.
static const int64_t DELAY = 50000000, FREEDOM = 2000000000;

/// A thread's place to sleep.
typedef struct {
  _Alignas(128) pthread_mutex_t lock;
  pthread_cond_t signal;
  atomic_int is_asleep;
} bed;

static struct {
  /// The number of what is shared out, and the next part of it that nobody has taken.
  _Alignas(128) _Atomic uint64_t ticket;
  _Alignas(128) atomic_int done;

  /// What is shared out, written while the ticket says none: whoever then has his part of the ticket knows that he
  /// read what belongs to it.
  _Alignas(128) atomic_int step;
  atomic_int parts, threads;
  _Atomic(const espalier_job *) job;
  atomic_int status, is_finished;
  atomic_int begun;
  bed beds[MOST_THREADS];

  /// A number where threads keep to cores in this job, else 0; the one for jobs to come; until when none may.
  atomic_int binding, next_binding;
  _Atomic int64_t free_until;
  pthread_t threads_by_number[MOST_THREADS];
#ifdef __linux__
  /// The cores that the program had when it began threads.
  cpu_set_t cores;
#endif
} pool = {
    .ticket = NONE,
    .begun = 1,
    .next_binding = 1,
    .beds[0] = {.lock = PTHREAD_MUTEX_INITIALIZER, .signal = PTHREAD_COND_INITIALIZER}};

/// Held by the thread whose job is done, and by the one that begins threads.
static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER, hiring = PTHREAD_MUTEX_INITIALIZER;

/// What a thread knows of its core: since when it has it, and whether another one wants it.
typedef struct {
  int64_t since, part;
  long interruptions;
  int is_shared, binding;
} turn;

static _Thread_local turn own;

/// The number of the calling thread: 0 for all that were not begun here.
static _Thread_local int number;

int espalier_thread_number(void) { return number; }

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Cores

/// Binds a thread to the core of its number, or frees it.
static void bind(pthread_t thread, int number, int is_bound) {
#ifdef __linux__
  cpu_set_t cores = pool.cores;
  int found = 0;
  for (int core = 0; is_bound && core < CPU_SETSIZE; core++) {
    if (CPU_ISSET(core, &cores) && found++ != number) CPU_CLR(core, &cores);
  }
  pthread_setaffinity_np(thread, sizeof cores, &cores);
#endif
}

/// Has the calling thread keep to its core, or not, if that is new.
static void keep_to_core(int binding) {
  if (own.binding == binding) return;
  own.binding = binding;
  bind(pthread_self(), number, binding != 0);
}

/// Whether the calling thread's job is to be done by threads that keep to cores: by one for each core that it may use.
static int wants_cores(const espalier_job *job) {
#ifdef __linux__
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 0;
  return CPU_COUNT(&cores) == job->threads && CPU_EQUAL(&cores, &pool.cores) &&
         now() >= atomic_load(&pool.free_until);
#else
  return 0;
#endif
}

/// Frees all threads: one of them waits for its core, and there may be others.
static void free_from_cores(void) {
  if (!atomic_exchange(&pool.binding, 0)) return;
  atomic_fetch_add(&pool.next_binding, 1);
  atomic_store(&pool.free_until, now() + FREEDOM);
  int threads = atomic_load(&pool.threads), begun = atomic_load(&pool.begun);
  for (int thread = 0; thread < threads && thread < begun; thread++) {
    bind(pool.threads_by_number[thread], thread, 0);
  }
}

// Sleeping and waking

static void wake(int thread) {
  bed *bed = &pool.beds[thread];
  if (!atomic_load(&bed->is_asleep) || !atomic_exchange(&bed->is_asleep, 0)) return;
  pthread_mutex_lock(&bed->lock);
  pthread_cond_signal(&bed->signal);
  pthread_mutex_unlock(&bed->lock);
}

static int has_part(uint64_t ticket) {
  uint64_t part = ticket & NONE;
  return part != NONE && (int)part < atomic_load(&pool.parts);
}

static int has_reason_to_wake(int thread) {
  if (thread == 0 && atomic_load(&pool.is_finished)) return 1;
  return has_part(atomic_load(&pool.ticket)) && thread < atomic_load(&pool.threads);
}

/// Waits until there is work, or for the caller until all is done.
static void rest(int thread) {
  int64_t begin = now();
  for (int count = 0; count % 16 != 0 || now() - begin < PATIENCE; count++) {
    if (has_reason_to_wake(thread)) return;
    pause_briefly();
  }
  bed *bed = &pool.beds[thread];
  atomic_store(&bed->is_asleep, 1);
  if (has_reason_to_wake(thread)) {
    atomic_store(&bed->is_asleep, 0);
    return;
  }
  pthread_mutex_lock(&bed->lock);
  while (atomic_load(&bed->is_asleep)) {
    if (!atomic_load(&pool.binding)) {
      pthread_cond_wait(&bed->signal, &bed->lock);
      continue;
    }
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += DELAY;
    end.tv_sec += end.tv_nsec / 1000000000;
    end.tv_nsec %= 1000000000;
    if (pthread_cond_timedwait(&bed->signal, &bed->lock, &end) != 0) free_from_cores();
  }
  pthread_mutex_unlock(&bed->lock);
  own.since = now();
}

// Sharing a core

/// How often the calling thread was taken off its core.
static long interruptions(void) {
#ifdef RUSAGE_THREAD
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage) == 0) return usage.ru_nivcsw;
#endif
  return 0;
}

/// Gives the core away at the end of a turn, if the thread was interrupted of late.
static void give_way(int64_t time) {
  if (time - own.since < TURN) return;
  long count = interruptions();
  if (count != own.interruptions) {
    own.interruptions = count;
    own.is_shared = 1;
    if (own.part > LONG_PART) {
      own.since = time;
      return;
    }
  }
  own.since = time;
  if (!own.is_shared) return;
  sched_yield();
  own.since = now();
  own.is_shared = own.since - time >= INTERRUPTION;
  own.interruptions = interruptions();
}

// Work

static void close_ticket(void) {
  uint64_t shared = atomic_load(&pool.ticket) >> PART_BITS;
  atomic_store(&pool.ticket, (shared + 1) << PART_BITS | NONE);
}

/// Shares out the steps from one on; steps of one part are done at once. Nobody else may hold a part.
static void share_out(const espalier_job *job, int step, int thread) {
  close_ticket();
  for (; step < job->end && atomic_load(&pool.status) == 0; step++) {
    atomic_store(&pool.step, step);
    int parts = job->parts[step];
    if (parts == 1) {
      int status = job->body(job->context, step, 0);
      if (status == 0) continue;
      atomic_store(&pool.status, status);
      break;
    }
    atomic_store(&pool.parts, parts);
    atomic_store(&pool.done, 0);
    uint64_t shared = atomic_load(&pool.ticket) >> PART_BITS;
    int threads = atomic_load(&pool.threads);
    atomic_store(&pool.ticket, (shared + 1) << PART_BITS);
    for (int other = 0; other < threads && other < MOST_THREADS; other++) {
      if (other != thread) wake(other);
    }
    return;
  }
  atomic_store(&pool.is_finished, 1);
  wake(0);
}

/// Takes a part and does it; 0 where there is none.
static int take_part(int thread) {
  uint64_t ticket = atomic_load(&pool.ticket);
  int parts = atomic_load(&pool.parts), step = atomic_load(&pool.step);
  if (!has_part(ticket) || thread >= atomic_load(&pool.threads)) return 0;
  const espalier_job *job = atomic_load(&pool.job);
  if (!atomic_compare_exchange_strong(&pool.ticket, &ticket, ticket + 1)) return 1;
  keep_to_core(atomic_load(&pool.binding));
  int64_t begin = now();
  int status = job->body(job->context, step, (int)(ticket & NONE));
  if (status != 0) atomic_store(&pool.status, status);
  int64_t end = now();
  own.part = end - begin;
  if (atomic_fetch_add(&pool.done, 1) + 1 == parts) {
    share_out(job, atomic_load(&pool.status) == 0 ? step + 1 : step, thread);
  }
  give_way(end);
  return 1;
}

static void *work(void *argument) {
  int thread = (int)(intptr_t)argument;
  number = thread;
#if defined(__linux__)
  char name[16];
  snprintf(name, sizeof name, "worker %d", thread);
  pthread_setname_np(pthread_self(), name);
#endif
  own.since = now();
  for (;;) {
    while (take_part(thread)) {}
    rest(thread);
  }
  return NULL;
}

int espalier_begin_threads(int threads) {
  pthread_mutex_lock(&hiring);
  int begun = atomic_load(&pool.begun);
#ifdef __linux__
  if (begun == 1) sched_getaffinity(0, sizeof pool.cores, &pool.cores);
#endif
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (; begun < threads && begun < MOST_THREADS; begun++) {
    bed *bed = &pool.beds[begun];
    pthread_t *thread = &pool.threads_by_number[begun];
    pthread_mutex_init(&bed->lock, NULL);
    pthread_cond_init(&bed->signal, NULL);
    if (pthread_create(thread, NULL, work, (void *)(intptr_t)begun) != 0) break;
    pthread_detach(*thread);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  atomic_store(&pool.begun, begun);
  pthread_mutex_unlock(&hiring);
  return begun < threads ? begun : threads;
}

/// Does everything on the calling thread.
static int run_alone(const espalier_job *job, int *failed) {
  for (int step = job->first; step < job->end; step++) {
    for (int part = 0; part < job->parts[step]; part++) {
      int status = job->body(job->context, step, part);
      if (status == 0) continue;
      *failed = step;
      return status;
    }
  }
  return 0;
}

int espalier_run(const espalier_job *job, int *failed) {
  if (job->threads <= 1 || atomic_load(&pool.begun) <= 1) return run_alone(job, failed);
  if (pthread_mutex_trylock(&owner) != 0) return run_alone(job, failed);
  if (own.since == 0) own.since = now();
  close_ticket();
  pool.threads_by_number[0] = pthread_self();
  atomic_store(&pool.binding, wants_cores(job) ? atomic_load(&pool.next_binding) : 0);
  atomic_store(&pool.job, job);
  atomic_store(&pool.threads, job->threads);
  atomic_store(&pool.status, 0);
  atomic_store(&pool.is_finished, 0);
  share_out(job, job->first, 0);
  while (!atomic_load(&pool.is_finished)) {
    if (!take_part(0)) rest(0);
  }
  int status = atomic_load(&pool.status);
  *failed = atomic_load(&pool.step);
  atomic_store(&pool.binding, 0);
  keep_to_core(0);
  pthread_mutex_unlock(&owner);
  return status;
}
