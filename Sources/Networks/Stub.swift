/// Stands until the first file of this target is written.
enum Stub {}
