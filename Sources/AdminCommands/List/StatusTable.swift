/// Users in columns, for people and for spreadsheets.
enum StatusTable {
    /// A line a user, every column as wide as what is in it.
    static func columns(_ statuses: [UserStatus]) -> String {
        let head = ["USER", "UID", "AUTHENTICATORS", "RECOVERY", "LAST LOGIN", "STATE"]
        let rows = [head] + statuses.map(cells)
        let counts = rows.map { $0.map(TerminalColumns.count) }
        let widths = counts.reduce(into: [Int](repeating: 0, count: head.count)) { widths, counts in
            for column in widths.indices { widths[column] = max(widths[column], counts[column]) }
        }
        var text = ""
        for (row, counts) in zip(rows, counts) {
            var line = ""
            var blanks = 0
            for column in row.indices {
                if !row[column].isEmpty {
                    line += String(repeating: " ", count: blanks) + row[column]
                    blanks = 0
                }
                blanks += widths[column] - counts[column] + 2
            }
            text += line + "\n"
        }
        return text
    }

    private static func cells(_ status: UserStatus) -> [String] {
        [
            status.user, "\(status.uid)", names(status, separator: ","),
            status.enrolled ? "\(status.recoveryCodesLeft)" : "",
            status.enrolled ? status.lastLoginAt ?? "never" : "",
            state(status, waiting: status.waitingUntil.map { " until \($0)" } ?? ""),
        ]
    }

    /// Whether a right code is accepted, in one word and what `waiting` adds; nothing for who is not
    /// enrolled.
    private static func state(_ status: UserStatus, waiting: String = "") -> String {
        if !status.enrolled { return "" }
        if status.stopped { return "stopped" }
        if status.waitingUntil != nil { return "waiting\(waiting)" }
        let enabled = status.authenticators.filter { !$0.disabled }
        if enabled.isEmpty { return "disabled" }
        let active = enabled.filter(\.active)
        if active.isEmpty { return "inactive" }
        return active.allSatisfy { $0.refusedUntil != nil } ? "refused" : "ok"
    }

    /// The same as comma-separated values, under the names that JSON has.
    static func csv(_ statuses: [UserStatus]) -> String {
        let head = CSV.line([
            "user", "uid", "enrolled", "authenticators", "recovery_codes_left", "last_login_at",
            "wrong_codes_since_last_login", "state", "waiting_until",
        ])
        return statuses.reduce(into: head) { text, status in
            text += CSV.line([
                status.user, "\(status.uid)", "\(status.enrolled)",
                names(status, separator: "; "), "\(status.recoveryCodesLeft)",
                status.lastLoginAt ?? "", "\(status.wrongCodesSinceLastLogin)",
                state(status), status.waitingUntil ?? "",
            ])
        }
    }

    private static func names(_ status: UserStatus, separator: String) -> String {
        status.authenticators.map(\.name).joined(separator: separator)
    }
}
