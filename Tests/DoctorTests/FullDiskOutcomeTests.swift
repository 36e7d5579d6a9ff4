import Doctor
import Testing

/// What is said of logins where the disk is full.
@Suite struct FullDiskOutcomeTests {
    struct Case: CustomTestStringConvertible {
        let writesInPlace: Bool
        let count: Int?
        let text: String

        var testDescription: String { "\(writesInPlace), \(count.map { "\($0)" } ?? "unknown")" }
    }

    static let denied = "logins go on but for those whose blocks are shared, who will be denied: "

    @Test(arguments: [
        Case(writesInPlace: true, count: 0, text: "logins go on"),
        Case(writesInPlace: true, count: 3, text: denied + "3"),
        Case(writesInPlace: true, count: nil, text: "logins may be denied"),
        Case(writesInPlace: false, count: 0, text: "logins may be denied"),
        Case(writesInPlace: false, count: 3, text: "logins may be denied"),
    ])
    func `they go on only where that is so`(example: Case) {
        let outcome = FullDisk(writesInPlace: example.writesInPlace, sharing: example.count)
        #expect(outcome.text == example.text)
    }
}
