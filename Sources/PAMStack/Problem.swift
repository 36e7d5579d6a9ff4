/// A place in a configuration.
package struct Place: Hashable, Sendable {
    package let file: String
    /// From 1.
    package let line: Int
}

/// What libpam would log of a configuration, or trip over.
package struct Problem: Error, Equatable {
    package enum Kind: Equatable, Sendable {
        case unknownFacility(String)
        case noControl
        /// Every result of the line is bad.
        case unknownControl(String)
        case noModule
        /// Neither the folders nor pam.conf have it.
        case noService(String)
        case cannotRead(String)
        case noFileNamed
        /// libpam allows 16 levels.
        case includedTooDeep(String)
        /// libpam refuses a file that ends in a continued line.
        case endsUnfinished
        /// A module's path without a name in it.
        case namelessModule(String)
        /// Releases of libpam before 1.6 read it differently.
        case dependsOnRelease
    }

    package let kind: Kind
    /// nil where it is of no line.
    package let place: Place?
}

/// A problem that makes libpam refuse a whole file.
typealias Refusal = Problem
