import Foundation
import Interchange
import Networks
import Testing

@testable import Sessions

/// Weights of other programs into the current network: what is taken, what is refused, and what is said of it.
struct WeightsInTests {
  /// Eight parameters, of which PyTorch's names are those of `fitting`.
  private static let network =
    "input 2x4; add conv 3 1 bias=no; add residual { conv 3 1 bias=no; bn }; add gap; add dense 2"

  private static let shapes: [(name: String, shape: [Int])] = [
    ("conv1.weight", [3, 2, 1]), ("layer1.0.conv1.weight", [3, 3, 1]),
    ("layer1.0.bn1.weight", [3]), ("layer1.0.bn1.bias", [3]), ("layer1.0.bn1.running_mean", [3]),
    ("layer1.0.bn1.running_var", [3]), ("fc.weight", [2, 3]), ("fc.bias", [2]),
  ]

  /// Tensors whose values count on, each from 100 times its number.
  private static func counted(_ shapes: [(name: String, shape: [Int])]) -> [NamedTensor] {
    shapes.enumerated().map { index, entry in
      let count = entry.shape.reduce(1, *)
      return NamedTensor(
        name: entry.name,
        tensor: Tensor(
          shape: entry.shape, values: (0..<count).map { Float(100 * (index + 1) + $0) }))
    }
  }

  private static func renamed(_ change: (String) -> String) -> [(name: String, shape: [Int])] {
    shapes.map { (change($0.name), $0.shape) }
  }

  private func write(
    _ shapes: [(name: String, shape: [Int])], to path: String, metadata: [String: String] = [:]
  ) throws {
    Workplace.enter()
    try SafetensorsWriter.write(Self.counted(shapes), metadata: metadata, to: path)
  }

