internal import CSystem

/// An open file, closed when its owner is gone.
///
/// Never inherited by a child (O_CLOEXEC).
///
/// Public only because a noncopyable type with a `deinit` cannot be `package`.
public struct FileDescriptor: ~Copyable {
    package let raw: CInt

    /// Takes over `raw`, which nobody else may close.
    package init(owning raw: CInt) { self.raw = raw }

    deinit { _ = close(raw) }

    /// How a file is opened.
    ///
    /// Links are not followed and nothing blocks: what turns out to be a FIFO or a device is
    /// refused by its status, after an open that returned at once.
    package enum Access {
        case read
        case readWrite
        case directory
        /// A new file, which must not exist yet.
        case create(mode: FileMode)

        /// What must turn out to be open.
        var kind: FileStatus.Kind {
            if case .directory = self { .directory } else { .regular }
        }

        fileprivate var flags: CInt {
            let always = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
            switch self {
            case .read: return always | O_RDONLY
            case .readWrite: return always | O_RDWR
            case .directory: return always | O_RDONLY | O_DIRECTORY
            case .create: return always | O_RDWR | O_CREAT | O_EXCL
            }
        }
    }

    /// Opens an absolute path, or one relative to the working directory.
    package static func open(_ path: Text, _ access: Access) throws(SystemError) -> FileDescriptor {
        try open(path, in: AT_FDCWD, access)
    }

    /// Opens `name` inside this folder.
    package func open(_ name: Text, _ access: Access) throws(SystemError) -> FileDescriptor {
        try FileDescriptor.open(name, in: raw, access)
    }

    static func open(
        _ path: Text,
        in folder: CInt,
        _ access: Access
    ) throws(SystemError) -> FileDescriptor {
        var mode: FileMode = 0
        if case .create(let wanted) = access { mode = wanted }
        while true {
            // SAFETY: the path is lent for the call.
            let raw = unsafe totp_openat(folder, path.terminated, access.flags, mode)
            if raw >= 0 { return FileDescriptor(owning: raw) }
            let failure = SystemError.last("open")
            if failure.code != EINTR { throw failure }
        }
    }

    package func status() throws(SystemError) -> FileStatus {
        var status = stat()
        // SAFETY: fstat writes one stat.
        guard unsafe fstat(raw, &status) == 0 else { throw SystemError.last("fstat") }
        return FileStatus(status)
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    package func read(count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var outcome = Result<Int, SystemError>.success(0)
        unsafe bytes.withUnsafeMutableBytes { outcome = unsafe read(into: $0, at: offset) }
        bytes.removeLast(count - (try outcome.get()))
        return bytes
    }

    /// Reads exactly `count` bytes from the start of the file.
    package func readSecret(count: Int) throws(SystemError) -> SecretBytes {
        try unsafe SecretBytes(count: count) { (buffer) throws(SystemError) in
            let got = try unsafe read(into: buffer, at: 0).get()
            guard got == count else { throw SystemError(call: "pread", code: EIO) }
        }
    }

    /// How many bytes were read: less than asked for only at the end of the file.
    private func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int
    ) -> Result<Int, SystemError> {
        var done = 0
        while done < buffer.count {
            // SAFETY: the address and the length stay within `buffer`.
            let got = unsafe pread(
                raw,
                buffer.baseAddress?.advanced(by: done),
                buffer.count - done,
                off_t(offset + done)
            )
            if got < 0 {
                let failure = SystemError.last("pread")
                if failure.code == EINTR { continue }
                return .failure(failure)
            }
            if got == 0 { break }
            done += got
        }
        return .success(done)
    }

    /// Writes all of `bytes` at `offset`, or throws: a short write is a failure.
    package func write(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
        while true {
            // SAFETY: the address and the length are those of `bytes`.
            let put = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(raw, buffer.baseAddress, buffer.count, off_t(offset))
            }
            if put == bytes.count { return }
            if put >= 0 { throw SystemError(call: "pwrite", code: ENOSPC) }
            let failure = SystemError.last("pwrite")
            if failure.code != EINTR { throw failure }
        }
    }

    /// Returns once the file's data is on the disk (fdatasync(2)).
    package func synchronizeData() throws(SystemError) {
        guard fdatasync(raw) == 0 else { throw SystemError.last("fdatasync") }
    }

    /// Returns once the file, or the folder's entries, are on the disk (fsync(2)).
    package func synchronize() throws(SystemError) {
        guard fsync(raw) == 0 else { throw SystemError.last("fsync") }
    }

    /// Takes the file's exclusive lock (flock(2)) if nobody has it.
    package func tryLock() throws(SystemError) -> Bool {
        while true {
            if flock(raw, LOCK_EX | LOCK_NB) == 0 { return true }
            let failure = SystemError.last("flock")
            if failure.code == EWOULDBLOCK { return false }
            if failure.code != EINTR { throw failure }
        }
    }

    /// Gives the lock up, for everybody who has this file by the same open(2) too.
    package func unlock() { _ = flock(raw, LOCK_UN) }
}
