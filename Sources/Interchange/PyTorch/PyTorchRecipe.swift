/// Training that goes on in PyTorch, on one machine or, under `torchrun`, on several.
struct PyTorchRecipe {
  let recipe: CodeRecipe

  /// The modules that it needs besides PyTorch's usual ones.
  static let imports = [
    "from torch import distributed", "from torch.nn.parallel import DistributedDataParallel",
    "from torch.utils.data import DataLoader, DistributedSampler, TensorDataset",
  ]

  /// The functions that train, evaluate and save.
  var text: String {
    let targets = recipe.comparesClasses ? ".long()" : ""
    let score =
      recipe.comparesClasses
      ? "print(f\"accuracy {(outputs.argmax(dim=1) == targets).float().mean().item():.4f}\")"
      : "print(f\"loss {loss_function(outputs, targets).item():.6f}\")"
    let scheduler = recipe.scheduler.isEmpty ? "" : "\n    scheduler = \(recipe.scheduler)"
    let clipping = recipe.clipping.isEmpty ? "" : "\n            \(recipe.clipping)"
    let context = recipe.precision.map { ", torch.autocast(\"cpu\", \($0))" } ?? ""
    let float = recipe.precision == nil ? "" : ".float()"
    let loss =
      recipe.precision.map {
        """
                    with torch.autocast("cpu", \($0)):
                        outputs = learner(inputs)
                    loss = loss_function(outputs.float(), targets)
        """
      } ?? "            loss = loss_function(learner(inputs), targets)"
    let (inner, outer) =
      recipe.scheduler.isEmpty
      ? ("", "")
      : recipe.schedulesBatches
        ? ("\n            scheduler.step()", "") : ("", "\n        scheduler.step()")
    return """
      def examples(data, part):
          \"""Inputs and targets of the part for training or testing.\"""
          return data[f"{part}.inputs"], data[f"{part}.targets"]\(targets)


      def train(epochs, path=Path(__file__)):
          \"""Goes on with the session's settings; `torchrun FILE.py train` shares each batch among processes.\"""
          from safetensors.torch import load_file, save_file

          shared = distributed.is_torchelastic_launched()
          if shared:
              distributed.init_process_group("gloo")
          leads = not shared or distributed.get_rank() == 0
          data = load_file(path.with_name(\(PythonText.quoted(recipe.data))))
          dataset = TensorDataset(*examples(data, "train"))
          size = max(1, \(recipe.batchSize) // (distributed.get_world_size() if shared else 1))
          sampler = DistributedSampler(dataset) if shared else None
          loader = DataLoader(dataset, batch_size=size, shuffle=not shared, sampler=sampler)
          model, *_ = load()
          learner = DistributedDataParallel(model) if shared else model
          optimizer = \(recipe.optimizer)\(scheduler)
          loss_function = \(recipe.loss)
          for epoch in range(epochs):
              if shared:
                  sampler.set_epoch(epoch)
              learner.train()
              for inputs, targets in loader:
                  optimizer.zero_grad()
      \(loss)
                  loss.backward()\(clipping)
                  optimizer.step()\(inner)\(outer)
              if leads:
                  print(f"epoch {epoch + 1}/{epochs}  loss {loss.item():.4f}")
          if leads:
              if "test.inputs" in data:
                  inputs, targets = examples(data, "test")
                  with torch.no_grad()\(context):
                      outputs = model.eval()(inputs)\(float)
                  \(score)
              save_file(model.state_dict(), path.with_suffix(".trained.safetensors"))
          if shared:
              distributed.destroy_process_group()
      """
  }
}
