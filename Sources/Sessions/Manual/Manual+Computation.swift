/// The part of the manual that tells what is computed where frameworks differ.
extension Manual {
  static let computation = [
    "## How it is computed", "",
    "- `bn`, training: γ · (x − mean) / √(variance + eps) + β with the batch's mean and its *biased* variance. Running statistics:",
    "  new = momentum · old + (1 − momentum) · batch, the biased variance too, updated in the forward pass. So does Gluon; PyTorch keeps",
    "  the unbiased variance (N / (N − 1) times as much), and its momentum is 1 − ours. `statistics=running` leaves them as they are.",
    "- `avgpool` counts padded zeros, as Gluon's and PyTorch's defaults do. With `ceil=yes` a last window that reaches beyond",
    "  the padding is the mean of the positions it covers, padded ones included.",
    "- Labels are classes in their order, as numbers where all are, and named as they are: 2, 5, 9 are three classes. `classes=0..9`",
    "  says which classes an array's labels name where some do not occur.",
    "- The stride of a shortcut that follows from the shapes is the product of the strides in its body, whatever stands around the block.",
    "  Where that does not lead to the body's output, because positions were lost or do not pass through it, it is the stride that does.",
    "- `rmsprop`: s = rho · s + (1 − rho) · g², b = momentum · b + g / (√s + eps), w = w − lr · b. As in Gluon momentum is 0.9 unless said.",
    "- The last batch of an epoch is as large as what is left; a single example that is left joins the batch before it.",
    "- `precision bf16` rounds the inputs and weights of oneDNN's convolutions and dense layers to the nearest bfloat16, ties to even, and the",
    "  gradients that come back to them; products are summed in float32, and a bias' gradient is the sum of rounded ones. PyTorch's",
    "  `torch.autocast` rounds the outputs of these layers, too, and hands bfloat16 on; our values between layers are float32.",
    "- The same commands, seed and number of threads give the same bits. Another number of threads agrees to rounding, and so do other",
    "  kernels that `tune` has chosen: after `tune` or `tune on` the bits are those of the choices that the machine remembers.",
  ]
}
