/// What a command reads from files, by their endings.
typealias ReaderTable<Reader: Sendable> = EndingTable<Reader>
