extension ExampleTable {
  /// docs/examples/why.esp.
  static let why = """
    #!/usr/bin/env espalier
    # Forty steps at a rate of 30 have killed the relus; a smaller rate alone does not wake them. why says so,
    # tries what may help on copies, and offers what did.
    seed 1
    data digits
    add flatten
    add dense 32
    add relu
    add dense 10

    lr 30
    train 40 steps
    lr 0.1
    train 100 steps
    expect loss(train) > 2.2
    check
    why

    init he
    lr find
    train 3
    expect accuracy(test) > 0.75
    why

    """
}
