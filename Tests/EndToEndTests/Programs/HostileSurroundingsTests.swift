import OTP
import System
import Testing
import Verification

/// su and sudo, started by somebody who has made everything about the process as bad as they may.
@Suite struct HostileSurroundingsTests {
    private let site: Site

    init() throws {
        site = try Site.system()
        try Trap.make()
    }

    /// All surroundings at once, each with somebody of its own.
    private func run(
        _ program: Elevation,
        code: (Enrollee) -> String
    ) throws -> [(Surroundings, Enrollee, Elevation.Outcome)] {
        let attempts = try Surroundings.all.map { surroundings in
            let person = try site.enroll(.totp(period: 300))
            let (account, code) = (Person(person), code(person))
            let attempt = Background {
                try program.run(account, code: code, in: surroundings)
            }
            return (surroundings, person, attempt)
        }
        return try attempts.map { ($0, $1, try $2.value()) }
    }

    /// The record is whole, and an ordinary login goes on as ever.
    private func expectOrdinaryLogin(_ program: Elevation, _ people: [Enrollee]) throws {
        let logins = people.map { person in
            let (account, code) = (Person(person), person.code(1))
            return Background { try program.run(account, code: code).isLetIn }
        }
        for (login, person) in zip(logins, people) {
            #expect(try login.value(), "\(person.account.name)")
        }
    }

    @Test(arguments: Elevation.allCases)
    func `the right code lets in as ever or not at all, and harms nothing`(
        program: Elevation
    ) throws {
        let attempts = try run(program) { $0.code() }
        for (surroundings, person, outcome) in attempts {
            if surroundings.verdict == .asUsual {
                #expect(outcome.isLetIn, "\(surroundings): \(outcome.text)")
            }
            // What the loader says of a library that somebody else chose.
            #expect(!outcome.text.contains("ld.so"), "\(surroundings)")
            let wrong: Int = try Person(person).status("wrong_codes_since_last_login")
            #expect(wrong == 0, "\(surroundings)")
        }
        try expectOrdinaryLogin(program, attempts.map(\.1))
    }

    @Test(arguments: Elevation.allCases)
    func `a wrong code lets nobody in, and is charged at most once`(
        program: Elevation
    ) throws {
        let attempts = try run(program) { $0.wrongCode }
        for (surroundings, person, outcome) in attempts {
            #expect(!outcome.isLetIn, "\(surroundings): \(outcome.text)")
            let wrong: Int = try Person(person).status("wrong_codes_since_last_login")
            #expect(
                surroundings.verdict == .asUsual ? wrong == 1 : wrong <= 1,
                "\(surroundings): \(wrong)"
            )
        }
        try expectOrdinaryLogin(program, attempts.map(\.1))
    }
}
