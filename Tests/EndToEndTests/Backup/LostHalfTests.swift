import Foundation
import OTP
import System
import Testing
import Verification

/// A key without its store, and a store without its key: what is advised is done, to the end.
@Suite struct `one of key and store is lost`: BackupSuite {
    let folder: TemporaryFolder

    init() throws { folder = try Self.makeFolder() }

    enum Half: String, CaseIterable {
        case store
        case key = "totp.key"

        var alternative: String { self == .store ? "mount it, or" : "put it back, or" }
    }

    @Test(arguments: Half.allCases)
    func `every command advises the same, and the advice brings everybody back`(lost: Half) throws {
        // A short period and no drift, so that what may be used up is over soon.
        let site = try Site(settings: "window = 0\nmax_drift = 0")
        let person = try site.enroll(.totp(period: 10))
        #expect(try admin("backup", [file], at: site).status == 0)
        _ = try Command.output(of: "rm", "-r", "\(site.folder)/\(lost.rawValue)")

        let advice = /; (.*, if it is lost, .* run): (.*)\n/
        let advices = try [
            run("init", at: site), run("list", at: site), admin("restore", [file], at: site),
        ].map { command in
            #expect(command.status == 69)
            return try #require(command.error.firstMatch(of: advice)).output
        }
        #expect(Set(advices.map(\.2)).count == 1)
        #expect(advices[0].1.hasPrefix(lost.alternative))
        let doctor = try run("doctor", at: site)
        #expect(doctor.text.contains(advices[0].2), "\(doctor.text)")

        let options = "--conf \(site.folder)/totp.conf"
        let commands = String(advices[0].2)
            .replacing("restore FILE", with: "restore \(file) PASSPHRASE \(options)")
            .replacing("init", with: "init \(options)")
            .replacing("PASSPHRASE", with: "--passphrase-file \(folder.file("passphrase").path)")
        let done = try Command.run(["sh", "-c", commands])
        #expect(done.status == 0, "\(done.error)")
        #expect(done.text.contains("\(person.account.name): restored"))
        let next = try #require(try site.state(of: person).authenticators.first?.next)
        while person.step < next { usleep(50_000) }
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    @Test func `what was put away for a while is put back`() throws {
        let site = try Site()
        let person = try site.enroll()
        for half in Half.allCases {
            let path = "\(site.folder)/\(half.rawValue)"
            _ = try Command.output(of: "mv", path, path + ".away")
            #expect(try site.login(person, person.recoveryCodes[0]).code != Answer.success)
            _ = try Command.output(of: "mv", path + ".away", path)
        }
        #expect(try site.login(person, person.recoveryCodes[1]).code == Answer.success)
    }
}
