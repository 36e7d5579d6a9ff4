internal import CPAM
internal import System

// swift-format-ignore: AlwaysUseLowerCamelCase
/// What the C entry point calls: C's arguments in, one call, a return code out.
@c @implementation
public func totp_pam_authenticate(
    _ pamh: OpaquePointer!,
    _ flags: CInt,
    _ argc: CInt,
    _ argv: UnsafeMutablePointer<UnsafePointer<CChar>?>!,
    _ cancelState: CInt
) -> CInt {
    guard let pamh = unsafe pamh else { return PAM_SERVICE_ERR }
    var arguments: [Text] = []
    for index in 0..<max(0, Int(argc)) {
        // SAFETY: libpam passes `argc` terminated strings.
        guard let argv = unsafe argv, let text = unsafe argv[index] else { continue }
        arguments.append(unsafe Text(cString: text))
    }
    var authentication = Authentication(
        unsafe PAMHandle(pamh, cancelState: cancelState),
        isSilent: flags & CInt(PAM_SILENT) != 0
    )
    return authentication.run(arguments: arguments)
}
