import Foundation
import Testing

@testable import Networks

/// Bounds of control groups, in folders as Linux shows them.
@Suite struct ControlGroupTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "groups-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Writes a figure of a group, or the file that says which group is ours.
  private func write(_ path: String, _ text: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private var group: ControlGroup {
    ControlGroup(root: folder.path, membership: folder.appending(path: "cgroup").path)
  }

  @Test("the closest bound counts, of the group or of one around it; cached files give way")
  func unified() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("cgroup", "0::/user/job\n")
    #expect(group.bytesLeft == nil)
    try write("user/memory.max", "1000\n")
    try write("user/memory.current", "700\n")
    #expect(group.bytesLeft == 300)
    try write("user/job/memory.max", "max\n")
    try write("user/job/memory.current", "650\n")
    #expect(group.bytesLeft == 300)
    try write("user/job/memory.max", "800\n")
    #expect(group.bytesLeft == 150)
    try write("user/job/memory.stat", "anon 400\ninactive_file 250\n")
    #expect(group.bytesLeft == 300)
    try write("user/memory.current", "2000\n")
    #expect(group.bytesLeft == 0)
  }

  @Test("groups of the first version have a folder for memory")
  func separate() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("cgroup", "12:cpu,cpuacct:/job\n5:memory:/job\n0::/none\n")
    try write("memory/job/memory.limit_in_bytes", "5000\n")
    try write("memory/job/memory.usage_in_bytes", "4000\n")
    try write("memory/job/memory.stat", "cache 900\ntotal_inactive_file 500\n")
    #expect(group.bytesLeft == 1500)
  }

  @Test("without groups, or with files of another kind, nothing is bounded")
  func unknown() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(ControlGroup(root: "/nowhere", membership: "/nowhere/cgroup").bytesLeft == nil)
    try write("cgroup", "\u{0}\n::\n0:/\n0::/job")
    try write("job/memory.max", "lots\n")
    try write("job/memory.current", "-1\n")
    #expect(group.bytesLeft == nil)
  }
}