  /// The first value of each parameter, by path.
  private func firsts(_ session: Session) -> [String: Float?] {
    guard let known = session.state.current else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: known.network.parameters.map {
        ($0.path, known.weights.parameters[$0.key]?.values.first)
      })
  }

  private static let loaded: [String: Float?] = [
    "conv1.weight": 100, "res1.body.conv1.weight": 200, "res1.body.bn1.weight": 300,
    "res1.body.bn1.bias": 400, "res1.body.bn1.running_mean": 500, "res1.body.bn1.running_var": 600,
    "dense1.weight": 700, "dense1.bias": 800,
  ]

  private func session(_ text: String = network) -> Session {
    Workplace.enter()
    let session = Session()
    session.answer(text)
    return session
  }

  /// A file, what is typed, and the whole answer.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let shapes: [(name: String, shape: [Int])]
    var keys = ""
    let answer: String
  }

  private static let named =
    "\n  named as in PyTorch: layer1.0.conv1.weight is res1.body.conv1.weight"

  private static let taken = [
    Case(
      testDescription: "names of PyTorch, in another order, with what counts batches",
      shapes: shapes.reversed() + [("layer1.0.bn1.num_batches_tracked", [])],
      answer: "loaded 8 tensors from FILE: 2×4 → 2, 29 parameters" + named),
    Case(
      testDescription: "words before all names",
      shapes: renamed { "module._orig_mod.model." + $0 },
      answer: """
        loaded 8 tensors from FILE: 2×4 → 2, 29 parameters
          named as in PyTorch: module._orig_mod.model.conv1.weight is conv1.weight
          module._orig_mod.model. before all names was left off
        """),
    Case(
      testDescription: "our own names behind a word",
      shapes: renamed {
        "backbone."
          + $0.replacing("layer1.0.", with: "res1.body.").replacing("fc", with: "dense1")
      },
      answer: """
        loaded 8 tensors from FILE: 2×4 → 2, 29 parameters
          backbone. before all names was left off
        """),
    Case(
      testDescription: "gamma and beta behind PyTorch's names",
      shapes: renamed {
        $0.replacing("bn1.weight", with: "bn1.gamma").replacing("bn1.bias", with: "bn1.beta")
      },
      answer: "loaded 8 tensors from FILE: 2×4 → 2, 29 parameters" + named),
    Case(
      testDescription: "by order, whatever the names are",
      shapes: shapes.enumerated().map { ("tensor \($0.offset)", $0.element.shape) },
      keys: " match=order",
      answer: """
        loaded 8 tensors from FILE by order: 2×4 → 2, 29 parameters
          first tensor 0 for conv1.weight, last tensor 7 for dense1.bias
          the file has its names sorted: numbers in them gave the order
        """),
    Case(
      testDescription: "by order of each role",
      shapes: renamed { "net.a" + $0 },
      keys: " match=order",
      answer: """
        loaded 8 tensors from FILE by order: 2×4 → 2, 29 parameters
          first net.aconv1.weight for conv1.weight, last net.afc.bias for dense1.bias
        """),
  ]

  @Test(arguments: taken) func comesIn(_ example: Case) throws {
    let path = "\(UUID().uuidString).safetensors"
    try write(example.shapes, to: path)
    let session = session()
    let answer = session.answer("load \(path)\(example.keys)", from: .prompt)
    #expect(answer.text.replacing(path, with: "FILE") == example.answer)
    if example.shapes.first?.name != "fc.bias" { #expect(firsts(session) == Self.loaded) }
    #expect(session.state.current?.weights.steps == 0)
    session.answer("undo")
    #expect(firsts(session).values.allSatisfy { $0 == nil })
  }

  private static let refused = [
    Case(
      testDescription: "another number of classes",
      shapes: renamed { $0 }.dropLast(2) + [("fc.weight", [9, 3]), ("fc.bias", [9])],
      answer: """
        error[E-FILE]: FILE does not fit, nothing has changed: 6 of 8 parameters found their values, 2 found other shapes
          load FILE
               ^~~~
          note: other shapes: fc.weight 9×3 for dense1.weight 2×3, fc.bias 9 for dense1.bias 2
          try: load FILE partial=yes
        """),
    Case(
      testDescription: "too little and too much",
      shapes: Array(shapes.prefix(2)) + (0..<5).map { ("more.\($0)", [1, $0]) },
      answer: """
        error[E-FILE]: FILE does not fit, nothing has changed: 2 of 8 parameters found their values, 6 found none, 5 tensors left over
          load FILE
               ^~~~
          note: without values: layer1.0.bn1.weight for res1.body.bn1.weight, layer1.0.bn1.bias for res1.body.bn1.bias, layer1.0.bn1.running_mean for res1.body.bn1.running_mean and 3 more
          note: left over: more.0 1×0, more.1 1×1, more.2 1×2 and 2 more
          try: load FILE partial=yes
        """),
    Case(
      testDescription: "something more to compute",
      shapes: shapes + [("layer1.0.conv1.bias", [3])],
      answer: """
        error[E-FILE]: FILE does not fit, nothing has changed: 8 of 8 parameters found their values, 1 tensor left over
          load FILE
               ^~~~
          note: left over: layer1.0.conv1.bias 3
          note: this may be the file of a network that computes more; partial=yes leaves out what is left over
          try: help load
        """),
    Case(
      testDescription: "names that are not known, in order",
      shapes: renamed { "encoder." + $0.replacing("layer1.0", with: "blocks.1") },
      answer: """
        error[E-FILE]: FILE does not fit, nothing has changed: 0 of 8 parameters found their values, 8 found none, 8 tensors left over
          load FILE
               ^~~~
          note: without values: conv1.weight, res1.body.conv1.weight, res1.body.bn1.weight and 5 more
          note: left over: encoder.conv1.weight 3×2×1, encoder.blocks.1.conv1.weight 3×3×1, encoder.blocks.1.bn1.weight 3 and 5 more
          try: load FILE match=order
        """),
    Case(
      testDescription: "names that are not known",
      shapes: [("a" + String(repeating: "b", count: 200), []), ("\u{1B}[2Jc", [7])],
      answer: """
        error[E-FILE]: FILE does not fit, nothing has changed: 0 of 8 parameters found their values, 8 found none, 2 tensors left over
          load FILE
               ^~~~
          note: without values: conv1.weight, res1.body.conv1.weight, res1.body.bn1.weight and 5 more
          note: left over: a\(String(repeating: "b", count: 79))… (one number), ^[[2Jc 7
          try: tree
        """),
    Case(
      testDescription: "nothing in common, though part of it would do",
      shapes: [("z.weight", [7]), ("a.weight", [7])], keys: " partial=yes",
      answer: """
        error[E-FILE]: FILE does not fit, nothing has changed: 0 of 8 parameters found their values, 8 found none, 2 tensors left over
          load FILE partial=yes
               ^~~~
          note: without values: conv1.weight, res1.body.conv1.weight, res1.body.bn1.weight and 5 more
          note: left over: z.weight 7, a.weight 7
          try: tree
        """),
    Case(
      testDescription: "another shape in order",
      shapes: renamed { $0 }.dropLast(2) + [("fc.weight", [9, 3]), ("fc.bias", [9])],
      keys: " match=order",
      answer: """
        error[E-FILE]: FILE does not fit in order, nothing has changed: fc.weight 9×3 is next for dense1.weight 2×3
          load FILE match=order
               ^~~~
          try: tree
        """),
    Case(
      testDescription: "too little in order",
      shapes: Array(renamed { $0 }.dropLast(1)), keys: " match=order",
      answer: """
        error[E-FILE]: FILE does not fit in order, nothing has changed: nothing is left for dense1.bias 2
          load FILE match=order
               ^~~~
          try: tree
        """),
    Case(
      testDescription: "too much in order",
      shapes: renamed { $0 } + [("more.bias", [3]), ("more.weight", [3])], keys: " match=order",
      answer: """
        error[E-FILE]: FILE does not fit in order, nothing has changed: no parameter is left for more.bias 3
          load FILE match=order
               ^~~~
          try: tree
        """),
    Case(
      testDescription: "in the order of names",
      shapes: shapes.sorted { $0.name < $1.name }, keys: " match=order",
      answer: """
        error[E-FILE]: FILE does not fit in order, nothing has changed: fc.weight 2×3 is next for res1.body.conv1.weight 3×3×1
          load FILE match=order
               ^~~~
          note: the file has its names sorted, so the order of its layers is not known
          try: tree
        """),
    Case(
      testDescription: "order and part of it", shapes: shapes, keys: " match=order partial=yes",
      answer: """
        error[E-ARGUMENT]: match=order takes all or nothing, so partial=yes does not go with it
          load FILE match=order partial=yes
                                ^~~~~~~
          try: load FILE match=order
        """),
    Case(
      testDescription: "another way to match", shapes: shapes, keys: " match=name",
      answer: """
        error[E-ARGUMENT]: match expects one of names, order, found name; did you mean names?
          load FILE match=name
                          ^~~~
          try: load FILE match=names
        """),
    Case(
      testDescription: "neither yes nor no", shapes: shapes, keys: " partial=fc",
      answer: """
        error[E-ARGUMENT]: partial expects yes or no, found fc
          load FILE partial=fc
                            ^~
          try: help load
        """),
  ]

  @Test(arguments: refused) func isRefused(_ example: Case) throws {
    // Four letters, so that what is typed is as long as in the answer.
    let path = "\(UUID().uuidString.prefix(4)).safetensors"
    try write(example.shapes, to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let session = session()
    let before = session.state.revision
    let answer = session.answer("load \(path)\(example.keys)", from: .prompt)
    #expect(answer.outcome == .failed)
    let marks = "\n       ^" + String(repeating: "~", count: path.count - 1) + "\n"
    let indent = "\n" + String(repeating: " ", count: path.count - 4)
    var text = answer.text.replacing(path, with: "FILE").replacing(marks, with: "\n       ^~~~\n")
    if !text.contains("\n       ^~~~\n") { text = text.replacing(indent + "  ", with: "\n  ") }
    #expect(text == example.answer)
    #expect(session.state.revision == before)
  }

  @Test("a part is taken where that is said, and the rest stays as it is")
  func partly() throws {
    let shapes = Self.renamed { $0 }.dropLast(2) + [("fc.weight", [9, 3]), ("more", [1])]
    try write(shapes, to: "part.safetensors", metadata: ["steps": "5", "epochs": "1"])
    let session = session()
    session.answer("init he dense1")
    let before = firsts(session)
    let answer = session.answer("load part.safetensors partial=yes", from: .prompt)
    #expect(
      answer.text == """
        loaded 6 of 8 tensors from part.safetensors: 2×4 → 2, 29 parameters\(Self.named)
          left as they were: dense1.bias, dense1.weight
          not taken from the file: fc.weight 9×3, more 1
        """)
    var expected = Self.loaded
    expected["dense1.weight"] = before["dense1.weight"]
    expected["dense1.bias"] = before["dense1.bias"]
    #expect(firsts(session) == expected)
    #expect(session.state.current?.weights.steps == 0)
  }

  @Test("numbers in sorted names give the order of layers")
  func sortedNames() throws {
    let names = (0..<12).map { "\($0).weight" }
    try write(names.sorted().map { ($0, [2, 2]) }, to: "sorted.safetensors")
    let session = session("input 2; add repeat 12 { dense 2 bias=no }")
    #expect(session.answer("load sorted.safetensors match=order").outcome == .done)
    let network = try #require(session.state.current?.network)
    let order = names.sorted()
    #expect(
      network.parameters.map { firsts(session)[$0.path] }
        == names.map { name in Float(100 * ((order.firstIndex(of: name) ?? 0) + 1)) })
  }

  @Test("a file that has a network leaves the current one where match= or partial= is given")
  func keepsNetwork() throws {
    let own = Self.renamed {
      $0.replacing("layer1.0.", with: "res1.body.").replacing("fc", with: "dense1")
    }
    let metadata = ["network": "input 2\nadd dense 1\n", "steps": "7"]
    try write(own, to: "other.safetensors", metadata: metadata)
    for keys in ["match=names", "match=order", "partial=yes"] {
      let session = session()
      #expect(session.answer("load other.safetensors \(keys)").outcome == .done)
      #expect(firsts(session) == Self.loaded)
      #expect(session.state.current?.weights.steps == 0)
    }
    #expect(session().answer("load other.safetensors").outcome == .failed)
  }

  @Test("a check reads nothing, but wants a network for weights")
  func checked() {
    Workplace.enter()
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    #expect(
      session.answer("load x.pth", from: .prompt).text == """
        error[E-FILE]: x.pth has weights but no network; make the network first
          load x.pth
               ^~~~~
          try: input 1x64
          try: net
        """)
    #expect(session.answer("input 2; add dense 1; load x.pth").text.hasSuffix("would read x.pth"))
    #expect(session.answer("load x.params; load x.safetensors match=order").outcome == .done)
    #expect(session.answer("add relu").outcome == .done)
    #expect(session.answer("load x.esp; load x.pt; load x.params").outcome == .done)
  }

  @Test("keys for weights are refused where there are none")
  func textHasNoWeights() {
    let session = session("input 2; add dense 1; save blocks_only.esp")
    #expect(
      session.answer("load blocks_only.esp partial=yes", from: .prompt).text == """
        error[E-ARGUMENT]: partial is about weights, of which blocks_only.esp has none
          load blocks_only.esp partial=yes
                               ^~~~~~~
          try: load blocks_only.esp
        """)
  }

  @Test("other endings are refused, and those that are read are told")
  func endings() {
    #expect(
      session().answer("load kera.h5", from: .prompt).text == """
        error[E-FILE]: load reads .safetensors, .esp, .pth, .pt, .params and .onnx files, found kera.h5
          load kera.h5
               ^~~~~~~
          try: help load
        """)
  }
}
