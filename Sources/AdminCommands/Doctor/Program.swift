internal import CHost
internal import Glibc

/// A program that is run for what it prints.
enum Program {
    private static let capacity = 1024 * 1024
    /// In milliseconds.
    private static let patience: Int32 = 1_000

    /// `isCut` is whether it printed more than `output` holds.
    static func run(
        _ arguments: [String]
    ) -> (status: Int32, output: String, errors: String, isCut: Bool) {
        var output = [CChar](repeating: 0, count: capacity)
        var errors = [CChar](repeating: 0, count: 4096)
        let texts = unsafe arguments.map { unsafe strdup($0) }
        defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
        let list = unsafe texts.map { unsafe UnsafePointer($0) } + [nil]
        // SAFETY: both buffers are as long as is said and are terminated; so are the arguments.
        let status = unsafe totp_run(list, &output, output.count, &errors, errors.count, patience)
        return (status, CText.string(output), CText.string(errors), output[capacity - 2] != 0)
    }
}
