import Foundation
import System
import Testing

/// A PAM service file of pam/examples, and how somebody answers it.
struct ShippedStack: CustomTestStringConvertible {
    enum Question {
        case passwordThenCode
        /// Password and code in one answer.
        case together
        case codeAlone
    }

    let name: String
    let question: Question
    /// Whether the program runs as the person who is asked, and not as root.
    var isTheirs = false

    var testDescription: String { name }

    static let all = [
        ShippedStack(name: "sshd", question: .passwordThenCode),
        ShippedStack(name: "sshd-key", question: .codeAlone),
        ShippedStack(name: "sshd-password", question: .together),
        ShippedStack(name: "sudo", question: .passwordThenCode),
        ShippedStack(name: "login", question: .passwordThenCode),
        ShippedStack(name: "locker", question: .together, isTheirs: true),
        ShippedStack(name: "openvpn", question: .together),
    ]
    static let withPassword = all.filter { $0.question != .codeAlone }

    private static let source = "\(Project.folder)/pam/examples"

    var text: String {
        get throws { try String(contentsOfFile: "\(Self.source)/\(name)", encoding: .utf8) }
    }

    /// The lines that are no comments.
    var lines: [Substring] {
        get throws { try text.split(separator: "\n").filter { !$0.hasPrefix("#") } }
    }

    /// The files' folder, where everybody may read it: a locker is not root.
    static let folder = Result { () throws -> String in
        let folder = "/run/home/examples"
        _ = try Command.output(of: "cp", "-r", source, folder)
        _ = try Command.output(of: "chmod", "-R", "a+rX", folder)
        _ = try Command.output(of: "install", "-m", "755", PAMLogin.path, "/run/home/pam-login")
        return folder
    }

    /// The same, with `nullok` on the line that verifies.
    func withNullok() throws -> ShippedStack {
        let copy = ShippedStack(name: "\(name)-nullok", question: question, isTheirs: isTheirs)
        let lenient = try text.replacing(/pam_totp\.so *\n/, with: "pam_totp.so nullok\n")
        let path = "\(try Self.folder.get())/\(copy.name)"
        try lenient.write(toFile: path, atomically: true, encoding: .utf8)
        _ = try Command.output(of: "chmod", "a+r", path)
        return copy
    }

    /// Authenticates through the file as it is shipped.
    func login(as person: Person, password: String? = nil, code: String) throws -> Answer {
        let password = password ?? person.password
        let replies =
            switch question {
            case .passwordThenCode: ["-p", password]
            case .together, .codeAlone: [String]()
            }
        let reply = question == .together ? password + code : code
        // Somebody who does not exist runs nothing.
        let isCaller = try isTheirs && person.exists
        let caller = isCaller ? ["runuser", "-u", person.name, "--"] : []
        let folder = try Self.folder.get()
        let command = try Command.run(
            caller + ["/run/home/pam-login"] + replies + [folder, name, person.name, reply]
        )
        guard let answer = Answer(Substring(command.text.trimmed)) else {
            throw Failure("no answer (\(command.status)): \(command.text)\(command.error)")
        }
        return answer
    }

    /// The questions of somebody who gives the right password.
    var prompts: [String] {
        switch question {
        case .passwordThenCode: ["Password: ", "Verification code: "]
        case .together: ["Password and verification code: "]
        case .codeAlone: ["Verification code: "]
        }
    }
}

extension Person {
    /// Whether there is an account of this name.
    var exists: Bool { get throws { try Account.find(named: Text(name.utf8)) != nil } }
}
