/// What completes the program's options and files in a shell, made of the table of options.
package struct CompletionScript: Sendable {
  /// A shell that can be taught.
  package enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish
  }

  /// The lines of the script.
  package static func lines(for shell: Shell) -> [String] {
    let text =
      switch shell {
      case .bash: bash
      case .zsh: zsh
      case .fish: fish
      }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func head(_ shell: Shell) -> String {
    "# Completion of espalier in \(shell.rawValue), printed by espalier --completion \(shell.rawValue)."
  }

  private static func typed(_ option: ProgramOption) -> [String] {
    option.row.names.map(ProgramOption.typed)
  }

  private static var withValue: [ProgramOption] {
    ProgramOption.allCases.filter { $0.row.value != nil }
  }

  // MARK: Shells

  private static var bash: String {
    let values = withValue.flatMap(typed).joined(separator: "|")
    let choices = withValue.filter { !$0.row.choices.isEmpty }.map { option in
      """
          \(typed(option).joined(separator: "|")))
            COMPREPLY=($(compgen -W '\(option.row.choices.joined(separator: " "))' -- "$word"))
            return ;;

      """
    }
    return """
      \(head(.bash))
      _espalier() {
        local word=${COMP_WORDS[COMP_CWORD]} place
        COMPREPLY=()
        for ((place = 1; place < COMP_CWORD; place++)); do
          case ${COMP_WORDS[place]} in
            \(values)) ((place++)) ;;
            -?*) ;;
            *)
              COMPREPLY=($(compgen -f -- "$word"))
              return ;;
          esac
        done
        case ${COMP_WORDS[COMP_CWORD - 1]} in
      \(choices.joined())    \(values)) return ;;
        esac
        case $word in
          -*) COMPREPLY=($(compgen -W '\(ProgramOption.allCases.flatMap(typed).joined(separator: " "))' -- "$word")) ;;
          *) COMPREPLY=($(compgen -d -- "$word") $(compgen -f -X '!*.esp' -- "$word")) ;;
        esac
      }
      complete -o filenames -F _espalier espalier
      """
  }

  private static var zsh: String {
    let options = ProgramOption.allCases.map { option in
      let names = typed(option)
      let summary = option.row.summary
      let others = names.count > 1 ? "(\(names.joined(separator: " ")))" : ""
      let repeats = option == .command ? "*" : others
      let spelled =
        names.count > 1
        ? "'\(repeats)'{\(names.joined(separator: ","))}'" : "'\(repeats)\(names[0])"
      let value = option.row.value.map { name in
        let words = option.row.choices
        return ":\(name):" + (words.isEmpty ? "" : "(\(words.joined(separator: " ")))")
      }
      return "  \(spelled)[\(summary)]\(value ?? "")' \\"
    }
    return """
      #compdef espalier
      \(head(.zsh))
      _arguments -S -A '-*' \\
      \(options.joined(separator: "\n"))
        '1:file:_files -g "*.esp"' \\
        '*:argument:_files'
      """
  }

  private static var fish: String {
    let options = ProgramOption.allCases.map { option in
      let row = option.row
      let names = row.names.map { $0.count == 1 ? "-s \($0)" : "-l \($0)" }.joined(separator: " ")
      let words = row.choices.isEmpty ? "" : " -a '\(row.choices.joined(separator: " "))'"
      let takes = row.value == nil ? "" : " -x"
      return "complete -c espalier \(names)\(takes)\(words) -d '\(row.summary)'"
    }
    return ([head(.fish)] + options).joined(separator: "\n")
  }
}
