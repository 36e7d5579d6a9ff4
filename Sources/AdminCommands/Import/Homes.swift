internal import CSystem
internal import Dispatch
internal import System

/// The home folders of the accounts of this machine, and files in them.
///
/// A home belongs to somebody who may put anything there, and may be on a server that is gone.
enum Homes {
    /// How long one waits for a home, in seconds.
    private static let patience = 5

    /// What a file in somebody's home holds, read with their rights and believed only if it is
    /// theirs, regular and closed to others; nil if there is none.
    ///
    /// With their rights, because nothing that they cannot read can be theirs, and because root may
    /// be nobody on a file server. In a thread of its own, which is left behind if the server does
    /// not answer.
    static func read(
        _ path: Text,
        of account: Account,
        limit: Int
    ) throws(AdminError) -> [UInt8]? {
        let answer = Answer()
        DispatchQueue.global().async {
            // Of this thread alone, by the C library's doing.
            setfsgid(account.group)
            setfsuid(account.uid)
            let contents: Result<[UInt8], FileError> = Result { () throws(FileError) in
                try TrustedFile.read(path, limit: limit, trust: .secret(account.uid))
            }
            setfsuid(0)
            setfsgid(0)
            answer.give(contents)
        }
        guard let contents = answer.wait(seconds: patience) else {
            throw AdminError(.dataError, "'\(path)' does not answer")
        }
        do throws(FileError) {
            return try contents.get()
        } catch {
            if case .system(let failure, _) = error, [ENOENT, ENOTDIR].contains(failure.code) {
                return nil
            }
            throw AdminError(.dataError, error.description.description)
        }
    }

    /// What one thread tells another.
    ///
    /// Written before `isGiven` is signalled, and read after it.
    private final class Answer: @unchecked Sendable {
        private let isGiven = DispatchSemaphore(value: 0)
        private var contents: Result<[UInt8], FileError>?

        func give(_ contents: Result<[UInt8], FileError>) {
            self.contents = contents
            isGiven.signal()
        }

        func wait(seconds: Int) -> Result<[UInt8], FileError>? {
            isGiven.wait(timeout: .now() + .seconds(seconds)) == .success ? contents : nil
        }
    }
}
