internal import PAMStack
internal import Store
internal import System
internal import Verification

/// One service: its stack, and whom its configurations exempt.
extension StackExamination {
    struct Service {
        let name: String
        let stack: PAMStack.Stack

        var codeLines: [Module] {
            stack.handlers.compactMap(\.module).filter { $0.role == .code }
        }
        var asks: Bool { !codeLines.isEmpty }
        var splits: Bool { stack.handlers.contains { $0.module?.role == .split } }
        var hasNullok: Bool { codeLines.contains { $0.arguments.contains("nullok") } }
    }

    /// The configurations that the service's lines name.
    func configurations(of service: Service) -> [String?] {
        service.codeLines.map { module in
            module.arguments.last { $0.hasPrefix("conf=") }.map { String($0.dropFirst(5)) }
                ?? configurationPath
        }
    }

    /// Who needs no code there, by each of the configurations that can be read.
    func exemptions(at service: Service) -> [Exemptions] {
        configurations(of: service).compactMap { path in
            try? Configuration.read(
                path: path.map { Text($0.utf8) },
                service: Text(service.name.utf8)
            ).exemptions
        }
    }

    /// Why a person needs no code there, wherever they come from; nil if they need one.
    func exemption(of account: Account, at service: Service) -> Exemption? {
        for exemptions in exemptions(at: service) {
            let scope = try? exemptions.scope(of: account, from: "", asking: SystemGroups())
            if case .exempt(let exemption) = scope { return exemption }
        }
        return nil
    }
}
