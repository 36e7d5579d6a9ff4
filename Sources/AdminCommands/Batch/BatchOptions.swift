internal import ArgumentParser

/// What `totp-admin enroll` takes for many users at once.
struct BatchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Enroll the users of a CSV file, of JSON lines if it ends in .jsonl, or of standard input (-).",
            discussion: """
                The first line of CSV names its columns: user and, if wanted, name, algorithm, \
                digits, period. What a line leaves out is as the options here say.
                """,
            valueName: "file"
        ),
        completion: .file()
    )
    var batch: String?
    @Option(
        help: ArgumentHelp(
            "Where a batch writes a USER.txt each: the URI, the secret, the recovery codes.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var output: String?
    @Flag(name: .customLong("no-recovery"), help: "Make no recovery codes for a batch.")
    var skipsRecovery = false

    func validate() throws {
        if batch == nil, output != nil || skipsRecovery {
            throw ValidationError("--output and --no-recovery go with --batch")
        }
        if batch != nil, output == nil {
            throw ValidationError("--batch needs --output, a folder for the users' files")
        }
        if output?.isEmpty == true { throw ValidationError("--output is empty") }
    }
}
