import System
import Testing

@Suite struct SecretBytesTests {
    private struct Refusal: Error, Equatable {}

    @Test(arguments: [[], [0], [1, 2, 3], Array(UInt8.min...UInt8.max)] as [[UInt8]])
    func `what went in comes out`(bytes: [UInt8]) {
        let secret = SecretBytes(bytes)
        let copied = bytes.withUnsafeBytes { SecretBytes(copying: $0).bytes }
        let (count, stored) = (secret.count, secret.bytes)
        #expect(count == bytes.count)
        #expect(stored == bytes)
        #expect(copied == bytes)
    }

    @Test func `room for bytes begins as zeros`() {
        let secret = SecretBytes(count: 64) { _ in }
        let bytes = secret.bytes
        #expect(bytes == [UInt8](repeating: 0, count: 64))
    }

    @Test func `an error while filling comes through`() {
        #expect(throws: Refusal()) {
            _ = try SecretBytes(count: 8) { (_) throws(Refusal) in throw Refusal() }
        }
    }

    @Test(
        arguments: [
            ([], [], true), ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2, 4], false),
            ([1, 2, 3], [0, 2, 3], false), ([1, 2, 3], [1, 2], false), ([], [0], false),
            ([0], [0, 0], false),
        ] as [([UInt8], [UInt8], Bool)]
    )
    func `secrets are equal when all their bytes are`(
        left: [UInt8],
        right: [UInt8],
        expected: Bool
    ) {
        let isEqual = SecretBytes(left).isEqual(to: SecretBytes(right))
        #expect(isEqual == expected)
    }

    @Test func `every single bit counts`() {
        let plain = [UInt8](repeating: 0xa5, count: 32)
        for bit in 0..<256 {
            var changed = plain
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let isEqual = SecretBytes(plain).isEqual(to: SecretBytes(changed))
            #expect(!isEqual)
        }
    }

    @Test func `random bytes are as many as asked for, and never the same`() throws {
        #expect(try RandomBytes.generate(count: 0) == [])
        // More than getrandom(2) gives in one piece when a signal comes in.
        #expect(try RandomBytes.generate(count: 1000).count == 1000)
        #expect(try RandomBytes.generate(count: 16) != RandomBytes.generate(count: 16))
        let secrets = (
            try RandomBytes.secret(count: 16).bytes, try RandomBytes.secret(count: 16).bytes
        )
        #expect(secrets.0.count == 16)
        #expect(secrets.0 != secrets.1)
    }
}
