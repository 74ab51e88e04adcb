import Interchange
import Networks
import Testing

@testable import Sessions

/// Weights saved for other programs: under whose names, and what comes back of them.
struct WeightsOutTests {
  private func session(
    _ text: String =
      "data waves length=16 count=40; add conv 3 1 bias=no; add residual { conv 3 1 bias=no; bn }; "
      + "add gap; add dense 4"
  ) -> Session {
    Workplace.enter()
    let session = Session()
    session.answer(text)
    return session
  }

  private func refusal(_ command: String, of session: Session) -> String {
    let answer = session.answer(command, from: .prompt)
    #expect(answer.outcome == .failed)
    return answer.text
  }

  @Test("tensors have the names of torchvision's networks, and bring network and steps back")
  func pytorchNames() throws {
    let session = session()
    session.answer("step 3")
    #expect(
      session.answer("save out-pytorch.safetensors names=pytorch").text
        == "saved 8 tensors and the network to out-pytorch.safetensors, "
        + "named as in torchvision's ResNets")
    let file = try SafetensorsFile(path: "out-pytorch.safetensors")
    #expect(
      file.arrays.map(\.name) == [
        "conv1.weight", "layer1.0.conv1.weight", "layer1.0.bn1.weight", "layer1.0.bn1.bias",
        "layer1.0.bn1.running_mean", "layer1.0.bn1.running_var", "fc.weight", "fc.bias",
      ])
    let fresh = Session()
    fresh.answer("load out-pytorch.safetensors")
    let (old, new) = (try #require(session.state.current), try #require(fresh.state.current))
    #expect(new.network.isSame(as: old.network))
    #expect(new.weights.steps == 3)
    for (mine, theirs) in zip(old.network.parameters, new.network.parameters) {
      #expect(old.weights.parameters[mine.key] == new.weights.parameters[theirs.key])
    }
  }

  @Test("a parameter file has the names of Gluon's model zoo")
  func gluonNames() throws {
    let session = session()
    #expect(
      session.answer("save out-gluon.params").text
        == "saved 8 tensors to out-gluon.params, named as in Gluon's model zoo")
    #expect(
      try ParamsFile(path: "out-gluon.params").arrays.map(\.name) == [
        "features.0.weight", "features.1.0.body.0.weight", "features.1.0.body.1.gamma",
        "features.1.0.body.1.beta", "features.1.0.body.1.running_mean",
        "features.1.0.body.1.running_var", "output.weight", "output.bias",
      ])
    #expect(
      session.answer("load out-gluon.params").text == """
        loaded 8 tensors from out-gluon.params: 1×16 → 4, 34 parameters
          named as in Gluon: features.0.weight is conv1.weight
        """)
    #expect(
      session.answer("save out-own.params names=own").text == "saved 8 tensors to out-own.params")
    #expect(try ParamsFile(path: "out-own.params").arrays.first?.name == "conv1.weight")
  }

  @Test("what others have no name for is refused, and says what writes it")
  func refusals() {
    let session = session("input 2x4; add parallel { conv 3 3; conv 4 3 }")
    #expect(
      refusal("save out-branches.safetensors names=pytorch", of: session) == """
        error[E-FILE]: par1.1.conv1.weight has no place among the names of torchvision's ResNets
          save out-branches.safetensors names=pytorch
                                        ^~~~~~~~~~~~~
          try: save out-branches.safetensors names=own
          try: export pytorch out-branches.py
        """)
    #expect(
      refusal("save out-branches.params", of: session) == """
        error[E-FILE]: par1.1.conv1.weight has no place among the names of Gluon's model zoo
          save out-branches.params
               ^~~~~~~~~~~~~~~~~~~
          try: save out-branches.params names=own
          try: export gluon out-branches.py
        """)
    #expect(
      refusal("save out-branches.esp names=own", of: session) == """
        error[E-ARGUMENT]: names is about weights, of which out-branches.esp has none
          save out-branches.esp names=own
                                ^~~~~
          try: save out-branches.esp
        """)
    #expect(
      refusal("save out-branches.params names=torch", of: session) == """
        error[E-ARGUMENT]: names expects one of own, pytorch, gluon, found torch
          save out-branches.params names=torch
                                         ^~~~~
          try: help save
        """)
  }
}
