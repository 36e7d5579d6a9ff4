package import PAMStack

extension Place {
    package var description: String { "\(file):\(line)" }
}

extension Way {
    /// Whether it is open to those only who may do anything as it is.
    var isRoots: Bool {
        conditions.contains { $0.module.name == "pam_rootok" && $0.holds }
    }

    /// Those to whom it is open.
    var whom: String {
        let names = conditions.map { condition in
            switch (condition.module.name, condition.holds) {
            case ("pam_rootok", true): "root"
            case ("pam_rootok", false): "others than root"
            case (let name, let holds):
                "those of whom '\(([name] + condition.module.arguments).joined(separator: " "))' says \(holds ? "yes" : "no")"
            }
        }
        return names.joined(separator: ", of ")
    }
}
