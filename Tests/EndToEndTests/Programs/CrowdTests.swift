import OTP
import Testing
import Verification

/// Many ssh clients at once.
@Suite struct CrowdTests {
    private let server: SSHServer
    private let site: Site
    private static let size = 20

    init() throws {
        server = try SSHServer(.passwordAndCode, settings: "MaxStartups 100")
        site = try Site.system()
    }

    /// Everybody's outcome, all having started at once.
    private func login(_ attempts: [(Enrollee, String)]) throws -> [SSHLogin.Outcome] {
        let server = server
        let clients = attempts.map { person, code in
            let person = Person(person)
            return Background { try SSHLogin(as: person, on: server, code: code).outcome }
        }
        return try clients.map { try $0.value() }
    }

    @Test func `twenty people at once are all let in`() throws {
        let people = try (0..<Self.size).map { _ in try site.enroll(.totp(period: 300)) }
        let outcomes = try login(people.map { ($0, $0.code()) })
        #expect(outcomes == Array(repeating: .letIn, count: Self.size))
    }

    @Test func `one code from twenty clients at once lets in one, and nobody is charged`() throws {
        let person = try site.enroll(.totp(period: 300))
        let outcomes = try login(Array(repeating: (person, person.code()), count: Self.size))
        #expect(outcomes.count { $0 == .letIn } == 1)
        #expect(outcomes.count { $0 == .refused } == Self.size - 1)
        let state = try site.state(of: person)
        #expect(state.throttle.charged == 0)
        #expect(state.wrongSinceSuccess == 0)
    }
}
