/// Recurrent layers.
extension ExplanationTable {
  static let recurrentTexts: [Explanation] = [
    Explanation(
      ["lstm", "long short-term memory", "recurrent", "rnn"], .layers,
      """
      A state h of UNITS values goes from position to position; beside it gates f, i
      and o keep, write and read a memory, so that gradients reach far back: c = f·c +
      i·g, h = o·tanh(c) (Hochreiter and Schmidhuber 1997). directions=2 adds a second
      state from the end to the start, return=last gives the last states alone; two
      layers are repeat 2 { lstm 32 }. 4·U·(C + U + 2) learned for each direction.
      """, start: "input 3x20",
      ["add lstm 16", "expect params(lstm1) == 4*16*(3 + 16 + 2)", "explain lstm1"]),
    Explanation(
      ["gru", "gated recurrent unit"], .layers,
      """
      As lstm, with a state alone: one gate z mixes it with a new one, another r says
      how much of the old one the new one is made of: n = tanh(Wx + r·Uh),
      h = (1 − z)·n + z·h (Cho et al. 2014, r behind the product, as PyTorch has it).
      3·U·(C + U + 2) learned, for each direction.
      """, start: "input 3x20",
      ["add gru 16 return=last", "expect out(net) == 16", "explain gru1"]),
  ]
}
