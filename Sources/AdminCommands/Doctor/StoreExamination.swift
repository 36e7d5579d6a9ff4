internal import Doctor
internal import Glibc
internal import Store
internal import System
internal import Verification

/// The configuration, the key and the store.
struct StoreExamination {
    let configuration: Configuration?
    /// Where the store is.
    var path: String { "\((configuration ?? Configuration()).store)" }
    private(set) var diagnoses: [Diagnosis] = []

    /// - Parameters:
    ///   - configurationPath: the totp.conf; nil for the default one.
    ///   - stacks: the services whose own groups are looked for, too.
    init(_ configurationPath: String?, _ stacks: StackExamination) {
        do throws(ConfigurationError) {
            configuration = try Configuration.read(path: configurationPath.map { Text($0.utf8) })
        } catch {
            configuration = nil
            diagnoses = [
                Diagnosis(
                    .problem,
                    "configuration",
                    "nobody gets in: \(error.description)",
                    remedy: "see totp.conf(5)"
                )
            ]
            return
        }
        guard let configuration else { return }
        let exemptions = [configuration.exemptions] + stacks.services.flatMap(stacks.exemptions)
        diagnoses += Self.groups(of: exemptions).compactMap(Self.diagnosis)
        diagnoses += opening(configuration)
        let key = "\(configuration.keyFile)"
        let paths = StorePaths(store: path)
        diagnoses += GroupExamination(key: key, store: paths).diagnoses
        diagnoses += AccessListExamination(key: key, store: paths).diagnoses
        diagnoses += FileSystemExamination.diagnoses(of: paths)
        diagnoses += VersionControl.diagnoses(of: key)
    }

    /// Those that are named, each once.
    private static func groups(of all: [Exemptions]) -> [Text] {
        var groups: [Text] = []
        for group in all.flatMap({ $0.onlyGroups + $0.exceptGroups }) where !groups.contains(group)
        {
            groups.append(group)
        }
        return groups
    }

    /// What is wrong with a group that is named; nil if there is one.
    private static func diagnosis(ofGroup name: Text) -> Diagnosis? {
        do throws(SystemError) {
            if try SystemGroups().group(named: name) != nil { return nil }
        } catch {
            let text = "whether there is a group '\(name.escaped())': \(error.description)"
            return Diagnosis(.unseen, "configuration", text)
        }
        return Diagnosis(
            .warning,
            "configuration",
            "there is no group '\(name.escaped())': where it counts, nobody is exempt by a group",
            remedy: "groupadd \(name.escaped()), or take it out of totp.conf"
        )
    }

    private func opening(_ configuration: Configuration) -> [Diagnosis] {
        guard let error = Self.failure(opening: configuration) else {
            return [Diagnosis(.ok, "store", "'\(path)' opens with '\(configuration.keyFile)'")]
        }
        if error.isPermission, geteuid() != 0 {
            return [Diagnosis(.unseen, "store", "the key and the store, which are root's")]
        }
        return [
            Diagnosis(
                .problem,
                "store",
                "nobody gets in: \(error.description)",
                remedy: error.isNotFound ? Self.remedy(configuration) : nil
            )
        ]
    }

    /// What to do when the key or the store is not there.
    private static func remedy(_ configuration: Configuration) -> String {
        (try? StoreLoss(in: configuration))?.remedy.description ?? "totp-admin init"
    }

    /// Why the store does not open, or takes no state; nil if it does.
    static func failure(opening configuration: Configuration) -> StoreError? {
        do throws(StoreError) {
            try Store(configuration).checkWritable()
            return nil
        } catch {
            return error
        }
    }
}
