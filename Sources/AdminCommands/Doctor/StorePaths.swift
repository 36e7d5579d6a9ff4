/// What lies in a store, by path; whether any of it is to be believed is another question.
struct StorePaths {
    let store: String

    private var users: String { "\(store)/users" }

    /// What is there for the store itself.
    private var common: [String] { [store, users, "\(users)/store"] }

    /// What `look` finds of everything in the store, by path.
    func find<Found>(_ look: (String) -> Found?) -> [Found] {
        common.compactMap(look)
            + Parallel.map(people) { folder in
                ([folder] + HostFiles.paths(in: folder)).compactMap(look)
            }.joined()
    }

    /// The people's states.
    var states: [String] { people.map { "\($0)/state" } }

    /// The people's folders; none if they cannot be listed.
    var people: [String] {
        HostFiles.paths(in: users).filter { UInt32($0.dropFirst(users.count + 1)) != nil }
    }
}
