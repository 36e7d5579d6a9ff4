import Foundation

/// Everything that was sent to syslog(3) in this sandbox.
final class SystemLog: @unchecked Sendable {
    static let shared = Result { try SystemLog() }

    private let lock = NSLock()
    private var received: [String] = []

    private init() throws {
        let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "/dev/log".utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, chmod("/dev/log", 0o666) == 0 else {
            throw Failure("cannot listen on /dev/log: \(String(cString: strerror(errno)))")
        }
        Thread.detachNewThread { [self] in receive(from: listener) }
    }

    private func receive(from listener: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = recv(listener, &buffer, buffer.count, 0), count >= 0 {
            let line = String(decoding: buffer[..<count], as: UTF8.self)
            lock.withLock { received.append(line) }
        }
    }

    var lines: [String] { lock.withLock { received } }

    /// The lines of pam_totp that hold `text`, once there are as many as expected.
    static func lines(about text: String, count: Int = 1) throws -> [String] {
        let log = try shared.get()
        let deadline = Date(timeIntervalSinceNow: 10)
        while true {
            let found = log.lines.filter { $0.contains("pam_totp(") && $0.contains(text) }
            if found.count >= count { return found }
            guard Date() < deadline else {
                throw Failure("\(count) lines about '\(text)' expected in the log, not \(found)")
            }
            usleep(20000)
        }
    }
}
