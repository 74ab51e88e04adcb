extension Float {
  /// The nearest value of bfloat16, of two equally near the one whose last bit is 0; for finite values.
  var roundedToBfloat16: Float {
    let bits = bitPattern
    let rounded = (bits &+ 0x7fff &+ (bits >> 16 & 1)) & 0xffff_0000
    return Float(bitPattern: rounded)
  }
}
