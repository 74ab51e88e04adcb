import Testing

@testable import Language

/// What is said about lines whose words do not follow the grammar.
@Suite struct WordDiagnosticTests {
  static let cases = [
    LineCase(
      "print a\u{1B}[0m",
      #"""
      error[E-SYNTAX]: the control character U+001B is not allowed
        print a^[[0m
               ^~
      """#),
    LineCase(
      "print “a”",
      #"""
      error[E-SYNTAX]: “ is no quote of this language
        print “a”
              ^
        note: strings are written '…' or "…"
      """#),
    LineCase(
      "seq { bn",
      #"""
      error[E-SYNTAX]: this '{' is never closed
        seq { bn
            ^
      """#),
    LineCase(
      "print 'abc",
      #"""
      error[E-SYNTAX]: this string is never closed
        print 'abc
              ^
      """#),
    LineCase(
      "let x = (1 + 2",
      #"""
      error[E-SYNTAX]: this '(' is never closed
        let x = (1 + 2
                ^
      """#),
    LineCase(
      "add conv \\",
      #"""
      error[E-SYNTAX]: '\' continues the line, but none follows
        add conv \
                 ^
      """#),
    LineCase(
      "print C:\\data",
      #"""
      error[E-SYNTAX]: '\' has a meaning only at the end of a line and in "…"
        print C:\data
                ^
        note: a word with special characters is written in quotes: 'a b'
      """#),
    LineCase(
      "add bn }",
      #"""
      error[E-SYNTAX]: this '}' closes nothing
        add bn }
               ^
      """#),
    LineCase(
      "print (3)",
      #"""
      error[E-SYNTAX]: '(' must follow a name or '$' directly
        print (3)
              ^
        note: a value is computed in $( … ); text with parentheses is written in quotes
        try: print $(3)
      """#),
    LineCase(
      "print a )",
      #"""
      error[E-SYNTAX]: ')' must follow a name or '$' directly
        print a )
                ^
        note: a value is computed in $( … ); text with parentheses is written in quotes
      """#),
    LineCase(
      "{ conv 3 3 }",
      #"""
      error[E-SYNTAX]: a block must follow the word it belongs to
        { conv 3 3 }
        ^
      """#),
    LineCase(
      "> out",
      #"""
      error[E-SYNTAX]: expected a command, found '>'
        > out
        ^
      """#),
    LineCase(
      "if yes { bn } relu",
      #"""
      error[E-SYNTAX]: expected ';' or a new line, found 'relu'
        if yes { bn } relu
                      ^~~~
      """#),
    LineCase(
      "add conv 10 3 stride = 2",
      #"""
      error[E-SYNTAX]: 'stride=…' is written without blanks
        add conv 10 3 stride = 2
                      ^~~~~~~~~~
        try: add conv 10 3 stride=2
      """#),
    LineCase(
      "add conv 10 3 stride= 2",
      #"""
      error[E-SYNTAX]: 'stride=…' is written without blanks
        add conv 10 3 stride= 2
                      ^~~~~~~~~
        try: add conv 10 3 stride=2
      """#),
    LineCase(
      "add conv 10 3 = 2",
      #"""
      error[E-SYNTAX]: '=' must follow the name of an option directly
        add conv 10 3 = 2
                      ^
      """#),
    LineCase(
      "add conv stride=",
      #"""
      error[E-SYNTAX]: 'stride=' has no value
        add conv stride=
                 ^~~~~~~
      """#),
    LineCase(
      "add conv 10 3 stride=1 stride=2",
      #"""
      error[E-ARGUMENT]: 'stride=' is given twice
        add conv 10 3 stride=1 stride=2
                               ^~~~~~
      """#),
    LineCase(
      "x = 3",
      #"""
      error[E-SYNTAX]: 'x' is given a value without 'let'
        x = 3
        ^~~
        try: let x = 3
      """#),
    LineCase(
      "x=3",
      #"""
      error[E-SYNTAX]: 'x' is given a value without 'let'
        x=3
        ^~
        try: let x =3
      """#),
    LineCase(
      "print a==b",
      #"""
      error[E-SYNTAX]: comparisons stand after let, if, expect and until, or in $( … )
        print a==b
              ^~~~
        try: print $(a==b)
      """#),
    LineCase(
      "print $",
      #"""
      error[E-SYNTAX]: '$' must be followed by a name, a number, '#' or '('
        print $
              ^
      """#),
    LineCase(
      "print \"\\q\"",
      #"""
      error[E-SYNTAX]: '\q' means nothing in "…"
        print "\q"
               ^~
        note: known are \n \t \" \\ \$
      """#),
    LineCase(
      "plot loss >",
      #"""
      error[E-SYNTAX]: '>' must be followed by a file
        plot loss >
                  ^
      """#),
    LineCase(
      "plot loss > a b",
      #"""
      error[E-SYNTAX]: nothing may follow the file after '>'
        plot loss > a b
                      ^
      """#),
    LineCase(
      "train 5 & b",
      #"""
      error[E-SYNTAX]: '&' must end the command
        train 5 & b
                ^
      """#),
    LineCase(
      "else { bn }",
      #"""
      error[E-SYNTAX]: 'else' must follow the '}' of its 'if' on the same line
        else { bn }
        ^~~~
      """#),
    LineCase(
      "if yes { bn }\nelse { relu }",
      #"""
      line 2:1: error[E-SYNTAX]: 'else' must follow the '}' of its 'if' on the same line
        else { relu }
        ^~~~
      """#),
    LineCase(
      "let",
      #"""
      error[E-SYNTAX]: expected NAME = VALUE after 'let', found the end of the text
        let
           ^
        note: the form is: let NAME = EXPR
      """#),
    LineCase(
      "let x",
      #"""
      error[E-SYNTAX]: expected NAME = VALUE after 'let', found the end of the text
        let x
             ^
        note: the form is: let NAME = EXPR
      """#),
  ]

  @Test(arguments: cases)
  func messages(_ example: LineCase) {
    #expect(run(example.input) == example.expected)
  }
}
