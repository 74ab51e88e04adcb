@preconcurrency import CReadline
import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A function as readline's keymaps hold it.
typealias Command = @convention(c) (Int32, Int32) -> Int32

/// Places in readline's keymaps that are not as readline or ~/.inputrc made them.
struct Bindings {
  typealias Place = UnsafeMutablePointer<KEYMAP_ENTRY>

  /// Whether the keymaps were gone through.
  var areMade = false

  /// The keys of macros.
  var macros: [Place: [UInt8]] = [:]

  /// Where keys begin a search: readline's function, by which it knows such a key during a search,
  /// and ours.
  var searches: [Place: (readlines: Command, ours: Command)] = [:]
  private var isSearching = false

  /// Lets readline know the keys that go on with a search.
  mutating func beginSearch() {
    isSearching = true
    for (place, functions) in searches { place.pointee.function = functions.readlines }
  }

  /// Gives these keys our functions again.
  mutating func endSearch() {
    guard isSearching else { return }
    isSearching = false
    for (place, functions) in searches { place.pointee.function = functions.ours }
  }
}

/// Readline's keymaps, freed of functions that do not work here.
extension LineEditor {
  /// Goes through all keymaps as they are now; to be repeated after reading an init file.
  func bindKeys() {
    bindings.endSearch()
    bindings.areMade = true
    rl_variable_bind("horizontal-scroll-mode", "off")
    var decisions: [UnsafeRawPointer: KeyFunctions.Decision] = [:]
    for name in Self.functionNames {
      guard let function = rl_named_function(name) else { continue }
      let address = unsafeBitCast(function, to: UnsafeRawPointer.self)
      if decisions[address] == nil { decisions[address] = KeyFunctions.decision(on: name) }
    }
    var seen: Set<UnsafeMutablePointer<KEYMAP_ENTRY>> = []
    for name in ["emacs-standard", "emacs-meta", "emacs-ctlx", "vi-insert", "vi-command"] {
      if let map = rl_get_keymap_by_name(name) { bind(map, decisions, &seen) }
    }
  }

  /// The names of all functions that keys can be bound to.
  package static var functionNames: [String] {
    guard let names = rl_funmap_names() else { return [] }
    defer { free(names) }
    var list: [String] = []
    while let name = names[list.count] { list.append(String(cString: name)) }
    return list
  }

  private func bind(
    _ map: UnsafeMutablePointer<KEYMAP_ENTRY>,
    _ decisions: [UnsafeRawPointer: KeyFunctions.Decision],
    _ seen: inout Set<UnsafeMutablePointer<KEYMAP_ENTRY>>
  ) {
    guard seen.insert(map).inserted else { return }
    for index in 0..<Int(KEYMAP_SIZE) {
      let place = map + index
      guard let function = place.pointee.function else {
        // Readline would push the keys of a sequence that leads nowhere back, and lose its way.
        if index < 256, place.pointee.type == CChar(ISFUNC) { place.pointee.function = ring }
        continue
      }
      let address = unsafeBitCast(function, to: UnsafeMutableRawPointer.self)
      switch Int32(place.pointee.type) {
      case ISKMAP: bind(address.assumingMemoryBound(to: KEYMAP_ENTRY.self), decisions, &seen)
      case ISMACR:
        let text = address.assumingMemoryBound(to: CChar.self)
        bindings.macros[place] = Array(String(cString: text).utf8)
        place.pointee = KEYMAP_ENTRY(type: CChar(ISFUNC), function: macro)
      default: bind(place, index, decisions[UnsafeRawPointer(address)] ?? .works)
      }
    }
  }

