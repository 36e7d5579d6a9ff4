/// Where stacks are read from.
package struct StackFiles {
    private let folders: [String]
    private let read: (String) -> [UInt8]?
    let isInstalled: (String) -> Bool

    /// - Parameters:
    ///   - folders: those that exist, in libpam's order: /etc/pam.d, /usr/lib/pam.d. If there is none,
    ///     /etc/pam.conf is read in their place.
    ///   - isInstalled: whether libpam finds a module, by its path or by its name alone.
    ///   - read: the contents of the file at a path, nil if it cannot be read.
    package init(
        folders: [String],
        isInstalled: @escaping (String) -> Bool = { _ in true },
        read: @escaping (String) -> [UInt8]?
    ) {
        self.folders = folders
        self.isInstalled = isInstalled
        self.read = read
    }

    /// Whether a service has a file of its own, or the one file may have lines of it.
    package func hasFile(of service: String) -> Bool { singleFile != nil || open(service) != nil }

    /// What libpam runs for a service: its own lines, or those of `other` if it has none.
    package func stack(service: String, facility: Facility = .auth) -> Stack {
        // pam_start takes what is behind the last slash, in lower case.
        let name = service.split(separator: "/").last.map { $0.lowercased() } ?? ""
        var own = StackLoader(files: self)
        var other = StackLoader(files: self)
        do throws(Refusal) {
            let found = try own.load(service: name)
            let foundOther = try other.load(service: "other")
            guard found || foundOther else { throw Refusal(kind: .noService(name), place: nil) }
        } catch {
            let others = (own.problems + other.problems).filter { $0 != error }
            return Stack(handlers: [], problems: others + [error], isRefused: true)
        }
        if let handlers = own.handlers[facility] {
            return Stack(handlers: handlers, problems: own.problems, isRefused: false)
        }
        return Stack(
            handlers: other.handlers[facility] ?? [],
            problems: own.problems + other.problems,
            isRefused: false
        )
    }

    /// The one file that has all services, if there is no folder.
    var singleFile: String? { folders.isEmpty ? "/etc/pam.conf" : nil }

    /// The first file of that name.
    func open(_ name: String) -> ConfigurationFile? {
        let paths = name.hasPrefix("/") ? [name] : folders.map { $0 + "/" + name }
        for path in paths {
            if let contents = read(path) {
                return ConfigurationFile(path: path, contents: contents)
            }
        }
        return nil
    }
}

struct ConfigurationFile {
    let path: String
    let contents: [UInt8]
}
