#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Who may do what with a file, carried over to the one that takes its place.
enum FileRights {
  /// Gives an open file the owner, group and permissions of an old one, as far as the system lets it.
  ///
  /// Where the group cannot be kept, another group gets no more than all others have.
  static func keep(_ old: stat, on descriptor: Int32) {
    var mode = old.st_mode & 0o777
    var new = stat()
    let isOurs =
      fstat(descriptor, &new) == 0 && new.st_uid == old.st_uid && new.st_gid == old.st_gid
    // Only the superuser may give a file away; a group of one's own may be kept.
    let isGroupKept =
      isOurs || fchown(descriptor, old.st_uid, old.st_gid) == 0
      || fchown(descriptor, .max, old.st_gid) == 0
    if !isGroupKept { mode = mode & 0o707 | (mode & 0o007) << 3 }
    _ = fchmod(descriptor, mode)
  }
}
