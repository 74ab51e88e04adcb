#include "ConvolutionKernel.h"

#include <stdlib.h>
#include <string.h>

// A convolution is cut by images, whose memory is apart anyway, and by channels. Values of some of the channels are
// copied to or from working memory, since the library knows whole rows only.

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

  /// For each thread its working memory: that of the library, and the channels of the piece alone.
  dnnl_memory_t *scratch, *staged;
  float **stages;
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
  /// images have their own.
  size_t block_bytes, stage_bytes, scratch_bytes;
  int is_plain;
  espalier_operands operands;
};

static size_t padded(size_t bytes) { return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

static share share_of(int64_t total, int64_t unit, int index, int count) {
  int64_t units = (total + unit - 1) / unit;
  int64_t from = units * index / count * unit, to = units * (index + 1) / count * unit;
  if (to > total) to = total;
  return (share){from, to - from};
}

static int64_t window(const espalier_convolution_shape *s) {
  return s->kernel_height * s->kernel_width;
}

/// Positions and channels of what is cut by channels, which is also what is staged.
static int64_t cut_positions(const espalier_convolution *c) {
  const espalier_convolution_shape *s = &c->shape;
  return c->pass == ESPALIER_BACKWARD_DATA ? s->input_height * s->input_width
                                           : s->output_height * s->output_width;
}

static int64_t cut_channels(const espalier_convolution *c) {
  return c->pass == ESPALIER_BACKWARD_DATA ? c->shape.input_channels : c->shape.output_channels;
}

static enum role cut_role(const espalier_convolution *c) {
  return c->pass == ESPALIER_BACKWARD_DATA ? SOURCE : DESTINATION;
}

static int to_weights(const espalier_convolution *c) {
  return c->pass == ESPALIER_BACKWARD_WEIGHTS;
}

// Creating

static const convolution_kernel *find_kernel(
    espalier_convolution *c, share images, share channels) {
  int many = images.count > c->shape.batch / c->cut.images;
  int64_t units = (cut_channels(c) + CHANNEL_UNIT - 1) / CHANNEL_UNIT;
  int wide = c->cut.channels > 1 && channels.count > units / c->cut.channels * CHANNEL_UNIT;
  convolution_kernel **known = &c->kernels[many][wide];
  if (*known != NULL) return *known;
  convolution_request request = {
      c->shape, c->pass, c->has_bias, c->has_code, c->shape.input_channels / c->shape.groups,
      c->kernels[!many][wide]};
  request.shape.batch = images.count;
  if (c->cut.channels > 1) {
    if (c->pass == ESPALIER_BACKWARD_DATA) {
      request.shape.input_channels = channels.count;
    } else {
      request.shape.output_channels = channels.count;
    }
  }
  *known = espalier_kernel_create(&request);
  return *known;
}

static dnnl_memory_t create_memory(
    const convolution_kernel *kernel, description of, int *status) {
  const espalier_library *dnnl = espalier_library_open();
  dnnl_memory_t result = NULL;
  if (dnnl == NULL || of == NULL) {
    *status |= dnnl_invalid_arguments;
  } else {
    *status |= dnnl->dnnl_memory_create(&result, of, dnnl->engine, DNNL_MEMORY_NONE);
  }
  return result;
}

/// Makes the memory of a piece, which points nowhere yet.
static int create_piece(espalier_convolution *c, piece *piece) {
  const convolution_kernel *kernel = piece->kernel;
  int status = 0, threads = c->cut.threads;
  enum role cut = cut_role(c);
  for (enum role role = SOURCE; role < SCRATCH; role++) {
    if (kernel->arguments[role] == 0 || (c->cut.channels > 1 && role == cut)) continue;
    piece->memory[role] =
        create_memory(kernel, espalier_kernel_description(kernel, role), &status);
  }
  if (!kernel->is_plain) {
    piece->plain = create_memory(kernel, espalier_kernel_plain(kernel), &status);
  }
  piece->scratch = calloc(threads, sizeof *piece->scratch);
  piece->staged = calloc(threads, sizeof *piece->staged);
  piece->stages = calloc(threads, sizeof *piece->stages);
  if (piece->scratch == NULL || piece->staged == NULL || piece->stages == NULL) {
    return dnnl_out_of_memory;
  }
  for (int thread = 0; thread < threads; thread++) {
    if (kernel->arguments[SCRATCH] != 0) {
      piece->scratch[thread] =
          create_memory(kernel, espalier_kernel_description(kernel, SCRATCH), &status);
    }
    if (c->cut.channels > 1) {
      piece->staged[thread] =
          create_memory(kernel, espalier_kernel_description(kernel, cut), &status);
    }
  }
  return status;
}

static int create_pieces(espalier_convolution *c) {
  c->pieces = calloc((size_t)c->cut.images * c->cut.channels, sizeof *c->pieces);
  if (c->pieces == NULL) return dnnl_out_of_memory;
  c->is_plain = 1;
  for (int index = 0; index < c->cut.images * c->cut.channels; index++) {
    piece *piece = &c->pieces[index];
    piece->images = share_of(c->shape.batch, 1, index / c->cut.channels, c->cut.images);
    piece->channels = share_of(
        cut_channels(c), c->cut.channels > 1 ? CHANNEL_UNIT : 1, index % c->cut.channels,
        c->cut.channels);
    piece->kernel = find_kernel(c, piece->images, piece->channels);
    if (piece->kernel == NULL) return dnnl_unimplemented;
    int status = create_piece(c, piece);
    if (status != 0) return status;
    size_t bias = to_weights(c) && c->cut.images > 1 && c->has_bias
                      ? padded(piece->channels.count * sizeof(float))
                      : 0;
    size_t block = padded(piece->kernel->weight_bytes) + bias;
    if (block > c->block_bytes) c->block_bytes = block;
    if (piece->kernel->scratch_bytes > c->scratch_bytes) {
      c->scratch_bytes = piece->kernel->scratch_bytes;
    }
    int64_t rows = piece->images.count * cut_positions(c);
    size_t stage = padded(rows * piece->channels.count * sizeof(float));
    if (c->cut.channels > 1 && stage > c->stage_bytes) c->stage_bytes = stage;
    if (!piece->kernel->is_plain) c->is_plain = 0;
  }
  if (to_weights(c) && c->cut.images > 1) c->is_plain = 0;
  return 0;
}

static espalier_convolution *create(
    const espalier_convolution_shape *shape, int pass, int has_bias, espalier_cut cut, int has_code) {
  if (espalier_library_open() == NULL) return NULL;
  espalier_convolution *c = calloc(1, sizeof *c);
  if (c == NULL) return NULL;
  *c = (espalier_convolution){
      .shape = *shape, .pass = pass, .cut = cut, .has_code = has_code};
  c->has_bias = pass == ESPALIER_BACKWARD_DATA ? 0 : has_bias;
  int is_cuttable = shape->groups == 1 && cut_channels(c) % CHANNEL_UNIT == 0;
  int status = cut.channels > 1 && !is_cuttable ? dnnl_unimplemented : create_pieces(c);
  if (espalier_note_status(status) == 0) return c;
  espalier_convolution_free(c);
  return NULL;
}

espalier_convolution *espalier_convolution_create(
    const espalier_convolution_shape *shape, int pass, int has_bias, espalier_cut cut) {
  return create(shape, pass, has_bias, cut, 1);
}

espalier_convolution *espalier_convolution_describe(
    const espalier_convolution_shape *shape, int pass, int has_bias, espalier_cut cut) {
  return create(shape, pass, has_bias, cut, 0);
}

static void forget(dnnl_memory_t memory) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl != NULL && memory != NULL) dnnl->dnnl_memory_destroy(memory);
}

