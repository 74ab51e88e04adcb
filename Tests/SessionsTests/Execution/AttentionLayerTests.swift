import Testing

@testable import Sessions

/// What is said of attention, embeddings, and what tells positions apart.
@Suite struct AttentionLayerTests {
  @Test(
    "what they refuse, and what would do",
    arguments: [
      (
        "input 6x5; add attention 4 causal=yes",
        """
        x:1:5: error[E-SHAPE]: attention1: attention expects heads that divide the channels, found 4 heads for 6 \
        channels
          add attention 4 causal=yes
              ^~~~~~~~~
          try: add attention 3 causal=yes
        """
      ),
      (
        "input 6; add attention 2",
        """
        x:1:5: error[E-SHAPE]: attention1: attention expects channels × length or channels × height × width, found 6
          add attention 2
              ^~~~~~~~~
          try: help attention
        """
      ),
      (
        "input 3x5; add embedding 7 4",
        """
        x:1:5: error[E-SHAPE]: embedding1: embedding expects one channel of whole numbers, found 3×5
          add embedding 7 4
              ^~~~~~~~~
          try: help embedding
        """
      ),
      (
        "input 6x5; add attention",
        """
        x:1:5: error[E-ARGUMENT]: attention needs HEADS
          add attention
              ^~~~~~~~~
          note: usage: attention HEADS causal=no dropout=0 bias=yes
          try: help attention
        """
      ),
      (
        "input 6x5; add positions sin",
        """
        x:1:15: error[E-ARGUMENT]: source expects learned, sinusoidal, found sin; did you mean sinusoidal?
          add positions sin
                        ^~~
          try: add positions sinusoidal
        """
      ),
      (
        "input 2x8; add conv 4 3; add attention 2; add conv 3 1; widen conv1 6",
        """
        x:1:7: error[E-EDIT]: attention1: what attention makes of a channel depends on the other channels
          widen conv1 6
                ^~~~~
          try: show conv1
        """
      ),
      (
        "input 4x8; add attention 1; export gluon a.py",
        """
        x:1:14: error[E-FILE]: Gluon has nothing that computes what attention does
          export gluon a.py
                       ^~~~
          note: next: export pytorch net.py
          try: help export
        """
      ),
      (
        "input 4x8; add positions sinusoidal; export gluon a.py",
        """
        x:1:14: error[E-FILE]: Gluon has nothing that computes what positions sinusoidal does
          export gluon a.py
                       ^~~~
          note: next: set PATH source=learned
          try: help export
        """
      ),
    ])
  func refusals(commands: String, text: String) {
    let session = Session()
    let parts = commands.split(separator: "; ").map(String.init)
    for part in parts.dropLast() { session.answer(part) }
    #expect(session.answer(parts[parts.count - 1]).text == text)
  }

  @Test("what each does, with its numbers")
  func explained() {
    let session = Session()
    session.answer(
      "input 12x6x5; add attention 3 dropout=0.25; add attention 4 causal=yes bias=no; add positions"
    )
    session.answer("add positions sinusoidal; add cls; add first")
    #expect(
      session.answer("explain *").text == """
        attention1  attention 3 dropout=0.25
          12×6×5 → 12×6×5
          3 heads of 4 channels: softmax(Q·Kᵀ/√4)·V over 6·5 positions
          Q, K and V are in_proj_weight times x; out_proj.weight takes the heads together
          training zeroes 25.0 % of the softmax
          learned        36·12 weights + 36 biases + 12·12 weights + 12 biases = 624
          multiply-adds  4·12²·30 + 2·30²·12 = 38,880
          explain attention
        attention2  attention 4 causal=yes bias=no
          12×6×5 → 12×6×5
          4 heads of 3 channels: softmax(Q·Kᵀ/√3)·V over 6·5 positions
          Q, K and V are in_proj_weight times x; out_proj.weight takes the heads together
          causal: a position sees itself and those before it
          learned        36·12 weights + 12·12 weights = 576
          multiply-adds  4·12²·30 + 2·30²·12 = 38,880
          explain attention
        positions1  positions
          12×6×5 → 12×6×5
          adds a number to each value, the same for all examples, which is learned
          learned  12·6·5 weights = 360
          explain positions
        positions2  positions sinusoidal
          12×6×5 → 12×6×5
          adds sin(p/10000^(2i/12)) to channel 2i of position p, the cosine to 2i + 1
          nothing is learned
          explain positions
        cls1  cls
          12×6×5 → 12×31
          a position that is learned, before the 6·5 of the input
          attention gathers there what first takes out
          length   6·5 + 1 = 31
          learned  12 weights = 12
          explain cls
        first1  first
          12×31 → 12
          the first of 31 positions; 12 channels are left
          explain first
        """)
    let words = Session()
    words.answer("input 1x7; add embedding 27 8")
    #expect(
      words.answer("explain embedding1").text == """
        embedding1  embedding 27 8
          1×7 → 8×7
          each whole number from 0 to 26 has a row of 8 numbers, which is learned
          learned  27·8 weights = 216
          explain embedding
        """)
  }

  @Test("what states do, with their numbers")
  func recurrent() {
    let session = Session()
    session.answer("input 3x12; add lstm 8; add gru 5 directions=2 return=last bias=no")
    #expect(
      session.answer("explain *").text == """
        lstm1  lstm 8
          3×12 → 8×12
          a state of 8 values goes through 12 steps, from the first position to the last
          c = f·c + i·g, h = o·tanh(c), with gates i, f, g, o of the input and of h before
          the output is h at every position
          learned        32·3 weights + 32·8 weights + 32 biases + 32 biases = 416
          multiply-adds  4·8·(3 + 8)·12 = 4,224
          explain lstm
        gru1  gru 5 directions=2 return=last bias=no
          8×12 → 10
          a state of 5 values goes through 12 steps, a second one from the end to the start
          h = (1 − z)·n + z·h, n = tanh(Wx + r·Uh), with gates r and z of the input and of h before
          the output is h behind the last step
          learned        2·(15·8 weights + 15·5 weights) = 390
          multiply-adds  2·3·5·(8 + 5)·12 = 4,680
          explain gru
        """)
    #expect(
      session.answer("export gluon a.py").text == """
        x:1:14: error[E-FILE]: Gluon has nothing that computes what lstm does
          export gluon a.py
                       ^~~~
          note: next: export pytorch net.py
          try: help export
        """)
  }

  @Test("surgery keeps the weights of attention, on whole numbers where an embedding reads them")
  func surgery() throws {
    let session = Session()
    session.answer("input 1x7; add embedding 9 8; add attention 2; add last; add dense 3")
    session.answer("init pytorch")
    #expect(session.answer("deepen dense1").text.contains("max|Δoutput| 0 on 16 examples"))
    let before = try #require(session.state.current?.weights.parameters)
    session.answer("insert attention 4 after attention1")
    let after = try #require(session.state.current?.weights.parameters)
    #expect(before.keys.count > 5)
    for key in before.keys { #expect(after[key] == before[key]) }
  }

  @Test("causal attention is proved position by position")
  func receptive() throws {
    let session = Session()
    session.answer("input 4x9; add attention 2 causal=yes")
    let text = session.answer("receptive").text
    #expect(text.contains("attention1      9     5        5       1  1 + 8·1 = 9"))
  }
}
