package import ArgumentParser
internal import Glibc
internal import System

/// The command line: `totp-admin COMMAND`.
package struct TOTPAdmin: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "totp-admin",
        abstract: "Manage the one-time codes that pam_totp asks for at login.",
        discussion: """
            A person may have several authenticators (apps or tokens, each with a name) and ten \
            recovery codes. Everything is kept in the store that /etc/security/totp.conf names.

            Exit status, as in sysexits(3):
              0   done
              1   the code is refused (verify), or there is a problem (doctor)
            \(AdminError.Status.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"))
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, EnrollCommand.self, ShowCommand.self, RenameCommand.self,
            DisableCommand.self, EnableCommand.self, RemoveCommand.self, RecoveryCommand.self,
            UnlockCommand.self, ResyncCommand.self, RepairCommand.self, VerifyCommand.self,
            RenameUserCommand.self, StatusCommand.self, ListCommand.self, ImportCommand.self,
            ExportCommand.self, BackupCommand.self, RestoreCommand.self, RekeyCommand.self,
            DoctorCommand.self,
        ]
    )

    package init() {}

    /// Parses the arguments and runs the command; what goes wrong is one line on standard error.
    package static func start() -> Never {
        ProcessIsolation.leaveNoCore()
        // Whoever starts it may ignore this signal; then nobody is told how a child ended.
        signal(SIGCHLD, SIG_DFL)
        do {
            let arguments = CommandLine.arguments.dropFirst()
            try CommandName.check(Array(arguments), among: configuration.subcommands)
            var command = try parseAsRoot()
            try command.run()
        } catch let error as AdminError {
            exit(withError: error)
        } catch {
            guard exitCode(for: error) == .success else { exit(withError: error) }
            say(fullMessage(for: error))
        }
        exit()
    }

    /// Prints what was asked for with --help and the like; nobody's having seen it is an error.
    private static func say(_ text: String) {
        do throws(AdminError) {
            try Console.output.writeLine(text)
        } catch {
            exit(withError: error)
        }
    }

    private static func exit(withError error: AdminError) -> Never {
        if !error.message.isEmpty { try? Console.error.write("totp-admin: \(error.message)\n") }
        exit(withError: ExitCode(error.status.rawValue))
    }
}
