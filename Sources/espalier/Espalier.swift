import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program: hands its arguments over and sets the exit status.
@main
enum Espalier {
  static func main() {
    MemoryRequirement.check()
    StandardDescriptors.open()
    exit(Program.run(Array(CommandLine.arguments.dropFirst())))
  }
}
