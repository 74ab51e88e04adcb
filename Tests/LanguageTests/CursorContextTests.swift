import Testing

@testable import Language

/// The cursor is at `▏`; expected is site, prefix, verb with items, enclosing commands.
@Suite struct CursorContextTests {
  static let cases: [(String, String)] = [
    ("▏", "verb '' -"),
    ("add▏", "verb 'add' -"),
    ("ad▏d conv", "verb 'ad' - behind conv"),
    ("add ▏", "word(0) '' add"),
    ("add co▏", "word(0) 'co' add"),
    ("add conv 10 ▏", "word(2) '' add conv 10"),
    ("add conv 10 str▏", "word(2) 'str' add conv 10"),
    ("add conv 10 stride=▏", "value(stride) '' add conv 10"),
    ("add conv 10 stride=2▏", "value(stride) '2' add conv 10"),
    ("add conv stride=2 1▏0 pad=0", "word(1) '1' add conv stride=2 behind pad=0"),
    ("add bn; rel▏", "verb 'rel' -"),
    ("add bn\nset res1.co▏", "word(0) 'res1.co' set"),
    ("add residual act=relu { conv 10 3; b▏", "verb 'b' - in add residual act=relu among layers"),
    ("add residual { conv ▏", "word(0) '' conv in add residual among layers"),
    ("residual { seq {\n bn\n con▏", "verb 'con' - in residual / seq among layers"),
    ("parallel { bn } ▏", "word(0) '' parallel"),
    ("parallel { bn } { ▏", "verb '' - in parallel among layers"),
    ("for i in 1..3 { add co▏", "word(0) 'co' add in for i in 1..3"),
    ("sweep { tra▏", "verb 'tra' - in sweep"),
    ("for i in 1..3 { residual { re▏", "verb 're' - in for i in 1..3 / residual among layers"),
    ("def f a b=1 { conv $▏", "variable '' conv in def f a b=1 among layers"),
    ("add conv $ch▏", "variable 'ch' add conv"),
    ("add conv stride=$st▏", "variable 'st' add conv"),
    ("add conv $(ch▏", "expression 'ch' add conv"),
    ("add conv $(2 * params(ne▏", "expression 'ne' add conv"),
    ("add conv $(2 * 3) ▏", "word(2) '' add conv $(2 * 3)"),
    ("print \"net $na▏", "variable 'na' print"),
    ("print 'net $na▏", "word(0) 'net $na' print quote '"),
    ("save \"my fi▏", "word(0) 'my fi' save quote \""),
    ("data csv file='my fi▏", "value(file) 'my fi' data csv quote '"),
    ("let ▏", "word(0) '' let"),
    ("let n▏", "word(0) 'n' let"),
    ("let n = par▏", "expression 'par' let n ="),
    ("let n=par▏", "expression 'par' let"),
    ("expect par▏", "expression 'par' expect"),
    ("expect params(net) > lo▏", "expression 'lo' expect params net"),
    ("if a > ▏", "expression '' if a"),
    ("if a { ▏", "verb '' - in if a"),
    ("if a { b } else { c▏", "verb 'c' - in if a else"),
    ("train 5 until lo▏", "expression 'lo' train 5 until"),
    ("train 5 unt▏", "word(1) 'unt' train 5"),
    ("plot loss > fig▏", "redirect 'fig' plot loss"),
    ("time add co▏", "word(0) 'co' add"),
    ("try ▏", "word(0) '' try"),
    ("print 1 # some▏", "comment '# some' print 1"),
    ("CNN(10, ke▏", "word(1) 'ke' CNN 10 in call"),
    ("CNN(10, kernel=▏", "value(kernel) '' CNN 10 in call"),
    ("add conv \\\n 1▏", "word(1) '1' add conv"),
    ("} ▏", "verb '' -"),
    ("wrap residual conv1..re▏", "word(1) 'conv1..re' wrap residual"),
  ]

  @Test(arguments: cases)
  func sites(_ marked: String, _ expected: String) {
    let parts = marked.split(separator: "▏", omittingEmptySubsequences: false)
    let source = SourceText(text: parts.joined())
    let context = CursorContext(of: source, at: parts[0].utf8.count)
    #expect(Self.listing(of: context) == expected)
  }

  @Test func abbreviatedVerbs() {
    let source = SourceText(text: "le n = par")
    let context = CursorContext(of: source, at: 10) { $0 == "le" ? "let" : $0 }
    #expect(Self.listing(of: context) == "expression 'par' let n =")
    #expect(context.phrase.verb?.range.text == "le")
  }

  @Test func prefixIsWhatACompletionReplaces() {
    let source = SourceText(text: "save \"my fi")
    let context = CursorContext(of: source, at: source.bytes.count)
    #expect(context.prefixRange == source.range(6, 11))
  }

  static func listing(of context: CursorContext) -> String {
    var parts: [String] = []
    switch context.site {
    case .verb: parts.append("verb")
    case .word(let index): parts.append("word(\(index))")
    case .value(let key): parts.append("value(\(key))")
    case .redirect: parts.append("redirect")
    case .variable: parts.append("variable")
    case .expression: parts.append("expression")
    case .comment: parts.append("comment")
    }
    parts.append("'\(context.prefix)'")
    parts.append(listing(of: context.phrase))
    if !context.enclosing.isEmpty {
      parts.append("in " + context.enclosing.map(listing).joined(separator: " / "))
    }
    if context.isAmongLayers { parts.append("among layers") }
    if context.isInCall, context.site != .expression { parts.append("in call") }
    if let quote = context.quote { parts.append("quote \(quote)") }
    if !context.following.isEmpty {
      parts.append("behind " + context.following.map(listing).joined(separator: " "))
    }
    return parts.joined(separator: " ")
  }

  private static func listing(of phrase: CursorContext.Phrase) -> String {
    ([phrase.verb?.text ?? "-"] + phrase.items.map(listing)).joined(separator: " ")
  }

  private static func listing(of item: CursorContext.Item) -> String {
    item.key.map { "\($0)=\(item.text)" } ?? item.text
  }
}
