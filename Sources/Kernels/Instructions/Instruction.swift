/// One bound step of a plan: what to compute on which memory, in how many parts.
///
/// Instructions hold plain pointers into memory that their plan owns; running one allocates and counts no
/// references.
package struct Instruction {
  package let work: Work
  package let parts: Int

  /// What does it: a function of the module for the processor, or a call of the library.
  package var function: KernelFunction

  /// Work in so many parts, done by this module unless said otherwise.
  package init(_ work: Work, parts: Int = 1) {
    self.work = work
    self.parts = parts
    function = Self.kernelFunction
  }

  /// What an instruction computes.
  package enum Work {
    case libraryConvolution(OpaquePointer)
    case libraryPack(OpaquePointer)
    case libraryUnpack(OpaquePointer)
    case directConvolution(DirectConvolutionWork)
    case seriesConvolution(SeriesConvolutionWork)
    case product(ProductWork)
    case addBias(AddBiasWork)
    case channelSums(ChannelSumsWork)
    case mergeSums(MergeSumsWork)
    case statistics(StatisticsWork)
    case finishStatistics(FinishStatisticsWork)
    case foldStatistics(FoldStatisticsWork)
    case normalize(NormalizeWork)
    case gradientSums(GradientSumsWork)
    case finishGradients(FinishGradientsWork)
    case normalizationGradient(NormalizationGradientWork)
    case activation(ActivationWork)
    case activationGradient(ActivationGradientWork)
    case softmax(SoftmaxWork)
    case softmaxGradient(SoftmaxGradientWork)
    case sum(SumWork)
    case copy(CopyWork)
    case zero(ZeroWork)
    case columns(ColumnsWork)
    case pooling(PoolingWork)
    case globalPooling(GlobalPoolingWork)
    case subsample(SubsampleWork)
    case resampling(ResamplingWork)
    case stridedCopy(StridedCopyWork)
    case transpose(TransposeWork)
    case dropout(DropoutWork)
    case scale(ScaleWork)
    case parametricRelu(ParametricReluWork)
    case exampleNormalization(ExampleNormalizationWork)
    case localResponse(LocalResponseWork)
    case layerScale(LayerScaleWork)
    case noise(NoiseWork)
    case gatedLinear(GatedLinearWork)
    case attention(AttentionWork)
    case lookUp(LookUpWork)
    case lookUpGradient(LookUpGradientWork)
    case addTable(AddTableWork)
    case imageSums(ImageSumsWork)
    case classToken(ClassTokenWork)
    case recurrent(RecurrentWork)
    case dot(DotWork)
    case total(TotalWork)
    case multiply(MultiplyWork)
    case factorGradient(FactorGradientWork)
    case highway(HighwayWork)
    case crossEntropy(CrossEntropyWork)
    case softCrossEntropy(SoftCrossEntropyWork)
    case binaryCrossEntropy(BinaryCrossEntropyWork)
    case multiLabel(MultiLabelWork)
    case regression(RegressionWork)
    case gatherRows(GatherRowsWork)
    case mixRows(MixRowsWork)
    case average(AverageWork)
    case update(UpdateWork)
    case squares(SquaresWork)
    case clamp(ClampWork)
    case random(RandomWork)
    case orthonormal(OrthonormalWork)
  }

  /// The status of a call of the library, which others make.
  package static let isForLibrary: Int32 = -2

  /// The status of work that was stopped in its midst: what it has written is good for nothing.
  package static let isStopped: Int32 = -3

  /// Does one part; the result is a status, 0 where all went well.
  @inline(__always) func run(_ part: Part) -> Int32 {
    switch work {
    case .libraryConvolution, .libraryPack, .libraryUnpack: return Self.isForLibrary
    case .directConvolution(let work): return work.run(part)
    case .seriesConvolution(let work): work.run(part)
    case .product(let work):
      if work.usesLibrary { return Self.isForLibrary }
      work.run(part)
    case .addBias(let work): work.run(part)
    case .channelSums(let work): work.run(part)
    case .mergeSums(let work): work.run()
    case .statistics(let work): work.run(part)
    case .finishStatistics(let work): work.run()
    case .foldStatistics(let work): work.run()
    case .normalize(let work): work.run(part)
    case .gradientSums(let work): work.run(part)
    case .finishGradients(let work): work.run()
    case .normalizationGradient(let work): work.run(part)
    case .activation(let work): work.run(part)
    case .activationGradient(let work): work.run(part)
    case .softmax(let work): work.run(part)
    case .softmaxGradient(let work): work.run(part)
    case .sum(let work): work.run(part)
    case .copy(let work): work.run(part)
    case .zero(let work): work.run(part)
    case .columns(let work): work.run(part)
    case .pooling(let work): return work.run(part)
    case .globalPooling(let work): work.run(part)
    case .subsample(let work): work.run(part)
    case .resampling(let work): work.run(part)
    case .stridedCopy(let work): work.run(part)
    case .transpose(let work): work.run(part)
    case .dropout(let work): work.run(part)
    case .scale(let work): work.run(part)
    case .parametricRelu(let work): work.run(part)
    case .exampleNormalization(let work): work.run(part)
    case .localResponse(let work): work.run(part)
    case .layerScale(let work): work.run(part)
    case .noise(let work): work.run(part)
    case .gatedLinear(let work): work.run(part)
    case .attention(let work): return work.run(part)
    case .lookUp(let work): return work.run()
    case .lookUpGradient(let work): work.run(part)
    case .addTable(let work): work.run(part)
    case .imageSums(let work): work.run(part)
    case .classToken(let work): work.run(part)
    case .recurrent(let work): return work.run(part)
    case .dot(let work): work.run(part)
    case .total(let work): work.run()
    case .multiply(let work): work.run(part)
    case .factorGradient(let work): work.run(part)
    case .highway(let work): work.run(part)
    case .crossEntropy(let work): work.run()
    case .softCrossEntropy(let work): work.run()
    case .binaryCrossEntropy(let work): work.run()
    case .multiLabel(let work): work.run()
    case .regression(let work): work.run()
    case .gatherRows(let work): work.run(part)
    case .mixRows(let work): work.run()
    case .average(let work): work.run()
    case .update(let work): work.run(part)
    case .squares(let work): work.run()
    case .clamp(let work): work.run()
    case .random(let work): work.run()
    case .orthonormal(let work): return work.run()
    }
    return 0
  }
}
