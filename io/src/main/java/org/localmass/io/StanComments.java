package org.localmass.io;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The comments above a header line, as CmdStan ({@code # num_warmup = 1000 (Default)}) and rstan ({@code # warmup=1000})
 * write them. The first value of a key counts.
 */
final class StanComments {
    private static final String DEFAULT = "(Default)";
    private static final int LONGEST = 4096;

    private final Map<String, String> values = new HashMap<>();
    private @Nullable String title;

    /** Takes one comment line, from its {@code #} to its end. */
    void add(byte[] bytes, int from, int end) {
        if (end - from > LONGEST) {
            return;
        }
        String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        int hash = text.indexOf('#');
        text = text.substring(hash + 1).strip();
        int equals = text.indexOf('=');
        if (equals > 0) {
            String value = text.substring(equals + 1).strip();
            if (value.endsWith(DEFAULT)) {
                value = value.substring(0, value.length() - DEFAULT.length()).strip();
            }
            values.putIfAbsent(text.substring(0, equals).strip(), value);
        } else if (text.contains("enerated by Stan")) {
            title = text;
        }
    }

    /** Whether nothing has been said of a run. */
    boolean isEmpty() {
        return values.isEmpty() && title == null;
    }

    /** What was run: {@code sample}, {@code variational}, {@code optimize} and so on; null if not said. */
    @Nullable
    String method() {
        String method = values.get("method");
        if (method != null) {
            return method.isEmpty() ? null : method;
        }
        if (title == null) {
            return null;
        }
        if (title.startsWith("Point")) {
            return "optimize";
        }
        return title.contains("Variational") ? "variational" : "sample";
    }

    /** Number of warmup rows that the file begins with. */
    long warmupRows() {
        return savesWarmup() ? thinned(warmup()) : 0;
    }

    /** Number of draws that the run was to write, not counting warmup and means; -1 if not said. */
    long draws() {
        String method = method();
        if ("sample".equals(method)) {
            long samples = number("num_samples", -1);
            if (samples < 0 && values.containsKey("iter")) {
                samples = number("iter", 0) - number("warmup", 0);
            }
            return samples < 0 ? -1 : thinned(samples);
        }
        if ("variational".equals(method)) {
            return number("output_samples", -1);
        }
        if ("laplace".equals(method)) {
            return number("draws", -1);
        }
        return -1;
    }

    private boolean savesWarmup() {
        String save = values.getOrDefault("save_warmup", "0");
        boolean fixed = values.getOrDefault("algorithm", "").equals("fixed_param")
                || values.getOrDefault("sampler_t", "").startsWith("Fixed_param");
        return (save.equals("1") || save.equals("true")) && !fixed;
    }

    private long warmup() {
        return number("num_warmup", number("warmup", 0));
    }

    private long thinned(long iterations) {
        long thin = Math.max(1, number("thin", 1));
        return (iterations + thin - 1) / thin;
    }

    private long number(String key, long otherwise) {
        String value = values.get(key);
        if (value == null || !value.matches("[0-9]{1,18}")) {
            return otherwise;
        }
        return Long.parseLong(value);
    }
}
