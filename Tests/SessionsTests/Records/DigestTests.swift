import Testing

@testable import Sessions

struct DigestTests {
  private func digest(_ values: [Float]) -> String {
    var digest = Digest()
    digest.add(values)
    return digest.text
  }

  @Test("one bit, an order or a sign of zero makes another number")
  func differs() {
    let all = [
      digest([]), digest([0]), digest([-0.0]), digest([1, 2]), digest([2, 1]),
      digest([1, Float(2).nextUp]), digest([0, 0]), digest([.nan]),
    ]
    #expect(Set(all).count == all.count)
    #expect(all.allSatisfy { $0.count == 16 })
    #expect(digest([1, 2]) == digest([1, 2]))
  }
}