  private func bind(_ place: Bindings.Place, _ index: Int, _ decision: KeyFunctions.Decision) {
    let capitals = Int(UInt8(ascii: "A"))...Int(UInt8(ascii: "Z"))
    switch decision {
    case .works: break
    case .rings: place.pointee.function = ring
    case .ours(.lowercase): if !capitals.contains(index) { place.pointee.function = ring }
    case .ours(.searchBackward):
      bindings.searches[place] = (rl_reverse_search_history, searchBackward)
      place.pointee.function = searchBackward
    case .ours(.searchForward):
      bindings.searches[place] = (rl_forward_search_history, searchForward)
      place.pointee.function = searchForward
    case .ours(let replacement): place.pointee.function = function(replacement)
    }
  }

  /// Reads the init file again and looks through what it binds.
  func readInitFile() {
    rl_re_read_init_file(1, 0)
    bindKeys()
  }

  /// Puts the keys of the macro that was called before those that were typed.
  func expandMacro() {
    guard let map = rl_executing_keymap, let keys = bindings.macros[map + Int(rl_executing_key)],
      queue.expand(keys)
    else {
      rl_ding()
      return
    }
  }
}

private let ring: Command = { _, _ in
  rl_ding()
  return 0
}

private let macro: Command = { _, _ in
  LineEditor.current?.expandMacro()
  return 0
}

private let searchBackward: Command = { count, key in
  LineEditor.current?.beginSearch(rl_reverse_search_history, count: count, key: key) ?? 0
}

private let searchForward: Command = { count, key in
  LineEditor.current?.beginSearch(rl_forward_search_history, count: count, key: key) ?? 0
}

private let searchPartBackward: Command = { count, _ in
  LineEditor.current?.searchPart(-count, continues: isRepeated(searchesPart))
  return 0
}

private let searchPartForward: Command = { count, _ in
  LineEditor.current?.searchPart(count, continues: isRepeated(searchesPart))
  return 0
}

private let insertLastWord: Command = { count, _ in
  let number = rl_explicit_arg != 0 ? Int(count) : nil
  LineEditor.current?.insertWord(number, continues: isRepeated([insertLastWord]))
  return 0
}

private let insertKilled: Command = { count, key in
  LineEditor.current?.insertingKilled { rl_yank(count, key) } ?? 0
}

private let insertKilledBefore: Command = { count, key in
  guard isRepeated([insertKilled, insertKilledBefore]) else { return rl_ding() }
  rl_last_func = rl_yank
  return LineEditor.current?.insertingKilled { rl_yank_pop(count, key) } ?? 0
}

private let putKilled: Command = { count, key in
  guard count >= 0 else { return rl_ding() }
  return LineEditor.current?.insertingKilled { rl_vi_put(count, key) } ?? 0
}

private let putKilledBefore: Command = { count, key in
  guard isRepeated([putKilled, putKilledBefore]) else { return rl_ding() }
  rl_last_func = rl_vi_put
  return LineEditor.current?.insertingKilled { rl_vi_yank_pop(count, key) } ?? 0
}

private var searchesPart: [Command] { [searchPartBackward, searchPartForward] }

/// Whether the last key called one of the functions.
private func isRepeated(_ functions: [Command]) -> Bool {
  guard let last = rl_last_func else { return false }
  let address = unsafeBitCast(last, to: UnsafeRawPointer.self)
  return functions.contains { unsafeBitCast($0, to: UnsafeRawPointer.self) == address }
}

/// Moves so many times over words; a bell where readline holds bytes that are no text.
private func moveOverWords(
  _ count: Int32, _ target: (ViMotions, Int) -> Int
) -> Int32 {
  guard count >= 0, let motions = viMotions else { return rl_ding() }
  for _ in 0..<count {
    let offset = Int32(target(motions, Int(rl_point)))
    if offset == rl_point || offset > rl_end { break }
    rl_point = offset
  }
  return 0
}

/// Goes to the end of the run of characters that are not blank; readline's way there may never end.
private func moveBehindWord() {
  guard let line = rl_line_buffer else { return }
  while rl_point < rl_end, ![0x20, 0x09].contains(line[Int(rl_point)]) { rl_point += 1 }
}

