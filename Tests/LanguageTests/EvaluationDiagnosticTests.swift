import Testing

@testable import Language

/// What is said about expressions that have no value.
@Suite struct EvaluationDiagnosticTests {
  static let cases = [
    LineCase(
      "let x = relu",
      #"""
      error[E-NAME]: nothing is named 'relu'
        let x = relu
                ^~~~
        note: text is written in quotes: "relu"
      """#),
    LineCase(
      "let width = 3; let x = widht + 1",
      #"""
      error[E-NAME]: nothing is named 'widht'
        let width = 3; let x = widht + 1
                               ^~~~~
        note: did you mean width?
        try: let x = width + 1
      """#),
    LineCase(
      "let x = 1 + los",
      #"""
      error[E-NAME]: nothing is named 'los'
        let x = 1 + los
                    ^~~
        note: did you mean loss?
        try: let x = 1 + loss
      """#),
    LineCase(
      "let x = parms(net)",
      #"""
      error[E-NAME]: there is no fact 'parms( … )'
        let x = parms(net)
                ^~~~~
        note: did you mean params?
        try: let x = params(net)
      """#),
    LineCase(
      "let x = wibble(net)",
      #"""
      error[E-NAME]: there is no fact 'wibble( … )'
        let x = wibble(net)
                ^~~~~~
      """#),
    LineCase(
      "print $widht",
      #"""
      error[E-NAME]: '$widht' has no value
        print $widht
              ^~~~~~
        note: a name gets its value by: let widht = EXPR
      """#),
    LineCase(
      "let width = 3; print $widht",
      #"""
      error[E-NAME]: '$widht' has no value
        let width = 3; print $widht
                             ^~~~~~
        note: did you mean width?
        try: print $width
      """#),
    LineCase(
      "print $1",
      #"""
      error[E-NAME]: '$1' has no value: the file was given 0 arguments
        print $1
              ^~
      """#),
    LineCase(
      "let x = 1 + \"a\"",
      #"""
      error[E-TYPE]: '+' needs two numbers, found 1 and the text 'a'
        let x = 1 + "a"
                  ^
        note: texts are joined in quotes: "$a$b"
      """#),
    LineCase(
      "let x = 1x2 * 3",
      #"""
      error[E-TYPE]: '*' needs two numbers, found the shape 1x2 and 3
        let x = 1x2 * 3
                    ^
      """#),
    LineCase(
      "let x = \"a\" + \"b\"",
      #"""
      error[E-TYPE]: '+' needs two numbers, found the text 'a' and the text 'b'
        let x = "a" + "b"
                    ^
        note: texts are joined in quotes: "$a$b"
      """#),
    LineCase(
      "let x = -yes",
      #"""
      error[E-TYPE]: '-' needs a number, found yes
        let x = -yes
                ^~~~
      """#),
    LineCase(
      "let x = min(1, yes)",
      #"""
      error[E-TYPE]: 'min' needs numbers, found yes
        let x = min(1, yes)
                       ^~~
      """#),
    LineCase(
      "let x = max(a)",
      #"""
      error[E-NAME]: nothing is named 'a'
        let x = max(a)
                    ^
        note: text is written in quotes: "a"
      """#),
    LineCase(
      "if 3 { bn }",
      #"""
      error[E-TYPE]: a condition needs yes or no, found 3
        if 3 { bn }
           ^
      """#),
    LineCase(
      "let x = yes and 3",
      #"""
      error[E-TYPE]: 'and' needs yes or no, found 3
        let x = yes and 3
                        ^
      """#),
    LineCase(
      "let x = 3 or yes",
      #"""
      error[E-TYPE]: 'or' needs yes or no, found 3
        let x = 3 or yes
                ^
      """#),
    LineCase(
      "let x = not none",
      #"""
      error[E-TYPE]: 'not' needs yes or no, found none
        let x = not none
                    ^~~~
      """#),
    LineCase(
      "let x = 1 < \"a\"",
      #"""
      error[E-TYPE]: '<' needs two numbers, found 1 and the text 'a'
        let x = 1 < "a"
                ^~~~~~~
      """#),
    LineCase(
      "let x = 9223372036854775807 + 1",
      #"""
      error[E-ARITHMETIC]: 9223372036854775807 + 1 is too large a number
        let x = 9223372036854775807 + 1
                                    ^
      """#),
    LineCase(
      "let x = 5000000000 * 5000000000",
      #"""
      error[E-ARITHMETIC]: 5000000000 * 5000000000 is too large a number
        let x = 5000000000 * 5000000000
                           ^
      """#),
    LineCase(
      "let x = 1e308 * 10",
      #"""
      error[E-ARITHMETIC]: 1e+308 * 10 is too large a number
        let x = 1e308 * 10
                      ^
      """#),
    LineCase(
      "let x = -9223372036854775808 // -1",
      #"""
      error[E-ARITHMETIC]: -9223372036854775808 // -1 is too large a number
        let x = -9223372036854775808 // -1
                                     ^~
      """#),
    LineCase(
      "let x = -(-9223372036854775808)",
      #"""
      error[E-ARITHMETIC]: -(-9223372036854775808) is too large a number
        let x = -(-9223372036854775808)
                ^~~~~~~~~~~~~~~~~~~~~~~
      """#),
    LineCase(
      "let x = 1 / 0",
      #"""
      error[E-ARITHMETIC]: 1 / 0 has no value
        let x = 1 / 0
                  ^
      """#),
    LineCase(
      "let x = 0 ** -1",
      #"""
      error[E-ARITHMETIC]: (0) ** (-1) has no value
        let x = 0 ** -1
                  ^~
      """#),
    LineCase(
      "let x = (-8) ** 0.5",
      #"""
      error[E-ARITHMETIC]: (-8) ** (0.5) has no value
        let x = (-8) ** 0.5
                     ^~
      """#),
    LineCase(
      "let x = 10 ** 19",
      #"""
      error[E-ARITHMETIC]: 10 ** 19 is too large a number
        let x = 10 ** 19
                   ^~
      """#),
    LineCase(
      "let x = 7 // 0",
      #"""
      error[E-ARITHMETIC]: 7 // 0 has no value
        let x = 7 // 0
                  ^~
      """#),
    LineCase(
      "let x = 7 % 0.0",
      #"""
      error[E-ARITHMETIC]: 7 % 0 has no value
        let x = 7 % 0.0
                  ^
      """#),
    LineCase(
      "let x = min()",
      #"""
      error[E-ARGUMENT]: 'min( )' needs at least one number
        let x = min()
                ^~~~~
      """#),
    LineCase(
      "let d = \"9999999999\"; print $d$d",
      #"""
      error[E-ARITHMETIC]: '99999999999999999999' is too large a number
        let d = "9999999999"; print $d$d
                                    ^~~~
      """#),
    LineCase(
      "expect 1 + 1 == 3",
      #"""
      error[E-EXPECT]: expected 1 + 1 == 3, found 2
        expect 1 + 1 == 3
               ^~~~~~~~~~
      """#),
    LineCase(
      "let n = 750; expect params(net) == n",
      #"""
      error[E-EXPECT]: expected params(net) == n, found 730 and 750
        let n = 750; expect params(net) == n
                            ^~~~~~~~~~~~~~~~
      """#),
    LineCase(
      "expect params(net) == 750 and loss < 0.1",
      #"""
      error[E-EXPECT]: expected params(net) == 750, found 730
        expect params(net) == 750 and loss < 0.1
               ^~~~~~~~~~~~~~~~~~
      """#),
    LineCase(
      "expect loss < 0.1",
      #"""
      error[E-EXPECT]: expected loss < 0.1, found 0.5
        expect loss < 0.1
               ^~~~~~~~~~
      """#),
    LineCase(
      "expect out(net) == 10x16",
      #"""
      error[E-EXPECT]: expected out(net) == 10x16, found 10x32
        expect out(net) == 10x16
               ^~~~~~~~~~~~~~~~~
      """#),
    LineCase(
      "expect not yes",
      #"""
      error[E-EXPECT]: expected not yes, found no
        expect not yes
               ^~~~~~~
      """#),
    LineCase(
      "expect no or no",
      #"""
      error[E-EXPECT]: expected no or no, found no
        expect no or no
               ^~~~~~~~
      """#),
    LineCase(
      "expect loss < 0.1 \"it did not learn\"",
      #"""
      error[E-EXPECT]: it did not learn
        expect loss < 0.1 "it did not learn"
               ^~~~~~~~~~
        note: expected loss < 0.1, found 0.5
      """#),
    LineCase(
      "expect not yes \"really\"",
      #"""
      error[E-EXPECT]: really
        expect not yes "really"
               ^~~~~~~
        note: expected not yes, found no
      """#),
    LineCase(
      "expect params(net)",
      #"""
      error[E-TYPE]: a condition needs yes or no, found 730
        expect params(net)
               ^~~~~~~~~~~
      """#),
  ]

  static var host: Recorder {
    var host = Recorder()
    host.values = [
      "params(net)": .integer(730), "loss": .real(0.5), "out(net)": .shape([10, 32]),
    ]
    return host
  }

  @Test(arguments: cases)
  func messages(_ example: LineCase) {
    #expect(run(example.input, Self.host) == example.expected)
  }
}
