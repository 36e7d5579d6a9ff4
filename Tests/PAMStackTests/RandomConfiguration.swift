import SeededRandom

@testable import PAMStack

/// A service of lines of pam_debug, with files that it includes: most of what pam.conf(5) allows, and
/// some that it does not.
struct RandomConfiguration {
    private(set) var files: [String: String] = [:]
    private let folder: String
    private var random: SplitMix64

    /// Makes the files of a service, whose names begin with it.
    ///
    /// They include each other by whole paths, since libpam 1.5 looks for relative ones in /etc/pam.d.
    init(seed: UInt64, folder: String, service: String) {
        self.folder = folder
        random = SplitMix64(seed: seed)
        let count = Int.random(in: 1...4, using: &random)
        for index in 0..<count {
            let deeper = (index + 1..<count).map { "\(service)-\($0)" }
            let lines = (0..<Int.random(in: 1...7, using: &random)).map { _ in line(deeper) }
            files[index == 0 ? service : "\(service)-\(index)"] =
                lines.joined(separator: "\n") + "\n"
        }
    }

    private mutating func oneIn(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    private mutating func line(_ deeper: [String]) -> String {
        if oneIn(20) { return one(of: ["", "# auth required pam_deny.so", "   \t", "auth", "#"]) }
        var facility = one(of: ["auth", "auth", "auth", "auth", "auth", "AUTH", "-auth"])
        if oneIn(25) {
            facility = one(of: ["account", "password", "nothing", "auth,", "-session"])
        }
        if !deeper.isEmpty, oneIn(3) {
            let name = folder + "/" + one(of: oneIn(10) ? ["absent"] : deeper)
            if name.hasSuffix("absent"), oneIn(2) {
                // Never the first line: its control is then what happens to be on the stack.
                return
                    "auth required pam_debug.so\nauth \(control()) pam_debug.so\n@include \(name)"
            }
            if !name.hasSuffix("absent"), oneIn(4) { return "@include \(name)" }
            return "\(facility) \(one(of: ["include", "substack", "substack"])) \(name)"
        }
        let control = control()
        if oneIn(40) { return "\(facility) \(control)" }
        let space = one(of: [" ", "  ", "\t", " \\\n  "])
        return "\(facility)\(space)\(control) \(module()) \(one(of: ["", "# auth=maxtries"]))"
    }

    private mutating func module() -> String {
        if oneIn(15) { return "pam_absent.so auth=success" }
        if oneIn(3) { return "pam_debug.so" }
        return "pam_debug.so auth=" + result()
    }

    private mutating func result() -> String {
        let usual: [ReturnCode] = [.success, .authErr, .ignore, .userUnknown, .newAuthtokReqd]
        return one(of: oneIn(3) ? ReturnCode.allCases : usual).name
    }

    private mutating func control() -> String {
        if oneIn(2) {
            return one(of: ["required", "requisite", "sufficient", "optional", "Required"])
        }
        if oneIn(30) {
            return one(of: [
                "binding", "[success]", "[success=0]", "[success=ok default]", "[oops=ok]", "[]",
                "[success=okay default=bad]", "[=ok]", "[success=\\]]",
            ])
        }
        var pairs = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            result() + one(of: ["=", " = "]) + action()
        }
        if !oneIn(4) { pairs.insert("default=\(action())", at: oneIn(3) ? 0 : pairs.count) }
        return "[" + pairs.joined(separator: " ") + "]"
    }

    private mutating func action() -> String {
        one(of: ["ignore", "ok", "ok", "done", "bad", "die", "reset", "1", "1", "2", "3"])
    }
}
