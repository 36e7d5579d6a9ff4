import Testing

/// The profile of pam-auth-update(8), with the common-auth that Debian's own program makes of it.
@Suite struct `the profile for pam-auth-update` {
    @Test func `installed and not enabled, it changes nothing`() throws {
        let machine = try ProfiledMachine()
        try machine.update()
        #expect(!machine.commonAuth.contains("pam_totp"))
        let person = try Person(named: "profile-off")
        _ = try person.enroll()
        let login = try machine.login(as: person, code: "123456")
        #expect(login.code == Answer.success)
        #expect(login.prompts == 1)
    }

    @Test func `enabled, the code is asked for after the right password, and lets in once`() throws
    {
        let machine = try ProfiledMachine()
        try machine.update("--enable", "totp")
        let person = try Person(named: "profile-on")
        let authenticator = try person.enroll()
        let code = try authenticator.code()

        let withoutPassword = try machine.login(as: person, password: "not it", code: code)
        #expect(withoutPassword.code == Answer.refused)
        #expect(withoutPassword.shown == "[1 Password: ]")
        #expect(try person.status("wrong_codes_since_last_login") == 0)

        let wrong = try machine.login(as: person, code: authenticator.wrongCode())
        #expect(wrong.code == Answer.refused)
        #expect(wrong.shown == "[1 Password: ] [1 Verification code: ]")

        #expect(try machine.login(as: person, code: code).code == Answer.success)
        #expect(try machine.login(as: person, code: code).code == Answer.refused)
    }

    @Test func `whichever way in comes first, the code is asked for after it`() throws {
        let machine = try ProfiledMachine()
        try machine.add("fingerprint", "Primary", "[success=end default=ignore] pam_permit.so")
        try machine.update("--enable", "totp", "fingerprint")
        let person = try Person(named: "profile-finger")
        let authenticator = try person.enroll()
        let wrong = try machine.login(as: person, code: authenticator.wrongCode())
        #expect(wrong.code == Answer.refused)
        #expect(wrong.shown == "[1 Verification code: ]")
        #expect(
            try machine.login(as: person, code: authenticator.code()).code == Answer.success
        )
    }

    @Test func `nothing that comes after it runs, or lets in, where the code was wrong`() throws {
        let machine = try ProfiledMachine()
        let lines = "optional pam_echo.so unlocked\n\tsufficient pam_permit.so"
        try machine.add("later", "Additional", lines)
        try machine.update("--enable", "totp", "later")
        let person = try Person(named: "profile-later")
        let authenticator = try person.enroll()
        let wrong = try machine.login(as: person, code: authenticator.wrongCode())
        #expect(wrong.code == Answer.refused)
        #expect(!wrong.shown.contains("unlocked"))
        let right = try machine.login(as: person, code: authenticator.code())
        #expect(right.code == Answer.success)
        #expect(right.shown.contains("unlocked"))
    }

    @Test func `enabled with the two about the pace, a wrong password ends between them`() throws {
        let machine = try ProfiledMachine()
        try machine.update("--enable", "totp", "totp-ask-pass", "totp-keep-pace")
        let lines = machine.commonAuth.split(separator: "\n").filter { $0.hasPrefix("auth") }
        let modules = lines.compactMap { $0.firstMatch(of: /pam_[a-z]+\.so.*/)?.output }
            .map { $0.split { $0 == " " || $0 == "\t" }.joined(separator: " ") }
        #expect(
            modules.prefix(6) == [
                "pam_totp.so ask_pass", "pam_unix.so nullok try_first_pass",
                "pam_totp.so keep_pace", "pam_deny.so", "pam_permit.so", "pam_totp.so",
            ],
            "\(lines)"
        )
        let person = try Person(named: "profile-pace")
        let code = try person.enroll().code()
        let wrong = try machine.login(as: person, password: "not it", code: code)
        #expect(wrong.code == Answer.refused)
        #expect(wrong.shown == "[1 Password: ]")
        let right = try machine.login(as: person, code: code)
        #expect(right.code == Answer.success)
        #expect(right.shown == "[1 Password: ] [1 Verification code: ]")
    }

    @Test func `nullok that an administrator adds stays, and lets in who is not enrolled`() throws {
        let machine = try ProfiledMachine()
        try machine.update("--enable", "totp")
        let person = try Person(named: "profile-nullok")
        #expect(try machine.login(as: person, code: "123456").code == Answer.refused)
        try machine.edit { $0.replacing(/pam_totp\.so *\n/, with: "pam_totp.so nullok\n") }
        try machine.update()
        #expect(machine.commonAuth.contains("pam_totp.so nullok\n"))
        #expect(try machine.login(as: person, code: "123456").code == Answer.success)
    }

    @Test func `disabled again, it leaves common-auth as it was`() throws {
        let machine = try ProfiledMachine()
        let before = machine.commonAuth
        try machine.update("--enable", "totp")
        #expect(machine.commonAuth != before)
        try machine.update("--disable", "totp")
        #expect(machine.commonAuth == before)
    }
}
