import Foundation
import System
import Testing

/// su keeps its caller's RLIMIT_DATA: getgrouplist(3) leaves out the groups for which it finds no
/// memory, and succeeds.
@Suite struct MemoryLimitTests {
    @Test func `a member of a large group needs a code, however little memory there is`() throws {
        let site = try Site(settings: "only_groups = multitude")
        let person = try site.enroll()
        let others = (0..<40_000).map { String(format: "member%06d", $0) }
        let members = (others + ["\(person.account.name)"]).joined(separator: ",")
        let groups = try String(contentsOfFile: "/etc/group", encoding: .utf8)
        try Data("\(groups)multitude:x:60001:\(members)\n".utf8)
            .write(to: URL(fileURLWithPath: "\(site.folder)/group"))

        var codes: [Int] = []
        for kilobytes in stride(from: 1024, through: 8192, by: 96) {
            // Its /etc/group is this login's alone.
            let script = """
                mount --bind \(site.folder)/group /etc/group
                exec prlimit --data=\(kilobytes * 1024) "$@"
                """
            let command = try Command.run(
                ["unshare", "--mount", "sh", "-ec", script, "sh", PAMLogin.path]
                    + ["\(site.folder)/pam.d", "lenient", "\(person.account.name)", "no code"]
            )
            // Where there is not even the memory to begin with, there is no answer.
            if let answer = Answer(Substring(command.text.trimmed)) { codes.append(answer.code) }
        }
        #expect(codes.contains(Answer.unavailable))
        #expect(codes.last == Answer.refused)
        #expect(!codes.contains(Answer.success))
    }
}
