/// What takes memory, and what to do where there is too little.
enum MemoryNotes {
  static let lines = [
    "Memory goes to the values of a batch, four bytes each, most of all in the first layers of images;",
    "to the parameters, their gradients and what the optimizer keeps of them; and to the data.",
    "Values share memory where none is needed any more: counted are those that are there at the same time.",
    "evaluate and predict take as many examples at once, up to 256, as fit into 256 MiB. Figures are those of",
    "plans that are drawn up and not run; data, and networks that are in memory already, come on top.",
    "batch 8 takes a smaller batch; fewer channels, a stride or a pool early in the network makes it smaller.",
    "optimizer sgd keeps one value beside each parameter with momentum=, none without; adam keeps two.",
    "In the shell, free -h shows what the machine has, ulimit -v what this process may take.",
    "What cannot be had is refused before any is taken: nothing is lost.",
  ]
}
