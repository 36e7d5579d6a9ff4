/// The four kinds of stacks.
package enum Facility: String, Sendable {
    case auth, account, password, session
}

/// What a line of a file in /etc/pam.d says, before anything is included.
struct ConfigurationLine: Equatable {
    enum Content: Equatable {
        case module(path: String, arguments: [String], Control)
        case include(file: String?)
        case substack(file: String?)
        /// Debian's `@include`: for every facility.
        case includeAll(file: String?)
        /// A line that always fails; what that does its control says.
        case fails(Control)
    }

    /// nil where it says none that there is.
    let facility: Facility?
    /// `-`: a missing module is not worth a line in the log.
    let quiet: Bool
    let content: Content
    let problem: Problem.Kind?

    /// - Parameter fields: what is behind the service, if the file has one in each line.
    init(_ fields: inout Fields) {
        var word = fields.next() ?? ""
        quiet = word.hasPrefix("-")
        if quiet { word.removeFirst() }
        if word.lowercased() == "@include" {
            facility = nil
            content = .includeAll(file: fields.next())
            problem = nil
            return
        }
        facility = Facility(rawValue: word.lowercased())
        let unknown = facility == nil ? Problem.Kind.unknownFacility(word) : nil
        guard let word = fields.next() else {
            content = .fails(.bad)
            problem = unknown ?? .noControl
            return
        }
        switch word.lowercased() {
        case "include":
            content = .include(file: fields.next())
            problem = unknown
        case "substack":
            content = .substack(file: fields.next())
            problem = unknown
        default:
            let known = Control(keyword: word) ?? Control(pairs: word)
            let control = known ?? .bad
            let path = fields.next()
            problem =
                unknown ?? (known == nil ? .unknownControl(word) : path == nil ? .noModule : nil)
            if let path, unknown == nil {
                content = .module(path: path, arguments: fields.remaining(), control)
            } else {
                content = .fails(control)
            }
        }
    }
}
