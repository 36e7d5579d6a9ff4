import PAMStack
import Testing

/// What a finding shows, and for whom it says a way is open.
@Suite struct AnalysisTests {
    private func findings(_ lines: String) -> [Finding] { Analysis(of: stack(lines)).findings }

    @Test func `a way is shown by its lines and what each returned`() throws {
        let lines =
            "auth required pam_env.so\nauth sufficient pam_unix.so\nauth required pam_totp.so"
        guard case .hole(.firstFactor, let steps) = try #require(findings(lines).first) else {
            Issue.record("no hole")
            return
        }
        #expect(steps.path == ["pam_env success", "pam_unix success"])
        #expect(steps.map(\.handler.place.line) == [1, 2])
        #expect(steps.last?.handler.text == "auth sufficient pam_unix.so")
    }

    @Test func `nobody needs anything where only pam_permit decides`() {
        #expect(
            findings("auth required pam_permit.so").map(\.summary) == ["hole, nothing: 1 lines"]
        )
    }

    @Test func `a missing module is a way, if the line allows for it`() {
        let lines = """
            auth requisite pam_unix.so
            auth [success=ok module_unknown=ignore default=bad] pam_totp.so
            """
        guard case .hole(_, let steps) = findings(lines).first else {
            Issue.record("no hole")
            return
        }
        #expect(steps.path == ["pam_unix success", "pam_totp module_unknown"])
    }

    @Test func `conditions are named only as far as they decide`() {
        // The second line asks for the same, so that nobody is let in by one and kept out by the other.
        let same = """
            auth [success=1 default=ignore] pam_succeed_if.so quiet user ingroup machines
            auth required pam_totp.so
            auth [success=ignore default=die] pam_localuser.so
            auth requisite pam_unix.so
            auth [success=ignore default=die] pam_succeed_if.so quiet user ingroup machines
            """
        let ways = findings(same).compactMap { finding in
            if case .decision(.firstFactor, let way) = finding { way } else { nil }
        }
        #expect(ways.map { Set($0.people) } == [["pam_succeed_if", "pam_localuser"]])
        // Whatever the condition says, the code is not asked for.
        let either = """
            auth [success=1 default=ignore] pam_succeed_if.so quiet user ingroup machines
            auth sufficient pam_unix.so
            auth sufficient pam_unix.so
            auth required pam_totp.so
            """
        let first = findings(either).first
        #expect(first?.summary == "hole, firstFactor: 2 lines")
    }

    @Test func `a module that is not known may ask for a secret, and return anything`() {
        let lines = "auth sufficient pam_of_ours.so\nauth required pam_totp.so"
        #expect(findings(lines).map(\.summary) == ["hole, firstFactor: 1 lines"])
    }

    @Test func `a configuration that libpam refuses lets nobody in`() {
        let analysis = Analysis(of: stack("@include nowhere\nauth required pam_permit.so"))
        #expect(analysis.findings.isEmpty)
        #expect(!analysis.asksForCode)
    }

    /// Fourteen substacks, one in another, of modules that may return anything: some 10^90 combinations of results.
    @Test(.timeLimit(.minutes(1)))
    func `the number of combinations does not matter`() {
        var files = ["sshd": "auth substack f0\nauth required pam_totp.so"]
        for index in 0..<14 {
            let lines = "auth [user_unknown=reset default=ok] pam_a.so\nauth optional pam_b.so\n"
            files["f\(index)"] =
                lines + (index < 13 ? "auth substack f\(index + 1)\n" : "") + lines + lines
        }
        let stack = stack(files)
        #expect(stack.handlers.count == 14 * 6 + 15)
        #expect(
            Analysis(of: stack).findings.map(\.summary).contains { $0.hasPrefix("hole") } == false
        )
    }

    /// Some ten times as many as anybody has; in a debug build, too.
    @Test(.timeLimit(.minutes(1)))
    func `nor does the number of lines and conditions`() {
        let conditions = (1...10).map {
            "auth [success=\($0) default=ignore] pam_succeed_if.so uid > \($0)\n"
        }
        let others = (1...300).map {
            "auth [success=ok default=ignore user_unknown=2] pam_foo\($0).so\n"
        }
        let lines = conditions + others + ["auth required pam_totp.so"]
        #expect(
            findings(lines.joined()).map(\.summary).contains { $0.hasPrefix("hole, firstFactor") }
        )
    }
}
