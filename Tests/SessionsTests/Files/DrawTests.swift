import Foundation
import Testing

@testable import Sessions

/// What `draw` writes: the network or a part of it, folded as its tree is.
struct DrawTests {
  /// The file that a command writes.
  private func drawn(_ command: String, by session: Session) throws -> String {
    Workplace.enter()
    let file = FileManager.default.temporaryDirectory
      .appending(path: "espalier-draw-\(UUID().uuidString).\(command.suffix(3))")
    defer { try? FileManager.default.removeItem(at: file) }
    let answer = session.answer(
      command.replacing(/[a-z]+\.(svg|dot)$/, with: "\"\(file.path)\""))
    #expect(answer.text == "wrote \(file.path)")
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// The nodes, clusters and edges of a graph, without how they are drawn.
  private func outline(_ graph: String) -> String {
    graph.split(separator: "\n").filter { line in
      !["rankdir", "labelloc", "labeljust", "fontname", "node ", "edge "].contains {
        line.drop { $0 == " " }.hasPrefix($0)
      }
    }
    .map { line in
      line.replacing(
        /(, |; )?(fillcolor|color|shape|style|width|fixedsize)=("[^"]*"|[a-z0-9.]+)/, with: "")
    }
    .joined(separator: "\n")
  }

  private func session() -> Session {
    let session = Session()
    session.answer(
      "input 1x16; add conv 4 3; add residual act=relu { conv 4 3; bn }; add repeat 2 { relu }")
    return session
  }

  @Test("a graph of the network, as its tree is folded")
  func graph() throws {
    let session = session()
    #expect(
      outline(try drawn("draw net.dot", by: session)) == """
        digraph "main" {
          label="main\\l1×16 → 4×16, 76 parameters\\l";
          "main input" [label="1×16"];
          "conv1" [label="conv 4 3\\n4×16"];
          subgraph "cluster_res1" {
            label="res1";
            "res1.body.conv1" [label="conv 4 3\\n4×16"];
            "res1.body.bn1" [label="bn\\n4×16"];
            "res1" [label="+"];
            "res1 relu" [label="relu\\n4×16"];
          }
          subgraph "cluster_rep1" {
            label="rep1 × 2";
            "rep1.1.relu1" [label="relu\\n4×16"];
          }
          "main output" [label="4×16"];
          "main input" -> "conv1";
          "conv1" -> "res1.body.conv1";
          "res1.body.conv1" -> "res1.body.bn1";
          "res1.body.bn1" -> "res1";
          "conv1" -> "res1" [];
          "res1" -> "res1 relu" [label=" 4×16"];
          "res1 relu" -> "rep1.1.relu1";
          "rep1.1.relu1" -> "main output";
        }
        """)
    session.answer("fold res1; fold rep1")
    #expect(
      outline(try drawn("draw net.dot", by: session)) == """
        digraph "main" {
          label="main\\l1×16 → 4×16, 76 parameters\\l";
          "main input" [label="1×16"];
          "conv1" [label="conv 4 3\\n4×16"];
          "res1" [label="res1 residual act=relu\\n4×16, 60 parameters"];
          "rep1" [label="rep1 × 2\\n4×16", peripheries=2];
          "main output" [label="4×16"];
          "main input" -> "conv1";
          "conv1" -> "res1";
          "res1" -> "rep1";
          "rep1" -> "main output";
        }
        """)
  }

  @Test("a part has its own shapes and is open, whatever lies folded in it")
  func part() throws {
    let session = session()
    session.answer("wrap seq res1..rep1 name=tail; fold tail; fold tail.res1")
    #expect(
      outline(try drawn("draw tail part.dot", by: session)) == """
        digraph "tail of main" {
          label="tail of main\\l4×16 → 4×16, 60 parameters\\l";
          "tail of main input" [label="4×16"];
          subgraph "cluster_tail" {
            label="tail";
            "tail.res1" [label="res1 residual act=relu\\n4×16, 60 parameters"];
            subgraph "cluster_tail.rep1" {
              label="tail.rep1 × 2";
              "tail.rep1.1.relu1" [label="relu\\n4×16"];
            }
          }
          "tail of main output" [label="4×16"];
          "tail of main input" -> "tail.res1";
          "tail.res1" -> "tail.rep1.1.relu1";
          "tail.rep1.1.relu1" -> "tail of main output";
        }
        """)
  }

  @Test("a long tree's sequences and repeats are boxes, as in the tree")
  func longTree() throws {
    let session = Session()
    session.answer("input 4x16; for i in 1..210 { add relu }; add seq { relu }")
    let graph = outline(try drawn("draw net.dot", by: session))
    #expect(graph.contains("\"seq1\" [label=\"seq1 seq\\n4×16\"];"))
    session.answer("unfold seq1")
    #expect(outline(try drawn("draw net.dot", by: session)).contains("\"seq1.relu1\" ["))
  }

  @Test("to the right, both files")
  func direction() throws {
    let session = session()
    let command = "draw direction=right res1 part"
    #expect(try drawn("\(command).dot", by: session).contains("\n  rankdir=LR;\n"))
    let (down, right) = (
      try drawn("draw part.svg", by: session), try drawn("\(command).svg", by: session)
    )
    let size = { (text: String) in
      text.firstMatch(of: /width="([0-9.]+)" height="([0-9.]+)"/)
        .flatMap { match in Double(match.1).flatMap { x in Double(match.2).map { (x, $0) } } }
    }
    let (tall, wide) = (try #require(size(down)), try #require(size(right)))
    #expect(tall.0 < tall.1 && wide.0 > wide.1)
  }

  @Test("without a network there is nothing to draw")
  func noNetwork() {
    #expect(
      Session().answer("draw net.dot").text == """
        x:1:1: error[E-SHAPE]: no input yet: a network begins with the shape of one example
          draw net.dot
          ^~~~~~~~~~~~
          try: input 1x64
          try: input 3x32x32
          try: data digits
        """)
  }

  @Test("paths and files complete the first word, directions their key")
  func completion() {
    let session = session()
    let candidates = { (text: String) in
      session.completion(of: text, at: text.utf8.count).candidates.map(\.text)
    }
    #expect(candidates("draw res1.b") == ["res1.body"])
    #expect(candidates("draw ").starts(with: ["conv1", "res1", "rep1"]))
    #expect(candidates("draw res1 x direction=") == ["down", "right"])
    #expect(candidates("draw res1 x d") == ["direction="])
  }
}
