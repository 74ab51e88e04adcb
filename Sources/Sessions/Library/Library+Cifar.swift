extension Library {
  /// Residual and plain networks for small images, depth 6n + 2.
  ///
  /// After He et al. 2015, section 4.2.
  static let cifar = """
    # A residual network of 6n + 2 layers; A shortcuts have no parameters.
    def resnet_cifar n classes=10 width=16 shortcut=A {
      conv $width 3 bias=no
      bn
      relu
      seq name=stage1 { repeat $n { basicblock $width shortcut=$shortcut } }
      seq name=stage2 {
        basicblock $(2 * width) stride=2 shortcut=$shortcut
        repeat $(n - 1) { basicblock $(2 * width) shortcut=$shortcut }
      }
      seq name=stage3 {
        basicblock $(4 * width) stride=2 shortcut=$shortcut
        repeat $(n - 1) { basicblock $(4 * width) shortcut=$shortcut }
      }
      gap
      dense $classes
    }

    # The same layers without shortcuts.
    def plain_cifar n classes=10 width=16 {
      conv $width 3 bias=no
      bn
      relu
      seq name=stage1 { repeat $n { plainblock $width } }
      seq name=stage2 {
        plainblock $(2 * width) stride=2
        repeat $(n - 1) { plainblock $(2 * width) }
      }
      seq name=stage3 {
        plainblock $(4 * width) stride=2
        repeat $(n - 1) { plainblock $(4 * width) }
      }
      gap
      dense $classes
    }

    # 8 layers with shortcuts.
    def resnet8 classes=10 shortcut=A { resnet_cifar 1 $classes shortcut=$shortcut }

    # 8 layers without shortcuts.
    def plain8 classes=10 { plain_cifar 1 $classes }

    # 20 layers with shortcuts.
    def resnet20 classes=10 shortcut=A { resnet_cifar 3 $classes shortcut=$shortcut }

    # 20 layers without shortcuts.
    def plain20 classes=10 { plain_cifar 3 $classes }

    # 32 layers with shortcuts.
    def resnet32 classes=10 shortcut=A { resnet_cifar 5 $classes shortcut=$shortcut }

    # 32 layers without shortcuts.
    def plain32 classes=10 { plain_cifar 5 $classes }

    # 44 layers with shortcuts.
    def resnet44 classes=10 shortcut=A { resnet_cifar 7 $classes shortcut=$shortcut }

    # 44 layers without shortcuts.
    def plain44 classes=10 { plain_cifar 7 $classes }

    # 56 layers with shortcuts.
    def resnet56 classes=10 shortcut=A { resnet_cifar 9 $classes shortcut=$shortcut }

    # 56 layers without shortcuts.
    def plain56 classes=10 { plain_cifar 9 $classes }

    # 110 layers with shortcuts.
    def resnet110 classes=10 shortcut=A { resnet_cifar 18 $classes shortcut=$shortcut }

    # 110 layers without shortcuts.
    def plain110 classes=10 { plain_cifar 18 $classes }
    """
}
