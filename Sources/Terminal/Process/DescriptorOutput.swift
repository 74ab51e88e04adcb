import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Text written to a descriptor, whole or not at all.
package struct DescriptorOutput: Sendable {
  package let descriptor: Int32

  package static let standardOutput = DescriptorOutput(descriptor: STDOUT_FILENO)
  package static let standardError = DescriptorOutput(descriptor: STDERR_FILENO)

  /// Output to an open descriptor.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// Why text could not be written.
  package enum Failure: Error, Equatable {
    /// The reader at the other end is gone.
    case readerGone

    /// The system's error number.
    case system(Int32)

    /// The system's words for it.
    package var reason: String {
      switch self {
      case .readerGone: String(cString: strerror(EPIPE))
      case .system(let errorNumber): String(cString: strerror(errorNumber))
      }
    }
  }

  /// Writes lines of text that may have come from outside, with controls spelled out.
  ///
  /// - Throws: `Failure`.
  package func write(lines text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    try write(lines.map { VisibleText.of(String($0), keepsTabs: true) + "\n" }.joined())
  }

  /// Writes all of the text, waiting where the other end is slow.
  ///
  /// - Throws: `Failure`.
  package func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let written = systemWrite(descriptor, start, rest.count)
        if written >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        } else if errno == EAGAIN {
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&request, 1, -1)
        } else if errno == EPIPE {
          throw Failure.readerGone
        } else if errno != EINTR {
          throw Failure.system(errno)
        }
      }
    }
  }
}
