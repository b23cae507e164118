package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.localmass.core.bound.Certificate;
import org.localmass.core.divergence.DivergenceCurve;
import org.localmass.core.divergence.Generator;
import org.localmass.core.divergence.IntegrationException;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.report.DivergenceReport;
import org.localmass.report.TextStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code localmass divergence}: local RE-KL of two distributions in both directions, and what it guarantees. */
@Command(
        name = "divergence",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "Local RE-KL of two distributions on balls about a point, in both directions, and what it guarantees about"
                    + " their masses.",
            "",
            "--from is the approximation q, --to the target p. SPEC is a distribution, such as \"student_t(3,0,1)\" or"
                    + " \"spike_slab(0.3, normal(0,1))\"; docs/distributions.md has them all.",
            ""
        },
        footer = {
            "",
            "Example: localmass divergence --from \"normal(0,1)\" --to \"student_t(3,0,1)\" --at 0 --radii 0.01:10:7"
        })
final class DivergenceCommand implements Callable<Integer> {
    /** Orders that are tried for the best certificate besides the one asked for. */
    private static final List<Double> ORDERS = List.of(0.1, 0.25, 0.5, 0.75, 1.0, 2.0);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", required = true, paramLabel = "SPEC", description = "The approximation q.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "SPEC", description = "The target p.")
    private String to = "";

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
        LocalRekl rekl = rekl();
        Distribution wholeFrom = law("--from", from);
        Distribution wholeTo = law("--to", to);
        if (wholeFrom.dimension() != wholeTo.dimension()) {
            throw new BadInput("--from has dimension " + wholeFrom.dimension() + ", --to has " + wholeTo.dimension());
        }
        try {
            PlaceOptions.Located target = place.locate(wholeTo, common.norm);
            Distribution p = target.law();
            Distribution q = place.locate(wholeFrom, target.norm()).law();
            DivergenceCurve curve = target.place().isAtInfinity()
                    ? DivergenceCurve.atInfinity(rekl, q, p, target.norm(), sizes)
                    : DivergenceCurve.about(rekl, q, p, target.place().centre(), target.norm(), sizes);
            List<Double> tried = Stream.concat(ORDERS.stream(), Stream.of(rekl.alpha()))
                    .distinct()
                    .sorted()
                    .toList();
            List<Certificate> best = new ArrayList<>();
            for (int i = 0; i < sizes.length; i++) {
                best.add(best(tried, q, p, target, sizes[i], curve.backward().get(i)));
            }
            print(new DivergenceReport.Content(
                    q.toString(),
                    p.toString(),
                    target.place(),
                    rekl.alpha(),
                    curve,
                    tried,
                    best,
                    localLaw(q, target),
                    localLaw(p, target)));
        } catch (NoClosedFormException | IntegrationException e) {
            throw new BadInput("--from, --to: " + e.getMessage(), e);
        }
        return Main.NOTHING_FOUND;
    }

    private LocalRekl rekl() throws BadInput {
        if (!(common.alpha > 0 && common.alpha < Double.POSITIVE_INFINITY)) {
            throw new BadInput("--alpha must be positive and finite, was " + common.alpha);
        }
        return LocalRekl.of(common.alpha);
    }

    /** The smallest factor that an order certifies on a ball; orders whose integral does not converge are passed over. */
    private static Certificate best(
            List<Double> orders,
            Distribution q,
            Distribution p,
            PlaceOptions.Located target,
            double radius,
            Rekl computed) {
        List<Certificate> certificates = new ArrayList<>();
        for (double order : orders) {
            LocalRekl rekl = LocalRekl.of(order);
            try {
                Rekl backward = order == computed.alpha()
                        ? computed
                        : target.place().isAtInfinity()
                                ? rekl.atInfinity(p, q, 1 / radius, target.norm())
                                : rekl.onBall(p, q, target.place().centre(), radius, target.norm());
                certificates.add(
                        Certificate.of(Generator.of(order), backward.normalised() * (1 + backward.relativeError())));
            } catch (IntegrationException e) {
                // this order certifies nothing; the others may
            }
        }
        return Certificate.best(certificates);
    }

    private static Distribution law(String option, String text) throws BadInput {
        try {
            if (Files.exists(Path.of(text))) {
                throw new BadInput(
                        option + " " + text
                                + " is a file: this command compares distributions given as text; `check --ball` compares draws");
            }
        } catch (InvalidPathException e) {
            return PlaceOptions.law(option, text);
        }
        return PlaceOptions.law(option, text);
    }

    private static @Nullable LocalLaw localLaw(Distribution law, PlaceOptions.Located target) {
        try {
            return target.place().isAtInfinity()
                    ? law.lawAtInfinity(target.norm())
                    : law.localLaw(target.place().centre(), target.norm());
        } catch (NoClosedFormException e) {
            return null; // the report does without
        }
    }

    private void print(DivergenceReport.Content content) throws BadInput, IOException {
        result.write(
                w -> DivergenceReport.writeText(content, TextStyle.plain().withUnicode(true), w),
                w -> DivergenceReport.writeJson(content, Version.text(), w),
                w -> DivergenceReport.writeMarkdown(content, w));
        PrintWriter out = spec.commandLine().getOut();
        if (common.quiet) {
            return;
        }
        switch (common.format) {
            case TEXT -> DivergenceReport.writeText(content, Terminal.style(), out);
            case JSON -> DivergenceReport.writeJson(content, Version.text(), out);
            case MARKDOWN -> DivergenceReport.writeMarkdown(content, out);
        }
    }
}
