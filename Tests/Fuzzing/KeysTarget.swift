import Terminal

/// Decodes presses of bytes that come in pieces, and holds that no byte is lost.
///
/// The first byte says whether the terminal speaks UTF-8 and after how many bytes reads are cut; every third read is
/// followed by the time after which an Escape stands alone.
func feedKeys(_ bytes: UnsafeBufferPointer<UInt8>) {
  guard let first = bytes.first else { return }
  var decoder = KeyDecoder(readsUTF8: first & 1 == 0)
  let length = Int(first >> 1) % 16 + 1
  var rest = bytes[1...]
  var pressed: [UInt8] = []
  var reads = 0
  while !rest.isEmpty {
    for press in decoder.feed(rest.prefix(length)) { pressed += press.bytes }
    rest = rest.dropFirst(length)
    reads += 1
    if reads % 3 == 0 { for press in decoder.flush() { pressed += press.bytes } }
  }
  for press in decoder.flush() + decoder.abandonPaste() { pressed += press.bytes }
  precondition(pressed.elementsEqual(bytes[1...]), "bytes were lost or made up")
}
