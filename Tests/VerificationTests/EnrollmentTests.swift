import OTP
import System
import Testing
import Verification

@Suite struct EnrollmentTests {
    @Test(arguments: [
        "a", "my phone", "Jürgs Telefon", "日本", "-", "\"", "5\u{a0}Â", "ۛ",
        String(repeating: "x", count: 64),
    ])
    func `a name may be anything that can be shown`(name: String) {
        #expect(Authenticator.isValidName(text(name)))
    }

    @Test(arguments: [
        "", " ", " phone", "phone ", "\tphone", "pho\nne", "phone\0", "\u{1b}[2J", "\u{7f}",
        "\u{9b}2J", "a\u{80}b", "\u{9f}",
        String(repeating: "x", count: 65), String(repeating: "é", count: 33),
    ])
    func `a name is not empty, too long, edged with blanks or controlling`(name: String) {
        #expect(!Authenticator.isValidName(text(name)))
    }

    @Test func `an authenticator is found by its whole name`() throws {
        let enrollment = Enrollment(
            uid: 1000,
            name: "alice",
            authenticators: [try authenticator("phone", id: 1), try authenticator("Phone", id: 2)]
        )
        #expect(enrollment.authenticator(named: "Phone")?.id == Identifier(value: 2))
        #expect(enrollment.authenticator(named: "phon") == nil)
        #expect(enrollment.authenticator(named: "") == nil)
    }

    @Test(arguments: 0..<10)
    func `using one recovery code uses no other`(slot: Int) {
        var use = LoginState.RecoveryUse(id: Identifier(value: 1))
        use.use(slot: slot)
        #expect((0..<10).filter { use.isUsed(slot: $0) } == [slot])
        use.use(slot: slot)
        #expect((0..<10).filter { use.isUsed(slot: $0) } == [slot])
    }

    @Test func `a progress of an id that is not there is not kept`() {
        var state = LoginState(authenticators: [LoginState.Progress(id: Identifier(value: 1))])
        state.update(LoginState.Progress(id: Identifier(value: 2), next: 5))
        #expect(state.authenticators == [LoginState.Progress(id: Identifier(value: 1))])
        state.update(LoginState.Progress(id: Identifier(value: 1), next: 5))
        #expect(state.progress(of: Identifier(value: 1))?.next == 5)
        #expect(state.progress(of: Identifier(value: 2)) == nil)
    }
}
