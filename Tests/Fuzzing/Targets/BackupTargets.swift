internal import EnrollmentContents
internal import Store
internal import System
internal import Verification

@testable internal import Backup

extension FuzzTarget {
    /// What is in the records of a backup, each behind its length in two bytes; they are sealed before
    /// it is read, secrets and all.
    static let backup = FuzzTarget(name: "backup") { bytes in
        require(Backups.read(bytes) == nil, "nothing opens that was not sealed")
        guard let head = BackupHead(Backups.head) else { fatalError("no head") }
        let keys = BackupKeys(Backups.secret(), head)
        var reader = InputReader(bytes)
        var records: [[UInt8]] = []
        while !reader.rest.isEmpty, records.count < 8 {
            let record = reader.bytes(Int(reader.length))
            let enrollment = Array(record.dropFirst(4 + SavedState.size))
            let uid = UserID(littleEndianBytes: record.prefix(4)) ?? 0
            let sealed = Sealing.seal(enrollment, uid: uid, under: keys.secrets)
            records.append(record.prefix(4 + SavedState.size) + sealed)
        }
        var file = Backups.head
        for (index, record) in records.enumerated() {
            file += SealedRecord.seal(
                record,
                number: UInt64(index),
                isLast: index > 0 && index == records.count - 1,
                under: keys.records
            )
        }
        guard let people = Backups.read(file) else { return }
        require(people.count == records.count - 2, "everybody is read")
        for person in people {
            require(person.contents.isWithinBounds, "what is read is within its bounds")
            let again = SavedRecord(person.encoded(under: keys.secrets), under: keys.secrets)
            require(again.map { Backups.Person($0) } == person, "what is written reads the same")
        }
    }

    /// Anything altered, moved, repeated, left out or cut off in a backup of three people.
    static let damagedBackup = FuzzTarget(name: "damaged-backup") { bytes in
        let whole = Backups.whole
        let damaged = Damage(marks: whole.starts).applied(to: whole.file, by: bytes)
        let people = Backups.read(damaged)
        if damaged == whole.file {
            require(people == whole.people, "a backup that is whole can be read")
        } else {
            require(people == nil, "damage is noticed")
        }
    }
}

extension InputReader {
    fileprivate var length: UInt16 {
        mutating get { number(UInt16.self) & 0xfff }
    }
}

enum Backups {
    struct Person: Equatable {
        let contents: EnrollmentContents
        let state: LoginState
        private let record: SavedRecord

        init(_ record: SavedRecord) {
            contents = EnrollmentContents(record.enrollment)
            state = record.state
            self.record = record
        }

        static func == (left: Person, right: Person) -> Bool {
            left.contents == right.contents && left.state == right.state
        }

        func encoded(under key: borrowing HostKey) -> [UInt8] {
            do throws(SystemError) {
                return try record.encode(under: key)
            } catch {
                fatalError("there are no random bytes")
            }
        }
    }

    /// Of a backup under a key file.
    static let head = Array("ptotpbk1".utf8) + [UInt8](repeating: 0, count: BackupHead.size - 8)

    static func secret() -> BackupSecret {
        BackupSecret(key: SecretBytes([UInt8](repeating: 9, count: BackupSecret.keyLength)))
    }

    /// Everybody in a backup, read to its end; nil if it is none, or damaged.
    static func read(_ file: [UInt8]) -> [Person]? {
        do throws(BackupError) {
            var reader = try BackupReader(
                BackupFile(Text(ScratchFile.path(file).utf8)),
                under: secret()
            )
            var people: [Person] = []
            while let record = try reader.next() { people.append(Person(record)) }
            return people
        } catch {
            require(!error.description.isEmpty, "an error says what is wrong")
            return nil
        }
    }

    nonisolated(unsafe) static let whole: (file: [UInt8], people: [Person], starts: [Int]) = {
        let record = SavedRecord(enrollment: Fixture.enrollment, state: Fixture.state)
        let path = ScratchFile.freePath("backup")
        do throws(BackupError) {
            try BackupWriter.write(Text(path.utf8), under: secret(), at: Fixture.now) {
                (writer) throws(BackupError) in
                for _ in 0..<3 { try writer.add(record) }
            }
        } catch {
            fatalError("cannot write a backup: \(error.description)")
        }
        let file = ScratchFile.contents(path)
        return (file, [Person](repeating: Person(record), count: 3), starts(in: file))
    }()

    /// Where the records of a backup begin, and where it ends.
    private static func starts(in file: [UInt8]) -> [Int] {
        var starts = [BackupHead.size]
        while let last = starts.last, last < file.count {
            var reader = InputReader(Array(file[last...]))
            starts.append(last + 4 + Int(reader.number(UInt32.self)))
        }
        return starts
    }
}
