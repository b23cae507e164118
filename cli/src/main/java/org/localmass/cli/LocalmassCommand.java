package org.localmass.cli;

import java.io.PrintWriter;
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
        versionProvider = VersionOption.class,
        description = "Where a Bayesian posterior approximation is wrong, by how much, and how sure that is.",
        subcommands = {
            CheckCommand.class,
            SummaryCommand.class,
            MassCommand.class,
            IndexCommand.class,
            DivergenceCommand.class,
            FitCommand.class,
            ConvertCommand.class,
            ReproduceCommand.class,
            DemoCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no finding past the thresholds",
            "1:a finding past the thresholds",
            "2:bad usage or bad input",
            "3:internal error"
        },
        footer = {"", "Example: localmass check --approx advi.csv --reference nuts_*.csv --region \"tau < 0.5\""})
final class LocalmassCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Without a command: the usage. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: check, summary, mass, index, divergence, fit, convert, reproduce or demo");
    }

    /** The command line with its error handling, writing to the given streams. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new LocalmassCommand());
        line.setExpandAtFiles(false);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, args) -> {
            CommandLine where = problem.getCommandLine();
            where.getErr().println("localmass: " + usage(problem));
            return Main.BAD_INPUT;
        });
        line.setExecutionExceptionHandler((problem, where, parsed) -> {
            if (problem instanceof BadInput) {
                where.getErr().println("localmass: " + problem.getMessage());
                return Main.BAD_INPUT;
            }
            where.getErr().println("localmass: internal error: " + problem);
            problem.printStackTrace(where.getErr());
            return Main.INTERNAL_ERROR;
        });
        CommandLine completion = line.getSubcommands().get("generate-completion");
        if (completion != null) {
            completion.getCommandSpec().usageMessage().hidden(true);
        }
        return line;
    }

    private static String usage(ParameterException problem) {
        String name = problem.getCommandLine().getCommandSpec().qualifiedName();
        String message =
                String.valueOf(problem.getMessage()).lines().findFirst().orElse("bad usage");
        return message + " (see '" + name + " --help')";
    }
}
