import Interchange
import Testing

@Suite struct PathTests {
  @Test(arguments: [
    ("a/b/c.tar.gz", "a/b", "c.tar.gz", "c.tar", "gz"),
    ("c.TS", ".", "c.TS", "c", "ts"),
    ("/c", "/", "c", "c", ""),
    ("a.b/c", "a.b", "c", "c", ""),
    (".hidden", ".", ".hidden", ".hidden", ""),
    ("a/", "a", "", "", ""),
  ])
  func parts(path: String, folder: String, name: String, stem: String, ending: String) {
    #expect(Path.folder(of: path) == folder)
    #expect(Path.name(of: path) == name)
    #expect(Path.stem(of: path) == stem)
    #expect(Path.fileExtension(of: path) == ending)
  }

  @Test(arguments: [(".", "b", "b"), ("a", "b", "a/b"), ("/", "b", "/b"), ("a/", "b", "a/b")])
  func joining(folder: String, name: String, path: String) {
    #expect(Path.joining(folder, name) == path)
  }
}
