/// PNG and JPEG images in memory, decoded by libpng and libjpeg.
///
/// Every function answers 0, or 1 and why in words: what the libraries throw by longjmp ends in here.
#ifndef ESPALIER_CIMAGES_H
#define ESPALIER_CIMAGES_H

#include <stddef.h>
#include <stdint.h>

/// An image before its samples are read.
typedef struct {
  uint32_t width, height;

  /// As they are read: 1 grey, 2 grey and alpha, 3 red, green, blue, 4 these and alpha.
  uint32_t channels;

  /// Bits of a sample as they are read, 8 or 16 in the machine's order.
  uint32_t depth;

  /// Whether the file has cyan, magenta, yellow and black, which are not read.
  int is_cmyk;
} espalier_image;

/// Why an image cannot be read.
typedef struct {
  char words[200];
} espalier_image_error;

/// A file in memory.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} espalier_image_file;

/// Reads the description of a PNG file.
int espalier_png_describe(
    espalier_image_file file, espalier_image *image, espalier_image_error *error);

/// Reads the samples of a PNG file, row by row without gaps, to memory of the size that its description makes.
int espalier_png_read(
    espalier_image_file file, espalier_image image, void *samples, espalier_image_error *error);

/// Reads the description of a JPEG file.
int espalier_jpeg_describe(
    espalier_image_file file, espalier_image *image, espalier_image_error *error);

/// Reads the samples of a JPEG file, row by row without gaps, to memory of the size that its description makes.
int espalier_jpeg_read(
    espalier_image_file file, espalier_image image, void *samples, espalier_image_error *error);

#endif
