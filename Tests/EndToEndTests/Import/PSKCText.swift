import Foundation
import System

/// Key containers as RFC 6030 has them, written out.
enum PSKCText {
    static let algorithms = "urn:ietf:params:xml:ns:keyprov:pskc"
    static let secret = Array("12345678901234567890".utf8)

    /// A file of these keys: each with its attributes, what is in it before its data, and its data.
    static func container(_ keys: [String], head: String = "") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <KeyContainer Version="1.0" xmlns="\(algorithms)"
            xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
            xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"
            xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
            xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">
        \(head)
        \(keys.map { "<KeyPackage>\($0)</KeyPackage>" }.joined(separator: "\n"))
        </KeyContainer>

        """
    }

    static func key(
        _ type: String = "hotp",
        user: String = "",
        format: String = "<ResponseFormat Length=\"6\" Encoding=\"DECIMAL\"/>",
        suite: String = "",
        data: String = "",
        policy: String = ""
    ) -> String {
        """
        <Key Id="1" Algorithm="\(algorithms):\(type)">
        <AlgorithmParameters>\(suite)\(format)</AlgorithmParameters>\(user)
        <Data><Secret><PlainValue>\(Data(secret).base64EncodedString())</PlainValue></Secret>\(data)
        </Data>\(policy.isEmpty ? "" : "<Policy>\(policy)</Policy>")</Key>
        """
    }

    static func value(_ name: String, _ number: Int64) -> String {
        "<\(name)><PlainValue>\(number)</PlainValue></\(name)>"
    }
}

/// Keys that cannot be honoured, and why.
extension PSKCText {
    static let refusals: [(key: String, reason: String)] = [
        (
            key(policy: "<PINPolicy MinLength=\"4\"/>"),
            "its PINPolicy cannot be honoured"
        ),
        (
            key(policy: "<NumberOfTransactions>9</NumberOfTransactions>"),
            "its NumberOfTransactions cannot be honoured"
        ),
        (
            key(policy: "<ExpiryDate>2030-01-01T00:00:00Z</ExpiryDate>"),
            "its StartDate or ExpiryDate cannot be honoured"
        ),
        (
            key(policy: "<KeyUsage>CR</KeyUsage>"),
            "its KeyUsage that is not OTP cannot be honoured"
        ),
        (
            key(format: "<ResponseFormat Length=\"6\" Encoding=\"HEXADECIMAL\"/>"),
            "its Encoding that is not DECIMAL cannot be honoured"
        ),
        (
            key(format: "<ResponseFormat Length=\"6\" Encoding=\"DECIMAL\" CheckDigits=\"true\"/>"),
            "its CheckDigits cannot be honoured"
        ),
        (
            key(format: "<ResponseFormat Length=\"4\" Encoding=\"DECIMAL\"/>"),
            "digits 4 is not from 6 to 8"
        ),
        (key("ocra"), "its algorithm '\(algorithms):ocra' is not hotp or totp"),
        (key(suite: "<Suite>HMAC-MD5</Suite>"), "its Suite 'HMAC-MD5' is not known"),
        (
            key(suite: "<Suite Algorithm=\"HMAC-SHA256\"/>"),
            "its Suite has attributes, which are not known"
        ),
        (
            key("totp", data: value("TimeInterval", 30) + value("TimeDrift", 90)),
            "its clock is 90 steps off, and max_drift is 20"
        ),
        (key("totp", data: value("Time", 4_000_000_000)), "its Time is in the future"),
    ]
}

/// Encrypted ones.
extension PSKCText {
    /// A secret encrypted with AES-128-CBC, and the HMAC-SHA-1 over it.
    static func encrypted(_ value: String, mac: String) -> String {
        let plain = "<PlainValue>\(Data(secret).base64EncodedString())</PlainValue>"
        return key(format: "<ResponseFormat Length=\"8\" Encoding=\"DECIMAL\"/>").replacing(
            plain,
            with: """
                <EncryptedValue>\(cipher(value))</EncryptedValue><ValueMAC>\(mac)</ValueMAC>
                """
        )
    }

    static func cipher(_ value: String) -> String {
        """
        <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
        <xenc:CipherData><xenc:CipherValue>\(value)</xenc:CipherValue></xenc:CipherData>
        """
    }

    static func macMethod(_ value: String) -> String {
        """
        <MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
        <MACKey>\(cipher(value))</MACKey></MACMethod>
        """
    }

    /// The values of RFC 6030, Figure 6: a key that both sides have.
    static let underKey = container(
        [
            encrypted(
                "AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv",
                mac: "Su+NvtQfmvfJzF6bmQiJqoLRExc="
            )
        ],
        head: "<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>"
            + macMethod("ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX")
    )
    static let sharedKey = "12345678901234567890123456789012"

    /// The values of RFC 6030, Figure 7: a passphrase.
    static let underPassphrase = container(
        [
            encrypted(
                "oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f",
                mac: "LP6xMvjtypbfT9PdkJhBZ+D6O4w="
            )
        ],
        head: """
            <EncryptionKey><xenc11:DerivedKey><xenc11:KeyDerivationMethod
            Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
            <pkcs5:PBKDF2-params><Salt><Specified>Ej7/PEpyEpw=</Specified></Salt>
            <IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/>
            </pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod></xenc11:DerivedKey></EncryptionKey>
            """
                + macMethod("2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx")
    )
    static let passphrase = "qwerty"
}

extension Site {
    /// A file of tokens.
    func tokens(_ text: String) throws -> String {
        let file = "\(folder)/tokens.xml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }
}
