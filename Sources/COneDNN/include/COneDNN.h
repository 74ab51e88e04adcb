/// Convolutions, matrix products and threads of oneDNN behind one small face.
///
/// Compiles against oneDNN 2.6 and 3.x, and without its headers. The library is opened when it is
/// first needed, so programs that never train do not pay for it, and its absence is an answer, not a
/// failure. All functions belong to the thread that runs plans; none of them allocates in `execute`.
#ifndef ESPALIER_ONEDNN_H
#define ESPALIER_ONEDNN_H

#include <stddef.h>
#include <stdint.h>

/// Whether oneDNN is there; opens it the first time.
int espalier_onednn_is_available(void);

/// `2.6.3`, or an empty text without oneDNN.
const char *espalier_onednn_version(void);

/// What happened in the last call that failed, as oneDNN's status; 0 is success.
int espalier_onednn_last_status(void);

/// Which derivative a convolution computes.
enum espalier_pass {
  ESPALIER_FORWARD_TRAINING = 0,
  ESPALIER_FORWARD_INFERENCE = 1,
  ESPALIER_BACKWARD_DATA = 2,
  ESPALIER_BACKWARD_WEIGHTS = 3,
};

/// A convolution over height and width; a 1-D convolution has height 1.
///
/// `dilation` is 1 where taps are neighbours.
typedef struct {
  int64_t batch, groups;
  int64_t input_channels, input_height, input_width;
  int64_t output_channels, output_height, output_width;
  int64_t kernel_height, kernel_width;
  int64_t stride_height, stride_width;
  int64_t dilation_height, dilation_width;
  int64_t pad_top, pad_left, pad_bottom, pad_right;
} espalier_convolution_shape;

typedef struct espalier_convolution espalier_convolution;

/// A convolution with channels-last source and destination and weights in whatever layout is fastest;
/// NULL where oneDNN has none. Created for the number of threads set at that time.
espalier_convolution *espalier_convolution_create(
    const espalier_convolution_shape *shape, int pass, int has_bias);

void espalier_convolution_free(espalier_convolution *convolution);

/// The implementation's name, such as `jit:avx512_core`; a leading `ref` is unusably slow.
const char *espalier_convolution_implementation(const espalier_convolution *convolution);

/// Bytes of working memory that `execute` needs.
size_t espalier_convolution_scratch_bytes(const espalier_convolution *convolution);

/// Bytes of the weights in the convolution's own layout.
size_t espalier_convolution_weight_bytes(const espalier_convolution *convolution);

/// Whether that layout is the plain `[channels, inputs / groups, kernel…]`.
int espalier_convolution_weights_are_plain(const espalier_convolution *convolution);

/// Points the convolution at its memory once; for backward passes the same roles hold gradients.
///
/// `plain` are the weights in plain layout: read by `pack`, written by `unpack`.
int espalier_convolution_bind(
    espalier_convolution *convolution, void *source, void *weights, void *bias, void *destination,
    void *plain, void *scratch);

/// Reorders plain weights to the convolution's layout.
int espalier_convolution_pack(const espalier_convolution *convolution);

/// Reorders weights in the convolution's layout to the plain one.
int espalier_convolution_unpack(const espalier_convolution *convolution);

/// Computes; 0 is success.
int espalier_convolution_execute(const espalier_convolution *convolution);

/// C = alpha · op(A) · op(B) + beta · C for row-major matrices, C of `m` by `n`; `transpose` is 0 or 1.
int espalier_sgemm(
    int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a,
    int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc);

/// Has all threads take memory from one heap where addresses are limited (`ulimit -v`): else the C library
/// reserves 64 MiB of them for each thread.
void espalier_share_heap(void);

/// How many processors the program may use: those it is tied to, or all that are running.
int espalier_processors(void);

/// The widest vector instructions that the processor has, such as `AVX-512`.
const char *espalier_vector_instructions(void);

/// How many threads the calling thread's next convolutions and `espalier_parallel` use.
void espalier_set_threads(int threads);

/// Calls `body` once for each part from 0 to `parts` - 1, on the threads of oneDNN where there are
/// any, else one part after another; returns when all are done.
void espalier_parallel(int parts, void (*body)(void *context, int part), void *context);

#endif
