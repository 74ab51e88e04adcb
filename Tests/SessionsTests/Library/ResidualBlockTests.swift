import Testing

@testable import Sessions

/// One residual block of three convolutions in all its spellings.
struct ResidualBlockTests {
  static let spellings = [
    "input 1x64; add rescnn 10 3 2 chain_length=3",
    "input 1x64\nRES_CNN1D(10, 3, 2, chain_length=3)",
    """
    input 1x64
    add conv 10 3 stride=2; add bn; add relu
    repeat 2 { conv 10 3; bn; relu }
    wrap residual act=relu
    """,
    """
    def CHUNK channels kernel stride=1 pad=same { conv $channels $kernel stride=$stride pad=$pad; bn; relu }
    def CHAIN channels kernel initial_stride chain_length=1 stride=1 {
        residual act=relu {
            CHUNK $channels $kernel stride=$initial_stride
            repeat $(chain_length - 1) { CHUNK $channels $kernel stride=$stride }
        }
    }
    input 1x64
    add CHAIN 10 3 2 chain_length=3
    """,
  ]

  @Test("shape, parameters and receptive field", arguments: spellings)
  func figures(of spelling: String) {
    let session = Session()
    #expect(session.answer(spelling).outcome == .done)
    let answer = session.answer(
      "expect params(net) == 750 and out(net) == 10x32 and field(net) == 11 and running(net) == 80")
    #expect(answer.outcome == .done, "\(answer.text)")
  }

  @Test("without padding the sum is refused, with both shapes and a way out; nothing changes")
  func refusal() {
    let session = Session()
    session.answer("input 1x64")
    let before = session.state
    let answer = session.answer("add rescnn 10 3 2 chain_length=3 pad=0", from: .prompt)
    #expect(
      answer.text == """
        error[E-SHAPE]: res1: cannot add body 10×27 and shortcut 1×64 (shortcut=auto)
          add rescnn 10 3 2 chain_length=3 pad=0
              ^~~~~~
          note: channels: 10 from the body, 1 from the shortcut
          note: positions: the body takes 64 to 27; no whole stride does, so positions were lost (pad=0?)
          try: add rescnn 10 3 2 chain_length=3 pad=same  # 10×32, +30 parameters
        """)
    #expect(answer.outcome == .failed)
    #expect(session.state.revision == before.revision)
    #expect(session.answer("add rescnn 10 3 2 chain_length=3 pad=same").outcome == .done)
  }

  @Test("project is another word for the shortcut B")
  func project() throws {
    let session = Session()
    session.answer("input 1x64; add residual shortcut=project { conv 4 3 }; fork other")
    session.answer("set res1 shortcut=B")
    let networks = session.state.networks
    let (main, other) = (try #require(networks["main"]), try #require(networks["other"]))
    #expect(main.network.isSame(as: other.network))
    #expect(session.networkText.contains("residual shortcut=B"))
  }
}
