/// The colours that are set (SGR in ECMA-48 §8.3.117, with xterm's 256 colours), as brightness.
struct GraphicRendition {
    private let theme: Theme
    private var foreground: UInt8?
    private var background: UInt8?
    private var isInverse = false

    init(theme: Theme) { self.theme = theme }

    var ink: UInt8 { isInverse ? paperAsSet : inkAsSet }
    var paper: UInt8 { isInverse ? inkAsSet : paperAsSet }

    private var inkAsSet: UInt8 { foreground ?? theme.foreground }
    private var paperAsSet: UInt8 { background ?? theme.background }

    /// Applies the parameters of one `ESC [ … m`; what is no colour (bold, underlined) is passed over.
    mutating func apply(_ parameters: [Int]) {
        var rest = parameters[...]
        while let parameter = rest.popFirst() {
            switch parameter {
            case 0: self = GraphicRendition(theme: theme)
            case 7: isInverse = true
            case 27: isInverse = false
            case 30...37: foreground = Self.brightness(ofIndex: parameter - 30)
            case 38: foreground = Self.extendedColour(&rest)
            case 39: foreground = nil
            case 40...47: background = Self.brightness(ofIndex: parameter - 40)
            case 48: background = Self.extendedColour(&rest)
            case 49: background = nil
            case 90...97: foreground = Self.brightness(ofIndex: parameter - 90 + 8)
            case 100...107: background = Self.brightness(ofIndex: parameter - 100 + 8)
            default: break
            }
        }
    }

    /// What follows 38 or 48: `5;INDEX` or `2;RED;GREEN;BLUE`.
    private static func extendedColour(_ rest: inout ArraySlice<Int>) -> UInt8? {
        switch rest.popFirst() {
        case 5: return rest.popFirst().flatMap(brightness(ofIndex:))
        case 2:
            guard let red = rest.popFirst(), let green = rest.popFirst(), let blue = rest.popFirst()
            else { return nil }
            return brightness(red, green, blue)
        default: return nil
        }
    }

    /// xterm's table: 16 colours that themes change, a cube of 6×6×6, 24 greys.
    private static func brightness(ofIndex index: Int) -> UInt8? {
        switch index {
        case 8:
            return 127
        case 0...15:
            let level = index < 8 ? 205 : 255
            let isOn = { (bit: Int) in (index >> bit) & 1 }
            return brightness(isOn(0) * level, isOn(1) * level, isOn(2) * level)
        case 16...231:
            let level = [0, 95, 135, 175, 215, 255]
            let place = index - 16
            return brightness(level[place / 36], level[place / 6 % 6], level[place % 6])
        case 232...255:
            let level = 8 + 10 * (index - 232)
            return brightness(level, level, level)
        default:
            return nil
        }
    }

    /// How bright a colour looks (ITU-R BT.601).
    private static func brightness(_ red: Int, _ green: Int, _ blue: Int) -> UInt8 {
        UInt8(clamping: (299 * red + 587 * green + 114 * blue) / 1000)
    }
}
