import Foundation
import System
import Testing

@Suite struct CriticalSectionTests {
    private struct Failure: Error, Equatable {}

    /// What POSIX does not let anybody block, and the two that glibc keeps for its threads.
    private static let neverBlocked: Set<CInt> = [SIGKILL, SIGSTOP, 32, 33]

    @Test func `inside, every signal that can be blocked is`() {
        let inside = CriticalSection.run { blockedSignals() }
        #expect(inside == Set(1...64).subtracting(Self.neverBlocked))
    }

    @Test(arguments: [[], [SIGUSR1], [SIGXFSZ, SIGTERM, SIGTSTP]] as [Set<CInt>])
    func `afterwards the same signals are blocked as before`(signals: Set<CInt>) {
        let original = blockedSignals()
        defer { setBlockedSignals(original) }
        setBlockedSignals(signals)
        CriticalSection.run { CriticalSection.run {} }
        #expect(blockedSignals() == signals)
    }

    @Test func `afterwards too when it ends with an error`() {
        let original = blockedSignals()
        #expect(throws: Failure()) {
            try CriticalSection.run { () throws(Failure) in throw Failure() }
        }
        #expect(blockedSignals() == original)
    }

    @Test func `its result comes through`() {
        #expect(CriticalSection.run { 42 } == 42)
    }

    @Test func `the real user is the same afterwards`() {
        let before = getuid()
        CriticalSection.run { #expect(geteuid() != 0 || getuid() == 0) }
        #expect(getuid() == before)
    }
}
