package org.localmass.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.localmass.core.draws.ParameterName;

/** One pass over reference draws of posteriordb: a JSON array of chains, each an object of arrays by parameter. */
final class PosteriordbScan {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final String file;
    private final BlockSink sink;
    private final Reading reading;
    private final List<String> notes = new ArrayList<>();
    private Layout layout = Layout.of(Format.POSTERIORDB, List.of(), List.of());
    private int seen;
    private int chains;
    private long draws;
    private long nonfinite;

    PosteriordbScan(String file, BlockSink sink, Reading reading) {
        this.file = file;
        this.sink = sink;
        this.reading = reading;
    }

    /** Whether the JSON begins as an array of objects whose first value is an array of scalars. */
    static boolean fits(Source source) throws IOException {
        try (JsonParser json = FACTORY.createParser(source.text())) {
            return json.nextToken() == JsonToken.START_ARRAY
                    && json.nextToken() == JsonToken.START_OBJECT
                    && json.nextToken() == JsonToken.FIELD_NAME
                    && json.nextToken() == JsonToken.START_ARRAY
                    && json.nextToken().isScalarValue();
        } catch (JsonProcessingException | CharConversionException e) {
            return false;
        }
    }

    void run(Source source) throws IOException {
        try (JsonParser json = FACTORY.createParser(source.text())) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            array(json);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String reason = "not valid JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("");
            throw DrawsFormatException.of(file, at == null ? 0 : at.getLineNr(), reason);
        } catch (CharConversionException e) {
            throw DrawsFormatException.of(file, "not valid JSON: not in UTF-8");
        }
    }

    private void array(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw fail(json, "reference draws of posteriordb are an array of chains");
        }
        JsonToken token = json.nextToken();
        while (token != JsonToken.END_ARRAY) {
            if (token != JsonToken.START_OBJECT) {
                throw fail(json, "a chain must be a JSON object of arrays by parameter");
            }
            chain(json);
            token = json.nextToken();
        }
        if (json.nextToken() != null) {
            throw fail(json, "text after the end of the JSON array");
        }
        if (seen == 0) {
            throw DrawsFormatException.of(file, "no chains in the JSON array");
        }
        if (draws == 0) {
            throw DrawsFormatException.of(file, "all " + nonfinite + " draws have a non-finite parameter");
        }
        if (nonfinite > 0) {
            notes.add(nonfinite + (nonfinite == 1 ? " draw" : " draws") + " with a non-finite parameter dropped");
        }
    }

    private void chain(JsonParser json) throws IOException {
        Map<String, double[]> columns = new LinkedHashMap<>();
        int size = -1;
        String first = "";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = ParameterName.normalise(json.currentName());
            if (name.isEmpty()) {
                throw fail(json, "a parameter without a name in chain " + (seen + 1));
            }
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw fail(json, name + " must be an array of numbers");
            }
            double[] values = values(json, name, Math.max(size, 16));
            if (size < 0) {
                size = values.length;
                first = name;
            } else if (values.length != size) {
                throw fail(
                        json,
                        name + " has " + values.length + " draws in chain " + (seen + 1) + ", " + first + " has "
                                + size);
            }
            if (columns.put(name, values) != null) {
                throw fail(json, name + " occurs twice in chain " + (seen + 1));
            }
        }
        if (size <= 0) {
            throw fail(json, "chain " + (seen + 1) + " holds no draws");
        }
        deliver(json, columns, size);
    }

    /** Whether non-finite values are no reason to refuse the file here. */
    private boolean judged() {
        return reading.dropNonfinite() || reading.keepsNonfinite();
    }

    private double[] values(JsonParser json, String name, int expected) throws IOException {
        double[] values = new double[expected];
        int count = 0;
        JsonToken token = json.nextToken();
        while (token != JsonToken.END_ARRAY) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            double value = value(json, token, name);
            if (!judged() && !Double.isFinite(value)) {
                throw fail(
                        json,
                        name + " is " + json.getText() + " in chain " + (seen + 1) + ", draw " + (count + 1)
                                + "; use --drop-nonfinite to drop such draws and count them");
            }
            values[count++] = value;
            token = json.nextToken();
        }
        return values.length == count ? values : Arrays.copyOf(values, count);
    }

    private double value(JsonParser json, JsonToken token, String name) throws IOException {
        return value(json, token, name, file);
    }

    /** The number at which a parser stands; words for what JSON has no number for are taken. */
    static double value(JsonParser json, JsonToken token, String name, String file) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
            return json.getDoubleValue();
        }
        if (token == JsonToken.VALUE_NULL) {
            return Double.NaN;
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE ? 1 : 0;
        }
        if (token == JsonToken.VALUE_STRING) {
            switch (json.getText().toLowerCase(Locale.ROOT)) {
                case "inf", "+inf", "infinity", "+infinity" -> {
                    return Double.POSITIVE_INFINITY;
                }
                case "-inf", "-infinity" -> {
                    return Double.NEGATIVE_INFINITY;
                }
                case "nan", "na" -> {
                    return Double.NaN;
                }
                default -> {}
            }
        }
        throw DrawsFormatException.of(
                file, json.currentLocation().getLineNr(), name + " holds " + json.getText() + ", not a number");
    }

    private void deliver(JsonParser json, Map<String, double[]> columns, int size) throws IOException {
        if (seen == 0) {
            layout = Layout.of(Format.POSTERIORDB, List.copyOf(columns.keySet()), List.of());
            sink.begin(layout);
        }
        double[][] block = new double[layout.parameters().size()][];
        for (int j = 0; j < block.length; j++) {
            String name = layout.parameters().get(j);
            double[] column = columns.get(name);
            if (column == null) {
                throw fail(json, "chain " + (seen + 1) + " lacks parameter " + name);
            }
            block[j] = column;
        }
        if (columns.size() > block.length) {
            columns.keySet().removeAll(Set.copyOf(layout.parameters()));
            String name = columns.keySet().iterator().next();
            throw fail(json, "chain 1 lacks parameter " + name + " of chain " + (seen + 1));
        }
        seen++;
        int kept = reading.dropNonfinite() && !reading.keepsNonfinite() ? keepFinite(block, size) : size;
        nonfinite += size - kept;
        draws += kept;
        if (kept > 0) {
            sink.accept(chains, block, kept);
            chains++;
        }
    }

    private static int keepFinite(double[][] block, int size) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            boolean finite = true;
            for (double[] column : block) {
                finite &= Double.isFinite(column[i]);
            }
            if (finite) {
                for (double[] column : block) {
                    column[kept] = column[i];
                }
                kept++;
            }
        }
        return kept;
    }

    private DrawsFormatException fail(JsonParser json, String reason) {
        return DrawsFormatException.of(file, json.currentLocation().getLineNr(), reason);
    }

    Pass pass() {
        return new Pass(layout, chains, draws, notes);
    }
}
