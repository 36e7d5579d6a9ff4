/// What logins have used up and counted for one person: the record that makes a code good once.
package struct LoginState: Equatable {
    /// How far one authenticator has got.
    package struct Progress: Equatable {
        package let id: Identifier
        /// The lowest time step, or HOTP counter, that may still be accepted.
        ///
        /// It never goes down.
        package var next: Int64
        /// How many steps the authenticator's clock is ahead of ours (RFC 6238 §6).
        package var drift: Int32
        /// Seconds since 1970; 0 when it has not been used.
        package var lastUsedAt: Int64
        /// Whether an administrator has put it out of use; its codes are wrong until it is enabled.
        package var isDisabled: Bool

        package init(
            id: Identifier,
            next: Int64 = 0,
            drift: Int32 = 0,
            lastUsedAt: Int64 = 0,
            isDisabled: Bool = false
        ) {
            self.id = id
            self.next = next
            self.drift = drift
            self.lastUsedAt = lastUsedAt
            self.isDisabled = isDisabled
        }
    }

    /// Which codes of a recovery set are used.
    package struct RecoveryUse: Equatable {
        package let id: Identifier
        /// Bit n for slot n.
        package var used: UInt32

        package init(id: Identifier, used: UInt32 = 0) {
            self.id = id
            self.used = used
        }

        package func isUsed(slot: Int) -> Bool { used >> UInt32(slot) & 1 == 1 }
        package mutating func use(slot: Int) { used |= 1 << UInt32(slot) }
    }

    /// The purse (what wrong codes have cost) and the wait.
    package struct Throttle: Equatable {
        /// What the purse has been charged.
        package var charged: UInt32 = 0
        /// Wrong codes in a row.
        package var consecutiveWrong: UInt32 = 0
        /// When the last of them was, in seconds since 1970.
        package var lastWrongAt: Int64 = 0

        package init() {}
    }

    package var authenticators: [Progress]
    package var recovery: RecoveryUse?
    package var importedRecovery: RecoveryUse?
    package var throttle = Throttle()
    /// Wrong codes since the last success that told the owner of them.
    package var wrongSinceSuccess: UInt32 = 0
    /// Seconds since 1970; 0 for never.
    package var lastSuccessAt: Int64 = 0

    package init(
        authenticators: [Progress] = [],
        recovery: RecoveryUse? = nil,
        importedRecovery: RecoveryUse? = nil
    ) {
        self.authenticators = authenticators
        self.recovery = recovery
        self.importedRecovery = importedRecovery
    }

    /// How many of a person's recovery codes, ours and imported ones, can still be used.
    package func recoveryCodesLeft(of enrollment: Enrollment) -> Int {
        Self.left(of: enrollment.recovery, recovery)
            + Self.left(of: enrollment.importedRecovery, importedRecovery)
    }

    private static func left(of set: RecoverySet?, _ use: RecoveryUse?) -> Int {
        guard let set, let use, use.id == set.id else { return 0 }
        return max(0, set.hashes.count - use.used.nonzeroBitCount)
    }

    package func progress(of id: Identifier) -> Progress? {
        authenticators.first { $0.id == id }
    }

    package mutating func update(_ progress: Progress) {
        guard let index = authenticators.firstIndex(where: { $0.id == progress.id }) else { return }
        authenticators[index] = progress
    }
}
