internal import Store
internal import System
internal import Verification

extension FuzzTarget {
    static let configuration = FuzzTarget(name: "configuration") { bytes in
        let (all, problem) = configuration(bytes)
        let (one, same) = configuration(bytes, service: "sshd")
        require(problem == same, "every line is checked, whichever hold")
        if !bytes.contains(0x0d) {
            let crossed = bytes.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }
            require(configuration(crossed).0 == all, "lines may end with CR LF")
        }
        guard let all, var one else {
            require(
                problem?.description.utf8.isPrintable ?? false,
                "the log can hold what is wrong"
            )
            return
        }
        one.exemptions = all.exemptions
        require(one == all, "a section changes who passes and nothing else")
        require(isWithinBounds(all.policy), "what is set is within its bounds")
        var known = all
        // A range cannot be written again.
        known.exemptions.exceptNetworks = []
        require(configuration(written(known)).0 == known, "what is written reads the same")
    }

    private static func configuration(
        _ bytes: [UInt8],
        service: Text? = nil
    ) -> (Configuration?, SettingError?) {
        do throws(SettingError) {
            return (try Configuration(parsing: bytes, service: service), nil)
        } catch {
            return (nil, error)
        }
    }

    private static func isWithinBounds(_ policy: Policy) -> Bool {
        Policy.windowBounds.contains(policy.window)
            && Policy.lookAheadBounds.contains(policy.lookAhead)
            && Policy.maxDriftBounds.contains(policy.maxDrift)
            && Policy.purseBounds.contains(policy.purse)
            && Policy.refundBounds.contains(policy.refund)
            && Policy.freeAttemptsBounds.contains(policy.freeAttempts)
            && Policy.firstWaitBounds.contains(policy.firstWait)
            && Policy.longestWaitBounds.contains(policy.longestWait)
    }

    private static func written(_ configuration: Configuration) -> [UInt8] {
        let policy = configuration.policy
        let exemptions = configuration.exemptions
        var text: Text = """
            store = \(path(configuration.store))
            key_file = \(path(configuration.keyFile))
            window = \(policy.window)
            look_ahead = \(policy.lookAhead)
            max_drift = \(policy.maxDrift)
            purse = \(policy.purse)
            refund = \(policy.refund)
            free_attempts = \(policy.freeAttempts)
            first_wait = \(policy.firstWait)
            longest_wait = \(policy.longestWait)
            only_groups = \(list(exemptions.onlyGroups))
            except_groups = \(list(exemptions.exceptGroups))
            except_users = \(list(exemptions.exceptUsers))
            """
        if let issuer = configuration.issuer { text = "\(text)\nissuer = \(issuer)" }
        return text.utf8
    }

    /// Blanks at the end of a line do not count, and a slash there changes no path.
    private static func path(_ path: Text) -> Text {
        path.utf8.last.map(ASCII.isBlank) ?? false ? "\(path)/" : path
    }

    private static func list(_ names: [Text]) -> Text {
        Text(names.map(\.utf8).joined(separator: [UInt8(ascii: ",")]))
    }
}
