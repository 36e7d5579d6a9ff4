import Testing

/// Something that totp-admin cannot do, and what it says.
struct Mistake: CustomTestStringConvertible {
    let testDescription: String
    /// Run in the site's folder beforehand.
    var spoil = "true"
    var arguments: [String]
    let status: Int32
    let says: String

    static let all = [
        Mistake(
            testDescription: "no such user",
            arguments: ["enroll", "nobody-at-all", "--no-confirm"],
            status: 67,
            says: "there is no user 'nobody-at-all'"
        ),
        Mistake(
            testDescription: "an authenticator of that name",
            arguments: ["enroll", "USER", "--no-confirm"],
            status: 65,
            says: "'USER' already has an authenticator 'app'; choose another name"
        ),
        Mistake(
            testDescription: "not enrolled",
            arguments: ["recovery", "root"],
            status: 67,
            says: "'root' is not enrolled; see 'totp-admin enroll'"
        ),
        Mistake(
            testDescription: "no authenticator of that name",
            arguments: ["remove", "USER", "--name", "tablet"],
            status: 65,
            says: "'USER' has no authenticator 'tablet'"
        ),
        Mistake(
            testDescription: "several authenticators to remove one of",
            spoil: "totp-admin enroll USER --name new --no-confirm --conf totp.conf >/dev/null",
            arguments: ["remove", "USER"],
            status: 64,
            says: "'USER' has several authenticators; say which with --name, or --all"
        ),
        Mistake(
            testDescription: "another authenticator has the new name",
            arguments: ["rename", "USER", "--to", "app"],
            status: 65,
            says: "'USER' already has an authenticator 'app'; choose another name"
        ),
        Mistake(
            testDescription: "a name that is none",
            arguments: ["rename", "USER", "--to", " app"],
            status: 64,
            says: "an authenticator's name has 1 to 64 bytes, no blanks at its ends"
        ),
        Mistake(
            testDescription: "no authenticator of that name to disable",
            arguments: ["disable", "USER", "--name", "tablet"],
            status: 65,
            says: "'USER' has no authenticator 'tablet'"
        ),
        Mistake(
            testDescription: "a record to remove that cannot be read",
            spoil: "truncate -s 9 store/users/UID/state",
            arguments: ["remove", "USER"],
            status: 69,
            says: "'FOLDER/store/users/UID/state' is damaged; see 'totp-admin repair'; "
                + "with --all, whatever it has is removed"
        ),
        Mistake(
            testDescription: "a secret without --reveal",
            arguments: ["show", "USER"],
            status: 64,
            says: "give --reveal to see it"
        ),
        Mistake(
            testDescription: "a secret of somebody who has none",
            arguments: ["show", "root", "--reveal"],
            status: 67,
            says: "'root' is not enrolled"
        ),
        Mistake(
            testDescription: "an authenticator that the state does not know",
            spoil: "cp store/users/UID/enrollment old; totp-admin remove USER --conf totp.conf"
                + "; totp-admin enroll USER --name new --no-confirm --conf totp.conf >/dev/null"
                + "; cat old >store/users/UID/enrollment",
            arguments: ["enable", "USER"],
            status: 65,
            says: "'app' is not active; see 'totp-admin resync'"
        ),
        Mistake(
            testDescription: "store missing",
            spoil: "mv store elsewhere",
            arguments: ["enroll", "root", "--no-confirm"],
            status: 69,
            says: "'FOLDER/totp.key' is there, but its store 'FOLDER/store' is not; mount it, or, "
                + "if it is lost, take nullok out of the stacks and run: mv 'FOLDER/totp.key' "
                + "'FOLDER/totp.key.old' && totp-admin init && totp-admin restore FILE"
        ),
        Mistake(
            testDescription: "key missing",
            spoil: "mv totp.key elsewhere",
            arguments: ["enroll", "root", "--no-confirm"],
            status: 69,
            says: "'FOLDER/store' has people in it, but its key 'FOLDER/totp.key' is missing; "
                + "put it back, or, if it is lost, take nullok out of the stacks and run: "
                + "mv 'FOLDER/store/users' "
                + "'FOLDER/store/users.old' && totp-admin init && totp-admin restore FILE"
        ),
        Mistake(
            testDescription: "neither key nor store",
            spoil: "rm -r totp.key store",
            arguments: ["list"],
            status: 69,
            says: "cannot use 'FOLDER/totp.key': open: No such file or directory; "
                + "see 'totp-admin init'"
        ),
        Mistake(
            testDescription: "key open to everybody",
            spoil: "chmod 644 totp.key",
            arguments: ["status", "USER"],
            status: 69,
            says: "totp-admin: 'FOLDER/totp.key' has mode 0644, open to too many; "
                + "chmod 0640 'FOLDER/totp.key'"
        ),
        Mistake(
            testDescription: "key of somebody else",
            spoil: "chown 1 totp.key",
            arguments: ["status", "USER"],
            status: 69,
            says: "totp-admin: 'FOLDER/totp.key' is owned by uid 1; chown root 'FOLDER/totp.key'"
        ),
        Mistake(
            testDescription: "configuration open to everybody",
            spoil: "chmod 666 totp.conf",
            arguments: ["status", "USER"],
            status: 78,
            says: "totp-admin: 'FOLDER/totp.conf' has mode 0666, open to too many; "
                + "chmod 0644 'FOLDER/totp.conf'"
        ),
        Mistake(
            testDescription: "a passphrase open to everybody",
            spoil: "echo correct horse battery >words; chmod 604 words",
            arguments: ["backup", "FOLDER/backup", "--passphrase-file", "FOLDER/words"],
            status: 66,
            says: "totp-admin: 'FOLDER/words' has mode 0604, open to too many; "
                + "chmod 0600 'FOLDER/words'"
        ),
        Mistake(
            testDescription: "key of no sense",
            spoil: "echo key >totp.key",
            arguments: ["list"],
            status: 69,
            says: "'FOLDER/totp.key' is not 123 bytes long, as such a file is"
        ),
        Mistake(
            testDescription: "store of another key",
            spoil: "sed -i s/^id./idx/ store/users/store",
            arguments: ["list"],
            status: 69,
            says: "'FOLDER/store' is not the store that the key file names"
        ),
        Mistake(
            testDescription: "init beside a key whose store is not mounted",
            spoil: "mv store elsewhere",
            arguments: ["init"],
            status: 69,
            says: "its store 'FOLDER/store' is not; mount it"
        ),
        Mistake(
            testDescription: "init of a store with people whose key is lost",
            spoil: "mv totp.key elsewhere",
            arguments: ["init"],
            status: 69,
            says: "'FOLDER/store' has people in it, but its key 'FOLDER/totp.key' is missing"
        ),
        Mistake(
            testDescription: "a configuration out of bounds",
            spoil: "echo window = 9 >>totp.conf",
            arguments: ["list"],
            status: 78,
            says: "'window' is not a number from 0 to 5"
        ),
        Mistake(
            testDescription: "digits out of bounds",
            arguments: ["enroll", "root", "--no-confirm", "--digits", "9"],
            status: 64,
            says: "digits 9 is not from 6 to 8"
        ),
        Mistake(
            testDescription: "no such form of a QR code",
            arguments: ["enroll", "root", "--no-confirm", "--json", "--qr", "ANSI"],
            status: 64,
            says: "'ANSI' is not auto, ansi, utf8, ascii or none"
        ),
        Mistake(
            testDescription: "no such kind of picture",
            arguments: ["enroll", "root", "--no-confirm", "--qr-file", "FOLDER/new.gif"],
            status: 64,
            says: "the name of 'FOLDER/new.gif' does not end in .svg or .png"
        ),
        Mistake(
            testDescription: "a picture of that name",
            spoil: "echo drawn >new.svg",
            arguments: ["enroll", "root", "--no-confirm", "--qr-file", "FOLDER/new.svg"],
            status: 73,
            says: "'FOLDER/new.svg' is already there; give another name"
        ),
        Mistake(
            testDescription: "a link to nothing where the picture is to be",
            spoil: "ln -s elsewhere new.svg",
            arguments: ["enroll", "root", "--no-confirm", "--qr-file", "FOLDER/new.svg"],
            status: 73,
            says: "'FOLDER/new.svg' is already there; give another name"
        ),
        Mistake(
            testDescription: "no folder for the picture",
            arguments: ["enroll", "root", "--no-confirm", "--qr-file", "FOLDER/none/new.png"],
            status: 73,
            says: "cannot write 'FOLDER/none/new.png': open: No such file or directory"
        ),
        Mistake(
            testDescription: "a picture of more than a code holds",
            arguments: [
                "enroll", "root", "--no-confirm", "--json", "--qr-file", "FOLDER/new.png",
                "--issuer", String(repeating: "x", count: 1500),
            ],
            status: 65,
            says: "issuer and account are too long for a QR code"
        ),
        Mistake(
            testDescription: "no code to confirm with",
            arguments: ["enroll", "root"],
            status: 65,
            says: "no right code was given; nothing was saved"
        ),
        Mistake(
            testDescription: "a damaged state",
            spoil: "truncate --size 100 store/users/UID/state",
            arguments: ["status", "USER"],
            status: 69,
            says: "'FOLDER/store/users/UID/state' is damaged; see 'totp-admin repair'"
        ),
    ]
}
