/// The rules on the sources; each gives one line per violation.
struct Rules: Sendable {
  let tree: SourceTree
  let arrows: Arrows

  /// Modules that come with Swift or the system and may be imported by all, Foundation's rule aside.
  static let systemModules: Set = [
    "Swift", "Synchronization", "Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Musl",
    "Darwin",
  ]

  /// Imports along arrows that the table does not have.
  func wrongArrows() -> [String] {
    tree.sources.flatMap { file -> [String] in
      guard let target = file.target, let allowed = arrows.allowed[target] else {
        return ["\(file.path) belongs to no target of docs/architecture.md"]
      }
      return SwiftCode.imports(in: file.code).compactMap { module in
        allowed.union(Self.systemModules).contains(module)
          ? nil : "\(file.path) imports \(module), which \(target) may not"
      }
    }
  }

  /// Targets whose declared dependencies are not those of the table.
  func disagreements(with manifest: Arrows) -> [String] {
    Set(manifest.allowed.keys).union(arrows.allowed.keys).sorted().compactMap { target in
      let (declared, documented) = (manifest.allowed[target], arrows.allowed[target])
      guard declared != documented else { return nil }
      func list(_ names: Set<String>?) -> String {
        names.map { $0.isEmpty ? "nothing" : $0.sorted().joined(separator: " ") }
          ?? "no such target"
      }
      return "\(target): Package.swift has \(list(declared)), "
        + "docs/architecture.md has \(list(documented))"
    }
  }

  /// C libraries with more than one way in: those of terminals and files have a folder each, others a target.
  func secondWaysIn() -> [String] {
    func places(_ module: String, _ place: (SourceTree.File) -> String) -> [String] {
      let importers = tree.sources.filter { SwiftCode.imports(in: $0.code).contains(module) }
      let places = Set(importers.map(place)).sorted()
      return places.count < 2
        ? [] : ["\(module) is imported in \(places.joined(separator: " and "))"]
    }
    let ofFolders = ["CNcurses", "CReadline", "CZlib", "CImages", "CMessages"]
    return ofFolders.flatMap { places($0, \.folder) }
      + ["COneDNN", "CSQLite"].flatMap { places($0) { $0.target ?? $0.path } }
      + ["KernelsAVX2", "KernelsAVX512"].flatMap { places($0, \.path) }
  }

  /// Writes to standard output outside the folders whose task that is.
  func strayOutput() -> [String] {
    let writers = ["Sources/Terminal/Process/", "Sources/Terminal/Plain/"]
    return tree.sources.flatMap { file -> [String] in
      guard file.target != "espalier", !writers.contains(where: file.path.hasPrefix) else {
        return []
      }
      return outputs(in: file.code).map { "\(file.path) writes to standard output with \($0)" }
    }
  }