void espalier_convolution_free(espalier_convolution *c) {
  if (c == NULL) return;
  for (int index = 0; c->pieces != NULL && index < c->cut.images * c->cut.channels; index++) {
    piece *piece = &c->pieces[index];
    for (int role = 0; role < ROLES; role++) forget(piece->memory[role]);
    forget(piece->plain);
    for (int thread = 0; thread < c->cut.threads; thread++) {
      if (piece->scratch != NULL) forget(piece->scratch[thread]);
      if (piece->staged != NULL) forget(piece->staged[thread]);
    }
    free(piece->scratch);
    free(piece->staged);
    free(piece->stages);
  }
  free(c->pieces);
  for (int i = 0; i < 4; i++) espalier_kernel_free(c->kernels[i / 2][i % 2]);
  free(c);
}

// Binding

/// The memory of a piece in a role, or NULL where it is staged.
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
    for (int thread = 0; thread < c->cut.threads; thread++) {
      float *own = operands->scratch + thread * operands->scratch_stride / sizeof(float);
      piece->stages[thread] = own;
      status |= point(piece->staged[thread], own);
      status |= point(piece->scratch[thread], own + c->stage_bytes / sizeof(float));
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

/// Copies the channels of a piece between whole rows and working memory.
static void stage(const espalier_convolution *c, const piece *piece, float *own, int is_result) {
  int64_t channels = cut_channels(c), count = piece->channels.count;
  int64_t rows = piece->images.count * cut_positions(c);
  float *whole = address(c, piece, cut_role(c)) + piece->channels.first;
  for (int64_t row = 0; row < rows; row++) {
    if (is_result) {
      memcpy(whole + row * channels, own + row * count, count * sizeof(float));
    } else {
      memcpy(own + row * count, whole + row * channels, count * sizeof(float));
    }
  }
}

int espalier_convolution_execute(const espalier_convolution *c, int part) {
  const espalier_library *dnnl = espalier_library_open();
  if (dnnl == NULL) return dnnl_unimplemented;
  const piece *piece = &c->pieces[part];
  int is_staged = c->cut.channels > 1, thread = espalier_thread_number(), count = 0;
  if (thread >= c->cut.threads) return espalier_note_status(dnnl_invalid_arguments);
  dnnl_exec_arg_t arguments[ROLES];
  for (enum role role = SOURCE; role < ROLES; role++) {
    if (piece->kernel->arguments[role] == 0) continue;
    arguments[count].arg = piece->kernel->arguments[role];
    arguments[count++].memory = role == SCRATCH                       ? piece->scratch[thread]
                                : is_staged && role == cut_role(c) ? piece->staged[thread]
                                                                   : piece->memory[role];
  }
  if (is_staged && to_weights(c)) stage(c, piece, piece->stages[thread], 0);
  int status =
      dnnl->dnnl_primitive_execute(piece->kernel->primitive, dnnl->stream, count, arguments);
  if (status != 0) return espalier_note_status(status);
  if (is_staged && !to_weights(c)) stage(c, piece, piece->stages[thread], 1);
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

// What it needs

const char *espalier_convolution_implementation(const espalier_convolution *c) {
  return c->pieces[0].kernel->implementation;
}

size_t espalier_convolution_scratch_bytes(const espalier_convolution *c) {
  return c->stage_bytes + c->scratch_bytes;
}

size_t espalier_convolution_weight_bytes(const espalier_convolution *c) {
  if (c->is_plain) return 0;
  return c->block_bytes * c->cut.channels * (to_weights(c) ? c->cut.images : 1);
}

int espalier_convolution_merges(const espalier_convolution *c) {
  return to_weights(c) && c->cut.images > 1;
}

#else

espalier_convolution *espalier_convolution_create(
    const espalier_convolution_shape *shape, int pass, int has_bias, espalier_cut cut) {
  return NULL;
}
espalier_convolution *espalier_convolution_describe(
    const espalier_convolution_shape *shape, int pass, int has_bias, espalier_cut cut) {
  return NULL;
}
void espalier_convolution_free(espalier_convolution *c) {}
int espalier_convolution_bind(espalier_convolution *c, const espalier_operands *operands) {
  return 1;
}
int espalier_convolution_pack(const espalier_convolution *c, int part) { return 1; }
int espalier_convolution_execute(const espalier_convolution *c, int part) { return 1; }
int espalier_convolution_unpack(const espalier_convolution *c, int part) { return 1; }
const char *espalier_convolution_implementation(const espalier_convolution *c) { return ""; }
size_t espalier_convolution_scratch_bytes(const espalier_convolution *c) { return 0; }
size_t espalier_convolution_weight_bytes(const espalier_convolution *c) { return 0; }
int espalier_convolution_merges(const espalier_convolution *c) { return 0; }

#endif
