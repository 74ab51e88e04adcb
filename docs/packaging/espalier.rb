# The Homebrew formula; `./dev package` puts the place and the sum of the sources in.
class Espalier < Formula
  desc "Compose neural networks at a terminal prompt"
  url "@URL@"
  sha256 "@SHA256@"
  license "GPL-3.0-or-later"

  uses_from_macos "swift" => :build
  depends_on "jpeg-turbo"
  depends_on "libpng"
  depends_on "ncurses"
  depends_on "onednn"
  depends_on "readline"
  depends_on "sqlite"
  uses_from_macos "zlib"

  def install
    # Homebrew builds in a sandbox of its own, in which Swift cannot make another.
    ENV["ESPALIER_BUILD_FLAGS"] = "--disable-sandbox"
    system "./dev", "install", prefix
  end

  test do
    assert_match "espalier #{version}", shell_output("#{bin}/espalier --version")
    assert_match "1×62", shell_output("#{bin}/espalier -e 'input 1x64' -e 'add conv 1 3 pad=0'")
  end
end
