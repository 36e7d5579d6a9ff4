import Foundation

/// A program that ran to its end.
struct Command {
    let status: Int32
    let output: Data
    let error: String

    var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs a program, found on PATH, with nothing of the environment but PATH and what is given.
    ///
    /// - Throws: `Failure` if it does not end in time; it is killed then.
    static func run(
        _ arguments: [String],
        input: Data = Data(),
        environment: [String: String] = [:],
        seconds: Int = 30
    ) throws -> Command {
        let folder = try TemporaryFolder()
        try input.write(to: folder.file("input"))
        let child = try ChildProcess(
            "env",
            arguments,
            environment: environment.merging(Sandbox.environment) { $1 },
            input: folder.file("input").path,
            output: folder.file("output").path,
            error: folder.file("error").path
        )
        let status: Int32
        do {
            status = try child.waitForExit(seconds: seconds)
        } catch {
            throw Failure("\(arguments): \(error): \(folder.text(of: "error"))")
        }
        return Command(
            status: status,
            output: try Data(contentsOf: folder.file("output")),
            error: folder.text(of: "error")
        )
    }

    /// What a program printed that must succeed.
    static func output(of arguments: String..., input: String = "") throws -> String {
        let command = try run(arguments, input: Data(input.utf8))
        guard command.status == 0 else {
            throw Failure("\(arguments) exited with \(command.status): \(command.error)")
        }
        return command.text
    }
}
