/// One line as libpam runs it, after all includes.
package struct Handler: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case module(Module)
        /// A line that makes no sense, which libpam lets fail with PAM_PERM_DENIED.
        case fails
        /// Where a substack begins; the lines of it follow, a level higher.
        case substack(file: String)
    }

    package let kind: Kind
    package let control: Control
    /// How many substacks it is in.
    package let level: Int
    package let place: Place
    /// The line as it is written, without comment.
    package let text: String

    package var module: Module? {
        if case .module(let module) = kind { module } else { nil }
    }
}

/// A module as a line names it.
package struct Module: Hashable, Sendable {
    package let path: String
    package let arguments: [String]
    /// Its line begins with `-`, so that it may well be missing.
    package let quiet: Bool
    /// Whether libpam finds it.
    package var isInstalled = true

    /// Without folders and without what follows the last dot: `pam_unix`.
    package var name: String {
        let file = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let dot = file.lastIndex(of: ".") else { return String(file) }
        return String(file[..<dot])
    }
}

/// What runs for a service, in order.
package struct Stack: Sendable {
    package let handlers: [Handler]
    package let problems: [Problem]
    /// libpam refuses the configuration as a whole (PAM_ABORT): nobody gets in.
    package let isRefused: Bool
}
