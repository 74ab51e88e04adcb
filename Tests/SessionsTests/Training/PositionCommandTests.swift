import Foundation
import Networks
import Testing
import Training

@testable import Sessions

/// Commands about data with a target at each position.
@Suite(.serialized) struct PositionCommandTests {
  /// A session whose network puts out its inputs, three scores at each of four positions.
  private func session(_ targets: Examples.Targets, scores: [[Float]]) throws -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.state.data = Dataset(
      name: "own", description: "",
      train: Examples(
        inputs: Tensor(shape: [2, 3, 4], values: Array(scores.joined())), targets: targets))
    session.answer("input 3x4; add conv 3 1 bias=no")
    let network = try #require(session.state.current?.network)
    let weight = try #require(network.parameters.first)
    var learned = LearnedState()
    learned.parameters[weight.key] = Tensor(
      shape: weight.shape, values: (0..<9).map { $0 % 4 == 0 ? 1 : 0 })
    session.state.current?.weights = learned
    return session
  }

  /// Classes at positions: all of the second example are found, one of the first is taken for another.
  private func classes() throws -> Session {
    let maps = ClassMaps(
      labels: [0, 1, 2, 0, 0, 0, 0, 2], extents: [4], names: ["none", "cat", "dog"])
    return try session(
      .maps(maps),
      scores: [[2, 0, 0, 1, 0, 2, 0, 2, 0, 0, 2, 0], [2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2]])
  }

  /// Numbers at positions, all but one as they are put out.
  private func numbers() throws -> Session {
    let values = (0..<24).map { Float($0 % 5) }
    var targets = values
    targets[3] += 2
    return try session(
      .values(Tensor(shape: [2, 3, 4], values: targets)),
      scores: [Array(values[..<12]), Array(values[12...])])
  }

  @Test("the data tells its positions")
  func data() throws {
    let classesText = try classes().answer("data").text
    #expect(
      classesText == """
        own: 
        2 examples of 3×4 to train
        3 classes at each of 4 positions: none (5) cat (1) dog (2)
        """)
    #expect(
      try classes().data("data")?.line
        == #"{"name":"own","description":"","shape":[3,4],"train":2,"test":null,"targets":"maps","positions":[4],"characters":false,"classes":[{"name":"none","train":5,"test":null},{"name":"cat","train":1,"test":null},{"name":"dog","train":2,"test":null}],"normalization":null}"#
    )
    #expect(
      try numbers().data("data")?.line
        == #"{"name":"own","description":"","shape":[3,4],"train":2,"test":null,"targets":"numbers","numbers":12,"target_shape":[3,4],"normalization":null}"#
    )
  }

  @Test("positions are measured, IoU with them")
  func evaluate() throws {
    let classesText = try classes().answer("evaluate by=class").text
    #expect(
      classesText == """
        train  loss 0.3856  accuracy 87.5 %  IoU 76.7 %  balanced 93.3 %  2 examples
        class  positions  precision   recall       F1      IoU
        none           5    100.0 %   80.0 %   88.9 %   80.0 %
        cat            1     50.0 %  100.0 %   66.7 %   50.0 %
        dog            2    100.0 %  100.0 %  100.0 %  100.0 %
        mean           8     83.3 %   93.3 %   85.2 %   76.7 %
        """)
    #expect(
      try numbers().answer("evaluate").text
        == "train  loss 0.08333  MAE 0.08333  RMSE 0.1179  PSNR 21.8 dB  2 examples")
    for expression in ["iou(train) > 0.76", "iou(train, cat) == 0.5", "accuracy(train) == 7 / 8"] {
      #expect(try classes().answer("expect \(expression)").outcome == .done)
    }
    #expect(try numbers().answer("expect psnr(train) > 21").outcome == .done)
  }

  @Test("a matrix counts positions")
  func confusion() throws {
    let classesText = try classes().answer("confusion").text
    #expect(
      classesText == """
        train  7 of 8 positions right; rows are classes, columns predictions
              none   cat   dog
        none     4▇    1▂    ·
        cat      ·     1█    ·
        dog      ·     ·     2█
        """)
  }

  @Test("mistakes are shown position by position")
  func mistakes() throws {
    let classesText = try classes().answer("mistakes").text
    #expect(
      classesText == """
        1 of 2 train examples is wrong somewhere
        train 0  1 of 4 positions wrong  loss 0.5316
          █  ▄
           █ █
            █
          target  . none  c cat  d dog
          .cd.
          predicted
          .cdc
        """)
    let numbersText = try numbers().answer("mistakes 1").text
    #expect(
      numbersText == """
        train 0  loss 0.1667
           ▃▆█
          █ ▂▄
          ▆█ ▂
          target
           ▁▃█
          █ ▂▄
          ▆█ ▂
          predicted
           ▃▆█
          █ ▂▄
          ▆█ ▂
        """)
    #expect(
      try classes().data("mistakes")?.line.contains(
        #""target":["none","cat","dog","none"],"predicted":["none","cat","dog","cat"]"#) == true)
  }

  @Test("examples are drawn with their targets")
  func example() throws {
    let classesText = try classes().answer("example 0").text
    #expect(
      classesText == """
        train 0  3×4
          █  ▄
           █ █
            █
        classes  . none  c cat  d dog
          .cd.
        """)
    #expect(
      try classes().data("example 1")?.line
        == #"{"data":"own","part":"train","example":1,"shape":[3,4],"target":["none","none","none","dog"],"values":[2.0,2.0,2.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,2.0]}"#
    )
  }

  @Test("predictions are classes by how many positions they have, in files position by position")
  func predict() throws {
    let session = try classes()
    #expect(
      session.answer("predict").text == """
        example  predicted           target              outputs
              0  cat 2 none 1 dog 1  none 2 cat 1 dog 1  2.00 0 0 1.00 0 2.00 0 2.00 0 0 …
              1  none 3 dog 1        none 3 dog 1        2.00 2.00 2.00 0 0 0 0 0 0 0 …
        """)
    #expect(
      session.data("predict first=1")?.line
        == #"{"network":"main","part":"train","examples":[{"example":0,"predicted":["none","cat","dog","cat"],"target":["none","cat","dog","none"],"outputs":[2.0,0.0,0.0,1.0,0.0,2.0,0.0,2.0,0.0,0.0,2.0,0.0]}]}"#
    )
    Workplace.enter()
    let name = "\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: name) }
    session.answer("predict first=1 > \(name)")
    let rows = try String(contentsOfFile: name, encoding: .utf8).split(separator: "\r\n")
    let outputs = (1...12).map { "output\($0)" }.joined(separator: ",")
    #expect(
      rows[0]
        == "example,predicted1,predicted2,predicted3,predicted4,target1,target2,target3,target4,\(outputs)"
    )
    #expect(
      rows[1]
        == "0,none,cat,dog,cat,none,cat,dog,none,2.0,0.0,0.0,1.0,0.0,2.0,0.0,2.0,0.0,0.0,2.0,0.0")
  }

  private static let refusals:
    [(setup: String, command: String, message: String, offers: [String])] =
      [
        (
          "data shapes size=16 count=9; add conv 3 3", "train 1",
          "the data has 4 classes at each position, the network's output is 3×16×16",
          ["set conv1 channels=4", "add conv 4 1"]
        ),
        (
          "data shapes size=16 count=9; add conv 8 3 stride=2", "train 1",
          "the data has a class at each of 16×16 positions, the network's output is 8×8×8",
          ["add upsample 2; add conv 4 1"]
        ),
        (
          "data shapes size=16 count=9; add conv 8 3; add gap; add dense 4", "evaluate",
          "the data has a class at each of 16×16 positions, the network's output is 4",
          ["remove dense1; remove gap1; add conv 4 1"]
        ),
        (
          "data waves target=clean count=9; add conv 8 3", "train 1",
          "the data has targets of 1×64, the network's output is 8×64",
          ["set conv1 channels=1", "add conv 1 1"]
        ),
        (
          "data waves target=clean count=9; add conv 8 3; add gap; add dense 64", "train 1",
          "the data has targets of 1×64, the network's output is 64",
          ["remove dense1; remove gap1; add conv 1 1"]
        ),
        (
          "data shapes size=16 count=9", "augment crop=2",
          "augment crop moves positions, and those that come in have no class; flip moves classes, too",
          ["augment crop=0"]
        ),
        (
          "data text characters=10000", "augment noise=0.1",
          "augment noise changes values, and the inputs are the numbers of characters",
          ["augment off"]
        ),
        (
          "data text characters=10000", "normalize",
          "the inputs of text are the numbers of characters, which stay as they are", ["data"]
        ),
        (
          "data text characters=10000; add conv 44 1; batch mixup=0.2", "train 1",
          "mixup mixes inputs, and the numbers of characters cannot be mixed", ["batch mixup=0"]
        ),
        (
          "data shapes size=16 count=9", "degrade 8",
          "shapes has a target at each position, and what is built for this answers once for an example",
          ["data digits"]
        ),
        (
          "data text length=2 characters=10000; add conv 44 1", "surface",
          "a surface needs one class for an example, text has a target at each position",
          ["data spirals", "data moons"]
        ),
        (
          "data waves target=clean count=9; add conv 1 3", "expect iou(test) > 1",
          "iou compares classes, the targets of waves are numbers: mae, rmse, r2 and psnr are for those",
          ["expect r2(test) > 1"]
        ),
        (
          "data shapes size=16 count=9; add conv 4 3", "expect psnr(test) > 1",
          "psnr compares numbers, the targets of shapes are classes: accuracy, balanced and f1 are for those",
          ["expect accuracy(test) > 1"]
        ),
      ]

  @Test("what does not fit is refused, with what would", arguments: refusals)
  func refused(setup: String, command: String, message: String, offers: [String]) {
    let session = Session()
    session.answer(setup)
    let complaint = Complaint(session.answer(command).text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
  }

  @Test("offers lead to networks that can be trained", arguments: refusals[..<5])
  func offersLead(setup: String, command: String, message: String, offers: [String]) {
    for offer in offers {
      let session = Session()
      session.answer("\(setup); \(offer)")
      #expect(session.answer("evaluate").outcome == .done, "\(offer)")
    }
  }

  @Test("positions that targets have not in common with inputs cannot move")
  func otherPositions() {
    let session = Session()
    session.state.data = Dataset(
      name: "own", description: "",
      train: Examples(
        inputs: Tensor(shape: [1, 1, 8]), targets: .values(Tensor(shape: [1, 1, 4]))))
    #expect(
      Complaint(session.answer("augment flip=time").text)
        == Complaint(
          message: "augment flip moves positions, and the targets have others than inputs of 1×8",
          offers: ["augment flip=no"]))
  }

  @Test("two classes at positions may have one score each")
  func binary() {
    let session = Session()
    let maps = ClassMaps(labels: [0, 1, 1, 0], extents: [4], names: ["off", "on"])
    session.state.data = Dataset(
      name: "own", description: "",
      train: Examples(
        inputs: Tensor(shape: [1, 1, 4], values: [-1, 1, 2, -3]), targets: .maps(maps)))
    session.answer("input 1x4; add conv 1 1; loss bce; seed 3")
    #expect(session.answer("train 60; expect accuracy(train) == 1").outcome == .done)
    #expect(session.answer("predict").text.contains("off 2 on 2"))
    session.answer("add conv 2 1")
    #expect(
      Complaint(session.answer("train 1").text)
        == Complaint(
          message: "bce takes one output, the network has 2", offers: ["loss cross_entropy"]))
  }
}
