import Foundation
import Testing

/// A file that a login depends on.
enum SiteFile: CaseIterable {
    case configuration
    case key
    case marker
    case enrollment
    case state

    func path(at site: Site, of person: Enrollee) -> String {
        switch self {
        case .configuration: "\(site.folder)/totp.conf"
        case .key: "\(site.folder)/totp.key"
        case .marker: "\(site.folder)/store/users/store"
        case .enrollment: "\(site.record(of: person))/enrollment"
        case .state: "\(site.record(of: person))/state"
        }
    }

    /// Whether others log in while one person's file is strange.
    var isPersonal: Bool { self == .enrollment || self == .state }

    /// The file with its version changed; a configuration, which has none, with an unknown key.
    fileprivate func otherVersion(of contents: Data) -> Data {
        var text = String(decoding: contents, as: Unicode.ASCII.self)
        switch self {
        case .configuration: text = "version = 2\n" + text
        case .key, .marker, .enrollment: text.replace(" 1\n", with: " 2\n", maxReplacements: 1)
        case .state:
            var bytes = contents
            for slot in [0, 4096] { bytes[slot + 7] = UInt8(ascii: "2") }
            return bytes
        }
        return Data(text.utf8)
    }
}

/// What may be in the place of a file.
enum Stranger: CaseIterable {
    case missing, empty, truncated, oversized, nulFilled, otherVersion, otherOwner, writable
    case fifo, symbolicLink, hardLink, folder, device, socket

    /// Makes it at `path`; the file itself has been moved to `original`.
    func make(of file: SiteFile, at path: String, original: String) throws {
        let contents = try Data(contentsOf: URL(fileURLWithPath: original))
        func copy(_ contents: Data) throws {
            _ = try Command.output(of: "cp", "--archive", original, path)
            try contents.write(to: URL(fileURLWithPath: path))
        }
        func done(_ status: CInt) throws {
            guard status == 0 else { throw Failure("\(self): \(String(cString: strerror(errno)))") }
        }
        switch self {
        case .missing: break
        case .empty: try copy(Data())
        case .truncated: try copy(contents.prefix(contents.count / 2))
        // Lines that are empty: nothing but the size is wrong.
        case .oversized: try copy(contents + Data(repeating: UInt8(ascii: "\n"), count: 70_000))
        case .nulFilled: try copy(Data(count: contents.count))
        case .otherVersion:
            let other = file.otherVersion(of: contents)
            try #require(other != contents)
            try copy(other)
        case .otherOwner:
            try copy(contents)
            try done(chown(path, 65534, 0))
        case .writable:
            try copy(contents)
            try done(chmod(path, 0o666))
        case .fifo: try done(mkfifo(path, 0o600))
        case .symbolicLink: try done(symlink(original, path))
        case .hardLink: try done(link(original, path))
        case .folder: try done(mkdir(path, 0o700))
        // 1:3, which is /dev/null.
        case .device: try done(mknod(path, S_IFCHR | 0o600, 0x103))
        case .socket: try done(UnixSocket.make(at: path))
        }
    }
}

/// A socket that nobody listens on.
private enum UnixSocket {
    static func make(at path: String) -> CInt {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
