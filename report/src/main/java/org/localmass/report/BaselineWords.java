package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.localmass.check.Baseline;
import org.localmass.core.mass.RatioEstimate;

/** What changed since an earlier report, in every form. */
final class BaselineWords {
    static final String HEADING = "Since the baseline";

    private BaselineWords() {}

    /** Counts: "1 new, 2 better, 1 gone". */
    static String summary(Baseline baseline) {
        List<String> parts = new ArrayList<>();
        for (Baseline.Trend trend : Baseline.Trend.values()) {
            int n = baseline.count(trend);
            if (n > 0) {
                parts.add(n + " " + word(trend));
            }
        }
        return (parts.isEmpty() ? "No region then or now" : String.join(", ", parts)) + ". The baseline is "
                + baseline.source() + ", verdict " + baseline.verdict()
                + "; its regions were measured again, exactly as they were, on the new draws.";
    }

    static String word(Baseline.Trend trend) {
        return switch (trend) {
            case NEW -> "new";
            case WORSE -> "worse";
            case SAME -> "unchanged";
            case BETTER -> "better";
            case GONE -> "gone";
            case UNKNOWN -> "not measurable on these draws";
        };
    }

    /** A ratio with its interval, or what stands in its place. */
    static String ratio(Optional<RatioEstimate> ratio) {
        return ratio.map(Digits::ratio).orElse("-");
    }

    static void text(Baseline baseline, TextStyle style, Lines lines) {
        lines.blank();
        lines.line(style.bold(HEADING));
        lines.paragraph("", summary(baseline));
        for (Baseline.Change change : baseline.changes()) {
            lines.paragraph(
                    Lines.column(mark(change.trend()), 11),
                    change.text() + ": q/p " + ratio(change.earlier()) + ", now " + ratio(change.now()));
        }
    }

    private static String mark(Baseline.Trend trend) {
        return trend == Baseline.Trend.UNKNOWN ? "unknown" : word(trend);
    }

    static String markdown(Baseline baseline) {
        StringBuilder out = new StringBuilder("**" + HEADING + ":** ");
        out.append(Markdown.text(summary(baseline))).append("\n\n");
        if (!baseline.changes().isEmpty()) {
            out.append(Markdown.row("", "Region", "q/p then", "q/p now")).append("|---|---|---|---|\n");
            for (Baseline.Change change : baseline.changes()) {
                out.append(Markdown.row(
                        mark(change.trend()),
                        Markdown.code(change.text()),
                        ratio(change.earlier()),
                        ratio(change.now())));
            }
            out.append('\n');
        }
        return out.toString();
    }

    static void html(Baseline baseline, Xhtml page) {
        page.open("section", "aria-labelledby", "baseline").leaf("h2", HEADING, "id", "baseline");
        page.leaf("p", summary(baseline));
        page.open("p").text("It said: ").text(baseline.headline()).close();
        if (!baseline.changes().isEmpty()) {
            List<List<Page.Cell>> rows = new ArrayList<>();
            for (Baseline.Change change : baseline.changes()) {
                rows.add(List.of(
                        Page.Cell.of(mark(change.trend())),
                        Page.Cell.code(change.text()),
                        Page.Cell.of(ratio(change.earlier())),
                        Page.Cell.of(ratio(change.now()))));
            }
            Page.table(page, "Every region then and now", List.of("", "Region", "q/p then", "q/p now"), rows);
        }
        page.close();
    }

    static void json(JsonGenerator json, Optional<Baseline> baseline) throws IOException {
        if (baseline.isEmpty()) {
            json.writeNullField("baseline");
            return;
        }
        json.writeObjectFieldStart("baseline");
        json.writeStringField("source", baseline.get().source());
        json.writeStringField("verdict", baseline.get().verdict());
        json.writeStringField("headline", baseline.get().headline());
        json.writeArrayFieldStart("changes");
        for (Baseline.Change change : baseline.get().changes()) {
            json.writeStartObject();
            json.writeStringField("trend", change.trend().label());
            json.writeStringField("region", change.text());
            ratio(json, "earlier", change.earlier());
            ratio(json, "now", change.now());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void ratio(JsonGenerator json, String name, Optional<RatioEstimate> ratio) throws IOException {
        if (ratio.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeObjectFieldStart(name);
            JsonReport.ratioMembers(json, ratio.get());
            json.writeEndObject();
        }
    }
}
