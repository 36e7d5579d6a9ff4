// Makes a picture of what a terminal showed: its bytes from standard input, a PGM file to standard
// output.
//   terminal-picture [--dark|--light]

import Glibc
import TerminalPicture

let theme: Theme
switch CommandLine.arguments.dropFirst() {
case [], ["--dark"]: theme = .dark
case ["--light"]: theme = .light
default:
    let usage = "usage: terminal-picture [--dark|--light]\n"
    _ = usage.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(2)
}

var shown: [UInt8] = []
while case let byte = getchar(), byte != EOF { shown.append(UInt8(truncatingIfNeeded: byte)) }
for byte in TerminalPicture(of: shown, on: theme).pgm where putchar(CInt(byte)) == EOF { exit(1) }
