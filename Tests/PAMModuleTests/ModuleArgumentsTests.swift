import System
import Testing

@testable import PAMModule

@Suite struct ModuleArgumentsTests {
    private func parsed(_ arguments: [String]) throws(ModuleArgumentError) -> ModuleArguments {
        try ModuleArguments(arguments.map { text($0) })
    }

    @Test func `without options nobody passes without a code, and everybody is asked once`() throws
    {
        let line = try parsed([])
        #expect(!line.nullok && !line.echo && !line.silent && !line.debug)
        #expect(
            line.task == .verify && line.configurationPath == nil && line.prompt == nil
                && line.attempts == nil
        )
        #expect(line.firstPass == .leave)
    }

    @Test func `every option means one thing, in any order`() throws {
        let all = [
            "nullok", "conf=/srv/t.conf", "prompt=Code, please: ", "echo", "retry=3",
            "try_first_pass", "silent", "debug",
        ]
        for arguments in [all, all.reversed()] {
            let line = try parsed(arguments)
            #expect(line.nullok && line.echo && line.silent && line.debug && line.task == .verify)
            #expect(line.configurationPath == "/srv/t.conf" && line.prompt == "Code, please: ")
            #expect(line.attempts == 3 && line.firstPass == .try)
        }
        let split = try parsed(["split_pass", "use_first_pass"])
        #expect(split.task == .splitAnswer && split.firstPass == .use)
        #expect(!split.nullok && !split.echo && !split.silent && !split.debug)
    }

    @Test func `an option brings no other one along`() throws {
        #expect(try !parsed(["conf=/srv/t.conf"]).nullok)
        #expect(try parsed(["nullok"]).configurationPath == nil)
        #expect(try parsed(["prompt="]).prompt == "")
    }

    @Test(arguments: [1, 10]) func `retry has bounds`(attempts: Int) throws {
        #expect(try parsed(["retry=\(attempts)"]).attempts == attempts)
    }

    @Test(arguments: ["0", "11", "-1", "", "3x", " 3", "99999999999999999999"])
    func `retry beyond its bounds is refused`(value: String) {
        #expect(throws: ModuleArgumentError.outOfBounds(option: "retry", bounds: 1...10)) {
            try parsed(["retry=\(value)"])
        }
    }

    @Test func `a line does one thing`() throws {
        #expect(try parsed(["ask_pass", "prompt=Pass: ", "silent", "debug"]).task == .askPassword)
        #expect(try parsed(["keep_pace", "silent", "debug"]).task == .keepPace)
        let words = ["split_pass", "ask_pass", "keep_pace"]
        for (first, second) in words.flatMap({ word in words.map { (word, $0) } }) {
            if first == second {
                #expect(throws: Never.self) { try parsed([first, second]) }
            } else {
                #expect(throws: ModuleArgumentError.contradiction(text(first), text(second))) {
                    try parsed([first, second])
                }
            }
        }
    }

    @Test(
        arguments: ["split_pass", "ask_pass", "keep_pace"],
        [("echo", "echo"), ("retry=2", "retry")]
    )
    func `a password is neither shown nor asked for again`(word: String, option: (String, String)) {
        for arguments in [[word, option.0], [option.0, word]] {
            #expect(throws: ModuleArgumentError.contradiction(text(option.1), text(word))) {
                try parsed(arguments)
            }
        }
    }

    @Test func `the password is tried or used, and who is never asked is not asked again`() {
        for arguments in [
            ["try_first_pass", "use_first_pass"], ["use_first_pass", "try_first_pass"],
        ] {
            #expect(
                throws: ModuleArgumentError.contradiction("try_first_pass", "use_first_pass")
            ) { try parsed(arguments) }
        }
        #expect(throws: ModuleArgumentError.contradiction("retry", "use_first_pass")) {
            try parsed(["retry=2", "use_first_pass"])
        }
    }

    @Test func `forward_pass is refused with the reason`() {
        #expect(throws: ModuleArgumentError.forwardPass) { try parsed(["forward_pass"]) }
        let message = ModuleArgumentError.forwardPass.description.description
        #expect(message.contains("before the password") && message.contains("'split_pass'"))
    }

    @Test(arguments: [
        "nullOK", "NULLOK", "nullok=yes", "nullok ", " nullok", "null", "no_nullok", "", "conf",
        "Conf=/srv/t.conf", "config=/srv/t.conf", "secret=/srv", "nullok\0", "retry", "prompt",
        "echo=1", "split_pass=6", "first_pass", "silent=yes", "no_warn",
    ])
    func `an option that is not understood is refused`(argument: String) {
        for arguments in [[argument], ["nullok", argument], [argument, "nullok"]] {
            #expect(throws: ModuleArgumentError.unknownOption(text(argument))) {
                try parsed(arguments)
            }
        }
    }

    @Test(arguments: [
        "conf=", "conf=t.conf", "conf=./t.conf", "conf= /srv/t.conf", "conf=~/t.conf",
    ])
    func `a configuration's path is absolute`(argument: String) {
        #expect(throws: ModuleArgumentError.notAPath(option: "conf")) { try parsed([argument]) }
    }

    @Test func `a path may hold what it likes`() throws {
        #expect(try parsed(["conf=/srv/a b=c.conf"]).configurationPath == "/srv/a b=c.conf")
    }

    @Test(arguments: [
        (ModuleArgumentError.unknownOption("nulok"), "unknown option 'nulok'"),
        (.unknownOption("a\n\"b"), "unknown option 'a\\x0a\\x22b'"),
        (.notAPath(option: "conf"), "option 'conf=' needs an absolute path"),
        (
            .outOfBounds(option: "retry", bounds: 1...10),
            "option 'retry=' needs a number from 1 to 10"
        ),
        (
            .paceWithoutStart,
            "option 'keep_pace' needs a line with 'ask_pass' or 'split_pass' before it"
        ),
        (.contradiction("echo", "split_pass"), "option 'echo' makes no sense beside 'split_pass'"),
    ])
    func `a message names the option`(error: ModuleArgumentError, message: String) {
        #expect(error.description == text(message))
    }
}
