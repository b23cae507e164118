package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.report.MassReport;
import org.localmass.report.TextStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code localmass mass}: the mass of balls over their radius. */
@Command(
        name = "mass",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "The probability of balls about a point, radius by radius, with the slope in log-log axes.",
            "",
            "SPEC is a distribution, such as \"horseshoe(1)\" or \"mixture(0.9*normal(0,1) + 0.1*normal(5,0.1))\";"
                    + " docs/distributions.md has them all.",
            ""
        },
        footer = {"", "Example: localmass mass --dist \"horseshoe(1)\" --at 0 --radii 1e-12:1:13"})
final class MassCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dist", required = true, paramLabel = "SPEC", description = "The distribution.")
    private String dist = "";

    @Option(
            names = "--radii",
            paramLabel = "A:B:N",
            defaultValue = "1e-6:1:7",
            description = "N geometric radii from A to B (default: ${DEFAULT-VALUE}).")
    private String radii = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ResultFolder result = new ResultFolder();

    @Override
    public Integer call() throws BadInput, IOException {
        double[] sizes = PlaceOptions.radii(radii);
        try {
            PlaceOptions.Located located = place.locate(PlaceOptions.law("--dist", dist), common.norm);
            boolean infinity = located.place().isAtInfinity();
            MassCurve curve = infinity
                    ? MassCurve.atInfinity(located.law(), located.norm(), sizes)
                    : MassCurve.about(located.law(), located.place().centre(), located.norm(), sizes);
            LocalLaw law = infinity
                    ? located.law().lawAtInfinity(located.norm())
                    : located.law().localLaw(located.place().centre(), located.norm());
            print(new MassReport.Content(located.law().toString(), located.place(), curve, law));
        } catch (NoClosedFormException e) {
            throw new BadInput("--dist: " + e.getMessage(), e);
        }
        return Main.NOTHING_FOUND;
    }

    private void print(MassReport.Content content) throws BadInput, IOException {
        result.write(
                w -> MassReport.writeText(content, TextStyle.plain().withUnicode(true), w),
                w -> MassReport.writeJson(content, Version.text(), w),
                w -> MassReport.writeMarkdown(content, w));
        PrintWriter out = spec.commandLine().getOut();
        if (common.quiet) {
            return;
        }
        switch (common.format) {
            case TEXT -> MassReport.writeText(content, Terminal.style(), out);
            case JSON -> MassReport.writeJson(content, Version.text(), out);
            case MARKDOWN -> MassReport.writeMarkdown(content, out);
        }
    }
}
