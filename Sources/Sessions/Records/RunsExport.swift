import Interchange
import Language
import Records

/// Runs for other programs.
extension CommandScope {
  /// Answers `runs export FILE.csv|FOLDER [N …]`.
  mutating func exportRuns(_ invocation: Invocation) throws -> Report {
    let word = try invocation.word(1, "FILE.csv or FOLDER", invocation.row)
    if context.checksOnly { return Report("would write \(word.text)") }
    let numbers = invocation.words.dropFirst(2)
    let runs =
      numbers.isEmpty
      ? try storing(at: word.range) { store throws(StoreProblem) in try store.all() }
      : try chosenRuns(numbers, of: invocation)
    let ending = Path.fileExtension(of: word.text)
    if ending == "csv" {
      let report = written(RunTable(runs).csv.text, to: word)
      return Report(report.text + ": " + Numbers.count(runs.count, "run"))
    }
    guard ending.isEmpty || Folder.exists(resolved(word.text)) else {
      throw Diagnostic(
        .file, "runs are written to a .csv file or a folder, found \(word.text)", at: word.range,
        replacement: Path.stem(of: word.text) + ".csv")
    }
    var files: [(name: String, text: EventFile)] = []
    for run in runs {
      let curve = try storing(at: word.range) { store throws(StoreProblem) in
        try store.curve(of: run.id ?? 0)
      }
      files.append((run.folderName, EventFile(run, curve)))
    }
    ask(
      for: .write(to: word) { [files] path throws(FileError) in
        for file in files {
          let folder = Path.joining(path, file.name)
          try Folder.create(folder)
          try file.text.write(to: Path.joining(folder, EventFile.name))
        }
      })
    return Report(
      "wrote \(Numbers.count(runs.count, "run")) to \(word.text); tensorboard --logdir \(word.text)"
    )
  }
}

extension RunRecord {
  /// `run12-main`, with nothing in it that a path could not have.
  fileprivate var folderName: String {
    let name = network.map { $0.isLetter || $0.isNumber || "_-".contains($0) ? $0 : "_" }
    return "run\(id ?? 0)-\(String(name))"
  }
}

extension EventFile {
  /// The figures of a run by step.
  fileprivate init(_ run: RunRecord, _ curve: RunCurve) {
    var scalars: [Scalar] = []
    for point in curve.points {
      func add(_ tag: String, _ value: Double?) {
        guard let value else { return }
        scalars.append(Scalar(tag: tag, step: point.step, value: Float(value)))
      }
      add(point.epoch == nil ? "loss/step" : "loss/train", point.loss)
      add("accuracy/train", point.accuracy)
      add("loss/test", point.testLoss)
      add("accuracy/test", point.testAccuracy)
    }
    self.init(began: run.began, scalars: scalars)
  }
}