  /// Calls of kernels that are no instructions, and so would be done by those for every processor.
  ///
  /// Sizes, and what looks for a number that is none, may be asked for.
  func callsBesideInstructions() -> [String] {
    let kernels = Set(
      tree.sources.filter { $0.target == "Kernels" }.flatMap { file in
        file.code.matches(of: #/\npackage enum (\w+) {/#).map { String($0.1) }
      })
    let free: Set = ["scratchCount", "firstNonFinite", "factor"]
    return tree.sources.filter { $0.target == "Engine" }.flatMap { file in
      file.code.matches(of: #/\b([A-Z]\w+)\.(\w+)\(/#).compactMap { match -> String? in
        !kernels.contains(String(match.1)) || free.contains(String(match.2))
          ? nil : "\(file.path) calls \(match.1).\(match.2), which is no instruction"
      }
    }
  }

  /// Foundation where it is not welcome.
  func foundationInCore() -> [String] {
    let core: Set = ["Networks", "Language", "Kernels"]
    return tree.sources.flatMap { file -> [String] in
      guard let target = file.target, core.contains(target) else { return [] }
      return SwiftCode.imports(in: file.code).filter { $0.hasPrefix("Foundation") }.map {
        "\(file.path) imports \($0)"
      }
    }
  }

  /// All of Foundation in the program, where its essentials are there: packages would have to bring it along.
  func wholeFoundation() -> [String] {
    tree.sources.filter { file in
      let imports = SwiftCode.imports(in: file.code)
      return imports.contains("Foundation") && !imports.contains("FoundationEssentials")
    }.map { "\($0.path) imports Foundation" }
  }

  /// Files of more than 400 lines; generated Protocol Buffers code aside.
  func longFiles() -> [String] {
    tree.files.compactMap { file in
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      let count = lines.last == "" ? lines.count - 1 : lines.count
      return count > 400 && !file.path.hasSuffix(".pb.swift")
        ? "\(file.path) has \(count) lines" : nil
    }
  }

  /// Types, functions, initialisers and subscripts that other targets may use and that have no doc comment; what a
  /// protocol of the standard library asks for needs none.
  func undocumented() -> [String] {
    let declaration =
      #/package (?:(?:static|final|mutating|indirect) )*(?:func|init|struct|enum|class|protocol|typealias|subscript)\b/#
    let known = [
      "init(stringLiteral", "init(arrayLiteral", "init?(rawValue", "func hash(into", "func ==",
      "func <", "func next() -> UInt64", "func replaceSubrange", "subscript(position",
    ]
    return tree.files.filter { $0.path.hasPrefix("Sources/") }.flatMap { file in
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.drop { $0 == " " } }
      return lines.indices.compactMap { index -> String? in
        let line = lines[index]
        if line.prefixMatch(of: declaration) == nil || known.contains(where: line.contains) {
          return nil
        }
        let before = lines[..<index].last { !$0.hasPrefix("@") }
        return before?.hasPrefix("///") == true ? nil : "\(file.path):\(index + 1): \(line)"
      }
    }
  }

  /// Functions that take more than six parameters.
  ///
  /// Kernels, whose parameters are places in memory, may take more.
  func crowded() -> [String] {
    tree.files.filter { $0.path.hasPrefix("Sources/") && !$0.path.hasPrefix("Sources/Kernels/") }
      .flatMap { file in
        let code = SwiftCode.blankingTexts(file.text)
        return code.matches(of: #/func (\w+)(?:<[^>]*>)?\(/#).compactMap { match -> String? in
          let count = Self.parameterCount(code[match.range.upperBound...])
          return count > 6 ? "\(file.path): \(match.1) takes \(count)" : nil
        }
      }
  }

  /// The parameters of a list, from behind its parenthesis on.
  private static func parameterCount(_ code: Substring) -> Int {
    var depth = 0
    var count = 0
    for character in code {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}":
        if depth == 0 { return count }
        depth -= 1
      case ":" where depth == 0: count += 1
      default: break
      }
    }
    return count
  }

  /// Files that stand in for others.
  func stubs() -> [String] {
    tree.files.filter { $0.parts.last == "Stub.swift" }.map(\.path)
  }

  /// The free functions called, and the names used, that write to standard output.
  private func outputs(in code: String) -> [String] {
    let functions: Set = ["print", "debugPrint", "dump", "puts", "putchar", "printf"]
    let handles = ["FileHandle.standardOutput", "stdout"]
    let words = words(of: code)
    return words.indices.compactMap { index in
      let word = words[index]
      if let handle = handles.first(where: { word == $0 || word.hasPrefix($0 + ".") }) {
        return handle
      }
      let isCall = index + 1 < words.count && words[index + 1] == "("
      let isDeclaration = index > 0 && words[index - 1] == "func"
      return functions.contains(word) && isCall && !isDeclaration ? word : nil
    }
  }

  /// Names with the dots that join them, and every other sign by itself.
  private func words(of code: String) -> [String] {
    var words: [String] = []
    var isNameOpen = false
    for character in code {
      let isNamePart = character.isLetter || character.isNumber || "_.".contains(character)
      if isNamePart, isNameOpen {
        words[words.count - 1].append(character)
      } else if !character.isWhitespace {
        words.append(String(character))
      }
      isNameOpen = isNamePart
    }
    return words
  }
}
