import Networks
import Testing
import Training

@testable import Sessions

/// Sessions with something wrong, by symptom.
enum SickSessions {
  /// Commands that lead to a symptom, and the command that helps, where one does.
  struct Case: Sendable, CustomTestStringConvertible {
    let symptom: Symptom
    let commands: String
    var remedy: String?

    var testDescription: String { symptom.rawValue }
  }

  static let mlp = "add flatten; add dense 32; add relu; add dense 10"

  static let cases: [Case] = [
    Case(
      symptom: .diverged,
      commands: """
        data digits; batch 64; optimizer sgd lr=0.1; init he
        add conv 8 3; repeat 20 { residual { conv 8 3; relu; conv 8 3 } }; add gap; add dense 10
        """, remedy: "wrap rezero each rep1.*.res1; init he"),
    Case(
      symptom: .softmax, commands: "data digits; \(mlp); add softmax", remedy: "remove softmax1"),
    Case(
      symptom: .outputs, commands: "data moons; add dense 8 act=tanh; add dense 16",
      remedy: "set dense2 units=2"),
    Case(symptom: .frozen, commands: "data digits; \(mlp); freeze *", remedy: "unfreeze *"),
    Case(
      symptom: .dead, commands: "data digits; \(mlp); lr 30; train 40 steps; lr 0.1",
      remedy: "init he"),
    Case(
      symptom: .chance,
      commands: "data digits; init normal 0.00001; \(mlp); train 100 steps", remedy: "init he"),
    Case(
      symptom: .vanishing,
      commands: """
        data digits; init gluon; optimizer sgd lr=0.05 momentum=0.9
        add flatten; add dense 64; repeat 8 { dense 64 act=relu }; add dense 10
        """),
    Case(
      symptom: .exploding,
      commands: """
        data digits; batch 64; optimizer sgd lr=0.1; init he
        add conv 8 3; repeat 20 { residual { conv 8 3; relu; conv 8 3 } }; add gap; add dense 10
        """, remedy: "wrap rezero each rep1.*.res1; init he"),
    Case(
      symptom: .statistics,
      commands: "data digits; batch 2; add flatten; add dense 32; add bn; add relu; add dense 10",
      remedy: "batch 32"),
    Case(
      symptom: .rateTooHigh, commands: "data digits; add flatten; add dense 10; lr 100",
      remedy: "lr 1"),
    Case(
      symptom: .rateTooLow, commands: "data digits; \(mlp); lr 0.0001", remedy: "lr 0.1"),
    Case(
      symptom: .overfitting,
      commands: """
        data moons count=80 noise=0.4; split 0.5; optimizer adam lr=0.01; batch 8
        add dense 64 act=relu; add dense 64 act=relu; add dense 2; train 100
        """),
  ]

  /// A session after commands, on one thread.
  static func session(_ commands: String) -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer(commands)
    return session
  }

  /// A session whose data has the inputs of moons, shifted and scaled, and labels of its own.
  static func session(scale: Float, shift: Float = 0, label: (Int) -> Int32 = { Int32($0 % 2) })
    -> Session
  {
    let session = session("data moons count=64")
    guard let data = session.state.data, let inputs = data.train.rows.tensor else { return session }
    let values = inputs.values.map { scale * $0 + shift }
    let labels = (0..<data.train.count).map(label)
    session.state.data = Dataset(
      name: "own", description: "",
      train: Examples(
        inputs: Tensor(shape: inputs.shape, values: values),
        targets: .classes(labels, names: ["cat", "dog", "emu"].prefix(3).map(\.self))))
    session.answer("add dense 8 act=tanh; add dense 3")
    return session
  }
}

extension JSON {
  /// The value of a key.
  subscript(key: String) -> JSON? { members.first { $0.key == key }?.value }

  /// The elements of an array; none of any other value.
  var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }

  /// The text that it is.
  var string: String? { if case .text(let text) = self { text } else { nil } }

  /// The number that it is.
  var double: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    case .single(let number): Double(number)
    case .null, .boolean, .text, .array, .object: nil
    }
  }
}
