import Testing

@testable import Sessions

/// Numbers as people read them.
struct QuantityTests {
  @Test(arguments: [
    (0, "0", "0"), (7, "7", "7"), (999, "999", "999"), (1000, "1,000", "1,000"),
    (9999, "9,999", "9,999"), (42_394, "42,394", "42.4 k"), (99_949, "99,949", "99.9 k"),
    (99_950, "99,950", "100 k"), (999_499, "999,499", "999 k"), (999_500, "999,500", "1.0 M"),
    (2_516_582, "2,516,582", "2.5 M"), (11_689_512, "11,689,512", "11.7 M"),
    (-1234, "-1,234", "-1,234"), (Int.max, "9,223,372,036,854,775,807", "9.2 E"),
    (Int.min, "-9,223,372,036,854,775,808", "-9.2 E"),
  ])
  func counts(value: Int, grouped: String, short: String) {
    #expect(Quantity.grouped(value) == grouped)
    #expect(Quantity.short(value) == short)
  }

  @Test(arguments: [
    (0, "0"), (0.12249, "0.122"), (2.3026, "2.303"), (9.9996, "10.00"), (32.25, "32.25"),
    (99.999, "100.0"), (783.14, "783.1"), (1783.4, "1783"), (99_999.9, "1.0e+05"),
    (2.6e7, "2.6e+07"), (1.24e-5, "1.2e-05"), (0.0005, "0.001"), (-0.5, "-0.500"), (.nan, "NaN"),
    (.infinity, "∞"), (-.infinity, "-∞"), (9.99e99, "1.0e+100"),
  ])
  func measurements(value: Double, text: String) {
    #expect(Quantity.measured(value) == text)
  }

  @Test(arguments: [(0.963, "96.3 %"), (1, "100.0 %"), (0, "0.0 %"), (.nan, "–")])
  func shares(share: Double, text: String) {
    #expect(Quantity.percent(share) == text)
  }

  @Test(arguments: [
    (0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (760, "12:40"), (3661, "1:01:01"),
    (446_400, "5 d 04:00"), (-3, "0:00"), (.infinity, "–"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(Quantity.clock(seconds) == text)
  }

  @Test(arguments: [([], ""), ([11], "11"), ([7, 7], "7"), ([7, 9], "7×9")])
  func receptiveFields(extents: [Int], text: String) {
    #expect(Quantity.receptiveField(extents) == text)
  }
}
