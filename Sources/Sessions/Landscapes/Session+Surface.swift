import Engine
import Networks
import Training

/// The surface that a screen shows while a network learns.
struct WatchedSurface {
  /// What the plane hangs on: another one is laid out where it changes.
  struct Key: Hashable {
    let dataStamp: Int
    let network: String
    let columns: Int
    let rows: Int
  }

  let key: Key
  let tag: Int
  let plane: DecisionSurface.Plane
  let names: [String]
  let inputs: InputRows
  let points: [DecisionSurface.Point]

  /// When it was last computed: the revision of the session, and the step of the run.
  var moment: [Int] = []
}

extension Session {
  /// The most examples that a screen shows.
  private static let mostPoints = 300

  /// The surface of the current network on so many cells as it was last computed, which is asked for where something
  /// has changed since; nothing where the data is no plane of two inputs, or until it is there.
  package func watchedSurface(columns: Int, rows: Int) -> DecisionSurface? {
    guard columns > 0, rows > 0, let data = state.data, let network = state.current?.network,
      network.input == data.shape, data.shape.count == 2
    else { return nil }
    let key = WatchedSurface.Key(
      dataStamp: state.dataStamp, network: state.currentName, columns: columns, rows: rows)
    if watched?.key != key { watched = surface(to: key, of: data) }
    guard let surface = watched else { return nil }
    let step = trainer.progress(of: state.currentName)?.step ?? -1
    let moment = [revision, step, state.current?.weights.steps ?? 0, surface.tag]
    if moment != surface.moment,
      trainer.requestGlance(
        scope.runRequestForWeights(network, data: data), at: surface.inputs, tag: surface.tag)
    {
      watched?.moment = moment
    }
    let glance = trainer.glance
    guard let outputs = glance.outputs, glance.tag == surface.tag,
      outputs.shape.first == columns * rows
    else { return nil }
    return DecisionSurface(
      network: key.network, names: surface.names, plane: surface.plane, outputs: outputs,
      points: surface.points)
  }

  private func surface(to key: WatchedSurface.Key, of data: Dataset) -> WatchedSurface? {
    let positions = CommandScope.spread(data.train.count, most: Self.mostPoints)
    guard let names = try? scope.checkPlane(data, at: nil),
      let inputs = try? data.train.rows.tensor(at: positions)
    else { return nil }
    let ranges = DecisionSurface.ranges(of: inputs)
    let plane = DecisionSurface.Plane(
      across: ranges.across, up: ranges.up, columns: key.columns, rows: key.rows)
    let cells = Examples(inputs: plane.inputs(shape: data.shape), targets: .none)
    guard let examples = try? scope.asLearned(cells, of: data, at: nil) else { return nil }
    return WatchedSurface(
      key: key, tag: (watched?.tag ?? 0) + 1, plane: plane, names: names, inputs: examples.rows,
      points: CommandScope.points(inputs, data.train.targets, positions, nil))
  }
}
