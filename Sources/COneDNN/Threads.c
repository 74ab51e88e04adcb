#include "Library.h"

typedef void (*set_threads)(int);
typedef int (*thread_number)(void);
typedef void (*parallel)(void (*)(void *), void *, unsigned, unsigned);

void espalier_set_threads(int threads) {
  static set_threads set;
  if (set == NULL) set = (set_threads)espalier_library_symbol("omp_set_num_threads");
  if (set != NULL) set(threads);
}

struct region {
  void (*body)(void *, int);
  void *context;
  int parts;
  thread_number number;
  thread_number count;
};

/// What each thread of a region does: every part whose remainder is its number.
static void enter(void *argument) {
  const struct region *region = argument;
  int threads = region->count();
  for (int part = region->number(); part < region->parts; part += threads) {
    region->body(region->context, part);
  }
}

void espalier_parallel(int parts, void (*body)(void *context, int part), void *context) {
  static parallel run;
  static thread_number number, count, most;
  if (parts > 1 && run == NULL) {
    number = (thread_number)espalier_library_symbol("omp_get_thread_num");
    count = (thread_number)espalier_library_symbol("omp_get_num_threads");
    most = (thread_number)espalier_library_symbol("omp_get_max_threads");
    if (number != NULL && count != NULL && most != NULL) {
      run = (parallel)espalier_library_symbol("GOMP_parallel");
    }
  }
  if (parts > 1 && run != NULL) {
    int threads = most() < parts ? most() : parts;
    if (threads > 1) {
      struct region region = {body, context, parts, number, count};
      run(enter, &region, (unsigned)threads, 0);
      return;
    }
  }
  for (int part = 0; part < parts; part++) body(context, part);
}
