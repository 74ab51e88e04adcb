import Language
import Training

/// The curves of the learning rate by name, for parsing, help and printing.
enum ScheduleTable {
  /// A curve with the words behind its name and the keys that it takes besides `warmup` and `unit`.
  private struct Entry {
    let name: String
    let curve: Schedule.Curve
    let form: String
    let keys: [String]
    let summary: String
  }

  private static let entries: [Entry] = [
    Entry(
      name: "constant", curve: .constant, form: "", keys: [], summary: "the same all through a run"),
    Entry(
      name: "cosine", curve: .cosine, form: "", keys: ["to"],
      summary: "half a cosine down to to=, 0 if not said, over the run"),
    Entry(
      name: "step", curve: .step(every: 1, gamma: 0.1), form: " N [N …]", keys: ["gamma"],
      summary: "times gamma every N (StepLR), or once at each of several N (MultiStepLR)"),
    Entry(
      name: "poly", curve: .polynomial(power: 1), form: "", keys: ["power", "to"],
      summary: "(1 − t/T)^power down to to=, 0 if not said, over the run"),
    Entry(
      name: "exponential", curve: .exponential(gamma: 0.95), form: "", keys: ["gamma"],
      summary: "times gamma each time"),
    Entry(
      name: "onecycle",
      curve: .oneCycle(rise: 0.3, divisor: 25, finalDivisor: 1e4), form: "",
      keys: ["pct_start", "div_factor", "final_div_factor"],
      summary: "up to the rate, then down far below where it began; momentum stays as it is"),
    Entry(
      name: "plateau", curve: .plateau(Plateau()), form: "",
      keys: ["on", "patience", "factor", "threshold", "cooldown", "to"],
      summary: "times factor when the loss on= has not fallen for patience epochs"),
  ]

  static let names = entries.map(\.name)

  /// The curves as they are typed, and what they are.
  static var summaries: [(form: String, summary: String)] {
    entries.map { ("lr \(0.1) \($0.name)\($0.form)", $0.summary) }
  }

  /// All keys, with their defaults.
  static let keys: [CommandRow.Key] = [
    .init("warmup", default: "0", "places that lead up to the curve in even steps"),
    .init(
      "unit", default: "epochs", among: Schedule.Unit.allCases.map(\.rawValue),
      "what N, warmup and the curve count"),
    .init("to", default: "0", "cosine, poly: the rate at the end; plateau: the least rate"),
    .init("gamma", default: "0.1 step, 0.95 exponential", "what the rate is multiplied by"),
    .init("power", default: "1", "poly: 1 is a straight line"),
    .init("pct_start", default: "0.3", "onecycle: the share of the run that rises"),
    .init("div_factor", default: "25", "onecycle: the rate begins at lr / div_factor"),
    .init("final_div_factor", default: "10000", "onecycle: and ends at so much less than that"),
    .init("on", default: "train", among: ["train", "test"], "plateau: the loss that is looked at"),
    .init("patience", default: "10", "plateau: epochs that need not be better"),
    .init("factor", default: "0.1", "plateau: what the rate is multiplied by"),
    .init("threshold", default: "0.0001", "plateau: the share by which better is less"),
    .init("cooldown", default: "0", "plateau: epochs after a change that do not count"),
  ]

  /// The rate and schedule of `lr VALUE CURVE N… key=value…`; what is not said of either stays where only keys are.
  static func rates(_ invocation: Invocation, present: RatePlan) throws(Diagnostic) -> RatePlan {
    var plan = present
    var words = invocation.words[...]
    if let word = words.first {
      plan.schedule = .constant
      if let entry = entries.first(where: { $0.name == word.text }) {
        plan.schedule.curve = entry.curve
        words = words.dropFirst()
      } else if word.number == nil, let near = DidYouMean.nearest(word.text, among: names) {
        throw Diagnostic(
          .argument, "lr has no curve \(word.text)", at: word.range, guessing: near)
      } else {
        plan.base = try word.number("lr", in: 0...1000)
        words = words.dropFirst()
        if let curve = words.first {
          let name = try curve.choice("the curve", among: names)
          plan.schedule.curve = entries.first { $0.name == name }?.curve ?? .constant
          words = words.dropFirst()
        }
      }
    }
    try readPlaces(words, invocation, &plan.schedule)
    let name = plan.schedule.curve.name
    let allowed = (entries.first { $0.name == name }?.keys ?? []) + ["warmup"]
    let all = plan.schedule.isPlateau ? allowed : allowed + ["unit"]
    for option in invocation.options where !all.contains(option.name) {
      let isKnown = keys.contains { $0.name == option.name }
      throw Diagnostic(
        .argument, "lr \(name) has no key \(option.name)", at: option.nameRange,
        guessing: isKnown ? nil : DidYouMean.nearest(option.name, among: all),
        notes: [.init("keys of lr \(name): \(all.joined(separator: ", "))")])
    }
    for option in invocation.options { try set(option, on: &plan) }
    return plan
  }

