#include "ConvolutionPieces.h"

#include <stdlib.h>

#ifdef ESPALIER_HAS_ONEDNN

static share share_of(int64_t total, int64_t unit, int index, int count) {
  int64_t units = (total + unit - 1) / unit;
  int64_t from = units * index / count * unit, to = units * (index + 1) / count * unit;
  if (to > total) to = total;
  return (share){from, to - from};
}

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
  for (enum role role = SOURCE; role < SCRATCH; role++) {
    if (kernel->arguments[role] == 0 || is_own(c, role)) continue;
    piece->memory[role] =
        create_memory(kernel, espalier_kernel_description(kernel, role), &status);
  }
  if (!kernel->is_plain) {
    piece->plain = create_memory(kernel, espalier_kernel_plain(kernel), &status);
  }
  for (enum role role = SOURCE; role < ROLES; role++) {
    if (kernel->arguments[role] == 0 || !is_own(c, role)) continue;
    piece->own[role] = calloc(threads, sizeof *piece->own[role]);
    if (piece->own[role] == NULL) return dnnl_out_of_memory;
    for (int thread = 0; thread < threads; thread++) {
      piece->own[role][thread] =
          create_memory(kernel, espalier_kernel_description(kernel, role), &status);
    }
  }
  return status;
}

/// Bytes of working memory that a piece needs in a role.
static size_t own_bytes(const espalier_convolution *c, const piece *piece, enum role role) {
  if (!is_own(c, role)) return 0;
  if (role == SCRATCH) return padded(piece->kernel->scratch_bytes);
  size_t size = is_rounded(&c->shape, c->pass, role) ? sizeof(uint16_t) : sizeof(float);
  int64_t channels = is_staged(c, role) ? piece->channels.count : channels_of(c, role);
  return padded(piece->images.count * positions_of(c, role) * channels * size);
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
    for (enum role role = SOURCE; role < ROLES; role++) {
      size_t own = own_bytes(c, piece, role);
      if (own > c->own_bytes[role]) c->own_bytes[role] = own;
    }
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
    for (int role = 0; role < ROLES; role++) {
      forget(piece->memory[role]);
      for (int thread = 0; piece->own[role] != NULL && thread < c->cut.threads; thread++) {
        forget(piece->own[role][thread]);
      }
      free(piece->own[role]);
    }
    forget(piece->plain);
  }
  free(c->pieces);
  for (int i = 0; i < 4; i++) espalier_kernel_free(c->kernels[i / 2][i % 2]);
  free(c);
}

// What it needs

const char *espalier_convolution_implementation(const espalier_convolution *c) {
  return c->pieces[0].kernel->implementation;
}

size_t espalier_convolution_scratch_bytes(const espalier_convolution *c) {
  size_t sum = 0;
  for (int role = 0; role < ROLES; role++) sum += c->own_bytes[role];
  return sum;
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
const char *espalier_convolution_implementation(const espalier_convolution *c) { return ""; }
size_t espalier_convolution_scratch_bytes(const espalier_convolution *c) { return 0; }
size_t espalier_convolution_weight_bytes(const espalier_convolution *c) { return 0; }
int espalier_convolution_merges(const espalier_convolution *c) { return 0; }

#endif
