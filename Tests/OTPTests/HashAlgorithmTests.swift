import OTP
import System
import Testing

@Suite struct HashAlgorithmTests {
    @Test(arguments: [
        ("sha1", HashAlgorithm.sha1), ("SHA1", .sha1), ("Sha256", .sha256), ("SHA256", .sha256),
        ("sha512", .sha512), ("SHA512", .sha512),
    ])
    func `a name is read in any case`(name: String, algorithm: HashAlgorithm) {
        #expect(HashAlgorithm(name: name.utf8) == algorithm)
    }

    @Test(arguments: ["", "sha", "sha-1", "SHA224", "md5", "sha1 ", " sha1", "sha11", "sha256\0"])
    func `any other name is none`(name: String) {
        #expect(HashAlgorithm(name: name.utf8) == nil)
    }

    @Test(arguments: HashAlgorithm.allCases)
    func `its own name is read back`(algorithm: HashAlgorithm) {
        #expect(HashAlgorithm(name: algorithm.name.utf8) == algorithm)
    }

    /// FIPS 180-4, figure 1: 160, 256 and 512 bits.
    @Test(arguments: [(HashAlgorithm.sha1, 20), (.sha256, 32), (.sha512, 64)])
    func `a digest is as long as FIPS 180-4 says`(algorithm: HashAlgorithm, length: Int) {
        #expect(algorithm.digestLength == length)
    }
}
