import Glibc
import System

/// Whose files tests believe: whoever runs them.
enum Owner {
    static let ofTests: UserID = getuid()
}
