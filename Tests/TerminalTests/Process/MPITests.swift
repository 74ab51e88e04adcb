import Foundation
import Testing

@testable import Terminal

/// The built program under mpirun, where that is there.
@Suite(.serialized) struct MPITests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  /// Whether mpirun is there.
  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/mpirun")

  /// Where MPICH is: its folder `usr`, in its place or where ESPALIER_MPICH says that it was unpacked.
  static let mpich: String? = {
    let unpacked = ProcessInfo.processInfo.environment["ESPALIER_MPICH"]
    return ["/usr", unpacked].compactMap { $0 }.first {
      FileManager.default.isExecutableFile(atPath: $0 + "/bin/mpirun.mpich")
    }
  }()

  /// Runs a shell command in which `$ESPALIER` is the program and `$MPIRUN` begins some of it; what it wrote and
  /// its exit status.
  private func shell(_ command: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = home.folder
    process.environment = home.environment([
      "ESPALIER": try Pseudoterminal.espalier(), "PATH": "/usr/bin:/bin",
      "MPIRUN": "mpirun --oversubscribe", "OMPI_ALLOW_RUN_AS_ROOT": "1",
      "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
      "MPICH": Self.mpich.map {
        "env PATH=\($0)/bin:/usr/bin:/bin LD_LIBRARY_PATH=\($0)/lib/x86_64-linux-gnu mpirun.mpich"
      } ?? "",
    ])
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private static let network =
    "data digits; optimizer sgd lr=0.1; add conv 4 3 act=relu; add gap; add dense 10"

  private func loss(_ output: String) throws -> Double {
    let line = try #require(
      output.split(whereSeparator: \.isNewline).first { $0.hasPrefix("the loss is ") }, "\(output)")
    return try #require(Double(line.dropFirst("the loss is ".count)))
  }

  @Test("two processes come to the loss of one, twice to the same bits", .enabled(if: isThere))
  func sameLoss() throws {
    func command(_ batch: Int) -> String {
      "-e '\(Self.network); batch \(batch); train 2' -e 'print the loss is $(loss)'"
    }
    let one = try shell("$ESPALIER \(command(64))")
    let two = try shell("$MPIRUN -n 2 $ESPALIER \(command(32))")
    let again = try shell("$MPIRUN -n 2 $ESPALIER \(command(32))")
    #expect((one.status, two.status, again.status) == (0, 0, 0), "\(two.output)")
    #expect(abs(try loss(one.output) - loss(two.output)) < 1e-4)
    #expect(try loss(two.output) == loss(again.output))
    // Only process 0 speaks, and without a terminal of the user there are no colours.
    #expect(two.output.components(separatedBy: "the loss is ").count == 2)
    #expect(!two.output.contains("\u{1B}"))
  }

  @Test("statistics over all processes come to the loss of one", .enabled(if: isThere))
  func sharesStatistics() throws {
    func command(_ batch: Int, _ option: String) -> String {
      "-e 'data digits; optimizer sgd lr=0.1; add conv 4 3; add bn \(option); add relu; add gap; add dense 10' "
        + "-e 'batch \(batch); train 2' -e 'print the loss is $(loss)'"
    }
    let one = try shell("$ESPALIER \(command(64, "sync=yes"))")
    let plain = try shell("$ESPALIER \(command(64, ""))")
    let two = try shell("$MPIRUN -n 2 $ESPALIER \(command(32, "sync=yes"))")
    let apart = try shell("$MPIRUN -n 2 $ESPALIER \(command(32, ""))")
    #expect((one.status, two.status) == (0, 0), "\(two.output)")
    #expect(try loss(one.output) == loss(plain.output))
    #expect(abs(try loss(one.output) - loss(two.output)) < 1e-4)
    #expect(abs(try loss(one.output) - loss(apart.output)) > 1e-4)
  }

  @Test(
    "processes take turns with the runs of a sweep, whose table is that of one",
    .enabled(if: isThere))
  func dealsSweeps() throws {
    let command =
      "--threads 1 -e '\(Self.network)' "
      + "-e 'sweep { for rate in 0.1 0.3 0.03 { lr $rate; train 1 } } > FILE.csv' -e 'net best; print the loss is $(loss)'"
    let one = try shell("$ESPALIER \(command.replacing("FILE", with: "one"))")
    let two = try shell("$MPIRUN -n 2 $ESPALIER \(command.replacing("FILE", with: "two"))")
    #expect((one.status, two.status) == (0, 0), "\(two.output)")
    #expect(try loss(one.output) == loss(two.output))
    #expect(two.output.contains("run 2: rate 0.3, by process 1"), "\(two.output)")
    // Times and the numbers of runs that are kept differ.
    let (_, difference) = try shell(
      "cut -d, -f1-11 one.csv > a; cut -d, -f1-11 two.csv | diff a - && echo same")
    #expect(difference == "same\n")
  }

  @Test("where a process of a sweep is killed its runs are named", .enabled(if: isThere))
  func namesRunsNotDone() throws {
    let (_, output) = try shell(
      """
      $MPIRUN -n 2 $ESPALIER --threads 1 -e '\(Self.network)' \
        -e 'sweep { for n in 1 1000000 2 1000001 { train $n } }' > out 2>&1 & MPI=$!
      for i in $(seq 600); do grep -q 'run 3: n 2' out && break; sleep 0.1; done; sleep 1
      kill -9 $(ps -o pid= --ppid $MPI | tail -1)
      wait $MPI; cat out
      """)
    #expect(output.contains("not done: run 2 (n 1000000), run 4 (n 1000001)"), "\(output)")
    #expect(output.contains("net best takes the network of n"))
    #expect(output.contains("a process of mpirun is gone"))
  }

  @Test("what is refused is said once, and ends all", .enabled(if: isThere))
  func refusesOnce() throws {
    let (status, output) = try shell("$MPIRUN -n 2 $ESPALIER -q -e 'print good' -e 'add nonsense'")
    #expect(status == 1)
    #expect(output.components(separatedBy: "error[").count == 2, "\(output)")
  }

  @Test(
    "where a process is killed the run ends and what was learned is kept", .enabled(if: isThere))
  func outlivesAProcess() throws {
    let (_, output) = try shell(
      """
      $MPIRUN -n 2 $ESPALIER -e '\(Self.network); train 1000000' > out 2>&1 & MPI=$!
      for i in $(seq 600); do grep -q 'epoch ' out && break; sleep 0.1; done; sleep 1
      kill -9 $(ps -o pid= --ppid $MPI | tail -1)
      wait $MPI; echo "status $?"
      cat out
      $ESPALIER -e "load $(ls state/espalier/autosave/*/main.safetensors)" -e 'expect steps > 90'
      echo "loaded $?"
      """)
    #expect(
      output.contains("a process of mpirun is gone; what was learned until its last step is kept"),
      "\(output)")
    #expect(output.contains("not saved, but kept: main; start espalier again and type recover"))
    #expect(output.contains("its run can go on at step"))
    #expect(output.contains("loaded 0"))
  }

  @Test(
    "MPICH's mpirun comes to the loss of Open MPI's",
    .enabled(if: isThere && mpich != nil))
  func runsOverMPICH() throws {
    let command =
      "-e '\(Self.network); batch 32; train 2' -e 'print the loss is $(loss) on $(processes)'"
    let open = try shell("$MPIRUN -n 2 $ESPALIER \(command)")
    let mpich = try shell("$MPICH -n 2 $ESPALIER \(command)")
    #expect((open.status, mpich.status) == (0, 0), "\(mpich.output)")
    #expect(mpich.output.components(separatedBy: "the loss is ").count == 2)
    #expect(mpich.output.contains(" on 2"))
    let sum = { (output: String) in
      output.split(whereSeparator: \.isNewline).first { $0.hasPrefix("the loss is ") }
    }
    // Of two there is one order in which to add.
    #expect(sum(mpich.output) == sum(open.output))
  }

  @Test("networks of more than one message come to all, over both libraries", .enabled(if: isThere))
  func sendsLargeNetworks() throws {
    // 17 MB of weights, and as many of momentum, in messages of 16 MiB.
    let command =
      "--threads 1 -e 'data digits; optimizer sgd lr=0.001 momentum=0.9; batch 700' "
      + "-e 'add flatten; add dense 2100; add dense 2000; add dense 10' "
      + "-e 'sweep by=train.loss { for n in 1 2 { train $n } }' -e 'net best; evaluate'"
    let one = try shell("$ESPALIER \(command)")
    #expect(one.status == 0, "\(one.output)")
    for launcher in ["$MPIRUN"] + (Self.mpich == nil ? [] : ["$MPICH"]) {
      let two = try shell("\(launcher) -n 2 $ESPALIER \(command)")
      #expect(two.status == 0, "\(two.output)")
      #expect(two.output.contains("run 2: n 2, by process 1"), "\(two.output)")
      #expect(one.output.split(separator: "\n").last == two.output.split(separator: "\n").last)
    }
  }

  @Test("a library that does not know of the processes is refused", .enabled(if: isThere))
  func refusesStrangers() throws {
    // PMI tells of processes and there is Open MPI alone.
    guard Self.mpich != "/usr" else { return }
    let (status, output) = try shell("PMI_SIZE=2 PMI_RANK=0 $ESPALIER -e 'print good'")
    #expect(status == 2)
    #expect(
      output.hasPrefix("espalier: begun as one of 2 processes, but Open MPI v"), "\(output)")
    #expect(
      output.hasSuffix(
        " knows of others than this mpirun has begun; try: apt-get install mpich\n"))
  }

  @Test("the environment tells of processes")
  func readsEnvironment() {
    func launch(_ variables: [String: String]) -> Launch? { Launch { variables[$0] } }
    #expect(launch([:]) == nil)
    #expect(launch(["OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_RANK": "0"]) == nil)
    #expect(launch(["OMPI_COMM_WORLD_SIZE": "many"]) == nil)
    #expect(launch(["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "3"])?.rank == 3)
    #expect(launch(["OMPI_COMM_WORLD_SIZE": "4", "PMI_SIZE": "4"])?.usesPMI == false)
    let other = launch(["PMI_SIZE": "2", "PMI_RANK": "1"])
    #expect(other?.count == 2 && other?.rank == 1 && other?.usesPMI == true)
  }
}
