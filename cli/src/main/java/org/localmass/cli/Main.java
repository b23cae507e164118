package org.localmass.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Starts the program. */
public final class Main {
    /** Exit code: no finding past the thresholds. */
    static final int NOTHING_FOUND = 0;
    /** Exit code: a finding past the thresholds. */
    static final int FOUND = 1;
    /** Exit code: bad usage or bad input. */
    static final int BAD_INPUT = 2;
    /** Exit code: internal error. */
    static final int INTERNAL_ERROR = 3;

    private Main() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] args) {
        // figures are drawn, never shown
        System.setProperty("java.awt.headless", "true");
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code;
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // the classes of the command line take longer to load than Java to start
            out.println(Version.line());
            code = NOTHING_FOUND;
        } else {
            code = LocalmassCommand.commandLine(out, err).execute(args);
        }
        out.flush();
        err.flush();
        System.exit(code);
    }
}
