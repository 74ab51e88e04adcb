extension String {
  /// A path as it may be typed, without the bodies of residual blocks: `res1.conv2` for `res1.body.conv2`.
  var briefPath: String { replacing(".body.", with: ".") }
}
