import Kernels
import Testing

/// Moves between places at even distances.
@Suite struct StridedCopyTests {
  typealias Loop = StridedCopy.Loop

  /// A nest over one image, and whether it leaves floats of the target alone.
  struct Nest: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let source: StridedCopy.Side
    let target: StridedCopy.Side
    let loops: [Loop]

    init(_ name: String, from source: Int, start: Int = 0, to target: Int, _ loops: [Loop]) {
      testDescription = name
      self.source = StridedCopy.Side(image: source, start: start)
      self.target = StridedCopy.Side(image: target)
      self.loops = loops
    }
  }

  static let nests = [
    Nest("all as it is", from: 24, to: 24, [Loop(count: 24, source: 1, target: 1)]),
    Nest("one value", from: 3, start: 2, to: 1, []),
    Nest(
      "columns for rows", from: 35 * 20, to: 35 * 20,
      [Loop(count: 35, source: 1, target: 20), Loop(count: 20, source: 35, target: 1)]),
    Nest(
      "some columns of some rows", from: 60, start: 13, to: 12,
      [Loop(count: 3, source: 10, target: 4), Loop(count: 4, source: 1, target: 1)]),
    Nest(
      "every second value", from: 20, to: 10, [Loop(count: 10, source: 2, target: 1)]),
    Nest(
      "channels of 2x2 groups as positions of 3x4 images", from: 240, to: 240,
      [
        Loop(count: 5, source: 4, target: 1), Loop(count: 2, source: 2, target: 40),
        Loop(count: 2, source: 1, target: 5), Loop(count: 3, source: 80, target: 80),
        Loop(count: 4, source: 20, target: 10),
      ]),
    Nest(
      "loops of one, and loops that go on where others end", from: 48, to: 48,
      [
        Loop(count: 1, source: 7, target: 9), Loop(count: 4, source: 1, target: 12),
        Loop(count: 3, source: 4, target: 4), Loop(count: 4, source: 12, target: 1),
      ]),
  ]

  /// Where each float of the target comes from in one image.
  private func places(_ nest: Nest) -> [(source: Int, target: Int)] {
    nest.loops.reduce([(nest.source.start, nest.target.start)]) { places, loop in
      places.flatMap { place in
        (0..<loop.count).map { (place.0 + $0 * loop.source, place.1 + $0 * loop.target) }
      }
    }
  }

  @Test(arguments: nests, [1, 3]) func thereAndBack(nest: Nest, images: Int) {
    let copy = StridedCopy(
      images: images, source: nest.source, target: nest.target, loops: nest.loops)
    let x = Floats(images * nest.source.image, seed: 5)
    let old = Floats(images * nest.target.image, seed: 6)
    var moved = Array(repeating: 0.0, count: images * nest.target.image)
    var back = Array(repeating: 0.0, count: images * nest.source.image)
    for image in 0..<images {
      for place in places(nest) {
        let (source, target) = (
          image * nest.source.image + place.source, image * nest.target.image + place.target
        )
        moved[target] = x.doubles[source]
        back[source] = old.doubles[target]
      }
    }
    let y = Floats(images * nest.target.image, seed: 7)
    copy.run(x.constant, into: y.pointer)
    expectClose(y, moved, tolerance: 0, "moved")
    let sum = old.copy()
    copy.run(x.constant, into: sum.pointer, accumulate: true)
    expectClose(sum, zip(old.doubles, moved).map { Double(Float($0) + Float($1)) }, "added")
    let dx = Floats(images * nest.source.image, seed: 8)
    copy.reversed.run(old.constant, into: dx.pointer)
    expectClose(dx, back, tolerance: 0, "moved back, zeros elsewhere")
    let more = x.copy()
    copy.reversed.run(old.constant, into: more.pointer, accumulate: true)
    expectClose(more, zip(x.doubles, back).map { Double(Float($0) + Float($1)) }, "added back")
  }
}
