import COneDNN

/// The heap of the process.
package enum ProcessHeap {
  /// Has all threads share it where addresses are limited, so that none takes the reserve for a heap of its own.
  package static func share() { espalier_share_heap() }
}
