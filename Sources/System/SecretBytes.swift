internal import CNettle
internal import CSystem

/// Bytes that must not outlive their use: one owner, lent to a closure, wiped when it is gone.
///
/// There is no `description`, no `==` and no copy. The type is public only because a noncopyable
/// type with a `deinit` cannot be `package`.
@safe public struct SecretBytes: ~Copyable {
    private let storage: UnsafeMutableRawBufferPointer

    /// Room for `count` bytes, which `fill` writes.
    ///
    /// If it throws, what it wrote is wiped.
    package init<Failure: Error>(
        count: Int,
        filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        unsafe storage = .allocate(byteCount: count, alignment: 16)
        unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
        try unsafe fill(storage)
    }

    /// A copy of `bytes`; the original is the caller's to wipe.
    package init(copying bytes: UnsafeRawBufferPointer) {
        unsafe self.init(count: bytes.count) { unsafe $0.copyMemory(from: bytes) }
    }

    package init(_ bytes: [UInt8]) {
        unsafe self.init(count: bytes.count) { unsafe $0.copyBytes(from: bytes) }
    }

    package var count: Int { unsafe storage.count }

    /// Lends the bytes; the pointer must not leave `body`.
    package func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeRawBufferPointer(storage))
    }

    /// Whether both hold the same bytes, in a time that depends on their lengths alone.
    package func isEqual(to other: borrowing SecretBytes) -> Bool {
        guard count == other.count else { return false }
        // SAFETY: both pointers are good for `count` bytes while their owners are borrowed.
        return unsafe nettle_memeql_sec(
            storage.baseAddress,
            other.storage.baseAddress,
            count
        ) == 1
    }

    deinit {
        // SAFETY: the storage is ours alone; explicit_bzero is not optimised away.
        if let start = unsafe storage.baseAddress { unsafe explicit_bzero(start, storage.count) }
        unsafe storage.deallocate()
    }
}
