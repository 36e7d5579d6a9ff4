internal import ArgumentParser
internal import Doctor
internal import System

/// Proves that a code is asked for, or says where it is not: `totp-admin doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Prove that a code is asked for; show every way around it.",
        discussion: """
            Works out from /etc/pam.d and sshd's settings whether somebody gets in without a code, \
            and looks at the module, the store, the clock and the people. Changes nothing. Without \
            root it says what it could not see. Exits with 1 if there is a problem.
            Example:
              totp-admin doctor --service sshd --service sudo
            """
    )

    @OptionGroup var common: CommonOptions
    @Option(
        name: .customLong("service"),
        help: ArgumentHelp(
            "Look at this service of /etc/pam.d, which is to ask for a code.",
            discussion: "May be repeated; otherwise sshd, and those that ask for a code.",
            valueName: "name"
        )
    )
    var services: [String] = []
    @Option(help: ArgumentHelp("Look at what holds for this user.", valueName: "name"))
    var user: String?
    @Flag(help: "Print an array of level, subject, text, evidence and remedy.")
    var json = false

    func run() throws {
        let account = try user.map(UserArgument.find)
        let stacks = StackExamination(services, common.configurationPath)
        let sshd = SSHExamination(stacks, for: account)
        let store = StoreExamination(common.configurationPath, stacks)
        var found = stacks.diagnoses(sshd: sshd) + sshd.diagnoses
        found += ModuleExamination.diagnoses + store.diagnoses
        found += ConfinementExamination(store: store.path).diagnoses + ClockExamination.diagnoses
        found += PeopleExamination(store, stacks).diagnoses(of: account)
        if json {
            try JSONOutput.write(found.map(DiagnosisReport.init))
        } else {
            for diagnosis in found { try Console.output.write(DiagnosisReport(diagnosis).lines) }
        }
        if found.contains(where: { $0.level == .problem }) { throw ExitCode(1) }
    }
}
