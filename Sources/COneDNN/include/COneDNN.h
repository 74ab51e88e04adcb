/// Convolutions and matrix products of oneDNN, and threads that share work, behind one small face.
///
/// Compiles against oneDNN 2.6 and 3.x, and without its headers. The library is opened when it is
/// first needed, so programs that never train do not pay for it, and its absence is an answer, not a
/// failure. Each call of the library computes on the calling thread alone; what several threads are to
/// do is cut into pieces, which are shared out by `espalier_run`. None of the functions allocates in `execute`.
#ifndef ESPALIER_ONEDNN_H
#define ESPALIER_ONEDNN_H

#include <stddef.h>
#include <stdint.h>

/// Whether oneDNN is there; opens it the first time.
int espalier_onednn_is_available(void);

/// `2.6.3`, or an empty text without oneDNN.
const char *espalier_onednn_version(void);

/// `libdnnl.so.2`, the file that was looked for in vain; an empty text where oneDNN was found or is not wanted.
const char *espalier_onednn_missing(void);

/// What happened in the last call that failed, as oneDNN's status; 0 is success.
int espalier_onednn_last_status(void);

/// Which derivative a convolution computes.
enum espalier_pass {
  ESPALIER_FORWARD_TRAINING = 0,
  ESPALIER_FORWARD_INFERENCE = 1,
  ESPALIER_BACKWARD_DATA = 2,
  ESPALIER_BACKWARD_WEIGHTS = 3,
};

/// In which numbers a convolution's products have their operands; sums and results are float32 always.
enum espalier_precision {
  ESPALIER_FLOAT32 = 0,

  /// Rounded to the nearest of 8 bits, ties to even, when they are read.
  ESPALIER_BFLOAT16 = 1,
};

/// What the library computes products of bfloat16 by.
enum espalier_bfloat16 {
  /// Nothing: it would emulate them, slowly.
  ESPALIER_NO_BFLOAT16 = 0,
  ESPALIER_AVX512_BF16 = 1,
  ESPALIER_AMX = 2,
};

/// Which instructions for bfloat16 oneDNN uses on this processor, within what the environment allows.
enum espalier_bfloat16 espalier_onednn_bfloat16(void);

/// Whether the processor has AVX512_BF16, whatever is used of it.
int espalier_has_bfloat16(void);

/// A convolution over height and width; a 1-D convolution has height 1.
///
/// `dilation` is 1 where taps are neighbours, `precision` one of `espalier_precision`.
typedef struct {
  int64_t batch, groups;
  int64_t input_channels, input_height, input_width;
  int64_t output_channels, output_height, output_width;
  int64_t kernel_height, kernel_width;
  int64_t stride_height, stride_width;
  int64_t dilation_height, dilation_width;
  int64_t pad_top, pad_left, pad_bottom, pad_right;
  int precision;
} espalier_convolution_shape;

/// Into how many pieces a convolution is cut, and how many threads may be at them at the same time.
///
/// Channels are those of the output; of the input where its gradient is computed. They are dealt in sixteens.
typedef struct {
  int images, channels, threads;
} espalier_cut;

typedef struct espalier_convolution espalier_convolution;

/// A convolution with channels-last source and destination and weights in whatever layout is fastest;
/// NULL where oneDNN has none.
espalier_convolution *espalier_convolution_create(
    const espalier_convolution_shape *shape, int pass, int has_bias, espalier_cut cut);

/// The same without code, which takes long to make: tells what it would take, but cannot be executed.
espalier_convolution *espalier_convolution_describe(
    const espalier_convolution_shape *shape, int pass, int has_bias, espalier_cut cut);

void espalier_convolution_free(espalier_convolution *convolution);

/// The implementation's name, such as `jit:avx512_core`; a leading `ref` is unusably slow.
const char *espalier_convolution_implementation(const espalier_convolution *convolution);

/// Bytes of working memory that `execute` needs for each thread.
size_t espalier_convolution_scratch_bytes(const espalier_convolution *convolution);

/// Bytes of the weights in the convolution's own layout, or of all pieces of their gradient; 0 where weights stay in
/// the plain `[channels, inputs / groups, kernel…]`.
size_t espalier_convolution_weight_bytes(const espalier_convolution *convolution);

/// Whether gradients of the pieces are to be summed by `unpack`.
int espalier_convolution_merges(const espalier_convolution *convolution);

/// Where a convolution finds its operands; for backward passes the same roles hold gradients.
///
/// `plain` are the weights, or their gradient, in plain layout; `weights` the same in the convolution's own, of
/// `weight_bytes`, and not used where there are none. `scratch` is the working memory of the first thread, that of the
/// next lies `scratch_stride` bytes behind.
typedef struct {
  float *source, *weights, *bias, *destination, *plain, *scratch;
  size_t scratch_stride;
} espalier_operands;

/// Points the convolution at its memory.
int espalier_convolution_bind(espalier_convolution *convolution, const espalier_operands *operands);

/// Reorders plain weights to the convolution's layout: those of one piece of the channels.
int espalier_convolution_pack(const espalier_convolution *convolution, int part);

/// Computes one piece, of which those of the same images follow each other; 0 is success.
int espalier_convolution_execute(const espalier_convolution *convolution, int part);

/// Sums the gradients of all pieces of images in their order and writes the plain one, for one piece of the channels.
int espalier_convolution_unpack(const espalier_convolution *convolution, int part);

/// C = alpha · op(A) · op(B) + beta · C for row-major matrices, C of `m` by `n`; `transpose` is 0 or 1.
int espalier_sgemm(
    int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a,
    int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc);

/// Has all threads take memory from one heap where addresses are limited (`ulimit -v`): else the C library
/// reserves 64 MiB of them for each thread.
void espalier_share_heap(void);

/// Makes memory that mmap(2) gave larger or smaller, with what is in it, perhaps at another address; NULL, and nothing
/// has happened, where the system refuses or cannot.
void *espalier_resize_memory(void *memory, size_t bytes, size_t wanted);

/// Whether processor and operating system have what x86-64-v3 (AVX2, FMA) and x86-64-v4 (AVX-512) stand for.
int espalier_has_avx2(void);
int espalier_has_avx512(void);

/// The set of instructions that the environment asks for (`ESPALIER_INSTRUCTIONS`), or NULL.
const char *espalier_instructions(void);

/// Has the environment ask for a set of instructions; oneDNN, when it is opened, keeps to it too.
void espalier_set_instructions(const char *set);

/// How many processors the program may use: those it is tied to, or all that are running.
int espalier_processors(void);

/// Steps one after another, each cut into parts.
///
/// `body` does one part and returns 0. Steps are numbered from `first` to `end` - 1, `parts` has the number of each
/// one's parts, and no more than `threads` are at work.
typedef struct {
  int threads, first, end;
  const int32_t *parts;
  int (*body)(void *context, int step, int part);
  void *context;
} espalier_job;

/// Begins threads until there are so many, the calling one among them; returns how many of them there are.
int espalier_begin_threads(int threads);

/// Does a job on the calling thread and on those that were begun, whoever is free taking the next part; a step begins
/// when all parts of the one before are done. Returns 0 when all are done, or what `body` returned in the step `failed`.
/// While another job is done, and within one, the calling thread works alone.
int espalier_run(const espalier_job *job, int *failed);

#endif
