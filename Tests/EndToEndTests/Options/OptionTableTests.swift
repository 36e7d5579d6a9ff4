import Foundation
import Testing

/// What a line of the stack with some options does: how often it asks, and when it does not.
struct OptionRow: CustomTestStringConvertible {
    let options: String
    /// The `auth` lines, if there is not just the one with the options.
    var lines: [String]?
    /// How often somebody is asked who is not let in.
    var attempts = 1
    /// Whether somebody who is asked gets nothing else to see.
    var isSilent = false
    /// How prompts are shown: 1 is PAM_PROMPT_ECHO_OFF, 2 is PAM_PROMPT_ECHO_ON.
    var style = 1
    var prompt = "Verification code: "
    /// pam-login's.
    var flags: [String] = []

    var testDescription: String { options.isEmpty ? "no options" : options }

    static let all = [
        OptionRow(options: ""),
        OptionRow(options: "nullok"),
        OptionRow(options: "echo", style: 2),
        OptionRow(options: "[prompt=Code, please: ]", prompt: "Code, please: "),
        OptionRow(options: "retry=3", attempts: 3),
        OptionRow(options: "try_first_pass"),
        OptionRow(options: "use_first_pass", attempts: 0),
        OptionRow(options: "silent", isSilent: true),
        OptionRow(
            options: "PAM_SILENT",
            lines: ["required pam_totp.so"],
            isSilent: true,
            flags: ["-q"]
        ),
        OptionRow(options: "debug"),
        OptionRow(
            options: "split_pass",
            lines: ["requisite pam_totp.so split_pass", "required pam_totp.so"],
            prompt: "Password and verification code: "
        ),
    ]
}

/// Every option, in every situation, with every way of answering, through libpam.
@Suite struct OptionTableTests {
    @Test(arguments: OptionRow.all)
    func `every verdict and every conversation has its answer`(row: OptionRow) throws {
        let situations = try Situations(lines: row.lines ?? ["required pam_totp.so \(row.options)"])
        for situation in Situation.allCases {
            for manner in Manner.all {
                let manner = manner.with(row.flags)
                let answer = try situations.login(situation, manner)
                let expected = Expectation(row, situation, manner)
                #expect(answer.code == expected.code, "\(situation), \(manner): \(answer)")
                #expect(answer.prompts == expected.prompts, "\(situation), \(manner): \(answer)")
                #expect(answer.infos == expected.infos, "\(situation), \(manner): \(answer)")
                let shown = answer.shown.components(separatedBy: "[\(row.style) \(row.prompt)]")
                #expect(shown.count - 1 == expected.prompts, "\(situation), \(manner): \(answer)")
            }
        }
    }
}

/// What pam_authenticate returns, and how many questions and messages there are.
private struct Expectation {
    var code: Int
    var prompts: Int
    var infos = 0

    init(_ row: OptionRow, _ situation: Situation, _ manner: Manner) {
        code = situation.code
        prompts = row.attempts
        if row.options == "nullok", situation == .notEnrolled {
            (code, prompts) = (6, 0)
            return
        }
        let isSplit = row.options == "split_pass"
        // Before anybody is asked: an exemption, a mistake in the configuration, and with nullok
        // whether somebody is enrolled.
        switch situation {
        case .exempt where !isSplit, .badConfiguration:
            prompts = 0
            return
        case .keyMissing where row.options == "nullok":
            prompts = 0
            return
        default: break
        }
        // The password of an earlier module is the code, and there is none here.
        if row.attempts == 0 {
            if situation.dependsOnReply { code = 7 }
            return
        }
        switch manner.effect {
        case .delivered, .deferred: break
        case .noCode:
            if situation.dependsOnReply { code = 7 }
            // Nobody can be split from nothing.
            if isSplit, situation == .exempt || situation == .keyMissing, manner.isNothing {
                code = 7
            }
        case .fails(let failure):
            code = failure
            prompts = 1
            return
        }
        if code == 0 || situation == .keyMissing { prompts = 1 }
        if case .deferred = manner.effect { prompts += 1 }
        // Who waits or is stopped is told, at every attempt; who gave no code is not.
        if code == 11, !row.isSilent { infos = row.attempts }
    }
}
