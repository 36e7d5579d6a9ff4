/// What the module asks of the kernel between the answer to its prompt and its line in the log.
///
/// DESIGN.md says why each of them is there.
enum SystemCalls {
    static let ofALogin =
        key + storeFolder + usersFolder + marker + lock + enrollment + state + release + stack

    private static let key = ["openat", "newfstatat", "pread64", "close"]
    private static let storeFolder = ["openat", "newfstatat"]
    private static let usersFolder = ["openat", "newfstatat"]
    private static let marker = ["openat", "newfstatat", "pread64", "close"]
    private static let lock = [
        "rt_sigprocmask", "getuid", "geteuid", "openat", "newfstatat", "flock", "newfstatat",
    ]
    private static let enrollment = ["openat", "newfstatat", "pread64", "close"]
    private static let state = [
        "openat", "newfstatat", "pread64", "pwrite64", "fdatasync", "pwrite64", "close",
    ]
    private static let stack = ["madvise"]
    private static let release = [
        "flock", "close", "rt_sigtimedwait", "rt_sigprocmask", "close", "close",
    ]
}
