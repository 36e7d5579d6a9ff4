package import System

extension Store {
    /// Removes a person's record, damaged or not; false if there is none.
    package func remove(recordOf uid: UserID) throws(StoreError) -> Bool {
        try withRecord(of: uid) { (record) throws(StoreError) in
            try removeFiles(of: uid, in: record)
        } ?? false
    }

    /// Removes what is in a person's locked folder, and the folder; false if it was empty.
    ///
    /// The state goes last: until it is gone the person cannot pass for never enrolled.
    func removeFiles(
        of uid: UserID,
        in record: borrowing FileDescriptor
    ) throws(StoreError) -> Bool {
        try StoreError.wrapping(path: recordPath(of: uid)) { () throws(SystemError) in
            let names = try record.names()
            for name in names where name != StateFile.name { try record.remove(name) }
            try record.synchronize()
            try record.remove(StateFile.name)
            try users.removeFolder("\(uid)")
            try users.synchronize()
            return !names.isEmpty
        }
    }
}
