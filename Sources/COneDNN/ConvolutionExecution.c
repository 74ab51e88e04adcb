#include "ConvolutionPieces.h"

#include <string.h>

#ifdef ESPALIER_HAS_ONEDNN

static int64_t window(const espalier_convolution_shape *s) {
  return s->kernel_height * s->kernel_width;
}

// Binding

/// The memory of a piece in a role; whole rows where its channels are cut.
static float *address(const espalier_convolution *c, const piece *piece, enum role role) {
  const espalier_convolution_shape *s = &c->shape;
  const espalier_operands *o = &c->operands;
  int64_t image = piece->images.first, channel = c->cut.channels > 1 ? piece->channels.first : 0;
  size_t index = piece - c->pieces;
  if (!to_weights(c)) index %= c->cut.channels;
  int has_own = to_weights(c) && c->cut.images > 1;
  float *block = o->weights == NULL ? NULL : o->weights + index * c->block_bytes / sizeof(float);
  switch (role) {
    case SOURCE:
      return o->source + image * s->input_height * s->input_width * s->input_channels;
    case DESTINATION:
      return o->destination + image * s->output_height * s->output_width * s->output_channels;
    case WEIGHTS:
      if (!c->is_plain) return block;
      // Plain weights of some of the inputs are not dense, so that they are never a kernel's own.
      return o->plain + channel * (s->input_channels / s->groups) * window(s);
    case BIAS:
      if (o->bias == NULL) return NULL;
      return has_own ? block + padded(piece->kernel->weight_bytes) / sizeof(float)
                     : o->bias + channel;
    case SCRATCH:
    case ROLES: return NULL;
  }
  return NULL;
}

/// The working memory of a thread in a role.
static char *own_address(const espalier_convolution *c, enum role role, int thread) {
  char *address = (char *)c->operands.scratch + thread * c->operands.scratch_stride;
  for (enum role before = SOURCE; before < role; before++) address += c->own_bytes[before];
  return address;
}

/// The plain weights of a piece.
static float *plain_address(const espalier_convolution *c, const piece *piece) {
  const espalier_convolution_shape *s = &c->shape;
  int64_t channel = c->cut.channels > 1 ? piece->channels.first : 0;
  int64_t row = c->pass == ESPALIER_BACKWARD_DATA ? 1 : s->input_channels / s->groups;
  return c->operands.plain + channel * row * window(s);
}

static int point(dnnl_memory_t memory, void *address) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return dnnl_unimplemented;
  return memory == NULL ? 0 : dnnl->dnnl_memory_set_data_handle(memory, address);
}

int espalier_convolution_bind(espalier_convolution *c, const espalier_operands *operands) {
  c->operands = *operands;
  int status = 0;
  for (int index = 0; index < c->cut.images * c->cut.channels; index++) {
    piece *piece = &c->pieces[index];
    for (enum role role = SOURCE; role < SCRATCH; role++) {
      status |= point(piece->memory[role], address(c, piece, role));
    }
    status |= point(piece->plain, plain_address(c, piece));
    for (enum role role = SOURCE; role < ROLES; role++) {
      for (int thread = 0; piece->own[role] != NULL && thread < c->cut.threads; thread++) {
        status |= point(piece->own[role][thread], own_address(c, role, thread));
      }
    }
  }
  return espalier_note_status(status);
}

// Computing

static int reorder(dnnl_primitive_t primitive, dnnl_memory_t from, dnnl_memory_t to) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return dnnl_unimplemented;
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  return espalier_note_status(
      dnnl->dnnl_primitive_execute(primitive, dnnl->stream, 2, arguments));
}

int espalier_convolution_pack(const espalier_convolution *c, int part) {
  const piece *piece = &c->pieces[part];
  const convolution_kernel *kernel = piece->kernel;
  if (kernel->pack != NULL) return reorder(kernel->pack, piece->plain, piece->memory[WEIGHTS]);
  memcpy(address(c, piece, WEIGHTS), plain_address(c, piece), kernel->weight_bytes);
  return 0;
}

/// Writes the gradient that a piece has of its own to the plain one.
static int write_gradient(const espalier_convolution *c, const piece *piece) {
  const convolution_kernel *kernel = piece->kernel;
  if (kernel->unpack != NULL) {
    return reorder(kernel->unpack, piece->memory[WEIGHTS], piece->plain);
  }
  if (!c->is_plain) {
    memcpy(plain_address(c, piece), address(c, piece, WEIGHTS), kernel->weight_bytes);
  }
  return 0;
}

