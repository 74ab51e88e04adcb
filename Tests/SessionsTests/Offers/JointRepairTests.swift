import Testing

@testable import Sessions

/// An edit that a join elsewhere refuses leads to both changes at once, with their price.
@Suite struct JointRepairTests {
  private static let refusals: [(before: String, typed: String, text: String)] = [
    (
      "input 3x8x8; add conv 8 3; add tap skip; add conv 8 3; add bn; add join skip; add gap",
      "set conv2 channels=16",
      """
      x:1:11: error[E-SHAPE]: join1: cannot add tap skip 8×8×8 and 16×8×8: shapes must be equal
        set conv2 channels=16
                  ^~~~~~~~~~~
        try: remove join1; set conv2 channels=16; insert join skip { subsample 16 } before gap1  # 16×8×8, +0 parameters
        try: remove join1; set conv2 channels=16; insert join skip { conv 16 1 bias=no; bn } before gap1  # 16×8×8, +160 parameters
      """
    ),
    (
      "input 3x8x8; add conv 8 3; add residual { conv 8 3; tap skip; conv 8 3; bn; join skip }",
      "set res1.conv2 stride=2",
      """
      x:1:16: error[E-SHAPE]: res1.body.join1: cannot add tap skip 8×8×8 and 8×4×4: shapes must be equal
        set res1.conv2 stride=2
                       ^~~~~~~~
        try: remove res1.body.join1; set res1.conv2 stride=2; insert join skip { avgpool } after res1.body.bn1  # 8×4×4, +0 parameters
        try: remove res1.body.join1; set res1.conv2 stride=2; insert join skip { subsample 8 stride=2 } after res1.body.bn1  # 8×4×4, +0 parameters
        try: remove res1.body.join1; set res1.conv2 stride=2; insert join skip { conv 8 1 stride=2 bias=no; bn } after res1.body.bn1  # 8×4×4, +80 parameters
      """
    ),
    (
      "input 3x8x8; add conv 8 3; add tap skip; add conv 8 3; add join skip",
      "set conv1 channels=16",
      """
      x:1:11: error[E-SHAPE]: join1: cannot add tap skip 16×8×8 and 8×8×8: shapes must be equal
        set conv1 channels=16
                  ^~~~~~~~~~~
        try: replace join1 join skip { conv 8 1 bias=no; bn }; set conv1 channels=16  # 8×8×8, +144 parameters
      """
    ),
    (
      "input 3x8x8; add conv 8 3; add parallel join=add { conv 8 3; bn } { conv 8 1 } { conv 8 5 }",
      "set par1.1.conv1 channels=16",
      """
      x:1:18: error[E-SHAPE]: par1: cannot add branch 1 16×8×8 and branch 2 8×8×8: shapes must be equal
        set par1.1.conv1 channels=16
                         ^~~~~~~~~~~
        try: set par1.*.conv1 channels=16  # 16×8×8, +1,680 parameters
      """
    ),
    (
      "input 3x8x8; add conv 8 3; add parallel join=concat { conv 8 3 } { conv 8 1 }",
      "set par1.1.conv1 stride=2",
      """
      x:1:18: error[E-SHAPE]: par1: cannot join branch 1 8×4×4 and branch 2 8×8×8: all but the channels must be equal
        set par1.1.conv1 stride=2
                         ^~~~~~~~
        try: set par1.*.conv1 stride=2  # 16×4×4, +0 parameters
      """
    ),
  ]

  @Test("the refusal whole, whose offers are carried out on a copy", arguments: refusals)
  func texts(before: String, typed: String, text: String) {
    let session = Session()
    session.answer(before)
    #expect(session.answer(typed).text == text)
  }
}
