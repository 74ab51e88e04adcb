import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that tells what a network is going to take.
  static let memoryRow = CommandRow(
    "memory", .look, usage: "memory", "tells what a step and an evaluation take, before they do",
    details: MemoryNotes.lines, examples: ["memory", "batch 8; memory", "memory > memory.json"],
    words: 0, traits: [.redirect], endings: CommandRow.answerEndings, run: { try $0.memory($1) })
}

extension CommandScope {
  /// Answers `memory`.
  mutating func memory(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    if context.checksOnly { return Report("would tell the memory of \(state.currentName)") }
    let data = state.data.flatMap { $0.train.shape == network.input ? $0 : nil }
    let batch = data.map { min(state.recipe.batchSize, $0.train.count) } ?? state.recipe.batchSize
    let question = state.recipe.memoryQuestion(network, data)
    let forecast = try computing(at: invocation.range) {
      try context.calculator.memory(
        question, batch: max(batch, 1),
        answering: data.map { ($0.test ?? $0.train).count } ?? Model.mostAnswered)
    }
    let offer = forecast.step.total > forecast.available ? CheckpointOffer(network) : nil
    let report = MemoryReport(
      name: state.currentName, network: network, forecast: forecast,
      checkpoints: offer.flatMap { offer in
        offer.need(question, batch: max(batch, 1)).map { (offer, $0) }
      })
    let (head, end) = (report.needTable.lines, [StyledText()] + report.verdict)
    let largest = forecast.step.largest.isEmpty ? nil : report.largestTable(context.glyphs)
    let glyphs = context.glyphs
    var answer = context.answer(for: invocation) { columns in
      head + (largest.map { [StyledText()] + $0.blockLines(columns: columns, glyphs) } ?? []) + end
    }
    answer.data = { report.data }
    return answer
  }
}
