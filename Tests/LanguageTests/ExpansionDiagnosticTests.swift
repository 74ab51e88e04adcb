import Testing

@testable import Language

/// What is said about blocks of layers that cannot be expanded.
@Suite struct ExpansionDiagnosticTests {
  static let cases = [
    LineCase(
      "def f a b=1 { conv $a $b }; f",
      #"""
      error[E-ARGUMENT]: 'a' is missing
        def f a b=1 { conv $a $b }; f
                                    ^
        note: the definition is: f a b=1
        try: help f
      """#),
    LineCase(
      "def f a b=1 { conv $a $b }; f 1 2 3",
      #"""
      error[E-ARGUMENT]: 3 values are given, 2 are taken
        def f a b=1 { conv $a $b }; f 1 2 3
                                          ^
        note: the definition is: f a b=1
        try: help f
      """#),
    LineCase(
      "def f kernel b=1 { conv $kernel $b }; f kernle=3",
      #"""
      error[E-ARGUMENT]: 'kernle=' is no parameter
        def f kernel b=1 { conv $kernel $b }; f kernle=3
                                                ^~~~~~
        note: did you mean kernel?
        note: the definition is: f kernel b=1
        try: help f
      """#),
    LineCase(
      "def f a { conv $a 3 }; f 1 x=3",
      #"""
      error[E-ARGUMENT]: 'x=' is no parameter
        def f a { conv $a 3 }; f 1 x=3
                                   ^
        note: the definition is: f a
        try: help f
      """#),
    LineCase(
      "def f a { conv $a 3 }; f 1 a=3",
      #"""
      error[E-ARGUMENT]: 'a' is given twice
        def f a { conv $a 3 }; f 1 a=3
                                   ^
        note: the definition is: f a
        try: help f
      """#),
    LineCase(
      "def f a { conv $a 3 }; f 1 { bn }",
      #"""
      error[E-ARGUMENT]: a definition takes no block
        def f a { conv $a 3 }; f 1 { bn }
                                   ^
        note: the definition is: f a
        try: help f
      """#),
    LineCase(
      "def conv a { bn }",
      #"""
      error[E-NAME]: 'conv' already is a command or a layer
        def conv a { bn }
            ^~~~
      """#),
    LineCase(
      "for i in 1..n { bn }",
      #"""
      error[E-TYPE]: the range '1..n' needs whole numbers, such as 1..3
        for i in 1..n { bn }
                 ^~~~
      """#),
    LineCase(
      "seq { add }",
      #"""
      error[E-SYNTAX]: expected a layer or a container after 'add'
        seq { add }
                 ^
      """#),
    LineCase(
      "seq { print 3 > x }",
      #"""
      error[E-SYNTAX]: 'print' is a command; a block of layers holds layers only
        seq { print 3 > x }
              ^~~~~
      """#),
    LineCase(
      "seq { train 3 until yes }",
      #"""
      error[E-SYNTAX]: 'train' is a command; a block of layers holds layers only
        seq { train 3 until yes }
              ^~~~~
      """#),
    LineCase(
      "seq { expect yes }",
      #"""
      error[E-SYNTAX]: 'expect' is a command; a block of layers holds layers only
        seq { expect yes }
              ^~~~~~
      """#),
    LineCase(
      "seq { try { bn } }",
      #"""
      error[E-SYNTAX]: 'try' is a command; a block of layers holds layers only
        seq { try { bn } }
              ^~~~~~~~~~
      """#),
    LineCase(
      "def f k { $k 3 }; f 3",
      #"""
      error[E-TYPE]: expected the name of a layer, found 3
        def f k { $k 3 }; f 3
                  ^~
      note: in 'f', called here
        def f k { $k 3 }; f 3
                          ^
      """#),
    LineCase(
      "def f n { f $n }; f 1",
      #"""
      error[E-LIMIT]: 'f' calls itself, or others, more than 64 deep
        def f n { f $n }; f 1
                  ^
      note: in 'f', called here
        def f n { f $n }; f 1
                          ^
      """#),
    LineCase(
      "def f a { conv $b 3 }; f 1",
      #"""
      error[E-NAME]: '$b' has no value
        def f a { conv $b 3 }; f 1
                       ^~
        note: a name gets its value by: let b = EXPR
      note: in 'f', called here
        def f a { conv $b 3 }; f 1
                               ^
      """#),
    LineCase(
      "def g n { f $n }; def f a { seq { conv $(a / 0) 3 } }; g 1",
      #"""
      error[E-ARITHMETIC]: 1 / 0 has no value
        def g n { f $n }; def f a { seq { conv $(a / 0) 3 } }; g 1
                                                   ^
      note: in 'f', called here
        def g n { f $n }; def f a { seq { conv $(a / 0) 3 } }; g 1
                  ^
      note: in 'g', called here
        def g n { f $n }; def f a { seq { conv $(a / 0) 3 } }; g 1
                                                               ^
      """#),
  ]

  @Test(arguments: cases)
  func messages(_ example: LineCase) {
    let text = outcome {
      var environment = Environment()
      environment.reservedNames = ["conv"]
      let statements = try Parser.parse(file: SourceText(text: example.input))
      let interpreter = Interpreter(environment: environment)
      return Listing.text(of: try interpreter.specifications(of: statements))
    }
    #expect(text == example.expected)
  }
}