/// The part of whole rows that a piece has in a role: so many rows of `count` floats, each `step` behind the one before.
typedef struct {
  float *first;
  int64_t rows, count, step;
} section;

static section section_of(const espalier_convolution *c, const piece *piece, enum role role) {
  float *first = address(c, piece, role);
  int64_t rows = piece->images.count * positions_of(c, role), channels = channels_of(c, role);
  if (!is_staged(c, role)) return (section){first, 1, rows * channels, 0};
  return (section){first + piece->channels.first, rows, piece->channels.count, channels};
}

/// Brings operands of a piece to a thread's working memory.
static void fetch(const espalier_convolution *c, const piece *piece, enum role role, void *own) {
  section from = section_of(c, piece, role);
  int rounds = is_rounded(&c->shape, c->pass, role);
  for (int64_t row = 0; row < from.rows; row++) {
    const float *values = from.first + row * from.step;
    if (rounds) {
      espalier_round((uint16_t *)own + row * from.count, values, from.count);
    } else {
      memcpy((float *)own + row * from.count, values, from.count * sizeof(float));
    }
  }
}

/// Writes results of a piece from a thread's working memory.
static void store(const espalier_convolution *c, const piece *piece, enum role role, const float *own) {
  section to = section_of(c, piece, role);
  for (int64_t row = 0; row < to.rows; row++) {
    memcpy(to.first + row * to.step, own + row * to.count, to.count * sizeof(float));
  }
}

int espalier_convolution_execute(const espalier_convolution *c, int part) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return dnnl_unimplemented;
  const piece *piece = &c->pieces[part];
  int thread = espalier_thread_number(), count = 0;
  if (thread >= c->cut.threads) return espalier_note_status(dnnl_invalid_arguments);
  enum role result = to_weights(c)                        ? WEIGHTS
                     : c->pass == ESPALIER_BACKWARD_DATA ? SOURCE
                                                         : DESTINATION;
  dnnl_exec_arg_t arguments[ROLES];
  for (enum role role = SOURCE; role < ROLES; role++) {
    if (piece->kernel->arguments[role] == 0) continue;
    int has_own = piece->own[role] != NULL;
    arguments[count].arg = piece->kernel->arguments[role];
    arguments[count++].memory = has_own ? piece->own[role][thread] : piece->memory[role];
    if (has_own && role != SCRATCH && role != result) {
      fetch(c, piece, role, own_address(c, role, thread));
    }
  }
  int status =
      dnnl->dnnl_primitive_execute(piece->kernel->primitive, dnnl->stream, count, arguments);
  if (status != 0) return espalier_note_status(status);
  if (is_staged(c, result)) {
    store(c, piece, result, (const float *)own_address(c, result, thread));
  }
  return to_weights(c) && c->cut.images == 1 ? write_gradient(c, piece) : 0;
}

static void add(float *restrict sum, const float *restrict more, int64_t count) {
  for (int64_t index = 0; index < count; index++) sum[index] += more[index];
}

int espalier_convolution_unpack(const espalier_convolution *c, int part) {
  const piece *first = &c->pieces[part];
  size_t bytes = first->kernel->weight_bytes;
  float *weights = address(c, first, WEIGHTS), *bias = address(c, first, BIAS);
  for (int image = 1; image < c->cut.images; image++) {
    const piece *next = first + (size_t)image * c->cut.channels;
    add(weights, address(c, next, WEIGHTS), bytes / sizeof(float));
    if (bias != NULL) add(bias, address(c, next, BIAS), first->channels.count);
  }
  if (bias != NULL) {
    int64_t channel = c->cut.channels > 1 ? first->channels.first : 0;
    memcpy(c->operands.bias + channel, bias, first->channels.count * sizeof(float));
  }
  return write_gradient(c, first);
}

#else

int espalier_convolution_bind(espalier_convolution *c, const espalier_operands *operands) {
  return 1;
}
int espalier_convolution_pack(const espalier_convolution *c, int part) { return 1; }
int espalier_convolution_execute(const espalier_convolution *c, int part) { return 1; }
int espalier_convolution_unpack(const espalier_convolution *c, int part) { return 1; }

#endif
