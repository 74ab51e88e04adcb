#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>

// Attributes are macros that Swift does not import.
static const attr_t esp_bold = A_BOLD;
static const attr_t esp_dim = A_DIM;
static const attr_t esp_reverse = A_REVERSE;
static const attr_t esp_underline = A_UNDERLINE;
