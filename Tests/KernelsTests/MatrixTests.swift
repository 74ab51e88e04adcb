import Kernels
import Testing

/// Matrix products against plain loops, with every tail and with wider rows than needed.
@Suite struct MatrixTests {
  struct Size: Sendable, CustomTestStringConvertible {
    var m: Int
    var n: Int
    var k: Int
    var testDescription: String { "\(m)x\(n)x\(k)" }
  }

  static let sizes =
    [
      (1, 1, 1), (1, 10, 7), (8, 16, 16), (8, 32, 32), (32, 10, 10), (7, 33, 5), (15, 17, 18),
      (13, 48, 200), (32, 64, 400), (3, 31, 193), (9, 100, 64), (2, 2, 500), (5, 40, 0),
    ].map { Size(m: $0.0, n: $0.1, k: $0.2) }

  @Test(arguments: sizes, [0, 3])
  func products(_ size: Size, margin: Int) {
    let (m, n, k) = (size.m, size.n, size.k)
    let scratch = Floats(Matrix.scratchCount)
    let cStride = n + margin
    let old = Floats(m * cStride, seed: 71)
    for accumulate in [false, true] {
      let start = (0..<m * cStride).map { index in
        accumulate || index % cStride >= n ? Double(old[index]) : 0
      }
      func expected(_ a: (Int, Int) -> Double, _ b: (Int, Int) -> Double) -> [Double] {
        var result = start
        for i in 0..<m {
          for j in 0..<n {
            for p in 0..<k { result[i * cStride + j] += a(i, p) * b(p, j) }
          }
        }
        return result
      }
      let wide = Floats(m * (k + margin), seed: 72)
      let tall = Floats(k * (m + margin), seed: 73)
      let b = Floats(k * (n + margin), seed: 74)
      let bTransposed = Floats(n * (k + margin), seed: 75)
      func a(_ i: Int, _ p: Int) -> Double { Double(wide[i * (k + margin) + p]) }
      func aT(_ i: Int, _ p: Int) -> Double { Double(tall[p * (m + margin) + i]) }
      func plain(_ p: Int, _ j: Int) -> Double { Double(b[p * (n + margin) + j]) }
      func turned(_ p: Int, _ j: Int) -> Double { Double(bTransposed[j * (k + margin) + p]) }

      var c = old.copy()
      Matrix.multiply(
        wide.constant, k + margin, b.constant, n + margin, into: c.pointer, cStride, m: m, n: n,
        k: k, accumulate: accumulate, scratch: scratch.pointer)
      expectClose(c, expected(a, plain), tolerance: 1e-5 + 2e-7 * Double(k), "A·B")
      c = old.copy()
      Matrix.multiplyTransposed(
        wide.constant, k + margin, bTransposed.constant, k + margin, into: c.pointer, cStride,
        m: m, n: n, k: k, accumulate: accumulate, scratch: scratch.pointer)
      expectClose(c, expected(a, turned), tolerance: 1e-5 + 2e-7 * Double(k), "A·Bᵀ")
      c = old.copy()
      Matrix.transposedMultiply(
        tall.constant, m + margin, b.constant, n + margin, into: c.pointer, cStride, m: m, n: n,
        k: k, accumulate: accumulate, scratch: scratch.pointer)
      expectClose(c, expected(aT, plain), tolerance: 1e-5 + 2e-7 * Double(k), "Aᵀ·B")
    }
    #expect(scratch.isIntact)
  }

  @Test func rowsSharedOutGiveTheSameBits() {
    let (m, n, k) = (29, 37, 410)
    let a = Floats(m * k, seed: 76)
    let b = Floats(n * k, seed: 77)
    let scratch = Floats(Matrix.scratchCount)
    let whole = Floats(m * n)
    let parts = Floats(m * n)
    Matrix.multiplyTransposed(
      a.constant, k, b.constant, k, into: whole.pointer, n, m: m, n: n, k: k,
      scratch: scratch.pointer)
    for (first, rows) in [(0, 13), (13, 16)] {
      Matrix.multiplyTransposed(
        a.constant + first * k, k, b.constant, k, into: parts.pointer + first * n, n, m: rows,
        n: n, k: k, scratch: scratch.pointer)
    }
    #expect(whole.floats == parts.floats)
  }
}
