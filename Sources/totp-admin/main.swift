internal import AdminCommands

TOTPAdmin.start()
