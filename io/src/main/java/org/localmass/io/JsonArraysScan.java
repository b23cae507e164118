package org.localmass.io;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the arrays of a JSON object; those of one group if it holds groups. */
final class JsonArraysScan {
    private static final int DEEPEST = 16;

    private final Source source;
    private final String file;
    private final Reading reading;
    private final @Nullable String wanted;
    private final Map<String, Nested> arrays = new LinkedHashMap<>();
    private final Map<String, Nested> grouped = new LinkedHashMap<>();
    private final List<String> groups = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long held;

    JsonArraysScan(Source source, Reading reading) {
        this.source = source;
        this.file = source.file();
        this.reading = reading;
        this.wanted = source.key() != null ? source.key() : reading.group();
    }

    /** Whether the object holds arrays of numbers, or a posterior. */
    static boolean fits(Source source) throws IOException {
        try (JsonParser json = PosteriordbScan.FACTORY.createParser(source.text())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (token == JsonToken.START_OBJECT && name.equals("posterior")) {
                    return true;
                }
                if (token == JsonToken.START_ARRAY) {
                    while (token == JsonToken.START_ARRAY) {
                        token = json.nextToken();
                    }
                    return token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT;
                }
                json.skipChildren();
            }
            return false;
        } catch (JsonProcessingException | CharConversionException e) {
            return false;
        }
    }

    Pass run(BlockSink sink) throws IOException {
        try (JsonParser json = PosteriordbScan.FACTORY.createParser(source.text())) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            json.nextToken();
            object(json);
            if (json.nextToken() != null) {
                throw fail(json, "text after the end of the JSON object");
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String reason = "not valid JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("");
            throw DrawsFormatException.of(file, at == null ? 0 : at.getLineNr(), reason);
        } catch (CharConversionException e) {
            throw DrawsFormatException.of(file, "not valid JSON: not in UTF-8");
        }
        return scan(sink);
    }

    private void object(JsonParser json) throws IOException {
        String group = wanted == null ? "posterior" : wanted;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_OBJECT) {
                groups.add(name);
                if (name.equals(group)) {
                    members(json);
                } else {
                    json.skipChildren();
                }
            } else if (token == JsonToken.START_ARRAY && (wanted == null || wanted.equals(name))) {
                take(arrays, json, name);
            } else {
                json.skipChildren();
            }
        }
    }

    private void members(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                take(grouped, json, name);
            } else {
                json.skipChildren();
            }
        }
    }

    private void take(Map<String, Nested> into, JsonParser json, String name) throws IOException {
        if (reading.role(name) == ColumnRole.IGNORE) {
            json.skipChildren();
            return;
        }
        Nested nested = new Nested(name);
        nested.array(json, 0);
        if (nested.text) {
            notes.add(name + " holds text: left out");
        } else if (into.put(name, nested) != null) {
            throw fail(json, name + " occurs twice");
        }
    }

    private Pass scan(BlockSink sink) throws IOException {
        Map<String, Nested> chosen = grouped.isEmpty() ? arrays : grouped;
        if (chosen.isEmpty()) {
            String reason = wanted != null
                    ? "no group or array " + wanted + (groups.isEmpty() ? "" : "; the groups are " + some(groups))
                    : "no arrays of draws in the JSON object"
                            + (groups.isEmpty() ? "" : "; it holds " + some(groups) + ", select one with --group");
            throw DrawsFormatException.of(file, reason);
        }
        Map<String, long[]> shapes = new LinkedHashMap<>();
        chosen.forEach((name, nested) -> shapes.put(name, nested.shape()));
        Shapes common = Shapes.of(file, shapes, reading.arrangement());
        notes.addAll(common.notes());
        List<Variable> variables = new ArrayList<>();
        for (Nested nested : chosen.values()) {
            variables.add(new Variable(
                    nested.name,
                    reading.role(nested.name),
                    common.elements(nested.shape()),
                    List.of(),
                    () -> Numbers.of(nested.values)));
        }
        return new ArrayScan(file, Format.JSON_ARRAYS, common.chains(), common.draws(), variables, reading)
                .run(sink, notes);
    }

    private static String some(List<String> names) {
        return names.size() <= 8 ? String.join(", ", names) : String.join(", ", names.subList(0, 8)) + ", ...";
    }

    private DrawsFormatException fail(JsonParser json, String reason) {
        return DrawsFormatException.of(file, json.currentLocation().getLineNr(), reason);
    }

    /** An array of arrays of numbers. */
    private final class Nested {
        private final String name;
        private double[] values = new double[16];
        private int count;
        private final long[] axes = new long[DEEPEST];
        private int depth = -1;
        private boolean text;

        Nested(String name) {
            this.name = name;
            Arrays.fill(axes, -1);
        }

        /** Reads the array that a parser has just entered. */
        void array(JsonParser json, int level) throws IOException {
            if (level >= DEEPEST) {
                throw fail(json, name + " is nested more than " + DEEPEST + " deep");
            }
            long size = 0;
            JsonToken token = json.nextToken();
            while (token != JsonToken.END_ARRAY) {
                if (token == null) {
                    throw fail(json, name + " is cut short: the file may still be being written");
                }
                if (token == JsonToken.START_ARRAY) {
                    deep(json, level + 1, false);
                    array(json, level + 1);
                } else if (token == JsonToken.START_OBJECT) {
                    throw fail(json, name + " must be an array of numbers");
                } else {
                    deep(json, level + 1, true);
                    add(json, token);
                }
                size++;
                token = json.nextToken();
            }
            if (axes[level] >= 0 && axes[level] != size) {
                throw fail(json, name + " is ragged: " + size + " values where the arrays before have " + axes[level]);
            }
            axes[level] = size;
            if (size == 0 && depth < 0) {
                depth = level + 1;
            }
        }

        /** Refuses numbers and arrays side by side. */
        private void deep(JsonParser json, int level, boolean number) throws IOException {
            if (number && depth < 0) {
                depth = level;
            }
            if (number ? depth != level : depth >= 0 && level >= depth) {
                throw fail(json, name + " is ragged: numbers beside arrays");
            }
        }

        private void add(JsonParser json, JsonToken token) throws IOException {
            if (count == 0 && token == JsonToken.VALUE_STRING && !isNumberWord(json.getText())) {
                text = true;
            }
            if (text) {
                count++;
                return;
            }
            if (count == values.length) {
                held += count;
                Memory.hold(file, held + count);
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = PosteriordbScan.value(json, token, name, file);
        }

        private boolean isNumberWord(String word) {
            return word.matches("(?i)[-+]?(inf|infinity)|nan|na");
        }

        long[] shape() {
            return Arrays.copyOf(axes, depth);
        }
    }
}
