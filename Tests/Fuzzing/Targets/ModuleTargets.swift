internal import Store
internal import System
internal import Verification

@testable internal import PAMModule

extension FuzzTarget {
    /// Module arguments, a line each.
    static let moduleArguments = FuzzTarget(name: "module-arguments") { bytes in
        do throws(ModuleArgumentError) {
            let parsed = try ModuleArguments(bytes.lines().map { Text($0) })
            let again: ModuleArguments
            do throws(ModuleArgumentError) {
                again = try ModuleArguments(written(parsed))
            } catch {
                fatalError("our own arguments are refused: \(error.description)")
            }
            require(again == parsed, "arguments that are written read the same")
        } catch {
            require(error.description.utf8.isPrintable, "what the log gets of it is printable")
        }
    }

    private static func written(_ parsed: ModuleArguments) -> [Text] {
        var arguments: [Text] = []
        if parsed.nullok { arguments.append("nullok") }
        if let path = parsed.configurationPath { arguments.append("conf=\(path)") }
        if let prompt = parsed.prompt { arguments.append("prompt=\(prompt)") }
        if parsed.echo { arguments.append("echo") }
        if let attempts = parsed.attempts { arguments.append("retry=\(attempts)") }
        switch parsed.firstPass {
        case .leave: break
        case .try: arguments.append("try_first_pass")
        case .use: arguments.append("use_first_pass")
        }
        switch parsed.task {
        case .verify: break
        case .splitAnswer: arguments.append("split_pass")
        case .askPassword: arguments.append("ask_pass")
        case .keepPace: arguments.append("keep_pace")
        }
        if parsed.silent { arguments.append("silent") }
        if parsed.debug { arguments.append("debug") }
        return arguments
    }

    /// PAM_USER, PAM_RHOST, PAM_SERVICE, PAM_TTY and an authenticator's name, a line each.
    static let logLine = FuzzTarget(name: "log-line") { bytes in
        var items = bytes.lines().map { Text($0) }
        while items.count < 5 { items.append("") }
        let means = Acceptance.Means.authenticator(name: items[4])
        let line = LogLine(
            outcome: .accepted(Acceptance(means: means, wrongBefore: 0)),
            user: items[0],
            remoteHost: items[1],
            service: items[2],
            terminal: items[3],
            isClockOff: false
        ).text.utf8
        require(line.isPrintable, "a line of the log is one line of ASCII")
        let words = line.split(separator: UInt8(ascii: " ")).map { Array($0) }
        let keys: [Text] = ["accepted", "user=", "rhost=", "service=", "tty=", "authenticator="]
        require(words.count == keys.count + 1, "nothing from outside is a word of it")
        require(
            zip(words, keys).allSatisfy { $0.starts(with: $1.utf8) }
                && words[6] == Array("reason=\"code\"".utf8),
            "every item is in its place"
        )
        require(line.count { $0 == UInt8(ascii: "\"") } == 4, "no quote comes from outside")
    }
}
