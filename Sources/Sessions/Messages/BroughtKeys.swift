import Language

/// Keys that people bring from other frameworks to `train` and `data`, and what is typed here instead.
enum BroughtKey {
  /// What is done instead, and how that is typed.
  struct Lead {
    let says: String
    let offers: [String]
  }

  /// What a key of a command stands for, or nothing where nobody brings it.
  static func lead(from option: Option, of invocation: Invocation) -> Lead? {
    let value = option.value.text
    let number = option.value.number
    switch (invocation.row.verb, option.name.lowercased()) {
    case ("train", "lr"), ("train", "learning_rate"), ("train", "rate"):
      return Lead(
        says: "lr sets the learning rate",
        offers: (number.map { $0 > 0 } ?? false ? ["lr \(value)"] : []) + ["help lr"])
    case ("train", "schedule"), ("train", "scheduler"), ("train", "lr_schedule"):
      let isCurve = ScheduleTable.names.contains(value) && value != "step"
      return Lead(
        says: "lr sets what becomes of the rate",
        offers: (isCurve ? ["lr \(value)"] : []) + ["help lr"])
    case ("train", "early_stopping"), ("train", "earlystopping"), ("train", "early_stop"):
      return Lead(says: "patience=N stops early", offers: ["help train"])
    case ("train", "batch"), ("train", "batch_size"), ("train", "bs"):
      return Lead(says: "batch sets how many examples a step takes", offers: ["help batch"])
    case ("train", "optimizer"), ("train", "loss"), ("train", "seed"), ("train", "clip"):
      return Lead(says: "\(option.name) is a command of its own", offers: ["help \(option.name)"])
    case ("train", "epochs"), ("train", "steps"), ("train", "unit"):
      return Lead(says: "the number stands after train", offers: ["help train"])
    case ("train", "validation_split"), ("train", "validation"), ("train", "val"),
      ("train", "test"),
      ("data", "test"), ("data", "split"), ("data", "test_size"), ("data", "val"),
      ("data", "validation_split"), ("data", "train"):
      return Lead(
        says: "split 0.8 after it trains on 80 %, tests on the rest", offers: ["help split"])
    case ("train", "shuffle"), ("data", "shuffle"):
      return Lead(says: "each epoch has an order of its own, by seed", offers: ["help seed"])
    case ("train", "augment"), ("data", "augment"), ("data", "normalize"), ("data", "batch"):
      return Lead(says: "\(option.name) is a command of its own", offers: ["help \(option.name)"])
    case ("data", "batch_size"):
      return Lead(says: "batch sets how many examples a step takes", offers: ["help batch"])
    default: return nil
    }
  }
}
