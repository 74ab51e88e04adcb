extension ExampleTable {
  /// docs/examples/parallel.esp.
  static let parallel = """
    #!/usr/bin/env espalier
    # One network, trained by one process or by several that share out each batch: with MPI,
    # mpirun -n 2 espalier FILE learns what espalier FILE learns alone, but for rounding.
    seed 1
    data digits
    optimizer sgd lr=0.03 momentum=0.9

    # Each of two processes takes 30 of the 60 examples; alone one takes them all.
    batch $(60 // processes)

    # In gn each example is normalized by itself. In bn it is with the others of its process.
    add conv 8 3 act=silu
    repeat 2 { residual act=silu { conv 8 3; gn 2; silu; conv 8 3 } }
    add gap
    add dense 10
    train 3
    expect steps(net) == 72
    expect loss > 1.853 and loss < 1.855 "the loss of one process and of several"

    """
}
