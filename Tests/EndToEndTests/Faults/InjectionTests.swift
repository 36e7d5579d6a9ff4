import Foundation
import Store
import System
import Testing

/// Every system call that the module makes on the store, failing or ending the process.
///
/// By `strace -e inject`; what the calls are is read from a login that goes well.
@Suite struct InjectionTests {
    /// A call to fail: its name, and the how-manieth of that name in the process.
    struct Call: Hashable, CustomTestStringConvertible {
        let name: String
        let ordinal: Int

        var testDescription: String { "\(name) \(ordinal)" }
    }

    /// Errors of a file system and of a hostile caller's limits.
    private static let errors = ["EIO", "ENOSPC", "EROFS", "EACCES", "EFBIG", "EINTR", "ENOMEM"]

    /// The login's calls from the first on the key to the last on the store, in their order.
    private func calls(of person: Enrollee, at site: Site) throws -> [Call] {
        let folder = try TemporaryFolder()
        let trace = folder.file("trace").path
        _ = try site.login(
            [(person, person.wrongCode)],
            under: ["strace", "-f", "-o", trace]
        )
        var counts: [String: Int] = [:]
        var calls: [Call] = []
        var isInside = false
        for line in folder.text(of: "trace").split(separator: "\n") {
            let call = line.drop { !$0.isLetter }
            guard let parenthesis = call.firstIndex(of: "(") else { continue }
            let name = String(call[..<parenthesis])
            counts[name, default: 0] += 1
            if call.contains("totp.key") { isInside = true }
            // From here on it is the line in the log, and whether the clock is to be named in it.
            let isOver = ["prctl", "adjtimex", "clock_adjtime", "socket", "sendto"].contains(name)
            if isInside, isOver { break }
            if isInside { calls.append(Call(name: name, ordinal: counts[name] ?? 0)) }
        }
        return calls
    }

    private func login(
        _ person: Enrollee,
        _ reply: String,
        at site: Site,
        service: String = "code",
        injecting fault: String
    ) throws -> Answer {
        let log = try TemporaryFolder()
        return try site.login(
            [(person, reply)],
            service: service,
            under: ["strace", "-f", "-o", log.file("trace").path, "-e", "inject=\(fault)"]
        )[0]
    }

    /// The free attempts are back, so that the next code is looked at.
    private func forgive(_ person: Enrollee, at site: Site) throws {
        try site.change(person.account) { $0.unlock() }
    }

    @Test func `the calls of a login are the ones in DESIGN`() throws {
        let site = try Site()
        let calls = try calls(of: try site.enroll(), at: site)
        #expect(calls.map(\.name) == SystemCalls.ofALogin)
    }

    @Test func `an error denies whatever was typed, or is survived`() throws {
        let site = try Site(settings: "window = 5")
        let first = try site.enroll()
        for call in try calls(of: first, at: site) {
            for error in Soak.isOn ? Self.errors : ["EIO", "ENOSPC", "EINTR"] {
                let person = try site.enroll()
                let fault = "\(call.name):error=\(error):when=\(call.ordinal)"
                let wrong = try login(person, person.wrongCode, at: site, injecting: fault)
                try forgive(person, at: site)
                let code = person.code()
                let right = try login(person, code, at: site, injecting: fault)
                if wrong.code == Answer.refused {
                    #expect(right.code == Answer.success, "survived, but not alike: \(fault)")
                } else {
                    #expect(right.code == wrong.code, "not refused alike: \(fault)")
                    #expect(right.shown == wrong.shown, "not told alike: \(fault)")
                    #expect(right.code != Answer.success, "accepted although not durable: \(fault)")
                }
                try expectSound(person, code, at: site, after: right, "\(fault)")
            }
        }
    }

    @Test func `no error makes somebody look not enrolled`() throws {
        let site = try Site()
        let person = try site.enroll()
        for call in try calls(of: person, at: site) {
            // The folder's own openat may say that there is none; nothing else may.
            let error = call.name == "openat" ? "EIO" : "ENOENT"
            for error in Soak.isOn ? Self.errors + [error] : [error] {
                let fault = "\(call.name):error=\(error):when=\(call.ordinal)"
                let answer = try login(
                    person,
                    "no code",
                    at: site,
                    service: "nullok",
                    injecting: fault
                )
                #expect(answer.code != Answer.success, "\(fault)")
            }
        }
        // Who is not enrolled is let in there.
        let newcomer: (Text, String) = (try Accounts.make().name, "no code")
        #expect(try site.login([newcomer], service: "nullok")[0].code == Answer.success)
    }

    /// Half a record is told from none by what is in the folder.
    @Test func `a folder that cannot be listed makes nobody look not enrolled`() throws {
        let site = try Site()
        let person = try site.enroll()
        _ = try Command.output(of: "rm", "\(site.record(of: person))/enrollment")
        for error in ["EIO", "ENOMEM"] {
            let fault = "getdents64:error=\(error)"
            let answer = try login(
                person,
                person.code(),
                at: site,
                service: "nullok",
                injecting: fault
            )
            #expect(answer.code == Answer.unavailable, "\(error)")
        }
    }

    /// What it does not see it would leave under the key that it drops.
    @Test func `rekey drops no key where it cannot list everybody`() throws {
        let site = try Site()
        let person = try site.enroll()
        let log = try TemporaryFolder()
        let command = try Command.run(
            [
                "strace", "-f", "-o", log.file("trace").path, "-e", "inject=getdents64:error=EIO",
                "totp-admin", "rekey", "--conf", "\(site.folder)/totp.conf",
            ]
        )
        #expect(command.status != 0)
        #expect(command.error.contains("Input/output error"), "\(command.error)")
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    /// strace leaves the call out and says that it wrote a part.
    @Test func `a short write denies, whatever was typed`() throws {
        let site = try Site(settings: "window = 5")
        for length in [0, 1, 512, 4095] {
            let person = try site.enroll()
            let fault = "pwrite64:retval=\(length):when=1"
            let wrong = try login(person, person.wrongCode, at: site, injecting: fault)
            let code = person.code()
            let right = try login(person, code, at: site, injecting: fault)
            #expect(wrong.code == Answer.unavailable)
            #expect(right == wrong)
            try expectSound(person, code, at: site, after: right, fault)
        }
    }

    @Test func `a kill leaves a record that the next login works with`() throws {
        let site = try Site(settings: "window = 5")
        let first = try site.enroll()
        for call in try calls(of: first, at: site) {
            let person = try site.enroll()
            let fault = "\(call.name):signal=KILL:when=\(call.ordinal)"
            let code = person.code()
            #expect(throws: Failure.self) {
                _ = try login(person, code, at: site, injecting: fault)
            }
            try expectSound(person, code, at: site, after: nil, fault)
        }
    }

    /// The code opens one login at most, this one included, and a later one works.
    private func expectSound(
        _ person: Enrollee,
        _ code: String,
        at site: Site,
        after answer: Answer?,
        _ fault: String
    ) throws {
        let again = try (0..<2).map { _ in try site.login(person, code) }
        let accepted = ([answer].compactMap { $0 } + again).count { $0.code == Answer.success }
        #expect(accepted <= 1, "\(fault)")
        let next = try site.login(person, person.code(2))
        #expect(next.code == Answer.success, "the next login after \(fault): \(next)")
    }
}
