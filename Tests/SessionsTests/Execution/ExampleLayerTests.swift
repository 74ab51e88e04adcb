import Testing

@testable import Sessions

/// What is said of layers that normalize each example, scale channels, halve them, or draw at random.
@Suite struct ExampleLayerTests {
  @Test(
    "what they refuse, and what would do",
    arguments: [
      (
        "input 5x8; add glu",
        """
        x:1:5: error[E-SHAPE]: glu1: glu multiplies one half of the channels with the other: expected an even \
        number of channels, found 5
          add glu
              ^~~
          try: add conv 10 1; add glu
        """
      ),
      (
        "input 5; add glu",
        """
        x:1:5: error[E-SHAPE]: glu1: glu multiplies one half of the channels with the other: expected an even \
        number of channels, found 5
          add glu
              ^~~
          try: add dense 10; add glu
        """
      ),
      (
        "input 8x4; add gn 3 eps=0.001",
        """
        x:1:5: error[E-SHAPE]: gn1: gn expects groups that divide the channels, found 3 groups of 8 channels
          add gn 3 eps=0.001
              ^~
          try: add gn 2 eps=0.001
        """
      ),
      (
        "input 6; add instnorm",
        """
        x:1:5: error[E-SHAPE]: instnorm1: instnorm expects channels × length or channels × height × width, found 6
          add instnorm
              ^~~~~~~~
          try: help instnorm
        """
      ),
      (
        "input 4x8; add droppath",
        """
        x:1:5: error[E-ARGUMENT]: droppath needs RATE
          add droppath
              ^~~~~~~~
          note: usage: droppath RATE
          try: help droppath
        """
      ),
      (
        "input 4x8; add droppath 1",
        """
        x:1:14: error[E-ARGUMENT]: rate expects a number from 0 to below 1, found 1
          add droppath 1
                       ^
          try: help droppath
        """
      ),
      (
        "input 4x8; add conv 8 3; add ln; add conv 4 3; widen conv1 16",
        """
        x:1:7: error[E-EDIT]: ln1: what ln makes of a channel depends on the other channels
          widen conv1 16
                ^~~~~
          try: show conv1
        """
      ),
      (
        "input 4x8; add layernrm",
        """
        x:1:5: error[E-NAME]: no layer or block is called layernrm; did you mean layernorm?
          add layernrm
              ^~~~~~~~
          try: add layernorm
        """
      ),
    ])
  func refusals(commands: String, text: String) {
    let session = Session()
    let parts = commands.split(separator: "; ").map(String.init)
    for part in parts.dropLast() { session.answer(part) }
    #expect(session.answer(parts[parts.count - 1]).text == text)
  }

  @Test(
    "what other frameworks do not have",
    arguments: [
      (
        "input 3x8; add ln over=all", "gluon", 14,
        "Gluon has nothing that computes what ln over=all of an input with positions does",
        "over=channels"
      ),
      (
        "input 3x8; add ln over=all", "jax", 12,
        "JAX has nothing that computes what ln over=all of an input with positions does",
        "over=channels"
      ),
      (
        "input 3x8; add lrn 4", "gluon", 14,
        "Gluon has nothing that computes what lrn over an even number of channels does", "size=5"
      ),
    ])
  func elsewhere(
    commands: String, framework: String, column: Int, problem: String, instead: String
  ) {
    let session = Session()
    session.answer(commands)
    #expect(
      session.answer("export \(framework) a.py").text == """
        x:1:\(column): error[E-FILE]: \(problem)
          export \(framework) a.py
          \(String(repeating: " ", count: column - 1))^~~~
          note: next: set PATH \(instead)
          try: help export
        """)
  }

  @Test("what each does, with its numbers")
  func explained() {
    let session = Session()
    session.answer(
      "input 8x6x5; add ln; add ln over=all; add rmsnorm; add gn 4; add instnorm; add lrn 5; add glu"
    )
    session.answer("add layerscale; add droppath 0.2; add spatialdropout 0.2; add noise; add relu6")
    #expect(
      session.answer("explain *").text == """
        ln1  ln
          8×6×5 → 8×6×5
          a mean and a variance over 8 channels, at each of 6·5 positions
          by each example alone: evaluate does the same as training
          learned  8 gamma + 8 beta = 16
          explain ln
        ln2  ln over=all
          8×6×5 → 8×6×5
          a mean and a variance over all 8·6·5 values of an example
          by each example alone: evaluate does the same as training
          learned  8·6·5 gamma + 8·6·5 beta = 480
          explain ln
        rmsnorm1  rmsnorm
          8×6×5 → 8×6×5
          the root mean square of 8 channels, at each of 6·5 positions; means stay
          by each example alone: evaluate does the same as training
          learned  8 gamma = 8
          explain rmsnorm
        gn1  gn 4
          8×6×5 → 8×6×5
          a mean and a variance over 2 channels and 6·5 positions, for each of 4 groups
          by each example alone: evaluate does the same as training
          learned  8 gamma + 8 beta = 16
          explain gn
        instnorm1  instnorm
          8×6×5 → 8×6×5
          a mean and a variance over 6·5 positions, for each of 8 channels
          by each example alone: evaluate does the same as training
          explain instnorm
        lrn1  lrn 5
          8×6×5 → 8×6×5
          each value over what the squares of 5 channels around it come to
          explain lrn
        glu1  glu
          8×6×5 → 4×6×5
          y = a · sigmoid(b): channels 1 to 4 are a, the others b
          channels  8/2 = 4
          explain glu
        layerscale1  layerscale
          4×6×5 → 4×6×5
          each of 4 channels times a number that is learned
          learned  4 factors = 4
          explain layerscale
        droppath1  droppath 0.2
          4×6×5 → 4×6×5
          training zeroes 20.0 % of the examples whole: the shortcut alone is left of a residual block
          what is kept goes times 1/(1 − 0.2) = 1.25, so the mean stays
          evaluate leaves all values as they are
          explain droppath
        spatialdropout1  spatialdropout 0.2
          4×6×5 → 4×6×5
          training zeroes 20.0 % of the channels of each example, with all their positions, at random
          what is kept goes times 1/(1 − 0.2) = 1.25, so the mean stays
          evaluate leaves all values as they are
          explain spatialdropout
        noise1  noise
          4×6×5 → 4×6×5
          training adds normal noise of deviation 0.1
          evaluate leaves all values as they are
          explain noise
        relu1  relu6
          4×6×5 → 4×6×5
          min(max(x, 0), 6), value by value; the shape stays
          explain relu6
        """)
  }
}
