import Testing

@testable import Sessions

/// The list of the networks that come with the program.
@Suite struct LibraryCommandTests {
  @Test("every network is listed with the parameters it has on its input")
  func lists() throws {
    let session = Session()
    let lines = session.answer("library").text.split(separator: "\n").map(String.init)
    #expect(lines.count == LibraryNetwork.all.count + 2)
    #expect(
      lines[0] == "network              parameters  mul-adds      input  year  paper")
    #expect(lines.contains("resnet20                269,722    40.6 M    3×32×32  2015  He et al."))
    #expect(
      lines.contains("resnext50_32x4d      25,028,904    4.23 G  3×224×224  2017  Xie et al."))
    #expect(lines.last == "library show NAME prints a definition, add NAME adds it")
    #expect(session.state.networks.isEmpty, "nothing was built in the session")
    for known in LibraryNetwork.all {
      #expect(Library.environment.definitions[known.name] != nil, "\(known.name)")
    }
  }

  @Test("definitions that stand alone are listed, blocks and forms with parameters are not")
  func whole() {
    let listed = Set(LibraryNetwork.all.map(\.name))
    let parts = Library.environment.definitions.values.filter { definition in
      !listed.contains(definition.name)
        && !definition.parameters.contains { $0.defaultValue == nil }
    }
    #expect(parts.map(\.name).sorted() == ["inception", "inceptionstart", "unet_small"])
  }

  @Test("a definition is printed with and without show")
  func shows() {
    let session = Session()
    let text = session.answer("library show wrn_16_4").text
    #expect(
      text == """
        wrn_16_4 classes=10
        16 layers, 4 times as wide.
          def wrn_16_4 classes=10 { wrn 2 4 $classes }
        """)
    #expect(session.answer("library wrn_16_4").text == text)
  }

  @Test("refusals")
  func refusals() {
    let wrong = Complaint(Session().answer("library show resnet2").text)
    #expect(wrong.message == "nothing in the library is called resnet2; did you mean resnet20?")
    #expect(wrong.offers == ["library show resnet20"])
    let many = Complaint(Session().answer("library resnet20 resnet32").text)
    #expect(many.message == "library takes one name, found resnet32")
  }

  @Test("for programs")
  func data() throws {
    let data = try #require(Session().data("library"))
    guard case .array(let rows)? = data.members.first?.value else {
      Issue.record("no rows")
      return
    }
    #expect(rows.count == LibraryNetwork.all.count)
    #expect(
      rows.contains([
        "name": "resnet20", "parameters": .integer(269_722), "multiply_adds": .integer(40_551_040),
        "input": "3x32x32", "year": .integer(2015), "paper": "He et al.",
      ]))
  }
}
