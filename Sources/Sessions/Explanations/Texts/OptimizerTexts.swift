/// How weights follow their gradients.
extension ExplanationTable {
  static let optimizerTexts: [Explanation] = [
    Explanation(
      ["sgd", "gradient descent", "optimizer", "stochastic gradient descent"], .training,
      """
      w = w − lr · g: each weight goes a little against its gradient, which is that of
      one batch and so an estimate (Robbins and Monro 1951). With momentum=0.9 and a
      falling lr it is what residual networks were published with. adam needs less
      care of the rate. help optimizer lists all of them.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["optimizer sgd lr=0.1 momentum=0.9", "train 1", "recipe"]),
    Explanation(
      ["momentum", "nag", "nesterov"], .training,
      """
      A step goes on in the direction of those before: v = m · v + g, w = w − lr · v.
      With m = 0.9 steady gradients count ten times, and those that swing cancel
      (Polyak 1964). nag looks ahead along the momentum first (Nesterov 1983). The
      momentum of bn is another thing: see bn momentum.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["optimizer sgd lr=0.05 momentum=0.9", "train 1"]),
    Explanation(
      ["adam", "adamw", "adamax", "nadam"], .training,
      """
      Steps of about lr for each weight, whatever the size of its gradient: the mean
      of the gradients over the root of their mean square (Kingma and Ba 2015). adamw
      takes weight decay apart from that (Loshchilov and Hutter 2019), nadam adds
      Nesterov's look ahead (Dozat 2016), adamax divides by the greatest gradient.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["optimizer adam lr=0.01", "train 1"]),
    Explanation(
      ["rmsprop", "adagrad", "adadelta"], .training,
      """
      Each divides a gradient by the root of what its squares were: adagrad by their
      sum, so that steps get ever shorter (Duchi, Hazan and Singer 2011); rmsprop by
      their fading mean (Tieleman and Hinton 2012); adadelta also measures its steps
      by those before (Zeiler 2012).
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["optimizer rmsprop", "train 1"]),
    Explanation(
      ["lamb", "large batches"], .training,
      """
      adam whose step is measured, layer by layer, by the size of the weights, so that
      very large batches still train (You et al. 2020). Its defaults are Gluon's.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["optimizer lamb lr=0.01", "batch 256; train 1"]),
    Explanation(
      ["weight decay", "wd", "l2 penalty", "regularization"], .training,
      """
      Each step also draws the weights towards 0: w = w − lr · (g + wd · w). Large
      weights must earn their place, which holds overfitting back (Krogh and Hertz
      1991). 0.0001 is usual for ResNets. With adam it goes through the means; adamw
      takes it apart. All that is learned decays, as in PyTorch; on=weights leaves out
      what has one dimension, such as biases and bn. Kernels, the tables of embedding
      and positions have two or more, and decay. export … train=yes groups them so.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["optimizer sgd lr=0.1 momentum=0.9 wd=0.0001", "train 1"]),
    Explanation(
      ["clip", "clipping", "gradient clipping"], .training,
      """
      Where all gradients together are longer than a bound they are made as long as
      it: clip norm=1. One bad batch then cannot throw the weights far off (Pascanu,
      Mikolov and Bengio 2013). clip value=0.5 bounds each number by itself.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["clip norm=1", "train 1", "clip off"]),
    Explanation(
      ["ema", "moving average", "averaging"], .training,
      """
      A moving average of the weights beside those that are trained: it lies calmer
      than the last step and often measures better (Polyak and Juditsky 1992).
      evaluate and save see the average.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["optimizer adam lr=0.01 ema=0.99", "train 1"]),
  ]
}
