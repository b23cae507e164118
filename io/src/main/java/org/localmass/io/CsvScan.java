package org.localmass.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One pass over a table of text with a header line: Stan's output files, logs for Tracer and plain tables.
 *
 * <p>A file holds one run, or several one after the other, each with the same header line; every run is a chain. Rows go
 * straight into a block of columns, which goes to the sink when it is full or the chain changes.
 */
final class CsvScan {
    private static final int BLOCK_VALUES = 1 << 16;
    private static final int LEAST_ROWS = 16;
    private static final int MOST_ROWS = 4096;
    private static final int LONGEST_QUOTE = 40;

    private final String file;
    private final LineReader lines;
    private final BlockSink sink;
    private final Reading reading;
    private final CellParser cells;
    private final byte delimiter;

    private final CsvHeader header;
    private final int parameters;
    private final int statistics;
    private final int[] places;
    private final int capacity;
    private final double[][] block;
    private int rows;

    // of the run
    private StanComments comments;
    private StanComments nextComments = new StanComments();
    private long rowsOfRun;
    private long drawsOfRun;
    private long warmupLeft;
    private int runs = 1;

    // of the file
    private final Map<Long, Integer> chains = new HashMap<>();
    private long chainId = Long.MIN_VALUE;
    private int chain;
    private int chainCount;
    private long draws;
    private long warmup;
    private long means;
    private long nonfinite;
    private int lastNonfinite;
    private boolean openEnd;
    private boolean named;
    private final List<String> notes = new ArrayList<>();

