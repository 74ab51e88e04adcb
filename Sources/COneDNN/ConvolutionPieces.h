/// A convolution cut into pieces: by images, whose memory is apart anyway, and by channels. Values of some of the channels
/// are copied to or from working memory, since the library knows whole rows only.
#ifndef ESPALIER_CONVOLUTION_PIECES_H
#define ESPALIER_CONVOLUTION_PIECES_H

#include "ConvolutionKernel.h"

#ifdef ESPALIER_HAS_ONEDNN

/// Channels of a piece are multiples of these, and pieces of memory begin at multiples of so many bytes.
enum { CHANNEL_UNIT = 16, ALIGNMENT = 64 };

/// A part of the images or of the channels.
typedef struct {
  int64_t first, count;
} share;

typedef struct {
  const convolution_kernel *kernel;
  share images, channels;
  dnnl_memory_t memory[ROLES], plain;

  /// For each thread its working memory in a role, where it has any: that of the library, the channels of the piece
  /// alone, and rounded operands.
  dnnl_memory_t *own[ROLES];
} piece;

struct espalier_convolution {
  espalier_convolution_shape shape;
  int pass, has_bias;

  /// Whether it can be executed; else it is only known what it would take.
  int has_code;
  espalier_cut cut;

  /// At most two sizes of images by two of channels.
  convolution_kernel *kernels[2][2];
  piece *pieces;

  /// Bytes of packed weights of a piece of the channels, with the gradient of the bias behind it where pieces of
  /// images have their own; bytes of a thread's working memory in each role.
  size_t block_bytes, own_bytes[ROLES];
  int is_plain;
  espalier_operands operands;
};

static inline size_t padded(size_t bytes) { return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

/// Positions and channels of the source or destination of an image.
static inline int64_t positions_of(const espalier_convolution *c, enum role role) {
  const espalier_convolution_shape *s = &c->shape;
  return role == SOURCE ? s->input_height * s->input_width : s->output_height * s->output_width;
}

static inline int64_t channels_of(const espalier_convolution *c, enum role role) {
  return role == SOURCE ? c->shape.input_channels : c->shape.output_channels;
}

/// The channels that are dealt to pieces.
static inline int64_t cut_channels(const espalier_convolution *c) {
  return c->pass == ESPALIER_BACKWARD_DATA ? c->shape.input_channels : c->shape.output_channels;
}

static inline enum role cut_role(const espalier_convolution *c) {
  return c->pass == ESPALIER_BACKWARD_DATA ? SOURCE : DESTINATION;
}

/// Whether a role's channels are cut, so that those of a piece are copied.
static inline int is_staged(const espalier_convolution *c, enum role role) {
  return c->cut.channels > 1 && role == cut_role(c);
}

/// Whether each thread has working memory in a role.
static inline int is_own(const espalier_convolution *c, enum role role) {
  if (role == SOURCE || role == DESTINATION) {
    return is_staged(c, role) || is_rounded(&c->shape, c->pass, role);
  }
  return role == SCRATCH;
}

static inline int to_weights(const espalier_convolution *c) {
  return c->pass == ESPALIER_BACKWARD_WEIGHTS;
}

#endif

#endif
