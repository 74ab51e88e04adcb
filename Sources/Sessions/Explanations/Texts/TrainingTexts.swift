/// Runs.
extension ExplanationTable {
  private static let small = "data digits; add cnn 8 3; add gap; add dense 10"

  static let trainingTexts: [Explanation] = [
    Explanation(
      ["epoch", "epochs", "train", "training"], .training,
      """
      One epoch is one pass over all examples to train on, in a new order, batch by
      batch: 1,437 digits in batches of 32 are 45 steps. train 5 are five epochs,
      train 50 steps just steps. At a prompt training goes on in the background.
      """, start: small, ["train 1", "train 10 steps", "evaluate"]),
    Explanation(
      ["step", "steps", "iteration"], .training,
      """
      One step takes a batch, goes forward to the loss, backward to the gradients, and
      moves the weights once. step takes one by hand, so that trace and gradients can
      be looked at in between.
      """, start: small, ["step", "gradients", "step 10"]),
    Explanation(
      ["batch", "batch size", "minibatch", "accumulate"], .training,
      """
      How many examples a step looks at. More give a better estimate of the gradient
      and use the machine better; fewer give more steps for the same work. With a
      batch k times as large lr may be about k times as large (Goyal et al. 2017).
      accumulate=4 sums four batches up where one that large has no room.
      """, start: small, ["batch 64", "train 1", "batch 16 accumulate=4"]),
    Explanation(
      ["processes", "mpirun", "mpi", "data parallel", "distributed"], .training,
      """
      mpirun -n 2 espalier FILE has two processes train one network: each takes its
      share of every batch, the gradients are summed (Goyal et al. 2017). batch 32 on
      two is batch 64 on one, with the same losses but for rounding; bn takes the
      statistics of each process (bn sync=yes of all). The runs of a sweep are dealt
      instead. Process 0 speaks and writes files. If one dies, the run ends behind its
      last step, and recover takes it back. Without mpirun, processes is 1.
      """, start: small, ["print $(processes)", "batch $(64 // processes)", "train 1"]),
    Explanation(
      ["overfitting", "generalization", "underfitting"], .training,
      """
      Learning the examples by heart instead of what they have in common: the training
      loss falls on, the test loss rises. More data, augment, dropout, weight decay, a
      smaller network or an earlier end help. Degradation is another thing: there the
      training loss itself is bad.
      """, start: "data digits; add flatten; add dense 64; add relu; add dense 10",
      ["train 3", "evaluate", "plot loss"]),
    Explanation(
      ["patience", "early stopping", "best", "until"], .training,
      """
      End a run where it no longer gets better: patience=5 ends it after five epochs
      without a better test loss, best=test.loss puts the weights of the best epoch
      back, until ends it where an expression holds (Prechelt 1998). best= takes other
      metrics too, such as test.f1, test.iou or test.psnr.
      """, start: small,
      ["train 4 patience=2 best=test.loss", "train 3 until accuracy(test) > 0.5"]),
    Explanation(
      ["pause", "resume", "stop", "wait"], .training,
      """
      A run at a prompt goes on while you type. pause has it wait before its next
      step, resume lets it go on, stop ends it and keeps all that was learned, wait
      waits for its end. Edits reach the run between two steps.
      """, start: small, ["train 500", "pause", "stop"]),
    Explanation(
      ["E-DIVERGED", "diverged", "nan", "infinite loss"], .errors,
      """
      The loss became infinite or no number: a step went too far, and the next ones
      from there. The run ends, and the weights from before that step are kept. Take
      a smaller lr, clip norm=1, a warm-up, bn, or smaller first weights; for
      numbers, normalize the data.
      """, start: small, ["lr 0.01", "clip norm=1", "train 1"]),
    Explanation(
      ["lockstep", "several networks", "fork", "net", "drop", "diff"], .commands,
      """
      A session has several networks. net NAME makes another one, or one that is
      there, the current one; fork copies it, weights and all; drop forgets it; diff
      tells how two differ. train a,b trains both on the same batches: a fair
      comparison.
      """, start: small, ["fork wider", "set cnn1.conv1 channels=16", "net"]),
    Explanation(
      ["sweep", "hyperparameters", "grid search"], .training,
      """
      Runs a loop over settings and makes one table of all runs, with mean and spread
      over seeds; the best network is kept. A difference smaller than the spread of
      the seeds is no difference.
      """, start: small,
      ["sweep { for rate in 0.01 0.1 { lr $rate; train 1 } }", "evaluate"]),
    Explanation(
      ["threads", "speed", "slow"], .training,
      """
      Large networks are computed by several threads, small ones by one, since they
      would wait for each other. threads auto chooses. Another number of threads gives
      the same values but for rounding.
      """, start: small, ["threads 1", "time train 1", "threads auto"]),
    Explanation(
      ["tune", "autotune", "measured choices", "cudnn.benchmark"], .training,
      """
      A rule chooses who computes a convolution: our own kernels, oneDNN, whole or in
      pieces, or a product. tune times them all, for outputs and gradients, and takes
      what is faster; the machine remembers. Other kernels round in other places, so
      it is off until it is typed: without it the same commands give the same bits
      where instructions and oneDNN are the same, with it where memory is the same.
      """, start: small, ["tune", "plan", "tune off"]),
    Explanation(
      ["bf16", "bfloat16", "float32", "mixed precision", "autocast"], .training,
      """
      bfloat16 has the exponents of float32 and 8 bits of its mantissa. precision bf16
      rounds what oneDNN's convolutions and dense layers multiply, forward and back;
      sums, weights, the optimizer's memory, normalization and losses stay float32.
      PyTorch's autocast rounds the outputs of those layers, too. It takes a processor
      with AVX512_BF16 or AMX, and may be slower than float32 without the latter:
      precision alone says what this processor has, and measures both.
      """, start: small, ["precision", "precision float32", "plan"]),
  ]
}
