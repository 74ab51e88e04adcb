import Networks
import Testing

/// Shapes, sizes and paddings as they are typed and read.
struct SizeTextTests {
  @Test(
    "shapes",
    arguments: [
      ([10], "10", "10"), ([1, 64], "1x64", "1×64"), ([3, 32, 32], "3x32x32", "3×32×32"),
    ])
  func shapes(extents: [Int], typed: String, read: String) {
    let shape = Shape(extents)
    #expect("\(shape)" == typed)
    #expect(shape.displayText == read)
    #expect(shape.channels == extents[0])
    #expect(shape.spatial == Array(extents.dropFirst()))
    #expect(shape.spatialRank == extents.count - 1)
    #expect(shape.count == extents.reduce(1, *))
    #expect(shape.with(channels: 7).extents == [7] + extents.dropFirst())
    #expect(Shape(channels: extents[0], spatial: Array(extents.dropFirst())) == shape)
  }

  @Test("sizes: one for all dimensions, or one for each")
  func extents() {
    #expect("\(Extents(3))" == "3")
    #expect("\(Extents([3, 5]))" == "3x5")
    #expect(Extents([3, 3]) == Extents(3))
    #expect(Extents(3).resolved(rank: 2) == [3, 3])
    #expect(Extents(3).resolved(rank: 0) == [])
    #expect(Extents([3, 5]).resolved(rank: 2) == [3, 5])
    #expect(Extents([3, 5]).resolved(rank: 1) == nil)
  }

  @Test("paddings: the same on all sides, for each dimension, or sides that differ")
  func paddings() {
    let sides = Padding.explicit([
      Padding.Sides(before: 3, after: 4), Padding.Sides(before: 2, after: 2),
    ])
    #expect("\(Padding.same)" == "same")
    #expect("\(Padding(1))" == "1")
    #expect("\(sides)" == "3:4x2")
    #expect(sides.resolved(kernel: [3], dilation: [1]) == nil)
    #expect(Padding(1).resolved(kernel: [3, 5], dilation: [1, 1])?.map(\.total) == [2, 2])
  }
}
