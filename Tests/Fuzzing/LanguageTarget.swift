import Language

/// Parses a text as a line and as a file, expands what is well-formed, and holds that its printed form is read as the same.
func feedLanguage(_ bytes: UnsafeBufferPointer<UInt8>) {
  let source = SourceText(text: String(decoding: bytes, as: UTF8.self))
  _ = CursorContext(of: source, at: source.text.utf8.count)
  _ = try? Parser.parse(source)
  do {
    let statements = try Parser.parse(file: source)
    let specifications = try Interpreter(limits: limits).specifications(of: statements)
    let printed = Unparser.text(of: specifications)
    let again = try Interpreter(limits: limits)
      .specifications(of: try Parser.parse(file: SourceText(text: printed)))
    precondition(Unparser.text(of: again) == printed, "printed and read again, it is another")
  } catch let diagnostic as Diagnostic {
    precondition(!formatter.text(of: diagnostic).isEmpty, "an error without words")
  } catch {
    preconditionFailure("an error that is no diagnostic")
  }
}

private let formatter = DiagnosticFormatter(columns: 40)

/// Small ones, so that loops in random texts end soon.
private let limits = {
  var limits = LanguageLimits()
  limits.iterations = 50
  limits.steps = 200
  limits.specifications = 100
  limits.wordLength = 200
  limits.substitutedText = 1000
  return limits
}()
