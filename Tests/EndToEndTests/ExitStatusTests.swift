import Foundation
import System
import Testing

/// The exit statuses of totp-admin are those that its help and totp-admin(8) name, for the same kind of
/// failure in every command.
@Suite struct ExitStatusTests {
    struct Case: CustomTestStringConvertible {
        let command: String
        let status: Int32
        var testDescription: String { command }

        init(_ status: Int32, _ command: String) {
            self.command = command
            self.status = status
        }
    }

    /// Run in a folder with a configuration, a store with USER in it, and what the first lines make.
    static let cases = [
        // What was typed is no such command, or not allowed.
        Case(64, "totp-admin enrol USER"),
        Case(64, "totp-admin backup new --key-file key --passphrase-file words"),
        Case(64, "totp-admin restore sealed --passphrase-file words"),
        Case(64, "totp-admin backup store/new --key-file key"),
        // What was given does not fit.
        Case(65, "totp-admin restore sealed --key-file short"),
        Case(65, "totp-admin restore words --key-file key"),
        Case(65, "totp-admin backup new --passphrase-file short"),
        // A file that was to be read cannot be.
        Case(66, "totp-admin restore none --key-file key"),
        Case(66, "totp-admin restore sealed --key-file none"),
        Case(66, "totp-admin backup new --key-file none"),
        Case(66, "totp-admin backup new --passphrase-file none"),
        Case(66, "totp-admin backup new --key-file open"),
        Case(66, "totp-admin import uri none"),
        Case(66, "totp-admin enroll --batch none --output out"),
        // A file that was to be made cannot be.
        Case(73, "totp-admin backup words --key-file key"),
        Case(73, "totp-admin backup none/new --key-file key"),
        Case(73, "totp-admin export USER --format uri --reveal --output words"),
        Case(73, "totp-admin export USER --format uri --reveal --output none/new"),
        Case(73, "totp-admin enroll root --no-confirm --qr-file picture.svg"),
        // What there is to say could not be written.
        Case(74, "totp-admin list >/dev/full"),
        Case(74, "totp-admin --help >/dev/full"),
        Case(74, "totp-admin help list >/dev/full"),
        Case(74, "totp-admin list --help >/dev/full"),
        Case(74, "totp-admin --version >/dev/full"),
        Case(74, "totp-admin --generate-completion-script bash >/dev/full"),
        Case(0, "totp-admin list >/dev/null"),
        Case(0, "totp-admin --help >/dev/null"),
        Case(0, "totp-admin --version >/dev/null"),
    ]

    private static let preparation = """
        head -c 32 /dev/zero >key; head -c 32 /dev/zero >open; echo short >short
        echo correct horse battery >words; echo drawn >picture.svg
        chmod 600 key short words; chmod 644 open
        totp-admin backup sealed --key-file key --conf totp.conf >/dev/null
        """

    @Test(arguments: cases)
    func `a command exits with what the table says`(example: Case) throws {
        let site = try Site()
        let name = try site.enroll().account.name.description
        _ = try Command.output(of: "sh", "-c", "cd \(site.folder)\n\(Self.preparation)")
        let takesConfiguration = !example.command.contains(/enrol |--help|--version|help|--gen/)
        let line =
            example.command.replacing("USER", with: name)
            .replacing(" >", with: takesConfiguration ? " --conf totp.conf >" : " >")
            + (takesConfiguration && !example.command.contains(" >") ? " --conf totp.conf" : "")
        let command = try Command.run(["sh", "-c", "cd \(site.folder); \(line)"])
        #expect(command.status == example.status, "\(command.error)")
        if example.status > 64 {
            #expect(command.error.hasPrefix("totp-admin: "), "\(command.error)")
            #expect(command.error.split(separator: "\n").count == 1, "\(command.error)")
        }
    }

    @Test func `doctor exits with 1 where there is a problem`() throws {
        let machine = try ExaminedMachine()
        _ = try Command.output(of: "chmod", "644", "\(machine.site.folder)/totp.key")
        let doctor = try Command.run(
            ["totp-admin", "doctor", "--conf", "\(machine.site.folder)/totp.conf"]
        )
        #expect(doctor.status == 1)
    }

    @Test func `the help has a line for each`() throws {
        let help = try Command.output(of: "totp-admin", "--help")
        for status in Set(Self.cases.map(\.status) + [1]) {
            #expect(help.contains("\n  \(status) "), "\(status)")
        }
    }
}
