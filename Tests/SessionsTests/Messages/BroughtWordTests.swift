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
    ("fit 10", "train 10"), ("learn", "lesson"), ("run 2", "train 2"),
    ("epochs 10", "train 10"), ("start", "train"), ("compile", "recipe"),
    ("config", "recipe"), ("settings", "recipe"), ("status", "net"), ("info", "net"),
    ("lessons", "lesson"), ("course", "lesson"), ("demo", "examples"), ("man conv", "help conv"),
    ("acc", "evaluate"), ("accuracy", "evaluate"), ("score", "evaluate"), ("test", "evaluate"),
    ("validate", "evaluate"), ("learning_rate 0.1", "lr 0.1"), ("lr=0.01", "lr 0.01"),
    ("batch_size 32", "batch 32"), ("batch_size=32", "batch 32"), ("batchsize 32", "batch 32"),
    ("dataset digits", "data digits"), ("digits", "data digits"), ("open net.esp", "load net.esp"),
    ("write net.esp", "save net.esp"), ("cat", "script"), ("graph", "draw net.svg"),
    ("gpu", "explain ctx"), ("adam lr=0.01", "optimizer adam"), ("sgd", "optimizer sgd"),
    ("cross_entropy", "loss cross_entropy"), ("xavier", "init xavier"), ("bye", "quit"),
    ("revert", "undo"), ("revert 2", "undo 2"), ("forward", "predict"), ("backward", "gradients"),
    ("profile", "plan"), ("benchmark", "plan"), ("timeit 10 tree", "time 10 tree"),
    ("lang", "help language"), ("version", "help"), ("resnet 10", "help resnet20"),
    ("stride 2", "explain stride"), ("overfitting", "explain overfitting"), ("!ls", "help"),
    ("input=1x8x8", "input 1x8x8"), ("eval", "evaluate"), ("evalaute", "evaluate"),
    ("schedule cosine", "lr cosine"), ("patience 5", "train 50 patience=5"),
    ("Add relu", "add relu"), ("TREE", "tree"), ("lesons", "lesson"), ("tre", "tree"),
    ("x = 3", "let x = 3"), ("what is a residual?", "explain residual"),
    ("how does padding work", "explain padding"), ("whats batch norm", "explain batch norm"),
    ("What is relu", "explain relu"), ("what is a quagga", "help"), ("what", "help"),
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

  /// The whole of what is said of each word.
  private static let messages: [(typed: String, message: String)] = [
    ("ls", "no command is called ls; tree draws the blocks"),
    ("params", "no command is called params; summary lists layers, shapes and parameters"),
    ("rm", "no command is called rm; remove takes blocks out"),
    ("mv", "no command is called mv; rename names a block, move puts it elsewhere"),
    ("cp", "no command is called cp; fork copies the network"),
    ("clear", "no command is called clear; net other begins an empty network"),
    ("history", "no command is called history; runs lists runs; the arrow keys bring back lines"),
    ("fit", "no command is called fit; train trains for so many epochs"),
    ("compile", "no command is called compile; recipe says what loss, optimizer and lr have set"),
    ("status", "no command is called status; net lists the networks"),
    ("lessons", "no command is called lessons; lesson lists lessons, tutorial begins the first"),
    (
      "what is a skip connection?",
      "no command is called what; explain skip connection tells what it is"
    ),
    ("demo", "no command is called demo; examples runs command files"),
    ("man", "no command is called man; help has examples of each command"),
    ("acc", "no command is called acc; evaluate measures loss and accuracy"),
    ("learning_rate", "no command is called learning_rate; lr sets the learning rate"),
    ("batch_size", "no command is called batch_size; batch sets the batch's size"),
    ("dataset", "no command is called dataset; data loads data"),
    ("open", "no command is called open; load reads a network"),
    ("write", "no command is called write; save writes the network"),
    ("cat", "no command is called cat; script prints the network as text"),
    ("graph", "no command is called graph; draw net.svg draws the network into a file"),
    ("gpu", "no command is called gpu; explain ctx says where it is computed"),
    ("schedule", "no command is called schedule; lr cosine lets the rate fall along a curve"),
    (
      "patience",
      "no command is called patience; train 50 patience=5 stops where no epoch is better"
    ),
    ("Tree", "no command is called Tree; commands are in small letters"),
    ("bye", "no command is called bye; quit ends the session"),
    ("continue", "no command is called continue; resume lets a run go on"),
    ("cancel", "no command is called cancel; stop ends a run"),
    ("revert", "no command is called revert; undo takes back commands"),
    ("forward", "no command is called forward; predict computes outputs"),
    ("backward", "no command is called backward; gradients tells their norms"),
    ("profile", "no command is called profile; plan tells where the time of a training step goes"),
    ("timeit", "no command is called timeit; time tells how long a command took"),
    ("lang", "no command is called lang; help language tells the grammar"),
    (
      "version",
      "no command is called version; help lists commands; espalier --version tells the version"
    ),
    ("resnet", "no command is called resnet; resnet20 is one of 20 layers"),
    ("!ls", "no command is called !ls; the shell's commands are typed in the shell"),
    ("adam", "no command is called adam; optimizer adam chooses it"),
    ("bce", "no command is called bce; loss bce chooses it"),
    ("xavier", "no command is called xavier; init xavier chooses it"),
    ("waves", "no command is called waves; data waves chooses it"),
    ("stride", "no command is called stride; explain stride tells what it is"),
  ]

  @Test("the refusal says what is offered", arguments: messages)
  func says(typed: String, message: String) {
    #expect(Complaint(Session().answer(typed).text).message == message)
  }

  @Test("a value behind = is told of the command")
  func assignment() {
    let complaint = Complaint(Session().answer("lr=0.01").text)
    #expect(complaint.message == "lr takes its value after a blank, found =")
    #expect(complaint.offers == ["lr 0.01", "help lr"])
  }

  @Test("no word that is brought is one of ours")
  func ours() {
    for (typed, _) in Self.guesses {
      let word = String(typed.prefix { $0 != " " && $0 != "=" })
      if BroughtWord.of(word) != nil { #expect(CommandTable.row(word) == nil, "\(word)") }
    }
  }
}
