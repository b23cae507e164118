package org.localmass.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * One run of the command line within the test's own process.
 *
 * @param code exit code
 * @param out  standard output
 * @param err  standard error
 */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = LocalmassCommand.commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(args);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** A bundled example file. */
    static String example(String name) {
        return root().resolve("examples").resolve(name).toString();
    }

    static Path root() {
        return Path.of(System.getProperty("localmass.root", "..")).normalize();
    }
}
