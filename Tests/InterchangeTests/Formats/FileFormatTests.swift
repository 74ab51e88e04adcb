import Interchange
import Networks
import Testing

@Suite struct FileFormatTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func tableNamesEveryFormat() {
    #expect(
      FileFormat.all.map(\.name) == [
        "csv", "ucr", "text", "images", "npy", "npz", "safetensors", "mnist", "cifar10",
      ])
    for format in FileFormat.all {
      #expect(FileFormat.named(format.name)?.summary == format.summary)
      #expect(Set(format.settings.map(\.name)).count == format.settings.count)
    }
    #expect(FileFormat.named("xls") == nil)
  }

  @Test func settingsReachTheReaders() throws {
    let csv = try #require(FileFormat.named("csv"))
    let path = try folder.write("x;kind;y;z\n1;5;;4\n", to: "a.csv")
    let test = try folder.write("kind;x;y;z\n6;1;2;3\n", to: "b.csv")
    let pair = try csv.read(
      path,
      settings: [
        "label": "kind", "target": "regression", "shape": "1x3", "header": "yes", "separator": ";",
        "fill": "-1", "test": test,
      ])
    #expect(pair.train.inputs == Tensor(shape: [1, 1, 3], values: [1, -1, 4]))
    #expect(pair.test?.inputs == Tensor(shape: [1, 1, 3], values: [1, 2, 3]))
    guard case .values(let targets) = pair.train.targets else {
      Issue.record("numbers were expected")
      return
    }
    #expect(targets.values == [5])

    let ucr = try #require(FileFormat.named("ucr"))
    let series = try folder.write("1,?:a\n", to: "A.ts")
    #expect(try ucr.read(series, settings: ["fill": "3"]).train.inputs.values == [1, 3])

    let safetensors = try #require(FileFormat.named("safetensors"))
    try SafetensorsWriter.write(
      [NamedTensor(name: "x", tensor: Tensor(shape: [1, 1], values: [1]))],
      to: folder.path("a.safetensors"))
    let read = try safetensors.read(
      folder.path("a.safetensors"), settings: ["classes": "1..3", "channels": "first"])
    #expect(read.train.inputs.values == [1])
  }

  @Test(arguments: [
    (
      "csv", ["labels": "first"],
      """
      a.csv: expected one of label= targets= target= shape= header= separator= fill= test=, found 'labels='
        next: help data
      """
    ),
    (
      "csv", ["shape": "8by8"],
      """
      a.csv: expected shape=CxL|CxHxW, found 'shape=8by8'
        next: help data
      """
    ),
    (
      "csv", ["shape": "9223372036854775807x2"],
      """
      a.csv: expected shape=CxL|CxHxW, found 'shape=9223372036854775807x2'
        next: help data
      """
    ),
    (
      "csv", ["shape": "1x2x3x4"],
      """
      a.csv: expected shape=CxL|CxHxW, found 'shape=1x2x3x4'
        next: help data
      """
    ),
    (
      "csv", ["target": "labels"],
      """
      a.csv: expected target=classes|regression, found 'target=labels'
        next: help data
      """
    ),
    (
      "csv", ["header": "maybe"],
      """
      a.csv: expected header=yes|no, found 'header=maybe'
        next: help data
      """
    ),
    (
      "csv", ["separator": "|"],
      """
      a.csv: expected separator=','|';'|tab, found 'separator=|'
        next: help data
      """
    ),
    (
      "ucr", ["fill": "1e99"],
      """
      a.csv: expected fill=NUMBER, found 'fill=1e99'
        next: help data
      """
    ),
    (
      "npz", ["classes": "4..1"],
      """
      a.csv: expected classes=COUNT|A..B, found 'classes=4..1'
        next: help data
      """
    ),
    (
      "npy", ["channels": "middle"],
      """
      a.csv: expected channels=first|last, found 'channels=middle'
        next: help data
      """
    ),
    (
      "csv", ["targets": "a,,b"],
      """
      a.csv: expected targets=NAME,NAME…, found 'targets=a,,b'
        next: help data
      """
    ),
    (
      "csv", ["targets": "a", "label": "b"],
      """
      a.csv: expected targets= or label=, found both
        next: leave label= out
      """
    ),
    (
      "ucr", ["uneven": "maybe"],
      """
      a.csv: expected uneven=pad|cut, found 'uneven=maybe'
        next: help data
      """
    ),
    (
      "images", ["size": "0x3"],
      """
      a.csv: expected size=HxW, found 'size=0x3'
        next: help data
      """
    ),
    (
      "images", ["channels": "2"],
      """
      a.csv: expected channels=1|3, found 'channels=2'
        next: help data
      """
    ),
    (
      "safetensors", ["classes": "0"],
      """
      a.csv: expected classes=COUNT|A..B, found 'classes=0'
        next: help data
      """
    ),
  ])
  func badSettings(format: String, settings: [String: String], message: String) throws {
    let format = try #require(FileFormat.named(format))
    #expect(
      errorText(in: folder) { _ = try format.read(folder.path("a.csv"), settings: settings) }
        == message)
  }
}
