import Testing

@testable import Sessions

/// Lines of PyTorch, Keras and Gluon.
struct PythonTests {
  @Test(
    "a layer as PyTorch, Keras or Gluon write it leads to ours",
    arguments: [
      ("nn.Conv1d(1, 10, 3)", "add conv 10 3 pad=0"),
      (
        "nn.Conv2d(in_channels=1, out_channels=8, kernel_size=(3, 5), stride=2, padding=1, bias=False)",
        "add conv 8 3x5 stride=2 pad=1 bias=no"
      ),
      ("nn.Conv2d(8, 8, 3, 1, 'same', groups=8)", "add conv 8 3 stride=1 pad=same groups=8"),
      (
        "layers.Conv2D(8, (3, 3), padding='same', activation='relu')",
        "add conv 8 3 pad=same act=relu"
      ),
      ("nn.Conv1D(channels=10, kernel_size=3, strides=2)", "add conv 10 3 stride=2 pad=0"),
      ("nn.ConvTranspose1d(4, 8, 2, stride=2)", "add deconv 8 2 stride=2 pad=0"),
      ("layers.Conv1DTranspose(8, 2, 2, padding='same')", "add deconv 8 2 stride=2 pad=same"),
      ("nn.Linear(16, 3)", "add dense 3"), ("nn.LazyLinear(3)", "add dense 3"),
      ("Dense(10, activation=\"tanh\")", "add dense 10 act=tanh"),
      ("nn.BatchNorm1d(10, momentum=0.05)", "add bn momentum=0.95"),
      ("nn.BatchNorm2d(10, affine=False)", "add bn scale=no center=no"),
      ("layers.BatchNormalization()", "add bn momentum=0.99 eps=0.001"),
      ("nn.BatchNorm()", "add bn"), ("nn.LayerNorm(16)", "add ln"),
      ("layers.LayerNormalization()", "add ln eps=0.001"), ("nn.RMSNorm(16)", "add rmsnorm"),
      ("nn.GroupNorm(1, 8)", "add gn 1"),
      ("GroupNormalization(groups=1)", "add gn 1 eps=0.001"),
      ("nn.InstanceNorm1d(8, affine=True)", "add instnorm affine=yes"),
      ("nn.MaxPool1d(2)", "add maxpool 2"),
      ("nn.MaxPool2d(3, stride=2, padding=1)", "add maxpool 3 stride=2 pad=1"),
      ("nn.AvgPool2d(2, ceil_mode=True)", "add avgpool 2 ceil=yes"),
      ("layers.MaxPooling1D()", "add maxpool 2"),
      ("layers.AveragePooling2D(pool_size=2, padding='valid')", "add avgpool 2 pad=0"),
      ("nn.AdaptiveAvgPool1d(1)", "add gap"), ("nn.AdaptiveMaxPool2d((1, 1))", "add gmp"),
      ("layers.GlobalAveragePooling1D()", "add gap"), ("nn.GlobalMaxPool1D()", "add gmp"),
      ("nn.Flatten()", "add flatten"), ("nn.Identity()", "add identity"),
      ("nn.Dropout()", "add dropout 0.5"),
      ("layers.SpatialDropout1D(0.2)", "add spatialdropout 0.2"),
      ("nn.Embedding(100, embedding_dim=8)", "add embedding 100 8"),
      ("nn.MultiheadAttention(8, 2, dropout=0.1)", "add attention 2 dropout=0.1"),
      ("nn.Upsample(scale_factor=2)", "add upsample 2"), ("UpSampling1D(3)", "add upsample 3"),
      ("nn.PixelShuffle(2)", "add pixelshuffle 2"), ("nn.GLU()", "add glu"),
      ("nn.LSTM(1, 16)", "add lstm 16"), ("layers.LSTM(16)", "add lstm 16 return=last"),
      (
        "nn.GRU(input_size=1, hidden_size=16, num_layers=2, bidirectional=True)",
        "add repeat 2 { gru 16 directions=2 }"
      ),
      ("nn.ReLU(inplace=True)", "add relu"), ("F.gelu(x)", "add gelu"),
      ("nn.LeakyReLU(0.2)", "add leaky 0.2"), ("nn.ELU()", "add elu 1"),
      ("nn.PReLU()", "add prelu"), ("layers.Activation('swish')", "add silu"),
      ("nn.ReLU(),  # after the sum", "add relu"), ("  nn.Linear(8, # in\n 3)", "add dense 3"),
      ("x = self.relu1 = nn.ReLU()", nil), ("nn.Conv3d(1, 10, 3)", nil),
      ("nn.Conv1d(1, 10, k)", nil), ("nn.Conv1d(1, 10, 3, padding_mode='circular')", nil),
      ("layers.Conv1D(10, 3, strides=2, padding='same')", nil),
      ("nn.GELU(approximate='tanh')", nil),
      ("nn.BatchNorm1d(8, track_running_stats=False)", nil), ("self.relu(self.bn1(x))", nil),
      ("layers.PReLU()", nil), ("nn.PReLU(8)", "add prelu shared=no"),
      ("x = layers.Conv1D(10, 3)(x)", "add conv 10 3 pad=0"),
      (">>> nn.ReLU().to(device)", "add relu"),
      ("nn.Linear(4*32, 10)", "add dense 10"),
      ("torchvision.models.resnet18(weights=None)", "add resnet18"),
      ("return x + self.shortcut(x)", "wrap residual"), ("out += identity", "wrap residual"),
      ("layers.Add()([x, y])", "wrap residual"), ("x + 1", nil), ("nn.AdaptiveAvgPool1d(2)", nil),
      ("nn.ReLU() + x", nil),
    ])
  func layer(line: String, command: String?) {
    #expect(PythonStatement(line)?.commands == command.map { [$0] })
  }

