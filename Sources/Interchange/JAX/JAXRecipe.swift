/// Training that goes on in JAX, with the optimizers of Optax.
struct JAXRecipe {
  let recipe: CodeRecipe

  /// The functions that take a step, train, evaluate and save.
  var text: String {
    let targets = recipe.comparesClasses ? ".astype(int)" : ""
    let score =
      recipe.comparesClasses
      ? "print(f\"accuracy {(outputs.argmax(axis=-1) == targets).mean():.4f}\")"
      : "print(f\"loss {loss_function(outputs, targets):.6f}\")"
    return """
      def loss_function(outputs, targets):
          return \(recipe.loss).mean()


      @nnx.jit
      def step(model, optimizer, inputs, targets):
          \"""Takes one step and tells the loss before it.\"""
          loss, gradients = nnx.value_and_grad(lambda model: loss_function(model(inputs), targets))(model)
          optimizer.update(model, gradients)
          return loss


      def train(epochs, path=Path(__file__)):
          \"""Goes on with the session's settings.\"""
          data = load_file(path.with_name(\(PythonText.quoted(recipe.data))))
          inputs, targets = data["train.inputs"], data["train.targets"]\(targets)
          model, *_ = load()
          optimizer = nnx.Optimizer(model, \(recipe.optimizer), wrt=nnx.Param)
          draw = np.random.default_rng()
          model.train()
          for epoch in range(epochs):
              order = draw.permutation(len(inputs))
              for start in range(0, len(order), \(recipe.batchSize)):
                  batch = order[start : start + \(recipe.batchSize)]
                  loss = step(model, optimizer, inputs[batch], targets[batch])
              print(f"epoch {epoch + 1}/{epochs}  loss {loss:.4f}")
          model.eval()
          if "test.inputs" in data:
              outputs, targets = model(data["test.inputs"]), data["test.targets"]\(targets)
              \(score)
          learned = {name: variable[...] for name, variable in variables(model).items()}
          save_file(learned, path.with_suffix(".trained.safetensors"))
      """
  }
}
