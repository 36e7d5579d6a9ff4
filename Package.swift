// swift-tools-version: 6.2
import PackageDescription

// The module and its libraries build two ways from the same sources: as ordinary Swift for
// totp-admin and the tests, and as Embedded Swift (no runtime in sshd) with `--traits Embedded`.
// DESIGN.md, "Swift without the runtime", says what was learnt making that work.

let tests: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let strict: [SwiftSetting] = tests + [.strictMemorySafety()]

let embeddable: [SwiftSetting] =
    strict + [
        .enableExperimentalFeature("Embedded", .when(traits: ["Embedded"])),
        .unsafeFlags(
            ["-wmo", "-Osize", "-Xfrontend", "-function-sections"],
            .when(traits: ["Embedded"])
        ),
    ]

// What is missing fails here, at the link, and not in sshd; but for scripts/sanitize, whose programs
// bring what a library built so lacks.
let whole: [String] =
    Context.environment["TOTP_SANITIZING"] == nil ? ["-Xlinker", "-z", "-Xlinker", "defs"] : []

// Nothing that is not used, nothing bound late, nothing undefined.
let helperLink: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld",
            "-Xlinker", "--gc-sections", "-Xlinker", "--icf=all",
            "-Xlinker", "-z", "-Xlinker", "now",
            "-Xlinker", "-z", "-Xlinker", "relro",
        ] + whole
    ),
    .unsafeFlags(["-enable-experimental-feature", "Embedded"], .when(traits: ["Embedded"])),
]

let moduleLink: [LinkerSetting] =
    helperLink + [
        .unsafeFlags([
            "-Xlinker", "-z", "-Xlinker", "nodelete",
            "-Xlinker", "--version-script=\(Context.packageDirectory)/pam/pam_totp.map",
        ])
    ]

