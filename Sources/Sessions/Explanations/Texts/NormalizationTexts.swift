/// Batch normalization.
extension ExplanationTable {
  static let normalizationTexts: [Explanation] = [
    Explanation(
      ["bn", "batchnorm", "batch normalization", "batch norm"], .layers,
      """
      Each channel is brought to mean 0 and variance 1, then scaled and shifted by two
      learned numbers: y = gamma · (x − mean) / √(variance + eps) + beta.
      Deep networks then stand larger steps and care less about first weights (Ioffe
      and Szegedy 2015). 2·C learned, and 2·C running statistics beside them.
      """, start: "data digits; add conv 8 3; add bn; add gap; add dense 10",
      ["trace", "show bn1", "explain batch norm modes"]),
    Explanation(
      ["batch norm modes", "two modes", "train mode", "eval mode", "statistics"], .layers,
      """
      In training bn takes mean and variance of the batch at hand, and keeps running
      ones: new = 0.9 · old + 0.1 · batch. evaluate and predict use the running ones,
      so that one example's answer does not hang on the others beside it. After few
      steps the two still differ, and so do the losses of a run and of evaluate.
      """, start: "data digits; add conv 8 3; add bn; add gap; add dense 10",
      ["trace", "trace test", "freeze bn1 statistics=yes"]),
    Explanation(
      ["synchronized batch norm", "syncbatchnorm", "sync batch norm", "sync"], .layers,
      """
      Under mpirun bn takes mean and variance of the batch of each process; where that
      is small they scatter. bn sync=yes takes those of the batches of all processes,
      as one process would on all examples, for two sums over the processes in each
      step. Without mpirun it is bn. The shortcut's normalization goes with those of
      the body. PyTorch has it as nn.SyncBatchNorm.
      """, start: "data digits; add conv 8 3; add bn; add gap; add dense 10",
      ["set bn1 sync=yes", "explain batch norm modes", "explain mpirun"]),
    Explanation(
      ["running statistics", "running", "running mean", "running_mean", "running_var"], .weights,
      """
      The means and variances that bn gathers while training, for use in evaluate. No
      gradient reaches them, so they are no learned parameters: counts that mix the
      two disagree with papers. The tree tells them apart: learnable + running.
      """, start: "input 8x32; add conv 8 3; add bn",
      ["expect running(net) == 16", "summary"]),
    Explanation(
      ["momentum of bn", "bn momentum"], .layers,
      """
      The share of a running statistic that stays in a step: 0.9 here and in Gluon.
      PyTorch counts what is replaced: its 0.1 is our 0.9; Keras has 0.99. It has
      nothing to do with the momentum of an optimizer.
      """, start: "input 8x32; add conv 8 3; add bn",
      ["set bn1 momentum=0.99", "help bn"]),
    Explanation(
      ["bn order", "order of bn", "conv bn relu"], .layers,
      """
      conv → bn → relu is usual: bn gives each channel mean 0, so the relu cuts about
      half of the values. conv act=relu, then bn, is another network: what bn gives
      then has mean 0 too, and is not cut at all. trace shows it in column zeros.
      """,
      start: "data digits; add conv 8 3 act=relu; add bn; add gap; add dense 10",
      ["trace", "replace conv1..bn1 cnn 8 3", "trace"]),
  ]
}
