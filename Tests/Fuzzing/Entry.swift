import Glibc

/// Hands the program's arguments to libFuzzer, which ends it.
@main struct Fuzzing {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, testOneInput))
  }
}

/// libFuzzer's own `main`, with the function that it calls with each input.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ testOneInput: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The function that libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  chosen.feed(UnsafeBufferPointer(start: bytes, count: count))
  return 0
}

/// The target that ESPALIER_FUZZ_TARGET names.
private let chosen: FuzzTarget = {
  let name = getenv("ESPALIER_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget.named(name) else {
    let names = FuzzTarget.all.map(\.name).joined(separator: " ")
    let text = "fuzzing: there is no target \"\(name)\"; there are: \(names)\n"
    _ = write(STDERR_FILENO, text, text.utf8.count)
    exit(2)
  }
  return target
}()
