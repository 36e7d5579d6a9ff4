/// Something that reads bytes from outside, and what must hold whatever they are.
///
/// That nothing traps is found out by running it: an overflow and an index out of bounds end the
/// process, and AddressSanitizer ends it where C does.
struct FuzzTarget: Sendable {
    let name: String
    let run: @Sendable ([UInt8]) -> Void

    static let all: [FuzzTarget] = [
        base32, hexadecimal, decimal, addressRange, otpauthURI,
        reply, combinedAnswer, moduleArguments, logLine,
        configuration, keyFile, enrollment, damagedEnrollment, state, damagedState, verdict,
        helperRequest, helperAnswer,
        googleAuthenticator, oath, uris, pskc, batch,
        backup, damagedBackup,
        pamStack, sshSettings, sshConfiguration, unit, appArmor,
    ]
}

/// Ends the run if a property does not hold; libFuzzer keeps the input, as it does for a trap.
func require(_ holds: Bool, _ property: @autoclosure () -> String) {
    if !holds { fatalError("does not hold: \(property())") }
}
