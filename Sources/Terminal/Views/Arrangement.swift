/// The parts of the screen that the user looks at and can focus.
package enum Pane: Hashable, Sendable, CaseIterable {
  case tree
  case chart
  case transcript
}

/// Which part of the screen is where, by its size alone.
package struct Arrangement: Hashable, Sendable {
  /// How panes are set apart.
  package enum Separation: Hashable, Sendable {
    /// Lines all round, shared by neighbours.
    case boxes

    /// A line above each.
    case rules
  }

  /// The place of a pane, its lines included.
  package struct Place: Hashable, Sendable {
    package let pane: Pane
    package let outer: Rectangle
    package let separation: Separation

    /// The part inside its lines.
    package var inner: Rectangle {
      switch separation {
      case .boxes: outer.inset(1, 1)
      case .rules:
        Rectangle(x: outer.x, y: outer.y + 1, width: outer.width, height: outer.height - 1)
      }
    }
  }

  package private(set) var title: Rectangle?
  package private(set) var places: [Place] = []
  package private(set) var status: Rectangle?
  package private(set) var prompt: Rectangle
  package private(set) var hint: Rectangle?

  /// The least size at which there are panes; below it there is the prompt, and answers above it.
  package static let leastSize = Size(40, 10)

  /// Places for a size.
  ///
  /// - Parameters:
  ///   - promptRows: how many rows the prompt would like; it gets at most a third of the screen.
  ///   - focus: the pane that is shown where there is no room for all.
  ///   - isZoomed: whether the focused pane takes the room of all.
  ///   - wishes: what the panes show; it counts where they stand side by side, and while an answer takes the body.
  package init(
    _ size: Size, promptRows: Int = 1, focus: Pane? = nil, isZoomed: Bool = false,
    wishes: PaneWishes = PaneWishes()
  ) {
    let rows = max(1, min(promptRows, size.height / 3))
    let hintRows = size.height >= 4 ? 1 : 0
    prompt = Rectangle(
      x: 0, y: size.height - hintRows - rows, width: size.width, height: min(rows, size.height))
    if prompt.y < 0 { prompt.y = 0 }
    if hintRows > 0 {
      hint = Rectangle(x: 0, y: size.height - 1, width: size.width, height: 1)
    }
    let least = Self.leastSize
    guard size.width >= least.width, size.height >= least.height else {
      let above = Rectangle(x: 0, y: -1, width: size.width, height: prompt.y + 1)
      if prompt.y > 0 { places = [Place(pane: .transcript, outer: above, separation: .rules)] }
      return
    }
    let titleRows = size.height >= 14 ? 1 : 0
    if titleRows > 0 { title = Rectangle(x: 0, y: 0, width: size.width, height: 1) }
    status = Rectangle(x: 0, y: prompt.y - 1, width: size.width, height: 1)
    let area = Rectangle(
      x: 0, y: titleRows, width: size.width, height: prompt.y - 1 - titleRows)
    if isZoomed, let focus {
      places = [Place(pane: focus, outer: area, separation: .boxes)]
    } else if wishes.opening == .body {
      places = [Place(pane: .transcript, outer: area, separation: .boxes)]
    } else {
      places = Self.places(in: area, focus: focus, wishes: wishes)
    }
  }

  /// The place of a pane, or nothing where it is not shown.
  package func place(of pane: Pane) -> Place? { places.first { $0.pane == pane } }

  private static func places(in area: Rectangle, focus: Pane?, wishes: PaneWishes) -> [Place] {
    let upper: Pane = focus == .chart ? .chart : .tree
    if area.height < 12 {
      if area.width >= 100 { return columns(area, [(.tree, 50), (.chart, 26), (.transcript, 24)]) }
      if area.width >= 64 { return columns(area, [(upper, 60), (.transcript, 40)]) }
      return rows(area, upper)
    }
    if wishes.isInLesson, area.width >= 64, area.height >= 16 { return underneath(area, wishes) }
    if area.width >= 64 { return sideBySide(area, focus, wishes) }
    return stacked(area, upper)
  }

  /// The tree left, loss over answers right.
  ///
  /// The right half is narrower for a tree that needs the room, and wider for an answer that needs it where the
  /// tree does not; the loss gives its part up while there is none.
  private static func sideBySide(_ area: Rectangle, _ focus: Pane?, _ wishes: PaneWishes)
    -> [Place]
  {
    var right = min(max(30, area.width * 36 / 100), 90)
    let spare = area.width - max(leastTree, wishes.tree + 2)
    right = max(leastRight, min(right, spare))
    if wishes.opening != .pane { right = max(right, min(wishes.answer + 4, spare)) }
    let left = Rectangle(x: area.x, y: area.y, width: area.width - right + 1, height: area.height)
    let x = left.right - 1
    let tree = Place(pane: .tree, outer: left, separation: .boxes)
    let half = Rectangle(x: x, y: area.y, width: right, height: area.height)
    if wishes.opening == .column, focus != .chart {
      return [tree, Place(pane: .transcript, outer: half, separation: .boxes)]
    }
    let chartRows = wishes.hasCurves ? min(max(7, area.height * 55 / 100), 30) : 3
    let (chart, answers) = half.split(below: chartRows)
    return [
      tree, Place(pane: .chart, outer: chart, separation: .boxes),
      Place(pane: .transcript, outer: answers, separation: .boxes),
    ]
  }

  /// The tree and the loss beside one another, and below them the answers, as wide as both.
  private static func underneath(_ area: Rectangle, _ wishes: PaneWishes) -> [Place] {
    let below = area.height < 24 ? min(13, area.height * 65 / 100) : 15
    let above = area.height - below + 1
    let spare = area.width - max(leastTree, wishes.tree + 2)
    let right = max(leastRight, min(max(30, area.width * 36 / 100), 90, spare))
    let x = area.right - right
    return [
      Place(
        pane: .tree,
        outer: Rectangle(x: area.x, y: area.y, width: x + 1 - area.x, height: above),
        separation: .boxes),
      Place(
        pane: .chart, outer: Rectangle(x: x, y: area.y, width: right, height: above),
        separation: .boxes),
      Place(
        pane: .transcript,
        outer: Rectangle(x: area.x, y: area.bottom - below, width: area.width, height: below),
        separation: .boxes),
    ]
  }

  /// The columns that the tree keeps, its lines included, however wide an answer is.
  private static let leastTree = 20

  /// The columns that chart and answers keep beside the tree.
  static let leastRight = 28

  /// All panes over one another; the loss only where three have room.
  private static func stacked(_ area: Rectangle, _ upper: Pane) -> [Place] {
    let panes: [(Pane, Int)] =
      area.height >= 22
      ? [(.tree, 45), (.chart, 30), (.transcript, 25)]
      : [(upper, 60), (.transcript, 40)]
    var places: [Place] = []
    var y = area.y
    for (index, (pane, share)) in panes.enumerated() {
      let isLast = index == panes.count - 1
      let height = isLast ? area.bottom - y : max(4, area.height * share / 100)
      places.append(
        Place(
          pane: pane, outer: Rectangle(x: area.x, y: y, width: area.width, height: height),
          separation: .boxes))
      y += height - 1
    }
    return places
  }

  /// Panes beside one another, by their shares of the width in per cent.
  private static func columns(_ area: Rectangle, _ panes: [(Pane, Int)]) -> [Place] {
    var places: [Place] = []
    var x = area.x
    for (index, (pane, share)) in panes.enumerated() {
      let isLast = index == panes.count - 1
      let width = isLast ? area.right - x : area.width * share / 100
      places.append(
        Place(
          pane: pane, outer: Rectangle(x: x, y: area.y, width: width, height: area.height),
          separation: .boxes))
      x += width - 1
    }
    return places
  }

  /// Two panes over one another, set apart by rules.
  private static func rows(_ area: Rectangle, _ upper: Pane) -> [Place] {
    let lower = max(3, area.height * 40 / 100)
    return [
      Place(
        pane: upper,
        outer: Rectangle(x: area.x, y: area.y, width: area.width, height: area.height - lower),
        separation: .rules),
      Place(
        pane: .transcript,
        outer: Rectangle(x: area.x, y: area.bottom - lower, width: area.width, height: lower),
        separation: .rules),
    ]
  }
}

extension Rectangle {
  /// Two boxes over one another that share a line.
  fileprivate func split(below rows: Int) -> (upper: Rectangle, lower: Rectangle) {
    (
      Rectangle(x: x, y: y, width: width, height: rows),
      Rectangle(x: x, y: y + rows - 1, width: width, height: height - rows + 1)
    )
  }
}
