import Testing

@testable import Sessions

/// A sweep runs what loops go through, tells it in a table, and leaves all as it was but for the best network.
struct SweepTests {
  private func session(_ text: String = small) -> Session {
    let session = Session()
    session.answer(text)
    return session
  }

  private static let small =
    "data waves length=16 count=60; add conv 4 3; add relu; add gap; add dense 4"

  /// The last lines of an answer, numbers left out, columns one blank apart.
  private func table(_ session: Session, _ text: String, last count: Int) -> String {
    session.told(text).split(separator: "\n").suffix(count).map { line in
      line.replacing(#/\([0-9#]+ steps/s\)/#, with: "")
        .split(separator: " ").joined(separator: " ")
    }.joined(separator: "\n")
  }

  @Test("a row has the mean of its seeds and their spread, and the best row is first")
  func rows() throws {
    let session = session()
    let data = try #require(
      session.data(
        "sweep by=train.loss { for rate in 0.001 0.1 { lr $rate; for s in 1..3 { seed $s; init he; train 2 } } }"
      ))
    var losses: [[Double]] = []
    for rate in ["0.1", "0.001"] {
      losses.append([])
      for seed in 1...3 {
        let alone = self.session()
        alone.answer("lr \(rate); seed \(seed); init he; train 2; wait")
        losses[losses.count - 1].append(try #require(alone.state.current?.lastEpoch?.loss))
      }
    }
    let rows = try #require(data["rows"])
    guard case .array(let found) = rows else {
      Issue.record("\(rows)")
      return
    }
    #expect(found.count == 2)
    for (row, (rate, losses)) in zip(found, zip([0.1, 0.001], losses)) {
      let mean = losses.reduce(0, +) / 3
      let squares = losses.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      #expect(row["variables"] == ["rate": .number(rate)])
      #expect(row["runs"] == .integer(3) && row["diverged"] == .integer(0))
      #expect(
        row["loss"] == ["mean": .number(mean), "deviation": .number((squares / 2).squareRoot())])
    }
    #expect(data["by"] == "train.loss")
  }

  @Test("curves of a sweep are not taken for those of the networks that are there after it")
  func curves() {
    let session = session()
    session.answer("train 2; wait")
    session.answer("sweep { for rate in 0.001 0.1 { lr $rate; train 1 } }")
    #expect(session.runs.traces.all.map(\.network) == ["main", "main in sweep", "main in sweep"])
    session.answer("train 1; wait")
    #expect(session.runs.traces.all.last?.network == "main")
  }

