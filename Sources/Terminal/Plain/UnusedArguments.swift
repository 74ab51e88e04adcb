/// Arguments behind a command file that it does not use: another file, or an option that belongs before it.
struct UnusedArguments {
  let path: String
  let arguments: [String]

  /// How many of them the file uses.
  let used: Int

  /// Nothing where a file's text uses all of its arguments, or asks how many there are.
  init?(_ arguments: [String], of path: String, using text: String) {
    let words = text.split(separator: "$", omittingEmptySubsequences: false).dropFirst()
    let names = words.map { $0.drop { $0 == "{" } }
    if names.contains(where: { $0.hasPrefix("#") }) { return nil }
    // Within an expression an argument is `$1` too; what is taken for one in a comment does no harm.
    let numbers = names.compactMap { Int($0.prefix { ("0"..."9").contains($0) }) }
    used = min(numbers.max() ?? 0, arguments.count)
    guard used < arguments.count else { return nil }
    (self.path, self.arguments) = (path, arguments)
  }

  /// What is wrong, and what to type.
  var message: String {
    let first = arguments[used]
    let count = used == 0 ? "no argument" : used == 1 ? "one argument" : "\(used) arguments"
    let left = ([path] + arguments[..<used]).joined(separator: " ")
    let next =
      first.hasPrefix("-")
      ? "espalier \(arguments[used...].joined(separator: " ")) \(left)"
      : "espalier \(left) && espalier \(first)"
    let what = first.hasPrefix("-") ? "options stand before the file" : "one file at a time"
    return "\(path) uses \(count), found \(first): \(what); try: \(next)"
  }
}
