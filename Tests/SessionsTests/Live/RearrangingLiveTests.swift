import Networks
import Testing
import Training

@testable import Sessions

/// Transposed convolutions and layers that move values, put into a network that is learning.
struct RearrangingLiveTests {
  /// The loss before and after an edit, as its answer tells them.
  private func losses(_ answer: String) -> [Double] {
    guard let place = answer.firstRange(of: "; loss ") else { return [] }
    return answer[place.upperBound...].split(separator: " → ").compactMap {
      Double($0.prefix { !$0.isWhitespace })
    }
  }

  @Test(
    "what only moves values keeps all weights, and the loss where the next layer reads them alike")
  func moves() {
    let live = LiveSession("batch 64; lr 0")
    let before = live.weights
    let reshaped = live.type("insert reshape 2x4 after dense1")
    #expect(reshaped.contains("reshape1  reshape 2x4  8 → 2×4"), "\(reshaped)")
    #expect(reshaped.contains("kept 6 tensors; loss "), "\(reshaped)")
    let unmoved = losses(reshaped)
    #expect(unmoved.count == 2 && unmoved.first == unmoved.last, "\(reshaped)")
    let shuffled = live.type("insert channelshuffle 2 after reshape1")
    #expect(losses(shuffled).count == 2 && losses(shuffled).first == losses(shuffled).last)
    let turned = live.type("insert permute after channelshuffle1")
    #expect(turned.contains("kept 6 tensors; loss "), "\(turned)")
    live.type("step 2")
    #expect(live.weights == before)
    for _ in 0..<3 { live.type("undo") }
    #expect(live.network?.root.children.map(\.name) == ["dense1", "dense2", "dense3"])
    #expect(live.weights == before)
    live.type("stop")
  }

  @Test("a transposed convolution learns, is frozen and freed, widened, and taken back")
  func transposed() {
    let live = LiveSession("batch 64")
    live.type("insert reshape 2x4 after dense1")
    let inserted = live.type("insert deconv 2 3 act=relu after reshape1")
    #expect(inserted.contains("kept 6 tensors, new 2 (deconv1.weight …); loss "), "\(inserted)")
    let start = live.weights["deconv1.weight"]
    live.type("step 2")
    #expect(live.weights["deconv1.weight"] != start)
    live.type("freeze deconv1")
    let frozen = live.weights
    live.type("step 2")
    #expect(live.weights["deconv1.weight"] == frozen["deconv1.weight"])
    #expect(live.weights["dense1.weight"] != frozen["dense1.weight"])
    live.type("unfreeze deconv1")
    let widened = live.type("widen deconv1 5")
    #expect(widened.contains("widened deconv1 from 2 to 5; read by dense2"), "\(widened)")
    #expect(live.network?.parameters.first { $0.path == "deconv1.weight" }?.shape == [2, 5, 3])
    let deeper = live.type("deepen deconv1")
    #expect(deeper.contains("deepened deconv1: conv1 after deconv1"), "\(deeper)")
    live.type("undo")
    live.type("undo")
    #expect(live.network?.parameters.first { $0.path == "deconv1.weight" }?.shape == [2, 2, 3])
    live.type("set deconv1 stride=2")
    #expect(live.network?.output == Shape([2]))
    live.type("stop")
  }
}
