import Language
import Testing

@testable import Sessions

/// What is wrong inside a definition is told of the argument that was typed.
struct LibraryArgumentTests {
  /// What a line answers in a session with an input: the diagnostics and their text.
  private func refused(_ line: String, before: String = "input 4x64") -> (
    diagnostics: [Diagnostic], text: String
  ) {
    let session = Session()
    session.answer(before)
    let console = ListeningConsole()
    session.run(Source(line, from: .prompt), on: console)
    let (text, diagnostics) = console.take()
    return (diagnostics, text)
  }

  private static let texts: [(line: String, text: String)] = [
    (
      "RES_CNN1D(10, 3, 2, chain_length=0)",
      """
      error[E-ARGUMENT]: RES_CNN1D: chain_length must be at least 1, found 0
        RES_CNN1D(10, 3, 2, chain_length=0)
                                         ^
        try: RES_CNN1D(10, 3, 2, chain_length=1)
      """
    ),
    (
      "basicblock 8 shortcut=projekt",
      """
      error[E-ARGUMENT]: basicblock: shortcut expects auto, identity, A, B, C, pool, project, \
      found projekt; did you mean project?
        basicblock 8 shortcut=projekt
                              ^~~~~~~
        try: basicblock 8 shortcut=project
      """
    ),
    (
      "add bottleneck 8 expansion=0.5",
      """
      error[E-ARGUMENT]: bottleneck: expansion=0.5 leads to: channels expects a whole number from 1, \
      found 4.0
        add bottleneck 8 expansion=0.5
                                   ^~~
        try: add bottleneck 8 expansion=4
      """
    ),
    (
      "residual { bottleneck 6 groups=4 }",
      """
      error[E-SHAPE]: bottleneck: groups=4 leads to: res1.body.res1.body.conv2: groups=4 must divide \
      the channels, found 6 in and 6 out
        residual { bottleneck 6 groups=4 }
                                       ^
        try: residual { bottleneck 6 groups=1 }
      """
    ),
    (
      "resnet_cifar 99999999999",
      """
      error[E-LIMIT]: resnet_cifar: n=99999999999 leads to: repeat makes at most 10,000 copies, \
      found 99,999,999,999
        resnet_cifar 99999999999
                     ^~~~~~~~~~~
        try: resnet_cifar 1
      """
    ),
    (
      "rescnn 8 3 pad=0",
      """
      error[E-SHAPE]: res1: cannot add body 8×62 and shortcut 4×64 (shortcut=auto)
        rescnn 8 3 pad=0
        ^~~~~~
        note: channels: 8 from the body, 4 from the shortcut
        note: positions: the body takes 64 to 62; no whole stride does, so positions were lost (pad=0?)
        try: rescnn 8 3 pad=same  # 8×64, +48 parameters
      """
    ),
  ]

  @Test("the text of an error inside the library", arguments: texts)
  func shown(line: String, text: String) {
    #expect(refused(line).text == text)
  }

  private static let given = [
    "channels": "4", "kernel": "3", "n": "1", "growth": "2", "a": "1", "b": "1", "c": "1",
    "d": "1", "width": "4", "positions": "16", "patch": "2x3",
  ]

  /// Inputs of those that are made for one number of positions.
  private static let inputs = [
    "mixerblock": "4x16", "mlp_mixer": "4x8x12", "mixer_s16": "3x224x224", "mixer_digits": "1x8x8",
    "resmlpblock": "4x16", "resmlp": "4x8x12", "resmlp_s12": "3x224x224",
    "resmlp_digits": "1x8x8",
  ]

  private static let wrong = ["0", "-1", "99999999999", "0.5", "relu", "2x3", "no"]

  @Test("every parameter of every definition with every sort of wrong value")
  func all() {
    var count = 0
    let definitions = Library.environment.definitions.values.sorted { $0.name < $1.name }
    for definition in definitions {
      for parameter in definition.parameters {
        for value in Self.wrong {
          var words = [definition.name]
          for other in definition.parameters {
            if other.name == parameter.name {
              words.append(other.defaultValue == nil ? value : "\(other.name)=\(value)")
            } else if other.defaultValue == nil {
              words.append(Self.given[other.name] ?? "1")
            }
          }
          let line = words.joined(separator: " ")
          let isSeries = ["tcn", "bilstm"].contains { definition.name.hasPrefix($0) }
          let input =
            Self.inputs[definition.name]
            ?? (definition.name == "transformer" ? "1x32" : isSeries ? "4x32" : "4x32x32")
          let (diagnostics, text) = refused(line, before: "input \(input)")
          guard let diagnostic = diagnostics.first else { continue }
          count += 1
          if text.contains("cannot add") {
            #expect(text.contains("try: \(definition.name) "), "\(text)")
            continue
          }
          #expect(diagnostic.range?.source.text == line, "\(line)\n\(text)")
          #expect(
            diagnostic.message.hasPrefix("\(definition.name): \(parameter.name)"), "\(text)")
          #expect(diagnostic.range?.text == value, "\(text)")
          #expect(diagnostic.notes.allSatisfy { $0.range == nil }, "\(text)")
          #expect(!diagnostic.offers.isEmpty, "\(text)")
        }
      }
    }
    #expect(count > 300)
  }

  private static let own: [(before: String, line: String, text: String)] = [
    (
      "input 4x64; def twin n { conv 4 3; repeat $(n - 2) { conv 4 3 } }", "add twin 1",
      """
      error[E-ARGUMENT]: twin: n must be at least 2, found 1
        add twin 1
                 ^
      x:1:43: note: in 'twin', here
        input 4x64; def twin n { conv 4 3; repeat $(n - 2) { conv 4 3 } }
                                                  ^~~~~~~~
        try: add twin 2
      """
    ),
    (
      "input 4x64; def inner k { conv 4 $k }; def outer m { let j = $m - 1; inner $j }",
      "outer 1",
      """
      error[E-ARGUMENT]: outer: m must be at least 2, found 1
        outer 1
              ^
      x:1:34: note: in 'inner', here
        input 4x64; def inner k { conv 4 $k }; def outer m { let j = $m - 1; inner $j }
                                         ^~
        try: outer 2
      """
    ),
    (
      "input 4x64; def fixed n { conv 4 $n; relu 3 }", "fixed 3",
      """
      x:1:43: error[E-ARGUMENT]: relu takes no words without a key
        input 4x64; def fixed n { conv 4 $n; relu 3 }
                                                  ^
        note: usage: relu
      note: in 'fixed', called here
        fixed 3
        ^~~~~
        try: help relu
      """
    ),
  ]

  @Test("a definition of the user's: the argument, and its place as a note", arguments: own)
  func note(before: String, line: String, text: String) {
    #expect(refused(line, before: before).text == text)
  }
}
