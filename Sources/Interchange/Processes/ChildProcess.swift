import Foundation
import Networks

/// Another program, run to its end without input.
enum ChildProcess {
  /// How a program ended, and what it wrote to standard output and standard error, in one.
  struct Ending {
    let status: Int32
    let output: String
  }

  /// The most bytes that are kept of what a program writes.
  private static let outputLimit = 1 << 20

  /// Runs a program that is looked up as the shell does; the user can end it.
  ///
  /// - Throws: `interrupted`, or a problem of the system where there is no such program.
  static func run(_ program: String, _ arguments: [String]) throws(FileError) -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    do { try process.run() } catch {
      throw FileError(path: program, problem: .system(.noSuchFile))
    }
    var output = Data()
    do throws(FileError) {
      try read(pipe.fileHandleForReading, into: &output, of: program)
    } catch {
      process.terminate()
      process.waitUntilExit()
      throw error
    }
    process.waitUntilExit()
    return Ending(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }

  private static func read(_ handle: FileHandle, into output: inout Data, of program: String)
    throws(FileError)
  {
    while true {
      try Waiting.until(Int32(POLLIN), on: handle.fileDescriptor, of: program)
      let piece = handle.availableData
      if piece.isEmpty { return }
      if output.count < outputLimit { output.append(piece) }
    }
  }
}
