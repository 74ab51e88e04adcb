import Foundation
import Testing

/// The script `dev` in a made-up checkout, with made-up package managers and compiler on its PATH.
@Suite struct DevTests {
  /// A package manager's body that puts the missing headers in place.
  private static let installs =
    "case \"$*\" in *install*) mkdir -p include; touch include/dnnl.h;; esac"

  @Test func runsWithArgumentsInputAndFolderOfTheCaller() throws {
    let machine = try DevMachine()
    let (status, output, errors) = try machine.dev("run", "a b", "-x", input: "tree\n")
    #expect(status == 7)
    #expect(output == "<a b><-x>\(machine.folder.resolvingSymlinksInPath().path)\ntree\n")
    #expect(errors == Self.beginsQuickly)
    let build = Self.quickBuild(of: machine, for: "avx2")
    #expect(machine.journal == build)

    _ = try machine.dev("run")
    #expect(machine.journal == build)
    try machine.change("Sources/espalier/more.swift")
    _ = try machine.dev("run")
    #expect(machine.journal == build + build)
  }

  /// What a first build says.
  private static let beginsQuickly =
    "dev: building espalier quickly, in two minutes or so; "
    + "./dev build optimises all of it, and takes three times as long\n"

  /// What a quick build calls.
  private static func quickBuild(of machine: DevMachine, for set: String) -> String {
    "swift build --product espalier -debug-info-format none -c debug "
      + "--scratch-path \(machine.checkout.path)/.build-quick/\(set) --jobs 3 "
      + "--disable-index-store --use-integrated-swift-driver "
      + "-Xswiftc -wmo -Xswiftc -num-threads -Xswiftc 2\n"
  }

  @Test func runsTheOptimisedProgramWhileItIsThatOfTheSources() throws {
    let machine = try DevMachine()
    let (status, _, errors) = try machine.dev("build")
    #expect(status == 0)
    #expect(
      errors
        == "dev: building espalier with all optimisations; the first time takes some minutes\n")
    let build = "swift build --product espalier -debug-info-format none -c release\n"
    #expect(machine.journal == build)
    #expect(try machine.dev("run").0 == 7)
    #expect(machine.journal == build)

    try machine.change("Package.swift")
    #expect(try machine.dev("run").0 == 7)
    #expect(machine.journal == build + Self.quickBuild(of: machine, for: "avx2"))
    #expect(try machine.dev("build", "all").2 == "dev: build takes no arguments\n")
  }

  @Test(
    "A quick build is for the instructions of the machine",
    arguments: [
      ("avx2 bmi2 f16c fma avx512f avx512bw avx512cd avx512dq avx512vl", "avx512"),
      ("fma f16c bmi2 avx2 avx512f avx512bw avx512cd avx512dq", "avx2"),
      ("avx2 f16c fma", "baseline"), ("", "baseline"),
    ])
  func isForTheInstructionsOfTheDevMachine(flags: String, set: String) throws {
    let machine = try DevMachine()
    machine.instructions = ""
    try machine.command("awk", "echo 'fpu \(flags) lm '")
    _ = try machine.dev("run")
    #expect(machine.journal.contains("/.build-quick/\(set) --jobs"))
  }

  @Test func showsWhatABrokenBuildSaid() throws {
    let machine = try DevMachine()
    try machine.command("swift", "echo 'main.swift:1: error: no'; exit 1")
    let (status, output, errors) = try machine.dev("run")
    #expect(status == 1)
    #expect(output == "")
    #expect(
      errors == """
        \(Self.beginsQuickly)main.swift:1: error: no
        dev: the build failed

        """)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: machine.folder.path).sorted() == [
        "bin", "check out", "errors", "include", "input", "journal", "output",
      ])
  }

  @Test func installsWhatIsMissingAsRoot() throws {
    let machine = try DevMachine(headers: [
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
    let machine = try DevMachine(headers: [])
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
    let machine = try DevMachine()
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
    let machine = try DevMachine(user: 1000, headers: Array(DevMachine.headers.dropFirst()))
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
    let user = try DevMachine(
      user: 1000, headers: ["curses.h", "zlib.h", "png.h", "jpeglib.h", "sqlite3.h"])
    try user.command("apt-get")
    let asUser = try user.dev("run")
    #expect(asUser.0 == 1)
    #expect(
      asUser.2 == """
        dev: the build needs libreadline-dev libdnnl-dev. Please install by hand: \
        apt-get update && apt-get install libreadline-dev libdnnl-dev   (as root)

        """)

    let offline = try DevMachine(headers: [
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

    let other = try DevMachine(headers: []).dev("run")
    #expect(other.0 == 1)
    #expect(
      other.2 == """
        dev: the build needs the development files of GNU readline, ncursesw, oneDNN, zlib, \
        libpng, libjpeg and SQLite. \
        Please install them with your system's package manager

        """)
  }

  @Test func asksForSwiftFirst() throws {
    let machine = try DevMachine(headers: [])
    try FileManager.default.removeItem(at: machine.folder.appending(path: "bin/swift"))
    let (status, _, errors) = try machine.dev("run")
    #expect(status == 1)
    #expect(
      errors == """
        dev: swift is not on PATH. Please install Swift 6.1 or later: https://www.swift.org/install

        """)
  }

  @Test func installsBelowAPrefix() throws {
    let machine = try DevMachine()
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
    let documents = (DevMachine.pages.map { $0 + ".md" } + ["LICENSE", "README.md"])
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
    let machine = try DevMachine()
    try machine.write("swift_static/linux/libswiftCore.a", "")
    try machine.command(
      "swiftc",
      """
      echo '{'; echo '  "runtimeResourcePath": "\(machine.folder.path)/swift"'; echo '}'
      """)
    try machine.command("uname", "echo Linux")
    _ = try machine.dev("build")
    #expect(
      machine.journal.contains(
        " --product espalier -debug-info-format none -c release --static-swift-stdlib "
          + "-Xlinker --no-export-dynamic -Xswiftc -Xfrontend -Xswiftc -function-sections "
          + "-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs "
          + "-Xlinker --no-eh-frame-hdr -Xlinker -Tdocs/packaging/unwind.ld -Xlinker --icf=all\n"))
  }

  @Test func packagesNeedSwiftInAStaticForm() throws {
    let machine = try DevMachine()
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
    let machine = try DevMachine()
    let help = try machine.dev("help")
    #expect(help.0 == 0)
    #expect(help.1.hasPrefix("usage: ./dev COMMAND\n"))
    let unknown = try machine.dev("rnu")
    #expect(unknown.0 == 2)
    #expect(unknown.1 == "")
    #expect(unknown.2 == help.1)
  }
}
