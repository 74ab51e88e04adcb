import Testing
import Training

@testable import Sessions

/// The recipe of a run as expressions of PyTorch, and what is said of the rest.
@Suite struct ScheduleCodeTests {
  @Test(
    "curves as PyTorch's schedulers, or nothing where it has none that does the same",
    arguments: [
      ("lr 0.1 cosine", "CosineAnnealingLR(optimizer, epochs, eta_min=0)"),
      (
        "lr 0.1 cosine to=0.01 unit=steps",
        "CosineAnnealingLR(optimizer, epochs * len(loader), eta_min=0.01)"
      ),
      ("lr 0.1 step 5 gamma=0.5", "StepLR(optimizer, 5, gamma=0.5)"),
      ("lr 0.1 step 5 9", "MultiStepLR(optimizer, [5, 9], gamma=0.1)"),
      ("lr 0.1 poly power=2", "PolynomialLR(optimizer, epochs, power=2)"),
      ("lr 0.1 exponential", "ExponentialLR(optimizer, 0.95)"),
      ("lr 0.1 constant warmup=3", "LinearLR(optimizer, start_factor=1 / 4, total_iters=3)"),
    ])
  func curves(command: String, text: String) {
    let session = Session()
    session.answer(command)
    let code = ScheduleCode(plan: session.state.recipe.rates).text
    #expect(code == "torch.optim.lr_scheduler." + text)
  }

  @Test(arguments: [
    "lr 0.1 plateau", "lr 0.1 step 5 warmup=2", "lr 0.1 poly to=0.01", "lr 0.1 onecycle warmup=2",
  ])
  func leftOut(command: String) {
    let session = Session()
    session.answer(command)
    #expect(ScheduleCode(plan: session.state.recipe.rates).text == nil)
  }

  @Test("the answer tells what the code does not do")
  func tells() {
    Workplace.enter()
    let session = Session()
    session.answer(
      """
      data digits; add dense 10; lr 0.1 plateau; clip norm=1; batch accumulate=2 mixup=0.1
      optimizer ema=0.9 wd=0.1 on=weights; loss smoothing=0.1; classweights balanced
      """)
    #expect(
      session.answer("export left.py train=yes").text.hasSuffix(
        "\n  left out of the recipe: lr 0.1 plateau, batch accumulate=2, batch mixup=0.1, "
          + "optimizer ema=0.9"))
    #expect(
      session.answer("export gluon left.py train=yes").text.hasSuffix(
        "\n  left out of the recipe: lr 0.1 plateau, clip norm=1, batch accumulate=2, "
          + "batch mixup=0.1, optimizer ema=0.9, optimizer on=weights, loss auto smoothing=0.1, "
          + "classweights balanced"))
    session.answer("lr 0.1; clip off; batch accumulate=1 mixup=0; optimizer ema=0")
    #expect(!session.answer("export left.py train=yes").text.contains("left out"))
  }
}
