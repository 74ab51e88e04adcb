extension Network {
  /// How many whole numbers from 0 on the input may have, where embeddings read it; nothing where none does.
  package var inputVocabulary: Int? {
    var result: Int?
    walk { block, _ in
      guard case .layer(.embedding(let embedding)) = block.form else { return }
      result = min(result ?? embedding.vocabulary, embedding.vocabulary)
    }
    return result
  }

  /// The path of the first embedding, or nothing where there is none.
  package var embeddingPath: String? {
    var result: String?
    walk { block, path in
      if result == nil, case .layer(.embedding) = block.form { result = path }
    }
    return result
  }
}
