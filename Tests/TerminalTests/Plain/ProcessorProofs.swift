import Foundation
import Testing

/// The built program on other processors than this one.
@Suite(
  "Proofs of processors", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["ESPALIER_PROVE"] != nil))
struct ProcessorProofs {
  /// Whether a command is there to be used.
  private static func has(_ command: String) -> Bool {
    ["/usr/bin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(command)")
    }
  }

  /// What a shell command writes, in which `$ESPALIER` is the program.
  private func output(_ command: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    var environment = ProcessInfo.processInfo.environment
    environment["ESPALIER"] = try Pseudoterminal.espalier()
    environment["ESPALIER_INSTRUCTIONS"] = nil
    process.environment = environment
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// The functions outside of the kernels for AVX that have its instructions.
  ///
  /// Copies of the standard library's square root stand in each file that uses it and are called there alone; what
  /// rounds to bfloat16 is called where the processor has it.
  private static let strays = #"""
    objdump -d --no-show-raw-insn "$ESPALIER" | awk '
      /^[0-9a-f]+ <.*>:/ { name = $2; isFree = name ~ /KernelsAVX|<_stdlib_squareRoot|<espalier_round>/; count++ }
      !isFree && /%[yz]mm|\tv[a-z0-9]+ +.*%xmm/ && !(name in seen) { seen[name] = 1; print name }
      END { print (count > 10000 ? "all functions" : "too few functions") }'
    """#

  @Test("no code outside of their modules has instructions of AVX", .enabled(if: has("objdump")))
  func strays() throws {
    #if arch(x86_64)
      #expect(try output(Self.strays) == "all functions\n")
    #endif
  }

  @Test(
    "the program starts and learns on processors of ten years ago and more",
    .enabled(if: has("qemu-x86_64")),
    arguments: [("Nehalem", "baseline"), ("Haswell", "avx2")])
  func oldProcessors(_ processor: String, _ set: String) throws {
    let program = "qemu-x86_64 -cpu \(processor) \"$ESPALIER\""
    #expect(try output("\(program) --version").contains("\nvector instructions \(set)\n"))
    let commands = """
      seed 3; data digits; input 1x8x8; add conv 4 3; add bn; add relu; add gap; add dense 10
      batch 8; train 2 steps
      """
    let here = try output(
      "ESPALIER_INSTRUCTIONS=\(set) ESPALIER_NO_ONEDNN=1 \"$ESPALIER\" --no-record -e '\(commands)'"
    )
    let there = try output("ESPALIER_NO_ONEDNN=1 \(program) --no-record -e '\(commands)'")
    #expect(there.contains("trained main for 2 steps; loss "))
    #expect(there == here)
  }
}
