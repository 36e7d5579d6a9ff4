import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Leaving another program: its own file, made and used by itself, is taken over; its codes log in
/// here, and none that was used there does.
@Suite struct ImportTests {
    private func googleAuthenticator(
        _ options: String...,
        at site: Site
    ) throws -> (
        peer: Peer, secret: [UInt8], recoveryCodes: [String]
    ) {
        let peer = try Peer(at: site) {
            "auth required pam_google_authenticator.so user=root secret=\($0)"
        }
        let common = ["-f", "-r", "3", "-R", "30", "-q", "-C", "-s", peer.file]
        let made = try Command.run(["google-authenticator"] + options + common)
        guard made.status == 0 else { throw Failure("no file: \(made.error)") }
        let lines = try String(contentsOfFile: peer.file, encoding: .utf8).split(separator: "\n")
        let secret = try #require(Base32.decode(lines[0].utf8))
        return (peer, secret, lines.filter { $0.count == 8 }.map(String.init))
    }

    @Test func `google-authenticator, by time`() throws {
        let site = try Site()
        let (peer, secret, recoveryCodes) = try googleAuthenticator("-t", "-d", "-w3", at: site)
        let step = try Peer.step()
        #expect(try peer.login(Peer.code(secret, at: step), service: "peer").code == 0)

        let name = peer.name
        let asked = try site.admin(
            "import",
            "google-authenticator",
            "--file",
            peer.file,
            "--user",
            name,
            "--dry-run"
        )
        #expect(asked.status == 0)
        #expect(
            asked.text == """
                would import '\(name)' ('\(peer.file)') as 'app', with 5 recovery codes
                1 would be imported, 0 would be refused

                """
        )
        #expect(try site.isEmpty())

        let done = try site.admin(
            "import",
            "google-authenticator",
            "--file",
            peer.file,
            "--user",
            name
        )
        #expect(done.status == 0)
        #expect(done.text.hasPrefix("imported '\(name)' ('\(peer.file)') as 'app', with 5 "))
        #expect(try peer.login(Peer.code(secret, at: step)).code == Answer.refused)
        #expect(try peer.login(Peer.code(secret, at: step + 1)).code == Answer.success)

        #expect(recoveryCodes.count == 5)
        let recovered = try peer.login(recoveryCodes[2])
        #expect(recovered.code == Answer.success)
        #expect(recovered.shown.hasSuffix("[4 You have used a recovery code. Codes left: 4.]"))
        #expect(try peer.login(recoveryCodes[2]).code == Answer.refused)
        #expect(try site.admin("status", name).text.contains("recovery codes left: 4\n"))

        #expect(try site.admin("recovery", name).status == 0)
        #expect(try peer.login(recoveryCodes[0]).code == Answer.refused)
    }

    @Test func `google-authenticator, by counter`() throws {
        let site = try Site()
        let (peer, secret, _) = try googleAuthenticator("-c", "-W", at: site)
        #expect(try peer.login(Peer.code(secret, at: 1), service: "peer").code == 0)
        let done = try site.admin(
            "import",
            "google-authenticator",
            "--file",
            peer.file,
            "--user",
            peer.name
        )
        #expect(done.status == 0)
        #expect(try peer.login(Peer.code(secret, at: 1)).code == Answer.refused)
        #expect(try peer.login(Peer.code(secret, at: 2)).code == Answer.success)
    }

    @Test(arguments: ["HOTP/T30", "HOTP/T30/6", "HOTP", "HOTP/E/6"])
    func `pam_oath, by time and by counter`(type: String) throws {
        let site = try Site()
        let peer = try Peer(at: site) { "auth required pam_oath.so usersfile=\($0) window=5" }
        try peer.write("\(type)\t\(peer.name)\t-\t\(Hexadecimal.encode(peer.secret))\n")
        let place = type.contains("T30") ? try Peer.step() : 3
        #expect(try peer.login(peer.code(at: place), service: "peer").code == 0)
        #expect(try site.admin("import", "oath", peer.file).status == 0)
        #expect(try peer.record()?.state.authenticators.first?.next == place + 1)
        #expect(try peer.login(peer.code(at: place)).code == Answer.refused)
        #expect(try peer.login(peer.code(at: place + 1)).code == Answer.success)
    }

    @Test func `URIs, whose present code may have been used`() throws {
        let site = try Site()
        let (first, second) = (try Accounts.make(), try Accounts.make())
        let secret = Array("12345678901234567890".utf8)
        let text = Base32.encode(secret)
        let input = """
            # From a password manager.
            \(first.name) otpauth://hotp/Example:somebody?secret=\(text)&counter=5
            otpauth://totp/Example:\(second.name)?secret=\(text)

            """
        let before = Int64(Date().timeIntervalSince1970) / 30
        let done = try site.admin("import", "uri", "--name", "phone", input: input)
        #expect(
            done.text == """
                imported '\(first.name)' (line 2) as 'phone'
                imported '\(second.name)' (line 3) as 'phone'
                2 imported, 0 refused

                """
        )
        #expect(try site.login([(first.name, Peer.code(secret, at: 4))])[0].code == Answer.refused)
        #expect(try site.login([(first.name, Peer.code(secret, at: 5))])[0].code == Answer.success)
        let record = try #require(try Store(site.configuration).record(of: second.uid))
        let next = try #require(record.state.authenticators.first?.next)
        // The window's one step beyond the present one.
        #expect(next >= before + 2)
        for place in next - 2..<next {
            let login = try site.login([(second.name, Peer.code(secret, at: place))])[0]
            #expect(login.code == Answer.refused)
        }
    }

    @Test func `a second authenticator has a free name, and one secret is not had twice`() throws {
        let site = try Site()
        let person = try site.enroll()
        let user = person.account.name
        let own = Base32.encode(person.authenticator.secret)
        let input = """
            \(user) otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
            \(user) otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
            \(user) otpauth://totp/a?secret=\(own)

            """
        for options in [["--dry-run"], []] {
            let verbs =
                options.isEmpty ? ["imported", "refused"] : ["would import", "would refuse"]
            let done = try Command.run(
                ["totp-admin", "import", "uri", "--conf", "\(site.folder)/totp.conf"] + options,
                input: Data(input.utf8)
            )
            #expect(done.status == 65)
            #expect(
                done.text.hasPrefix(
                    """
                    \(verbs[0]) '\(user)' (line 1) as 'app 2'
                    \(verbs[1]) '\(user)' (line 2): 'app 3' has the secret of 'app 2', which '\(user)' already has
                    \(verbs[1]) '\(user)' (line 3): 'app 3' has the secret of 'app', which '\(user)' already has

                    """
                )
            )
        }
        #expect(try site.login(person, person.code()).code == Answer.success)
        #expect(try site.login(person, person.recoveryCodes[0]).code == Answer.success)
    }
}
