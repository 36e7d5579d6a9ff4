internal import System

/// A new file with the picture of a secret, which root alone may read.
struct PictureFile: ~Copyable {
    private let file: NewSecretFile

    /// Puts the file on the disk.
    static func create(_ path: String, contents: [UInt8]) throws(AdminError) -> PictureFile {
        let file = try NewSecretFile(path)
        try file.write(contents)
        return PictureFile(file: file)
    }

    /// Keeps the file if `save` succeeds, and removes it if `save` or what comes before throws.
    ///
    /// No signal ends the process in the middle of `save`, or there would be one without the other.
    consuming func keep<Result>(
        after before: () throws -> Void,
        saving save: () throws -> Result
    ) throws -> Result {
        try before()
        return try CriticalSection.run {
            let result = try save()
            file.keep()
            return result
        }
    }
}
