import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Another program, run to its end without input, in a process group of its own.
enum ChildProcess {
  /// How a program ended, and what it wrote to standard output and standard error, in one.
  struct Ending {
    /// The exit status; 127 where there is no such program, 128 and the signal where one ended it.
    let status: Int32
    let output: String
  }

  /// The most bytes that are kept of what a program writes.
  private static let outputLimit = 1 << 20

  /// Microseconds between two looks at whether a program is over that has closed its output.
  private static let pause: useconds_t = 20_000

  /// Runs a program that is looked up as the shell does.
  ///
  /// The user can end it, and with it whatever it has started.
  ///
  /// - Throws: `interrupted`; a problem of the system where there is no pipe to be had.
  static func run(_ program: String, _ arguments: [String]) throws(FileError) -> Ending {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw FileError(
        path: program, problem: .system(SystemProblem(code: errno, while: .reading, path: program)))
    }
    let spawned = spawn(program, arguments, ends)
    close(ends[1])
    defer { close(ends[0]) }
    guard let process = spawned else { return Ending(status: 127, output: "") }
    do throws(FileError) {
      let output = try read(ends[0], of: program)
      let status = try wait(for: process, program)
      return Ending(status: status, output: String(decoding: output, as: UTF8.self))
    } catch {
      kill(-process, SIGKILL)
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      throw error
    }
  }

  /// Starts the program, its output going to the pipe; nothing where there is none.
  private static func spawn(_ program: String, _ arguments: [String], _ ends: [Int32]) -> pid_t? {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, program, &actions, &attributes, &words, environ)
    return failure == 0 ? process : nil
  }

  private static func read(_ end: Int32, of program: String) throws(FileError) -> [UInt8] {
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      try Waiting.until(Int32(POLLIN), on: end, of: program)
      let count = piece.withUnsafeMutableBytes { bytes in
        #if canImport(Glibc)
          Glibc.read(end, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
          Musl.read(end, bytes.baseAddress, bytes.count)
        #else
          Darwin.read(end, bytes.baseAddress, bytes.count)
        #endif
      }
      if count > 0 {
        if output.count < outputLimit { output += piece[..<count] }
      } else if count == 0 || errno != EINTR {
        return output
      }
    }
  }

  private static func wait(for process: pid_t, _ program: String) throws(FileError) -> Int32 {
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, WNOHANG)
      if found == process { break }
      if found < 0, errno != EINTR { return 0 }
      try Waiting.check(program)
      usleep(pause)
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
