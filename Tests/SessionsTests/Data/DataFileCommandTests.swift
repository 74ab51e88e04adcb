import Interchange
import Networks
import Testing

@testable import Sessions

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `data` with files as people have them.
struct DataFileCommandTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/espalier-data-\(UUID())"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
  }

  /// An answer with the folder's path left out.
  private func answer(_ session: Session, _ command: String) -> String {
    session.answer(command.replacing("@", with: folder + "/")).text
      .replacing(folder + "/", with: "")
  }

  @Test("arrays that have channels last, by the look of them, are told of")
  func channelsLast() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let values = (0..<24).map(Float.init)
    try SafetensorsWriter.write(
      [NamedTensor(name: "x", tensor: Tensor(shape: [2, 12, 1], values: values))],
      to: folder + "/x.safetensors")
    let session = Session()
    #expect(
      answer(session, "data @x.safetensors") == """
        x: safetensors from x.safetensors
        2 examples of 12×1 to train
        nothing to predict
          12 channels at one position; if they are positions: data x.safetensors channels=last
        input 12×1
        """)
    #expect(answer(session, "data @x.safetensors channels=last").hasSuffix("\ninput 1×12"))
    #expect(!answer(session, "data @x.safetensors channels=first").contains("at one position"))
  }

  @Test("two files, several files and patterns")
  func files() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("x,y,kind\n1,2,cat\n3,4,dog\n", to: "part-1.csv")
    try write("x,y,kind\n5,6,emu\n7,8,cat\n", to: "part-2.csv")
    let session = Session()
    #expect(
      answer(session, "data @part-1.csv test=@part-2.csv") == """
        part-1: csv from part-1.csv, part-2.csv
        2 examples of 2 to train, 2 to test
        3 classes: cat (1+1) dog (1+0) emu (0+1)
        input 2
        """)
    let both = """
      part: csv from part-1.csv, part-2.csv
      4 examples of 2 to train
      3 classes: cat (2) dog (1) emu (1)
      """
    #expect(answer(session, "data @part-1.csv @part-2.csv") == both)
    #expect(answer(session, "data csv '@part-*.csv'") == both)
  }

  @Test("columns fold into the shape that the network takes")
  func shapes() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("1,2,3,4,a\n5,6,7,8,b\n", to: "t.csv")
    let session = Session()
    session.answer("input 1x4; add conv 2 3; add gap; add dense 2")
    let typed = "data \(folder)/t.csv label=last"
    #expect(
      session.answer(typed).text.hasSuffix(
        "main takes 1×4, so it cannot learn this yet: \(typed) shape=1x4"))
    #expect(
      answer(session, "data @t.csv label=last shape=1x4") == """
        t: csv from t.csv
        2 examples of 1×4 to train
        2 classes: a (1) b (1)
        """)
  }

  @Test("several columns of numbers are learned by as many outputs")
  func targets() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rows = (0..<20).map { "\(Double($0) / 20),\(Double($0) / 10),\(1 - Double($0) / 20)\n" }
    try write("x,y1,y2\n" + rows.joined(), to: "t.csv")
    let session = Session()
    #expect(
      answer(session, "data @t.csv targets=y1,y2") == """
        t: csv from t.csv
        20 examples of 1 to train
        2 numbers to predict
        input 1
        """)
    session.answer("add dense 1")
    #expect(
      answer(session, "train 1").contains("the data has targets of 2, the network's output is 1"))
    session.answer("undo; add dense 2; lr 0.3")
    #expect(answer(session, "train 200").contains("trained main for 200 steps"))
    #expect(session.answer("expect loss(train) < 0.01").text == "ok loss(train) < 0.01")
  }

  @Test("folders and images that are no data")
  func others() {
    let session = Session()
    #expect(
      session.answer("data cat.png", from: .prompt).text == """
        error[E-NAME]: no data is called cat.png
          data cat.png
               ^~~~~~~
          note: images are read from a folder for each class: data images FOLDER
          try: help data
        """)
  }
}
