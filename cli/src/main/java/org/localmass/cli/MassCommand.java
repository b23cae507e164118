package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.estimate.DrawsCurve;
import org.localmass.report.DrawsMassReport;
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
        footer = {
            "",
            "Example: localmass mass --dist \"horseshoe(1)\" --at 0 --radii 1e-12:1:13",
            "Example: localmass mass --draws nuts_*.csv --at \"tau=0\""
        })
final class MassCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dist", paramLabel = "SPEC", description = "The distribution.")
    @Nullable
    private String dist;

    @Mixin
    private DrawsOptions source = new DrawsOptions();

    @Option(
            names = "--radii",
            paramLabel = "A:B:N",
            description = "N geometric radii from A to B (default: 1e-6:1:7; of draws, from the radius of five draws"
                    + " to that of nine tenths).")
    @Nullable
    private String radii;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ResultFolder result = new ResultFolder();

    @Override
    public Integer call() throws BadInput, IOException {
        if (source.given(dist != null) || dist == null) {
            estimate();
            return Main.NOTHING_FOUND;
        }
        double[] sizes = PlaceOptions.radii(radii == null ? "1e-6:1:7" : radii);
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

    private void estimate() throws BadInput, IOException {
        DrawsOptions.Read read = source.read(common, spec.commandLine().getErr());
        PlaceOptions.Found found = place.find(read.draws(), read.labels(), common.norm);
        boolean infinity = found.place().isAtInfinity();
        double[] sizes =
                radii != null ? PlaceOptions.radii(radii) : DrawsCurve.radii(read.draws(), found.ball(), infinity, 12);
        DrawsCurve curve = infinity
                ? DrawsCurve.atInfinity(read.draws(), found.ball(), sizes, common.level)
                : DrawsCurve.about(read.draws(), found.ball(), sizes, common.level);
        var content = new DrawsMassReport.Content(read.of(), read.draws().size(), found.place(), curve, common.level);
        result.write(
                w -> DrawsMassReport.writeText(content, TextStyle.plain().withUnicode(true), w),
                w -> DrawsMassReport.writeJson(content, Version.text(), w),
                w -> DrawsMassReport.writeMarkdown(content, w));
        if (common.quiet) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (common.format) {
            case TEXT -> DrawsMassReport.writeText(content, Terminal.style(), out);
            case JSON -> DrawsMassReport.writeJson(content, Version.text(), out);
            case MARKDOWN -> DrawsMassReport.writeMarkdown(content, out);
        }
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
