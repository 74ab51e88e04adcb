extension LessonTable {
  /// Definitions, loops, a network of one line.
  static let blocks = """
    ## blocks: Blocks you define
    # From three lines that repeat to a network of one line, with your own words.
    input 3x32x32

    # Convolution, normalization, relu: nobody types these often. def gives a
    # block a name and parameters; in the braces stands what you would add, and
    # $channels is filled in:
    #   def unit channels { conv $channels 3 bias=no; bn; relu }
    # Type that, then add unit 16.
    # hint: the line above, then: add unit 16
    def unit channels { conv $channels 3 bias=no; bn; relu }
    add unit 16
    expect params(net) == 464 and out(net) == 16x32x32 "a unit of 16 channels, 464 parameters"

    # A parameter may have a value that counts where nothing is said: stride=1.
    # Define unit again with a stride: the convolution gets stride=$stride.
    # Then add unit 32 stride=2.
    # hint: def unit channels stride=1 { … }
    # hint: conv $channels 3 stride=$stride bias=no
    def unit channels stride=1 { conv $channels 3 stride=$stride bias=no; bn; relu }
    add unit 32 stride=2
    expect out(net) == 32x16x16 "a second unit, with half the side"

    # Definitions may use others. A residual block of two units' worth:
    #   def stage channels stride=1 {
    #     residual act=relu { unit $channels stride=$stride; conv $channels 3; bn }
    #   }
    # Type it over several lines, as it stands: braces that are open ask for more.
    # Then add stage 32.
    # hint: the text above is all there is to type, then: add stage 32
    def stage channels stride=1 {
      residual act=relu {
        unit $channels stride=$stride
        conv $channels 3
        bn
      }
    }
    add stage 32
    expect out(net) == 32x16x16 and params(net) > 23000 "a residual block of your own"

    # for runs braces once for each value. Add two more stages, of 64 and 128
    # channels, each with stride 2, by one line.
    # hint: for width in 64 128 { … }
    # hint: for width in 64 128 { add stage $width stride=2 }
    for width in 64 128 { add stage $width stride=2 }
    expect out(net) == 128x4x4 "128 channels of 4 by 4"

    # $( ) does sums: repeat $(depth - 1) { … }. Define a whole network, tower,
    # with a depth: unit 16, then depth times stage 16, then gap and dense 10.
    # In a network called small add tower 3. Its output is 10.
    # hint: def tower depth { unit 16; repeat $depth { stage 16 }; gap; dense 10 }
    # hint: net small, then add tower 3
    def tower depth { unit 16; repeat $depth { stage 16 }; gap; dense 10 }
    net small
    add tower 3
    expect out(small) == 10 and params(small) == 14698 "a tower of three stages"

    # Nothing in it is more than text with parameters: script prints the network,
    # help tower your definition, help basicblock one of the library. What should
    # always be true of it can stand beside it: expect params(net) == 14698.
    # Put definitions into a file and source it, or into ~/.config/espalier/rc.
    # keep: script > tower.esp  the network as text
    # keep: export tower.py  the same as PyTorch code, a class for each definition
    """
}
