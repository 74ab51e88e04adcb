import Testing

@testable import Sessions

@Suite struct ProgramVersionTests {
  @Test func saysWhichLibraryIsNotHere() {
    #expect(ProgramVersion.without(nil) == "none")
    #expect(
      ProgramVersion.without("libdnnl.so.2")
        == "none: this program was built for libdnnl.so.2, which is not here")
  }
}
