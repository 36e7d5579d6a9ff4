import OTP
import Testing
import Verification

/// sshd's method `password`, which asks once: the code is typed right behind the password.
///
/// The stack that goes with it takes the answer apart first (`split_pass`).
@Suite struct SplitAnswerTests {
    private let site: Site
    private let server: SSHServer

    init() throws {
        site = try Site.system()
        server = try SSHServer(.splitAnswer, methods: "password")
    }

    private func login(_ enrollee: Enrollee, _ answer: String) throws -> SSHLogin.Outcome {
        let person = Person(enrollee)
        let options = ["-o", "PreferredAuthentications=password"]
        let login = try SSHLogin(
            as: person,
            on: server,
            password: answer,
            code: "",
            options: options
        )
        #expect(login.prompts == ["\(person.name)@127.0.0.1's password: "])
        return login.outcome
    }

    @Test(arguments: OTPParameters.supportedDigits)
    func `password and code in one answer let in once`(digits: Int) throws {
        let person = try site.enroll(.totp(digits: digits, period: 300))
        let answer = Accounts.password + person.code()
        #expect(try login(person, answer) == .letIn)
        #expect(try login(person, answer) == .refused)
        #expect(try site.state(of: person).throttle.charged == 0)
    }

    @Test func `password and recovery code in one answer let in once`() throws {
        let person = try site.enroll()
        let answer = Accounts.password + person.recoveryCodes[0]
        #expect(try login(person, answer) == .letIn)
        #expect(try login(person, answer) == .refused)
    }

    @Test func `a wrong password with the right code costs nothing, and the code stays good`()
        throws
    {
        let person = try site.enroll(.totp(period: 300))
        let code = person.code()
        #expect(try login(person, "not it" + code) == .refused)
        #expect(try site.state(of: person).wrongSinceSuccess == 0)
        #expect(try login(person, Accounts.password + code) == .letIn)
    }

    @Test func `the right password with a wrong code is refused and charged`() throws {
        let person = try site.enroll()
        #expect(try login(person, Accounts.password + person.wrongCode) == .refused)
        #expect(try site.state(of: person).throttle.charged == 1)
    }

    @Test func `the password alone and the code alone are refused and not charged`() throws {
        let person = try site.enroll(.totp(period: 300))
        #expect(try login(person, Accounts.password) == .refused)
        #expect(try login(person, person.code()) == .refused)
        #expect(try site.state(of: person).wrongSinceSuccess == 0)
        #expect(try login(person, Accounts.password + person.code()) == .letIn)
    }
}
