package import System
internal import Verification

extension Configuration {
    /// Reads `key = value` lines, and sections of them for one service each, `[sshd]`.
    ///
    /// A line that begins with `#`, and an empty one, says nothing. A section's line holds for its
    /// service in the place of one for every service. All of them are checked, whichever hold.
    ///
    /// - Throws: `SettingError`, which names the line and the key.
    package init(parsing bytes: [UInt8], service: Text? = nil) throws(SettingError) {
        var section: Text?
        var sections: [Text] = []
        var seen: [Text] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, rawLine) in lines.enumerated() {
            // An editor elsewhere may have ended the line with CR LF.
            let line = ASCII.trimmed(rawLine.last == 0x0d ? rawLine.dropLast() : rawLine)
            if line.isEmpty || line[0] == UInt8(ascii: "#") { continue }
            if line[0] == UInt8(ascii: "[") {
                let name = try Self.section(line, number: index + 1)
                if sections.contains(name) {
                    throw .repeatedSection(line: index + 1, service: name)
                }
                sections.append(name)
                section = name
                seen = []
                continue
            }
            let setting = try Setting(line, number: index + 1)
            if seen.contains(setting.key) {
                throw .repeatedKey(line: setting.line, key: setting.key)
            }
            seen.append(setting.key)
            var exemptions = exemptions
            if try exemptions.apply(setting) {
                if section == nil || section == service { self.exemptions = exemptions }
            } else {
                try apply(setting)
                if section != nil { throw .notForOneService(line: setting.line, key: setting.key) }
            }
        }
    }

    /// The service that a section is for, in lower case, as libpam has it.
    private static func section(_ line: [UInt8], number: Int) throws(SettingError) -> Text {
        let name = ASCII.trimmed(line.dropFirst().dropLast()).map(ASCII.lowercased)
        guard line.last == UInt8(ascii: "]"), !name.isEmpty,
            !name.contains(where: { ASCII.isControl($0) || ASCII.isBlank($0) })
        else { throw .notASection(line: number) }
        return Text(name)
    }

    /// The keys that hold for every service.
    private mutating func apply(_ setting: Setting) throws(SettingError) {
        switch setting.key {
        case "store": store = try setting.path()
        case "key_file": keyFile = try setting.path()
        case "issuer": issuer = try setting.issuer()
        case "window": policy.window = try setting.number(Policy.windowBounds)
        case "look_ahead": policy.lookAhead = try setting.number(Policy.lookAheadBounds)
        case "max_drift": policy.maxDrift = try setting.number(Policy.maxDriftBounds)
        case "purse": policy.purse = try setting.number(Policy.purseBounds)
        case "refund": policy.refund = try setting.number(Policy.refundBounds)
        case "free_attempts": policy.freeAttempts = try setting.number(Policy.freeAttemptsBounds)
        case "first_wait": policy.firstWait = try setting.number(Policy.firstWaitBounds)
        case "longest_wait": policy.longestWait = try setting.number(Policy.longestWaitBounds)
        default: throw .unknownKey(line: setting.line, key: setting.key)
        }
    }
}

extension Exemptions {
    /// The keys that may also hold for one service; false for another key.
    fileprivate mutating func apply(_ setting: Setting) throws(SettingError) -> Bool {
        switch setting.key {
        case "only_groups": onlyGroups = try setting.names()
        case "except_groups": exceptGroups = try setting.names()
        case "except_users": exceptUsers = try setting.names()
        case "except_networks": exceptNetworks = try setting.ranges()
        default: return false
        }
        return true
    }
}
