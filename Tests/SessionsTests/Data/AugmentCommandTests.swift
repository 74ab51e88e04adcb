import Networks
import Testing
import Training

@testable import Sessions

/// `augment`: examples to train on, changed at random.
struct AugmentCommandTests {
  @Test("keys are set one by one, shown, and switched off")
  func keys() {
    let session = Session()
    #expect(session.answer("augment").text == "augment off")
    #expect(session.answer("augment crop=2 noise=0.05").text == "augment crop=2 noise=0.05")
    #expect(session.answer("augment flip=yes crop=0").text == "augment flip=yes noise=0.05")
    #expect(session.answer("augment").text == "augment flip=yes noise=0.05")
    session.answer("undo")
    #expect(session.answer("augment").text == "augment crop=2 noise=0.05")
    #expect(session.answer("augment off warp=0.25").text == "augment warp=0.25")
    #expect(session.answer("augment off").text == "augment off")
  }

  @Test("recipe has it, and sets it again whatever was set before; script is the network alone")
  func recipe() {
    let session = Session()
    session.answer("input 1x8x8; add conv2d 4 3; augment crop=1 flip=yes jitter=0.1 cutout=2")
    let recipe = session.answer("recipe").text
    #expect(recipe.contains("augment off crop=1 flip=yes jitter=0.1 cutout=2"), "\(recipe)")
    let other = Session()
    other.answer("augment noise=0.5 scale=2")
    other.answer(recipe)
    #expect(other.answer("recipe").text == recipe)
    #expect(session.answer("script").text == "input 1x8x8\nadd conv2d 4 3")
  }

  @Test(
    "what makes no sense is refused",
    arguments: [
      (
        "data digits", "augment warp=0.2",
        """
        error[E-ARGUMENT]: augment warp needs series, the data has images of 1×8×8
          augment warp=0.2
                       ^~~
          try: augment warp=0
        """
      ),
      (
        "data digits", "augment flip=time",
        """
        error[E-ARGUMENT]: augment flip=time needs series, the data has images of 1×8×8
          augment flip=time
                       ^~~~
          try: augment flip=yes
        """
      ),
      (
        "data digits", "augment crop=8",
        """
        error[E-ARGUMENT]: augment crop of inputs of 1×8×8 is at most 7, found 8
          augment crop=8
                       ^
          try: augment crop=7
        """
      ),
      (
        "data waves count=20", "augment flip=yes",
        """
        error[E-ARGUMENT]: augment flip=yes mirrors images, the data has series of 1×64; flip=time runs them backwards
          augment flip=yes
                       ^~~
          try: augment flip=time
        """
      ),
      (
        "data moons", "augment jitter=1",
        """
        error[E-ARGUMENT]: augment jitter needs images or series, the data has inputs of 2
          augment jitter=1
                         ^
          try: augment off noise=0.05
        """
      ),
      (
        "data moons", "augment on",
        """
        error[E-ARGUMENT]: augment expects one of off, found on
          augment on
                  ^~
          try: help augment
        """
      ),
      (
        "data moons", "augment warp=2",
        """
        error[E-ARGUMENT]: warp expects a number from 0 to 0.9, found 2
          augment warp=2
                       ^
          try: help augment
        """
      ),
      (
        "data moons", "example augment=2",
        """
        error[E-STATE]: augment is off
          example augment=2
                          ^
          try: augment noise=0.05
        """
      ),
      (
        "data moons; augment noise=1", "example 0 test augment=2",
        """
        error[E-ARGUMENT]: examples to test on stay as they are
          example 0 test augment=2
                                 ^
          try: example 0 test
          try: example augment=2
        """
      ),
      (
        "augment warp=0.2; data digits; add dense 10", "train 1",
        """
        error[E-ARGUMENT]: augment warp needs series, the data has images of 1×8×8
          train 1
          ^~~~~~~
          try: augment warp=0
        """
      ),
    ])
  func refusals(setup: String, command: String, text: String) {
    let session = Session()
    session.answer(setup)
    #expect(session.answer(command, from: .prompt).text == text)
  }

  @Test("an example is shown as it is in the first epochs")
  func preview() {
    let session = Session()
    session.answer("data moons count=4; augment noise=0.5")
    let plain = session.answer("example 1").text
    let lines = session.answer("example 1 augment=2").text.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(lines.prefix(2).joined(separator: "\n") == plain)
    #expect(lines[2] == "epoch 1" && lines[4] == "epoch 2")
    #expect(Set([lines[1], lines[3], lines[5]]).count == 3)
  }

  @Test("runs see changed examples, the same ones by the same seed; without it all is as it was")
  func runs() {
    func loss(_ commands: String) -> String {
      let session = Session()
      session.answer("data moons count=40 test=0; add dense 8; add relu; add dense 2; batch 10")
      session.answer(commands)
      session.answer("train 2")
      return session.answer("print $(loss(train))").text
    }
    let plain = loss("augment off")
    let first = loss("augment noise=0.5")
    #expect(first != plain)
    #expect(loss("augment noise=0.5") == first)
    #expect(loss("augment noise=0.5; augment off") == plain)
  }
}
