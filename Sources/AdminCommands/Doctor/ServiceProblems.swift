internal import Doctor
internal import Glibc
internal import PAMModule
internal import PAMStack
internal import Store
internal import System

/// What of a service's lines, and of what they name, lets nobody in.
extension StackExamination {
    /// What is wrong with those that are named, and with their stores; the default one is the store's
    /// matter.
    func problems(of service: Service) -> [Diagnosis] {
        argumentProblems(of: service)
            + configurations(of: service).compactMap { path in
                guard let path, path != configurationPath else { return nil }
                return failure(of: path).map {
                    Diagnosis(.problem, service.name, "nobody gets in: \($0)", evidence: [path])
                }
            }
    }

    /// The lines that the module refuses to make anything of.
    private func argumentProblems(of service: Service) -> [Diagnosis] {
        service.stack.handlers.compactMap { handler in
            guard let module = handler.module, module.name == "pam_totp" else { return nil }
            do throws(ModuleArgumentError) {
                _ = try ModuleArguments(module.arguments.map { Text($0.utf8) })
                return nil
            } catch {
                return Diagnosis(
                    .problem,
                    service.name,
                    "pam_totp refuses everybody at \(handler.place.description): \(error.description)",
                    remedy: "see pam_totp(8)"
                )
            }
        }
    }

    /// Why nobody gets in by this configuration; nil if all is well, or only root may say.
    private func failure(of path: String) -> Text? {
        do throws(ConfigurationError) {
            let configuration = try Configuration.read(path: Text(path.utf8))
            let error = StoreExamination.failure(opening: configuration)
            return error.flatMap { $0.isPermission && geteuid() != 0 ? nil : $0.description }
        } catch {
            return error.description
        }
    }
}
