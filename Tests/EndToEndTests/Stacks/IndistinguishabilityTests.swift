import Foundation
import Store
import System
import Testing
import Verification

/// What somebody who does not have the password can find out about whose name they give.
@Suite struct `without the password` {
    @Test(arguments: ShippedStack.withPassword)
    func `everybody looks the same, whoever they are`(stack: ShippedStack) throws {
        let people = try Kind.people.get()
        for (password, code) in [("", ""), ("not it", "123456")] {
            let answers = try people.map { person in
                try stack.login(as: person, password: password, code: code)
            }
            #expect(answers.allSatisfy { $0 == answers[0] }, "\(answers)")
            #expect(answers[0].code == Answer.refused)
            #expect(answers[0].shown == "[1 \(stack.prompts[0])]")
        }
        // The module has not been reached, so it is no matter what it would have done: the log has
        // nothing but what the right password makes it say.
        let stopped = try #require(people.last)
        #expect(try stack.login(as: stopped, code: "123456").code == Answer.tooMany)
        let lines = people.map { "user=\($0.name) rhost= service=\(stack.name) " }
        #expect(try SystemLog.lines(about: #require(lines.last)).count == 1)
        let log = try SystemLog.shared.get().lines
        for line in lines.dropLast() { #expect(!log.contains { $0.contains(line) }) }
    }

    /// That the time is filled up is seen in the calls; how well it is takes a quiet machine.
    @Test(arguments: ShippedStack.withPassword.filter { $0.question == .together && !$0.isTheirs })
    func `taking an answer apart takes the same time for everybody`(stack: ShippedStack) throws {
        let folder = try TemporaryFolder()
        let line = try #require(stack.lines.first { $0.hasPrefix("auth ") })
        #expect(line.hasSuffix(" pam_totp.so split_pass"))
        try folder.write("\(line)\nauth required pam_deny.so\n", to: "split")
        try lookAtClock(rests: [50]) { person in
            [PAMLogin.path, folder.url.path, "split", person.name, "not it123456"]
        }
    }

    /// pam_unix computes a hash for some and none for others, so it is the whole stack that counts.
    @Test(arguments: ShippedStack.withPassword.filter { !$0.isTheirs })
    func `a wrong password is refused as soon or late for everybody`(stack: ShippedStack) throws {
        let folder = try ShippedStack.folder.get()
        let isTogether = stack.question == .together
        try lookAtClock(rests: isTogether ? [50, 500] : [500]) { person in
            [PAMLogin.path] + (isTogether ? [] : ["-p", "not it"])
                + [folder, stack.name, person.name, "not it123456"]
        }
    }

    /// Sees everybody refused with rests of up to so many milliseconds each, and on a quiet machine
    /// all at the same time.
    private func lookAtClock(rests limits: [Int], _ login: (Person) -> [String]) throws {
        let people = try Kind.people.get()
        func refusal(_ person: Person, under wrapper: [String] = []) throws -> Command {
            let command = try Command.run(wrapper + login(person))
            #expect(Answer(Substring(command.text.trimmed))?.code == Answer.refused)
            return command
        }
        for person in people {
            let calls = try refusal(
                person,
                under: ["strace", "-qq", "-e", "trace=clock_nanosleep"]
            )
            let rests = calls.error.matches(of: #/tv_sec=0, tv_nsec=([0-9]+)\}, /#)
                .compactMap { Int($0.1) }
            try #require(rests.count == limits.count, "\(person.name): \(calls.error)")
            for (rest, limit) in zip(rests, limits) {
                #expect((0...limit * 1_000_000).contains(rest), "\(person.name): \(calls.error)")
            }
        }
        guard Soak.isOn else { return }
        let clock = ContinuousClock()
        var times = people.map { _ in [Duration]() }
        for _ in 0..<31 {
            for (index, person) in people.enumerated() {
                times[index].append(try clock.measure { _ = try refusal(person) })
            }
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        let spread = try #require(medians.max()) - #require(medians.min())
        #expect(spread < .milliseconds(25), "\(medians)")
    }

    @Test func `without the key, sshd asks nobody for a code`() throws {
        let people = try Kind.people.get()
        let server = try SSHServer(ShippedStack(name: "sshd-key", question: .codeAlone))
        for person in people {
            let login = try SSHLogin(as: person, on: server, code: "123456")
            #expect(login.outcome == .refused)
            #expect(login.prompts.isEmpty)
            #expect(
                login.messages.contains("\(person.name)@127.0.0.1: Permission denied (publickey).")
            )
        }
    }
}

/// Who somebody may be, as far as codes go.
private enum Kind: String, CaseIterable {
    case unknown
    case notEnrolled = "newcomer"
    case enrolled
    case stopped

    /// One of each, for all of these tests: nothing that is done to them changes anything.
    static let people = Result { try allCases.map { try $0.make() } }

    private func make() throws -> Person {
        let name = "look-\(rawValue)"
        if self == .unknown { return try Person(named: "look-other").renamed(to: name) }
        let person = try Person(named: name)
        if self == .notEnrolled { return person }
        let wrong = try person.enroll().wrongCode()
        if self == .stopped { try stop(person, wrong) }
        return person
    }

    /// Empties the purse, as somebody does who guesses for weeks.
    private func stop(_ person: Person, _ wrong: String) throws {
        let account = try #require(try Account.find(named: Text(person.name.utf8)))
        let store = try Store(Configuration())
        let hour: Int64 = 3600
        for attempt in 1...Int64(200) {
            let verdict = try store.verify(
                Reply(parsing: wrong.utf8),
                of: account,
                under: Policy(),
                at: { Clock.now() - (300 - attempt) * hour },
                lookUp: Account.find(named:)
            )
            if case .refused(.stopped) = verdict { return }
        }
        throw Failure("\(person.name) is not stopped")
    }
}
