import Testing

@testable import Language

/// What is said about control flow, definitions, expressions and calls that do not follow the
/// grammar.
@Suite struct FormDiagnosticTests {
  static let cases = [
    LineCase(
      "let x 3",
      #"""
      error[E-SYNTAX]: expected NAME = VALUE after 'let', found '3'
        let x 3
              ^
        note: the form is: let NAME = EXPR
      """#),
    LineCase(
      "for",
      #"""
      error[E-SYNTAX]: expected NAME in A..B or NAME in WORDS, and a block, found the end of the text
        for
           ^
        note: the form is: for NAME in A..B|LIST { … }
      """#),
    LineCase(
      "for i 1..3 { }",
      #"""
      error[E-SYNTAX]: expected NAME in A..B or NAME in WORDS, and a block, found '1'
        for i 1..3 { }
              ^
        note: the form is: for NAME in A..B|LIST { … }
      """#),
    LineCase(
      "for i in { }",
      #"""
      error[E-SYNTAX]: expected NAME in A..B or NAME in WORDS, and a block, found '{'
        for i in { }
                 ^
        note: the form is: for NAME in A..B|LIST { … }
      """#),
    LineCase(
      "for i in 1..3",
      #"""
      error[E-SYNTAX]: expected NAME in A..B or NAME in WORDS, and a block, found the end of the text
        for i in 1..3
                     ^
        note: the form is: for NAME in A..B|LIST { … }
      """#),
    LineCase(
      "if yes",
      #"""
      error[E-SYNTAX]: expected '{' after the condition, found the end of the text
        if yes
              ^
        note: the form is: if EXPR { … } else { … }
      """#),
    LineCase(
      "if yes bn",
      #"""
      error[E-SYNTAX]: expected '{' after the condition, found 'bn'
        if yes bn
               ^~
        note: the form is: if EXPR { … } else { … }
      """#),
    LineCase(
      "def",
      #"""
      error[E-SYNTAX]: expected a name, parameters and one block after 'def', found the end of the text
        def
           ^
        note: the form is: def NAME PARAM… PARAM=DEFAULT… { … }
      """#),
    LineCase(
      "def f a",
      #"""
      error[E-SYNTAX]: expected a name, parameters and one block after 'def', found the end of the text
        def f a
               ^
        note: the form is: def NAME PARAM… PARAM=DEFAULT… { … }
      """#),
    LineCase(
      "def f { } { }",
      #"""
      error[E-SYNTAX]: expected a name, parameters and one block after 'def', found '{'
        def f { } { }
                  ^
        note: the form is: def NAME PARAM… PARAM=DEFAULT… { … }
      """#),
    LineCase(
      "try",
      #"""
      error[E-SYNTAX]: expected a block or a command, found the end of the text
        try
           ^
        note: the form is: try { … }
      """#),
    LineCase(
      "let 3x = 4",
      #"""
      error[E-SYNTAX]: '3x' is no name
        let 3x = 4
            ^~
        note: a name has letters, digits and '_', and no digit first
      """#),
    LineCase(
      "for 3 in 1..2 { }",
      #"""
      error[E-SYNTAX]: '3' is no name
        for 3 in 1..2 { }
            ^
        note: a name has letters, digits and '_', and no digit first
      """#),
    LineCase(
      "def 3 { }",
      #"""
      error[E-SYNTAX]: '3' is no name
        def 3 { }
            ^
        note: a name has letters, digits and '_', and no digit first
      """#),
    LineCase(
      "def f 3 { }",
      #"""
      error[E-SYNTAX]: '3' is no name
        def f 3 { }
              ^
        note: a name has letters, digits and '_', and no digit first
      """#),
    LineCase(
      "let min = 3",
      #"""
      error[E-SYNTAX]: 'min' is a word of the language
        let min = 3
            ^~~
      """#),
    LineCase(
      "def add { }",
      #"""
      error[E-SYNTAX]: 'add' is a word of the language
        def add { }
            ^~~
      """#),
    LineCase(
      "def f yes { }",
      #"""
      error[E-SYNTAX]: 'yes' is a word of the language
        def f yes { }
              ^~~
      """#),
    LineCase(
      "def f a a { }",
      #"""
      error[E-SYNTAX]: the parameter 'a' is named twice
        def f a a { }
                ^
      """#),
    LineCase(
      "def f a=1 b { }",
      #"""
      error[E-SYNTAX]: 'b' needs a default, because a parameter before it has one
        def f a=1 b { }
                  ^
      """#),
    LineCase(
      "add conv 99999999999999999999",
      #"""
      error[E-SYNTAX]: '99999999999999999999' is too large a number
        add conv 99999999999999999999
                 ^~~~~~~~~~~~~~~~~~~~
      """#),
    LineCase(
      "let x = 99999999999999999999",
      #"""
      error[E-SYNTAX]: '99999999999999999999' is too large a number
        let x = 99999999999999999999
                ^~~~~~~~~~~~~~~~~~~~
      """#),
    LineCase(
      "let x = 3kg",
      #"""
      error[E-SYNTAX]: '3kg' is no number
        let x = 3kg
                ^~~
      """#),
    LineCase(
      "let x =",
      #"""
      error[E-SYNTAX]: expected a value, found the end of the text
        let x =
               ^
      """#),
    LineCase(
      "let x = )",
      #"""
      error[E-SYNTAX]: expected a value, found ')'
        let x = )
                ^
      """#),
    LineCase(
      "let x = 1 +",
      #"""
      error[E-SYNTAX]: expected a value, found the end of the text
        let x = 1 +
                   ^
      """#),
    LineCase(
      "let x = 1 and or 2",
      #"""
      error[E-SYNTAX]: expected a value, found 'or'
        let x = 1 and or 2
                      ^~
      """#),
    LineCase(
      "let x = 1 2",
      #"""
      error[E-SYNTAX]: expected an operator or the end, found '2'
        let x = 1 2
                  ^
      """#),
    LineCase(
      "let x = (1 2)",
      #"""
      error[E-SYNTAX]: expected an operator or the end, found '2'
        let x = (1 2)
                   ^
      """#),
    LineCase(
      "expect 1 < 2 < 3",
      #"""
      error[E-SYNTAX]: comparisons cannot be chained
        expect 1 < 2 < 3
                    ^
        note: join them: a < b and b < c
      """#),
    LineCase(
      "if a && b { }",
      #"""
      error[E-SYNTAX]: '&&' is written 'and' here
        if a && b { }
             ^~
        try: if a and b { }
      """#),
    LineCase(
      "expect a = 3",
      #"""
      error[E-SYNTAX]: '=' is written '==' here
        expect a = 3
                 ^
        try: expect a == 3
      """#),
    LineCase(
      "let x = !a",
      #"""
      error[E-SYNTAX]: '!' is written 'not' here
        let x = !a
                ^
        try: let x = not a
      """#),
    LineCase(
      "CNN(, 3)",
      #"""
      error[E-SYNTAX]: expected an argument, found ','
        CNN(, 3)
            ^
      """#),
    LineCase(
      "CNN(10 3)",
      #"""
      error[E-SYNTAX]: expected ',' or ')', found '3'
        CNN(10 3)
               ^
      """#),
    LineCase(
      "CNN(f(3))",
      #"""
      error[E-SYNTAX]: 'f( … )' cannot be an argument
        CNN(f(3))
            ^
        note: numbers, names, strings and $( … ) can
      """#),
    LineCase(
      "CNN((a, b))",
      #"""
      error[E-SYNTAX]: expected whole numbers such as (3, 5)
        CNN((a, b))
            ^~
      """#),
    LineCase(
      "expect max(1 2) > 0",
      #"""
      error[E-SYNTAX]: expected ',' or ')', found '2'
        expect max(1 2) > 0
                     ^
      """#),
    LineCase(
      "train 5 until",
      #"""
      error[E-SYNTAX]: expected a value, found the end of the text
        train 5 until
                     ^
      """#),
  ]

  @Test(arguments: cases)
  func messages(_ example: LineCase) {
    #expect(run(example.input) == example.expected)
  }
}
