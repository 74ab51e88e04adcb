import Interchange

/// The full text of the error that a reading or writing throws, the folder's path left out; or a word
/// that says there was none.
func errorText(in folder: TemporaryFolder, _ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch let error as FileError {
    return error.description.replacing(folder.path + "/", with: "").replacing(
      folder.path, with: ".")
  } catch {
    return "another error: \(error)"
  }
}