  @Test("what is told of a sweep")
  func text() {
    let session = session()
    session.rememberRuns()
    #expect(
      table(
        session,
        "sweep { for rate in 0.1 0.01 { lr $rate; for s in 1..2 { seed $s; init he; train 1 } } }",
        last: 20)
          == """
          optimizer sgd lr=# momentum=0 nesterov=no wd=0
          seed 1
          new weights are drawn by he
          run 1: rate #, s 1
          trained main for 2 steps in 0 s ; loss #, accuracy #, test #
          seed 2
          run 2: rate #, s 2
          trained main for 2 steps in 0 s ; loss #, accuracy #, test #
          optimizer sgd lr=# momentum=0 nesterov=no wd=0
          seed 1
          run 3: rate #, s 1
          trained main for 2 steps in 0 s ; loss #, accuracy #, test #
          run 4: rate #, s 2
          trained main for 2 steps in 0 s ; loss #, accuracy #, test #
          rate test.accuracy test.loss train.accuracy train.loss runs best run
          # # ± # # # # 2 1
          # # ± # # # # 2 3
          4 runs in 0 s; the best by test.accuracy first; runs sweep1 lists them
          net best takes the network of rate #, s 1, test.accuracy #; rerun 1 repeats that run
          """)
  }

  @Test("all is as before, but for the best network, which one undo takes away")
  func leavesNothing() throws {
    let session = session()
    session.answer("train 1; wait; lr 0.5; fork other; net main")
    let before = session.state
    session.answer("sweep { for n in 4 8 { set conv1 channels=$n; batch $n; train 1 } }")
    var after = session.state
    let best = try #require(after.networks["best"])
    #expect(best.weights.steps > 0 && best.run == nil)
    after.networks["best"] = nil
    after.networkNames.removeAll { $0 == "best" }
    #expect(!after.differs(from: before))
    #expect(session.answer("undo").text.hasPrefix("undone: sweep { for n in 4 8 {"))
    #expect(!session.state.differs(from: before))
    #expect(session.answer("redo; net best; evaluate").outcome == .done)
  }

  @Test("the best network is that of the best run, to the bit")
  func keepsBest() throws {
    let session = session()
    session.answer(
      "sweep by=train.loss { for rate in 0 0.1 { seed 3; init he; lr $rate; train 3 } }")
    let alone = self.session()
    alone.answer("seed 3; init he; lr 0.1; train 3; wait")
    let best = try #require(session.state.networks["best"])
    let other = try #require(alone.state.current)
    #expect(
      Digest.text(of: best.network, best.weights.parameters)
        == Digest.text(of: other.network, other.weights.parameters))
  }

  @Test("another sweep takes the place of its network only where that is as it was left")
  func namesOfBest() {
    let session = session()
    session.answer("sweep { train 1 }; sweep { train 1 }")
    #expect(session.state.networkNames == ["main", "best"])
    session.answer("net best; train 1; wait; net main; sweep { train 1 }")
    #expect(session.state.networkNames == ["main", "best", "best1"])
    session.answer("net best1; sweep { train 1 }")
    #expect(session.state.networkNames == ["main", "best", "best1", "best2"])
  }

  @Test(
    "each pass that trains begins where its loop did",
    arguments: [
      // What a loop builds stays for what comes behind it, unless it trains.
      (
        "for n in 1 2 { for i in 1..$n { add dense 4 }; train 1; print $(blocks(net)) }",
        ["5", "6"]
      ),
      // What an outer pass sets holds for the inner loop.
      ("for n in 1 2 { add dense $(3 + n); for i in 1 2 { add dense 4; train 1 } }", []),
      // A loop that trained leaves nothing behind.
      ("for n in 1 2 { add dense 4; train 1 }; print $(blocks(net))", ["4"]),
      // Passes without a run go on from one another.
      ("for n in 1..3 { add dense 4; if n == 3 { train 1; print $(blocks(net)) } }", ["7"]),
      ("let sum = 0; for n in 1..3 { train 1; let sum = sum + n }; print $sum", ["6"]),
    ] as [(String, [String])])
  func passes(body: String, printed: [String]) {
    let session = session()
    let answer = session.answer("sweep { \(body) }")
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(
      answer.text.split(separator: "\n").filter { Int($0) != nil }.map(String.init) == printed)
    #expect(session.state.current?.network.root.layerCount == 4)
  }

  @Test("a run that diverges ends its pass, and its row is the last")
  func divergence() {
    let session = session()
    #expect(
      table(
        session, "sweep { for rate in 1000 0.1 { lr $rate; train 50; print behind } }", last: 6)
          == """
          behind
          rate test.accuracy test.loss train.accuracy train.loss
          # # # # #
          1000 diverged
          2 runs in 0 s; the best by test.accuracy first
          net best takes the network of rate #, test.accuracy #
          """)
    #expect(
      session.answer("sweep { lr 1000; train 50 }").text.split(separator: "\n").contains {
        $0.hasPrefix("the loss became ")
          && $0.hasSuffix("; the sweep goes on") && !$0.contains("weights")
      })
  }

  @Test("runs that differ in the seed alone share a row, whatever gave it")
  func seeds() throws {
    for body in [
      "seed 1; init he; train 1; seed 2; init he; train 1",
      "for s in 1 2 { seed $s; init he; train 1 }",
      "for s in 1 2 { seed $(s * 10); init he; train 1 }",
      "for s in 1 2 { seed $s; data waves length=16 count=60; init he; train 1 }",
    ] {
      #expect(try rowCount(body) == 1, "\(body)")
    }
    for body in [
      "for n in 8 16 { batch $n; train 1 }",
      "batch 8; init he; train 1; batch 16; init he; train 1",
      "train 1; train 1", "train 1; train 2 steps",
      "for a in relu gelu { replace relu1 $a; train 1 }",
      "fork other; train main,other 1",
    ] {
      #expect(try rowCount(body) == 2, "\(body)")
    }
  }

  private func rowCount(_ body: String) throws -> Int {
    let data = try #require(session().data("sweep { \(body) }"))
    guard case .array(let rows) = data["rows"] else { return 0 }
    return rows.count
  }

  @Test("where no variable tells rows apart, what differs does")
  func columns() {
    let session = session()
    let end = """
      2 runs in 0 s; the best by test.accuracy first
      net best takes the network of the best run, test.accuracy #
      """
    let rows = table(
      session, "sweep by=train.loss { batch 16; lr 0; train 1; batch 8; init he; train 1 }", last: 5
    ).split(separator: "\n")
    #expect(
      rows.prefix(1) + rows[1...2].sorted() == [
        // What there are no columns left for goes.
        "settings train.loss test.accuracy test.loss",
        "batch 16 accumulate=1 mixup=0 # # #", "batch 8 accumulate=1 mixup=0 # # #",
      ])
    #expect(
      table(session, "sweep { train 1; lr 0.01; train 1 }", last: 5).hasPrefix(
        "stage test.accuracy test.loss train.accuracy train.loss\n"))
    #expect(
      table(session, "sweep { fork other; train main,other 1 }", last: 5) == """
        network test.accuracy test.loss train.accuracy train.loss
        main # # # #
        other # # # #
        \(end)
        """)
  }

  @Test("a figure that no run has gives way to the next")
  func otherFigure() {
    let session = session("data waves length=16 count=60 test=0; add gap; add dense 4")
    #expect(
      table(session, "sweep by=test.accuracy { for n in 4 8 { batch $n; lr 0; train 1 } }", last: 5)
        == """
        n train.accuracy train.loss
        4 # #
        8 # #
        2 runs in 0 s; the best by train.accuracy first: none has test.accuracy
        net best takes the network of n 4, train.accuracy #
        """)
  }

  @Test(
    "rows are ordered by any metric, as evaluate tells it", arguments: ["test.f1", "train.bits"])
  func byMetric(_ figure: String) throws {
    let session = session()
    let loops = "for rate in 0.001 0.3 0.05 { lr $rate; train 3 }"
    let data = try #require(session.data("sweep by=\(figure) { \(loops) }"))
    #expect(data["by"] == .text(figure))
    guard case .array(let rows) = data["rows"] else {
      Issue.record("\(data)")
      return
    }
    let parts = figure.split(separator: ".")
    let (key, fact) = (
      parts[0] == "test" ? "test_\(parts[1])" : "\(parts[1])", "\(parts[1])(\(parts[0]))"
    )
    var values: [Double] = []
    for row in rows {
      guard case .object(let variables) = row["variables"],
        case .number(let rate) = variables[0].value,
        case .object(let spread) = row[key], case .number(let mean) = spread[0].value
      else {
        Issue.record("\(row)")
        return
      }
      values.append(mean)
      let alone = self.session()
      alone.answer("lr \(rate); train 3; wait")
      #expect(abs(try #require(alone.number(fact)) - mean) < 1e-9)
    }
    #expect(values.count == 3 && Set(values).count > 1)
    #expect(values == values.sorted(by: figure == "test.f1" ? { $0 > $1 } : { $0 < $1 }))
    session.answer("net best")
    #expect(abs(try #require(session.number(fact)) - values[0]) < 1e-9)
  }

  @Test(
    "a metric of the best epoch that was put back counts, and one that the data has not gives way")
  func metricOfBestEpoch() throws {
    let session = session()
    let data = try #require(session.data("sweep by=test.f1 { lr 0.5; train 6 best=test.loss }"))
    session.answer("net best")
    guard case .array(let rows) = data["rows"], case .object(let spread) = rows[0]["test_f1"],
      case .number(let mean) = spread[0].value
    else {
      Issue.record("\(data)")
      return
    }
    #expect(abs(try #require(session.number("f1(test)")) - mean) < 1e-9)
    #expect(
      self.session().told("sweep by=test.psnr { train 1 }").contains(
        "the best by test.accuracy first: none has test.psnr"))
  }

  @Test("the weights of the best epoch that were put back count, not the last ones")
  func restored() throws {
    let session = session()
    let data = try #require(
      session.data("sweep by=test.loss { lr 0.5; train 6 best=test.loss }"))
    session.answer("net best")
    guard case .array(let rows) = data["rows"], case .object(let loss) = rows[0]["test_loss"],
      case .number(let mean) = loss[0].value
    else {
      Issue.record("\(data)")
      return
    }
    #expect(abs(try #require(session.number("loss(test)")) - mean) < 1e-6)
  }

  @Test("runs of a sweep are tagged, and can be repeated to the bit")
  func tags() {
    let session = session()
    session.rememberRuns()
    session.answer("train 1; wait; sweep { for s in 1 2 { seed $s; init he; train 1 } }")
    session.answer("sweep { train 1 }")
    #expect(
      table(session, "runs sweep1", last: 4) == """
        run began network data command loss train test time
        2 DAY main waves train 1 # # # 0 s #sweep1
        3 DAY main waves train 1 # # # 0 s #sweep1
        2 of 4 runs
        """)
    #expect(session.told("runs sweep2").contains("#sweep2"))
    session.answer("sweep { for n in 4 8 { batch $n; train 1 } } > sweep-with-tags.csv")
    let csv = (try? String(contentsOfFile: "sweep-with-tags.csv", encoding: .utf8)) ?? ""
    #expect(csv.split(separator: "\r\n").first?.hasSuffix(",seconds,best_run,run_numbers") == true)
    #expect(session.told("runs sweep3").contains("#sweep3"))
    #expect(
      session.answer("rerun 3", from: .prompt).text.hasSuffix("the weights of run 3, to the bit"))
  }

  @Test("a table is written for spreadsheets, for programs and as text")
  func files() throws {
    let session = session()
    Workplace.enter()
    let sweep = "sweep { for n in 8 16 { batch $n; train 1 } }"
    #expect(session.answer("\(sweep) > sweep.csv").text.hasSuffix("\nwrote sweep.csv"))
    session.answer("\(sweep) > sweep.json; \(sweep) > sweep.txt")
    let csv = try String(contentsOfFile: "sweep.csv", encoding: .utf8)
    let head =
      "n,runs,diverged,test_accuracy,test_accuracy_deviation,test_loss,test_loss_deviation,"
      + "accuracy,accuracy_deviation,loss,loss_deviation,seconds\r\n"
    #expect(csv.hasPrefix(head), "\(csv)")
    #expect(csv.split(separator: "\r\n").count == 3)
    #expect(
      try String(contentsOfFile: "sweep.json", encoding: .utf8).contains(
        "\"by\": \"test.accuracy\""))
    #expect(
      try String(contentsOfFile: "sweep.txt", encoding: .utf8).hasPrefix(
        "n   test.accuracy  test.loss"))
  }

  @Test("a check goes through a sweep without training")
  func check() {
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    let answer = session.answer(
      "\(Self.small); sweep { for a in gelu elu { replace relu1 $a; train 1 } }; tree")
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(answer.text.contains("\nwould train main\nwould put the runs in a table\n"))
    #expect(answer.text.contains("relu1") && session.state.networkNames == ["main"])
  }
}

extension Session {
  /// The value of an expression.
  fileprivate func number(_ expression: String) -> Double? {
    Double(answer("print $(\(expression))").text)
  }
}
