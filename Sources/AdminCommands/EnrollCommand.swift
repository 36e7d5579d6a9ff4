internal import ArgumentParser
internal import OTP
internal import Store
internal import System
internal import Verification

/// Gives a user an authenticator: `totp-admin enroll USER`.
struct EnrollCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Give a user an authenticator: draw its QR code, confirm it, save it.",
        discussion: """
            Nothing is saved until a code from the app has confirmed it, or --no-confirm says that \
            none will. The first authenticator comes with ten recovery codes, shown once; with a \
            further one, under another --name, those stay as they are.
            With --batch, everybody in a file is enrolled who is not, unconfirmed. It can be \
            interrupted at any moment and run again. Lines that make no sense are refused one by \
            one.
            Examples:
              totp-admin enroll alice --name phone --qr-file alice.png
              totp-admin enroll --batch users.csv --output /srv/users
            """
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The login name.", valueName: "user"), completion: .user)
    var user: String?
    @OptionGroup var batch: BatchOptions

    @Option(help: "What to call the authenticator; a user's authenticators have different names.")
    var name = "app"
    @Option(help: "sha1, sha256 or sha512; many apps know sha1 alone.")
    var algorithm = "sha1"
    @Option(help: "Digits of a code, 6 to 8; many apps know 6 alone.")
    var digits = 6
    @Option(help: "Seconds that a code is shown, 5 to 300; many apps know 30 alone.")
    var period = 30
    @OptionGroup var issuer: IssuerOption
    @OptionGroup var picture: PictureOptions
    @Flag(name: .customLong("no-confirm"), help: "Save it without asking for a code.")
    var skipsConfirmation = false
    @Flag(
        help: """
            Print user, name, uri, secret and recovery_codes as JSON; the dialogue goes to standard error. \
            A batch writes them to USER.json.
            """
    )
    var json = false

    func validate() throws {
        if (user == nil) == (batch.batch == nil) {
            throw ValidationError("give either a user or --batch")
        }
        if batch.batch != nil, picture.path != nil {
            throw ValidationError("--qr-file is for one user; --batch writes a file each")
        }
    }

    func run() throws {
        let configuration = try common.readConfiguration()
        if let path = batch.batch { return try enrollBatch(path, configuration) }
        let account = try UserArgument.find(user ?? "")
        let candidate = try Candidate(
            account: account,
            name: Text(name.utf8),
            parameters: parameters(),
            issuer: issuer.text(configuration),
            at: Clock.now()
        )
        let store = try common.openStore(configuration)
        try candidate.checkCanBeSaved(in: store)

        let dialogue = json ? Console.error : Console.output
        let codes = try picture.withFile(of: candidate.sheet.uri) {
            var isTight = false
            if !json || !skipsConfirmation {
                isTight = try picture.show(candidate.sheet, on: dialogue)
            }
            if !skipsConfirmation {
                try confirm(candidate, configuration, dialogue, atOnce: isTight)
            }
        } save: {
            try candidate.save(in: store)
        }
        try AdminError.showing(
            orElse: "'\(name)' is enrolled; see 'totp-admin show' and 'totp-admin recovery'"
        ) {
            if json {
                try JSONOutput.write(
                    Enrolled(
                        user: account.name.description,
                        name: name,
                        uri: candidate.sheet.uri,
                        secret: candidate.sheet.secretText,
                        recoveryCodes: codes.map(\.description)
                    )
                )
            } else {
                try dialogue.writeLine("\n" + outcome(account, codes))
            }
        }
    }

    private func outcome(_ account: Account, _ codes: [Text]) -> String {
        if codes.isEmpty {
            return """
                '\(name)' is added to the authenticators of \(account.name). There are no new recovery \
                codes; those from before stay as they are.
                """
        }
        return """
            \(account.name) is enrolled with the authenticator '\(name)'.

            \(RecoverySheet.text(codes))
            """
    }

    /// Asks until a code is right.
    ///
    /// What the right one would have been is never shown.
    private func confirm(
        _ candidate: Candidate,
        _ configuration: Configuration,
        _ dialogue: Console,
        atOnce: Bool
    ) throws {
        let question = "The code that the app shows: "
        var prompt = atOnce ? question : "\n" + question
        while let line = try dialogue.ask(prompt) {
            prompt = "\n" + question
            let now = Clock.now()
            if line.isEmpty { continue }
            if candidate.confirm(line, at: now, under: configuration.policy) { return }
            try dialogue.writeLine(
                candidate.clockOffset(of: line, at: now).map(Self.clockHint)
                    ?? "That code is not right. Wait for the next one; if it is never right, compare clocks."
            )
        }
        throw AdminError(.dataError, "no right code was given; nothing was saved")
    }

    private static func clockHint(_ seconds: Int64) -> String {
        let minutes = (seconds.magnitude + 30) / 60
        let distance = minutes < 100 ? "\(max(1, minutes)) min" : "\((minutes + 30) / 60) h"
        let when = seconds < 0 ? "\(distance) ago" : "in \(distance)"
        return """
            That is the code of \(when): the clock of the app or of this host is wrong, or its time zone. \
            Set it, and give a new code.
            """
    }

    private func parameters() throws -> OTPParameters {
        guard let algorithm = HashAlgorithm(name: algorithm.utf8) else {
            throw AdminError(.usage, OTPError.unsupportedAlgorithm.description.description)
        }
        do throws(OTPError) {
            return try .totp(algorithm: algorithm, digits: digits, period: period)
        } catch {
            throw AdminError(.usage, error.description.description)
        }
    }

    private func enrollBatch(_ path: String, _ configuration: Configuration) throws {
        let parameters = try parameters()
        try Authenticator.checkName(Text(name.utf8))
        let defaults = BatchRequest.Defaults(
            name: Text(name.utf8),
            algorithm: parameters.algorithm,
            digits: digits,
            period: period
        )
        var input = try BatchInput(path: path, defaults: defaults)
        let enrollment = try BatchEnrollment(
            store: common.openStore(configuration),
            folder: BatchFolder(path: batch.output ?? "", ending: json ? ".json" : ".txt"),
            manner: BatchEnrollment.Manner(
                issuer: issuer.text(configuration),
                makesRecoveryCodes: !batch.skipsRecovery,
                writesJSON: json
            ),
            progress: BatchProgress(of: input.lines.size)
        )
        try enrollment.run(&input, at: Clock.now)
        try Console.output.writeLine(enrollment.count.summary)
        if enrollment.count.refused > 0 { throw AdminError.saidAlready(.dataError) }
    }
}
