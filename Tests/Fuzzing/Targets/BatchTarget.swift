internal import Glibc
internal import OTP
internal import System
internal import Verification

@testable internal import AdminCommands

extension FuzzTarget {
    /// The users of `enroll --batch`: CSV, or JSON lines if it begins with a brace.
    static let batch = FuzzTarget(name: "batch") { bytes in
        let isJSON = bytes.first == UInt8(ascii: "{")
        let path = ScratchFile.path(bytes, ending: isJSON ? ".jsonl" : ".csv")
        let descriptor = nextDescriptor()
        let defaults = BatchRequest.Defaults(
            name: "phone",
            algorithm: .sha1,
            digits: 6,
            period: 30
        )
        do throws(AdminError) {
            var input = try BatchInput(path: path, defaults: defaults)
            var last = 0
            while true {
                let lines = try input.next(3)
                if lines.isEmpty { break }
                for line in lines {
                    require(line.number > last, "lines are counted")
                    last = line.number
                    check(line)
                }
            }
        } catch {
            require(!error.message.isEmpty, "an error says what is wrong")
        }
        // A process that reads one batch has no need to.
        close(descriptor)
        for line in bytes.lines() { checkWritten(line) }
    }

    private static func nextDescriptor() -> CInt {
        let descriptor = open("/dev/null", O_RDONLY)
        close(descriptor)
        return descriptor
    }

    private static func check(_ line: BatchInput.Line) {
        switch line.request {
        case .success(let request):
            require(
                !request.user.isEmpty && Authenticator.isValidName(request.name)
                    && OTPParameters.supportedDigits.contains(request.parameters.digits)
                    && request.line == line.number,
                "what is asked for can be done"
            )
        case .failure(let refusal):
            require(!refusal.reason.isEmpty, "a refusal says why")
        }
    }

    /// A line of CSV says the same when it is written again, formulas aside.
    private static func checkWritten(_ line: [UInt8]) {
        guard let values = CSV.values(of: line) else { return }
        let texts = values.map { String(decoding: $0, as: UTF8.self) }
        let isText = zip(texts, values).allSatisfy { Array($0.utf8) == $1 }
        let formulas = Array("=+-@\t\r".utf8)
        guard isText, !values.contains(where: { $0.first.map(formulas.contains) ?? false }) else {
            return
        }
        let written = Array(CSV.line(texts).utf8.dropLast(2))
        require(CSV.values(of: written) == values, "what is written reads the same")
    }
}
