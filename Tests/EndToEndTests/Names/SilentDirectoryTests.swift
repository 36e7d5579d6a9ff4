import System
import Testing

/// A directory that does not answer: nobody can tell who needs a code.
@Suite struct `a silent directory` {
    private static let settings = [
        "", "only_groups = dir-staff", "except_groups = dir-staff", "only_groups = nogroup",
    ]

    private let directory: Directory
    private let site: Site
    private let person: Enrollee

    init() throws {
        directory = try Directory()
        site = try Site()
        person = try site.enroll(as: directory.add())
        try directory.add(group: "dir-staff", 30001, members: [person.account])
    }

    private func visit(_ reply: String, service: String = "lenient") throws -> Visit {
        try site.visit(
            as: person.account.name,
            reply,
            service: service,
            under: directory.wrapper
        )
    }

    @Test(arguments: Directory.Silence.allCases, settings)
    func `about people denies without a question`(
        silence: Directory.Silence,
        settings: String
    ) throws {
        try site.configure(settings)
        let code = person.code()
        try directory.fallSilent(.passwd, silence)
        for service in ["lenient", "nullok"] {
            let visit = try visit(code, service: service)
            #expect(visit.outcome == Visit.undecided)
            let line = try visit.line()
            #expect(line.contains("failed user= rhost="))
            #expect(line.contains(#"reason="cannot look up the user: getpwnam_r: "#))
        }
        try directory.answer()
        try site.configure("")
        #expect(try visit(code).outcome == Visit.letIn)
    }

    @Test(arguments: Directory.Silence.allCases, settings.dropFirst())
    func `about groups denies without a question`(
        silence: Directory.Silence,
        settings: String
    ) throws {
        try site.configure(settings)
        try directory.fallSilent(.group, silence)
        try directory.fallSilent(.initgroups, silence)
        let visit = try visit(person.code())
        #expect(visit.outcome == Visit.undecided)
        #expect(try visit.line().contains("cannot look up the user: getgrnam_r: "))
    }

    /// Who is asked would tell whom the files know; the line that verifies denies.
    @Test(arguments: Directory.Silence.allCases)
    func `about anything asks everybody alike for password and code`(
        silence: Directory.Silence
    ) throws {
        let line = "auth requisite pam_totp.so conf=\(site.folder)/totp.conf"
        try site.stack("split", "\(line) split_pass\n\(line)\nauth required pam_permit.so")
        try site.configure("only_groups = dir-staff")
        let local = try site.enroll().account.name
        for database in Directory.Database.allCases {
            try directory.fallSilent(database, silence)
        }
        for name in [person.account.name, local, "nobody-of-that-name"] {
            let visit = try site.visit(as: name, "x", service: "split", under: directory.wrapper)
            #expect(visit.answer.prompts == 1, "\(name)")
            #expect(visit.answer.code == Answer.unavailable, "\(name)")
        }
    }

    @Test(arguments: Directory.Silence.allCases)
    func `about groups is nothing to somebody known by name or address, or where no group counts`(
        silence: Directory.Silence
    ) throws {
        try directory.fallSilent(.group, silence)
        try directory.fallSilent(.initgroups, silence)
        #expect(try visit(person.code()).outcome == Visit.letIn)
        try site.configure(
            "except_users = \(person.account.name)\nonly_groups = dir-staff"
        )
        #expect(try visit("").outcome == Visit.exempt)
        try site.configure("except_networks = 192.0.2.7\nonly_groups = dir-staff")
        let here = try site.visit(
            as: person.account.name,
            "",
            from: "192.0.2.7",
            under: directory.wrapper
        )
        #expect(here.outcome == Visit.exempt)
    }

    /// getgrouplist(3) does not say so.
    @Test(arguments: Directory.Silence.allCases)
    func `about somebody's groups alone exempts nobody`(silence: Directory.Silence) throws {
        let code = person.code()
        try directory.fallSilent(.initgroups, silence)
        for key in ["only_groups", "except_groups"] {
            try site.configure("\(key) = dir-staff")
            #expect(try visit("no code").outcome == Visit.refused)
        }
        try directory.answer()
        #expect(try visit("").outcome == Visit.exempt)
        try site.configure("only_groups = dir-staff")
        #expect(try visit(code).outcome == Visit.letIn)
    }

    @Test(arguments: Directory.Silence.allCases)
    func `is nothing to who is in the files, where no group counts`(
        silence: Directory.Silence
    ) throws {
        let local = try site.enroll()
        for database in Directory.Database.allCases {
            try directory.fallSilent(database, silence)
        }
        let visit = try site.visit(
            as: local.account.name,
            local.code(),
            under: directory.wrapper
        )
        #expect(visit.outcome == Visit.letIn)
    }
}
