import Language
import Networks

/// Where something stands that is wrong: in what was typed, or in the definition of a call.
struct Place {
  let range: SourceRange
  var call: DefinitionCall?
}

extension Specification {
  /// The word or key that a misfit of shapes is about; the whole where there is none.
  func range(of fault: ShapeFault) -> SourceRange {
    let keys: [String]
    switch fault {
    case .dimensions(let parameter, _, _): keys = [parameter]
    case .window: keys = ["kernel", "size"]
    case .paddingWidth, .causalPadding: keys = ["pad"]
    case .groups: keys = ["groups", "channels"]
    case .normalizationGroups: keys = ["groups"]
    case .heads: keys = ["heads"]
    case .subsampleChannels: keys = ["channels"]
    case .mirroredWidth: keys = ["amount"]
    case .outputPadding: keys = ["outpad"]
    case .nothingLeft: keys = ["pad"]
    case .undivided: keys = ["factor", "groups"]
    case .slice: keys = ["range"]
    case .reshape: keys = ["shape"]
    case .order: keys = ["first"]
    case .tooLarge: return range
    case .tap: keys = ["tap"]
    case .rank, .oddChannels, .severalIndices, .sum, .pass, .branches, .factors, .highway,
      .highwayBranches,
      .join:
      return kind.range
    }
    let row = Kind(word: kind.text)?.row
    let positional = row?.parameters.filter(\.isPositional).map(\.name) ?? []
    for key in keys {
      let option = options.first { row?.parameter(called: $0.name)?.name == key }
      if let option { return option.value.range }
      if let index = positional.firstIndex(of: key), index < words.count {
        return words[index].range
      }
    }
    return kind.range
  }
}
