/// Commands about runs and files.
extension ExplanationTable {
  private static let small = "data digits; add cnn 8 3; add gap; add dense 10"

  static let runCommandTexts: [Explanation] = [
    Explanation(
      ["runs", "run", "experiment"], .commands,
      """
      Every run is remembered over all sessions: command, settings, data, network,
      figures and curve. runs lists them, also by words, figures or conditions.
      """, start: small, ["train 1", "help runs"]),
    Explanation(
      ["compare", "rerun", "note", "tag"], .commands,
      """
      compare puts runs side by side: figures, what differed, curves. rerun repeats
      one on a new network and says whether it came to the same bits. note and tag
      keep a remark and words with a run, to find it again.
      """, ["help compare", "help rerun"]),
    Explanation(
      ["recipe"], .commands,
      """
      How training learns, as commands that say it again: loss, optimizer, rate,
      batch, seed. With the network's text and the data it is all that a run needs to
      be repeated. recipe > FILE and source FILE carry it elsewhere.
      """, start: small, ["optimizer adam lr=0.01", "recipe", "recipe > recipe.esp"]),
    Explanation(
      ["save", "load", "safetensors", "esp"], .commands,
      """
      save writes the network: .esp its text, .safetensors the weights with the text
      beside them, names=pytorch for load_state_dict, .params for Gluon. load reads
      them, and weights of others: .pth, .params, .onnx. Nothing in a .pth is run.
      """, start: small, ["save toy.safetensors", "load toy.safetensors"]),
    Explanation(
      ["checkpoint", "autosave", "recover", "crash"], .commands,
      """
      checkpoint has every later run write the network now and then, and keeps the
      newest files. At a prompt all work is kept besides, at most half a minute old;
      what a session that ended badly has left is listed by autosave, and recover
      takes it back. checkpoint=yes of a block saves memory: explain checkpointing.
      """, start: small,
      ["checkpoint every=1 net.safetensors", "explain checkpointing", "checkpoint off"]),
  ]
}
