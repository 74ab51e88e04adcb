extension Network {
  /// The copies of a repeat as runs of neighbours that agree in form, shapes and size.
  package func likeCopies(of copies: BlockList) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    for index in copies.indices {
      if let last = groups.last, areAlike(copies[last.lowerBound], copies[index]) {
        groups[groups.count - 1] = last.lowerBound..<index + 1
      } else {
        groups.append(index..<index + 1)
      }
    }
    return groups
  }

  private func areAlike(_ left: Block, _ right: Block) -> Bool {
    guard let first = facts[left.id], let second = facts[right.id] else { return false }
    return first.input == second.input && first.output == second.output
      && first.learnable == second.learnable && left.hasSameForm(as: right)
  }
}
