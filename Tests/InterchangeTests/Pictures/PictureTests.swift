import Foundation
import Networks
import Testing

@testable import Interchange

/// Pictures compared with those under `Tests/Pictures`.
///
/// `ESPALIER_RECORD=1 swift test --filter PictureTests` writes them anew; look at them before keeping them.
struct PictureTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Pictures")

  private func check(_ svg: String, _ name: String) throws {
    let file = Self.folder.appending(path: name + ".svg")
    if ProcessInfo.processInfo.environment["ESPALIER_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try svg.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(svg == expected, "\(name).svg differs")
    let parser = XMLTags(svg)
    #expect(parser.isBalanced, "\(name).svg is not well-formed")
  }

  private func layer(_ name: String, _ layer: Layer) -> Block {
    Block(name: name, form: .layer(layer))
  }

  private func convolution(_ name: String, _ channels: Int, stride: Int = 1) -> Block {
    var convolution = Convolution(channels: channels, kernel: Extents(3))
    convolution.stride = Extents(stride)
    return layer(name, .convolution(convolution))
  }

  private func residual(_ name: String, _ channels: Int, stride: Int = 1) -> Block {
    let body = [
      convolution("conv1", channels, stride: stride),
      layer("bn1", .batchNormalization(BatchNormalization())),
    ]
    return Block(name: name, form: .residual(Residual(body: body, activation: .relu)))
  }

  private func network(_ blocks: [Block]) throws -> Network {
    try Network(
      input: Shape([1, 8, 8]), root: Block(name: "", form: .sequential(BlockList(blocks))))
  }

  @Test func drawsSkipsRepeatsAndBranches() throws {
    let copies = (1...3).map { Block(name: "\($0)", form: .sequential([residual("res1", 4)])) }
    let branches = [
      [convolution("conv1", 2)], [convolution("conv1", 2), layer("relu1", .activation(.relu))],
    ]
    let network = try network([
      convolution("conv1", 4), Block(name: "rep1", form: .repeated(BlockList(copies))),
      residual("res1", 8, stride: 2),
      Block(name: "par1", form: .parallel(Parallel(join: .concatenate, branches: branches))),
      layer("gap1", .globalPooling(.average)), layer("dense1", .dense(Dense(units: 10))),
    ])
    try check(NetworkPicture(network, title: "a < b & c").svg, "network")
  }

  @Test func drawsGates() throws {
    let gate = Block(name: "se1", form: .parallel(Parallel(gate: .squeezeExcite(reduction: 2))))
    let highway = Parallel(gate: .highway(bias: -2), body: [convolution("conv1", 4)])
    let network = try network([
      convolution("conv1", 4), gate, Block(name: "highway1", form: .parallel(highway)),
      Block(
        name: "res1",
        form: .residual(
          Residual(body: [convolution("conv1", 4), layer("scale1", .scale(Scale(start: 0)))]))),
    ])
    try check(NetworkPicture(network, title: "gates").svg, "gates")
  }

  @Test func drawsAnEmptyNetwork() throws {
    try check(NetworkPicture(try network([]), title: "main").svg, "empty")
  }

  @Test func drawsCurves() throws {
    var first = CurvePicture.Curve(name: "plain")
    first.training = (0..<300).map { ($0, 0.2 + 2 / (1 + Double($0) / 30) + Double($0 % 7) / 40) }
    first.test = [(100, 0.9), (200, 0.6), (300, 0.5)]
    var second = CurvePicture.Curve(name: "residual")
    second.training = (0..<200).map { ($0, $0 == 50 ? .nan : 1.5 / (1 + Double($0) / 20)) }
    let mark = CurvePicture.Mark(step: 120, label: "wrap residual")
    try check(
      CurvePicture(title: "loss", curves: [first, second], marks: [mark]).svg, "loss")
  }

  @Test func keepsSpikesOfLongRuns() {
    var curve = CurvePicture.Curve(name: "main")
    curve.training = (0..<100_000).map { ($0, $0 == 77_777 ? 0.9 : 0.1) }
    let svg = CurvePicture(title: "accuracy", curves: [curve], isPercent: true).svg
    #expect(svg.utf8.count < 60_000)
    #expect(svg.contains("100 %"))
    // 90 % stands a tenth of the plot's 300 rows below its upper edge at 44.
    #expect(svg.contains(" 74"))
  }

  @Test func drawsFlatAndSinglePoints() {
    var curve = CurvePicture.Curve(name: "main")
    curve.training = [(0, 0)]
    #expect(CurvePicture(title: "loss", curves: [curve]).svg.hasSuffix("</svg>\n"))
    curve.training = [(0, .nan), (1, .infinity)]
    #expect(CurvePicture(title: "loss", curves: [curve]).svg.hasSuffix("</svg>\n"))
  }
}

/// A look at whether every element of a picture is closed.
private struct XMLTags {
  let isBalanced: Bool

  init(_ text: String) {
    var open: [String] = []
    for match in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
      if !match.3.isEmpty { continue }
      if match.1.isEmpty {
        open.append(String(match.2))
      } else if open.popLast() != String(match.2) {
        isBalanced = false
        return
      }
    }
    isBalanced = open.isEmpty
  }
}
