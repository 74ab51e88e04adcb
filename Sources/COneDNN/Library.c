#define _GNU_SOURCE
#include "Library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int last_status;

int espalier_note_status(int status) {
  if (status != 0) last_status = status;
  return status;
}

int espalier_onednn_last_status(void) { return last_status; }

#ifdef ESPALIER_HAS_ONEDNN

static espalier_library library;
static void *handle;
static int is_open;
static const char *missing = "";
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *open_library(void) {
#if defined(__APPLE__)
  static const char *const names[] = {
      "libdnnl." ESPALIER_VERSIONED("2", "3") ".dylib",
      "/opt/homebrew/lib/libdnnl." ESPALIER_VERSIONED("2", "3") ".dylib",
      "/usr/local/lib/libdnnl." ESPALIER_VERSIONED("2", "3") ".dylib"};
#else
  static const char *const names[] = {"libdnnl.so." ESPALIER_VERSIONED("2", "3")};
#endif
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *found = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
    if (found != NULL) return found;
  }
  missing = names[0];
  return NULL;
}

/// Memory without which the library is not opened: it would end the program where it cannot have what it needs.
enum { LEAST_MEMORY = 192 << 20 };

static int has_memory(void) {
  void *memory =
      mmap(NULL, LEAST_MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return 0;
  munmap(memory, LEAST_MEMORY);
  return 1;
}

static void load(void) {
  if (getenv("ESPALIER_NO_ONEDNN") != NULL || !has_memory()) return;
  espalier_limit_onednn();
  handle = open_library();
  if (handle == NULL) return;
#define ESPALIER_FIND(NAME)                                              \
  library.NAME = (__typeof__(library.NAME))dlsym(handle, #NAME);         \
  if (library.NAME == NULL) return;
  ESPALIER_FUNCTIONS(ESPALIER_FIND)
#undef ESPALIER_FIND
  if (espalier_note_status(library.dnnl_engine_create(&library.engine, dnnl_cpu, 0)) != 0) return;
  is_open = espalier_note_status(library.dnnl_stream_create(
                &library.stream, library.engine, dnnl_stream_default_flags)) == 0;
}

/// Has the calling thread compute alone: OpenMP, which oneDNN brings in, would share out what is a piece already.
static void compute_alone(void) {
  static _Thread_local int is_alone;
  if (is_alone) return;
  is_alone = 1;
  void (*set_threads)(int) = (void (*)(int))dlsym(handle, "omp_set_num_threads");
  if (set_threads != NULL) set_threads(1);
}

const espalier_library *espalier_library_open(void) {
  pthread_once(&once, load);
  if (!is_open) return NULL;
  compute_alone();
  return &library;
}

int espalier_onednn_is_available(void) { return espalier_library_open() != NULL; }

const char *espalier_onednn_version(void) {
  static char text[32];
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return "";
  const dnnl_version_t *version = dnnl->dnnl_version();
  snprintf(text, sizeof text, "%d.%d.%d", version->major, version->minor, version->patch);
  return text;
}

enum espalier_bfloat16 espalier_onednn_bfloat16(void) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL || !espalier_has_bfloat16()) return ESPALIER_NO_BFLOAT16;
  // A wider set has the bits of all that it contains.
  unsigned found = dnnl->dnnl_get_effective_cpu_isa();
  if ((found & dnnl_cpu_isa_avx512_core_amx) == dnnl_cpu_isa_avx512_core_amx) return ESPALIER_AMX;
  return (found & dnnl_cpu_isa_avx512_core_bf16) == dnnl_cpu_isa_avx512_core_bf16
             ? ESPALIER_AVX512_BF16
             : ESPALIER_NO_BFLOAT16;
}

const char *espalier_onednn_missing(void) {
  espalier_library_open();
  return missing;
}

int espalier_sgemm(
    int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a,
    int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return espalier_note_status(dnnl_unimplemented);
  return espalier_note_status(dnnl->dnnl_sgemm(
      transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, alpha, a, lda, b, ldb, beta, c,
      ldc));
}

#else

int espalier_onednn_is_available(void) { return 0; }
const char *espalier_onednn_version(void) { return ""; }
enum espalier_bfloat16 espalier_onednn_bfloat16(void) { return ESPALIER_NO_BFLOAT16; }
const char *espalier_onednn_missing(void) { return ""; }

int espalier_sgemm(
    int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a,
    int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
  return espalier_note_status(1);
}

#endif
