import Engine
import Foundation
import Networks
import Testing
import Training

@testable import Interchange
@testable import Sessions

/// In which numbers products have their operands.
@Suite struct PrecisionCommandTests {
  private static let net =
    "data digits; batch 64; add conv 32 3; add bn; add relu; add conv 32 3; add gap; add dense 10"

  private func session(_ text: String = net) -> Session {
    Workplace.enter()
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer(text)
    return session
  }

  /// The digits of durations, which differ from machine to machine, left out.
  private func told(_ session: Session, _ line: String) -> String {
    session.answer(line, from: .prompt).text.replacing(#/[0-9]+\.[0-9]+ times/#, with: "# times")
  }

  private func figure(_ name: String, _ session: Session, of part: String) -> Double? {
    session.data("evaluate \(part)")?["parts"]?.elements.first?[name]?.double
  }

  @Test(
    "what it takes is said where it is not there, and nothing changes",
    arguments: [
      (Precision.Support.missing, "a processor with AVX512_BF16, which this one has not"),
      (
        .leftOut(by: "avx2"), "AVX512_BF16, which the instructions asked for (avx2) leave out"
      ),
      (.limited, "AVX512_BF16, which DNNL_MAX_CPU_ISA keeps oneDNN from using"),
      (.noLibrary, "oneDNN, which was not found"),
    ])
  func refused(support: Precision.Support, needs: String) {
    Precision.$assumed.withValue(support) {
      let session = session()
      let revision = session.state.revision
      #expect(
        session.answer("precision bf16").text == """
          x:1:11: error[E-STATE]: precision bf16 needs \(needs)
            precision bf16
                      ^~~~
            try: precision float32
          """)
      #expect(session.state.revision == revision)
      #expect(session.recipe.precision == .float32)
      #expect(
        session.answer("precision").text == """
          precision float32
            bf16 is not to be had: it needs \(needs)
          """)
      #expect(session.answer("precision float32").text == "precision float32")
    }
  }

  @Test("other words are refused")
  func words() {
    #expect(
      session().answer("precision half").text == """
        x:1:11: error[E-ARGUMENT]: precision expects one of float32, bf16, found half
          precision half
                    ^~~~
          try: help precision
        """)
  }

  @Test("what the processor has is said, and measured", .enabled(if: Precision.support.isThere))
  func measured() {
    let found =
      Precision.support == .amx
      ? "this processor has AMX" : "this processor has AVX512_BF16, no AMX"
    #expect(
      told(session(), "precision") == """
        precision float32
          \(found): a 3x3 convolution in bf16 takes # times as long as in float32
        """)
  }

  @Test("a recipe has it, undo takes it back", .enabled(if: Precision.support.isThere))
  func recipe() {
    let session = session()
    let answer = told(session, "precision bf16")
    let slower = "\n  slower than float32 on this processor; precision measures how much"
    #expect(answer == "precision bf16" || answer == "precision bf16\(slower)")
    #expect(told(session, "precision bf16") == "precision bf16")
    #expect(session.answer("recipe").text.hasSuffix("\nthreads 1\nprecision bf16\ntune off"))
    let other = Session()
    for line in RecipeText.lines(of: session.recipe) { other.answer(line) }
    #expect(other.state.recipe == session.state.recipe)
    #expect(told(session, "undo").hasPrefix("undone: precision bf16"))
    #expect(session.recipe.precision == .float32)
    #expect(told(session, "redo").hasPrefix("done again: precision bf16"))
    #expect(session.recipe.precision == .bfloat16)
  }

  @Test(
    "a network learns, is evaluated, and told of in it", .enabled(if: Precision.support.isThere))
  func learns() {
    let exact = session()
    let rounded = session()
    rounded.answer("precision bf16")
    exact.answer("optimizer adam; train 2")
    let end = rounded.answer("optimizer adam; train 2").text
    #expect(end.contains("trained main for 46 steps of bf16"))
    let losses = [exact, rounded].map { session in
      figure("loss", session, of: "test") ?? .nan
    }
    #expect(losses[0] != losses[1])
    #expect(abs(losses[0] - losses[1]) < 0.05 * losses[0], "\(losses)")
    #expect(rounded.answer("plan steps=3").text.contains(" 1 thread, bf16; median of 3 steps\n"))
    #expect(rounded.data("plan steps=3")?["precision"]?.string == "bf16")
    let kernels = rounded.data("plan steps=3")?["steps"]?.elements.compactMap {
      $0["kernel"]?.string
    }
    #expect(kernels?.contains { $0.hasPrefix("conv 3x3 bf16 oneDNN ") } == true)
    #expect(rounded.answer("memory").text.contains(" can be had now, in bf16: "))
    #expect(rounded.data("memory")?["precision"]?.string == "bf16")
  }

  /// Losses within 15 %, accuracies within three in a hundred: what rounding to 8 bits comes to in a small network.
  @Test("a residual network learns alike in both", .enabled(if: Precision.support.isThere))
  func curve() throws {
    let sessions = ["float32", "bf16"].map { precision in
      session(
        """
        data digits; batch 64; input 1x8x8; resnet8; optimizer sgd lr=0.05 momentum=0.9
        precision \(precision)
        """)
    }
    for epoch in 1...3 {
      let figures = try sessions.map { session in
        session.answer("train 1")
        let trained = try #require(figure("loss", session, of: "train"))
        let right = try #require(figure("accuracy", session, of: "test"))
        return (trained, right)
      }
      #expect(abs(figures[0].0 - figures[1].0) < 0.15 * figures[0].0, "\(epoch): \(figures)")
      #expect(abs(figures[0].1 - figures[1].1) < 0.03, "\(epoch): \(figures)")
      #expect(figures[0].0 != figures[1].0)
    }
  }

  @Test("a run goes on in it between two steps", .enabled(if: Precision.support.isThere))
  func live() {
    let session = session()
    for line in ["train 1000", "pause", "step 2", "precision bf16", "step 2"] {
      #expect(session.answer(line, from: .prompt).outcome == .done, "\(line)")
    }
    #expect(session.answer("plan steps=2", from: .prompt).text.contains("bf16"))
    session.answer("undo", from: .prompt)
    #expect(session.recipe.precision == .float32)
    session.answer("step 1; stop", from: .prompt)
  }

  @Test("a deeper form is the same function", .enabled(if: Precision.support.isThere))
  func surgery() {
    let session = session()
    session.answer("precision bf16; train 1")
    #expect(session.answer("deepen conv1").outcome == .done)
  }

  @Test("gradients are checked in float32", .enabled(if: Precision.support.isThere))
  func check() {
    let session = session()
    session.answer("precision bf16; train 1")
    let gradients = session.data("check")?["checks"]?.elements.first {
      $0["check"]?.string == "gradients"
    }
    #expect(gradients?["verdict"]?.string == "ok")
  }

  @Test(
    "a file that was saved in it is refused where it is not there, and nothing changes",
    .enabled(if: Precision.support.isThere))
  func saved() {
    let session = session()
    session.answer("precision bf16; train 1; save rounded.safetensors")
    let other = Session()
    #expect(other.answer("load rounded.safetensors").outcome == .done)
    Precision.$assumed.withValue(.missing) {
      let third = Session()
      let revision = third.state.revision
      let answer = third.answer("load rounded.safetensors")
      #expect(answer.outcome != .done)
      #expect(
        answer.text == """
          x:1:6: error[E-FILE]: rounded.safetensors: its recipe cannot be had here: precision bf16 needs a processor with AVX512_BF16, which this one has not
            load rounded.safetensors
                 ^~~~~~~~~~~~~~~~~~~
            try: load rounded.safetensors resume=no
          """)
      #expect(third.state.revision == revision)
      #expect(third.answer("load rounded.safetensors resume=no").outcome == .done)
    }
  }

  @Test("PyTorch's code casts by itself, that of others leaves it out")
  func exported() throws {
    let session = session("data moons count=10")
    session.state.recipe.precision = .bfloat16
    let data = try #require(session.state.data)
    for framework in CodeFile.Framework.allCases {
      let code = TrainingCode(framework: framework, recipe: session.recipe, data: data)
      #expect(code.precisionText == (framework == .pytorch ? "torch.bfloat16" : nil))
      #expect(code.leftOut == (framework == .pytorch ? [] : ["precision bf16"]))
    }
    var recipe = CodeRecipe(
      optimizer: "O", loss: "L", batchSize: 1, comparesClasses: true, data: "d")
    let plain = PyTorchRecipe(recipe: recipe).text
    #expect(plain.contains("\n            loss = loss_function(learner(inputs), targets)\n"))
    #expect(!plain.contains("autocast"))
    recipe.precision = "torch.bfloat16"
    let rounded = PyTorchRecipe(recipe: recipe).text
    #expect(
      rounded.contains(
        """
                    optimizer.zero_grad()
                    with torch.autocast("cpu", torch.bfloat16):
                        outputs = learner(inputs)
                    loss = loss_function(outputs.float(), targets)
                    loss.backward()
        """))
    #expect(
      rounded.contains(
        """
                    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                        outputs = model.eval()(inputs).float()
        """))
  }
}
