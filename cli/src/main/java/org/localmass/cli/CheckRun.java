package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.localmass.check.Baseline;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;
import org.localmass.check.ExaminedDensity;
import org.localmass.check.LocalMassCheck;
import org.localmass.check.NamedRegion;
import org.localmass.check.RequestedBall;
import org.localmass.check.SharedParameters;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Region;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.io.EarlierReport;
import org.localmass.io.Role;
import org.localmass.report.FigureFormat;
import org.localmass.report.Figures;
import org.localmass.report.HtmlReport;
import org.localmass.report.JsonReport;
import org.localmass.report.MarkdownReport;
import org.localmass.report.Provenance;
import org.localmass.report.RegionsCsv;
import org.localmass.report.TextReport;
import org.localmass.report.TextStyle;
import org.localmass.vi.model.Model;

/**
 * One approximation checked against one reference, and its report in every format.
 *
 * @param report     the result
 * @param provenance files, version, seed
 * @param shared     the draws that were compared
 */
record CheckRun(CheckReport report, Provenance provenance, SharedParameters shared) {
    static CheckRun of(
            Inputs reference,
            Inputs approximation,
            LogColumns columns,
            RegionOptions regions,
            CommonOptions common,
            CheckOptions options)
            throws BadInput {
        CheckReport report;
        SharedParameters shared;
        try {
            Optional<ImportanceWeights> weights = columns.weights(approximation.draws());
            shared = SharedParameters.of(reference.draws(), columns.parameters(approximation.draws()));
            Map<String, String> labels = new LinkedHashMap<>(reference.labels());
            approximation.labels().forEach(labels::putIfAbsent);
            List<String> names = shared.reference().names();
            report = LocalMassCheck.withDefaults()
                    .withOptions(options)
                    .run(shared, weights, regions.regions(names, labels), regions.balls(names, labels, common.norm));
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        return new CheckRun(
                report.withFirstWarnings(swapped(reference, approximation)),
                new Provenance(
                        Version.text(),
                        common.seed,
                        Runtime.version().toString(),
                        reference.files(),
                        approximation.files()),
                shared);
    }

    /** The same run beside an earlier report. */
    CheckRun besides(EarlierReport earlier, Path file) {
        List<String> names = shared.reference().names();
        List<Baseline.Earlier> regions = new ArrayList<>();
        for (EarlierReport.Row row : earlier.regions()) {
            Optional<Region> region = Optional.empty();
            try {
                region = row.definition().map(d -> d.bind(names));
            } catch (IllegalArgumentException e) {
                // these draws lack a parameter of it: said in the report
            }
            regions.add(new Baseline.Earlier(row.text(), region, row.finding(), row.ratio()));
        }
        Baseline baseline =
                Baseline.of(shared, report, file.toString(), earlier.verdict(), earlier.headline(), regions);
        return new CheckRun(report.withBaseline(baseline), provenance, shared);
    }

    /** The check without reference draws: the file of q must hold its log densities. */
    static CheckRun byWeights(
            Inputs approximation, LogColumns columns, RegionOptions regions, CommonOptions common, CheckOptions options)
            throws BadInput {
        CheckReport report;
        SharedParameters shared;
        try {
            ImportanceWeights weights = columns.weights(approximation.draws())
                    .orElseThrow(() -> new BadInput(
                            "--reference is missing: draws of the target, such as MCMC chains. Without them"
                                    + " the file of --approx must hold log p and log q of each draw (Stan's columns, or"
                                    + " --log-target and --log-approx); "
                                    + approximation.files().get(0).name() + " does not"));
            if (!weights.positive()) {
                throw new BadInput(approximation.files().get(0).name() + ": every draw has weight zero ("
                        + weights.source() + ")");
            }
            Draws draws = columns.parameters(approximation.draws());
            shared = new SharedParameters(weights.weighted(draws), draws, List.of(), List.of());
            report = LocalMassCheck.withDefaults()
                    .withOptions(options)
                    .byWeights(
                            draws,
                            weights,
                            regions.regions(draws.names(), approximation.labels()),
                            regions.balls(draws.names(), approximation.labels(), common.norm));
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        return new CheckRun(
                report,
                new Provenance(
                        Version.text(), common.seed, Runtime.version().toString(), List.of(), approximation.files()),
                shared);
    }

    /** The check with a density that can be called, with reference draws or without. */
    static CheckRun byDensity(
            Model model,
            DensityOptions density,
            Optional<Inputs> reference,
            Inputs approximation,
            LogColumns columns,
            RegionOptions regions,
            CommonOptions common,
            CheckOptions options,
            Progress progress)
            throws BadInput {
        try {
            progress.stage(1, "mapping the draws");
            ModelDraws draws = ModelDraws.of(model, approximation);
            Optional<ImportanceWeights> weights = draws.weights(approximation.draws(), columns);
            SharedParameters shared = reference.isEmpty()
                    ? new SharedParameters(
                            draws.parameters(),
                            draws.parameters(),
                            List.of(),
                            columns.parameters(approximation.draws()).names().stream()
                                    .filter(n -> !model.parameterNames().contains(n))
                                    .toList())
                    : SharedParameters.of(reference.get().draws(), columns.parameters(approximation.draws()));
            List<String> names = shared.reference().names();
            Map<String, String> labels = new LinkedHashMap<>();
            reference.ifPresent(r -> labels.putAll(r.labels()));
            approximation.labels().forEach(labels::putIfAbsent);
            List<NamedRegion> named = regions.regions(names, labels);
            List<RequestedBall> balls = regions.balls(names, labels, common.norm);
            ExaminedDensity examined = density.examine(
                    draws,
                    names,
                    common,
                    done -> progress.stage(2 + (int) ((CheckCommand.STAGES - 12) * done), "searching the density"));
            progress.stage(CheckCommand.STAGES - 9, "looking for regions");
            LocalMassCheck check = LocalMassCheck.withDefaults().withOptions(options);
            CheckReport report = reference.isEmpty()
                    ? check.byDensity(draws.parameters(), examined, weights, shared.onlyInApproximation(), named, balls)
                    : check.run(shared, weights, Optional.of(examined), named, balls);
            List<String> first = new ArrayList<>();
            reference.ifPresent(r -> first.addAll(swapped(r, approximation)));
            draws.border().ifPresent(first::add);
            draws.doubt(approximation.draws(), columns).ifPresent(first::add);
            return new CheckRun(
                    report.withFirstWarnings(first),
                    new Provenance(
                            Version.text(),
                            common.seed,
                            Runtime.version().toString(),
                            reference.map(Inputs::files).orElse(List.of()),
                            approximation.files()),
                    reference.isEmpty() && examined.draws().isPresent()
                            ? new SharedParameters(
                                    examined.draws().get(), draws.parameters(), List.of(), shared.onlyInApproximation())
                            : shared);
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private static List<String> swapped(Inputs reference, Inputs approximation) {
        List<String> warnings = new ArrayList<>();
        if (reference.role() == Role.APPROXIMATION) {
            warnings.add("The reference files are a " + reference.files().get(0).format()
                    + ", an approximation themselves: are --approx and --reference swapped?");
        } else if (approximation.role() == Role.REFERENCE) {
            warnings.add("The approximation files are a "
                    + approximation.files().get(0).format() + ": Markov chains are compared with the reference.");
        }
        return warnings;
    }

    void print(OutputFormat format, PrintWriter out) throws IOException {
        write(format, Terminal.style(), out);
    }

    private void write(OutputFormat format, TextStyle style, Writer out) throws IOException {
        switch (format) {
            case TEXT -> TextReport.write(report, provenance, style, out);
            case JSON -> JsonReport.write(report, provenance, out);
            case MARKDOWN -> MarkdownReport.write(report, provenance, out);
        }
    }

    /** Adds the four files of a report to a folder, below {@code prefix}, and its figures in the wanted formats. */
    void addTo(OutputFolder folder, String prefix, List<FigureFormat> formats) throws IOException {
        folder.add(prefix + "report.html", out -> HtmlReport.write(report, provenance, out));
        folder.add(prefix + "report.json", out -> JsonReport.write(report, provenance, out));
        folder.add(prefix + "report.md", out -> MarkdownReport.write(report, provenance, out));
        folder.add(prefix + "regions.csv", out -> RegionsCsv.write(report, out));
        if (!formats.isEmpty()) {
            Figures figures = Figures.of(report);
            for (String name : figures.names()) {
                for (FigureFormat format : formats) {
                    folder.addBytes(
                            prefix + "figures/" + name + "." + format.ending(),
                            out -> figures.write(name, format, out));
                }
            }
        }
    }
}
