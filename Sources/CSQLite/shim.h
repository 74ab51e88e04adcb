#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast that Swift does not import.
static inline int esp_sqlite_bind_text(
    sqlite3_stmt *statement, int place, const char *text, int bytes) {
  return sqlite3_bind_text(statement, place, text, bytes, SQLITE_TRANSIENT);
}
