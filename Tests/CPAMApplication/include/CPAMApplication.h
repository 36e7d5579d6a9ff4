#pragma once

/// Authenticates `user` for `service` as a program of ours would (pam_authenticate(3)), with one
/// reply to every question. Returns libpam's return code.
int pam_application_authenticate(const char *service, const char *user, const char *reply);
