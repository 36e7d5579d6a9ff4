/// What a full disk does to logins.
package enum FullDisk: Equatable, Sendable {
    case loginsGoOn
    /// A copy shares the blocks of so many people's states, which have to be written elsewhere.
    case somebodyIsDenied(Int)
    /// The file system puts elsewhere what is written over a file, or nobody knows.
    case anybodyMayBeDenied

    /// - Parameters:
    ///   - writesInPlace: whether what is written over blocks of one file alone goes there.
    ///   - count: how many states share blocks with a copy; nil where that cannot be seen.
    package init(writesInPlace: Bool, sharing count: Int?) {
        switch (writesInPlace, count) {
        case (false, _), (true, nil): self = .anybodyMayBeDenied
        case (true, 0): self = .loginsGoOn
        case (true, let count?): self = .somebodyIsDenied(count)
        }
    }

    package var text: String {
        switch self {
        case .loginsGoOn: "logins go on"
        case .somebodyIsDenied(let count):
            "logins go on but for those whose blocks are shared, who will be denied: \(count)"
        case .anybodyMayBeDenied: "logins may be denied"
        }
    }
}
