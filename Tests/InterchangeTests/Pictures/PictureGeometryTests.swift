import Networks
import Testing

@testable import Interchange

/// Where things stand in pictures of networks: boxes apart, lines beside them, all of it within the picture.
struct PictureGeometryTests {
  static let diagrams: [NetworkDiagram] = {
    let networks = try? [
      PictureFixture.plain(), PictureFixture.gates(), PictureFixture.stages(),
      PictureFixture.taps(),
      PictureFixture.narrow(),
      PictureFixture.network((1...60).map { PictureFixture.residual("res\($0)", 4 + $0 / 9) }),
    ]
    return (networks ?? []).map { NetworkDiagram($0, title: "main") }
  }()

  @Test("nothing overlaps", arguments: diagrams.indices, PictureDirection.allCases)
  func nothingOverlaps(index: Int, direction: PictureDirection) {
    let picture = DrawnPicture(NetworkPicture(Self.diagrams[index], direction: direction).svg)
    #expect(picture.boxes.count > 5)
    for (index, box) in picture.boxes.enumerated() {
      #expect(picture.frame.holds(box), "\(box) leaves the picture")
      for other in picture.boxes.dropFirst(index + 1) {
        #expect(!box.overlaps(other), "\(box) and \(other) overlap")
      }
      for line in picture.lines { #expect(!box.overlaps(line), "\(line) goes through \(box)") }
    }
    for line in picture.lines { #expect(picture.frame.holds(line), "\(line) leaves the picture") }
  }

  @Test("a long network goes on in rows that suit a slide")
  func goesOnInRows() throws {
    let long = try #require(Self.diagrams.last)
    let frame = DrawnPicture(NetworkPicture(long, direction: .right).svg).frame
    let proportion = (frame.right - frame.left) / (frame.bottom - frame.top)
    #expect((1.3...2.4).contains(proportion))
  }
}

/// Layers and lines of a picture in SVG.
private struct DrawnPicture {
  private(set) var frame = Area()

  /// The boxes of layers.
  private(set) var boxes: [Area] = []

  /// Lines from corner to corner, which go along an axis.
  private(set) var lines: [Area] = []

  /// A rectangle, or a line as one without an inside.
  struct Area {
    var left = 0.0
    var top = 0.0
    var right = 0.0
    var bottom = 0.0

    func overlaps(_ other: Area) -> Bool {
      left + 0.5 < other.right && other.left + 0.5 < right && top + 0.5 < other.bottom
        && other.top + 0.5 < bottom
    }

    func holds(_ other: Area) -> Bool {
      left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom
    }
  }

  init(_ svg: String) {
    let numbers = { (text: Substring) in
      text.matches(of: /-?[0-9.]+/).compactMap { Double($0.output) }
    }
    if let match = svg.firstMatch(of: /viewBox="([^"]*)"/) {
      let size = numbers(match.1)
      frame = Area(right: size[2], bottom: size[3])
    }
    let box = /<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)" rx="5"/
    for match in svg.matches(of: box) {
      let values = [match.1, match.2, match.3, match.4].flatMap(numbers)
      boxes.append(
        Area(
          left: values[0], top: values[1], right: values[0] + values[2],
          bottom: values[1] + values[3]))
    }
    for path in svg.matches(of: /<path d="([^"]*)" fill="none"/) {
      let values = numbers(path.1)
      let points = stride(from: 0, to: values.count - 1, by: 2).map { (values[$0], values[$0 + 1]) }
      for (from, to) in zip(points, points.dropFirst()) {
        lines.append(
          Area(
            left: min(from.0, to.0), top: min(from.1, to.1), right: max(from.0, to.0),
            bottom: max(from.1, to.1)))
      }
    }
  }
}
