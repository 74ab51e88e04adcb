// swift-tools-version: 6.1
import PackageDescription

/// How the kernels are compiled in every configuration: optimised as one module, since their helpers
/// must be inlined across files, with square roots as instructions.
let kernelOptimisation = [
  "-O", "-wmo", "-num-threads", "2", "-disable-batch-mode", "-Xcc", "-fno-math-errno",
]

/// The sets of instructions that kernels are compiled for besides the baseline, which is there in any case: all, or
/// those that `ESPALIER_KERNELS` names with commas between them, which builds faster.
#if arch(x86_64)
  let instructionSets = (Context.environment["ESPALIER_KERNELS"] ?? "avx2,avx512")
    .split(separator: ",").map { $0.uppercased() }.filter(["AVX2", "AVX512"].contains)
#else
  let instructionSets: [String] = []
#endif

/// The same for a set of instructions, in which products are added with one rounding; wide ones have registers for
/// twice as many vectors.
func kernels(_ set: String, isWide: Bool = false) -> [SwiftSetting] {
  [
    .unsafeFlags(kernelOptimisation + ["-Xcc", "-march=\(set)"]),
    .define("ESPALIER_FUSED"),
  ] + (isWide ? [.define("ESPALIER_WIDE")] : [])
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
    .target(name: "Kernels", swiftSettings: [.unsafeFlags(kernelOptimisation)]),
    .target(name: "KernelsAVX2", swiftSettings: kernels("x86-64-v3")),
    .target(name: "KernelsAVX512", swiftSettings: kernels("x86-64-v4", isWide: true)),
    .target(name: "COneDNN"),
    .target(
      name: "Engine",
      dependencies: ["Networks", "Kernels", "KernelsAVX2", "KernelsAVX512", "COneDNN"],
      swiftSettings: instructionSets.map { .define("ESPALIER_\($0)") }),
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
