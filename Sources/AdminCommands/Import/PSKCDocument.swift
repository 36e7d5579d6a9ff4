internal import CXML
internal import FoundationEssentials

/// The XML of a PSKC file, with its secrets decrypted in place: libpskc reads plain ones alone.
struct PSKCDocument {
    /// What opens an encrypted file.
    enum Opener {
        case passphrase([UInt8])
        case key([UInt8])
    }

    /// The same file with plain secrets.
    let xml: [UInt8]
    /// What keeps a key package from being read, by the package's place.
    let problems: [String?]

    init(_ bytes: [UInt8], opening opener: Opener?) throws(AdminError) {
        let text = bytes.map { CChar(bitPattern: $0) }
        guard let count = Int32(exactly: text.count),
            // SAFETY: the document is ours until it is freed.
            let document = unsafe totp_xml_read(text, count)
        else { throw AdminError(.dataError, "this is not XML") }
        defer { unsafe xmlFreeDoc(document) }
        guard let root = unsafe XMLNode(xmlDocGetRootElement(document)),
            root.name == "KeyContainer"
        else { throw AdminError(.dataError, "this is not a PSKC file") }

        // It could name files, and be a bomb of entities; libpskc would expand them.
        guard unsafe document.pointee.intSubset == nil else {
            throw AdminError(.dataError, "this is not a PSKC file: it has a document type")
        }

        let cipher: Result<PSKCCipher, AdminError> = Result { () throws(AdminError) in
            try PSKCCipher(root, opener)
        }
        problems = root.children("KeyPackage").map { Self.open($0, cipher) }
        for name in ["EncryptionKey", "MACMethod"] {
            for node in root.children(name) { node.remove() }
        }

        var start: UnsafeMutablePointer<xmlChar>?
        var length: Int32 = 0
        unsafe xmlDocDumpMemory(document, &start, &length)
        guard let start = unsafe start else { throw AdminError(.unavailable, "no memory") }
        defer { unsafe totp_xml_free(start) }
        xml = unsafe Array(UnsafeBufferPointer(start: start, count: Int(length)))
    }

    /// Makes a key package's secret plain; what is wrong with it, if something is.
    private static func open(
        _ package: XMLNode,
        _ cipher: Result<PSKCCipher, AdminError>
    ) -> String? {
        let key = package.first("Key")
        if let suite = key?.first("AlgorithmParameters")?.first("Suite"), suite.hasAttributes {
            return "its Suite has attributes, which are not known"
        }
        for item in key?.first("Data")?.children(nil) ?? [] {
            guard let encrypted = item.first("EncryptedValue") else { continue }
            do throws(AdminError) {
                guard item.name == "Secret" else {
                    throw AdminError(.dataError, "its \(item.name) is encrypted")
                }
                let mac = item.first("ValueMAC")
                let secret = try cipher.get().open(encrypted, mac: mac?.base64)
                encrypted.replace(with: "PlainValue", Data(secret).base64EncodedString())
                mac?.remove()
            } catch {
                // libpskc would refuse the whole file for it.
                item.remove()
                return error.message
            }
        }
        return nil
    }
}

/// An element of an XML document, which must outlive it.
///
/// Names are without their namespace, as libpskc takes them.
@safe struct XMLNode {
    private let node: xmlNodePtr

    init?(_ node: xmlNodePtr?) {
        guard let node = unsafe node else { return nil }
        unsafe self.node = node
    }

    var name: String { unsafe String(cString: node.pointee.name) }

    var hasAttributes: Bool { unsafe node.pointee.properties != nil }

    /// The elements directly below, those of that name or all.
    func children(_ name: String?) -> [XMLNode] {
        var found: [XMLNode] = []
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            unsafe next = child.pointee.next
            guard unsafe child.pointee.type == XML_ELEMENT_NODE, let node = unsafe XMLNode(child)
            else { continue }
            if name == nil || node.name == name { found.append(node) }
        }
        return found
    }

    func first(_ name: String) -> XMLNode? { children(name).first }

    /// The element at the end of a path of names.
    func at(_ path: String...) -> XMLNode? {
        path.reduce(self as XMLNode?) { $0?.first($1) }
    }

    var text: String {
        guard let content = unsafe xmlNodeGetContent(node) else { return "" }
        defer { unsafe totp_xml_free(content) }
        return unsafe String(cString: content)
    }

    /// The bytes that its text spells in base 64, blanks aside.
    var base64: [UInt8]? {
        Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { Array($0) }
    }

    func attribute(_ name: String) -> String {
        guard let value = unsafe xmlGetProp(node, name) else { return "" }
        defer { unsafe totp_xml_free(value) }
        return unsafe String(cString: value)
    }

    func remove() {
        unsafe xmlUnlinkNode(node)
        unsafe xmlFreeNode(node)
    }

    /// Puts an element of the same namespace with this text in its place.
    func replace(with name: String, _ text: String) {
        unsafe xmlNewTextChild(node.pointee.parent, node.pointee.parent.pointee.ns, name, text)
        remove()
    }
}
