import Synchronization
import Training

/// By what data is known again in other sessions: a digest of its values, which is worked out when it is asked for.
final class Fingerprint: Sendable {
  private enum Content {
    case data(Dataset)
    case text(String)
  }

  private let content: Mutex<Content>

  /// That of some data.
  init(of data: Dataset) { content = Mutex(.data(data)) }

  /// One that was worked out before.
  init(_ text: String) { content = Mutex(.text(text)) }

  /// 16 hexadecimal digits.
  var text: String {
    content.withLock { content in
      switch content {
      case .text(let text): return text
      case .data(let data):
        let text = Digest.text(of: [data.train, data.test])
        content = .text(text)
        return text
      }
    }
  }
}
