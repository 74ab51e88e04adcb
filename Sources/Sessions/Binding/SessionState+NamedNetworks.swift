import Language

extension SessionState {
  /// The networks of lists with commas, `plain,residual`, each once.
  ///
  /// - Parameters:
  ///   - others: words that may have been meant besides names of networks.
  ///   - offers: what to type where a name is not known.
  func names(
    ofNetworks words: some Sequence<Word>, or others: [String] = [], offers: [String] = ["net"]
  ) throws(Diagnostic) -> [String] {
    var names: [String] = []
    for word in words {
      let listed = word.text.split(separator: ",").map(String.init)
      for name in listed {
        guard networks[name] != nil else {
          let near = DidYouMean.nearest(name, among: networkNames + others)
          let meant = near.map { near in
            listed.map { $0 == name ? near : $0 }.joined(separator: ",")
          }
          throw Diagnostic(
            .name, "no network is called \(name)" + (near.map { "; did you mean \($0)?" } ?? ""),
            at: word.range, offers: offers, replacement: meant)
        }
        if names.contains(name) {
          throw Diagnostic(.argument, "\(name) is named twice", at: word.range, offers: ["net"])
        }
        names.append(name)
      }
    }
    return names
  }
}
