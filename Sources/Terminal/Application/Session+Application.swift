import Sessions

extension Session: Application {}
