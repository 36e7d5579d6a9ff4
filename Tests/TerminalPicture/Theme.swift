/// What a terminal's colours are where nothing has set any.
package enum Theme: CaseIterable, Sendable {
    /// Light letters on black.
    case dark
    /// Black letters on white.
    case light

    var foreground: UInt8 { self == .dark ? 229 : 0 }
    var background: UInt8 { self == .dark ? 0 : 255 }
}
