internal import FoundationEssentials
internal import System

/// The lines of a batch: CSV with a header, or JSON by the ending `.jsonl`.
struct BatchInput {
    /// A line that says something, and what it asks for or why that makes no sense.
    struct Line {
        let number: Int
        let request: Result<BatchRequest, BatchRefusal>
    }

    private(set) var lines: LineReader
    private let defaults: BatchRequest.Defaults
    /// What the columns are; nil for JSON lines.
    private let columns: [BatchRequest.Column]?

    init(path: String, defaults: BatchRequest.Defaults) throws(AdminError) {
        lines = try LineReader(path: path)
        self.defaults = defaults
        columns = path.hasSuffix(".jsonl") ? nil : try Self.header(&lines, path)
    }

    /// Up to `count` lines; none at the end.
    mutating func next(_ count: Int) throws(AdminError) -> [Line] {
        var found: [Line] = []
        while found.count < count, let line = try lines.next() {
            if let bytes = line.bytes, ASCII.trimmed(bytes).isEmpty { continue }
            do throws(BatchRefusal) {
                let request = try request(line)
                found.append(Line(number: line.number, request: .success(request)))
            } catch {
                found.append(Line(number: line.number, request: .failure(error)))
            }
        }
        return found
    }

    private func request(_ line: LineReader.Line) throws(BatchRefusal) -> BatchRequest {
        guard let bytes = line.bytes else { throw BatchRefusal("the line is too long") }
        var values: [BatchRequest.Column: Text] = [:]
        if let columns {
            guard let cells = CSV.values(of: bytes) else {
                throw BatchRefusal("its quotes do not match")
            }
            // What is missing at the end is left out.
            guard cells.count <= columns.count else {
                let there =
                    columns.count == 1 ? "there is 1 column" : "there are \(columns.count) columns"
                throw BatchRefusal("it has \(cells.count) values, and \(there)")
            }
            for (column, cell) in zip(columns, cells) { values[column] = Text(ASCII.trimmed(cell)) }
        } else {
            values = try Self.object(bytes)
        }
        return try BatchRequest(line: line.number, values, defaults)
    }

    private static func header(
        _ lines: inout LineReader,
        _ path: String
    ) throws(AdminError) -> [BatchRequest.Column] {
        func wrong(_ problem: String) -> AdminError {
            AdminError(
                .dataError,
                "cannot read '\(path)': line 1: \(problem); the columns are \(BatchRequest.Column.list)"
            )
        }
        guard let cells = try lines.next()?.bytes.flatMap(CSV.values) else {
            throw wrong("there is no header")
        }
        var columns: [BatchRequest.Column] = []
        for cell in cells {
            let name = Text(ASCII.trimmed(cell).map(ASCII.lowercased))
            guard let column = BatchRequest.Column(rawValue: name.description) else {
                throw wrong("unknown column '\(name.escaped())'")
            }
            if columns.contains(column) { throw wrong("column '\(name)' is there twice") }
            columns.append(column)
        }
        guard columns.contains(.user) else { throw wrong("there is no column 'user'") }
        return columns
    }

    private static func object(
        _ bytes: [UInt8]
    ) throws(BatchRefusal) -> [BatchRequest.Column: Text] {
        let object: [String: JSONValue]
        do {
            object = try JSONDecoder().decode([String: JSONValue].self, from: Data(bytes))
        } catch {
            throw BatchRefusal("this is not a JSON object of texts and whole numbers")
        }
        var values: [BatchRequest.Column: Text] = [:]
        for (key, value) in object {
            guard let column = BatchRequest.Column(rawValue: key) else {
                throw BatchRefusal("unknown key '\(Text(key.utf8).escaped())'")
            }
            values[column] = value.text
        }
        return values
    }
}

/// A text or a whole number, as its text.
private struct JSONValue: Decodable {
    let text: Text

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            text = "\(number)"
        } else {
            text = Text(try container.decode(String.self).utf8)
        }
    }
}
