import Foundation
import System
import Testing
import Verification

/// What the doctor finds in the store's files.
@Suite struct StoreDoctorTests {
    private static let open =
        "open to another group than root's or totp's, whose members may read secrets and make used "
        + "codes good again: "

    private func change(_ command: String, at machine: ExaminedMachine) throws {
        let script = "cd '\(machine.site.folder)' && \(command)"
        _ = try Command.output(of: "sh", "-e", "-c", script)
    }

    @Test func `files of an ordinary group are one problem, with what mends it`() throws {
        let machine = try ExaminedMachine()
        let folder = machine.site.folder
        for _ in 0..<2 { _ = try machine.site.enroll() }
        try change("chgrp -R totp totp.key store", at: machine)
        #expect(try machine.examine().problems.isEmpty)

        // The folder, users, the marker, and of each of two people the folder and two files.
        try change("chgrp -R users store", at: machine)
        let report = try machine.examine()
        #expect(report.status == 1)
        #expect(report.problems == ["store: \(Self.open)9"])
        let problem = try #require(report.findings("problem").first)
        #expect(problem.evidence == ["\(folder)/store: group users (100)"])
        #expect(problem.remedy == "chgrp -R totp \(folder)/store")

        try change("chgrp 54321 totp.key", at: machine)
        let both = try #require(try machine.examine().findings("problem").first)
        #expect(both.text == "\(Self.open)10")
        #expect(both.evidence == ["\(folder)/totp.key: group 54321"])
        #expect(both.remedy == "chgrp totp \(folder)/totp.key; chgrp -R totp \(folder)/store")
        try change(try #require(both.remedy), at: machine)
        #expect(try machine.examine().problems.isEmpty)
    }

    @Test func `one file is enough, unless its mode gives the group nothing`() throws {
        let machine = try ExaminedMachine()
        let state = machine.site.record(of: try machine.site.enroll()) + "/state"
        try change("chgrp users '\(state)'", at: machine)
        let problem = try #require(try machine.examine().findings("problem").first)
        #expect(problem.text == "\(Self.open)1")
        #expect(problem.evidence == ["\(state): group users (100)"])
        try change("chmod 600 '\(state)'", at: machine)
        #expect(try machine.examine().problems.isEmpty)
    }
    @Test func `an access list is a problem, with what mends it`() throws {
        let machine = try ExaminedMachine()
        let folder = machine.site.folder
        let record = machine.site.record(of: try machine.site.enroll())
        try change("setfacl -m u:54321:rw '\(record)/state'", at: machine)
        let problem = try #require(try machine.examine().findings("problem").first)
        let text =
            "open to whom access lists name, who may read secrets and make used codes good again: "
        #expect(problem.text == text + "1")
        #expect(problem.evidence == ["\(record)/state: see 'getfacl'"])
        #expect(problem.remedy == "setfacl -R -b \(folder)/store")
        try change("setfacl -m u:54321:r totp.key", at: machine)
        let both = try #require(try machine.examine().findings("problem").first)
        #expect(both.text == text + "2")
        try change(try #require(both.remedy), at: machine)
        #expect(try machine.examine().problems.isEmpty)
    }

    /// What is made in a folder with a default list begins with it, and a mode set later opens it.
    @Test func `a folder's default access list gives nobody what is made in it`() throws {
        let machine = try ExaminedMachine()
        let site = machine.site
        try change("mkdir old && mv totp.key store old; setfacl -d -m u:54321:rwx .", at: machine)
        #expect(try site.admin("init").status == 0)
        let person = try site.enroll()
        let name = person.account.name.description
        #expect(try site.admin("recovery", name).status == 0)
        #expect(try site.admin("rekey").status == 0)
        let lists = try Command.output(
            of: "getfacl",
            "-R",
            "-n",
            "-p",
            "\(site.folder)/store",
            "\(site.folder)/totp.key"
        )
        #expect(lists.contains("# file: \(site.record(of: person))/enrollment"))
        #expect(!lists.contains("54321"))
        #expect(try machine.examine().problems.isEmpty)
    }
}
