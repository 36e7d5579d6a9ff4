/// Unsigned decimal numbers in text from outside.
package enum Decimal {
    /// The number that `text` spells in ASCII digits and nothing else; nil for an empty text, a
    /// sign, any other byte, or a number that does not fit.
    package static func parse<Number: FixedWidthInteger>(
        _ text: some Collection<UInt8>,
        as type: Number.Type = Number.self
    ) -> Number? {
        if text.isEmpty { return nil }
        var number: Number = 0
        for character in text {
            guard character >= UInt8(ascii: "0"), character <= UInt8(ascii: "9") else { return nil }
            let (tens, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let digit = Number(truncatingIfNeeded: character - UInt8(ascii: "0"))
            let (sum, overflow) = tens.addingReportingOverflow(digit)
            if tooLarge || overflow { return nil }
            number = sum
        }
        return number
    }
}
