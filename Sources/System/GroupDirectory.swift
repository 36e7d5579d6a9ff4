/// Who is in which group.
package protocol GroupDirectory {
    /// The group of that name; nil if there is none.
    ///
    /// An error means that nobody knows.
    func group(named name: Text) throws(SystemError) -> GroupID?

    /// Whether a group has the account among the members that it lists; nil if there is no such
    /// group.
    ///
    /// No is not to be believed: a primary group lists nobody, nor does every directory.
    func group(named name: Text, lists account: Account) throws(SystemError) -> Bool?

    /// The account that a uid belongs to; nil if there is none.
    func account(of uid: UserID) throws(SystemError) -> Account?

    /// The groups of an account, its primary one among them.
    ///
    /// Not to be believed where it lacks one: getgrouplist(3) succeeds without those that a
    /// directory would have named which does not answer.
    func groups(of account: Account) throws(SystemError) -> [GroupID]

    /// Throws if a directory does not answer.
    func confirmAnswers() throws(SystemError)
}
