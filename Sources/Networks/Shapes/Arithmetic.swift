/// The product of factors, or nothing beyond a limit.
func boundedProduct(_ factors: [Int], limit: Int) -> Int? {
  var product = 1
  for factor in factors {
    let (value, overflows) = product.multipliedReportingOverflow(by: factor)
    if overflows || value > limit { return nil }
    product = value
  }
  return product
}

/// The sum, or the nearest number there is.
func saturatingSum(_ left: Int, _ right: Int) -> Int {
  let (value, overflows) = left.addingReportingOverflow(right)
  return overflows ? (right < 0 ? Int.min : Int.max) : value
}

/// The product, or the nearest number there is.
func saturatingProduct(_ left: Int, _ right: Int) -> Int {
  let (value, overflows) = left.multipliedReportingOverflow(by: right)
  return overflows ? ((left < 0) == (right < 0) ? Int.max : Int.min) : value
}
