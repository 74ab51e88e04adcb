import Interchange
import Networks

/// Keeps the networks of an interactive session on disk, so that a crash or a closed window costs little.
///
/// A network with weights becomes a `.safetensors` file, one without an `.esp` file; files are written
/// whole or not at all. What an earlier session left is put aside at the start and offered.
package final class Autosave {
  private let folder: String
  private var written: [String: Int] = [:]
  private var edits = 0

  /// Edits after which networks are written although no run has ended.
  private static let interval = 5

  /// Puts aside what the last session has left; nothing where the folder cannot be made.
  ///
  /// - Parameter folder: the folder of the files, made with mode 0700.
  package init?(folder: String) {
    self.folder = folder
    guard Folder.make(Path.joining(folder, "last")) else { return nil }
    let left = files(in: folder)
    guard !left.isEmpty else { return }
    for name in files(in: Path.joining(folder, "last")) {
      Folder.remove(Path.joining(Path.joining(folder, "last"), name))
    }
    for name in left {
      Folder.move(
        Path.joining(folder, name), to: Path.joining(Path.joining(folder, "last"), name))
    }
  }

  private func files(in folder: String) -> [String] {
    ((try? Folder.names(in: folder)) ?? []).filter {
      $0.hasSuffix(".esp") || $0.hasSuffix(".safetensors")
    }
  }

  /// The lines that offer what the last session has left.
  package var offers: [StyledText] {
    let last = Path.joining(folder, "last")
    let names = files(in: last)
    if names.isEmpty { return [] }
    var lines = [StyledText("kept from the last session:", .dim)]
    lines += names.prefix(Self.mostOffers).map {
      StyledText("  load \(Self.quoted(Path.joining(last, $0)))", .typable)
    }
    if names.count > Self.mostOffers {
      lines.append(StyledText("  and \(names.count - Self.mostOffers) more in \(last)", .dim))
    }
    return lines
  }

  private static let mostOffers = 3

  private static func quoted(_ path: String) -> String {
    path.contains(" ") ? "'\(path)'" : path
  }

  /// Notes a statement; writes after some that have changed the session.
  package func edited(_ session: Session) {
    edits += 1
    if edits >= Self.interval { write(session) }
  }

  /// Writes the networks that have changed; one that cannot be written keeps its last file.
  package func write(_ session: Session) {
    edits = 0
    for name in session.overview.networkNames {
      guard let version = session.autosaveVersion(of: name), written[name] != version else {
        continue
      }
      if session.autosave(name, in: folder) { written[name] = version }
    }
  }
}

extension Session {
  /// Tells one content of a network from another.
  fileprivate func autosaveVersion(of name: String) -> Int? {
    guard let known = state.networks[name], !known.network.isEmpty else { return nil }
    var hasher = Hasher()
    hasher.combine(known.stamp)
    hasher.combine(known.weights.version)
    return hasher.finalize()
  }

  /// Writes one network; says whether that succeeded.
  fileprivate func autosave(_ name: String, in folder: String) -> Bool {
    guard let known = state.networks[name] else { return false }
    let base = Path.joining(folder, name)
    let text = NetworkScript.lines(of: known.network).joined(separator: "\n") + "\n"
    let (plain, full) = (base + ".esp", base + ".safetensors")
    do throws(FileError) {
      if known.weights.steps == 0 {
        try AtomicFile.write(text, to: plain)
        Folder.remove(full)
      } else {
        var weights = known.weights
        weights.parameters.initialize(
          missingFor: known.network, state.recipe.scheme, seed: state.recipe.seed)
        try write(known.network, text: text, weights, to: full)
        Folder.remove(plain)
      }
    } catch { return false }
    return true
  }
}
