/// A user's number, as uid_t.
package typealias UserID = UInt32

/// A group's number, as gid_t.
package typealias GroupID = UInt32

/// Permission bits, as mode_t.
package typealias FileMode = UInt32
