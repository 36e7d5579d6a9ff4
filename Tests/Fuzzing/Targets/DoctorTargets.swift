internal import Doctor

extension FuzzTarget {
    /// What `sshd -T` prints.
    static let sshSettings = FuzzTarget(name: "ssh-settings") { bytes in
        let settings = SSHSettings(parsing: String(decoding: bytes, as: UTF8.self))
        let ways = settings.waysIn
        require(!ways.contains([]), "a way in asks for something")
        require(settings.waysInForRoot.allSatisfy(ways.contains), "root has no way of its own")
        let found = SSHDiagnosis(settings: settings, stackAsks: true, stackSplits: true).all
        let isPastPAM = ways.contains { way in
            !settings.usesPAM || !(way.contains(.keyboardInteractive) || way.contains(.password))
        }
        require(
            found.contains { $0.level == .problem } == (isPastPAM || ways.isEmpty),
            "a way past PAM, or none at all, is a problem, and nothing else is"
        )
    }

    /// sshd_config, of which only some lines are read here.
    static let sshConfiguration = FuzzTarget(name: "sshd-config") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        let read = SSHMatch.read(text)
        require(
            read.matches.count + read.includes.count <= bytes.count,
            "nothing comes from nothing"
        )
        for match in read.matches {
            require((1...lines).contains(match.line), "a line is one of the file's")
            require(
                !match.examples.values.contains { $0.contains("*") || $0.contains("?") },
                "an example is no pattern"
            )
        }
    }

    /// A unit of systemd with its drop-ins, each behind a NUL.
    static let unit = FuzzTarget(name: "unit") { bytes in
        let store = "/var/lib/pam-totp"
        let files = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let access = UnitSettings(parsing: files).access(to: store)
        // The last drop-in can always take it away, and give it back unless it is not to be seen.
        let hidden = "[Service]\nInaccessiblePaths=\(store)\n"
        let isHidden = UnitSettings(parsing: files + [hidden]).access(to: store)
        require(isHidden == .hidden("InaccessiblePaths=\(store)"), "what is hidden is not seen")
        let open = "[Service]\nReadWritePaths=\(store)\n"
        let hides = ["pam-totp", "Inaccessible", "Temporary", "ProtectHome"]
        if !files.contains(where: { file in hides.contains(where: file.contains) }) {
            let isOpen = UnitSettings(parsing: files + [open]).access(to: store)
            require(isOpen == .writable, "the most precise path counts")
        }
        if !files.contains(where: { $0.contains("[Service") }) {
            require(access == .writable, "only [Service] takes a path away")
        }
    }

    /// Profiles that are loaded, and behind a NUL a file of /etc/apparmor.d.
    static let appArmor = FuzzTarget(name: "apparmor") { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let texts = parts.map { String(decoding: $0, as: UTF8.self) }
        for name in AppArmor.enforced(in: texts[0], for: ["sshd"]) {
            require(name.hasSuffix("sshd"), "a profile is of the program")
        }
        let profile = texts.count > 1 ? texts[1] : ""
        let store = "/var/lib/pam-totp"
        if AppArmor.allows(loginsIn: store, of: "sshd", in: [profile]) {
            let says = profile.contains("**") && Set(profile).isSuperset(of: "rwk")
            require(says, "a rule must say so")
        }
    }
}
