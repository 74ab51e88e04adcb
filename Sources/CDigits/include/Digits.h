/// The 8×8 digits as they lie in the program, made by `docs/data/pack_digits.py`.
///
/// The bits of a digit, highest first: its class in 4, 64 values 0…16 in 5 each, row by row, and 4 that are 0.
#ifndef ESPALIER_DIGITS_H
#define ESPALIER_DIGITS_H

#define ESPALIER_DIGITS 1797
#define ESPALIER_DIGIT_BYTES 41

/// The bytes of one of the digits, counted from 0.
const unsigned char *espalier_digit(long number);

#endif
