package import System

/// Why the store cannot answer.
///
/// None of these ever lets anybody in.
package enum StoreError: Error, Equatable {
    case file(FileError)
    /// A line that is not what the format wants.
    case malformed(path: Text, line: Int, problem: Text)
    /// The marker carries another id than the key file: the wrong store, or none, is mounted.
    case foreignStore(path: Text)
    /// A secret that the key does not open: altered, moved, or sealed under another key.
    case cannotUnseal(path: Text, line: Int)
    case missingState(path: Text)
    case missingEnrollment(path: Text)
    /// Neither slot, or not the newest one, can be believed.
    case damagedState(path: Text)
    /// The name in the record is no name of this uid any more.
    case otherPerson(path: Text, recorded: Text)
    /// Somebody else held the record's lock for as long as one may wait.
    case busy(path: Text, holder: LockHolder?)
    case system(SystemError)

    package var isNotFound: Bool {
        if case .file(let error) = self { error.isNotFound } else { false }
    }

    /// Whether another process, with other rights, might succeed.
    package var isPermission: Bool {
        if case .file(.system(let error, _)) = self { error.isPermission } else { false }
    }

    package var isBusy: Bool {
        if case .busy = self { true } else { false }
    }

    /// For an administrator: the object, the cause, and what to do where there is something.
    package var description: Text {
        switch self {
        case .file(let error):
            error.description
        case .malformed(let path, let line, let problem):
            "cannot read '\(path)': line \(line): \(problem)"
        case .foreignStore(let path):
            "'\(path)' is not the store that the key file names; is the right one mounted?"
        case .cannotUnseal(let path, let line):
            "cannot read '\(path)': line \(line): the key does not open this secret"
        case .missingState(let path):
            "'\(path)' is missing beside an enrollment; see 'totp-admin repair'"
        case .missingEnrollment(let path):
            "'\(path)' is missing beside a state; restore it, or remove and enroll the user again"
        case .damagedState(let path):
            "'\(path)' is damaged; see 'totp-admin repair'"
        case .otherPerson(let path, let recorded):
            "'\(path)' was written for '\(recorded.escaped())', who has not this uid; after 'usermod -l' see 'totp-admin rename-user'"
        case .busy(let path, let holder?):
            "'\(path)' has been locked for too long by process \(holder.process) (\(holder.command.escaped()))"
        case .busy(let path, nil):
            "'\(path)' has been locked for too long by a process that /proc does not show"
        case .system(let error):
            error.description
        }
    }
}

extension StoreError {
    /// The result of `body`, whose failure is that of a file the store needs.
    static func wrapping<Result: ~Copyable>(
        _ body: () throws(FileError) -> Result
    ) throws(StoreError) -> Result {
        do throws(FileError) {
            return try body()
        } catch {
            throw .file(error)
        }
    }

    /// The result of `body`, which makes system calls on the file at `path`.
    static func wrapping<Result: ~Copyable>(
        path: Text,
        _ body: () throws(SystemError) -> Result
    ) throws(StoreError) -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            throw .file(.system(error, path: path))
        }
    }
}
