internal import HelperProtocol
internal import System
internal import Verification

extension FuzzTarget {
    /// What totp-helper is asked, by whoever may run it.
    static let helperRequest = FuzzTarget(name: "helper-request") { bytes in
        guard let request = HelperRequest.decode(SecretBytes(bytes)) else { return }
        let encoded = request.encode().withUnsafeBytes { Array($0) }
        require(encoded == bytes, "there is one way to spell a request")
        require(!request.user.utf8.contains(UInt8(ascii: "\n")), "a name ends with its line")
    }

    /// What the module is told by totp-helper.
    static let helperAnswer = FuzzTarget(name: "helper-answer") { bytes in
        guard let answer = HelperAnswer.decode(bytes) else { return }
        let encoded = answer.encode()
        require(HelperAnswer.decode(encoded.utf8) == answer, "what is written reads the same")
        if case .verdict(let verdict) = answer, case .accepted = verdict {
            let word: Text = "accepted "
            require(bytes.starts(with: word.utf8), "nothing else lets anybody in")
        }
    }
}
