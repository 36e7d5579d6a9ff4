/// What may happen to a file, as an input says it: a byte for the kind of each change, one for its
/// value, two for its place, and two more for each other place that it has.
struct Damage {
    enum Kind: CaseIterable {
        /// Another byte at a place.
        case alter
        /// Nothing from a place on.
        case cut
        /// What is between two places also at a third one, in the place of what was there.
        case copy
        case remove
        case insert
    }

    private let kinds: [Kind]
    /// Places where something begins, which are hard to meet by chance.
    private let marks: [Int]

    init(_ kinds: [Kind] = Kind.allCases, marks: [Int] = [0]) {
        self.kinds = kinds
        self.marks = marks
    }

    /// `file` after all the changes that `input` says.
    func applied(to file: [UInt8], by input: [UInt8]) -> [UInt8] {
        var damaged = file
        var reader = InputReader(input)
        while !reader.rest.isEmpty {
            let kind = kinds[Int(reader.number(UInt8.self)) % kinds.count]
            let byte: UInt8 = reader.number()
            let start = place(&reader, in: damaged)
            switch kind {
            case .alter: if start < damaged.count { damaged[start] ^= byte }
            case .cut: damaged.removeLast(damaged.count - start)
            case .insert: damaged.insert(byte, at: start)
            case .remove:
                let end = place(&reader, in: damaged)
                damaged.removeSubrange(min(start, end)..<max(start, end))
            case .copy:
                let end = place(&reader, in: damaged)
                let target = place(&reader, in: damaged)
                let part = damaged[min(start, end)..<max(start, end)]
                    .prefix(damaged.count - target)
                damaged.replaceSubrange(target..<target + part.count, with: Array(part))
            }
        }
        return damaged
    }

    /// A place in the file or at its end; one of the marks, if the highest bit says so.
    private func place(_ reader: inout InputReader, in file: [UInt8]) -> Int {
        let number = Int(reader.number(UInt16.self))
        let place = number < 0x8000 ? number : marks[number % marks.count]
        return place % (file.count + 1)
    }
}
