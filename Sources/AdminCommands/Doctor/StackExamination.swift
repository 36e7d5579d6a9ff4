internal import Doctor
internal import FoundationEssentials
internal import PAMStack
internal import Verification

/// The stacks of /etc/pam.d.
struct StackExamination {
    private static let folders = ["/etc/pam.d", "/usr/lib/pam.d"]
    static let sshd = "/usr/sbin/sshd"
    /// Nobody has written more than that into a file of a stack.
    private static let mostBytes = 1 << 20

    let services: [Service]
    /// Those that ask for no code, and of which nobody said that they should.
    private let others: [String]
    let configurationPath: String?
    private let files: StackFiles

    /// - Parameters:
    ///   - names: those that are to ask for a code; none for sshd and all that do.
    ///   - configurationPath: the totp.conf of lines without `conf=`; nil for the default one.
    init(_ names: [String], _ configurationPath: String?) {
        let folders = Self.folders.filter(HostFiles.exists)
        let files = StackFiles(folders: folders, isInstalled: ModuleExamination.isInstalled) {
            HostFiles.read($0, atMost: Self.mostBytes)
        }
        self.files = files
        func service(_ name: String) -> Service {
            Service(name: name, stack: files.stack(service: name))
        }
        self.configurationPath = configurationPath
        if !names.isEmpty {
            let twins = names.compactMap { Self.twins[$0] }.filter { !names.contains($0) }
            let named = names + twins.filter(files.hasFile)
            (services, others) = (named.map(service), [])
            return
        }
        let found = folders.flatMap(HostFiles.paths).map {
            String($0.split(separator: "/").last ?? "")
        }
        let hasServer = HostFiles.exists(Self.sshd)
        // A program without a file of its own has that of "other".
        let all = Set(found + (hasServer ? ["sshd"] : [])).filter { !Self.isFragment($0) }.sorted()
            .map(service)
        let asking = Set(all.filter(\.asks).map(\.name))
        let expected = asking.union(asking.compactMap { Self.twins[$0] })
            .union(hasServer ? ["sshd"] : [])
        let isOurs = { (service: Service) in expected.contains(service.name) }
        services = all.filter(isOurs)
        others = all.filter { !isOurs($0) }.map(\.name)
    }

    /// What a program runs in the place of a service where it is told to begin a login: `sudo -i`,
    /// `su -`.
    private static let twins = ["sudo": "sudo-i", "su": "su-l"]

    /// Whether a file is one that others include, by the names that distributions give these.
    private static func isFragment(_ name: String) -> Bool {
        let names = ["other", "system-auth", "password-auth", "fingerprint-auth", "smartcard-auth"]
        return ["common-", "base-", "system-", "postlogin"].contains(where: name.hasPrefix)
            || names.contains(name) || name.contains("~") || name.contains(".")
    }

    func service(named name: String) -> Service {
        services.first { $0.name == name }
            ?? Service(name: name, stack: files.stack(service: name))
    }

    func diagnoses(sshd: SSHExamination) -> [Diagnosis] {
        var found = services.flatMap { service in
            if isUnseen(service) {
                return [Diagnosis(.unseen, service.name, "its stack, which is root's to read")]
            }
            return missingFile(of: service) + problems(of: service)
                + StackDiagnosis(
                    service: service.name,
                    stack: service.stack,
                    analysis: Analysis(of: service.stack),
                    somebodyIsExempt: service.hasNullok
                        || exemptions(at: service).contains { $0 != Exemptions() },
                    standsBesideFirstFactor: service.name == sshd.service && sshd.asksForKey,
                    comesBehindFirstFactor: service.name == sshd.service && sshd.asksForKeyFirst
                ).all
        }
        if services.isEmpty {
            found.append(
                Diagnosis(
                    .problem,
                    "services",
                    "no service asks for a code",
                    remedy: "auth required pam_totp.so, in a file of /etc/pam.d; see pam_totp(8)"
                )
            )
        }
        if !others.isEmpty {
            let names = others.joined(separator: ", ")
            found.append(Diagnosis(.ok, "services", "pam_totp is in none of these: \(names)"))
        }
        return found
    }

    private func missingFile(of service: Service) -> [Diagnosis] {
        if service.stack.isRefused || files.hasFile(of: service.name) { return [] }
        let text = "there is no /etc/pam.d/\(service.name): libpam takes /etc/pam.d/other"
        return [Diagnosis(.warning, service.name, text)]
    }

    /// Whether a file that it takes may not be read.
    private func isUnseen(_ service: Service) -> Bool {
        var names = [service.name]
        for case .cannotRead(let name) in service.stack.problems.map(\.kind) { names.append(name) }
        return names.contains { name in
            Self.folders.contains {
                HostFiles.isDenied(name.hasPrefix("/") ? name : "\($0)/\(name)")
            }
        }
    }
}
