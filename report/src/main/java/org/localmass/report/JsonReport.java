package org.localmass.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.localmass.check.BallCurve;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;
import org.localmass.check.DrawsSummary;
import org.localmass.check.Evidence;
import org.localmass.check.Finding;
import org.localmass.check.GlobalScores;
import org.localmass.check.Mode;
import org.localmass.check.RequestedRegion;
import org.localmass.check.Side;
import org.localmass.check.View;
import org.localmass.check.WeightsEvidence;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Ball;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.estimate.LocalComparison;
import org.localmass.estimate.ReklEstimate;
import org.localmass.estimate.ScoreEstimate;

/**
 * {@code report.json}: everything a check found, for programs. The schema ships as the resource
 * {@code report.schema.json} of this package.
 *
 * <p>Numbers have full precision, in the shortest form that reads back to the same double. A number that is not finite
 * is the string "Infinity" or "-Infinity"; what is not known is null. The same report gives the same bytes: the number
 * of threads is not written.
 *
 * <p>Without reference draws the reference's inputs are null.
 */
public final class JsonReport {
    /** Value of the member "schema". */
    public static final String SCHEMA = "localmass.report/1";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private JsonReport() {}

    /** Writes the report. The writer is flushed, not closed. */
    public static void write(CheckReport report, Provenance provenance, Writer out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("verdict", report.verdict().label());
            json.writeStringField("headline", report.headline());
            json.writeStringField("evidence", report.evidence().source().label());
            strings(json, "warnings", report.warnings());
            json.writeObjectFieldStart("inputs");
            if (!Words.byDraws(report)) {
                json.writeNullField("reference");
            } else {
                inputs(json, "reference", report.reference(), provenance.reference());
            }
            inputs(json, "approximation", report.approximation(), provenance.approximation());
            json.writeEndObject();
            global(json, report.global());
            findings(json, "findings", report.findings());
            findings(json, "unconfirmed", report.evidence().unconfirmed());
            json.writeArrayFieldStart("requested");
            for (RequestedRegion requested : report.requested()) {
                requested(json, requested);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("modes");
            for (Mode mode : report.evidence().modes()) {
                mode(json, mode);
            }
            json.writeEndArray();
            weights(json, report.evidence().weights());
            if (report.evidence().search().isPresent()) {
                SearchJson.write(json, report.evidence().search().get());
            }
            json.writeArrayFieldStart("balls");
            for (BallCurve curve : report.balls()) {
                ball(json, curve, report.options());
            }
            json.writeEndArray();
            number(json, "minimumDetectableMass", report.minimumDetectableMass());
            json.writeNumberField("candidates", report.candidates());
            json.writeArrayFieldStart("views");
            for (Evidence.ViewCount count : report.evidence().views()) {
                json.writeStartObject();
                json.writeStringField("view", count.view().label());
                json.writeNumberField("candidates", count.candidates());
                json.writeEndObject();
            }
            json.writeEndArray();
            strings(json, "notExamined", report.notExamined());
            strings(json, "onlyInReference", report.onlyInReference());
            strings(json, "onlyInApproximation", report.onlyInApproximation());
            strings(json, "nextSteps", report.nextSteps());
            BaselineWords.json(json, report.baseline());
            PortraitJson.write(json, report.portrait());
            options(json, report.options());
            json.writeObjectFieldStart("provenance");
            json.writeStringField("version", provenance.version());
            json.writeNumberField("seed", provenance.seed());
            json.writeStringField("java", provenance.java());
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    static JsonGenerator generator(Writer out) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        JsonGenerator json = FACTORY.createGenerator(out);
        json.setPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(lines));
        return json;
    }

