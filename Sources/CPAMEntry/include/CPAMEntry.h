// The module exports its pam_sm_ functions to libpam and nothing to C.
