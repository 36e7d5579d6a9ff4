import Foundation
import OTP
import Store
import System
import Testing
import Verification

/// Tokens from PSKC files (RFC 6030).
@Suite struct PSKCTests {
    @Test func `pskctool reads what these tests are made of`() throws {
        let site = try Site()
        let path = try site.tokens(
            PSKCText.container([PSKCText.key(data: PSKCText.value("Counter", 3))])
        )
        let text = try Command.output(of: "pskctool", "--info", path)
        #expect(text.contains("Key Secret (base64): MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="))
        #expect(text.contains("Key Counter: 3"))
    }

    @Test func `a counter-based token goes on where it was`() throws {
        let site = try Site()
        let user = try Accounts.make().name
        let path = try site.tokens(
            PSKCText.container([PSKCText.key(data: PSKCText.value("Counter", 3))])
        )
        let done = try site.admin("import", "pskc", path, "--user", user.description)
        #expect(done.text.hasPrefix("imported '\(user)' (key 1) as 'token'\n"))
        #expect(
            try site.login([(user, Peer.code(PSKCText.secret, at: 2))])[0].code == Answer.refused
        )
        #expect(
            try site.login([(user, Peer.code(PSKCText.secret, at: 3))])[0].code == Answer.success
        )
    }

    @Test func `time-based tokens are their UserIds', with what the file knows of their clocks`()
        throws
    {
        let site = try Site()
        let people = try (0..<3).map { _ in try Accounts.make() }
        let step = try Peer.step()
        let path = try site.tokens(
            PSKCText.container([
                PSKCText.key(
                    "totp",
                    user:
                        "<FriendlyName>blue token</FriendlyName><UserId>\(people[0].name)</UserId>",
                    data: PSKCText.value("TimeInterval", 30) + PSKCText.value("TimeDrift", -4)
                ),
                PSKCText.key(
                    "totp",
                    user: "<UserId>CN=\(people[1].name),O=Example</UserId>",
                    suite: "<Suite>HMAC-SHA256</Suite>",
                    data: PSKCText.value("TimeInterval", 60) + PSKCText.value("Time", step / 2 + 5)
                ),
                PSKCText.key(
                    "totp",
                    user: "<UserId>UID=\(people[2].name)</UserId>",
                    data: PSKCText.value("Time", 30 * (step + 4))
                ),
            ])
        )
        let done = try site.admin("import", "pskc", path)
        #expect(done.status == 0, "\(done.text)\(done.error)")
        let store = try Store(site.configuration)
        let records = try people.map { try #require(try store.record(of: $0.uid)) }
        let authenticators = records.map { $0.enrollment.authenticators[0] }
        let progress = records.map { $0.state.authenticators[0] }
        #expect(authenticators[0].name == "blue token")
        #expect(progress[0].drift == -4)
        #expect(progress[0].next >= step - 2)
        #expect(try authenticators[1].parameters == .totp(algorithm: .sha256, period: 60))
        #expect(progress[1].next == step / 2 + 6)
        #expect(progress[2].next == step + 5)
    }

    @Test(arguments: PSKCText.refusals.indices)
    func `what cannot be honoured is refused, and the next key imported`(index: Int) throws {
        let site = try Site()
        let user = try Accounts.make().name
        let (refused, reason) = PSKCText.refusals[index]
        let id = "<UserId>\(user)</UserId>"
        let path = try site.tokens(
            PSKCText.container([
                refused.replacing("</AlgorithmParameters>", with: "</AlgorithmParameters>\(id)"),
                PSKCText.key(user: "<UserId>nobody-at-all</UserId>"),
                PSKCText.key(user: id, data: PSKCText.value("Counter", 0)),
            ])
        )
        let done = try site.admin("import", "pskc", path)
        #expect(done.status == 65)
        #expect(
            done.text == """
                refused '\(user)' (key 1): \(reason)
                refused 'nobody-at-all' (key 2): there is no user 'nobody-at-all'
                imported '\(user)' (key 3) as 'token'
                1 imported, 2 refused

                """
        )
    }

    @Test func `what is no PSKC file, and --user for several keys, are told`() throws {
        let site = try Site()
        let entity = PSKCText.container([PSKCText.key(user: "<UserId>&root;</UserId>")])
            .replacing("?>", with: "?><!DOCTYPE KeyContainer [<!ENTITY root 'root'>]>")
        for text in ["", "x", "<a/>", "<KeyContainer/>x", entity] {
            let done = try site.admin("import", "pskc", try site.tokens(text))
            #expect(done.status == 65)
            #expect(done.error.contains("this is not"), "\(text): \(done.error)")
        }
        let two = try site.tokens(PSKCText.container([PSKCText.key(), PSKCText.key()]))
        let done = try site.admin("import", "pskc", two, "--user", "root")
        #expect(done.status == 64)
        #expect(done.error.contains("the file has 2 keys; --user is for a file with one"))
    }
}
