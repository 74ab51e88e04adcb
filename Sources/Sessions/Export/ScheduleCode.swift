import Interchange
import Training

/// The rates of a run as an expression of PyTorch.
struct ScheduleCode {
  let plan: RatePlan

  /// Makes the scheduler of `optimizer`; nothing where PyTorch has none that does the same.
  var text: String? {
    let schedule = plan.schedule
    let warmup = schedule.warmup
    guard let curve else { return nil }
    if warmup == 0 { return "\(Self.module).\(curve)" }
    let rise =
      "\(Self.module).LinearLR(optimizer, start_factor=1 / \(warmup + 1), total_iters=\(warmup))"
    switch schedule.curve {
    case .constant: return rise
    case .cosine, .polynomial, .exponential:
      return "\(Self.module).SequentialLR(optimizer, "
        + "[\(rise), \(Self.module).\(curve)], milestones=[\(warmup)])"
    // Theirs would count from the end of the warm-up, or begin at another rate.
    case .step, .milestones, .oneCycle, .plateau: return nil
    }
  }

  private static let module = "torch.optim.lr_scheduler"

  private func number(_ value: Double) -> String { Formula.text(value) }

  /// The length of the run, without the warm-up.
  private var length: String {
    let whole = plan.schedule.unit == .epochs ? "epochs" : "epochs * len(loader)"
    let warmup = plan.schedule.warmup
    return warmup == 0 ? whole : "max(1, \(whole) - \(warmup))"
  }

  private var curve: String? {
    let schedule = plan.schedule
    switch schedule.curve {
    case .constant: return "ConstantLR(optimizer, 1)"
    case .cosine:
      return "CosineAnnealingLR(optimizer, \(length), eta_min=\(number(schedule.floor)))"
    case .step(let every, let gamma):
      return "StepLR(optimizer, \(every), gamma=\(number(gamma)))"
    case .milestones(let places, let gamma):
      return "MultiStepLR(optimizer, \(places), gamma=\(number(gamma)))"
    case .polynomial(let power):
      return schedule.floor == 0
        ? "PolynomialLR(optimizer, \(length), power=\(number(power)))" : nil
    case .exponential(let gamma): return "ExponentialLR(optimizer, \(number(gamma)))"
    case .oneCycle(let rise, let divisor, let last):
      return "OneCycleLR(optimizer, \(number(plan.base)), total_steps=\(length), "
        + "pct_start=\(number(rise)), div_factor=\(number(divisor)), "
        + "final_div_factor=\(number(last)), cycle_momentum=False)"
    case .plateau: return nil
    }
  }
}
