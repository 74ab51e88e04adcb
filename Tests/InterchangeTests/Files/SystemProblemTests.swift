import Interchange
import Testing

@Suite struct SystemProblemTests {
  @Test(arguments: [
    (
      SystemProblem.noSuchFile,
      """
      data/x.csv: expected a file to read, found none of this name
        next: ls data in the shell shows what is there
      """
    ),
    (
      .noPermission(.reading),
      """
      data/x.csv: expected permission to read, found none
        next: ls -ld data data/x.csv in the shell shows who has it
      """
    ),
    (
      .noPermission(.writing),
      """
      data/x.csv: expected permission to write, found none
        next: ls -ld data data/x.csv in the shell shows who has it
      """
    ),
    (
      .readOnlyFileSystem,
      """
      data/x.csv: expected a file system to write on, found one for reading only
        next: name a file elsewhere
      """
    ),
    (
      .fileTooLarge,
      """
      data/x.csv: expected a file of the size allowed here, found a larger one; nothing was replaced
        next: ulimit -f unlimited in the shell, before the program starts
      """
    ),
    (
      .noMemory(needed: 68_719_476_736, available: 1_200_000_000),
      """
      data/x.csv: expected 68.7 GB of memory to read it in, found 1.2 GB that can be had
        next: a smaller file; free -h and ulimit -v in the shell show what memory there is
      """
    ),
    (
      .linksInCircle,
      """
      data/x.csv: expected links that lead to a file, found links that lead in a circle
        next: ls -l data/x.csv in the shell shows where it leads
      """
    ),
    (
      .linkToOtherBytes,
      """
      data/x.csv: expected a link to a name in UTF-8, found one to other bytes
        next: ls -l data/x.csv in the shell shows where it leads
      """
    ),
    (
      .noReader,
      """
      data/x.csv: expected a program that reads the pipe, found none
        next: cat data/x.csv in another shell, then write again
      """
    ),
    (.interrupted, "data/x.csv: stopped by Ctrl-C"),
    (
      .notARegularFile,
      """
      data/x.csv: expected a file on a disk, found a pipe or device
        next: copy it to a file first
      """
    ),
    (
      .endedEarly,
      """
      data/x.csv: expected the file to stay as long as it was, found an earlier end
        next: try again when nothing writes to it
      """
    ),
    (
      .other(.reading, code: 5),
      "data/x.csv: expected to read the file, found the system's error 5: Input/output error"
    ),
    (
      .other(.writing, code: 5),
      "data/x.csv: expected to write the file, found the system's error 5: Input/output error"
    ),
  ])
  func words(problem: SystemProblem, text: String) {
    #expect(FileError(path: "data/x.csv", problem: .system(problem)).description == text)
  }

  @Test func pathsWithBlanksAreQuotedWhereTheyAreTyped() {
    let error = FileError(path: "my data/x.csv", problem: .system(.noSuchFile))
    #expect(
      error.description == """
        my data/x.csv: expected a file to read, found none of this name
          next: ls 'my data' in the shell shows what is there
        """)
  }
}
