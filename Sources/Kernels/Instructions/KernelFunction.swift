/// Does one part of the instruction at an address; the result is a status, 0 where all went well.
///
/// The kernels are compiled once for each set of instructions, as modules of the same sources. Instructions are
/// made of the types of `Kernels`; a function of another module reads their bytes as those of its own types, which
/// lie alike. So an instruction holds values and addresses only, and neither existentials nor generic functions,
/// which would bring code of the module that made it along. `stop` is the address of a `StopCell`.
package typealias KernelFunction =
  @convention(c) (
    _ instruction: UnsafeRawPointer, _ part: Int, _ count: Int, _ stop: UnsafeRawPointer?
  ) -> Int32

extension Instruction {
  /// The function of this module.
  package static var kernelFunction: KernelFunction {
    { address, part, count, stop in
      address.assumingMemoryBound(to: Instruction.self).pointee
        .run(Part(index: part, count: count, stop: StopCell(stop)))
    }
  }

  /// Sizes and strides of an instruction and of what it may hold, by which modules are compared.
  package static var layout: [Int] {
    func sizes<Value>(_ type: Value.Type) -> [Int] {
      [MemoryLayout<Value>.size, MemoryLayout<Value>.stride, MemoryLayout<Value>.alignment]
    }
    return [
      sizes(Instruction.self), sizes(Work.self), sizes(DirectConvolutionWork.self),
      sizes(DirectConvolution.self), sizes(SeriesConvolutionWork.self),
      sizes(SeriesConvolution.self), sizes(ProductWork.self), sizes(AddBiasWork.self),
      sizes(ChannelSumsWork.self), sizes(MergeSumsWork.self), sizes(StatisticsWork.self),
      sizes(FinishStatisticsWork.self), sizes(FoldStatisticsWork.self), sizes(NormalizeWork.self),
      sizes(GradientSumsWork.self), sizes(FinishGradientsWork.self),
      sizes(NormalizationGradientWork.self), sizes(ActivationWork.self),
      sizes(ActivationGradientWork.self), sizes(SoftmaxWork.self), sizes(SoftmaxGradientWork.self),
      sizes(SumWork.self), sizes(CopyWork.self), sizes(ZeroWork.self), sizes(ColumnsWork.self),
      sizes(PoolingWork.self), sizes(GlobalPoolingWork.self), sizes(SubsampleWork.self),
      sizes(ResamplingWork.self), sizes(StridedCopyWork.self), sizes(StridedCopy.Loop.self),
      sizes(TransposeWork.self), sizes(GatherRowsWork.self), sizes(DropoutWork.self),
      sizes(ScaleWork.self), sizes(ParametricReluWork.self), sizes(ExampleNormalizationWork.self),
      sizes(LocalResponseWork.self), sizes(LayerScaleWork.self), sizes(NoiseWork.self),
      sizes(GatedLinearWork.self), sizes(AttentionWork.self), sizes(LookUpWork.self),
      sizes(LookUpGradientWork.self), sizes(AddTableWork.self), sizes(ImageSumsWork.self),
      sizes(ClassTokenWork.self), sizes(RecurrentWork.self), sizes(DotWork.self),
      sizes(TotalWork.self), sizes(MultiplyWork.self), sizes(FactorGradientWork.self),
      sizes(HighwayWork.self), sizes(CrossEntropyWork.self), sizes(SoftCrossEntropyWork.self),
      sizes(BinaryCrossEntropyWork.self), sizes(MultiLabelWork.self), sizes(RegressionWork.self),
      sizes(LossCell.self), sizes(UpdateWork.self), sizes(SquaresWork.self), sizes(ClampWork.self),
      sizes(MixRowsWork.self), sizes(AverageWork.self), sizes(RandomWork.self),
      sizes(RandomStream.self), sizes(OrthonormalWork.self),
    ].flatMap { $0 }
  }
}
