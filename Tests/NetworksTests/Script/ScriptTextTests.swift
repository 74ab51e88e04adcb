import Networks
import Testing

/// The text that rebuilds a network, letter by letter.
struct ScriptTextTests {
  @Test("input, an add for each block, braces indented; defaults and automatic names left out")
  func network() throws {
    let text = """
      input 1x64
      add conv 10 3 stride=2
      add bn
      add relu name=stem
      add residual shortcut=A act=relu {
        conv 10 4 pad=2:1 act=leaky
        seq name=inner {
          repeat 2 {
            bn momentum=0.99
            leaky
          }
        }
      }
      add parallel join=add {
        identity
      } {
        conv 10 1
        conv 10 1 name=last
      }
      add residual {
        bn
      } {
      }
      add maxpool 3 stride=2 pad=1
      add dropout 0.25
      add gap
      add dense 2
      """
    let net = try ScriptReader.network(text.split(separator: "\n").map(String.init))
    #expect(net.script == text)
  }

  @Test("an empty network is its input alone")
  func empty() throws {
    #expect(NetworkScript.lines(of: try Network(input: Shape([3, 8, 8]))) == ["input 3x8x8"])
  }

  @Test(
    "layers: what differs from the defaults",
    arguments: [
      "conv 10 3", "conv 10 3x5",
      "conv 10 3x3 stride=2x1 pad=1x2:0 dilation=2 groups=2 bias=no act=relu",
      "conv1d 10 3", "conv2d 10 3", "dense 10", "dense 10 bias=no act=softmax", "bn",
      "bn momentum=0.99 eps=0.001 scale=no center=no", "bn eps=0", "bn statistics=running",
      "bn sync=yes", "relu",
      "leaky", "leaky 0.2",
      "elu", "elu 0.5", "sigmoid", "tanh", "selu", "gelu", "silu", "mish", "softplus", "softsign",
      "softmax", "maxpool", "maxpool 3", "maxpool stride=1", "avgpool 2x3 pad=1 ceil=yes", "gap",
      "gmp", "last", "conv 8 3 pad=causal", "maxpool 3 pad=same", "flatten", "dropout",
      "dropout 0.1", "subsample 8", "subsample 8 stride=2",
      "identity",
    ])
  func layers(text: String) throws {
    #expect(NetworkScript.line(of: try block(text)) == text)
    #expect(NetworkScript.lines(of: try block(text)) == [text])
  }

  @Test(
    "other spellings are printed in the house's own",
    arguments: [
      ("ramp", "relu"), ("act swish", "silu"), ("activation leakyrelu", "leaky"),
      ("act none", "identity"), ("batchnorm momentum=0.9 eps=1e-5", "bn"),
      ("linear 3 act=None", "dense 3"), ("conv channels=4 kernel=3", "conv 4 3"),
      ("conv 4 3 stride=1 pad=same dilation=1 groups=1 bias=true act=none", "conv 4 3"),
      ("leaky 0.01", "leaky"), ("elu 1.0", "elu"), ("dropout 5e-1", "dropout"),
      ("maxpool 2 stride=2", "maxpool stride=2"),
      (
        "residual shortcut=auto scale=1 { relu }",
        "residual { relu }"
      ), ("bn eps=1e-10", "bn eps=1e-10"), ("bn eps=0.00001", "bn"),
    ])
  func spellings(typed: String, printed: String) throws {
    #expect(NetworkScript.line(of: try block(typed)) == printed)
  }

  @Test(
    "containers on a single line",
    arguments: [
      "seq { }", "seq { relu }", "residual act=relu { conv 10 3; bn }", "residual { bn } { }",
      "parallel { relu } { conv 4 3; bn }", "repeat 3 { residual { relu } }",
    ])
  func single(text: String) throws {
    #expect(NetworkScript.line(of: try block(text)) == text)
  }

  @Test("one block as it stands inside braces: its name where it is not the first of its kind")
  func lines() throws {
    let net = try ScriptReader.network([
      "input 4x16", "add residual {", "conv 4 3", "}", "add residual { seq name=a { conv 4 3 } }",
    ])
    #expect(
      NetworkScript.lines(of: try net.at("res2").block)
        == ["residual name=res2 {", "  seq name=a {", "    conv 4 3", "  }", "}"])
    #expect(NetworkScript.lines(of: try net.at("res1").block) == ["residual {", "  conv 4 3", "}"])
  }

  @Test("words, with a name where it is not the automatic one")
  func words() throws {
    let conv = try block("conv 10 3 stride=2 name=stem")
    #expect(NetworkScript.words(of: conv, unlessNamed: "conv1") == "conv 10 3 stride=2 name=stem")
    #expect(NetworkScript.words(of: conv, unlessNamed: "stem") == "conv 10 3 stride=2")
  }
}
