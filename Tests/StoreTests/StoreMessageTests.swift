import Store
import System
import Testing

/// What an administrator reads of what is wrong: where it is, and what to do.
@Suite struct StoreMessageTests {
    @Test(arguments: [
        (SettingError.repeatedKey(line: 2, key: "window"), "line 2: 'window' is set twice"),
        (
            .outOfBounds(line: 3, key: "window", bounds: 0...5),
            "line 3: 'window' is not a number from 0 to 5"
        ),
        (.notAPath(line: 4, key: "store"), "line 4: 'store' is not an absolute path"),
        (
            .notAnIssuer(line: 5, key: "issuer"),
            "line 5: 'issuer' is empty, too long or holds a control character or a colon"
        ),
        (
            .notNames(line: 6, key: "except_users"),
            "line 6: 'except_users' is not a list of names with commas between"
        ),
        (
            .repeatedSection(line: 7, service: "s\u{1b}"),
            "line 7: there are two sections '[s\\x1b]'"
        ),
        (.unknownKey(line: 8, key: "a\nb"), "line 8: unknown key 'a\\x0ab'"),
    ])
    func `a setting is named with its line, and cannot break the message`(
        error: SettingError,
        message: String
    ) {
        #expect(error.description.description == message)
    }

    @Test(arguments: [
        (
            StoreError.cannotUnseal(path: "/s/e", line: 3),
            "cannot read '/s/e': line 3: the key does not open this secret"
        ),
        (
            .busy(path: "/s/1", holder: nil),
            "'/s/1' has been locked for too long by a process that /proc does not show"
        ),
        (.system(SystemError(call: "flock", code: 5)), "flock: Input/output error"),
        (
            .otherPerson(path: "/s/e", recorded: "al\u{7}ice"),
            "'/s/e' was written for 'al\\x07ice', who has not this uid; after 'usermod -l' see 'totp-admin rename-user'"
        ),
    ])
    func `a record is named with what is wrong with it`(error: StoreError, message: String) {
        #expect(error.description.description == message)
    }
}
