internal import OTP
internal import System
internal import Verification

/// What an enrollment says, secrets included, in a form that can be compared.
struct Contents: Equatable {
    struct Item: Equatable {
        let id: Identifier
        let name: Text
        let parameters: OTPParameters
        let enrolledAt: Int64
        let secret: [UInt8]

        init(_ authenticator: Authenticator) {
            id = authenticator.id
            name = authenticator.name
            parameters = authenticator.parameters
            enrolledAt = authenticator.enrolledAt
            secret = authenticator.secret.withUnsafeBytes { Array($0) }
        }
    }

    let uid: UserID
    let name: Text
    let items: [Item]
    let recovery: RecoverySet?
    let importedRecovery: RecoverySet?

    init(_ enrollment: Enrollment) {
        uid = enrollment.uid
        name = enrollment.name
        items = enrollment.authenticators.map { Item($0) }
        recovery = enrollment.recovery
        importedRecovery = enrollment.importedRecovery
    }

    /// Whether everything is within the bounds that the rest of the program relies on.
    var isWithinBounds: Bool {
        let sets = [recovery, importedRecovery].compactMap { $0 }
        return items.count <= Enrollment.maximumAuthenticators
            && items.allSatisfy { item in
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
