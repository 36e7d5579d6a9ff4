import PAMStack
import Testing

/// pam.conf(5), and libpam/pam_dispatch.c of Linux-PAM 1.5.2 where that says nothing.
@Suite struct EvaluatorTests {
    static let outcomes: [(lines: String, ReturnCode)] = [
        ("auth required pam_debug.so", .success),
        // Nothing but ignored lines lets nobody in.
        ("auth required pam_debug.so auth=ignore", .permDenied),
        ("auth optional pam_debug.so auth=auth_err", .permDenied),
        // The first failure is what the program hears.
        (
            "auth required pam_debug.so auth=maxtries\nauth required pam_debug.so auth=conv_err",
            .maxtries
        ),
        ("auth requisite pam_debug.so auth=maxtries\nauth sufficient pam_debug.so", .maxtries),
        // A success that counts is the end, but not behind a failure.
        ("auth sufficient pam_debug.so\nauth required pam_debug.so auth=auth_err", .success),
        ("auth required pam_debug.so auth=auth_err\nauth sufficient pam_debug.so", .authErr),
        // A jump says nothing itself.
        ("auth [success=1] pam_debug.so\nauth required pam_deny.so", .permDenied),
        (
            "auth [success=1] pam_debug.so\nauth required pam_debug.so auth=auth_err\n"
                + "auth required pam_permit.so", .success
        ),
        // Too far.
        ("auth required pam_debug.so\nauth [success=1] pam_debug.so", .permDenied),
        (
            "auth [default=99999999999999999999] pam_debug.so\nauth required pam_debug.so",
            .permDenied
        ),
        (
            "auth required pam_debug.so auth=maxtries\nauth [success=reset] pam_debug.so",
            .permDenied
        ),
        // A success that is bad is none.
        ("auth [success=bad] pam_debug.so", .permDenied),
        ("auth [default=bad] pam_debug.so auth=ignore", .permDenied),
        ("auth required pam_absent.so", .moduleUnknown),
        ("-auth required pam_absent.so", .moduleUnknown),
        ("auth required pam_debug.so auth=incomplete", .incomplete),
        ("account required pam_debug.so", .permDenied),
    ]

    @Test(arguments: outcomes)
    func `returns what the manual says`(lines: String, outcome: ReturnCode) {
        #expect(stack(lines).outcome() == outcome)
    }

    @Test func `a substack ends alone, an include ends all`() {
        for (control, outcome) in [("substack", ReturnCode.authErr), ("include", .success)] {
            let stack = stack([
                "sshd": "auth \(control) inner\nauth required pam_debug.so auth=auth_err",
                "inner": "auth sufficient pam_debug.so\nauth required pam_deny.so",
            ])
            #expect(stack.outcome() == outcome, "\(control)")
        }
    }

    @Test func `a jump counts a substack as one line and stays in its own`() {
        let over = stack([
            "sshd":
                "auth [default=1] pam_debug.so\nauth substack inner\nauth required pam_debug.so",
            "inner": "auth required pam_debug.so auth=auth_err\nauth required pam_deny.so",
        ])
        #expect(over.outcome() == .success)
        let out = stack([
            "sshd": "auth substack inner\nauth required pam_debug.so\nauth required pam_debug.so",
            "inner": "auth [default=2] pam_debug.so\nauth required pam_debug.so",
        ])
        #expect(out.outcome() == .permDenied)
    }

    @Test func `reset returns to what was thought before the substack`() {
        let stack = stack([
            "sshd": "auth required pam_debug.so\nauth substack inner",
            "inner": "auth required pam_debug.so auth=auth_err\nauth [default=reset] pam_debug.so",
        ])
        #expect(stack.outcome() == .success)
    }
}
