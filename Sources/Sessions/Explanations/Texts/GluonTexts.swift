/// The question that the project began with: how a residual block is defined in Gluon.
extension ExplanationTable {
  static let gluonTexts: [Explanation] = [
    Explanation(
      ["gluon", "mxnet", "RES_CNN1D", "rescnn"], .frameworks,
      """
      A residual block in Gluon: seven questions, and the words that answer each.
      1 the block itself: body, +, activation; its size      explain gluon block
      2 nn.Activation or nd.relu: a node, or code            explain gluon activation
      3 activation='relu', or a relu around the layer        explain gluon argument
      4 any number of layers: Sequential, never eval         explain sequential
      5 is seq(x) = conv2(conv1(x))? Yes, in order           explain gluon order
      6 name_scope: names and no more     7 ctx: the place   explain gluon names
      """, start: "input 1x64", ["RES_CNN1D(10, 3, 2, chain_length=3)", "tree"]),
    Explanation(
      ["gluon block", "HybridBlock", "custom block", "HybridSequential block"], .frameworks,
      """
      y = relu(body(x) + shortcut(x)). The first convolution has the stride and
      changes the channels, so x must be projected: a 1-wide convolution with that
      stride, and bn. Without padding the body also loses positions, and no
      projection mends it. As a block with parameters, the chain as long as is asked
      for:
      """, start: "input 1x64",
      [
        "def unit c k s=1 { conv $c $k stride=$s; bn; relu }",
        "def chain c k s n { unit $c $k $s; repeat $(n - 1) { unit $c $k } }",
        "residual act=relu { chain 10 3 2 3 }; expect params(net) == 750",
      ]),
    Explanation(
      ["gluon activation", "nn.Activation", "nd.relu"], .frameworks,
      """
      The same function. nn.Activation('relu') is a layer: it has a name, stands in a
      Sequential and in summary, can be replaced. nd.relu is a call in forward: only
      the code knows of it. Neither has parameters. Here an activation is a node.
      """, start: "input 1x64; add conv 10 3",
      ["add relu", "replace relu1 gelu", "summary"]),
    Explanation(
      ["gluon argument", "activation argument", "activation='relu'"], .frameworks,
      """
      Conv1D(10, 3, activation='relu') applies relu to its result: the same as a relu
      after it. But with BatchNorm after that it is conv → relu → bn, another network
      than conv → bn → relu: column zeros of trace tells them apart.
      """, start: "data waves; add conv 10 3 act=relu; add bn",
      ["trace", "replace conv1..bn1 cnn 10 3", "trace"]),
    Explanation(
      ["sequential", "HybridSequential", "nn.Sequential", "eval", "chain_length"], .frameworks,
      """
      A Sequential holds layers one after another and is a layer itself: in a loop,
      add as many as are asked for. Never build code as text for eval. A plain Python
      list of layers will not do either: they are not registered, so their parameters
      are silently not trained. Here: repeat $(n - 1) { … }, a number like any other.
      """, start: "input 1x64",
      ["rescnn 10 3 2 chain_length=3", "rescnn 10 3 chain_length=5", "summary"]),
    Explanation(
      ["gluon order", "order"], .frameworks,
      """
      seq(x) with conv1, then conv2 added, is conv2(conv1(x)): each layer is given
      what the one before it gave. The tree reads from input to output, from top to
      bottom.
      """, start: "data waves; add seq { conv 10 3; conv 20 3 }",
      ["tree", "trace"]),
    Explanation(
      ["gluon names", "name_scope", "ctx", "context", "gpu", "device"], .frameworks,
      """
      name_scope only gives parameters a prefix, so that two blocks do not clash;
      MXNet 2 dropped it. Here names follow from the place: res1.body.conv1.weight.
      ctx says where arrays lie, and the block does not care. This program computes
      on the CPU; export takes the network to where a GPU is.
      """, start: "input 1x64; add rescnn 10 3 2",
      ["tree", "threads auto", "export gluon net.py weights=no"]),
  ]
}
