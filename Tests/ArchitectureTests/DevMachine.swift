import Foundation

/// A folder that holds a copy of `dev`, a few sources, headers, and every command it may find.
final class DevMachine {
  let folder: URL
  private var bin: URL { folder.appending(path: "bin") }
  var checkout: URL { folder.appending(path: "check out") }
  var journal: String { (try? text("journal")) ?? "" }

  /// The set of instructions that a quick build is for; found out by `dev` where it is empty.
  var instructions = "avx2"

  /// The headers that the build needs.
  static let headers = [
    "readline/readline.h", "curses.h", "dnnl.h", "zlib.h", "png.h", "jpeglib.h", "sqlite3.h",
  ]

  /// The pages that are installed beside README.md.
  static let pages = [
    "CHANGELOG", "tutorial", "language", "lessons", "interchange", "json", "performance",
  ]

  init(user: Int = 0, headers: [String] = DevMachine.headers) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let tools = [
      "sh", "dirname", "uname", "mktemp", "rm", "cat", "find", "head", "tr", "touch", "mv",
      "mkdir", "env", "cp", "chmod", "tee", "awk",
    ]
    try write("check out/Sources/espalier/main.swift", "")
    try write("check out/Package.swift", "")
    try write("check out/docs/examples/first.esp", "tree\n")
    try write("check out/LICENSE", "free\n")
    try write("check out/README.md", "read\n")
    for page in Self.pages { try write("check out/docs/\(page).md", "\(page)\n") }
    for header in headers { try write("include/\(header)", "") }
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    for tool in tools {
      guard
        let path = ["/bin", "/usr/bin"].map({ "\($0)/\(tool)" }).first(
          where: FileManager.default.isExecutableFile)
      else { continue }
      try FileManager.default.createSymbolicLink(
        atPath: bin.appending(path: tool).path, withDestinationPath: path)
    }
    try FileManager.default.copyItem(
      at: SourceTree.root.appending(path: "dev"), to: checkout.appending(path: "dev"))
    try command("id", "echo \(user)")
    try command(
      "swift",
      """
      [ "$1" = build ] || exit 0
      folder=.build/release
      while [ $# -gt 0 ]; do [ "$1" != --scratch-path ] || folder=$2/debug; shift; done
      mkdir -p "$folder"
      cat >"$folder/espalier" <<'TEXT'
      #!/bin/sh
      case $1 in --manual | --generate-completion-script) echo "told $*"; exit 0 ;; esac
      printf "<%s>" "$@"; pwd; cat; exit 7
      TEXT
      chmod +x "$folder/espalier"
      """)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Adds a command that writes its call into the journal and then does what `body` says.
  func command(_ name: String, _ body: String = "") throws {
    let path = "bin/\(name)"
    // What stands there may be a link to the machine's own command, which is not to be written to.
    try? FileManager.default.removeItem(at: folder.appending(path: path))
    try write(path, "#!/bin/sh\necho \"\(name) $*\" >>\"$JOURNAL\"\n\(body)\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: path).path)
  }

  func write(_ path: String, _ text: String) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Writes a file of the checkout, later than anything that was built.
  func change(_ path: String) throws {
    try write("check out/\(path)", "")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 5)],
      ofItemAtPath: checkout.appending(path: path).path)
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// Runs `dev` in the machine's folder and gives exit status, output and errors.
  func dev(_ arguments: String..., input: String = "") throws -> (Int32, String, String) {
    let process = Process()
    process.executableURL = bin.appending(path: "sh")
    process.arguments = [checkout.appending(path: "dev").path] + arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": bin.path, "JOURNAL": folder.appending(path: "journal").path,
      "ESPALIER_INCLUDES": "/nowhere include", "TMPDIR": folder.path,
      "ESPALIER_QUICK": instructions,
    ]
    try write("input", input)
    process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "input"))
    for stream in ["output", "errors"] { try write(stream, "") }
    process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: folder.appending(path: "errors"))
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try text("output"), try text("errors"))
  }
}
