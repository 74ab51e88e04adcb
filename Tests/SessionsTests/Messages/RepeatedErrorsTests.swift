import Language
import Testing

@testable import Sessions

/// Errors that `try` passes over by the thousand.
struct RepeatedErrorsTests {
  @Test func aLoopSaysHowManyMoreThereWere() {
    let session = Session()
    let answer = session.answer("input 2x8; try { for i in 1..1000 { conv2d 2 } }")
    let lines = answer.text.split(separator: "\n")
    #expect(
      lines.count { $0.contains("error[E-ARGUMENT]: conv2d needs KERNEL") } <= RepeatedErrors.most)
    #expect(answer.text.contains("and 980 more errors like: "))
    #expect(answer.outcome == .done)
    #expect(!session.answer("try { conv2d 2 }").text.contains("more error"))
  }

  @Test func kindsAreToldApartByTheirWordsNotTheirNumbers() {
    var errors = RepeatedErrors()
    for index in 0..<50 {
      let isShown = errors.shows(Diagnostic(.limit, "found \(index)", at: nil))
      #expect(isShown == (index < RepeatedErrors.most))
    }
    let isOtherShown = errors.shows(Diagnostic(.limit, "other", at: nil))
    #expect(isOtherShown)
    #expect(errors.rest.map(\.text) == ["and 30 more errors like: found 0"])
    for index in 0..<40 {
      let name = String(repeating: "x", count: index + 1)
      let isShown = errors.shows(Diagnostic(.name, name, at: nil))
      #expect(isShown == (index < RepeatedErrors.most - 2))
    }
    #expect(
      errors.rest.map(\.text) == [
        "and 30 more errors like: found 0", "and 22 more errors of other kinds",
      ])
  }
}
