internal import CSystem

/// A program that is asked one question over a socket and answers it.
package enum ChildProcess {
    /// Runs the program at `path` with an empty environment, gives it `request` on its standard
    /// input, and returns what it writes to its standard output.
    ///
    /// The host's handling of SIGCHLD does not matter: what counts is the answer, not the exit
    /// status, which somebody else may have collected. Whatever happens, the child is gone after.
    ///
    /// - Parameters:
    ///   - path: the program.
    ///   - request: its standard input.
    ///   - limit: the most bytes of an answer.
    ///   - patience: how long to wait for it, in milliseconds.
    /// - Returns: the answer; empty if the program ended without one.
    /// - Throws: `SystemError`, ETIMEDOUT among them.
    package static func ask(
        _ path: Text,
        _ request: borrowing SecretBytes,
        limit: Int,
        patience: Int64
    ) throws(SystemError) -> [UInt8] {
        var process: pid_t = 0
        // SAFETY: `process` is written once; the path is lent for the call.
        let socket = unsafe totp_spawn(path.terminated, &process)
        guard socket >= 0 else { throw SystemError(call: "posix_spawn", code: -socket) }
        let connection = FileDescriptor(owning: socket)
        defer { totp_reap(process) }
        try send(request, over: connection)
        return try receive(
            from: connection,
            limit: limit,
            deadline: Clock.monotonicMilliseconds() &+ patience
        )
    }

    private static func send(
        _ request: borrowing SecretBytes,
        over connection: borrowing FileDescriptor
    ) throws(SystemError) {
        let socket = connection.raw
        // SAFETY: the address and the count are those of the request. It fits a socket's buffer.
        let isSent = unsafe request.withUnsafeBytes { bytes in
            unsafe CSystem.send(
                socket,
                bytes.baseAddress,
                bytes.count,
                CInt(MSG_NOSIGNAL)
            ) == bytes.count
        }
        guard isSent, shutdown(socket, CInt(SHUT_WR)) == 0 else { throw .last("send") }
    }

    private static func receive(
        from connection: borrowing FileDescriptor,
        limit: Int,
        deadline: Int64
    ) throws(SystemError) -> [UInt8] {
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 512)
        while answer.count <= limit {
            let left = deadline &- Clock.monotonicMilliseconds()
            guard left > 0 else { throw SystemError(call: "poll", code: ETIMEDOUT) }
            var wanted = pollfd(fd: connection.raw, events: Int16(POLLIN), revents: 0)
            // SAFETY: poll is given one pollfd; recv no more than `chunk` holds.
            let ready = unsafe poll(&wanted, 1, CInt(clamping: left))
            if ready < 0, totp_errno() != EINTR { throw .last("poll") }
            if ready <= 0 { continue }
            let got = unsafe recv(connection.raw, &chunk, chunk.count, 0)
            if got < 0, totp_errno() != EINTR { throw .last("recv") }
            if got == 0 { break }
            answer += chunk.prefix(max(0, got))
        }
        return answer
    }
}
