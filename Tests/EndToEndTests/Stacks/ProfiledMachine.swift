import Foundation

/// A copy of this machine's PAM configuration with the profiles installed.
struct ProfiledMachine {
    private let folder: TemporaryFolder

    init() throws {
        try Sandbox.enter()
        folder = try TemporaryFolder()
        let root = folder.url.path
        let script = """
            set -e
            cd "$1"
            mkdir -p etc var/lib/pam usr/share
            cp -r /etc/pam.d etc/
            cp -r /usr/share/pam-configs usr/share/
            cp "$2"/pam/pam-configs/* usr/share/pam-configs/
            cp /var/cache/debconf/config.dat /var/cache/debconf/templates.dat .
            """
        _ = try Command.output(of: "sh", "-c", script, "sh", root, Project.folder)
        let databases = ["config", "templates"].map { name in
            "Name: \(name)\nDriver: File\nFilename: \(root)/\(name).dat\n"
        }
        let debconf = ["Config: config\nTemplates: templates\n"] + databases
        try folder.write(debconf.joined(separator: "\n"), to: "debconf.conf")
        // The sandbox has no /var/lib/pam: common-auth is made anew, as on a new system.
        try update("--force")
    }

    var commonAuth: String { folder.text(of: "etc/pam.d/common-auth") }

    func update(_ options: String...) throws {
        let command = try Command.run(
            ["pam-auth-update", "--root", folder.url.path, "--package"] + options,
            environment: [
                "DEBIAN_FRONTEND": "noninteractive",
                "DEBCONF_SYSTEMRC": folder.file("debconf.conf").path,
            ]
        )
        guard command.status == 0 else { throw Failure("pam-auth-update: \(command.error)") }
    }

    /// Adds a profile of another module: a primary before pam_unix, an additional one after ours.
    func add(_ name: String, _ type: String, _ lines: String) throws {
        let priority = type == "Primary" ? 512 : 0
        let profile = """
            Name: \(name)
            Default: no
            Priority: \(priority)
            Auth-Type: \(type)
            Auth:
            \t\(lines)

            """
        try folder.write(profile, to: "usr/share/pam-configs/\(name)")
    }

    func edit(_ change: (String) -> String) throws {
        try folder.write(change(commonAuth), to: "etc/pam.d/common-auth")
    }

    func login(as person: Person, password: String? = nil, code: String) throws -> Answer {
        let command = try Command.run(
            [PAMLogin.path, "-p", password ?? person.password, "\(folder.url.path)/etc/pam.d"]
                + ["common-auth", person.name, code]
        )
        guard let answer = Answer(Substring(command.text.trimmed)) else {
            throw Failure("no answer (\(command.status)): \(command.error)")
        }
        return answer
    }
}
