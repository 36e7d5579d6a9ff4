internal import CPNG
internal import System

/// A QR code as a picture: black on white, so many whole pixels a module.
enum QRPicture: String, CaseIterable {
    case svg
    case png

    private static let pixels = 8

    /// The kind that the ending of a file's name asks for; nil for another one.
    init?(ofFileNamed name: String) {
        guard let kind = Self.allCases.first(where: { name.lowercased().hasSuffix(".\($0)") })
        else { return nil }
        self = kind
    }

    func contents(_ code: QRCode) throws(AdminError) -> [UInt8] {
        switch self {
        case .svg: Self.svg(code)
        case .png: try Self.png(code)
        }
    }

    /// A path of the dark modules on a white square, each run of them one rectangle.
    private static func svg(_ code: QRCode) -> [UInt8] {
        let range = code.rangeWithQuietZone
        let modules = range.count
        let runs = range.flatMap { row in
            darkRuns(code, row: row).map { run in
                let (x, y) = (run.lowerBound - range.lowerBound, row - range.lowerBound)
                return "M\(x) \(y)h\(run.count)v1h-\(run.count)z"
            }
        }
        let picture = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(modules * pixels)" \
            height="\(modules * pixels)" viewBox="0 0 \(modules) \(modules)" \
            shape-rendering="crispEdges">
            <path fill="#fff" d="M0 0h\(modules)v\(modules)h-\(modules)z"/>
            <path fill="#000" d="\(runs.joined())"/>
            </svg>

            """
        return Array(picture.utf8)
    }

    /// The columns of a row's dark modules, those beside each other together.
    private static func darkRuns(_ code: QRCode, row: Int) -> [Range<Int>] {
        code.rangeWithQuietZone.reduce(into: []) { runs, column in
            guard code.isDark(row: row, column: column) else { return }
            let start = runs.last?.upperBound == column ? runs.removeLast().lowerBound : column
            runs.append(start..<column + 1)
        }
    }

    /// Grey of 8 bits, which libpng writes from memory to memory.
    private static func png(_ code: QRCode) throws(AdminError) -> [UInt8] {
        let range = code.rangeWithQuietZone
        let rows = range.map { row in
            range.flatMap { column in
                let grey: UInt8 = code.isDark(row: row, column: column) ? 0 : 255
                return repeatElement(grey, count: pixels)
            }
        }
        let image = rows.flatMap { repeatElement($0, count: pixels).joined() }
        var header = unsafe png_image()
        unsafe header.version = png_uint_32(PNG_IMAGE_VERSION)
        unsafe header.width = png_uint_32(range.count * pixels)
        unsafe header.height = unsafe header.width
        unsafe header.format = png_uint_32(PNG_FORMAT_GRAY)
        // Grey that is not compressed at all takes less.
        var size = image.count * 2 + 1024
        var contents = [UInt8](repeating: 0, count: size)
        // SAFETY: `image` has width × height bytes, a row after the other; `size` is the length of
        // `contents`, and then of what was written; libpng keeps nothing.
        let isWritten = unsafe png_image_write_to_memory(
            &header,
            &contents,
            &size,
            0,
            image,
            0,
            nil
        )
        guard isWritten != 0 else {
            throw AdminError(.unavailable, "libpng cannot make the picture; try '.svg'")
        }
        return Array(contents[..<size])
    }
}
