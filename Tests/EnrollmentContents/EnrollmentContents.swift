package import OTP
package import System
package import Verification

/// Everything an enrollment says, secrets included, in a form that can be compared.
package struct EnrollmentContents: Equatable {
    package struct Item: Equatable {
        package let id: Identifier
        package let name: Text
        package let parameters: OTPParameters
        package let enrolledAt: Int64
        package let secret: [UInt8]
    }

    package let uid: UserID
    package let name: Text
    package let authenticators: [Item]
    package let recovery: RecoverySet?
    package let importedRecovery: RecoverySet?

    package init(_ enrollment: Enrollment) {
        uid = enrollment.uid
        name = enrollment.name
        authenticators = enrollment.authenticators.map {
            Item(
                id: $0.id,
                name: $0.name,
                parameters: $0.parameters,
                enrolledAt: $0.enrolledAt,
                secret: $0.secret.withUnsafeBytes { Array($0) }
            )
        }
        recovery = enrollment.recovery
        importedRecovery = enrollment.importedRecovery
    }
}
