import Foundation
import Testing

@testable import Sessions

/// `predict FILE`: outputs for examples that the session's data does not have.
@Suite struct PredictFileTests {
  /// A session that has learned from a table of two inputs and classes `a` and `b`.
  private static func session(_ more: String = "") throws -> Session {
    Workplace.enter()
    let rows = (0..<20).map { "\($0 % 5),\($0 % 3 * 10),\($0 % 5 > 2 ? "a" : "b")" }
    try write("x,y,kind\n" + rows.joined(separator: "\n") + "\n", to: "learned-from.csv")
    let session = Session()
    session.answer(
      "data learned-from.csv; normalize; add dense 2; optimizer adam lr=0.05; train 20; \(more)")
    return session
  }

  private static func write(_ text: String, to name: String) throws {
    try text.write(toFile: name, atomically: true, encoding: .utf8)
  }

  @Test("rows without labels get the outputs that the same rows of the data get")
  func unlabelled() throws {
    let session = try Self.session()
    try Self.write("x,y\n0,0\n1,10\n2,20\n", to: "unseen-plain.csv")
    let known = session.answer("predict train first=3").text.split(separator: "\n")
    let unseen = session.answer("predict unseen-plain.csv").text.split(separator: "\n")
    #expect(known.count == 5)
    #expect(unseen.count == 5)
    #expect(unseen.last == "inputs normalized as in training")
    for (one, other) in zip(known[1...3], unseen[1...3]) {
      let (one, other) = (one.split(separator: " "), other.split(separator: " "))
      #expect(one[1] == other[1])
      #expect(one[3...] == other[2...])
    }
    #expect(session.state.data?.name == "learned-from")
  }

  @Test("rows with labels have them beside the outputs")
  func labelled() throws {
    let session = try Self.session()
    try Self.write("x,y,kind\n0,0,b\n4,10,a\n", to: "unseen-labels.csv")
    let lines = session.answer("predict unseen-labels.csv").text.split(separator: "\n")
    #expect(lines[1].split(separator: " ")[1...2] == ["b", "b"])
    #expect(lines[2].split(separator: " ")[1...2] == ["a", "a"])
  }

  @Test("a file of many rows tells how many are shown, and writes all")
  func many() throws {
    let session = try Self.session()
    try Self.write(
      "x,y\n" + (0..<25).map { "\($0),1\n" }.joined(), to: "unseen-many.csv")
    let lines = session.answer("predict unseen-many.csv").text.split(separator: "\n")
    #expect(lines.count == 13)
    #expect(lines[11] == "the first 10 of 25 examples")
    #expect(
      session.answer("predict unseen-many.csv > unseen-outputs.csv").text.hasPrefix(
        "wrote 25 outputs to unseen-outputs.csv"))
    let table = try String(contentsOfFile: "unseen-outputs.csv", encoding: .utf8)
    #expect(table.hasPrefix("example,predicted,output "))
  }

  @Test("a saved network knows the names of its classes where there is no data")
  func classNames() throws {
    _ = try Self.session("save unseen-named.safetensors")
    try Self.write("x,y\n0,0\n4,10\n", to: "unseen-named.csv")
    let loaded = Session()
    loaded.answer("load unseen-named.safetensors")
    let lines = loaded.answer("predict unseen-named.csv").text.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1].split(separator: " ")[1] == "b" && lines[2].split(separator: " ")[1] == "a")
    let edited = loaded.answer("remove dense1; add dense 3; predict unseen-named.csv").text
    #expect(!edited.contains(" b "))
  }

  @Test("broken images are refused, or left out")
  func brokenImages() throws {
    Workplace.enter()
    let folder = "unseen-broken"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try? FileManager.default.copyItem(
      atPath: "\(GoldenCase.folder)/Images/grey.png", toPath: "\(folder)/good.png")
    try Self.write("no image", to: "\(folder)/bad.png")
    let session = Session()
    session.answer("data digits; add gap; add dense 10")
    #expect(session.answer("predict \(folder)").outcome == .failed)
    let lines = session.answer("predict \(folder) skip=yes").text.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].hasPrefix("good.png"))
  }

  @Test("an image, or a folder of images, is stretched to the network's size and named")
  func images() throws {
    Workplace.enter()
    let folder = "unseen-images"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    for name in ["grey.png", "rgb.jpg"]
    where !FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      try FileManager.default.copyItem(
        atPath: "\(GoldenCase.folder)/Images/\(name)", toPath: "\(folder)/\(name)")
    }
    let session = Session()
    session.answer("data digits; add gap; add dense 10")
    let lines = session.answer("predict \(folder)").text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("grey.png") && lines[2].hasPrefix("rgb.jpg"))
    let one = session.answer("predict \(folder)/rgb.jpg").text.split(separator: "\n")
    #expect(one.last?.split(separator: " ") == lines.last?.split(separator: " "))
  }

  @Test("refusals say what is expected")
  func refusals() throws {
    let session = try Self.session()
    try Self.write("x,y,z,kind\n0,0,1,b\n", to: "unseen-wide.csv")
    #expect(
      session.answer("predict unseen-wide.csv", from: .prompt).text.hasPrefix(
        "error[E-FILE]: unseen-wide.csv"))
    try Self.write("x,y,z,w\n0,0,1,2\n", to: "unseen-four.csv")
    #expect(
      session.answer("predict unseen-four.csv", from: .prompt).text == """
        error[E-SHAPE]: unseen-four.csv has inputs of 4, main takes 2
          predict unseen-four.csv
                  ^~~~~~~~~~~~~~~
          try: help predict
        """)
    #expect(
      session.answer("predict report.pdf", from: .prompt).text == """
        error[E-FILE]: report.pdf is of no kind that predict reads
          predict report.pdf
                  ^~~~~~~~~~
          note: known: .csv .ts .tsv .txt .npy .npz .safetensors .png .jpg
          try: help predict
        """)
    #expect(
      session.answer("predict tset", from: .prompt).text == """
        error[E-ARGUMENT]: predict expects one of train, test, found tset; did you mean test?
          predict tset
                  ^~~~
          try: help predict
        """)
  }

  @Test func aCheckReadsNothing() {
    Workplace.enter()
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    session.answer("data digits; add dense 10")
    #expect(
      session.answer("predict unseen-nowhere.csv").text == "would predict for unseen-nowhere.csv")
  }
}
