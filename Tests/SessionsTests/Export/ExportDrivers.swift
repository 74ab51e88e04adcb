import Interchange

/// Programs that load exported files in their framework and print how far outputs, gradients and weights after one
/// step of plain SGD are from ours, in shares of the largest of each.
///
/// A framework's own gradients in single precision are off where sums cancel, as those of a bias before a
/// normalization; so ours are compared with those in double precision, and what theirs are off by is allowed
/// four times; of PyTorch so are outputs and weights. MXNet is compared as it is. JAX's leaky ReLU, which Keras takes, has the slope 1 at exactly 0, where
/// PyTorch and we have its constant: it is given ours.
enum ExportDrivers {
  static func text(for framework: CodeFile.Framework) -> String {
    let own =
      switch framework {
      case .pytorch: pytorch
      case .gluon: gluon
      case .keras: keras
      case .jax: jax
      }
    return start + own + end
  }

  private static let start = """
    import importlib.util, sys

    def share(pairs):
        worst = max((float(abs(a - b).max()) for a, b in pairs if a.size), default=0.0)
        return worst / max(max((float(abs(b).max()) for a, b in pairs if b.size), default=0.0), 1e-3)

    def beyond(ours, theirs, exact):
        assert set(theirs) >= set(ours), "no gradient of a parameter that learns"
        largest = max((float(abs(exact[name]).max()) for name in ours), default=0.0)
        worst = 0.0
        for name in ours:
            allowed = 4 * abs(theirs[name].astype("float64") - exact[name]).max()
            off = abs(ours[name].astype("float64") - exact[name]).max() - allowed
            worst = max(worst, float(off))
        return worst / max(largest, 1e-3)


    """

  private static let end = """


    for path in sys.argv[1:]:
        spec = importlib.util.spec_from_file_location("exported", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        try:
            files = [path.replace(".py", ending) for ending in (".gradients", ".stepped")]
            print(path, *figures(module, *files))
        except Exception as error:
            print("failed:", path, str(error).replace(chr(10), " ")[-200:])
    """

  private static let pytorch = """
    import torch
    from safetensors.numpy import load_file

    def learned(module, dtype):
        model, inputs, expected = module.load()
        model = model.to(dtype).train()
        loss = (model(inputs.to(dtype)) ** 2).mean() / 2
        if loss.requires_grad:
            loss.backward()
        return {name: p for name, p in model.named_parameters() if p.grad is not None}

    def figures(module, gradients, stepped):
        model, inputs, expected = module.load()
        found = {"": model(inputs).detach().numpy()}
        exact = {"": model.double()(inputs.double()).detach().numpy()}
        outputs = beyond({"": expected.numpy()}, found, exact)
        ours = load_file(gradients)
        if not ours:
            return outputs, 0.0, 0.0
        single, double = (learned(module, dtype) for dtype in (torch.float32, torch.float64))
        theirs, exact = ({name: p.grad.numpy() for name, p in found.items()} for found in (single, double))
        worst = beyond(ours, theirs, exact)
        ours = {name: values for name, values in load_file(stepped).items() if name in single}
        for found in (single, double):
            torch.optim.SGD(found.values(), lr=0.1).step()
        theirs, exact = ({name: p.detach().numpy() for name, p in found.items()} for found in (single, double))
        return outputs, worst, beyond(ours, theirs, exact)
    """

  /// With oneDNN some gradients of MXNet 1.9.1 cannot be read, and some are off by a tenth.
  private static let gluon = """
    import os
    os.environ["MXNET_MKLDNN_ENABLED"] = "0"
    import mxnet as mx

    def figures(module, gradients, stepped):
        model, inputs, expected = module.load()
        outputs = share([(model(inputs).asnumpy(), expected.asnumpy())])
        parameters = model._collect_params_with_prefix()
        ours = mx.nd.load(gradients)
        ours = ours if isinstance(ours, dict) else {}
        if not ours:
            return outputs, 0.0, 0.0
        with mx.autograd.record():
            loss = (model(inputs) ** 2).mean() / 2
        loss.backward()
        pairs = [(parameters[name].grad().asnumpy(), ours[name].asnumpy()) for name in ours]
        trainer = mx.gluon.Trainer(model.collect_params(), "sgd", {"learning_rate": 0.1})
        trainer.step(1, ignore_stale_grad=True)
        after = mx.nd.load(stepped)
        steps = [(parameters[name].data().asnumpy(), after[name].asnumpy()) for name in ours]
        return outputs, share(pairs), share(steps)
    """

