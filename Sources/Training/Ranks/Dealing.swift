/// How the examples of a step are dealt to processes.
enum Dealing {
  /// The share of one of several processes: neighbours in the batch, of which no process has two more than another.
  ///
  /// Where examples are mixed, each with the one as far from the batch's end as it is from its start, both have
  /// to be in one share: it is then pairs of them, in their order, so that they are as far from its ends.
  static func share(
    of batch: ArraySlice<Int>, rank: Int, of count: Int, inPairs: Bool
  ) -> ArraySlice<Int> {
    func place(_ rank: Int, in size: Int) -> Int {
      let (whole, rest) = size.quotientAndRemainder(dividingBy: count)
      return whole * rank + min(rank, rest)
    }
    let (start, size) = (batch.startIndex, batch.count)
    guard inPairs else {
      return batch[start + place(rank, in: size)..<start + place(rank + 1, in: size)]
    }
    let pairs = size / 2
    let (first, last) = (place(rank, in: pairs), place(rank + 1, in: pairs))
    let front = batch[start + first..<start + last]
    let middle = rank == count - 1 ? batch[start + pairs..<start + size - pairs] : []
    let back = batch[start + size - last..<start + size - first]
    return front + middle + back
  }

  /// A size for all processes together of that for one; the largest there is where that is too many.
  static func whole(_ size: Int, of count: Int) -> Int {
    let (whole, overflows) = size.multipliedReportingOverflow(by: count)
    return overflows ? .max : whole
  }
}
