import Foundation
import PAMStack
import Testing

/// The model against libpam itself.
@Suite struct LibpamTests {
    @Test func `returns what libpam returns for 5,000 random stacks`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }

        let services = (0..<5000).map { "random\($0)" }
        var files = ["other": "auth required pam_debug.so auth=authtok_expired\n"]
        for (seed, service) in services.enumerated() {
            let random = RandomConfiguration(
                seed: UInt64(seed),
                folder: folder.path,
                service: service
            )
            files.merge(random.files) { $1 }
        }
        for (name, text) in files {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        let outcomes = try libpamOutcomes(services, in: folder)
        #expect(outcomes.count == services.count)

        let model = StackFiles(folders: [folder.path]) { path in
            guard path.hasPrefix(folder.path + "/") else { return nil }
            return files[String(path.dropFirst(folder.path.count + 1))].map { Array($0.utf8) }
        }
        for service in services {
            let expected = model.stack(service: service).outcome()
            #expect(
                outcomes[service] == expected.rawValue,
                "\(service): \(expected.name); \(files.filter { $0.key.hasPrefix(service) })"
            )
        }
        // Otherwise the stacks would all be alike.
        #expect(Set(outcomes.values).count > 20)
        #expect(outcomes.values.filter { $0 == 0 }.count > services.count / 10)
    }

    private func libpamOutcomes(_ services: [String], in folder: URL) throws -> [String: Int] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("stack-outcomes")
        process.arguments = [folder.path] + services
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        return Dictionary(
            uniqueKeysWithValues: lines.compactMap { line in
                let fields = line.split(separator: " ")
                return fields.last.flatMap { Int($0) }.map { (String(fields[0]), $0) }
            }
        )
    }
}
