internal import CSystem

/// Random bytes from getrandom(2), and nothing less: a failing source throws.
package enum RandomBytes {
    package static func generate(count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var failure: SystemError?
        unsafe bytes.withUnsafeMutableBytes { buffer in failure = unsafe fill(buffer) }
        if let failure { throw failure }
        return bytes
    }

    package static func secret(count: Int) throws(SystemError) -> SecretBytes {
        try unsafe SecretBytes(count: count) { (buffer) throws(SystemError) in
            if let failure = unsafe fill(buffer) { throw failure }
        }
    }

    private static func fill(_ buffer: UnsafeMutableRawBufferPointer) -> SystemError? {
        var done = 0
        while done < buffer.count {
            // SAFETY: the address and the length stay within `buffer`.
            let count = unsafe getrandom(
                buffer.baseAddress?.advanced(by: done),
                buffer.count - done,
                0
            )
            if count < 0 {
                let failure = SystemError.last("getrandom")
                if failure.code == EINTR { continue }
                return failure
            }
            done += count
        }
        return nil
    }
}
