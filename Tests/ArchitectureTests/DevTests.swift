import Foundation
import Testing

/// The script `dev` in a made-up checkout, with made-up package managers and compiler on its PATH.
@Suite struct DevTests {
  /// A folder that holds a copy of `dev`, a few sources, headers, and every command it may find.
  private final class Machine {
    let folder: URL
    private var bin: URL { folder.appending(path: "bin") }
    var checkout: URL { folder.appending(path: "check out") }
    var journal: String { (try? text("journal")) ?? "" }

    /// The headers that the build needs.
    static let headers = [
      "readline/readline.h", "curses.h", "dnnl.h", "zlib.h", "png.h", "jpeglib.h", "sqlite3.h",
    ]

    /// The pages that are installed beside README.md.
    static let pages = [
      "CHANGELOG", "tutorial", "language", "lessons", "interchange", "json", "performance",
    ]

    init(user: Int = 0, headers: [String] = Machine.headers) throws {
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
        mkdir -p "$5/.build/release"
        cat >"$5/.build/release/espalier" <<'TEXT'
        #!/bin/sh
        case $1 in --manual | --generate-completion-script) echo "told $*"; exit 0 ;; esac
        printf "<%s>" "$@"; pwd; cat; exit 7
        TEXT
        chmod +x "$5/.build/release/espalier"
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

  /// A package manager's body that puts the missing headers in place.
  private static let installs =
    "case \"$*\" in *install*) mkdir -p include; touch include/dnnl.h;; esac"

