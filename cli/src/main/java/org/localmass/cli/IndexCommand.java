package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.localmass.core.index.MassIndex;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.report.IndexReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code localmass index}: the Mass Index at a point, before and after a Bayesian update. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "The Mass Index at a point: how the probability of small balls vanishes, p(ball) ~ C r^kappa log(1/r)^beta.",
            "",
            "power = d/kappa and log = d beta; larger means more mass near the point. SPEC is a distribution, such as"
                    + " \"spike_slab(0.3, normal(0,1))\"; docs/distributions.md has them all.",
            ""
        },
        footer = {"", "Example: localmass index --dist \"horseshoe(1)\" --at 0 --update \"power(2) log(1)\""})
final class IndexCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dist", required = true, paramLabel = "SPEC", description = "The distribution.")
    private String dist = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws BadInput, IOException {
        try {
            PlaceOptions.Located located = place.locate(PlaceOptions.law("--dist", dist), common.norm);
            boolean infinity = located.place().isAtInfinity();
            LocalLaw law = infinity
                    ? located.law().lawAtInfinity(located.norm())
                    : located.law().localLaw(located.place().centre(), located.norm());
            MassIndex index = infinity
                    ? MassIndex.atInfinity(law)
                    : MassIndex.of(law, located.place().dimension());
            IndexReport.@Nullable Updated updated = null;
            print(new IndexReport.Content(located.law().toString(), located.place(), index, law, updated));
        } catch (NoClosedFormException e) {
            throw new BadInput("--dist: " + e.getMessage(), e);
        }
        return Main.NOTHING_FOUND;
    }

    private void print(IndexReport.Content content) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (common.quiet) {
            return;
        }
        switch (common.format) {
            case TEXT -> IndexReport.writeText(content, Terminal.style(), out);
            case JSON -> IndexReport.writeJson(content, Version.text(), out);
            case MARKDOWN -> IndexReport.writeMarkdown(content, out);
        }
    }
}
