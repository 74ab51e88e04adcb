import Networks
import Testing

/// Names from files, as they are shown.
struct BriefTextTests {
  @Test(
    "a long name is cut in its middle",
    arguments: [
      ("", ""), ("cat", "cat"),
      (String(repeating: "é", count: 60), String(repeating: "é", count: 60)),
      (
        "a" + String(repeating: "x", count: 58) + "yz",
        "a" + String(repeating: "x", count: 29) + "…" + String(repeating: "x", count: 27) + "yz"
      ),
      (
        String(repeating: "L", count: 1_000_000),
        String(repeating: "L", count: 30) + "…" + String(repeating: "L", count: 29)
      ),
    ])
  func cut(name: String, shown: String) {
    #expect(BriefText.of(name) == shown)
    #expect(BriefText.of(name).count <= BriefText.limit)
  }
}
