import Foundation

@testable import PAMStack

/// A configuration in memory: what is in /etc/pam.d, or a file elsewhere by its whole path.
func stack(
    _ files: [String: String],
    service: String = "sshd",
    facility: Facility = .auth
) -> Stack {
    StackFiles(folders: ["/etc/pam.d"]) { path in
        let name = path.hasPrefix("/etc/pam.d/") ? String(path.dropFirst(11)) : path
        return files[name].map { Array($0.utf8) }
    }.stack(service: service, facility: facility)
}

func stack(_ lines: String) -> Stack { stack(["sshd": lines]) }

extension Stack {
    /// With pam_debug's results where a line asks for one, what it says of other modules.
    func outcome(of results: [String: ReturnCode] = [:]) -> ReturnCode {
        outcome { handler in
            guard let module = handler.module else { return .permDenied }
            return module.debugResult ?? results[module.name] ?? .success
        }
    }
}

extension Module {
    /// What pam_debug(8) returns for the line; a module that is not there returns PAM_MODULE_UNKNOWN.
    var debugResult: ReturnCode? {
        guard name == "pam_debug" else { return name == "pam_absent" ? .moduleUnknown : nil }
        let asked = arguments.last { $0.hasPrefix("auth=") }?.dropFirst(5)
        return ReturnCode.allCases.first { $0.name == asked ?? "success" }
    }
}

extension Way {
    /// `pam_rootok` or `!pam_rootok`.
    var people: [String] { conditions.map { ($0.holds ? "" : "!") + $0.module.name } }

    var path: [String] { steps.path }
}

extension [Step] {
    /// `pam_unix success`, a line each.
    var path: [String] {
        map { "\($0.handler.module?.name ?? "-") \($0.result?.name ?? "-")" }
    }
}
