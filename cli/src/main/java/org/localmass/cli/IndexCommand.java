package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.localmass.core.index.MassIndex;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.updating.BayesianUpdate;
import org.localmass.core.updating.LikelihoodFactor;
import org.localmass.core.updating.Update;
import org.localmass.estimate.DrawsIndex;
import org.localmass.estimate.IndexEstimate;
import org.localmass.report.DrawsIndexReport;
import org.localmass.report.IndexReport;
import org.localmass.report.TextStyle;
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
        footer = {
            "",
            "Example: localmass index --dist \"horseshoe(1)\" --at 0 --update \"power(2) log(1)\"",
            "Example: localmass index --draws nuts_*.csv --at \"tau=0\""
        })
final class IndexCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dist", paramLabel = "SPEC", description = "The distribution.")
    @Nullable
    private String dist;

    @Mixin
    private DrawsOptions source = new DrawsOptions();

    @Option(
            names = "--coordinatewise",
            description = "Of draws: also the index of each coordinate of the point by itself.")
    private boolean coordinatewise;

    @Option(
            names = "--update",
            paramLabel = "FACTOR",
            description = "Also the index after a Bayesian update. FACTOR is how the likelihood behaves at the point,"
                    + " such as \"power(2) log(1)\"; docs/updating.md has the grammar.")
    @Nullable
    private String update;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ResultFolder result = new ResultFolder();

    @Override
    public Integer call() throws BadInput, IOException {
        if (source.given(dist != null) || dist == null) {
            if (update != null) {
                throw new BadInput("--update needs --dist");
            }
            estimate();
            return Main.NOTHING_FOUND;
        }
        if (coordinatewise) {
            throw new BadInput("--coordinatewise needs --draws");
        }
        try {
            PlaceOptions.Located located = place.locate(PlaceOptions.law("--dist", dist), common.norm);
            boolean infinity = located.place().isAtInfinity();
            LocalLaw law = infinity
                    ? located.law().lawAtInfinity(located.norm())
                    : located.law().localLaw(located.place().centre(), located.norm());
            MassIndex index = infinity
                    ? MassIndex.atInfinity(law)
                    : MassIndex.of(law, located.place().dimension());
            print(new IndexReport.Content(located.law().toString(), located.place(), index, law, updated(located)));
        } catch (NoClosedFormException e) {
            throw new BadInput("--dist: " + e.getMessage(), e);
        }
        return Main.NOTHING_FOUND;
    }

    private void estimate() throws BadInput, IOException {
        DrawsOptions.Read read = source.read(common, spec.commandLine().getErr());
        PlaceOptions.Found found = place.find(read.draws(), read.labels(), common.norm);
        DrawsIndex estimator = DrawsIndex.withDefaults().withLevel(common.level);
        boolean infinity = found.place().isAtInfinity();
        IndexEstimate together =
                infinity ? estimator.atInfinity(read.draws(), found.ball()) : estimator.at(read.draws(), found.ball());
        List<DrawsIndexReport.Coordinate> each = new ArrayList<>();
        if (coordinatewise) {
            List<IndexEstimate> estimates = estimator.coordinatewise(read.draws(), found.ball(), infinity);
            for (int i = 0; i < estimates.size(); i++) {
                each.add(new DrawsIndexReport.Coordinate(
                        found.ball().coordinateNames().get(i), estimates.get(i)));
            }
        }
        var content = new DrawsIndexReport.Content(
                read.of(), read.draws().size(), found.place(), together, each, common.level);
        result.write(
                w -> DrawsIndexReport.writeText(content, TextStyle.plain().withUnicode(true), w),
                w -> DrawsIndexReport.writeJson(content, Version.text(), w),
                w -> DrawsIndexReport.writeMarkdown(content, w));
        if (common.quiet) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (common.format) {
            case TEXT -> DrawsIndexReport.writeText(content, Terminal.style(), out);
            case JSON -> DrawsIndexReport.writeJson(content, Version.text(), out);
            case MARKDOWN -> DrawsIndexReport.writeMarkdown(content, out);
        }
    }

    private IndexReport.@Nullable Updated updated(PlaceOptions.Located located) throws BadInput {
        if (update == null) {
            return null;
        }
        if (located.place().isAtInfinity()) {
            throw new BadInput("--update needs a finite point, was --at inf");
        }
        try {
            LikelihoodFactor factor = LikelihoodFactor.parse(update);
            Update result = BayesianUpdate.of(located.law(), located.place().centre(), located.norm())
                    .apply(factor);
            MassIndex index = result instanceof Update.Proper proper
                    ? MassIndex.of(proper.law(), located.place().dimension())
                    : null;
            return new IndexReport.Updated(factor.text(), result, index);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--update: " + e.getMessage(), e);
        }
    }

    private void print(IndexReport.Content content) throws BadInput, IOException {
        result.write(
                w -> IndexReport.writeText(content, TextStyle.plain().withUnicode(true), w),
                w -> IndexReport.writeJson(content, Version.text(), w),
                w -> IndexReport.writeMarkdown(content, w));
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
