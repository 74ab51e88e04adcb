#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How losses are put on a scale from 0 to 1: by themselves, or by their logarithms where they span much.
package struct LossScale: Hashable, Sendable {
  package let range: ClosedRange<Double>
  package let isLogarithmic: Bool

  /// Spans from which on logarithms are taken.
  private static let wide = 20.0

  /// A scale for all finite values, 0 to 1 where there are none.
  package init(_ values: some Sequence<Double>) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite {
      (least, greatest) = (min(least, value), max(greatest, value))
    }
    guard least <= greatest else { (range, isLogarithmic) = (0...1, false); return }
    isLogarithmic = least > 0 && greatest / least > Self.wide
    range = least...(greatest > least ? greatest : least + max(abs(least), 1e-6))
  }

  /// Where a value lies; those outside at the ends, and what is no number at the upper one.
  package func share(of value: Double) -> Double {
    guard !value.isNaN else { return 1 }
    let value = min(max(value, range.lowerBound), range.upperBound)
    if isLogarithmic {
      return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    }
    return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// The value at a place from 0 to 1.
  package func value(at share: Double) -> Double {
    isLogarithmic
      ? range.lowerBound * exp(share * log(range.upperBound / range.lowerBound))
      : range.lowerBound + share * (range.upperBound - range.lowerBound)
  }

  /// Values that part the scale in so many bands of one width.
  package func levels(parting bands: Int) -> [Double] {
    guard bands > 1 else { return [] }
    return (1..<bands).map { value(at: Double($0) / Double(bands)) }
  }

  /// The band of a value, the lowest is 0.
  package func band(of value: Double, among bands: Int) -> Int {
    min(Int(share(of: value) * Double(bands)), bands - 1)
  }

  /// Round numbers within the scale.
  var ticks: [Double] {
    if !isLogarithmic { return RoundNumbers.within(range, about: 6) }
    var ticks: [Double] = []
    let few = range.upperBound / range.lowerBound < 2000
    var power = 1.0
    while power > range.lowerBound, power > 1e-300 { power /= 10 }
    while power <= range.upperBound, power < 1e300 {
      for factor in few ? [1.0, 2, 5] : [1.0] where range.contains(factor * power) {
        ticks.append(factor * power)
      }
      power *= 10
    }
    return ticks.isEmpty ? [range.lowerBound, range.upperBound] : ticks
  }
}

/// Round numbers for axes.
enum RoundNumbers {
  /// About so many multiples of 1, 2 or 5 times a power of ten.
  static func within(_ range: ClosedRange<Double>, about count: Double) -> [Double] {
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite else { return [range.lowerBound] }
    let least = length / count
    let power = pow(10, log10(least).rounded(.down))
    let step = ([1, 2, 5, 10].first { $0 * power >= least * (1 - 1e-9) } ?? 10) * power
    guard step > 0, step.isFinite else { return [range.lowerBound] }
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 100 else { return [range.lowerBound, range.upperBound] }
    return (0...Int(last - first)).map { place in
      let value = (first + Double(place)) * step
      return abs(value) < step / 2 ? 0 : value
    }
  }
}