  private static let keras = """
    import os
    os.environ["KERAS_BACKEND"] = "jax"
    import jax
    import keras
    import numpy as np
    from keras.src import ops
    from safetensors.numpy import load_file

    ops.leaky_relu = lambda x, negative_slope=0.2: jax.numpy.where(x > 0, x, negative_slope * x)

    def learned(module, dtype):
        with jax.enable_x64(dtype == "float64"):
            return learned_so(module, dtype)

    def learned_so(module, dtype):
        keras.config.set_floatx(dtype)
        keras.config.set_dtype_policy(dtype)
        model, inputs, expected = module.load()
        others = [variable.value for variable in model.non_trainable_variables]

        def loss(learned):
            outputs, _ = model.stateless_call(learned, others, inputs.astype(dtype), training=True)
            return (outputs ** 2).mean() / 2

        gradients = jax.jit(jax.grad(loss))([variable.value for variable in model.trainable_variables])
        names = {id(variable): name for name, variable in module.variables(model)}
        named = {names[id(v)]: np.asarray(g) for v, g in zip(model.trainable_variables, gradients)}
        return model, gradients, named

    def figures(module, gradients, stepped):
        keras.config.set_floatx("float32")
        keras.config.set_dtype_policy("float32")
        model, inputs, expected = module.load()
        outputs = share([(np.asarray(model(inputs)), expected)])
        ours = load_file(gradients)
        if not ours:
            return outputs, 0.0, 0.0
        exact = learned(module, "float64")[2]
        model, gradients, theirs = learned(module, "float32")
        keras.optimizers.SGD(learning_rate=0.1).apply(gradients, model.trainable_variables)
        after = load_file(stepped)
        steps = [(np.asarray(v), after[name]) for name, v in module.variables(model) if name in ours]
        return outputs, beyond(ours, theirs, exact), share(steps)
    """

  private static let jax = """
    import jax
    import numpy as np
    import optax
    from flax import nnx
    from safetensors.numpy import load_file

    nnx.leaky_relu = lambda x, negative_slope=0.01: jax.numpy.where(x > 0, x, negative_slope * x)

    def learned(module, dtype):
        with jax.enable_x64(dtype == "float64"):
            return learned_so(module, dtype)

    def learned_so(module, dtype):
        model, inputs, expected = module.load()
        for variable in module.variables(model).values():
            variable.set_value(variable[...].astype(dtype))
        model.train()
        loss = lambda model, inputs: (model(inputs) ** 2).mean() / 2
        gradients = nnx.jit(nnx.grad(loss))(model, inputs.astype(dtype))
        named = {name: np.asarray(g[...]) for name, g in module.variables(gradients).items()}
        return model, gradients, named

    def figures(module, gradients, stepped):
        model, inputs, expected = module.load()
        outputs = share([(np.asarray(model(inputs)), np.asarray(expected))])
        ours = load_file(gradients)
        if not ours:
            return outputs, 0.0, 0.0
        exact = learned(module, "float64")[2]
        model, gradients, theirs = learned(module, "float32")
        nnx.Optimizer(model, optax.sgd(0.1), wrt=nnx.Param).update(model, gradients)
        after = load_file(stepped)
        variables = module.variables(model)
        steps = [(np.asarray(variables[name][...]), after[name]) for name in ours]
        return outputs, beyond(ours, theirs, exact), share(steps)
    """
}
