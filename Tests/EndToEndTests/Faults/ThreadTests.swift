import Foundation
import Store
import System
import Testing
import Verification

/// Hosts with threads: whatever another thread does, no login of anybody waits for it after.
@Suite struct ThreadTests {
    private let site: Site
    private let person: Enrollee

    init() throws {
        site = try Site()
        person = try site.enroll()
    }

    /// What `thread-login` prints, number by number.
    private func attempt(_ what: String, _ count: Int) throws -> [Int] {
        let command = try Command.run([
            PAMLogin.folder + "/thread-login", what, "\(count)", "\(site.folder)/pam.d", "code",
            person.account.name.description, "000000",
        ])
        return command.text.matches(of: /-?[0-9]+/).compactMap { Int($0.output) }
    }

    private func expectNobodyIsHeldUp() throws {
        try site.change(person.account) { $0.unlock() }
        #expect(try site.login(person, person.code()).code == Answer.success)
    }

    /// The children have the descriptors, and the lock with them if it is left to the last close.
    @Test func `children that are forked meanwhile hold no lock`() throws {
        let numbers = try attempt("fork", Soak.rounds(100, soak: 2000))
        try #require(numbers.count == 2, "\(numbers)")
        #expect([Answer.refused, Answer.tooMany].contains(numbers[0]), "\(numbers)")
        #expect(numbers[1] == 0, "\(numbers)")
        try expectNobodyIsHeldUp()
    }

    @Test func `a thread that is cancelled leaves no lock`() throws {
        let numbers = try attempt("cancel", Soak.rounds(300, soak: 2000))
        try #require(numbers.count == 3, "\(numbers)")
        // Some are, or this would say nothing: what libpam does besides can be cancelled.
        #expect(numbers[0] > 0, "\(numbers)")
        // That leaves what libpam has open: one of its own files at most.
        #expect(numbers[2] <= numbers[0], "\(numbers)")
        #expect([Answer.refused, Answer.tooMany].contains(numbers[1]), "\(numbers)")
        try expectNobodyIsHeldUp()
    }
}
