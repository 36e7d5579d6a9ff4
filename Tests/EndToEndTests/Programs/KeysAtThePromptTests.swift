import OTP
import System
import Testing
import Verification

/// Ctrl-C and Ctrl-Z while su and sudo ask for the code.
@Suite struct KeysAtThePromptTests {
    private let site: Site
    private let enrollee: Enrollee
    private let person: Person

    init() throws {
        site = try Site.system()
        enrollee = try site.enroll(.totp(period: 300))
        person = Person(enrollee)
    }

    private func expectNothingCharged() throws {
        let state = try site.state(of: enrollee)
        #expect(state.throttle.charged == 0)
        #expect(state.wrongSinceSuccess == 0)
    }

    @Test(arguments: Elevation.allCases)
    func `Ctrl-C ends it, and nothing is used up or charged`(program: Elevation) throws {
        let code = enrollee.code()
        let terminal = try program.start(person)
        try program.answerPassword(person, at: terminal)
        try terminal.waitUntilAsleep()
        try terminal.press("\u{3}")
        let status = try terminal.waitForExit()
        #expect(![0, Elevation.status].contains(status))
        try expectNothingCharged()
        #expect(try program.run(person, code: code).isLetIn)
    }

    /// Stopped by Ctrl-Z at the prompt, then brought back; the exit status.
    private func stop(
        _ program: Elevation,
        meanwhile: () throws -> Void,
        code: String
    ) throws -> Int32 {
        let script = "\"$@\"; echo stopped; read line; fg; exit $?"
        let terminal = try program.start(person, under: ["sh", "-mc", script, "sh"])
        try program.answerPassword(person, at: terminal)
        try terminal.waitUntilAsleep()
        try terminal.press("\u{1A}")
        // su puts the stop off until it has been answered (misc_conv(3)); sudo asks again after it.
        if program == .su { try terminal.type(code) }
        try terminal.waitFor("stopped")
        try meanwhile()
        try terminal.type("")
        if program == .sudo {
            try terminal.waitFor("Verification code: ")
            try terminal.type(code)
        }
        return try terminal.waitForExit()
    }

    @Test(arguments: Elevation.allCases)
    func `after Ctrl-Z it goes on, and the code lets in`(program: Elevation) throws {
        let status = try stop(program, meanwhile: {}, code: enrollee.code())
        #expect(status == Elevation.status)
    }

    @Test(arguments: Elevation.allCases)
    func `while it is stopped nobody is held up, and a code used meanwhile is used`(
        program: Elevation
    ) throws {
        let code = enrollee.code()
        let status = try stop(
            program,
            meanwhile: {
                let other = try program.run(person, code: code)
                #expect(other.isLetIn)
            },
            code: code
        )
        #expect(status == 1)
        try expectNothingCharged()
    }
}
