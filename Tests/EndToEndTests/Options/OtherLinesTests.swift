import Foundation
import System
import Testing

/// Lines of other types that name the module, because people write them.
@Suite struct OtherLinesTests {
    private static let operations = [
        "acct_mgmt", "chauthtok", "open_session", "close_session", "setcred",
    ]

    /// What pamtester exits with, for each operation, where another module answers beside ours.
    private func statuses(beside module: String) throws -> [Int32] {
        let person = try Accounts.make()
        let service = "totp-everywhere-\(module)"
        let lines = ["auth", "account", "password", "session"].map {
            "\($0) required pam_totp.so\n\($0) required \(module).so\n"
        }
        try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: "/etc/pam.d/\(service)"))
        return try Self.operations.map {
            let command = ["pamtester", service, "\(person.name)", $0]
            let result = try Command.run(command)
            #expect(!(result.text + result.error).contains("code"))
            return result.status
        }
    }

    @Test func `they load, ask nothing, and leave it to the others`() throws {
        try Sandbox.enter()
        #expect(try statuses(beside: "pam_permit") == [0, 0, 0, 0, 0])
        // Only setcred has an answer of its own; pam_deny's is the stack's all the same.
        #expect(try statuses(beside: "pam_deny") == [1, 1, 1, 1, 1])
    }

    @Test func `nothing of it is logged as a module that is broken`() throws {
        try Sandbox.enter()
        _ = try statuses(beside: "pam_permit")
        let lines = try SystemLog.shared.get().lines.filter {
            $0.contains("pamtester: ") && $0.contains("unable to") && $0.contains("pam_totp")
        }
        #expect(lines == [])
    }
}
