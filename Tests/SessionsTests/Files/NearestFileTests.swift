import Foundation
import Testing

@testable import Sessions

/// A name that no file has leads on to the nearest one that works.
@Suite struct NearestFileTests {
  @Test func loads() throws {
    Workplace.enter()
    let name = "resnet\(UUID().uuidString.prefix(8)).esp"
    try "input 2x8\nadd conv 4 3\n".write(toFile: name, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: name) }
    let typed = name.replacing("resnet", with: "resnte")
    let answer = Session().answer("load \(typed)", from: .prompt).text
    #expect(
      answer == """
        error[E-FILE]: \(typed): expected a file to read, found none of this name
          load \(typed)
               \("^" + String(repeating: "~", count: typed.count - 1))
          note: next: ls . in the shell shows what is there
          try: load \(name)
        """)
  }

  @Test func devicesAreNoFilesToSaveIn() {
    let live = Session()
    _ = live.answer("input 2x8")
    #expect(
      live.answer("save /dev/stdout", from: .prompt).text == """
        error[E-FILE]: a network is kept as .esp, .safetensors or .params, found /dev/stdout
          save /dev/stdout
               ^~~~~~~~~~~
          try: help save
        """)
  }
}
