package import System

/// Who passes without a code, as an administrator has written it down.
package struct Exemptions: Equatable {
    /// If there are any, only their members need a code.
    package var onlyGroups: [Text] = []
    package var exceptGroups: [Text] = []
    package var exceptUsers: [Text] = []
    package var exceptNetworks: [AddressRange] = []

    package init() {}

    /// Whether a directory may have to be asked about somebody.
    package var namesGroups: Bool { !onlyGroups.isEmpty || !exceptGroups.isEmpty }

    /// Whether a person needs a code.
    ///
    /// - Parameters:
    ///   - account: who is logging in.
    ///   - remoteHost: where from; a host's name exempts nobody.
    ///   - directory: who is in which group.
    /// - Returns: the first reason to let them pass, if there is one.
    /// - Throws: `SystemError` when the directory does not answer, which denies.
    package func scope(
        of account: Account,
        from remoteHost: Text,
        asking directory: some GroupDirectory
    ) throws(SystemError) -> Scope {
        if exceptUsers.contains(account.name) { return .exempt(.user) }
        if exceptNetworks.contains(where: { $0.contains(remoteHost) }) { return .exempt(.network) }
        if !namesGroups { return .needsCode }

        let names = exceptGroups + onlyGroups
        var ids: [GroupID] = []
        for name in names {
            guard let id = try directory.group(named: name) else { return .unknownGroup(name) }
            ids.append(id)
        }
        let groups = try directory.groups(of: account)
        let membership = ids.firstIndex(where: groups.contains)
        if let membership, membership < exceptGroups.count {
            return .exempt(.member(of: names[membership]))
        }
        if membership != nil || onlyGroups.isEmpty { return .needsCode }
        try directory.confirmAnswers()
        if try isListed(account, directory) { return .needsCode }
        // A directory may give a name as it was asked for it, in a spelling that no group has.
        if let owner = try directory.account(of: account.uid), owner.name != account.name {
            if try directory.groups(of: owner).contains(where: ids.contains) { return .needsCode }
            if try isListed(owner, directory) { return .needsCode }
        }
        return .exempt(.inNoGroup)
    }

    /// Whether one of `onlyGroups` lists the account, or has gone.
    ///
    /// A directory may answer for groups and not for somebody's, which `groups` succeeds without.
    private func isListed(
        _ account: Account,
        _ directory: some GroupDirectory
    ) throws(SystemError) -> Bool {
        for name in onlyGroups {
            if try directory.group(named: name, lists: account) ?? true { return true }
        }
        return false
    }
}

/// Whether somebody needs a code.
package enum Scope: Equatable {
    case needsCode
    /// The configuration names a group that is not to be found: everybody needs a code, since nobody
    /// can tell who is in it.
    case unknownGroup(Text)
    case exempt(Exemption)
}

/// Why somebody needs no code.
package enum Exemption: Equatable {
    /// `nullok`, for who is not enrolled.
    case notEnrolled
    /// `except_users`.
    case user
    /// `except_networks`.
    case network
    /// `except_groups`.
    case member(of: Text)
    /// `only_groups`.
    case inNoGroup

    package var description: Text {
        switch self {
        case .notEnrolled: "not enrolled, allowed by nullok"
        case .user: "exempt by except_users"
        case .network: "exempt by except_networks"
        case .member(let group): "exempt by except_groups, as a member of '\(group.escaped())'"
        case .inNoGroup: "exempt by only_groups, as a member of none"
        }
    }
}
