import Foundation
import Testing

/// `DESTDIR=… scripts/install`, with what scripts/build has built.
@Suite struct `installing` {
    @Test func `every file of pam/ has its place, readable by all, and nothing is turned on`()
        throws
    {
        try Sandbox.enter()
        let folder = try TemporaryFolder()
        let script = """
            set -e
            mkdir "$1/scripts"
            cp "$2/scripts/install" "$1/scripts"
            cp -r "$2/pam" "$2/.build-out" "$1"
            ln -s /bin/true "$1/scripts/build"
            DESTDIR=$1/system "$1/scripts/install"
            find "$1/system" -type f ! -perm -a+r
            """
        let output = try Command.output(
            of: "sh",
            "-c",
            script,
            "sh",
            folder.url.path,
            Project.folder
        )
        #expect(output.split(separator: "\n").count == 1, "\(output)")

        let system = folder.file("system").path
        let installed = try Project.files(in: system)
        let documents = "usr/share/doc/pam-totp/examples"
        var places = [
            "totp.conf": "etc/security/totp.conf",
            "man/pam_totp.8": "usr/share/man/man8/pam_totp.8",
            "man/totp-admin.8": "usr/share/man/man8/totp-admin.8",
            "man/totp.conf.5": "usr/share/man/man5/totp.conf.5",
            "pam-configs/totp": "usr/share/pam-configs/totp",
            "pam-configs/totp-ask-pass": "usr/share/pam-configs/totp-ask-pass",
            "pam-configs/totp-keep-pace": "usr/share/pam-configs/totp-keep-pace",
            "fail2ban/filter.d/pam-totp.conf": "\(documents)/fail2ban/filter.d/pam-totp.conf",
            "fail2ban/jail.d/pam-totp.conf": "\(documents)/fail2ban/jail.d/pam-totp.conf",
            "systemd/polkit-agent-helper@.service.d/pam-totp.conf":
                "usr/lib/systemd/system/polkit-agent-helper@.service.d/pam-totp.conf",
        ]
        for stack in ShippedStack.all {
            places["examples/\(stack.name)"] = "\(documents)/\(stack.name)"
        }
        // For the linker, and for scripts/manual.
        let sources = try Project.files(in: "\(Project.folder)/pam")
            .subtracting(["pam_totp.map", "man/totp-admin.more"])
        #expect(sources == Set(places.keys))
        for (source, place) in places {
            #expect(
                FileManager.default.contentsEqual(
                    atPath: "\(Project.folder)/pam/\(source)",
                    andPath: "\(system)/\(place)"
                ),
                "\(place)"
            )
        }
        let programs = installed.subtracting(places.values).filter {
            !$0.hasSuffix("/security/pam_totp.so")
        }
        #expect(
            programs == [
                "usr/sbin/totp-admin", "usr/libexec/pam-totp/totp-helper",
                "usr/share/bash-completion/completions/totp-admin",
                "usr/share/zsh/vendor-completions/_totp-admin",
                "usr/share/fish/vendor_completions.d/totp-admin.fish",
            ]
        )
        #expect(installed.count == places.count + 6)
    }
}
