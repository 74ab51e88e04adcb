import Testing

@testable import Terminal

/// Where the parts of the screen are, over every size.
struct ArrangementTests {
  @Test func atEverySizePartsAreInsideAndDoNotCover() {
    var faults: [String] = []
    for width in Array(0...104) + [120, 139, 200, 210] {
      for height in Array(0...30) + [45, 66] {
        for focus in [nil, Pane.tree, .chart, .transcript] {
          let size = Size(width, height)
          let found = Arrangement(size, promptRows: 1 + width % 4, focus: focus)
          for fault in self.faults(found, size, focus) {
            faults.append("\(width)×\(height) focus \(String(describing: focus)): \(fault)")
          }
        }
      }
    }
    #expect(faults == [])
  }

  private func faults(_ found: Arrangement, _ size: Size, _ focus: Pane?) -> [String] {
    var faults: [String] = []
    func require(_ holds: Bool, _ text: String) { if !holds { faults.append(text) } }
    let screen = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    let lines = [found.title, found.status, found.prompt, found.hint]
      .compactMap { $0 }.filter { !$0.isEmpty }
    for (index, line) in lines.enumerated() {
      require(line.intersection(screen) == line, "a line outside")
      let others = lines[(index + 1)...]
      require(others.allSatisfy { line.intersection($0).isEmpty }, "lines cover each other")
    }
    require(size.height == 0 || found.prompt.height >= 1, "no prompt")
    for (index, place) in found.places.enumerated() {
      let inner = place.inner
      require(inner.isEmpty || inner.intersection(screen) == inner, "a pane outside")
      require(lines.allSatisfy { inner.intersection($0).isEmpty }, "a line over a pane")
      let others = found.places[(index + 1)...]
      require(others.allSatisfy { inner.intersection($0.outer).isEmpty }, "panes overlap")
    }
    let least = Arrangement.leastSize
    guard size.width >= least.width, size.height >= least.height else { return faults }
    require(found.place(of: .transcript)?.inner.isEmpty == false, "no answers")
    require(found.status != nil, "no status")
    if let focus { require(found.place(of: focus)?.inner.isEmpty == false, "focus not shown") }
    if focus != .chart { require(found.place(of: .tree)?.inner.isEmpty == false, "no tree") }
    if size.width >= 64, size.height >= 21 { require(found.places.count == 3, "a pane missing") }
    return faults
  }

  @Test("wishes leave every part inside and give the tree and the answers what they ask for")
  func wishes() {
    for width in Array(64...104) + [120, 200] {
      for height in [10, 17, 24, 40] {
        for opening in [PaneWishes.Opening.pane, .wide, .column, .body] {
          for (tree, answer) in [(0, 0), (48, 90), (500, 500), (20, 40)] {
            var wishes = PaneWishes()
            wishes.isInLesson = answer != 40
            (wishes.tree, wishes.answer, wishes.opening) = (tree, answer, opening)
            wishes.hasCurves = tree != 20
            let size = Size(width, height)
            let found = Arrangement(size, wishes: wishes)
            let panes = found.places.map(\.pane)
            let inside = found.places.allSatisfy {
              $0.outer.intersection(Rectangle(x: 0, y: 0, width: width, height: height)) == $0.outer
                && !$0.inner.isEmpty
            }
            #expect(inside, "\(size) \(wishes)")
            #expect(panes.contains(.transcript))
            #expect(opening == .body ? panes == [.transcript] : panes.contains(.tree))
          }
        }
      }
    }
    var wishes = PaneWishes()
    (wishes.tree, wishes.answer, wishes.opening) = (30, 40, .wide)
    let grown = Arrangement(Size(80, 24), wishes: wishes)
    #expect(grown.place(of: .transcript)?.inner.width == 42)
    wishes.tree = 50
    #expect(Arrangement(Size(80, 24), wishes: wishes).place(of: .tree)?.inner.width == 51)
  }

  @Test("in a lesson the answers lie below the other panes, as wide as both")
  func lesson() throws {
    var wishes = PaneWishes()
    (wishes.isInLesson, wishes.tree) = (true, 48)
    for (size, tree, answers) in [
      (Size(80, 24), Rectangle(x: 1, y: 2, width: 49, height: 6), 11),
      (Size(120, 40), Rectangle(x: 1, y: 2, width: 76, height: 20), 13),
    ] {
      let found = Arrangement(size, wishes: wishes)
      #expect(found.place(of: .tree)?.inner == tree)
      let below = try #require(found.place(of: .transcript)).inner
      #expect(below == Rectangle(x: 1, y: tree.bottom + 1, width: size.width - 2, height: answers))
      let chart = try #require(found.place(of: .chart)).inner
      #expect(chart.x == tree.right + 1 && chart.right == size.width - 1)
    }
    #expect(Arrangement(Size(63, 24), wishes: wishes) == Arrangement(Size(63, 24)))
    wishes.opening = .body
    #expect(Arrangement(Size(80, 24), wishes: wishes).places.map(\.pane) == [.transcript])
  }

  @Test func aZoomedPaneIsAlone() {
    let found = Arrangement(Size(120, 32), focus: .chart, isZoomed: true)
    #expect(found.places.map(\.pane) == [.chart])
    #expect(found.places[0].outer == Rectangle(x: 0, y: 1, width: 120, height: 28))
  }

  @Test func aLongBlockTakesAtMostAThirdOfTheScreen() {
    let found = Arrangement(Size(80, 24), promptRows: 40)
    #expect(found.prompt == Rectangle(x: 0, y: 15, width: 80, height: 8))
  }
}
