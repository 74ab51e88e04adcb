/// Which way values go through a picture of a network.
package enum PictureDirection: String, CaseIterable, Sendable {
  case down
  case right
}
