import Foundation
import Interchange
import Networks
import Testing

@testable import Sessions

/// What `export` writes, answers and refuses.
@Suite struct ExportCommandTests {
  private static let network = "input 1x16; basicblock 4; add gap; add dense 2"

  @Test("code and weights lie beside each other, with an example and its outputs")
  func files() throws {
    Workplace.enter()
    let session = Session()
    session.answer(Self.network)
    #expect(
      session.answer("export sketch.py").text == """
        wrote sketch.safetensors: 17 tensors and 4 examples
        wrote sketch.py for PyTorch: 57 lines, with 1 class of blocks
          run it with: python3 sketch.py
        """)
    let weights = try SafetensorsFile(path: "sketch.safetensors")
    #expect(try weights.tensor("example.input").shape == [4, 1, 16])
    #expect(try weights.tensor("example.output").shape == [4, 2])
    #expect(try weights.tensor("0.body.0.weight").shape == [4, 1, 3])
    #expect(
      session.answer("export gluon sketch_gluon.py").text == """
        wrote sketch_gluon.params: 17 tensors and 4 examples
        wrote sketch_gluon.py for Gluon: 58 lines, with 1 class of blocks
          run it with: python3 sketch_gluon.py
        """)
    let params = try ParamsFile(path: "sketch_gluon.params")
    #expect(try params.tensor("0.body.1.gamma").shape == [4])
    #expect(
      try params.tensor("example.output").values == weights.tensor("example.output").values)
  }

  @Test("weights do not go over a network that save wrote beside the code")
  func keepsWhatWasSaved() throws {
    Workplace.enter()
    let session = Session()
    session.answer(Self.network)
    session.answer("save kept.safetensors")
    let saved = try Data(contentsOf: URL(filePath: "kept.safetensors"))
    #expect(
      session.answer("export kept.py").text.hasPrefix(
        "wrote kept.weights.safetensors: 17 tensors and 4 examples"))
    let code = try String(contentsOfFile: "kept.py", encoding: .utf8)
    #expect(code.contains("kept.weights.safetensors"))
    #expect(try Data(contentsOf: URL(filePath: "kept.safetensors")) == saved)
    #expect(
      session.answer("export kept.py weights=kept.safetensors").text.hasPrefix(
        "wrote kept.safetensors: 17 tensors"))
  }

  @Test("the framework may stand before or behind the file, and the weights elsewhere or nowhere")
  func words() throws {
    Workplace.enter()
    let session = Session()
    session.answer(Self.network)
    #expect(
      session.answer("export other.py gluon weights=no class=Small").text
        == "wrote other.py for Gluon: 45 lines, with 1 class of blocks")
    let text = try String(contentsOfFile: "other.py", encoding: .utf8)
    #expect(text.contains("class Small(nn.HybridSequential):"))
    #expect(!FileManager.default.fileExists(atPath: "other.params"))
    #expect(
      session.answer("export other.py as=pytorch weights=kept.safetensors").text == """
        wrote kept.safetensors: 17 tensors and 4 examples
        wrote other.py for PyTorch: 57 lines, with 1 class of blocks
          run it with: python3 other.py
        """)
    var options = Session.Options()
    options.checksOnly = true
    let checking = Session(options)
    checking.answer(Self.network)
    #expect(checking.answer("export unwritten.py").text == "would write unwritten.py")
    #expect(!FileManager.default.fileExists(atPath: "unwritten.py"))
  }

  private static let refusals: [(line: String, text: String)] = [
    (
      "export",
      """
      x:1:7: error[E-ARGUMENT]: export needs FILE.py or FILE.onnx
        export
              ^
        note: usage: export [pytorch|gluon|keras|jax] FILE.py|FILE.onnx [weights=FILE|no] [train=yes] [check=yes]
        try: help export
      """
    ),
    (
      "export not.onx",
      """
      x:1:8: error[E-ARGUMENT]: export writes .py and .onnx files, found not.onx
        export not.onx
               ^~~~~~~
        try: export not.py
      """
    ),
    (
      "export pytoch not.py",
      """
      x:1:8: error[E-ARGUMENT]: export writes code for pytorch, gluon, keras, jax, found pytoch; did you mean pytorch?
        export pytoch not.py
               ^~~~~~
        try: export pytorch not.py
      """
    ),
    (
      "export not.py as=tensorflow",
      """
      x:1:18: error[E-ARGUMENT]: export writes code for pytorch, gluon, keras, jax, found tensorflow
        export not.py as=tensorflow
                         ^~~~~~~~~~
        try: help export
      """
    ),
    (
      "export not.py weights=not.py",
      """
      x:1:23: error[E-ARGUMENT]: code and weights cannot both be not.py
        export not.py weights=not.py
                              ^~~~~~
        try: export not.py
      """
    ),
    (
      "export gluon not.onnx",
      """
      x:1:14: error[E-ARGUMENT]: code for Gluon is a .py file, found not.onnx
        export gluon not.onnx
                     ^~~~~~~~
        try: export gluon not.py
      """
    ),
    (
      "export not.onnx check=yes",
      """
      x:1:17: error[E-ARGUMENT]: check is about code; not.onnx has graph and weights in one
        export not.onnx check=yes
                        ^~~~~
        try: export not.onnx
      """
    ),
    (
      "export not.py class=3x",
      """
      x:1:21: error[E-ARGUMENT]: class expects a name of letters, digits and _, found 3x
        export not.py class=3x
                            ^~
        try: export net.py class=Net
      """
    ),
    (
      "export not.py weights=no check=yes",
      """
      x:1:8: error[E-ARGUMENT]: check=yes begins with the weights, so weights=no cannot be too
        export not.py weights=no check=yes
               ^~~~~~
        try: export not.py
      """
    ),
    (
      "export not.py train=yes",
      """
      x:1:1: error[E-STATE]: no data yet
        export not.py train=yes
        ^~~~~~~~~~~~~~~~~~~~~~~
        try: data digits
        try: data waves
        try: help data
      """
    ),
    (
      "data digits; net d; add dense 10; optimizer adamw; export gluon not.py train=yes",
      """
      x:1:65: error[E-FILE]: Gluon has nothing that computes what this optimizer does
        data digits; net d; add dense 10; optimizer adamw; export gluon not.py train=yes
                                                                        ^~~~~~
        note: next: optimizer adam
        try: help export
      """
    ),
    (
      "add maxpool 16; add avgpool 2 ceil=yes; export gluon not.py",
      """
      x:1:54: error[E-FILE]: Gluon has nothing that computes what avgpool1, whose window is longer than its \
      input, does
        add maxpool 16; add avgpool 2 ceil=yes; export gluon not.py
                                                             ^~~~~~
        note: next: set avgpool1 size=1
        try: help export
      """
    ),
    (
      "add conv 2 3 stride=2 dilation=2; export keras not.py",
      """
      x:1:48: error[E-FILE]: Keras has nothing that computes what conv with both stride and dilation does
        add conv 2 3 stride=2 dilation=2; export keras not.py
                                                       ^~~~~~
        note: next: set PATH dilation=1
        try: help export
      """
    ),
    (
      "add maxpool 3 pad=1 ceil=yes; export gluon not.py",
      """
      x:1:44: error[E-FILE]: Gluon has nothing that computes what maxpool with pad or a stride above its \
      size, and ceil=yes does
        add maxpool 3 pad=1 ceil=yes; export gluon not.py
                                                   ^~~~~~
        note: next: set PATH ceil=no
        try: help export
      """
    ),
  ]

  @Test("what cannot be written is refused with what can be", arguments: refusals)
  func refuses(line: String, text: String) {
    Workplace.enter()
    let session = Session()
    session.answer("input 1x16; add conv 2 3")
    #expect(session.answer(line).text.hasSuffix(text), "\(session.answer(line).text)")
  }

  @Test("an ONNX file is read back when it is written, and loads as the network that it was")
  func graphs() throws {
    Workplace.enter()
    let session = Session()
    session.answer(Self.network)
    let before = try #require(session.state.current?.network)
    #expect(
      session.answer("export sketch.onnx").text == """
        wrote sketch.onnx: 17 tensors, opset 20
        read back: the same graph, and all tensors equal to the bit
        """)
    session.answer("save sketched.safetensors")
    let other = Session()
    #expect(
      other.answer("load sketch.onnx").text
        == "loaded 17 tensors from sketch.onnx: 1×16 → 2, 98 parameters")
    let loaded = try #require(other.state.current)
    #expect(loaded.network.isSame(as: before))
    let saved = try SafetensorsFile(path: "sketched.safetensors")
    for parameter in loaded.network.parameters {
      #expect(try loaded.weights.parameters[parameter.key] == saved.tensor(parameter.path))
    }
    #expect(
      other.answer("load sketch.onnx match=order").text == """
        x:1:18: error[E-ARGUMENT]: match is about weights for a network, and sketch.onnx brings its own
          load sketch.onnx match=order
                           ^~~~~
          try: load sketch.onnx
        """)
    var options = Session.Options()
    options.checksOnly = true
    let checking = Session(options)
    checking.answer(Self.network)
    #expect(checking.answer("export other.onnx").text == "would write other.onnx")
    #expect(checking.answer("load other.onnx").text == "would read other.onnx")
  }

  @Test("a Python that is not there or lacks the framework is told of, and the files stay")
  func comparison() throws {
    Workplace.enter()
    try "".write(toFile: "net.py", atomically: true, encoding: .utf8)
    let comparison = CodeComparison(.pytorch, gradients: [])
    #expect {
      _ = try comparison.run("net.py", with: "no-such-python")
    } throws: {
      ($0 as? FileError)?.description == """
        net.py: was written, but there is no no-such-python to run it
          next: name one before you start: ESPALIER_PYTHON=/usr/bin/python3 espalier
        """
    }
    #expect {
      _ = try comparison.run("net.py", with: "true")
    } throws: {
      ($0 as? FileError)?.description == """
        net.py: was written, but true ended with status 0: it wrote nothing
          next: run it by hand to see all of it
        """
    }
    try "#!/bin/sh\necho \"ModuleNotFoundError: No module named 'torch'\"\nexit 1\n".write(
      toFile: "bare-python", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "bare-python")
    #expect {
      _ = try comparison.run("net.py", with: "./bare-python")
    } throws: {
      ($0 as? FileError)?.description == """
        net.py: was written, but this ./bare-python has no 'torch'
          next: name one that has, before you start: ESPALIER_PYTHON=PATH espalier
        """
    }
    try "#!/bin/sh\necho espalier outputs 1e-07 2.5\n".write(
      toFile: "good-python", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "good-python")
    #expect(
      try comparison.run("net.py", with: "./good-python") == [
        "outputs differ by at most 1e-07, the largest is 2.5",
        "gradients were not compared: dropout is drawn at random, or nothing learns",
      ])
  }

  @Test("Ctrl-C ends a Python that does not end, and what it has started")
  func interruption() throws {
    Workplace.enter()
    try "#!/bin/sh\nsleep 60\n".write(toFile: "endless-python", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "endless-python")
    var looks = 0
    #expect {
      try Interruption.with {
        looks += 1
        return looks > 2
      } _: {
        _ = try CodeComparison(.pytorch, gradients: []).run("sketch.py", with: "./endless-python")
      }
    } throws: {
      ($0 as? FileError)?.isInterruption == true
    }
  }
}