    private CsvScan(
            String file, LineReader lines, CsvHeader header, StanComments comments, BlockSink sink, Reading reading) {
        this.file = file;
        this.lines = lines;
        this.header = header;
        this.comments = comments;
        this.sink = sink;
        this.reading = reading;
        this.delimiter = (byte) header.delimiter();
        this.cells = new CellParser(header.delimiter());
        this.parameters = header.layout().parameters().size();
        this.statistics = header.layout().statistics().size();
        this.places = header.places();
        int width = header.layout().width();
        this.capacity = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, BLOCK_VALUES / width));
        this.block = new double[width][capacity];
        this.warmupLeft = warmupRows();
    }

    /** Reads the comments above the header and the header; the lines then go on below it. */
    static CsvScan begin(Source source, BlockSink sink, Reading reading) throws IOException {
        String file = source.file();
        LineReader lines = new LineReader(source.text(), file);
        StanComments comments = new StanComments();
        while (lines.next()) {
            int from = content(lines);
            if (from == lines.end()) {
                continue;
            }
            if (lines.bytes()[from] == '#') {
                comments.add(lines.bytes(), from, lines.end());
                continue;
            }
            if (isIdentification(lines, from)) {
                continue;
            }
            CsvHeader header = CsvHeader.parse(lines, comments, file, reading);
            return new CsvScan(file, lines, header, comments, sink, reading);
        }
        CsvHeader.said(comments, file);
        throw DrawsFormatException.of(file, "no header line: the file holds only comments or blank lines");
    }

    /** The line {@code [ID: 0123456789]} that MrBayes begins with. */
    private static boolean isIdentification(LineReader lines, int from) {
        byte[] bytes = lines.bytes();
        return lines.end() - from > 4
                && bytes[from] == '['
                && bytes[from + 1] == 'I'
                && bytes[from + 2] == 'D'
                && bytes[from + 3] == ':';
    }

    private static int content(LineReader lines) {
        byte[] bytes = lines.bytes();
        int i = lines.start();
        while (i < lines.end() && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    Layout layout() {
        return header.layout();
    }

    /** Whether the first row below the header is a row of numbers as long as the header. */
    boolean firstRowFits() throws IOException {
        while (lines.next()) {
            int from = content(lines);
            if (from < lines.end() && lines.bytes()[from] != '#') {
                try {
                    row();
                    return true;
                } catch (DrawsFormatException e) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Reads all rows. */
    void run() throws IOException {
        sink.begin(header.layout());
        while (lines.next()) {
            byte[] bytes = lines.bytes();
            int from = content(lines);
            if (from == lines.end()) {
                continue;
            }
            if (bytes[from] == '#') {
                comment(bytes, from, lines.end());
            } else if (header.isRepeated(bytes, lines.start(), lines.end())) {
                endRun();
                beginRun();
            } else {
                row();
            }
        }
        endRun();
        flush();
        if (draws == 0) {
            throw DrawsFormatException.of(file, whyNoDraws());
        }
        if (openEnd) {
            notes.add("the last row has no line end; its last value may be cut short");
        }
        if (header.layout().format().equals(Format.STAN_SAMPLE)
                && !header.layout().statistics().contains("accept_stat__")) {
            notes.add("no accept_stat__ column, which Stan's sampler writes");
        }
        noteCounts();
    }

    private void comment(byte[] bytes, int from, int end) throws DrawsFormatException {
        nextComments.add(bytes, from, end);
        if (header.layout().format().equals(Format.STAN_SAMPLE) && saysAdaptationEnded(bytes, from, end)) {
            long before = warmupRows() - warmupLeft;
            if (rowsOfRun > before) {
                throw fail("adaptation ends after " + counted(rowsOfRun, "row") + ", the comments announce "
                        + warmupRows() + " warmup draws: which draws are warmup is not known");
            }
            warmupLeft = 0;
        }
    }

    private static boolean saysAdaptationEnded(byte[] bytes, int from, int end) {
        int length = Math.min(end - from, LONGEST_QUOTE);
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1).contains("Adaptation terminated");
    }

    private long warmupRows() {
        return header.layout().format().equals(Format.STAN_SAMPLE) ? comments.warmupRows() : 0;
    }

    private void beginRun() throws IOException {
        flush();
        if (!nextComments.isEmpty()) {
            Format format = CsvHeader.said(nextComments, file);
            if (format != null && !format.equals(header.layout().format())) {
                throw fail("a second header: a " + format.words() + " after a "
                        + header.layout().format().words());
            }
            comments = nextComments;
        }
        nextComments = new StanComments();
        runs++;
        rowsOfRun = 0;
        drawsOfRun = 0;
        warmupLeft = warmupRows();
        chain = chainCount;
        chainId = Long.MIN_VALUE;
    }

    private void endRun() {
        long announced = comments.draws();
        if (announced >= 0 && announced != drawsOfRun && drawsOfRun > 0) {
            notes.add(
                    (runs > 1 ? "run " + runs + ": " : "") + drawsOfRun + " draws, the comments announce " + announced);
        }
    }

    private void row() throws IOException {
        byte[] bytes = lines.bytes();
        int end = end();
        int width = places.length;
        int next = lines.start();
        long id = Long.MIN_VALUE;
        if (named || (rowsOfRun == 0 && runs == 1 && isNamed(end))) {
            named = true;
            cells.skip(bytes, next, end);
            next = cells.next() + 1;
        }
        for (int j = 0; j < width; j++) {
            if (next > end) {
                throw ragged(j);
            }
            int place = places[j];
            int from = next;
            try {
                double value = cells.parse(bytes, from, end);
                if (place >= 0) {
                    block[place][rows] = value;
                } else if (place == CsvHeader.CHAIN) {
                    id = chainId(j, value, from);
                }
            } catch (NumberFormatException e) {
                if (place != CsvHeader.LEFT_OUT) {
                    throw notANumber(j, from);
                }
            }
            next = cells.next() + 1;
        }
        if (next < end || (next == end && delimiter != '\t')) {
            throw ragged(width);
        }
        if (!lines.terminated() && bytes[end - 1] == delimiter) {
            throw cut(width - 1);
        }
        openEnd = !lines.terminated();
        rowsOfRun++;
        keep(id);
    }

    /** End of the line; of cells apart by spaces, without the last ones. */
    private int end() {
        int end = lines.end();
        if (delimiter == ' ') {
            while (end > lines.start() && (lines.bytes()[end - 1] == ' ' || lines.bytes()[end - 1] == '\t')) {
                end--;
            }
        }
        return end;
    }

    /** Whether a row begins with a name in quotes that the header has no column for, as R's write.table has it. */
    private boolean isNamed(int end) {
        int from = content(lines);
        if (!header.layout().format().equals(Format.CSV) || lines.bytes()[from] != '"') {
            return false;
        }
        int count = 0;
        int next = from;
        while (next <= end) {
            cells.skip(lines.bytes(), next, end);
            next = cells.next() + 1;
            count++;
        }
        return count == places.length + 1;
    }

    private void keep(long id) throws IOException {
        if (warmupLeft > 0) {
            warmupLeft--;
            warmup++;
            return;
        }
        if (rowsOfRun == 1 && header.layout().format().equals(Format.STAN_VARIATIONAL) && statisticsAreZero()) {
            means++;
            return;
        }
        drawsOfRun++;
        if (header.layout().weighted()) {
            weight();
        }
        int bad = reading.keepsNonfinite() ? -1 : nonfiniteParameter();
        if (bad >= 0) {
            if (!reading.dropNonfinite()) {
                throw nonfinite(bad);
            }
            nonfinite++;
            lastNonfinite = bad;
            return;
        }
        if (id != chainId) {
            move(chains.computeIfAbsent(id, unseen -> chainCount));
            chainId = id;
        }
        chainCount = Math.max(chainCount, chain + 1);
        draws++;
        rows++;
        if (rows == capacity) {
            flush();
        }
    }

    /** Hands the rows before the current one over, which becomes the first of another chain's block. */
    private void move(int to) throws IOException {
        if (rows > 0 && to != chain) {
            double[] current = new double[block.length];
            for (int j = 0; j < current.length; j++) {
                current[j] = block[j][rows];
            }
            flush();
            for (int j = 0; j < current.length; j++) {
                block[j][0] = current[j];
            }
        }
        chain = to;
    }

    private void flush() throws IOException {
        if (rows > 0) {
            sink.accept(chain, block, rows);
            rows = 0;
        }
    }

    /** Makes a log weight of what the row says. */
    private void weight() throws DrawsFormatException {
        double[] weights = block[parameters + statistics];
        double value = weights[rows];
        if (header.logWeights()) {
            if (!(value < Double.POSITIVE_INFINITY)) {
                throw fail("the log weight is " + value + "; it must be finite or -Inf");
            }
        } else {
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw fail("the weight is " + value + "; it must be finite and not negative");
            }
            weights[rows] = Math.log(value);
        }
    }

    private boolean statisticsAreZero() {
        for (int j = parameters; j < parameters + statistics; j++) {
            if (block[j][rows] != 0) {
                return false;
            }
        }
        return true;
    }

    private int nonfiniteParameter() {
        for (int j = 0; j < parameters; j++) {
            if (!Double.isFinite(block[j][rows])) {
                return j;
            }
        }
        return -1;
    }

    private long chainId(int column, double value, int from) throws DrawsFormatException {
        if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
            throw fail(header.name(column) + " is " + quote(from) + ", not a whole number");
        }
        return (long) value;
    }

    private DrawsFormatException nonfinite(int parameter) {
        int next = lines.start();
        int column = named ? -1 : 0;
        while (column < 0 || places[column] != parameter) {
            cells.skip(lines.bytes(), next, end());
            next = cells.next() + 1;
            column++;
        }
        return fail(header.name(column) + " is " + quote(next)
                + "; use --drop-nonfinite to drop such draws and count them");
    }

    private DrawsFormatException notANumber(int column, int from) {
        boolean last = cells.next() == lines.end();
        if (last && !lines.terminated()) {
            return cut(column);
        }
        if (column == 0 && looksLikeHeader()) {
            if (rowsOfRun == 0) {
                return fail("not a table of numbers: the row below the header is text");
            }
            return fail("a second header line that differs from the first");
        }
        String cell = quote(from);
        String hint = cell.matches("[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]+)?") ? "; decimals are set off by a point" : "";
        return fail(header.name(column) + " is '" + cell + "', not a number" + hint);
    }

    private boolean looksLikeHeader() {
        byte first = lines.bytes()[content(lines)];
        if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
            return false;
        }
        int next = lines.start();
        while (next <= lines.end()) {
            try {
                cells.parse(lines.bytes(), next, lines.end());
                return false;
            } catch (NumberFormatException e) {
                next = cells.next() + 1;
            }
        }
        return true;
    }

    private DrawsFormatException ragged(int found) {
        int count = 0;
        int next = lines.start();
        int end = end();
        while (next <= end) {
            cells.skip(lines.bytes(), next, end);
            next = cells.next() + 1;
            count++;
        }
        if (!lines.terminated() && found < places.length) {
            return cut(count);
        }
        return fail(count + (count == 1 ? " value" : " values") + ", the header has " + places.length
                + (places.length == 1 ? " column" : " columns"));
    }

    private DrawsFormatException cut(int values) {
        return fail("the last row is cut short (" + values + " of " + places.length
                + " values, no line end): the file may still be being written");
    }

    private String quote(int from) {
        byte[] bytes = lines.bytes();
        int to = from;
        while (to < lines.end() && (bytes[to] != delimiter || isBlankBefore(from, to))) {
            to++;
        }
        String cell = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
        if (cell.isEmpty()) {
            return "empty";
        }
        boolean tooLong = cell.codePointCount(0, cell.length()) > LONGEST_QUOTE;
        return tooLong ? cell.substring(0, cell.offsetByCodePoints(0, LONGEST_QUOTE)) + "..." : cell;
    }

    /** Whether a space only leads up to a cell. */
    private boolean isBlankBefore(int from, int to) {
        if (delimiter != ' ') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (lines.bytes()[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private DrawsFormatException fail(String reason) {
        return DrawsFormatException.of(file, lines.line(), reason);
    }

    private String whyNoDraws() {
        if (nonfinite > 0) {
            String name = header.layout().parameters().get(lastNonfinite);
            return nonfinite == 1
                    ? "the only draw has a non-finite parameter, " + name
                    : "all " + nonfinite + " draws have a non-finite parameter, the last one " + name;
        }
        long announced = comments.draws();
        String promise = announced >= 0 ? "; the comments announce " + announced : "";
        if (warmup > 0) {
            return "no draws, only " + warmup + " of warmup" + promise;
        }
        return "no draws below the header" + promise;
    }

    private void noteCounts() {
        if (warmup > 0) {
            notes.add(counted(warmup, "warmup draw") + " dropped");
        }
        if (means > 0) {
            notes.add(means == 1 ? "first row (the mean) dropped" : "first row of each run (the mean) dropped");
        }
        if (nonfinite > 0) {
            notes.add(counted(nonfinite, "draw") + " with a non-finite parameter dropped");
        }
        if (runs > 1) {
            notes.add(runs + " runs in one file, read as chains");
        }
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    Pass pass() {
        return new Pass(header.layout(), chainCount, draws, notes);
    }
}
