internal import Glibc

/// The environment variables that say what a terminal shows.
enum Environment {
    /// Whether text is UTF-8 here, by the first of the variables that decide it (locale(7)).
    static var isUTF8: Bool {
        let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? ""
        // As in de_DE.UTF-8@euro, or bare, which is what comes from a Mac over ssh.
        let codeset = locale.prefix { $0 != "@" }.split(separator: ".").last ?? ""
        return ["utf-8", "utf8"].contains(codeset.lowercased())
    }

    /// What a variable is set to; nil for nothing, as most of them mean it.
    static func value(_ name: String) -> String? {
        // SAFETY: the text is copied at once, in a program with one thread that sets nothing.
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}
