import Foundation
import Interchange
import Networks
import Testing
import Training

@testable import Sessions

/// How inputs were normalized is kept with a network and saved with it.
struct NormalizationTests {
  private func session(_ text: String) -> Session {
    Workplace.enter()
    let session = Session()
    session.answer(text)
    return session
  }

  private static let table = "data moons count=60; add dense 8 act=relu; add dense 2"

  @Test("what was learned from is applied to other data after load, to the bit")
  func comesBack() throws {
    let learned = session(Self.table + "; normalize; train 3; save normal.safetensors")
    let statistics = try #require(learned.state.data?.normalization)
    #expect(statistics.scope == .value && statistics.mean.count == 2)
    #expect(learned.state.current?.normalization == statistics)
    let fresh = session("load normal.safetensors; data moons count=200 seed=9")
    #expect(fresh.state.current?.normalization == statistics)
    let byItself = ["predict", "evaluate", "confusion", "mistakes"].map { command in
      let text = fresh.answer(command).text
      #expect(text.hasSuffix("\ninputs normalized as in training"), "\(command): \(text)")
      return text.split(separator: "\n").dropLast().joined(separator: "\n")
    }
    let accuracy = fresh.answer("print $(accuracy(test)) $(loss(train)) $(f1(test))").text
    fresh.answer("predict > own.csv; predict > own.safetensors; confusion > own-matrix.csv")
    #expect(
      fresh.answer("normalize").text == "moons: normalized by value as what main learned from")
    #expect(fresh.state.data?.normalization == statistics)
    for (command, text) in zip(["predict", "evaluate", "confusion"], byItself) {
      #expect(fresh.answer(command).text == text, "\(command)")
    }
    #expect(fresh.answer("mistakes").outcome == .done)
    #expect(
      fresh.answer("print $(accuracy(test)) $(loss(train)) $(f1(test))").text == accuracy)
    fresh.answer(
      "predict > given.csv; predict > given.safetensors; confusion > given-matrix.csv")
    for file in [".csv", ".safetensors", "-matrix.csv"] {
      #expect(
        FileManager.default.contentsEqual(atPath: "own\(file)", andPath: "given\(file)"), "\(file)")
    }
    #expect(
      fresh.answer("normalize").text.contains(
        "E-STATE]: moons is normalized by value already; it is read anew by data"))
    #expect(
      fresh.answer("data moons count=100; normalize by=all").text.hasSuffix(
        "moons: normalized by all, mean 0 and standard deviation 1 over the training part"))
    #expect(
      fresh.answer("evaluate").text.hasSuffix(
        "note: main learned from inputs normalized by value, these are by other figures; data reads them anew"
      ))
    #expect(fresh.answer("data moons count=100; evaluate; undo").outcome == .done)
  }

  @Test("every way to normalize is applied by itself", arguments: Normalization.Scope.allCases)
  func scopes(scope: Normalization.Scope) {
    let data = "data waves length=16 count=60"
    let live = session(
      "\(data); add conv 4 3; add relu; add gap; add dense 4; normalize by=\(scope.rawValue); train 2"
    )
    let known = live.answer("evaluate; predict first=3").text
    live.answer(data)
    #expect(
      live.answer("evaluate; predict first=3").text.replacing(
        "\ninputs normalized as in training", with: "") == known)
  }

  @Test("inputs of another shape are not normalized, and are refused as ever")
  func otherShape() {
    let live = session(Self.table + "; normalize; train 1")
    let answer = live.answer("data digits; evaluate")
    #expect(answer.text.contains("the data has inputs of 1×8×8, the network takes 2"))
  }

  @Test("the examples that are shown are those of the data")
  func shownExamples() throws {
    let live = session(Self.table + "; normalize; data moons count=60; example 3")
    live.answer("normalize; train 1; data moons count=60")
    let text = try #require(live.data("mistakes 100"))
    live.answer("normalize")
    let other = try #require(live.data("mistakes 100"))
    #expect(text.line.contains("mistakes") && text != other)
  }

  @Test("undo takes it back, and learning from other data forgets it")
  func isPartOfTheState() {
    let live = session(Self.table + "; normalize; train 1")
    #expect(live.state.current?.normalization != nil)
    live.answer("data moons count=40; train 1")
    #expect(live.state.current?.normalization == nil)
    live.answer("undo")
    #expect(live.state.current?.normalization != nil)
  }

  @Test(
    "by default tables go by value, series and images by channel",
    arguments: [
      ("data moons", "value", 2), ("data waves length=16 count=40", "channel", 1),
      ("data digits", "channel", 1),
    ])
  func natural(data: String, scope: String, count: Int) {
    let live = session(data + "; normalize")
    #expect(live.state.data?.normalization?.scope.rawValue == scope)
    #expect(live.state.data?.normalization?.mean.count == count)
  }

  @Test("a scope that is none is refused")
  func unknownScope() {
    let text = session("data moons").answer("normalize by=column").text
    #expect(text.contains("by expects one of all, value, channel, series, found column"))
  }

  @Test(
    "metadata that are none are refused, and change nothing", .serialized,
    arguments: [
      (
        ["normalization": "columns"],
        "w.safetensors: normalization in its metadata should be one of all, value, channel, series, "
          + "found columns"
      ),
      (
        ["normalization": "value", "normalization.mean": "1 2", "normalization.deviation": "1 0"],
        "w.safetensors: normalization in its metadata should have 2 means and as many deviations above 0"
      ),
      (
        [
          "normalization": "value", "normalization.mean": "1 nan", "normalization.deviation": "1 2",
        ],
        "w.safetensors: normalization in its metadata should have 2 means and as many deviations above 0"
      ),
      (
        ["normalization": "all", "normalization.mean": "", "normalization.deviation": "x"],
        "w.safetensors: normalization in its metadata should have 1 mean and as many deviations above 0"
      ),
    ])
  func badMetadata(metadata: [String: String], message: String) throws {
    Workplace.enter()
    let tensors = [
      NamedTensor(name: "dense1.weight", tensor: Tensor(shape: [1, 2], values: [1, 2])),
      NamedTensor(name: "dense1.bias", tensor: Tensor(shape: [1], values: [0])),
    ]
    try SafetensorsWriter.write(
      tensors, metadata: metadata.merging(["network": "input 2\nadd dense 1\n"]) { old, _ in old },
      to: "w.safetensors")
    let live = session("input 3")
    let text = live.answer("load w.safetensors").text
    #expect(text.contains("error[E-FILE]: " + message), "\(text)")
    #expect(live.state.current?.network.input == Shape([3]))
  }

  @Test("statistics come back from their text to the bit")
  func text() throws {
    let values: [Float] = [1 / 3, -1e-30, 16_777_215, .leastNonzeroMagnitude]
    let kept = Normalization(
      scope: .value, mean: values, deviation: values.map { $0.magnitude })
    let read = try NormalizationText.read(NormalizationText.metadata(of: kept), for: Shape([4]))
      .get()
    #expect(read == kept)
    #expect(try NormalizationText.read([:], for: Shape([4])).get() == nil)
  }
}