  @Test func runsWithArgumentsInputAndFolderOfTheCaller() throws {
    let machine = try Machine()
    let (status, output, errors) = try machine.dev("run", "a b", "-x", input: "tree\n")
    #expect(status == 7)
    #expect(output == "<a b><-x>\(machine.folder.resolvingSymlinksInPath().path)\ntree\n")
    #expect(errors == "dev: building espalier; the first time takes some minutes\n")
    let build =
      "swift build -c release --package-path \(machine.checkout.path) --product espalier "
      + "-debug-info-format none\n"
    #expect(machine.journal == build)

    _ = try machine.dev("run")
    #expect(machine.journal == build)
    try machine.write("check out/Sources/espalier/more.swift", "")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 5)],
      ofItemAtPath: machine.checkout.appending(path: "Sources/espalier/more.swift").path)
    _ = try machine.dev("run")
    #expect(machine.journal == build + build)
  }

  @Test func showsWhatABrokenBuildSaid() throws {
    let machine = try Machine()
    try machine.command("swift", "echo 'main.swift:1: error: no'; exit 1")
    let (status, output, errors) = try machine.dev("run")
    #expect(status == 1)
    #expect(output == "")
    #expect(
      errors == """
        dev: building espalier; the first time takes some minutes
        main.swift:1: error: no
        dev: the build failed

        """)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: machine.folder.path).sorted() == [
        "bin", "check out", "errors", "include", "input", "journal", "output",
      ])
  }

  @Test func installsWhatIsMissingAsRoot() throws {
    let machine = try Machine(headers: [
      "readline/readline.h", "ncursesw/curses.h", "zlib.h", "libpng16/png.h", "jpeglib.h",
      "sqlite3.h",
    ])
    try machine.command("apt-get", Self.installs)
    let (status, _, errors) = try machine.dev("run")
    #expect(status == 7)
    #expect(errors.hasPrefix("dev: installing libdnnl-dev with apt-get\n"))
    #expect(
      machine.journal.split(separator: "\n").filter { $0.hasPrefix("apt-get") } == [
        "apt-get install -y --no-install-recommends libdnnl-dev"
      ])
  }

  @Test func updatesTheListsAndTriesAgain() throws {
    let machine = try Machine(headers: [])
    try machine.command(
      "apt-get", "case $1 in update) touch updated;; *) [ -e updated ] || exit 100;; esac")
    let (status, _, errors) = try machine.dev("test")
    #expect(status == 0)
    #expect(
      errors
        == "dev: installing libreadline-dev libncurses-dev libdnnl-dev zlib1g-dev libpng-dev libjpeg-dev libsqlite3-dev with apt-get\n"
    )
    #expect(
      machine.journal == """
        id -u
        apt-get install -y --no-install-recommends libreadline-dev libncurses-dev libdnnl-dev zlib1g-dev libpng-dev libjpeg-dev libsqlite3-dev
        apt-get update
        apt-get install -y --no-install-recommends libreadline-dev libncurses-dev libdnnl-dev zlib1g-dev libpng-dev libjpeg-dev libsqlite3-dev
        swift test -c release --scratch-path .build-tests --skip TerminalTests
        swift test -c release --scratch-path .build-tests --skip-build --no-parallel --filter TerminalTests
        swift format lint --strict --recursive Sources Tests Package.swift

        """)
  }

  @Test func saysFailedTestsAgain() throws {
    let machine = try Machine()
    let lines = """
      ◇ Test first started.
      ✘ Test first recorded an issue at First.swift:3:4
      ↳ expected 2
      ✔ Test second passed
      ✘ Test run failed
      """
    try machine.command("swift", "cat <<'EOF'\n\(lines)\nEOF\nexit 1")
    let (status, output, errors) = try machine.dev("test")
    #expect(status == 1)
    #expect(output == lines + "\n")
    #expect(
      errors == """
        dev: what failed:
        ✘ Test first recorded an issue at First.swift:3:4
        ↳ expected 2
        ✘ Test run failed

        """)
    #expect(
      machine.journal == "swift test -c release --scratch-path .build-tests --skip TerminalTests\n")
  }

  @Test func usesSudoWhenNotRoot() throws {
    let machine = try Machine(user: 1000, headers: Array(Machine.headers.dropFirst()))
    try machine.command("apt-get")
    try machine.command("sudo", "\"$@\"")
    let (status, _, errors) = try machine.dev("run")
    #expect(status == 7)
    #expect(errors.hasPrefix("dev: installing libreadline-dev with sudo apt-get\n"))
    #expect(
      machine.journal.contains(
        """
        sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libreadline-dev
        apt-get install -y --no-install-recommends libreadline-dev

        """))
  }

  @Test func saysWhatToTypeWhenItCannotInstall() throws {
    let user = try Machine(
      user: 1000, headers: ["curses.h", "zlib.h", "png.h", "jpeglib.h", "sqlite3.h"])
    try user.command("apt-get")
    let asUser = try user.dev("run")
    #expect(asUser.0 == 1)
    #expect(
      asUser.2 == """
        dev: the build needs libreadline-dev libdnnl-dev. Please install by hand: \
        apt-get update && apt-get install libreadline-dev libdnnl-dev   (as root)

        """)

    let offline = try Machine(headers: [
      "curses.h", "readline/readline.h", "zlib.h", "png.h", "jpeglib.h", "sqlite3.h",
    ])
    try offline.command("apt-get", "echo \"E: no network for $1\"; exit 100")
    let asRoot = try offline.dev("bench")
    #expect(asRoot.0 == 1)
    #expect(
      asRoot.2 == """
        dev: installing libdnnl-dev with apt-get
        E: no network for update
        E: no network for install
        dev: the build needs libdnnl-dev. Please install by hand: \
        apt-get update && apt-get install libdnnl-dev

        """)

    let other = try Machine(headers: []).dev("run")
    #expect(other.0 == 1)
    #expect(
      other.2 == """
        dev: the build needs the development files of GNU readline, ncursesw, oneDNN, zlib, \
        libpng, libjpeg and SQLite. \
        Please install them with your system's package manager

        """)
  }

  @Test func asksForSwiftFirst() throws {
    let machine = try Machine(headers: [])
    try FileManager.default.removeItem(at: machine.folder.appending(path: "bin/swift"))
    let (status, _, errors) = try machine.dev("run")
    #expect(status == 1)
    #expect(
      errors == """
        dev: swift is not on PATH. Please install Swift 6.1 or later: https://www.swift.org/install

        """)
  }

  @Test func installsBelowAPrefix() throws {
    let machine = try Machine()
    // Twice, for a program that is there already, and a file that is no example any more.
    for round in 1...2 {
      if round == 2 { try machine.write("some where/share/espalier/examples/old.esp", "") }
      let (status, _, errors) = try machine.dev("install", "some where")
      #expect(status == 0)
      #expect(errors.hasSuffix("dev: installed some where/bin/espalier\n"))
    }
    let installed = try FileManager.default.subpathsOfDirectory(
      atPath: machine.folder.appending(path: "some where").path
    ).filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: machine.folder.appending(path: "some where/\(path)").path, isDirectory: &isFolder)
      return !isFolder.boolValue
    }
    let documents = (Machine.pages.map { $0 + ".md" } + ["LICENSE", "README.md"])
      .map { "share/doc/espalier/\($0)" }
    #expect(
      Set(installed)
        == Set(
          documents + [
            "bin/espalier", "share/man/man1/espalier.1",
            "share/bash-completion/completions/espalier", "share/zsh/site-functions/_espalier",
            "share/fish/vendor_completions.d/espalier.fish", "share/espalier/examples/first.esp",
          ]))
    #expect(try machine.text("some where/bin/espalier").hasPrefix("#!/bin/sh"))
    #expect(try machine.text("some where/share/espalier/examples/first.esp") == "tree\n")
    #expect(try machine.text("some where/share/man/man1/espalier.1") == "told --manual\n")
    #expect(
      try machine.text("some where/share/zsh/site-functions/_espalier")
        == "told --generate-completion-script zsh\n"
    )
    #expect(
      try machine.dev("install").2
        == "dev: install needs one folder, as in: ./dev install /usr/local\n")
  }

  @Test func putsSwiftIntoTheProgramWhereItCan() throws {
    let machine = try Machine()
    try machine.write("swift_static/linux/libswiftCore.a", "")
    try machine.command(
      "swiftc",
      """
      echo '{'; echo '  "runtimeResourcePath": "\(machine.folder.path)/swift"'; echo '}'
      """)
    try machine.command("uname", "echo Linux")
    _ = try machine.dev("run")
    #expect(
      machine.journal.contains(
        " --product espalier -debug-info-format none --static-swift-stdlib "
          + "-Xlinker --no-export-dynamic\n"))
  }

  @Test func packagesNeedSwiftInAStaticForm() throws {
    let machine = try Machine()
    try machine.command("uname", "echo Linux")
    let (status, _, errors) = try machine.dev("package")
    #expect(status == 1)
    #expect(
      errors.hasSuffix(
        """
        dev: a package needs Swift's libraries in their static form, which this toolchain does not have. \
        Please take one from https://www.swift.org/install

        """))
    #expect(
      try machine.dev("package", "a", "b").2
        == "dev: package takes one folder at most, as in: ./dev package /tmp/packages\n")
  }

  @Test func explainsItself() throws {
    let machine = try Machine()
    let help = try machine.dev("help")
    #expect(help.0 == 0)
    #expect(help.1.hasPrefix("usage: ./dev COMMAND\n"))
    let unknown = try machine.dev("rnu")
    #expect(unknown.0 == 2)
    #expect(unknown.1 == "")
    #expect(unknown.2 == help.1)
  }
}
