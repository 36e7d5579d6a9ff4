import Foundation
import Testing

/// Without totp.conf the store is the default one, and may not be the one that people are in.
@Suite struct MissingConfigurationTests {
    private let folder: TemporaryFolder

    init() throws {
        try Sandbox.enter()
        folder = try TemporaryFolder()
        try folder.write(
            """
            auth required pam_totp.so nullok
            auth required pam_permit.so

            """,
            to: "nullok"
        )
    }

    /// What a login comes to; `before` is done in a mount namespace where /etc/security has the key
    /// alone and $KEPT all that was there.
    private func login(_ name: String, _ reply: String, before: String) throws -> Answer? {
        let script = """
            KEPT=\(folder.url.path)/kept; rm -rf "$KEPT"; cp -a /etc/security "$KEPT" &&
            mount -t tmpfs none /etc/security && cp -a "$KEPT/totp.key" /etc/security/ &&
            \(before) && exec \(PAMLogin.path) \(folder.url.path) nullok \(name) \(reply)
            """
        let command = try Command.run(["unshare", "--mount", "sh", "-c", script])
        return command.text.split(separator: "\n").first.flatMap { Answer($0) }
    }

    @Test func `it lets nobody in who is not enrolled, whatever nullok says`() throws {
        let newcomer = try Person(named: "unwritten").name
        let there = #"cp -a "$KEPT/totp.conf" /etc/security/"#
        #expect(try login(newcomer, "000000", before: there)?.code == Answer.success)
        // PAM_SERVICE_ERR, as for a configuration that makes no sense.
        #expect(try login(newcomer, "000000", before: "true")?.code == 3)
        let reason =
            "there is no '/etc/security/totp.conf', and without it nobody is known not to be enrolled"
        #expect(
            try SystemLog.lines(about: "failed user=\(newcomer) ")
                .contains { $0.hasSuffix("reason=\"\(reason)\"") }
        )
    }

    @Test func `whoever is enrolled in the default store gets in by a code`() throws {
        let person = try Person(named: "written")
        let authenticator = try person.enroll()
        #expect(
            try login(person.name, authenticator.code(), before: "true")?.code == Answer.success
        )
    }
}
