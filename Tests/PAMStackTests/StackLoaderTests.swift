import Testing

@testable import PAMStack

@Suite struct StackLoaderTests {
    static let problems: [(lines: String, kind: Problem.Kind, ReturnCode)] = [
        ("nothing sufficient pam_debug.so", .unknownFacility("nothing"), .permDenied),
        ("auth", .noControl, .permDenied),
        ("auth required", .noModule, .permDenied),
        ("auth binding pam_debug.so", .unknownControl("binding"), .permDenied),
        ("auth [success=okay] pam_debug.so", .unknownControl("success=okay"), .permDenied),
        ("auth [success=0] pam_debug.so", .unknownControl("success=0"), .permDenied),
        // A line that ends in CR LF.
        ("auth required\r pam_debug.so", .unknownControl("required\r"), .permDenied),
        ("auth include nowhere", .cannotRead("nowhere"), .permDenied),
        ("auth include", .noFileNamed, .permDenied),
        ("auth include sshd", .includedTooDeep("sshd"), .permDenied),
        ("@include nowhere", .cannotRead("nowhere"), .abort),
        ("auth required pam_debug.so \\", .endsUnfinished, .abort),
        ("account required /lib/", .namelessModule("/lib/"), .abort),
        ("auth required \\\n# here\n pam_debug.so auth=auth_err", .dependsOnRelease, .permDenied),
    ]

    @Test(arguments: problems)
    func `says what is wrong with a line`(lines: String, kind: Problem.Kind, outcome: ReturnCode) {
        let stack = stack(lines)
        let problem = stack.problems.first { $0.kind == kind }
        #expect(problem?.place == Place(file: "/etc/pam.d/sshd", line: 1), "\(stack.problems)")
        #expect(stack.outcome() == outcome)
    }

    @Test func `joins continued lines and counts from the first`() {
        let stack = stack("# comment\n\nauth \\\n  required \\\n\tpam_debug.so # no\n\nauth x\n")
        #expect(stack.handlers.map(\.place.line) == [3, 7])
        #expect(
            stack.handlers.first?.module
                == Module(path: "pam_debug.so", arguments: [], quiet: false)
        )
    }

    @Test(arguments: ["", "\n"])
    func `counts blank lines before a last one that ends in a backslash`(end: String) {
        let lines = "# comment\n\n\nauth required \\\npam_debug.so \\" + end
        #expect(stack(lines).problems.map(\.place) == [Place(file: "/etc/pam.d/sshd", line: 5)])
    }

    @Test func `takes an argument in brackets as one`() {
        let stack = stack(#"-auth required pam_totp.so [prompt=The \[code\]: ] nullok"#)
        let module = Module(
            path: "pam_totp.so",
            arguments: [#"prompt=The \[code]: "#, "nullok"],
            quiet: true
        )
        #expect(stack.handlers.map(\.module) == [module])
    }

    @Test func `a service without lines of the facility has those of other`() {
        let files = [
            "sshd": "account required pam_debug.so", "OTHER": "", "other": "auth x pam_y.so",
        ]
        #expect(stack(files).handlers.map(\.place.file) == ["/etc/pam.d/other"])
        #expect(stack(files, service: "/usr/sbin/SSHD", facility: .account).handlers.count == 1)
        #expect(stack([:]).isRefused)
        #expect(stack(files, service: "su").handlers.count == 1)
    }

    @Test func `what other cannot be read for refuses every service`() {
        let files = ["sshd": "auth required pam_debug.so", "other": "auth required pam_deny.so \\"]
        #expect(stack(files).isRefused)
    }

    @Test func `the first folder that has a file counts`() {
        let files = [
            "/etc/pam.d/sshd": "auth include common\n",
            "/usr/lib/pam.d/sshd": "auth required a.so\n",
            "/usr/lib/pam.d/common": "auth required b.so\n",
        ]
        let stack = StackFiles(folders: ["/etc/pam.d", "/usr/lib/pam.d"]) {
            files[$0].map { Array($0.utf8) }
        }.stack(service: "sshd")
        #expect(stack.handlers.map(\.place.file) == ["/usr/lib/pam.d/common"])
        #expect(stack.handlers.map(\.level) == [0])
    }

    @Test func `without a folder pam.conf has all services`() {
        let text = "SSHD auth required a.so\nsu auth required b.so\nother auth required c.so\n"
        let files = StackFiles(folders: []) { $0 == "/etc/pam.conf" ? Array(text.utf8) : nil }
        #expect(files.stack(service: "sshd").handlers.map(\.module?.path) == ["a.so"])
        #expect(files.stack(service: "sudo").handlers.map(\.module?.path) == ["c.so"])
        #expect(StackFiles(folders: []) { _ in nil }.stack(service: "sshd").isRefused)
    }

    /// libpam 1.5.2 with Debian's patch; LibpamTests meets it, too.
    @Test func `an @include that fails in an included file does as the line before`() {
        let stack = stack([
            "sshd": "auth required pam_debug.so\nauth include inner",
            "inner": "auth optional pam_debug.so\n@include nowhere",
        ])
        #expect(stack.outcome() == .success)
        #expect(stack.problems.count == 1)
    }

    /// Three times at each of 16 levels would be 43 million.
    @Test(.timeLimit(.minutes(1)))
    func `a file that includes itself more than once is read to an end`() {
        for line in ["@include sshd", "auth include sshd", "auth substack sshd"] {
            var reads = 0
            let stack = StackFiles(folders: ["/etc/pam.d"]) { path in
                reads += 1
                return path == "/etc/pam.d/sshd" ? Array("\(line)\n\(line)\n\(line)\n".utf8) : nil
            }.stack(service: "sshd")
            #expect(reads < 2000)
            #expect(stack.problems.contains { $0.kind == .includedTooDeep("sshd") })
            #expect(stack.outcome { _ in .success } != .success)
        }
    }
}
