package import PAMStack

extension Problem {
    /// In one line, with the place.
    package var description: String {
        place.map { "\($0.description): \(kind.description)" } ?? kind.description
    }
}

extension Problem.Kind {
    fileprivate var description: String {
        switch self {
        case .unknownFacility(let word): "'\(word)' is not auth, account, password or session"
        case .noControl: "there is no control; libpam lets the line fail"
        case .unknownControl(let word): "'\(word)' is no control; libpam lets the line fail"
        case .noModule: "there is no module; libpam lets the line fail"
        case .noService(let name): "there is neither /etc/pam.d/\(name) nor /etc/pam.d/other"
        case .cannotRead(let file): "'\(file)' cannot be read"
        case .noFileNamed: "no file is named"
        case .includedTooDeep(let file): "'\(file)' is included too deep, or too often"
        case .endsUnfinished: "the last line ends in '\\'; libpam refuses such a file"
        case .namelessModule(let path): "'\(path)' names no module"
        case .dependsOnRelease: "releases of libpam before 1.6 read this line differently"
        }
    }
}
