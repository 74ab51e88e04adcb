import Networks
import Testing

@testable import Interchange
@testable import Sessions

/// Saved networks whose texts or tensors for learning on are not those that `save` writes.
struct DamagedLearningTests {
  /// A network that was saved in the midst of a run, with other texts or tensors.
  private func load(
    _ name: String, _ change: (inout [String: String], inout [NamedTensor]) -> Void
  ) throws -> String {
    Workplace.enter()
    let session = Session()
    session.answer("data moons count=64; add dense 4; add dense 2; optimizer adam; batch 8")
    session.answer("train 100000 &", from: .prompt)
    session.answer("pause; step 3; save \(name); stop", from: .prompt)
    let file = try SafetensorsFile(path: name)
    var metadata = file.metadata
    var tensors = try file.arrays.map { NamedTensor(name: $0.name, tensor: try $0.tensor()) }
    change(&metadata, &tensors)
    try SafetensorsWriter.write(tensors, metadata: metadata, to: name)
    return Session().answer("load \(name)", from: .prompt).text
  }

  @Test(arguments: [
    ("place", "steps=3"), ("place", "nonsense"), ("rates", "steps=-1"), ("epoch", ""),
    ("networks", "main main"), ("networks", ""), ("updates", "many"), ("best", "waits=no"),
  ])
  func refusesTexts(key: String, text: String) throws {
    let name = "damaged-\(key)-\(text.count).safetensors"
    let answer = try load(name) { metadata, _ in metadata["resume.\(key)"] = text }
    #expect(
      answer == """
        error[E-FILE]: \(name): resume.\(key) in its metadata is not what save writes
          load \(name)
               \("^" + String(repeating: "~", count: name.count - 1))
          try: load \(name) resume=no
        """)
  }

  @Test func refusesTensors() throws {
    let name = "damaged-tensor.safetensors"
    let answer = try load(name) { _, tensors in
      for index in tensors.indices where tensors[index].name.hasPrefix("resume/moment0/dense1.w") {
        var tensor = tensors[index].tensor
        tensor.values[0] = .nan
        tensors[index] = NamedTensor(name: tensors[index].name, tensor: tensor)
      }
    }
    #expect(
      answer == """
        error[E-FILE]: \(name): resume/moment0/dense1.weight is not there, has another shape than its parameter, or values that are no numbers
          load \(name)
               \("^" + String(repeating: "~", count: name.count - 1))
          try: load \(name) resume=no
        """)
  }

  @Test("a moment of a parameter that was updated must be there")
  func refusesMissingMoments() throws {
    let answer = try load("damaged-moment.safetensors") { _, tensors in
      tensors.removeAll { $0.name == "resume/moment1/dense2.bias" }
    }
    #expect(
      answer.contains(
        "resume/moment1/dense2.bias is not there, has another shape than its parameter"))
  }

  @Test func refusesRecipesThatDoOtherThings() throws {
    let name = "damaged-recipe.safetensors"
    let answer = try load(name) { metadata, _ in metadata["resume.recipe"] = "quit 3" }
    #expect(
      answer == """
        \(name):1:1: error[E-FILE]: quit does not belong in the recipe of a saved network
          quit 3
          ^~~~
          try: load \(name) resume=no
        """)
  }

  @Test func recoversOnlyWhatIsThere() {
    for command in ["recover", "recover 7"] {
      #expect(
        Session().answer(command).text
          == "sessions are kept and taken back at a prompt: espalier")
    }
  }
}
