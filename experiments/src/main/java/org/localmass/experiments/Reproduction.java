package org.localmass.experiments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.localmass.report.ExperimentReport;
import org.localmass.report.FigureFormat;

/** The experiments by name. */
public final class Reproduction {
    private static final List<Experiment> ALL = List.of(
            new SmallBall(),
            new BayesUpdate(),
            new Directionality(),
            new DirectionalGrid(),
            new SparseRegression(),
            new GlobalVsLocal(),
            new CatalogueCurves());

    /** Names that are kept for experiments to come, with what they are. */
    private static final Map<String, String> LATER = Map.of(
            "bnn-mnist", "Experiment 4, Bayesian neural networks on MNIST",
            "channel-gates", "Experiment 5, gates on the channels of a network");

    private Reproduction() {}

    /** Names of the experiments, in the order in which "all" runs them. */
    public static List<String> names() {
        return ALL.stream().map(Experiment::name).toList();
    }

    /** A line on an experiment. */
    public static String title(String name) {
        return find(name).title();
    }

    /** What a reserved name stands for. */
    public static Optional<String> later(String name) {
        return Optional.ofNullable(LATER.get(name));
    }

    private static Experiment find(String name) {
        return ALL.stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("name must be one of " + names() + ", was " + name));
    }

    /**
     * Runs an experiment.
     *
     * @param seed      of everything random
     * @param published folder with the complete published tables, where there is one
     * @param fromRaw   whether designs are made from the raw data rather than read
     * @param fitted    whether optima are sought by variational inference besides
     * @throws IOException              if a file cannot be read; the message names it
     * @throws IllegalArgumentException if there is no such experiment
     */
    public static Result run(String name, long seed, Optional<Path> published, boolean fromRaw, boolean fitted)
            throws IOException {
        return find(name).run(new Experiment.Request(seed, published, fromRaw, fitted));
    }

    /** The result as the report shows it. */
    public static ExperimentReport.Content content(Result result) {
        List<String> files = new ArrayList<>();
        for (RawTable table : result.tables()) {
            files.add(result.name() + "/" + table.name() + ".csv");
        }
        for (Figure figure : result.figures()) {
            for (FigureFormat format : FigureFormat.values()) {
                files.add(result.name() + "/" + figure.name() + "." + format.ending());
            }
        }
        files.add(result.name() + "/settings.json");
        return new ExperimentReport.Content(
                result.name(),
                result.title(),
                result.question(),
                result.settings(),
                result.comparisons().stream()
                        .map(c -> new ExperimentReport.Row(
                                c.quantity(),
                                c.published(),
                                c.ours(),
                                c.agreement().label(),
                                c.why()))
                        .toList(),
                result.figures().stream()
                        .map(f -> new ExperimentReport.Shown(f.name(), f.caption(), f.paper()))
                        .toList(),
                result.remarks(),
                files);
    }

    /** Settings and comparisons as JSON. */
    public static String settingsJson(Result result, long seed, String version) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("schema", "localmass.experiment/1");
            json.writeStringField("name", result.name());
            json.writeStringField("title", result.title());
            json.writeNumberField("seed", seed);
            json.writeStringField("version", version);
            json.writeObjectFieldStart("settings");
            for (Map.Entry<String, String> e : result.settings().entrySet()) {
                json.writeStringField(e.getKey(), e.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("comparisons");
            for (Comparison c : result.comparisons()) {
                json.writeStartObject();
                json.writeStringField("quantity", c.quantity());
                json.writeStringField("published", c.published());
                json.writeStringField("ours", c.ours());
                json.writeStringField("verdict", c.agreement().label());
                json.writeStringField("why", c.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("remarks");
            for (String remark : result.remarks()) {
                json.writeString(remark);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }
}
