import Networks

@testable import Interchange

extension RowTargets {
  /// Targets of the rows of a file that stands alone.
  var alone: Examples.Targets {
    ((try? RowTargets.shared([[(targets: self, path: "")]])) ?? []).first ?? .none
  }
}
