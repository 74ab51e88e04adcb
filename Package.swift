// swift-tools-version: 6.1
import PackageDescription

/// The set of instructions of this machine where `./dev run` builds for it alone: the only kernels are made for it, and
/// the rest is not optimised, which takes a fourth of the time.
let ownInstructions = Context.environment["ESPALIER_QUICK"]?.uppercased()

/// How the kernels are compiled in every configuration.
///
/// As one module, since their helpers must be inlined across files, with square roots as instructions. In a quick build
/// others do not wait for them.
let kernelOptimisation =
  ["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode", "-Xcc", "-fno-math-errno"]
  + (ownInstructions == nil ? [] : ["-emit-module-separately-wmo", "-disable-cmo"])

/// The sets of instructions that kernels are compiled for besides the baseline.
#if arch(x86_64)
  let instructionSets = ownInstructions == nil ? ["AVX2", "AVX512"] : []
#else
  let instructionSets: [String] = []
#endif

/// How kernels are compiled for a set of instructions.
///
/// All but the baseline add products with one rounding; wide ones have registers for twice as many vectors.
func kernels(_ set: String?) -> [SwiftSetting] {
  let level = ["AVX2": "x86-64-v3", "AVX512": "x86-64-v4"]
  guard let set, let march = level[set] else { return [.unsafeFlags(kernelOptimisation)] }
  return [
    .unsafeFlags(kernelOptimisation + ["-Xcc", "-march=\(march)"]),
    .define("ESPALIER_FUSED"),
  ] + (set == "AVX512" ? [.define("ESPALIER_WIDE")] : [])
}

/// How targets that handle words are compiled in a release: with -O their code takes a quarter more room in a
/// package, and a fifth more time to build, and answers no sooner.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies)
}

let package = Package(
  name: "espalier",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "espalier", targets: ["espalier"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    // Without its traits it needs the essentials of Foundation only.
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
  ],
  targets: [
    .target(
      name: "Networks",
      dependencies: [.product(name: "HashTreeCollections", package: "swift-collections")]),
    .target(
      name: "Language",
      dependencies: [.product(name: "HashTreeCollections", package: "swift-collections")],
      swiftSettings: small),
    .target(name: "Kernels", swiftSettings: kernels(ownInstructions)),
    .target(name: "KernelsAVX2", swiftSettings: kernels("AVX2")),
    .target(name: "KernelsAVX512", swiftSettings: kernels("AVX512")),
    .target(name: "COneDNN"),
    .target(
      name: "Engine",
      dependencies: ["Networks", "Kernels", "KernelsAVX2", "KernelsAVX512", "COneDNN"],
      swiftSettings: instructionSets.map { .define("ESPALIER_\($0)") }
        + (ownInstructions.map { [.define("ESPALIER_ONLY_\($0)")] } ?? [])),
    .target(name: "CDigits"),
    .target(name: "CMessages"),
    .target(name: "Training", dependencies: ["Engine", "Networks", "CDigits", "CMessages"]),
    .systemLibrary(name: "CZlib"),
    .target(name: "CImages"),
    .target(
      name: "Interchange",
      dependencies: [
        "Networks", "CZlib", "CImages", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["ONNX/Messages/onnx_tensor.proto", "ONNX/Messages/onnx_model.proto"]),
    .systemLibrary(name: "CSQLite"),
    .target(name: "Records", dependencies: ["Interchange", "CSQLite"]),
    .target(
      name: "Sessions",
      dependencies: [
        "Networks", "Language", "Engine", "Training", "Interchange", "Records",
      ],
      swiftSettings: small),
    .systemLibrary(name: "CReadline"),
    .systemLibrary(name: "CNcurses"),
    .target(
      name: "Terminal", dependencies: ["Sessions", "CReadline", "CNcurses"], swiftSettings: small),
    .executableTarget(
      name: "espalier",
      dependencies: [
        "Terminal", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    tests("NetworksTests", ["Networks"]),
    tests("LanguageTests", ["Language"]),
    tests("KernelsTests", ["Kernels"]),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "Interchange", "Kernels"],
      swiftSettings: [.unsafeFlags(["-O"])]),
    tests("TrainingTests", ["Training"]),
    tests("InterchangeTests", ["Interchange"]),
    tests("RecordsTests", ["Records"]),
    tests("SessionsTests", ["Sessions", "Training", "Engine", "Interchange", "Networks"]),
    tests("TerminalTests", ["Terminal"]),
    tests("ArchitectureTests", []),
  ],
  swiftLanguageModes: [.v6]
)

for set in ["AVX2", "AVX512"] where !instructionSets.contains(set) {
  package.targets.removeAll { $0.name == "Kernels\(set)" }
  for target in package.targets {
    target.dependencies.removeAll {
      if case .byNameItem("Kernels\(set)", _) = $0 { true } else { false }
    }
  }
}

// What `./dev fuzz` builds, under libFuzzer. Only what reads input counts the ways it takes: libFuzzer looks through all
// counters after each input. It brings an entry point of its own, which is not the one that is linked.
if Context.environment["ESPALIER_FUZZ"] != nil {
  let fuzzer = ["-sanitize=fuzzer"]
  for target in package.targets where ["Language", "Interchange", "Terminal"].contains(target.name)
  {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(fuzzer)]
  }
  package.targets.append(
    Target.executableTarget(
      name: "Fuzzing", dependencies: ["Language", "Interchange", "Terminal"], path: "Tests/Fuzzing",
      exclude: ["Corpora", "Words"], swiftSettings: [.unsafeFlags(fuzzer + ["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(fuzzer + ["-Xlinker", "--allow-multiple-definition"])]))
}