  /// The numbers behind `step`.
  private static func readPlaces(
    _ words: ArraySlice<Word>, _ invocation: Invocation, _ schedule: inout Schedule
  ) throws(Diagnostic) {
    guard case .step(_, let gamma) = schedule.curve, !invocation.words.isEmpty else {
      if let word = words.first {
        throw invocation.row.refusal(
          "lr \(schedule.curve.name) takes no more words, found \(word.text)", at: word.range)
      }
      return
    }
    var places: [Int] = []
    for word in words {
      let place = try word.integer("lr step", in: 1...1_000_000_000)
      if let last = places.last, place <= last {
        throw Diagnostic(
          .argument, "the places of lr step ascend, found \(place) after \(last)", at: word.range,
          offers: ["lr step \(place) \(last)"].filter { _ in place < last })
      }
      places.append(place)
    }
    guard let first = places.first else {
      throw Diagnostic(
        .argument, "lr step needs a number: every so many epochs, or several places",
        at: invocation.range.end, offers: ["lr step 30", "lr step 30 60"])
    }
    schedule.curve =
      places.count == 1 ? .step(every: first, gamma: gamma) : .milestones(places, gamma: gamma)
  }

  private static func set(_ option: Option, on plan: inout RatePlan) throws(Diagnostic) {
    let word = option.value
    let name = option.name
    func share() throws(Diagnostic) -> Double { try word.number(name, in: 0...1) }
    func count() throws(Diagnostic) -> Int { try word.integer(name, in: 0...1_000_000_000) }
    switch (name, plan.schedule.curve) {
    case ("warmup", _): plan.schedule.warmup = try count()
    case ("unit", _):
      let unit = try word.choice(name, among: Schedule.Unit.allCases.map(\.rawValue))
      plan.schedule.unit = Schedule.Unit(rawValue: unit) ?? .epochs
    case ("to", _): plan.schedule.floor = try word.number(name, in: 0...plan.base)
    case ("gamma", .step(let every, _)):
      plan.schedule.curve = .step(every: every, gamma: try share())
    case ("gamma", .milestones(let places, _)):
      plan.schedule.curve = .milestones(places, gamma: try share())
    case ("gamma", .exponential): plan.schedule.curve = .exponential(gamma: try share())
    case ("power", .polynomial):
      plan.schedule.curve = .polynomial(power: try word.number(name, in: 0...100))
    case ("pct_start", .oneCycle(_, let divisor, let last)):
      plan.schedule.curve = .oneCycle(
        rise: try share(), divisor: divisor, finalDivisor: last)
    case ("div_factor", .oneCycle(let rise, _, let last)):
      plan.schedule.curve = .oneCycle(
        rise: rise, divisor: try word.number(name, in: 1...1e9), finalDivisor: last)
    case ("final_div_factor", .oneCycle(let rise, let divisor, _)):
      plan.schedule.curve = .oneCycle(
        rise: rise, divisor: divisor, finalDivisor: try word.number(name, in: 1...1e12))
    case (_, .plateau(var plateau)):
      switch name {
      case "on": plateau.looksAtTest = try word.choice(name, among: ["train", "test"]) == "test"
      case "patience": plateau.patience = try count()
      case "factor": plateau.factor = try share()
      case "threshold": plateau.threshold = try share()
      case "cooldown": plateau.cooldown = try count()
      default: break
      }
      plan.schedule.curve = .plateau(plateau)
    default: break
    }
  }

  /// The command that sets another rate and keeps the curve, which ends no higher than it begins.
  static func command(rate: Double, keeping schedule: Schedule) -> String {
    var plan = RatePlan(rate, schedule)
    plan.schedule.floor = min(plan.schedule.floor, rate)
    return text(of: plan)
  }

  /// The rate and schedule as they are typed: `lr 0.1 cosine warmup=5`.
  static func text(of plan: RatePlan) -> String {
    let schedule = plan.schedule
    var words = ["lr", Numbers.typed(plan.base)]
    if schedule.curve != .constant { words.append(schedule.curve.name) }
    func add(_ key: String, _ value: Double, unless preset: Double) {
      if value != preset { words.append("\(key)=\(Numbers.typed(value))") }
    }
    switch schedule.curve {
    case .constant, .cosine: break
    case .step(let every, let gamma):
      words.append("\(every)")
      add("gamma", gamma, unless: 0.1)
    case .milestones(let places, let gamma):
      words += places.map(String.init)
      add("gamma", gamma, unless: 0.1)
    case .polynomial(let power): add("power", power, unless: 1)
    case .exponential(let gamma): add("gamma", gamma, unless: 0.95)
    case .oneCycle(let rise, let divisor, let last):
      add("pct_start", rise, unless: 0.3)
      add("div_factor", divisor, unless: 25)
      add("final_div_factor", last, unless: 1e4)
    case .plateau(let plateau):
      if plateau.looksAtTest { words.append("on=test") }
      add("patience", Double(plateau.patience), unless: 10)
      add("factor", plateau.factor, unless: 0.1)
      add("threshold", plateau.threshold, unless: 1e-4)
      add("cooldown", Double(plateau.cooldown), unless: 0)
    }
    add("to", schedule.floor, unless: 0)
    add("warmup", Double(schedule.warmup), unless: 0)
    if schedule.unit != .epochs { words.append("unit=\(schedule.unit.rawValue)") }
    return words.joined(separator: " ")
  }
}

extension Schedule {
  /// Whether losses decide on the rate.
  var isPlateau: Bool { if case .plateau = curve { true } else { false } }
}
