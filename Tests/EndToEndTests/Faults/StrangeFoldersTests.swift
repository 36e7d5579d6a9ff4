import Foundation
import System
import Testing

/// The folders of the store in shapes that they should not have, and stores that are others.
@Suite struct StrangeFoldersTests {
    enum Folder: CaseIterable {
        case store, users, record

        func path(at site: Site, of person: Enrollee) -> String {
            switch self {
            case .store: "\(site.folder)/store"
            case .users: "\(site.folder)/store/users"
            case .record: site.record(of: person)
            }
        }
    }

    enum Shape: CaseIterable {
        case writable, otherOwner, symbolicLink, file

        func make(at path: String, original: String) throws {
            switch self {
            case .writable:
                _ = try Command.output(of: "cp", "--archive", original, path)
                #expect(chmod(path, 0o777) == 0)
            case .otherOwner:
                _ = try Command.output(of: "cp", "--archive", original, path)
                #expect(chown(path, 65534, 0) == 0)
            case .symbolicLink: #expect(symlink(original, path) == 0)
            case .file: try Data().write(to: URL(fileURLWithPath: path))
            }
        }
    }

    /// Moves something aside, puts something else in its place, and expects nobody to get in.
    private func expectDenial(
        of person: Enrollee,
        at site: Site,
        without path: String,
        naming named: String? = nil,
        _ replacement: (_ original: String) throws -> Void
    ) throws {
        let code = person.code()
        let original = "\(site.folder)/original"
        #expect(rename(path, original) == 0)
        try replacement(original)
        let right = try site.promptly(person, code)
        #expect(right.code == Answer.unavailable)
        #expect(try site.promptly(person, person.wrongCode) == right)
        let exempt = try site.promptly(person, code, service: "nullok")
        #expect(exempt.code == Answer.unavailable)
        let lines = try SystemLog.lines(about: "'\(named ?? path)'", count: 3)
        #expect(lines.allSatisfy { $0.contains("): failed user=\(person.account.name) ") })

        try? FileManager.default.removeItem(atPath: path)
        #expect(rename(original, path) == 0)
        #expect(try site.login(person, code).code == Answer.success)
    }

    @Test(arguments: Folder.allCases, Shape.allCases)
    func `a folder that is not what it should be denies, with nullok too`(
        folder: Folder,
        shape: Shape
    ) throws {
        let site = try Site()
        let (person, other) = (try site.enroll(), try site.enroll())
        let path = folder.path(at: site, of: person)
        try expectDenial(of: person, at: site, without: path) { original in
            try shape.make(at: path, original: original)
            guard folder == .record else { return }
            #expect(try site.login(other, other.code()).code == Answer.success)
        }
    }

    @Test(arguments: [Folder.store, .users])
    func `a folder that is missing denies, with nullok too`(folder: Folder) throws {
        let site = try Site()
        let person = try site.enroll()
        let path = folder.path(at: site, of: person)
        try expectDenial(of: person, at: site, without: path) { _ in }
    }

    /// Each as if it were a mount that is not there.
    @Test(arguments: [("store", "store/users"), ("store/users", "store/users/store")])
    func `an empty folder in place of the store denies, with nullok too`(
        emptied: String,
        missing: String
    ) throws {
        let site = try Site()
        let path = "\(site.folder)/\(emptied)"
        let person = try site.enroll()
        try expectDenial(
            of: person,
            at: site,
            without: path,
            naming: "\(site.folder)/\(missing)"
        ) { _ in
            #expect(mkdir(path, 0o750) == 0)
        }
    }

    /// The marker alone, the whole store, and the key, which names its store.
    @Test(arguments: ["store/users/store", "store", "totp.key"])
    func `what belongs to another store denies, with nullok too`(name: String) throws {
        let (site, foreign) = (try Site(), try Site())
        let person = try site.enroll()
        let path = "\(site.folder)/\(name)"
        try expectDenial(
            of: person,
            at: site,
            without: path,
            naming: "\(site.folder)/store"
        ) { _ in
            _ = try Command.output(of: "cp", "--archive", "\(foreign.folder)/\(name)", path)
        }
    }
}
