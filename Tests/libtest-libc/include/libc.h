// It is loaded in front of libc, and nothing calls it by name.
