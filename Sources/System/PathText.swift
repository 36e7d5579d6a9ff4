/// Absolute paths, taken apart.
extension Text {
    /// The path of the folder that this path is in.
    package var parent: Text {
        guard let slash = lastSlash, slash > 0 else { return "/" }
        return Text(utf8[..<slash])
    }

    /// What stands behind the path's last slash.
    package var lastComponent: Text {
        guard let slash = lastSlash else { return self }
        return Text(utf8[(slash + 1)...])
    }

    private var lastSlash: Int? { utf8.lastIndex(of: UInt8(ascii: "/")) }
}