  @Test(
    "several layers in one line are several commands",
    arguments: [
      (
        "nn.Sequential(nn.Conv1d(1, 8, 3), nn.BatchNorm1d(8), nn.ReLU(),)",
        ["add conv 8 3 pad=0", "add bn", "add relu"]
      ),
      ("model = keras.Sequential([\n  Dense(8),\n  Dense(3),\n])", ["add dense 8", "add dense 3"]),
      ("net.add(nn.Dense(8), nn.Activation('relu'))", ["add dense 8", "add relu"]),
      ("self.body.append(nn.ReLU())", ["add relu"]),
      ("nn.Conv1d(1, 10, 3); nn.ReLU()", ["add conv 10 3 pad=0", "add relu"]),
      (
        "keras.Sequential([keras.Input(shape=(32, 4)), layers.Conv1D(8, 3, padding='same')])",
        ["input 4x32", "add conv 8 3 pad=same"]
      ), ("add nn.ReLU()", ["add relu"]),
      ("self.conv1 = nn.Conv1d(1, 8, 3)", ["add conv 8 3 pad=0"]),
    ])
  func layers(line: String, commands: [String]) {
    #expect(PythonStatement(line)?.commands == commands)
  }

  @Test(
    "so do optimizers, losses, inputs and what is done with a model",
    arguments: [
      (
        "optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)",
        ["optimizer sgd lr=0.1 momentum=0.9 wd=1e-4"]
      ),
      (
        "optim.Adam(net.parameters(), 1e-3, betas=(0.9, 0.99))",
        ["optimizer adam lr=1e-3 beta1=0.9 beta2=0.99"]
      ),
      (
        "criterion = nn.CrossEntropyLoss(label_smoothing=0.1)", ["loss cross_entropy smoothing=0.1"]
      ),
      (
        "optim.RMSprop(model.parameters(), alpha=0.9)",
        ["optimizer rmsprop lr=0.01 momentum=0 rho=0.9"]
      ),
      ("torch.optim.AdamW(model.parameters())", ["optimizer adamw wd=0.01 eps=1e-8"]),
      ("keras.optimizers.AdamW()", ["optimizer adamw wd=0.004 eps=1e-7"]),
      ("clip_grad_norm_(model.parameters(), 1.0)", ["clip norm=1.0"]),
      ("nn.init.kaiming_normal_(conv.weight)", ["init he"]),
      ("model.load_state_dict(torch.load('x.pt'))", ["load x.pt"]),
      ("nn.MSELoss()", ["loss l2"]), ("torch.manual_seed(7)", ["seed 7"]),
      ("x = torch.randn(1, 3, 32, 32)", ["input 3x32x32"]),
      ("keras.Input(shape=(32, 16, 3))", ["input 3x32x16"]),
      ("DataLoader(train, batch_size=64, shuffle=True)", ["batch 64"]),
      (
        "model.compile(optimizer=keras.optimizers.Adam(0.01), loss='mse')",
        ["optimizer adam lr=0.01 eps=1e-7", "loss l2"]
      ),
      ("model.fit(x, y, epochs=5, batch_size=32)", ["batch 32", "train 5"]),
      ("summary(model, (1, 16))", ["summary"]), ("loss.backward()", ["gradients"]),
      ("optimizer.step()", ["step"]), ("model.eval()", ["evaluate"]),
      ("torch.save(model.state_dict(), 'net.pt')", ["save net.safetensors"]),
    ])
  func settings(line: String, commands: [String]) {
    #expect(PythonStatement(line)?.commands == commands)
  }

