import Testing

/// Machines whose pages are larger than 4 kB, as arm64's may be.
@Suite struct PageSizeTests {
    /// Where the stack begins is chance, so there are several logins.
    @Test(arguments: [4096, 16384, 65536])
    func `the stack is wiped no further than it is done with`(size: Int) throws {
        let site = try Site()
        let pages = [
            "env", "LD_PRELOAD=\(PAMLogin.folder)/libtest_libc.so", "TOTP_PAGE_SIZE=\(size)",
        ]
        for _ in 0..<32 {
            let person = try site.enroll()
            let answers = try site.login([(person, person.code())], under: pages)
            #expect(answers[0].code == Answer.success)
        }
    }
}
