internal import Glibc

/// The one that this process is run for.
///
/// Set once, before libFuzzer makes the first call, and it makes them one after the other.
nonisolated(unsafe) private var chosen: FuzzTarget?

/// libFuzzer's first call: finds the target in `--target=NAME`, which libFuzzer passes over, or
/// writes the names of all for `--list`.
@c(LLVMFuzzerInitialize)
public func initialize(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
    for index in 0..<Int(count.pointee) {
        guard let argument = arguments.pointee[index] else { continue }
        let text = String(cString: argument)
        if text == "--list" {
            for target in FuzzTarget.all { print(target.name) }
            exit(0)
        }
        if text.hasPrefix("--target=") {
            chosen = FuzzTarget.all.first { $0.name == text.dropFirst(9) }
        }
    }
    guard chosen == nil else { return 0 }
    print("fuzz: give --target=NAME with one of the names that --list writes")
    exit(64)
}

/// Every other call: one input.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen?.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// What LeakSanitizer passes over: libpskc keeps what it has read of a file that it then refuses.
@c(__lsan_default_suppressions)
public func leaksOfOthers() -> UnsafePointer<CChar> {
    let libraries: StaticString = "leak:libpskc.so"
    return UnsafeRawPointer(libraries.utf8Start).assumingMemoryBound(to: CChar.self)
}
