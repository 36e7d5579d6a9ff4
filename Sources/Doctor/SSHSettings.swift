/// A way to prove to sshd who one is (RFC 4252, RFC 4256, RFC 4462).
package enum SSHMethod: String, CaseIterable, Sendable {
    case publicKey = "publickey"
    case password
    case keyboardInteractive = "keyboard-interactive"
    case hostBased = "hostbased"
    case gssapi = "gssapi-with-mic"
    /// In the OpenSSH of Debian, Fedora and others that have the patch for it.
    case gssapiKeyExchange = "gssapi-keyex"

    /// The setting of sshd_config(5) that allows it, as `sshd -T` spells it.
    var setting: String {
        switch self {
        case .publicKey: "pubkeyauthentication"
        case .password: "passwordauthentication"
        case .keyboardInteractive: "kbdinteractiveauthentication"
        case .hostBased: "hostbasedauthentication"
        case .gssapi: "gssapiauthentication"
        case .gssapiKeyExchange: "gssapikeyexchange"
        }
    }
}

/// The settings that hold for a connection, as `sshd -T` prints them.
package struct SSHSettings: Equatable, Sendable {
    private let values: [String: String]

    /// - Parameter text: a setting a line, its name in lower case before the first blank. Of a name
    ///   that comes twice the first line counts.
    package init(parsing text: String) {
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].lowercased()
            if values[name] == nil { values[name] = parts.count > 1 ? String(parts[1]) : "" }
        }
        self.values = values
    }

    package func value(of name: String) -> String? { values[name] }

    package var usesPAM: Bool { values["usepam"] == "yes" }

    /// The file of /etc/pam.d; OpenSSH before 9.8 knows but one.
    package var service: String { values["pamservicename"] ?? "sshd" }

    package var rootLogin: String { values["permitrootlogin"] ?? "" }

    func allows(_ method: SSHMethod) -> Bool {
        guard values[method.setting] == "yes" else { return false }
        switch method {
        // A question needs somebody who asks it.
        case .keyboardInteractive: return usesPAM
        case .gssapiKeyExchange: return values[SSHMethod.gssapi.setting] == "yes"
        case .publicKey, .password, .hostBased, .gssapi: return true
        }
    }

    /// What `AuthenticationMethods` asks for: one of these lists, every method of it; nil for any one.
    private var methodLists: [[String]]? {
        guard let methods = values["authenticationmethods"], methods != "any" else { return nil }
        return methods.split(separator: " ").map { list in
            // What is behind a colon is the device that asks.
            list.split(separator: ",").map { String($0.prefix { $0 != ":" }) }
        }
    }

    /// Every way in: methods that together are enough.
    package var waysIn: [[SSHMethod]] {
        guard let lists = methodLists else {
            return SSHMethod.allCases.filter(allows).map { [$0] }
        }
        return lists.compactMap { list in
            let methods = list.compactMap(SSHMethod.init)
            // sshd passes over a list with a method that is off, or that it does not know.
            guard !methods.isEmpty, methods.count == list.count, methods.allSatisfy(allows) else {
                return nil
            }
            return methods
        }
    }

    /// Whether every way in takes something that PAM does not ask for, such as a key.
    package var asksForKey: Bool {
        waysIn.allSatisfy { way in way.contains { $0 != .password && $0 != .keyboardInteractive } }
    }

    /// Whether every way in begins with it: PAM is asked only after.
    package var asksForKeyFirst: Bool {
        waysIn.allSatisfy { $0.first != .password && $0.first != .keyboardInteractive }
    }

    /// Those that are open to root.
    package var waysInForRoot: [[SSHMethod]] {
        switch rootLogin {
        case "no": []
        case "yes": waysIn
        default:
            waysIn.filter { !$0.contains(.password) && !$0.contains(.keyboardInteractive) }
        }
    }
}
