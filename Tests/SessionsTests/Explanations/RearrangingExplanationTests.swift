import Testing

@testable import Sessions

/// What is said of transposed convolutions and of layers that give single values other places.
@Suite struct RearrangingExplanationTests {
  @Test("a transposed convolution does its sums")
  func transposed() {
    let session = Session()
    session.answer(
      "input 8x16x16; add deconv 4 4 stride=2; add deconv 6 3x5 stride=1x2 outpad=0x1 groups=2 act=relu"
    )
    #expect(
      session.answer("explain deconv1").text == """
        deconv1  deconv 4 4 stride=2
          8×16×16 → 4×32×32
          each position is spread over a window of 4; windows lie 2 apart
          each output is the sum of the windows that it lies in
          height and width  (16 − 1)·2 + 4 − 1 − 1 = 32
          learned           8·4·4·4 weights + 4 biases = 516
          multiply-adds     8·16·16 · 4·4·4 = 131,072
          explain deconv
        """)
    #expect(
      session.answer("explain deconv2").text == """
        deconv2  deconv 6 3x5 stride=1x2 outpad=0x1 groups=2 act=relu
          4×32×32 → 6×32×65
          each position is spread over a window of 3×5; windows lie 1×2 apart
          each output is the sum of the windows that it lies in
          then relu, by act=relu
          height         (32 − 1)·1 + 3 − 1 − 1 = 32
          width          (32 − 1)·2 + 5 − 2 = 65
          learned        4·3·3·5 weights + 6 biases = 186
          multiply-adds  4·32·32 · 3·3·5 = 184,320
          explain deconv
        """)
  }

  @Test("layers that move values say where to")
  func moves() {
    let session = Session()
    session.answer(
      """
      input 12x4x6; add pixelshuffle 2; add slice 1:-1x:9 over=positions; add slice 0:2
      add channelshuffle 2; add permute 3 1 2; add reshape 3x_
      """)
    let texts = ["pixelshuffle1", "slice1", "slice2", "channelshuffle1", "permute1", "reshape1"]
      .map { session.answer("explain \($0)").text }
    #expect(
      texts == [
        """
        pixelshuffle1  pixelshuffle 2
          12×4×6 → 3×8×12
          every 4 channels become as many positions of one channel
          channels  12/(2·2) = 3
          height    2·4 = 8
          width     2·6 = 12
          explain pixelshuffle
        """,
        """
        slice1  slice 1:-1x:9 over=positions
          3×8×12 → 3×6×9
          some of the positions, as they are
          height  7 − 1 = 6
          width   9 − 0 = 9
          explain slice
        """,
        """
        slice2  slice 0:2
          3×6×9 → 2×6×9
          some of the channels, as they are
          channels  2 − 0 = 2
          explain slice
        """,
        """
        channelshuffle1  channelshuffle 2
          2×6×9 → 2×6×9
          the channels of 2 groups in turn: the first of each, the second of each, ...
          explain channelshuffle
        """,
        """
        permute1  permute 3 1 2
          2×6×9 → 9×2×6
          the same values, 2×6×9 with the dimensions in another order
          explain permute
        """,
        """
        reshape1  reshape 3x_
          9×2×6 → 3×36
          the same values in the same order, channels outermost
          explain reshape
        """,
      ])
  }

  @Test("what others call them is understood")
  func broughtWords() {
    let session = Session()
    session.answer("input 8x4x4")
    let pairs = [
      ("convtranspose2d 3 3", "deconv"), ("pixel_shuffle 2", "pixelshuffle"),
      ("channel_shuffle 2", "channelshuffle"), ("transpose", "permute"), ("view 4x_", "reshape"),
      ("narrow 0:2", "slice"), ("unflatten 4x_", "reshape"), ("depth_to_space 2", "pixelshuffle"),
    ]
    for (typed, kind) in pairs {
      let answer = session.answer("add \(typed)").text
      #expect(answer.contains("did you mean \(kind)?"), "\(typed): \(answer)")
    }
  }

  @Test("channels that are too few for a shuffle are made by a convolution before it")
  func widerChannels() {
    let session = Session()
    session.answer("input 3x8x8")
    #expect(
      session.answer("add pixelshuffle 2").text == """
        x:1:5: error[E-SHAPE]: pixelshuffle1: pixelshuffle expects a number of channels that 4 divides, found 3
          add pixelshuffle 2
              ^~~~~~~~~~~~
          try: add conv 12 1; add pixelshuffle 2
        """)
    #expect(session.answer("add conv 12 1; add pixelshuffle 2").outcome == .done)
    let features = Session()
    features.answer("input 10")
    #expect(features.answer("add deconv 4 3").text.contains("try: add dense 4"))
  }
}
