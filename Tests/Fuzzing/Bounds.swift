internal import EnrollmentContents
internal import OTP
internal import System
internal import Verification

extension EnrollmentContents {
    /// Whether everything is within the bounds that the rest of the program relies on.
    var isWithinBounds: Bool {
        let sets = [recovery, importedRecovery].compactMap { $0 }
        return authenticators.count <= Enrollment.maximumAuthenticators
            && authenticators.allSatisfy { item in
                Authenticator.isValidName(item.name) && !item.secret.isEmpty
                    && OTPParameters.supportedDigits.contains(item.parameters.digits)
            }
            && Enrollment.isValidUserName(name)
            && sets.allSatisfy { set in
                RecoverySet.supportedIterations.contains(set.iterations)
                    && (1...RecoveryCode.count).contains(set.hashes.count)
                    && set.hashes.allSatisfy { $0.count == RecoveryCode.hashLength }
            }
    }
}
