internal import System

/// Recovery codes as they are shown, once.
enum RecoverySheet {
    static func text(_ codes: [Text]) -> String {
        let half = (codes.count + 1) / 2
        let rows = (0..<half).map { row in
            "  "
                + [row, row + half].filter(codes.indices.contains).map { codes[$0].description }
                .joined(separator: "   ")
        }
        return """
            Recovery codes, for when the app is out of reach. Each works once. They are not shown
            again: print them, or keep them where the phone is not.

            \(rows.joined(separator: "\n"))
            """
    }
}
