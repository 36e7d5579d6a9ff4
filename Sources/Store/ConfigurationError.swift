package import System

/// A configuration that cannot be read or makes no sense.
///
/// It denies every login.
package enum ConfigurationError: Error, Equatable {
    case file(FileError)
    case setting(SettingError, path: Text)
    case empty(path: Text)
    /// The default one; another store than the default one would be named in it.
    case missing(path: Text)

    package var description: Text {
        switch self {
        case .file(let error): error.description
        case .empty(let path): "cannot read '\(path)': the file is empty"
        case .missing(let path):
            "there is no '\(path)', and without it nobody is known not to be enrolled"
        case .setting(let error, let path): "cannot read '\(path)': \(error.description)"
        }
    }
}

/// A line of the configuration that is wrong.
package enum SettingError: Error, Equatable {
    case notASetting(line: Int)
    case unknownKey(line: Int, key: Text)
    case repeatedKey(line: Int, key: Text)
    case outOfBounds(line: Int, key: Text, bounds: ClosedRange<Int64>)
    case notAPath(line: Int, key: Text)
    case notAnIssuer(line: Int, key: Text)
    case notNames(line: Int, key: Text)
    case notARange(line: Int, key: Text, value: Text)
    case notASection(line: Int)
    case repeatedSection(line: Int, service: Text)
    /// A key that holds for every service, below the first section.
    case notForOneService(line: Int, key: Text)

    package var description: Text {
        switch self {
        case .notASetting(let line):
            "line \(line): not 'key = value'"
        case .unknownKey(let line, let key):
            "line \(line): unknown key '\(key.escaped())'"
        case .repeatedKey(let line, let key):
            "line \(line): '\(key)' is set twice"
        case .outOfBounds(let line, let key, let bounds):
            "line \(line): '\(key)' is not a number from \(bounds.lowerBound) to \(bounds.upperBound)"
        case .notAPath(let line, let key):
            "line \(line): '\(key)' is not an absolute path"
        case .notAnIssuer(let line, let key):
            "line \(line): '\(key)' is empty, too long or holds a control character or a colon"
        case .notNames(let line, let key):
            "line \(line): '\(key)' is not a list of names with commas between"
        case .notARange(let line, let key, let value):
            "line \(line): '\(value.escaped())' in '\(key)' is not an address or a range such as 192.0.2.0/24"
        case .notASection(let line):
            "line \(line): not a section '[service]'"
        case .repeatedSection(let line, let service):
            "line \(line): there are two sections '[\(service.escaped())]'"
        case .notForOneService(let line, let key):
            "line \(line): '\(key)' holds for every service and must stand above the first section"
        }
    }
}
