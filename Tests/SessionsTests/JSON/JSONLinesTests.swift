import Foundation
import Testing

@testable import Sessions

/// What `--json` prints, a line for each command.
@Suite(.serialized) struct JSONLinesTests {
  @Test("a file with an error, whole")
  func fileWithAnError() {
    let lines = Session().jsonLines(
      """
      input 1x8
      add conv 2 3
      let half = 4
      try { add dense }
      for i in 1..2 { print $i of $half }
      residual { relu }
      expect out(net) == 2x8
      script > net.pdf
      print never
      """)
    #expect(
      lines == [
        #"{"espalier":1,"command":"input","typed":"input 1x8","ok":true,"text":["input 1×8"],"data":null}"#,
        #"{"espalier":1,"command":"add","typed":"add conv 2 3","ok":true,"text":["conv1  conv 2 3  1×8 → 2×8  8 parameters"],"data":null}"#,
        #"{"espalier":1,"command":"add","typed":"add dense","ok":false,"error":{"code":"E-ARGUMENT","message":"dense needs UNITS","file":"x.esp","line":4,"column":11,"notes":[{"text":"usage: dense UNITS bias=yes act=none","file":null,"line":null,"column":null}],"offers":["help dense"]}}"#,
        #"{"espalier":1,"command":"print","typed":"print $i of $half","ok":true,"text":["1 of 4"],"data":null}"#,
        #"{"espalier":1,"command":"print","typed":"print $i of $half","ok":true,"text":["2 of 4"],"data":null}"#,
        #"{"espalier":1,"command":"add","typed":"residual { relu }","ok":true,"text":["res1  residual  2×8 → 2×8"],"data":null}"#,
        #"{"espalier":1,"command":"expect","typed":"expect out(net) == 2x8","ok":true,"text":["ok out(net) == 2x8"],"data":null}"#,
        #"{"espalier":1,"command":"script","typed":"script > net.pdf","ok":false,"error":{"code":"E-ARGUMENT","message":"script writes .esp, .txt and .json files, found net.pdf","file":"x.esp","line":8,"column":10,"notes":[],"offers":["script > net.esp"]}}"#,
      ])
  }

  @Test("what cannot be read at all, what is no command, and what is refused within a file")
  func refusals() throws {
    Workplace.enter()
    #expect(
      Session().jsonLines("add {") == [
        #"{"espalier":1,"command":null,"typed":null,"ok":false,"error":{"code":"E-SYNTAX","message":"this '{' is never closed","file":"x.esp","line":1,"column":5,"notes":[],"offers":["help add"]}}"#
      ])
    #expect(
      Session().jsonLines("nonsense", from: .argument) == [
        #"{"espalier":1,"command":"nonsense","typed":"nonsense","ok":false,"error":{"code":"E-NAME","message":"no command is called nonsense","file":"-e","line":1,"column":1,"notes":[],"offers":["help"]}}"#
      ])
    try "print in\nexpect 1 == 2 \"no\"\n".write(
      toFile: "inner.esp", atomically: true, encoding: .utf8)
    #expect(
      Session().jsonLines("source inner.esp") == [
        #"{"espalier":1,"command":"print","typed":"print in","ok":true,"text":["in"],"data":null}"#,
        #"{"espalier":1,"command":"expect","typed":"expect 1 == 2 \"no\"","ok":false,"error":{"code":"E-EXPECT","message":"no","file":"inner.esp","line":2,"column":8,"notes":[{"text":"expected 1 == 2, found 1","file":null,"line":null,"column":null},{"text":"in inner.esp, run from here","file":"x.esp","line":1,"column":8}],"offers":[]}}"#,
      ])
  }

  @Test("commands that say nothing have a line, too, and quit has the last")
  func silentCommands() throws {
    let lines = Session().jsonLines("let x = 1; data xor; add dense 2; train 1; quit 3; print no")
    #expect(lines.count == 5)
    #expect(
      lines[2]
        == #"{"espalier":1,"command":"train","typed":"train 1","ok":true,"text":[],"data":null}"#)
    #expect(lines[3].hasPrefix(#"{"espalier":1,"event":"run","ok":true,"text":["trained main"#))
    #expect(
      lines[3].contains(#""data":{"networks":[{"network":"main","ending":"finished","steps":"#))
    #expect(
      lines[4]
        == #"{"espalier":1,"command":"quit","typed":"quit 3","ok":true,"text":[],"data":null}"#)
  }

  @Test("a run that diverges refuses the command that began it")
  func divergence() {
    let lines = Session().jsonLines(
      "data xor; add dense 8; add dense 2; optimizer sgd lr=1000; loss cross_entropy; train 2000 steps; print no"
    )
    #expect(
      lines.last?.hasPrefix(
        #"{"espalier":1,"command":"train","typed":"train 2000 steps","ok":false,"error":{"code":"E-DIVERGED","message":"the loss became"#
      ) == true, "\(lines.last ?? "")")
  }

  @Test("epochs are events")
  func epochs() {
    var epoch = EpochSummary(
      network: "main", epoch: 1, epochs: 2, step: 45, loss: 0.1, accuracy: 0.5, testLoss: .nan,
      samplesPerSecond: 1000)
    #expect(
      epoch.value.line
        == #"{"espalier":1,"event":"epoch","ok":true,"network":"main","epoch":1,"epochs":2,"step":45,"loss":0.1,"accuracy":0.5,"test_loss":"nan","test_accuracy":null,"samples_per_second":1000.0}"#
    )
    epoch.epochs = nil
    #expect(epoch.value.line.contains(#""epochs":null"#))
  }

  @Test("a file has the same object as a line, and says the same as people are told")
  func files() throws {
    Workplace.enter()
    let session = Session()
    session.answer("data moons count=20; input 2; add dense 2; train 1; train 1")
    for command in [
      "tree", "summary", "show dense1", "script", "trace", "gradients", "memory", "data",
      "evaluate",
      "plot accuracy", "help", "help conv", "net", "predict", "confusion", "mistakes", "example",
      "defaults",
    ] {
      let line = try #require(session.jsonLines(command).first)
      #expect(session.answer("\(command) > same.json").text == "wrote same.json")
      let text = try String(contentsOfFile: "same.json", encoding: .utf8)
      var read = try #require(
        JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      var told = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(read["typed"] as? String == "\(command) > same.json")
      #expect(told["typed"] as? String == command)
      (read["typed"], told["typed"]) = (nil, nil)
      if command == "predict" { (read["data"], read["text"]) = (told["data"], told["text"]) }
      // What is free differs from one moment to the next.
      if command == "memory", var facts = read["data"] as? [String: Any] {
        facts["available"] = (told["data"] as? [String: Any])?["available"]
        read["data"] = facts
      }
      #expect(NSDictionary(dictionary: read) == NSDictionary(dictionary: told), "\(command)")
      if command != "plot accuracy" {
        #expect(
          session.answer(command).text == (told["text"] as? [String])?.joined(separator: "\n"))
      }
    }
  }

  @Test("the figures of an answer are those of its data")
  func figures() throws {
    let session = Session()
    session.answer("data moons count=20; input 2; add dense 2; train 1")
    let data = try #require(session.data("evaluate"))
    let parts = data.members.last?.value
    guard case .array(let values) = parts else { return #expect(Bool(false)) }
    let text = session.answer("evaluate").text.split(separator: "\n")
    #expect(text.count == values.count)
    for (line, value) in zip(text, values) {
      guard case .number(let loss) = value.members[2].value,
        case .number(let accuracy) = value.members[3].value
      else { return #expect(Bool(false)) }
      #expect(line.contains("loss \(Numbers.loss(loss))  accuracy \(Numbers.percent(accuracy))"))
    }
  }

  @Test("a check has no figures")
  func check() {
    var options = Session.Options()
    options.checksOnly = true
    let lines = Session(options).jsonLines(
      "data moons; input 2; add dense 2; evaluate; summary > never.json; plot loss > x.json")
    #expect(
      lines[3]
        == #"{"espalier":1,"command":"evaluate","typed":"evaluate","ok":true,"text":["would evaluate main"],"data":null}"#
    )
    #expect(
      lines[4]
        == #"{"espalier":1,"command":"summary","typed":"summary > never.json","ok":true,"text":["would write never.json"],"data":null}"#
    )
  }

  @Test("python3 reads every line, where there is one")
  func python() throws {
    let session = Session()
    let text = """
      data moons count=20; input 2; add dense 3 act=tanh name=é; residual { dense 3; relu }; add dense 2
      train 1; tree; summary; show *; script; trace; gradients; evaluate; fork b; diff main; net
      predict; confusion; mistakes; example; plot loss; help; help language; help residual; help resnet20; help library
      print "\\t$(1 / 3) 🙂"; try { add nothing }; expect 1 == 2
      """
    let lines = session.jsonLines(text)
    #expect(lines.count > 25)
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = [
      "python3", "-c",
      """
      import json, sys
      def refuse(name): raise ValueError(name)
      rows = [json.loads(line, parse_constant=refuse) for line in sys.stdin.buffer]
      print(len(rows), all(row['espalier'] == 1 for row in rows), rows[-1]['error']['code'])
      """,
    ]
    let (input, output) = (Pipe(), Pipe())
    python.standardInput = input
    python.standardOutput = output
    python.standardError = FileHandle.nullDevice
    try python.run()
    input.fileHandleForWriting.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    try input.fileHandleForWriting.close()
    let answer = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    if python.terminationStatus == 127 { return }
    #expect(answer == "\(lines.count) True E-EXPECT\n")
  }
}