    private static void inputs(JsonGenerator json, String name, DrawsSummary draws, List<InputFile> files)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("files");
        for (InputFile file : files) {
            json.writeStartObject();
            json.writeStringField("name", file.name());
            json.writeStringField("format", file.format());
            text(json, "sha256", file.sha256());
            json.writeNumberField("chains", file.chains());
            json.writeNumberField("draws", file.draws());
            strings(json, "notes", file.notes());
            json.writeEndObject();
        }
        json.writeEndArray();
        text(json, "sha256", Provenance.combinedHash(files));
        json.writeNumberField("chains", draws.chains());
        json.writeNumberField("draws", draws.draws());
        json.writeNumberField("parameters", draws.parameters());
        number(json, "essMin", draws.essMin());
        text(json, "essMinParameter", draws.essMinName());
        number(json, "rhatMax", draws.rhatMax());
        text(json, "rhatMaxParameter", draws.rhatMaxName());
        json.writeNumberField("divergences", draws.divergences());
        strings(json, "constants", draws.constants());
        json.writeEndObject();
    }

    private static void global(JsonGenerator json, GlobalScores global) throws IOException {
        json.writeObjectFieldStart("global");
        number(json, "khat", global.khat());
        number(json, "khatThreshold", global.khatThreshold());
        number(json, "essFraction", global.essFraction());
        number(json, "elbo", global.elbo());
        number(json, "kl", global.kl());
        number(json, "logZ", global.logZ());
        text(json, "why", global.why());
        json.writeEndObject();
    }

    private static void findings(JsonGenerator json, String name, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart(name);
        for (Finding finding : findings) {
            json.writeStartObject();
            finding(json, finding);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void mode(JsonGenerator json, Mode mode) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", mode.id());
        json.writeStringField("label", mode.label());
        definition(json, mode.basin());
        json.writeObjectFieldStart("centre");
        for (int j = 0; j < mode.names().size(); j++) {
            number(json, mode.names().get(j), mode.centre().get(j));
        }
        json.writeEndObject();
        mass(json, "referenceMass", mode.referenceMass());
        mass(json, "approximationMass", mode.approximationMass());
        ratio(json, "ratio", mode.ratio());
        json.writeStringField("explanation", mode.explanation());
        json.writeEndObject();
    }

    private static void weights(JsonGenerator json, Optional<WeightsEvidence> known) throws IOException {
        if (known.isEmpty()) {
            json.writeNullField("weights");
            return;
        }
        WeightsEvidence weights = known.get();
        json.writeObjectFieldStart("weights");
        json.writeStringField("source", weights.source());
        diagnostic(json, weights.diagnostic());
        number(json, "effectiveDraws", weights.diagnostic().effectiveSize());
        json.writeNumberField("unusable", weights.unusable());
        json.writeBooleanField("complete", weights.complete());
        score(json, "elbo", weights.elbo(), weights.complete());
        score(json, "kl", weights.kl(), true);
        score(json, "logZ", weights.logZ(), weights.complete());
        json.writeArrayFieldStart("regions");
        for (WeightsEvidence.RegionByWeights region : weights.regions()) {
            json.writeStartObject();
            json.writeStringField("id", region.id());
            json.writeStringField("region", region.regionText());
            mass(json, "mass", region.mass());
            diagnostic(json, region.diagnostic());
            json.writeStringField("agreement", region.agreement().label());
            json.writeEndObject();
        }
        json.writeEndArray();
        strings(json, "statements", weights.statements());
        json.writeEndObject();
    }

    private static void diagnostic(JsonGenerator json, ParetoDiagnostic diagnostic) throws IOException {
        boolean fitted = diagnostic.status() == ParetoDiagnostic.Status.FITTED;
        number(json, "khat", diagnostic.kHat());
        number(json, "khatThreshold", fitted ? diagnostic.threshold() : Double.NaN);
        text(json, "khatWhy", fitted ? "" : diagnostic.status().sentence());
    }

    private static void score(JsonGenerator json, String name, ScoreEstimate score, boolean known) throws IOException {
        json.writeObjectFieldStart(name);
        number(json, "estimate", known ? score.estimate() : Double.NaN);
        number(json, "standardError", known ? score.standardError() : Double.NaN);
        json.writeEndObject();
    }

    /** The members of a finding, into an object that is open. */
    static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("id", finding.id());
        json.writeStringField("region", finding.regionText());
        definition(json, finding.region());
        json.writeStringField("kind", finding.kind().label());
        json.writeStringField("direction", finding.direction().label());
        text(json, "side", finding.side().map(Side::label).orElse(""));
        mass(json, "referenceMass", finding.referenceMass());
        mass(json, "approximationMass", finding.approximationMass());
        ratio(json, "ratio", finding.ratio());
        number(json, "importance", finding.importance());
        number(json, "localDivergence", finding.localDivergence());
        number(json, "pValue", finding.pValue());
        number(json, "adjustedPValue", finding.adjustedPValue());
        number(json, "eValue", finding.eValue());
        cautions(json, finding.cautions());
        json.writeStringField("explanation", finding.explanation());
        text(json, "view", finding.origin().view().map(View::label).orElse(""));
        strings(json, "strongest", finding.origin().strongest());
        strings(json, "also", finding.origin().also());
    }

    private static void requested(JsonGenerator json, RequestedRegion requested) throws IOException {
        json.writeStartObject();
        finding(json, requested.finding());
        json.writeStringField("outcome", requested.outcome().label());
        number(json, "minimumDetectableMass", requested.minimumDetectableMass());
        number(json, "sufficientDraws", requested.sufficientDraws());
        json.writeEndObject();
    }

    private static void definition(JsonGenerator json, Region region) throws IOException {
        json.writeObjectFieldStart("definition");
        if (region instanceof Ball ball) {
            json.writeStringField("type", "ball");
            strings(json, "coordinates", ball.coordinateNames());
            json.writeArrayFieldStart("centre");
            for (double value : ball.centre()) {
                number(json, value);
            }
            json.writeEndArray();
            number(json, "radius", ball.radius());
            norm(json, ball.norm());
        } else if (region instanceof LevelSet set) {
            LevelSetJson.write(json, set);
        } else {
            json.writeStringField("type", "expression");
            json.writeStringField("expression", region.description());
        }
        json.writeEndObject();
    }

    /** The norm's name, and for a Mahalanobis norm the triangle that makes it exact. */
    private static void norm(JsonGenerator json, Norm norm) throws IOException {
        json.writeStringField("norm", norm.label());
        double[][] factor = norm.factor();
        if (factor.length == 0) {
            return;
        }
        json.writeArrayFieldStart("factor");
        for (double[] row : factor) {
            json.writeStartArray();
            for (double value : row) {
                number(json, value);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void ball(JsonGenerator json, BallCurve curve, CheckOptions options) throws IOException {
        Ball ball = curve.centre();
        List<String> names = ball.coordinateNames();
        double[] centre = ball.centre();
        json.writeStartObject();
        json.writeObjectFieldStart("centre");
        for (int i = 0; i < centre.length; i++) {
            number(json, names.get(i), centre[i]);
        }
        json.writeEndObject();
        norm(json, ball.norm());
        numbers(json, "radii", curve.radii(), r -> r);
        logMasses(json, "reference", curve.reference());
        logMasses(json, "approximation", curve.approximation());
        json.writeObjectFieldStart("ratio");
        numbers(json, "estimate", curve.ratio(), RatioEstimate::estimate);
        numbers(json, "lower", curve.ratio(), RatioEstimate::lower);
        numbers(json, "upper", curve.ratio(), RatioEstimate::upper);
        json.writeEndObject();
        json.writeObjectFieldStart("massIndex");
        json.writeObjectFieldStart("reference");
        DrawsIndexReport.estimate(json, curve.index().reference());
        json.writeEndObject();
        json.writeObjectFieldStart("approximation");
        DrawsIndexReport.estimate(json, curve.index().approximation());
        json.writeEndObject();
        DrawsIndexReport.mismatch(json, curve.index().mismatch());
        json.writeEndObject();
        rekl(json, curve, options);
        text(json, "why", Words.ballWhy(curve));
        json.writeEndObject();
    }

    private static void rekl(JsonGenerator json, BallCurve curve, CheckOptions options) throws IOException {
        json.writeObjectFieldStart("rekl");
        number(json, "alpha", options.alpha());
        if (curve.divergence().isEmpty()) {
            json.writeNullField("forward");
            json.writeNullField("backward");
        } else {
            direction(json, "forward", curve, LocalComparison::forward);
            direction(json, "backward", curve, LocalComparison::backward);
        }
        json.writeEndObject();
        if (curve.divergence().isEmpty()) {
            json.writeNullField("certificate");
        } else {
            numbers(json, "certificate", curve.divergence(), LocalComparison::certificate);
        }
    }

    private static void direction(
            JsonGenerator json, String name, BallCurve curve, Function<LocalComparison, ReklEstimate> of)
            throws IOException {
        List<ReklEstimate> all = curve.divergence().stream().map(of).toList();
        numbers(json, name, all, e -> e.divergence().estimate());
        numbers(json, name + "Lower", all, e -> e.divergence().lower());
        numbers(json, name + "Upper", all, e -> e.divergence().upper());
        numbers(json, name + "NormalisedLower", all, e -> e.normalised().lower());
        numbers(json, name + "ShapeTermLower", all, e -> e.shapeTerm().lower());
        numbers(json, name + "Cells", all, ReklEstimate::cells);
    }

    private static void logMasses(JsonGenerator json, String side, List<MassEstimate> masses) throws IOException {
        numbers(json, side + "LogMass", masses, m -> Math.log(m.estimate()));
        numbers(json, side + "LogMassLower", masses, m -> Math.log(m.lower()));
        numbers(json, side + "LogMassUpper", masses, m -> Math.log(m.upper()));
        numbers(json, side + "EffectiveDraws", masses, MassEstimate::effectiveHits);
    }

    static void mass(JsonGenerator json, String name, MassEstimate mass) throws IOException {
        json.writeObjectFieldStart(name);
        number(json, "estimate", mass.estimate());
        number(json, "lower", mass.lower());
        number(json, "upper", mass.upper());
        number(json, "effectiveDraws", mass.effectiveHits());
        json.writeNumberField("hits", mass.hits());
        json.writeNumberField("visits", mass.visits());
        cautions(json, mass.cautions());
        json.writeEndObject();
    }

    static void ratio(JsonGenerator json, String name, RatioEstimate ratio) throws IOException {
        json.writeObjectFieldStart(name);
        ratioMembers(json, ratio);
        json.writeEndObject();
    }

    /** The members of a ratio, into an object that is open. */
    static void ratioMembers(JsonGenerator json, RatioEstimate ratio) throws IOException {
        number(json, "estimate", ratio.estimate());
        number(json, "lower", ratio.lower());
        number(json, "upper", ratio.upper());
    }

    private static void options(JsonGenerator json, CheckOptions options) throws IOException {
        json.writeObjectFieldStart("options");
        number(json, "level", options.level());
        number(json, "alpha", options.alpha());
        number(json, "materialRatio", options.materialRatio());
        number(json, "materialMass", options.materialMass());
        json.writeEndObject();
    }

    private static void cautions(JsonGenerator json, List<Caution> cautions) throws IOException {
        strings(json, "cautions", cautions.stream().map(Caution::sentence).toList());
        strings(json, "cautionCodes", cautions.stream().map(Words::code).toList());
    }

    static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static <T> void numbers(JsonGenerator json, String name, List<T> items, ToDoubleFunction<T> value)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items) {
            number(json, value.applyAsDouble(item));
        }
        json.writeEndArray();
    }

    /** A member that is null where the text is empty. */
    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        number(json, value);
    }

    static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else if (Double.isInfinite(value)) {
            json.writeString(value > 0 ? "Infinity" : "-Infinity");
        } else {
            json.writeNumber(value);
        }
    }
}
