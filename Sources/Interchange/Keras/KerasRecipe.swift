/// Training that goes on in Keras.
struct KerasRecipe {
  let recipe: CodeRecipe

  /// The function that trains, evaluates and saves.
  var text: String {
    let decay =
      recipe.decay.map {
        """
            for variable in model.trainable_variables:
                variable.regularizer = keras.regularizers.L2(\($0) / 2)

        """
      } ?? ""
    let metrics = recipe.comparesClasses ? ", metrics=[\"accuracy\"]" : ""
    let score =
      recipe.comparesClasses
      ? "print(f\"accuracy {figures['accuracy']:.4f}\")"
      : "print(f\"loss {figures['loss']:.6f}\")"
    return """
      def train(epochs, path=Path(__file__)):
          \"""Goes on with the session's settings.\"""
          data = load_file(path.with_name(\(PythonText.quoted(recipe.data))))
          model, *_ = load()
      \(decay)    optimizer = \(recipe.optimizer)
          loss = \(recipe.loss)
          model.compile(optimizer, loss\(metrics))
          model.fit(data["train.inputs"], data["train.targets"], batch_size=\(recipe.batchSize), epochs=epochs)
          if "test.inputs" in data:
              figures = model.evaluate(data["test.inputs"], data["test.targets"], verbose=0, return_dict=True)
              \(score)
          learned = {name: keras.ops.convert_to_numpy(variable) for name, variable in variables(model)}
          save_file(learned, path.with_suffix(".trained.safetensors"))
      """
  }
}
