/// Packing of up to 32 columns of a right factor into rows of 32 floats, padded with zeros.
enum Panel {
  static func pack(
    _ b: UnsafePointer<Float>, _ stride: Int, _ columns: Int, _ count: Int,
    _ panel: UnsafeMutablePointer<Float>
  ) {
    for p in 0..<count {
      let target = panel + p &* 32
      let source = b + p &* stride
      if columns > 16 {
        target.store(source.vector(0), 0)
        target.store(source.vector(16, count: columns &- 16), 16)
      } else if columns == 16 {
        target.store(source.vector(0), 0)
      } else {
        target.store(source.vector(0, count: columns), 0)
      }
    }
  }

  /// Packs rows of B as columns, by squares of 16 where they are whole.
  ///
  /// `square` is 256 floats to work in.
  static func packTransposed(
    _ b: UnsafePointer<Float>, _ stride: Int, _ columns: Int, _ count: Int,
    _ panel: UnsafeMutablePointer<Float>, square: UnsafeMutablePointer<Float>
  ) {
    let width = columns > 16 ? 32 : 16
    var column = 0
    while column &+ 16 <= columns {
      var p = 0
      while p &+ 16 <= count {
        Square.transpose(
          b + column &* stride + p, stride, into: panel + p &* 32 + column, 32, work: square)
        p &+= 16
      }
      for single in column..<column &+ 16 {
        for rest in p..<count { panel[rest &* 32 &+ single] = b[single &* stride &+ rest] }
      }
      column &+= 16
    }
    for single in column..<columns {
      for p in 0..<count { panel[p &* 32 &+ single] = b[single &* stride &+ p] }
    }
    for empty in columns..<width {
      for p in 0..<count { panel[p &* 32 &+ empty] = 0 }
    }
  }
}
