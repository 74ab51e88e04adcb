import Testing

@testable import Sessions

/// How often a sweep is going to train is found out before it begins.
struct SweepCountTests {
  @Test(
    "a sweep of many runs says how many there are going to be, and one of too many does not begin")
  func counts() throws {
    let session = Session()
    session.answer("data waves length=16 count=60; add conv 4 3; add relu; add gap; add dense 4")
    let few = session.answer("sweep { for s in 1..20 { seed $s; train 1 steps } }").text
    #expect(!few.contains("trains"))
    let many = session.answer("sweep { for s in 1..21 { seed $s; train 1 steps } }").text
    #expect(many.hasPrefix("trains 21 times\n"))
    let most = session.answer(
      "sweep { for s in 1..21 { if steps(main) < 9 { train 1 steps } } }"
    ).text
    #expect(most.hasPrefix("trains at most 21 times\n"))
    let before = session.networkText
    let line =
      "sweep { for a in 1..1000 { for b in 1..1000 { for c in 1..1000 { seed $c; train 1 } } } }"
    #expect(
      session.answer(line).text == """
        x:1:1: error[E-LIMIT]: a sweep trains at most 100,000 times, this one would train 1,000,000,000 times
          \(line)
          ^~~~~
          note: its loops have 1,000 × 1,000 × 1,000 values; give some of them fewer, such as 1 10 100
          try: help sweep
        """)
    #expect(
      session.answer("sweep { for a in 1..9223372036854775807 { for b in 1..2 { train 1 } } }").text
        .contains("this one would train more often than can be counted"))
    #expect(session.networkText == before)
  }
}
