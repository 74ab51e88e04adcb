import Testing

@testable import Sessions

/// What completes `data`.
struct DataCompletionTests {
  @Test(
    "keys of the data or format, and the words that they take",
    arguments: [
      ("data waves co", ["count="]),
      ("data waves count=3 c", ["classes=", "channels="]),
      ("data waves t", ["test=", "target="]),
      ("data waves target=", ["class", "clean"]),
      ("data text l", ["length="]), ("data text ch", ["characters="]),
      ("data te", ["text"]),
      ("data x.tsv.gz un", ["uneven="]),
      ("data ucr x uneven=", ["pad", "cut"]),
      ("data images photos s", ["size=", "skip="]),
      ("data images photos skip=", ["yes", "no"]),
      ("data csv a.csv label=", ["first", "last", "none"]),
      ("augment flip=", ["yes", "time", "no"]),
    ])
  func keys(text: String, found: [String]) {
    let completion = Session().completion(of: text, at: text.utf8.count)
    #expect(
      completion.candidates.map(\.text).filter { !$0.contains("/") && !$0.contains(".") } == found)
  }
}
