import Testing

@testable import Sessions

/// The first words that people type who have used a shell or another framework.
@Suite struct BroughtWordTests {
  /// What is typed, and what is offered first on a network that has learned a little.
  private static let guesses: [(typed: String, offer: String)] = [
    ("ls", "tree"), ("list", "tree"), ("layers", "tree"), ("model", "tree"), ("dir", "tree"),
    ("network", "tree"), ("params", "summary"), ("shapes", "summary"), ("weights", "summary"),
    ("parameters", "summary"), ("rm conv1", "remove conv1"), ("delete conv1", "remove conv1"),
    ("del conv1", "remove conv1"), ("rm", "help remove"), ("mv conv1 stem", "rename conv1 stem"),
    ("cp mine", "fork mine"), ("copy mine", "fork mine"), ("clear", "net other"),
    ("reset", "net other"), ("new", "net other"), ("history", "runs"), ("fit", "train"),
    ("fit 10", "train 10"), ("learn 2", "train 2"), ("run 2", "train 2"),
    ("epochs 10", "train 10"), ("start", "train"), ("compile", "recipe"),
    ("config", "recipe"), ("settings", "recipe"), ("status", "net"), ("info", "net"),
    ("lesson", "explain"), ("tutorial", "explain"), ("examples", "help"), ("man conv", "help conv"),
    ("acc", "evaluate"), ("accuracy", "evaluate"), ("score", "evaluate"), ("test", "evaluate"),
    ("validate", "evaluate"), ("learning_rate 0.1", "lr 0.1"), ("lr=0.01", "lr 0.01"),
    ("batch_size 32", "batch 32"), ("batch_size=32", "batch 32"), ("batchsize 32", "batch 32"),
    ("dataset digits", "data digits"), ("digits", "data digits"), ("open net.esp", "load net.esp"),
    ("write net.esp", "save net.esp"), ("cat", "script"), ("graph", "draw net.svg"),
    ("gpu", "explain ctx"), ("adam lr=0.01", "optimizer adam"), ("sgd", "optimizer sgd"),
    ("cross_entropy", "loss cross_entropy"), ("xavier", "init xavier"), ("bye", "quit"),
    ("back", "undo"), ("back 2", "undo 2"), ("forward", "predict"), ("backward", "gradients"),
    ("lang", "help language"), ("version", "help"), ("resnet 10", "help resnet20"),
    ("stride 2", "explain stride"), ("overfitting", "explain overfitting"), ("!ls", "help"),
    ("input=1x8x8", "input 1x8x8"), ("eval", "evaluate"), ("evalaute", "evaluate"),
    ("tre", "tree"), ("x = 3", "let x = 3"),
  ]

  @Test("each leads to what is typed here", arguments: guesses)
  func leads(typed: String, offer: String) {
    let session = Session()
    session.rememberRuns()
    session.answer("data digits; add conv 8 3; add relu; add gap; add dense 10")
    let answer = session.answer(typed)
    #expect(answer.outcome == .failed)
    #expect(Complaint(answer.text).offers.first == offer, "\(answer.text)")
  }

  @Test("the refusal says what is offered")
  func texts() {
    let message = { (typed: String) in Complaint(Session().answer(typed).text).message }
    #expect(message("ls") == "no command is called ls; tree draws the blocks")
    #expect(message("fit 3") == "no command is called fit; train trains for so many epochs")
    #expect(
      message("acc") == "no command is called acc; evaluate measures loss and accuracy")
    #expect(
      message("!ls") == "no command is called !ls; the shell's commands are typed in the shell")
    #expect(message("adam") == "no command is called adam; optimizer adam chooses it")
    #expect(
      message("stride 2") == "no command is called stride; explain stride tells what it is")
    #expect(message("lr=0.01") == "lr takes its value behind a blank, found =")
  }

  @Test("no word that is brought is one of ours")
  func ours() {
    for (typed, _) in Self.guesses {
      let word = String(typed.prefix { $0 != " " && $0 != "=" })
      if BroughtWord.of(word) != nil { #expect(CommandTable.row(word) == nil, "\(word)") }
    }
  }
}