  @Test(
    "a refused line of Python offers what is typed here, where that works, or help on it",
    arguments: [
      ("nn.Conv1d(1, 8, 3)", ["add conv 8 3 pad=0", "help conv1d"]),
      ("model.add(nn.Linear(16, 3))", ["help dense", "help language"]),
      ("nn.Conv1d(2, 8, 3)", ["help conv", "help conv1d"]),
      ("nn.Conv2d(1, 8, 3)", ["help conv", "help conv2d"]),
      (
        "nn.Sequential(nn.Flatten(), nn.Linear(16, 3))",
        ["add flatten; add dense 3", "help language"]
      ),
      ("x = x + self.shortcut(x)", ["help wrap", "help language"]),
      ("nn.Conv1d(1, 8, 99)", ["help conv", "help conv1d"]),
      ("model.fit(x, y, epochs=2)", ["help train", "help"]),
      ("import torch.nn as nn", ["lesson", "help"]), ("class Net(nn.Module):", ["help def"]),
    ])
  func offers(line: String, offers: [String]) {
    let session = Session()
    session.answer("input 1x16")
    #expect(Complaint(session.answer(line).text).offers == offers)
    #expect(session.state.current?.network.paths == [])
  }

  @Test(
    "before there is an input one is offered along",
    arguments: [
      ("nn.Conv1d(1, 8, 3)", "input 1x64; add conv 8 3 pad=0"),
      ("nn.Conv2d(3, 8, (3, 5))", "input 3x32x32; add conv 8 3x5 pad=0"),
      ("nn.Conv1d(4, 8, 3)", "input 4x64; add conv 8 3 pad=0"),
      ("nn.Linear(20, 8)", "input 20; add dense 8"),
      (
        "model = nn.Sequential(\n  nn.Conv1d(4, 8, 3),\n  nn.ReLU(),\n)",
        "input 4x64; add conv 8 3 pad=0; add relu"
      ),
      ("torch.randn(1, 16)", "input 16"),
    ])
  func begins(line: String, offer: String) {
    let session = Session()
    #expect(Complaint(session.answer(line).text).offers.first == offer)
    #expect(session.state.current == nil)
  }

  @Test("what libraries are for is there without them")
  func imports() {
    #expect(
      Session().answer("from torch import nn").text
        .contains("no command is called from; layers, data and training are there without it"))
  }

  @Test(
    "no text that looks like Python takes long or breaks anything",
    arguments: [
      String(repeating: "(", count: 1900), String(repeating: "nn.Sequential(", count: 130),
      "nn.ReLU(" + String(repeating: "-", count: 1000), "nn.Conv1d(1, 1e999, 3)", "f('\\", "f(a=)",
      "nn.Conv1d(,)", "nn..ReLU()", "f(" + String(repeating: "9", count: 1900) + ")",
      "nn.ReLU()" + String(repeating: " ", count: 3000),
    ])
  func hostile(line: String) {
    #expect(PythonStatement(line)?.commands.count ?? 1 == 1)
    #expect(Session().answer(line).text.contains("error["))
  }
}
