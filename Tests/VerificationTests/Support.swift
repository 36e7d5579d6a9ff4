import OTP
import System
import Testing
import Verification

/// Text from a String that is not a literal.
func text(_ string: String) -> Text { Text(string.utf8) }

/// The time of these tests, 20 s into time step 56666666 of 30 s.
let now: Int64 = 1_700_000_000
let nowStep: Int64 = 56_666_666

/// oathtool -b --totp -N @TIME JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP, by steps before and after `now`.
let codeByOffset = [
    -4: "802198", -3: "169221", -2: "735133", -1: "797823", 0: "406058", 1: "661763", 2: "996875",
    3: "072814", 4: "962926",
]

func code(_ offset: Int) -> String { codeByOffset[offset] ?? "" }

/// oathtool -b -w 40 JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP, the codes for the counters 0 to 40.
let codeByCounter = [
    "702218", "503347", "946038", "111507", "419533", "523004", "857238", "905357", "639393",
    "595232", "469721", "554902", "275430", "903450", "574928", "758342", "295804", "952171",
    "574453", "719608", "825906", "247283", "151887", "554623", "737964", "043788", "983616",
    "857541", "944333", "507977", "830845", "292579", "891399", "330901", "135318", "831704",
    "565557", "685519", "055640", "444431", "103973",
]

/// The secret of these codes, and another one: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ in base 32.
let exampleSecret =
    Array("Hello!".utf8) + [0xde, 0xad, 0xbe, 0xef]
    + Array("Hello!".utf8) + [0xde, 0xad, 0xbe, 0xef]
let otherSecret = Array("12345678901234567890".utf8)

/// The other secret's code.
///
/// oathtool -b --totp -N @1700000000 GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
let otherCode = "921300"

func authenticator(
    _ name: Text = "phone",
    id: UInt64 = 1,
    secret: [UInt8] = exampleSecret,
    parameters: OTPParameters? = nil
) throws -> Authenticator {
    Authenticator(
        id: Identifier(value: id),
        name: name,
        parameters: try parameters ?? .totp(),
        enrolledAt: 0,
        secret: SecretBytes(secret)
    )
}
