package import System

/// The module arguments on a line of a PAM stack (pam.conf(5)).
package struct ModuleArguments: Equatable {
    /// Whether somebody who is not enrolled may pass without a code.
    package private(set) var nullok = false
    /// The configuration to read; nil for the default one.
    package private(set) var configurationPath: Text?

    /// - Throws: `ModuleArgumentError`; one option that is not understood denies every login.
    package init(_ arguments: [Text]) throws(ModuleArgumentError) {
        for argument in arguments {
            if argument == "nullok" {
                nullok = true
            } else if argument.utf8.starts(with: "conf=".utf8) {
                let path = Text(argument.utf8.dropFirst("conf=".utf8.count))
                guard path.utf8.first == UInt8(ascii: "/") else { throw .notAPath(option: "conf") }
                configurationPath = path
            } else {
                throw .unknownOption(argument)
            }
        }
    }
}

/// A module argument that makes no sense.
package enum ModuleArgumentError: Error, Equatable {
    case unknownOption(Text)
    case notAPath(option: Text)

    var description: Text {
        switch self {
        case .unknownOption(let option): "unknown option '\(option.escaped())'"
        case .notAPath(let option): "option '\(option)=' needs an absolute path"
        }
    }
}