let package = Package(
    name: "pam-totp",
    products: [
        .library(name: "pam_totp", type: .dynamic, targets: ["CPAMEntry"]),
        .executable(name: "totp-helper", targets: ["totp-helper"]),
        .executable(name: "totp-admin", targets: ["totp-admin"]),
        // For tests: the loader loads them.
        .library(name: "nss_totptest", type: .dynamic, targets: ["libnss-totptest"]),
        .library(name: "test_libc", type: .dynamic, targets: ["libtest-libc"]),
    ],
    traits: [.trait(name: "Embedded", description: "Build without the Swift runtime.")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        .target(name: "CSystem"),
        .target(name: "CHost"),
        .target(name: "CPAM", linkerSettings: [.linkedLibrary("pam")]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(
            name: "CQRencode",
            pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]
        ),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(
            name: "CPSKC",
            pkgConfig: "libpskc",
            providers: [.apt(["libpskc-dev"])]
        ),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

        .target(name: "System", dependencies: ["CSystem", "CNettle"], swiftSettings: embeddable),
        .target(name: "OTP", dependencies: ["System", "CNettle"], swiftSettings: embeddable),
        .target(name: "Verification", dependencies: ["OTP", "System"], swiftSettings: embeddable),
        .target(
            name: "Store",
            dependencies: ["Verification", "OTP", "System", "CNettle"],
            swiftSettings: embeddable
        ),
        .target(
            name: "HelperProtocol",
            dependencies: ["Verification", "System"],
            swiftSettings: embeddable
        ),
        .target(
            name: "Helper",
            dependencies: ["HelperProtocol", "Store", "Verification", "System"],
            swiftSettings: embeddable
        ),
        .executableTarget(
            name: "totp-helper",
            dependencies: ["Helper", "CSystem"],
            swiftSettings: embeddable,
            linkerSettings: helperLink
        ),
        .target(
            name: "PAMModule",
            dependencies: ["HelperProtocol", "Store", "Verification", "System", "CPAM"],
            swiftSettings: embeddable
        ),
        .target(
            name: "CPAMEntry",
            dependencies: ["PAMModule", "CPAM"],
            linkerSettings: moduleLink
        ),

        .target(
            name: "Backup",
            dependencies: ["Store", "Verification", "OTP", "System", "CNettle"],
            swiftSettings: strict
        ),
        .target(name: "PAMStack", swiftSettings: strict),
        .target(name: "Doctor", dependencies: ["PAMStack", "System"], swiftSettings: strict),
        .target(
            name: "AdminCommands",
            dependencies: [
                "Backup", "Doctor", "PAMModule", "PAMStack", "Store", "Verification", "OTP",
                "System",
                "CHost", "CQRencode", "CPNG", "CSystem", "CNettle", "CPSKC", "CXML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "totp-admin",
            dependencies: ["AdminCommands"],
            swiftSettings: strict
        ),

        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: tests),
        .target(
            name: "EnrollmentContents",
            dependencies: ["Verification", "OTP", "System"],
            path: "Tests/EnrollmentContents",
            swiftSettings: tests
        ),
        .target(name: "TerminalPicture", path: "Tests/TerminalPicture", swiftSettings: tests),
        .executableTarget(
            name: "terminal-picture",
            dependencies: ["TerminalPicture"],
            path: "Tests/terminal-picture",
            swiftSettings: tests
        ),

        .target(
            name: "libnss-totptest",
            path: "Tests/libnss-totptest",
            linkerSettings: [
                // It is C: without this, everything that asks for a user would load Swift.
                .unsafeFlags([
                    "-enable-experimental-feature", "Embedded",
                    "-Xlinker", "-soname=libnss_totptest.so.2",
                ])
            ]
        ),
        .target(
            name: "libtest-libc",
            path: "Tests/libtest-libc",
            linkerSettings: [.unsafeFlags(["-enable-experimental-feature", "Embedded"])]
        ),
        .executableTarget(name: "signal-login", path: "Tests/signal-login"),
        .executableTarget(name: "service-calls", path: "Tests/service-calls"),
        .executableTarget(
            name: "thread-login",
            path: "Tests/thread-login",
            linkerSettings: [.linkedLibrary("pam")]
        ),
        .executableTarget(
            name: "pam-login",
            path: "Tests/pam-login",
            // Debian 12's valgrind does not read what clang writes otherwise.
            cSettings: [.unsafeFlags(["-gdwarf-4"])],
            linkerSettings: [.linkedLibrary("pam")]
        ),

        .executableTarget(
            name: "stack-outcomes",
            path: "Tests/stack-outcomes",
            linkerSettings: [.linkedLibrary("pam")]
        ),

        .testTarget(name: "SystemTests", dependencies: ["System"], swiftSettings: tests),
        .testTarget(name: "OTPTests", dependencies: ["OTP", "System"], swiftSettings: tests),
        .testTarget(
            name: "VerificationTests",
            dependencies: ["SeededRandom", "Verification", "OTP", "System"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "EnrollmentContents", "SeededRandom", "Store", "Verification", "OTP", "System",
            ],
            swiftSettings: tests
        ),
        .testTarget(
            name: "BackupTests",
            dependencies: ["Backup", "Store", "Verification", "OTP", "System"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "PAMStackTests",
            dependencies: ["PAMStack", "SeededRandom", "stack-outcomes"],
            exclude: ["Stacks"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "DoctorTests",
            dependencies: ["Doctor", "PAMStack"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "HelperProtocolTests",
            dependencies: ["HelperProtocol", "Verification", "System"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "PAMModuleTests",
            dependencies: ["PAMModule", "Store", "Verification", "System"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CPseudoTerminal", "TerminalPicture", "pam-login",
                "service-calls", "signal-login", "thread-login",
                "Backup", "Store",
                "Verification", "OTP", "System",
            ],
            swiftSettings: tests
        ),
    ]
)

// What scripts/fuzz builds, and nothing else does: without libFuzzer it does not link. Of the commands
// it has what reads files, since instrumented ArgumentParser takes longer to build than all the rest.
if Context.environment["TOTP_FUZZING"] != nil {
    for target in package.targets where target.name == "AdminCommands" {
        target.dependencies = [
            "Store", "Verification", "OTP", "System", "CNettle", "CPSKC", "CXML",
        ]
        target.sources = [
            "AdminError.swift", "CSV.swift", "InputFile.swift", "StoreAccess.swift",
            "Batch/BatchInput.swift", "Batch/BatchRequest.swift", "Batch/LineReader.swift",
            "Export/OATHLineText.swift",
            "Import/ForeignAuthenticator.swift", "Import/GoogleAuthenticatorFile.swift",
            "Import/ImportItem.swift", "Import/OATHFile.swift", "Import/OATHLine.swift",
            "Import/PSKCCipher.swift", "Import/PSKCDocument.swift", "Import/PSKCFile.swift",
            "Import/PSKCKey.swift", "Import/PSKCPolicy.swift", "Import/URIFile.swift",
        ]
    }
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "AdminCommands", "Doctor", "PAMStack", "PAMModule", "Backup", "HelperProtocol",
                "Store",
                "Verification", "OTP", "System", "SeededRandom", "EnrollmentContents",
            ],
            path: "Tests/Fuzzing",
            exclude: ["Corpora", "Dictionaries"],
            swiftSettings: tests + [.unsafeFlags(["-parse-as-library"])]
        )
    )
}
