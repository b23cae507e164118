package org.localmass.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code localmass} command. */
@Command(
        name = "localmass",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Where a Bayesian posterior approximation is wrong, by how much, and how sure that is.",
        subcommands = {CheckCommand.class, DemoCommand.class, AutoComplete.GenerateCompletion.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no finding past the thresholds",
            "1:a finding past the thresholds",
            "2:bad usage or bad input",
            "3:internal error"
        },
        footer = {"", "Example: localmass check --approx advi.csv --reference nuts_*.csv --region \"tau < 0.5\""})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Exit code: no finding past the thresholds. */
    static final int NOTHING_FOUND = 0;
    /** Exit code: a finding past the thresholds. */
    static final int FOUND = 1;
    /** Exit code: bad usage or bad input. */
    static final int BAD_INPUT = 2;
    /** Exit code: internal error. */
    static final int INTERNAL_ERROR = 3;

    /** Without a command: the usage. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: check or demo");
    }

    /** Runs the command and exits with its code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = commandLine(out, err).execute(args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** The command line with its error handling, writing to the given streams. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Main());
        line.setExpandAtFiles(false);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, args) -> {
            CommandLine where = problem.getCommandLine();
            where.getErr().println("localmass: " + usage(problem));
            return BAD_INPUT;
        });
        line.setExecutionExceptionHandler((problem, where, parsed) -> {
            if (problem instanceof BadInput) {
                where.getErr().println("localmass: " + problem.getMessage());
                return BAD_INPUT;
            }
            where.getErr().println("localmass: internal error: " + problem);
            problem.printStackTrace(where.getErr());
            return INTERNAL_ERROR;
        });
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        return line;
    }

    private static String usage(ParameterException problem) {
        String name = problem.getCommandLine().getCommandSpec().qualifiedName();
        String message =
                String.valueOf(problem.getMessage()).lines().findFirst().orElse("bad usage");
        return message + " (see '" + name + " --help')";
    }
}
