/// What takes memory, and what to do where there is too little.
enum MemoryNotes {
  static let lines = [
    "Memory goes to the values of a batch, four bytes each, most of all in the first layers of images;",
    "to the parameters, their gradients and what the optimizer keeps of them; and to the data.",
    "batch 8 takes a smaller batch; fewer channels, a stride or a pool early in the network makes it smaller.",
    "optimizer sgd keeps one value beside each parameter with momentum=, none without; adam keeps two.",
    "In the shell, free -h shows what the machine has, ulimit -v what this process may take.",
    "What cannot be had is refused before any is taken: nothing is lost.",
  ]
}
