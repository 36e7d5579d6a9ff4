import System
import Testing

@testable import PAMModule

@Suite struct ModuleArgumentsTests {
    private func parsed(_ arguments: [String]) throws(ModuleArgumentError) -> ModuleArguments {
        try ModuleArguments(arguments.map { text($0) })
    }

    @Test func `without options nobody passes without a code`() throws {
        #expect(try !parsed([]).nullok)
        #expect(try parsed([]).configurationPath == nil)
    }

    @Test func `options may stand in any order`() throws {
        for arguments in [["nullok", "conf=/srv/t.conf"], ["conf=/srv/t.conf", "nullok"]] {
            #expect(try parsed(arguments).nullok)
            #expect(try parsed(arguments).configurationPath == "/srv/t.conf")
        }
    }

    @Test func `conf does not mean nullok, nor the other way round`() throws {
        #expect(try !parsed(["conf=/srv/t.conf"]).nullok)
        #expect(try parsed(["nullok"]).configurationPath == nil)
    }

    @Test(arguments: [
        "nullOK", "NULLOK", "nullok=yes", "nullok ", " nullok", "null", "no_nullok", "", "conf",
        "Conf=/srv/t.conf", "config=/srv/t.conf", "forward_pass", "secret=/srv", "nullok\0",
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
    ])
    func `a message names the option`(error: ModuleArgumentError, message: String) {
        #expect(error.description == text(message))
    }
}
