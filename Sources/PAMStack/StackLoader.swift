/// Puts together what runs for one service, file by file.
struct StackLoader {
    let files: StackFiles
    private(set) var handlers: [Facility: [Handler]] = [:]
    private(set) var problems: [Problem] = []

    /// PAM_SUBSTACK_MAX_LEVEL.
    ///
    /// libpam 1.5.2 counts only substacks, and follows a file that includes itself until it has no
    /// descriptor left.
    private static let deepest = 16
    /// How many files are read for a service: one that includes itself twice would be read 2^16 times.
    private static let mostFiles = 1000

    private var filesRead = 0

    init(files: StackFiles) { self.files = files }

    /// Where the lines of a file stand.
    private struct Position {
        /// What an include was written for; nil in a service's own file.
        var facility: Facility?
        /// How many files include this one.
        var depth = 0
        /// How many of them as a substack.
        var level = 0
    }

    /// - Returns: whether there is a file for it.
    mutating func load(service: String) throws(Refusal) -> Bool {
        if let single = files.singleFile {
            guard let file = files.open(single) else {
                throw Refusal(kind: .cannotRead(single), place: nil)
            }
            try load(file, only: service, at: Position())
            return true
        }
        guard let file = files.open(service) else { return false }
        try load(file, only: nil, at: Position())
        return true
    }

    /// Adds a file's lines: all of them, or those of a service in a file where lines begin with one.
    private mutating func load(
        _ file: ConfigurationFile,
        only service: String?,
        at position: Position
    ) throws(Refusal) {
        let assembled = LogicalLines(file.contents)
        var control = Control.bad
        for line in assembled.lines {
            let place = Place(file: file.path, line: line.number)
            var fields = Fields(line.text)
            if let service {
                guard fields.next()?.lowercased() == service else { continue }
            }
            if line.dependsOnRelease {
                problems.append(Problem(kind: .dependsOnRelease, place: place))
            }
            let text = String(decoding: line.text, as: UTF8.self)
            let content = ConfigurationLine(&fields)
            try add(content, text: text, place: place, at: position, after: &control)
        }
        if let last = assembled.unfinishedLine {
            throw Refusal(kind: .endsUnfinished, place: Place(file: file.path, line: last))
        }
    }

    /// Adds one line; `control` is that of the line before in the file, and then of this one.
    private mutating func add(
        _ line: ConfigurationLine,
        text: String,
        place: Place,
        at position: Position,
        after control: inout Control
    ) throws(Refusal) {
        // A facility that there is not is the most sensitive one, or the one that is asked for.
        let facility = line.facility ?? position.facility ?? .auth
        if case .includeAll(let file) = line.content {
            try includeAll(file, text: text, place: place, at: position, after: control)
            return
        }
        if let wanted = position.facility, wanted != facility { return }
        if let problem = line.problem { problems.append(Problem(kind: problem, place: place)) }

        func handler(_ kind: Handler.Kind, _ control: Control) -> Handler {
            Handler(kind: kind, control: control, level: position.level, place: place, text: text)
        }
        var inside = position
        inside.facility = facility
        inside.depth += 1
        switch line.content {
        case .module(let path, let arguments, let own):
            control = own
            let module = Module(
                path: path,
                arguments: arguments,
                quiet: line.quiet,
                isInstalled: files.isInstalled(path)
            )
            guard Self.hasName(path) else {
                throw Refusal(kind: .namelessModule(path), place: place)
            }
            handlers[facility, default: []].append(handler(.module(module), control))
        case .fails(let own):
            control = own
            handlers[facility, default: []].append(handler(.fails, control))
        case .substack(let file):
            control = .bad
            if let file, !Self.hasName(file) {
                throw Refusal(kind: .namelessModule(file), place: place)
            }
            let start = handler(.substack(file: file ?? ""), .bad)
            handlers[facility, default: []].append(start)
            inside.level += 1
            if !include(file, place: place, at: inside) {
                handlers[facility, default: []].append(handler(.fails, .bad))
            }
        case .include(let file):
            control = .bad
            if !include(file, place: place, at: inside) {
                handlers[facility, default: []].append(handler(.fails, .bad))
            }
        case .includeAll: break
        }
    }

    /// Debian's own include, for every facility.
    ///
    /// What cannot be included ends a service's own file; in one that is included it is a line that
    /// fails, and Debian's patch leaves it the control of the line before (seen in 1.5.2).
    private mutating func includeAll(
        _ file: String?,
        text: String,
        place: Place,
        at position: Position,
        after control: Control
    ) throws(Refusal) {
        var inside = position
        inside.depth += 1
        guard !include(file, place: place, at: inside) else { return }
        guard let facility = position.facility else {
            throw Refusal(kind: .cannotRead(file ?? ""), place: place)
        }
        let line = Handler(
            kind: .fails,
            control: control,
            level: position.level,
            place: place,
            text: text
        )
        handlers[facility, default: []].append(line)
    }

    /// - Returns: whether libpam takes the file; what stood before the reason why not stays.
    private mutating func include(_ file: String?, place: Place, at position: Position) -> Bool {
        do throws(Refusal) {
            guard let file else { throw Refusal(kind: .noFileNamed, place: place) }
            guard position.depth < Self.deepest, filesRead < Self.mostFiles else {
                throw Refusal(kind: .includedTooDeep(file), place: place)
            }
            filesRead += 1
            guard let found = files.open(file) else {
                throw Refusal(kind: .cannotRead(file), place: place)
            }
            try load(found, only: nil, at: position)
            return true
        } catch {
            problems.append(error)
            return false
        }
    }

    /// What libpam calls a module in its log must not be empty.
    private static func hasName(_ path: String) -> Bool {
        let name = Module(path: path, arguments: [], quiet: false).name
        return !name.isEmpty && name != "?"
    }
}
