internal import CPSKC

extension PSKCKey {
    /// Throws if the key may only be used in ways that no login here keeps to (RFC 6030 §5).
    func refuseWhatCannotBeHonoured() throws(AdminError) {
        let usages = unsafe number(pskc_get_key_policy_keyusages)
        let encoding = unsafe number(pskc_get_key_algparm_resp_encoding)
        let objections: [(Bool, String)] = unsafe [
            (
                pskc_get_key_policy_pinkeyid(key) != nil
                    || number(pskc_get_key_policy_pinusagemode) != nil
                    || number(pskc_get_key_policy_pinmaxfailedattempts) != nil
                    || number(pskc_get_key_policy_pinminlength) != nil
                    || number(pskc_get_key_policy_pinmaxlength) != nil
                    || number(pskc_get_key_policy_pinencoding) != nil, "PINPolicy"
            ),
            (number(pskc_get_key_policy_numberoftransactions) != nil, "NumberOfTransactions"),
            (
                pskc_get_key_policy_startdate(key) != nil
                    || pskc_get_key_policy_expirydate(key) != nil, "StartDate or ExpiryDate"
            ),
            (number(pskc_get_key_algparm_resp_checkdigits) ?? 0 != 0, "CheckDigits"),
            (
                encoding.map { $0 != PSKC_VALUEFORMAT_DECIMAL } ?? false,
                "Encoding that is not DECIMAL"
            ),
            (
                usages.map { UInt32($0) & PSKC_KEYUSAGE_OTP.rawValue == 0 } ?? false,
                "KeyUsage that is not OTP"
            ),
            (number(pskc_get_key_algparm_chall_encoding) != nil, "ChallengeFormat"),
        ]
        if let objection = objections.first(where: { $0.0 }) {
            throw AdminError(.dataError, "its \(objection.1) cannot be honoured")
        }
    }
}