/// Moves to the ends of words.
private func moveToWordEnd(_ count: Int32, isBig: Bool) -> Int32 {
  moveOverWords(count) { $0.wordEnd(after: $1, isBig: isBig) }
}

/// Moves to the beginnings of words.
private func moveToWordStart(_ count: Int32, isBig: Bool) -> Int32 {
  moveOverWords(count) { $0.wordStart(after: $1, isBig: isBig) }
}

/// Where vi's keys go in the line that readline holds.
private var viMotions: ViMotions? {
  guard let line = LineEditor.current?.line, line.utf8.count == Int(rl_end) else { return nil }
  return ViMotions(line)
}

/// Whether vi's key for words is the one for words of whatever is not blank.
private func isCapital(_ key: Int32) -> Bool {
  (Int32(UInt8(ascii: "A"))...Int32(UInt8(ascii: "Z"))).contains(key)
}

/// The function of ours that stands for one of readline's.
private func function(_ replacement: KeyFunctions.Replacement) -> Command {
  switch replacement {
  case .previous:
    { count, _ in
      LineEditor.current?.move(by: -Int(count))
      return 0
    }
  case .next:
    { count, _ in
      LineEditor.current?.move(by: Int(count))
      return 0
    }
  case .first:
    { _, _ in
      LineEditor.current?.go(to: 0)
      return 0
    }
  case .last:
    { _, _ in
      LineEditor.current?.go(to: Int(history_length))
      return 0
    }
  case .numbered:
    { count, _ in
      LineEditor.current?.goToNumber(count)
      return 0
    }
  case .resume: { _, key in LineEditor.current?.enterAndResume(key: key) ?? 0 }
  case .searchBackward: searchBackward
  case .searchForward: searchForward
  case .prefixBackward:
    { count, _ in
      LineEditor.current?.searchPrefix(-count)
      return 0
    }
  case .prefixForward:
    { count, _ in
      LineEditor.current?.searchPrefix(count)
      return 0
    }
  case .partBackward: searchPartBackward
  case .partForward: searchPartForward
  case .lastWord: insertLastWord
  case .numberedWord:
    { count, _ in
      LineEditor.current?.insertWord(Int(count), continues: false)
      return 0
    }
  case .forwardCharacter: rl_forward_char
  case .backwardCharacter: rl_backward_char
  case .abort:
    { _, _ in
      LineEditor.current?.abandonCommand()
      return 0
    }
  case .yank: insertKilled
  case .yankPop: insertKilledBefore
  case .put: putKilled
  case .putPop: putKilledBefore
  case .changeCase: { count, key in count < 0 ? rl_ding() : rl_vi_change_case(count, key) }
  case .complete:
    { count, key in
      moveBehindWord()
      return rl_vi_complete(count, key)
    }
  case .redo: { count, key in count < 0 ? rl_ding() : rl_vi_redo(count, key) }
  case .wordEnd: { count, key in moveToWordEnd(count, isBig: isCapital(key)) }
  case .smallWordEnd: { count, _ in moveToWordEnd(count, isBig: false) }
  case .bigWordEnd: { count, _ in moveToWordEnd(count, isBig: true) }
  case .nextWord:
    { count, key in
      count < 0 ? rl_vi_prev_word(-count, key) : moveToWordStart(count, isBig: isCapital(key))
    }
  case .smallNextWord: { count, _ in moveToWordStart(count, isBig: false) }
  case .bigNextWord: { count, _ in moveToWordStart(count, isBig: true) }
  case .match:
    { _, _ in
      guard let offset = viMotions?.match(from: Int(rl_point)) else {
        rl_ding()
        return 1
      }
      rl_point = Int32(offset)
      return 0
    }
  case .lowercase: ring
  case .readInitFile:
    { _, _ in
      LineEditor.current?.readInitFile()
      return 0
    }
  }
}
