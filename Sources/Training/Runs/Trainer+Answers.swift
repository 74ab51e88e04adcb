import Engine
import Networks

extension Trainer {
  /// What networks know and answer, all at the same moment: between two steps where they are being trained.
  ///
  /// - Throws: `EngineError` where a network and its inputs do not agree.
  package func answers(of requests: [(request: RunRequest, inputs: Tensor)]) throws -> [(
    outputs: Tensor, parameters: ParameterStore
  )] {
    try perform { workbench in
      try requests.map { request, inputs in
        let model = try workbench.model(for: request)
        return try model.withAverage { () throws(EngineError) in
          (try model.predict(inputs), try model.copiedParameters())
        }
      }
    }
  }
}
