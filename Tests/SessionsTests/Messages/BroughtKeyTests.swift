import Testing

@testable import Sessions

/// Keys that people bring to `train` and `data`, and words that stand at another place here.
@Suite struct BroughtKeyTests {
  /// What is typed, what is said of it, and what is offered first.
  private static let guesses: [(typed: String, message: String, offer: String)] = [
    ("train 5 lr=0.01", "train has no key lr; lr sets the learning rate", "lr 0.01"),
    ("train 5 lr=fast", "train has no key lr; lr sets the learning rate", "help lr"),
    (
      "train 5 schedule=cosine", "train has no key schedule; lr sets what becomes of the rate",
      "lr cosine"
    ),
    (
      "train 5 scheduler=warm", "train has no key scheduler; lr sets what becomes of the rate",
      "help lr"
    ),
    (
      "train 5 early_stopping=yes", "train has no key early_stopping; patience=N stops early",
      "help train"
    ),
    (
      "train 5 batch_size=8",
      "train has no key batch_size; batch sets how many examples a step takes", "help batch"
    ),
    (
      "train 5 optimizer=adam", "train has no key optimizer; optimizer is a command of its own",
      "help optimizer"
    ),
    ("train epochs=5", "train has no key epochs; the number stands after train", "help train"),
    (
      "train 5 validation_split=0.2",
      "train has no key validation_split; split 0.8 after it trains on 80 %, tests on the rest",
      "help split"
    ),
    (
      "train 5 shuffle=yes",
      "train has no key shuffle; each epoch has an order of its own, by seed",
      "help seed"
    ),
    (
      "train 5 augment=yes", "train has no key augment; augment is a command of its own",
      "help augment"
    ),
    (
      "data digits test=0.2",
      "data digits: expected no settings, found 'test='; split 0.8 after it trains on 80 %, tests on the rest",
      "help split"
    ),
    (
      "data digits batch_size=8",
      "data digits: expected no settings, found 'batch_size='; batch sets how many examples a step takes",
      "help batch"
    ),
    (
      "data brought-keys.csv split=0.2",
      "csv has no key split; split 0.8 after it trains on 80 %, tests on the rest", "help split"
    ),
    (
      "data brought-keys.csv test=0.2",
      "test= names a file; a share of the examples is what split takes, found 0.2", "help split"
    ),
    (
      "evaluate class", "evaluate tells of each class with by=class, found class",
      "evaluate by=class"
    ),
  ]

  @Test("each is told what is typed here", arguments: guesses)
  func leads(typed: String, message: String, offer: String) {
    Workplace.enter()
    let session = Session()
    session.answer("data digits; add gap; add dense 10")
    let complaint = Complaint(session.answer(typed).text)
    #expect(complaint.message == message)
    #expect(complaint.offers.first == offer)
  }
}
