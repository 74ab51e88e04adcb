import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension SystemProblem {
  func prose(path: String) -> Prose {
    switch self {
    case .noSuchFile:
      return Prose(
        expected: "a file to read", found: "none of this name",
        next: "ls \(Prose.typed(Path.folder(of: path))) in the shell shows what is there")
    case .noneMatches:
      return Prose(
        expected: "files that the pattern matches", found: "none",
        next: "ls \(Prose.typed(Path.folder(of: path))) in the shell shows what is there")
    case .noSuchFolder(let folder):
      return Prose(
        expected: "the folder \(Prose.quoted(folder, limit: 200)) to write in", found: "none",
        next: "mkdir -p \(Prose.typed(folder)) in the shell")
    case .notAFolder:
      return Prose(
        expected: "folders before the last slash", found: "a file among them",
        next: "name a path through folders that exist")
    case .isFolder:
      return Prose(
        expected: "a file", found: "a folder", next: "name a file in it")
    case .noPermission(let action):
      return Prose(
        expected: "permission \(action == .reading ? "to read" : "to write")", found: "none",
        next:
          "ls -ld \(Prose.typed(Path.folder(of: path))) \(Prose.typed(path)) in the shell shows "
          + "who has it")
    case .noSpace:
      return Prose(
        expected: "room on the disk", found: "none left; nothing was replaced",
        next: "df -h \(Prose.typed(Path.folder(of: path))) in the shell, or a name on another disk")
    case .fileTooLarge:
      return Prose(
        expected: "a file of the size allowed here", found: "a larger one; nothing was replaced",
        next: "ulimit -f unlimited in the shell, before the program starts")
    case .noMemory(let needed, let available):
      return Prose(
        expected: "\(ByteCount.text(needed)) of memory to read it in",
        found: "\(ByteCount.text(available)) that can be had",
        next: "a smaller file; free -h and ulimit -v in the shell show what memory there is")
    case .readOnlyFileSystem:
      return Prose(
        expected: "a file system to write on", found: "one for reading only",
        next: "name a file elsewhere")
    case .nameTooLong:
      return Prose(
        expected: "a name the file system can hold", found: "one too long",
        next: "name it shorter")
    case .unusableName:
      return Prose(
        expected: "the name of a file", found: path.isEmpty ? "nothing" : "a zero byte in it",
        next: "name a file")
    case .linksInCircle:
      return Prose(
        expected: "links that lead to a file", found: "links that lead in a circle",
        next: "ls -l \(Prose.typed(path)) in the shell shows where it leads")
    case .linkToOtherBytes:
      return Prose(
        expected: "a link to a name in UTF-8", found: "one to other bytes",
        next: "ls -l \(Prose.typed(path)) in the shell shows where it leads")
    case .interrupted:
      return Prose("stopped by Ctrl-C")
    case .noReader:
      return Prose(
        expected: "a program that reads the pipe", found: "none",
        next: "cat \(Prose.typed(path)) in another shell, then write again")
    case .notARegularFile:
      return Prose(
        expected: "a file on a disk", found: "a pipe or device",
        next: "copy it to a file first")
    case .endedEarly:
      return Prose(
        expected: "the file to stay as long as it was", found: "an earlier end",
        next: "try again when nothing writes to it")
    case .changed:
      return Prose(
        expected: "the file as it was when it was opened", found: "it changed since",
        next: "data \(Prose.typed(path)) opens it anew")
    case .other(let action, let code):
      return Prose(
        expected: action == .reading ? "to read the file" : "to write the file",
        found: "the system's error \(code): \(String(cString: strerror(code)))")
    }
  }
}
