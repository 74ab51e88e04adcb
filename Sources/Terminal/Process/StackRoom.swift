#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Room for commands, blocks and files that run within each other, whose number is limited by itself.
package enum StackRoom {
  /// What the deepest of them take, in bytes, and as much again.
  private static let bytes: rlim_t = 64 << 20

  /// Lets the stack of the first thread grow to what is needed, where the system has it grow less far; one that has a
  /// fixed size stays as it is.
  package static func take() {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_STACK.rawValue)
    #else
      let resource = RLIMIT_STACK
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < bytes else { return }
    limit.rlim_cur = min(limit.rlim_max, bytes)
    _ = setrlimit(resource, &limit)
  }
}
