import Testing

@testable import Sessions

/// What is offered where nothing else works.
struct HelpOfferTests {
  @Test(
    "help is on the command that was refused, whatever braces it stands in",
    arguments: [
      "fold conv1", "try { fold conv1 }", "try { add relu; fold conv1 }",
      "for i in 1..2 { try { add relu; fold conv1 } }",
    ])
  func innermost(text: String) {
    let session = Session()
    session.answer("input 1x8x8\nadd residual { conv 8 3; bn }")
    #expect(session.answer(text).text.hasSuffix("\n  try: help fold"))
  }
}
