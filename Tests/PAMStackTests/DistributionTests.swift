import Foundation
import PAMStack
import Testing

/// Stacks as distributions ship them, with pam_totp where the README says, elsewhere, or left out.
@Suite struct DistributionTests {
    struct Case: CustomTestStringConvertible {
        let folder: String
        let service: String
        let findings: [String]

        init(_ folder: String, _ service: String, _ findings: [String]) {
            self.folder = folder
            self.service = service
            self.findings = findings
        }

        var testDescription: String { "\(folder) \(service)" }
    }

    static let cases = [
        // Debian 12: common-auth as pam-auth-update writes it.
        Case("debian", "sshd", ["hole, firstFactor: 3 lines"]),
        Case("debian", "sshd-documented", ["exempt, firstFactor: anybody, 4 lines"]),
        Case(
            "debian",
            "sshd-first",
            [
                "exempt, firstFactor: anybody, 4 lines",
                "reached: anybody, 0 lines",
            ]
        ),
        Case("debian", "sshd-key", ["exempt, nothing: anybody, 2 lines"]),
        Case("debian", "sshd-key-alone", ["only ignore left: 1 lines"]),
        Case(
            "debian",
            "sshd-optional",
            [
                "hole, firstFactor: 4 lines",
                "exempt, firstFactor: anybody, 4 lines",
            ]
        ),
        Case("debian", "sshd-password", ["exempt, firstFactor: anybody, 4 lines"]),
        Case(
            "debian",
            "sshd-password-half",
            [
                "hole, firstFactor: 3 lines",
                "split: anybody, 3 lines",
            ]
        ),
        Case("debian", "sshd-profile", ["exempt, firstFactor: anybody, 4 lines"]),
        Case("debian", "sshd-sss", ["exempt, firstFactor: anybody, 4 lines"]),
        Case(
            "debian",
            "sshd-sufficient",
            [
                "hole, firstFactor: 1 lines",
                "exempt, firstFactor: anybody, 5 lines",
            ]
        ),
        Case(
            "debian",
            "su",
            [
                "decision, nothing: pam_rootok, 1 lines",
                "hole, firstFactor: 4 lines",
            ]
        ),
        Case(
            "debian",
            "su-documented",
            [
                "decision, nothing: pam_rootok, 1 lines",
                "exempt, firstFactor: !pam_rootok, 5 lines",
            ]
        ),
        // Fedora: the sssd profile of authselect, with faillock.
        Case("fedora", "sshd", ["hole, firstFactor: 6 lines"]),
        Case(
            "fedora",
            "sshd-after",
            [
                "exempt, firstFactor: anybody, 7 lines",
                "reached: anybody, 9 lines",
            ]
        ),
        Case(
            "fedora",
            "sshd-after-include",
            [
                "hole, firstFactor: 5 lines",
                "reached: anybody, 8 lines",
            ]
        ),
        Case(
            "fedora",
            "sshd-behind-sufficient",
            [
                "hole, firstFactor: 6 lines",
                "exempt, nothing: anybody, 9 lines",
                "reached: anybody, 8 lines",
            ]
        ),
        Case("fedora", "sshd-documented", ["exempt, firstFactor: anybody, 3 lines"]),
        Case(
            "fedora",
            "su-documented",
            [
                "decision, nothing: pam_rootok, 1 lines",
                "decision, nothing: pam_wheel, 2 lines",
                "exempt, firstFactor: !pam_rootok !pam_wheel, 5 lines",
            ]
        ),
        // Arch: pambase.
        Case("arch", "sshd", ["hole, firstFactor: 7 lines"]),
        Case("arch", "sshd-documented", ["exempt, firstFactor: anybody, 8 lines"]),
        Case(
            "arch",
            "sshd-substack",
            [
                "exempt, firstFactor: anybody, 9 lines",
                "reached: anybody, 3 lines",
            ]
        ),
        Case(
            "arch",
            "sshd-sufficient",
            [
                "hole, firstFactor: 8 lines",
                "exempt, firstFactor: anybody, 8 lines",
                "reached: anybody, 0 lines",
            ]
        ),
        // Alpine: base-auth of linux-pam.
        Case("alpine", "sshd", ["hole, firstFactor: 3 lines"]),
        Case(
            "alpine",
            "sshd-after",
            [
                "exempt, firstFactor: anybody, 4 lines",
                "reached: anybody, 3 lines",
            ]
        ),
        Case("alpine", "sshd-documented", ["exempt, firstFactor: anybody, 3 lines"]),
        // The jump over pam_deny says nothing itself.
        Case("alpine", "sshd-jump-alone", ["only ignore left: 2 lines"]),
        // openSUSE: common-auth as pam-config writes it.
        Case("opensuse", "sshd", ["hole, firstFactor: 4 lines"]),
        Case(
            "opensuse",
            "sshd-after",
            [
                "exempt, firstFactor: anybody, 5 lines",
                "reached: anybody, 4 lines",
            ]
        ),
        Case("opensuse", "sshd-documented", ["exempt, firstFactor: anybody, 4 lines"]),
        Case(
            "opensuse",
            "sshd-sufficient",
            [
                "hole, firstFactor: 2 lines",
                "exempt, nothing: anybody, 3 lines",
                "reached: anybody, 2 lines",
            ]
        ),
    ]

    @Test(arguments: cases)
    func `finds what a stack allows`(_ one: Case) throws {
        let analysis = Analysis(of: Self.stack(one.folder, one.service))
        #expect(analysis.findings.map(\.summary) == one.findings)
    }

    /// pam/examples, beside Debian's common-auth.
    @Test(arguments: [
        "sshd", "login", "sudo", "sshd-key", "sshd-password", "openvpn", "locker",
    ])
    func `no example that is shipped has a hole, and all let in who is exempt`(
        service: String
    ) throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let project = tests.deletingLastPathComponent().deletingLastPathComponent()
        let folders = [
            project.appendingPathComponent("pam/examples").path,
            tests.appendingPathComponent("Stacks/debian").path,
        ]
        let files = StackFiles(folders: folders) { path in
            try? Array(Data(contentsOf: URL(fileURLWithPath: path)))
        }
        let findings = Analysis(of: files.stack(service: service)).findings
        #expect(findings.count == 1)
        guard case .exempt(let needs, let way)? = findings.first else {
            Issue.record("\(findings.map(\.summary))")
            return
        }
        #expect(needs == (service == "sshd-key" ? .nothing : .firstFactor))
        #expect(way.conditions.isEmpty)
    }

    static func stack(_ folder: String, _ service: String) -> Stack {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Stacks").appendingPathComponent(folder)
        return StackFiles(folders: [url.path]) { path in
            try? Array(Data(contentsOf: URL(fileURLWithPath: path)))
        }.stack(service: service)
    }
}

extension Finding {
    /// What it is, for whom, and how many lines prove it.
    var summary: String {
        switch self {
        case .hole(let needs, let steps): "hole, \(needs): \(steps.count) lines"
        case .decision(let needs, let way): "decision, \(needs): \(way.summary)"
        case .exempt(let needs, let way): "exempt, \(needs): \(way.summary)"
        case .onlyIgnoreLeft(let steps): "only ignore left: \(steps.count) lines"
        case .reachedWithoutFirstFactor(let way): "reached: \(way.summary)"
        case .splitNotVerified(let way): "split: \(way.summary)"
        }
    }
}

extension Way {
    fileprivate var summary: String {
        "\(people.isEmpty ? "anybody" : people.joined(separator: " ")), \(steps.count) lines"
    }
}
