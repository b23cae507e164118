package org.localmass.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.ParameterName;

/** One pass over a Parquet file, row group by row group. */
final class ParquetScan {
    private static final Pattern INDEX_OF_PANDAS = Pattern.compile("__index_level_[0-9]+__");
    /** How the library calls the file in its messages. */
    private static final Pattern SELF = Pattern.compile("\\S+LocalInputFile@\\S+ (is )?");

    private static final int MOST_COLUMNS = 1_000_000;

    /** A column of the file: one number a draw, or a list of them. */
    private record Column(String name, ColumnRole role, ColumnDescriptor descriptor, int length) {
        int size() {
            return Math.max(1, length);
        }

        boolean isList() {
            return length > 0;
        }
    }

    private final String file;
    private final Reading reading;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final List<String> notes = new ArrayList<>();

    private ParquetScan(String file, Reading reading, ParquetFileReader reader) {
        this.file = file;
        this.reading = reading;
        this.reader = reader;
        this.schema = reader.getFileMetaData().getSchema();
    }

    /** What a file, once opened, is asked for. */
    private interface Work<T> {
        T on(ParquetScan scan) throws IOException;
    }

    private static <T> T open(Source source, Reading reading, Work<T> work) throws IOException {
        Path path = source.randomAccess();
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetCodecs())
                .usePageChecksumVerification(true)
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path), options)) {
            return work.on(new ParquetScan(source.file(), reading, reader));
        } catch (DrawsFormatException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError | InternalError | AssertionError e) {
            if (!Files.isReadable(path)) {
                throw e;
            }
            DrawsFormatException refused =
                    DrawsFormatException.of(source.file(), "the Parquet file is damaged or cut short: " + firstLine(e));
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return SELF.matcher(message.lines().findFirst().orElse("")).replaceAll("");
    }

    static Optional<Format> sniff(Source source) throws IOException {
        return open(source, Reading.DEFAULT, scan -> {
            for (Type field : scan.schema.getFields()) {
                if (scan.descriptor(field) != null && Reading.DEFAULT.role(field.getName()) == ColumnRole.PARAMETER) {
                    return Optional.of(Format.PARQUET);
                }
            }
            return Optional.empty();
        });
    }

    static Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        source.refuseKey("Parquet file");
        return open(source, reading, scan -> scan.run(sink));
    }

    private Pass run(BlockSink sink) throws IOException {
        List<BlockMetaData> groups = reader.getRowGroups();
        checkSizes(groups);
        if (groups.isEmpty()) {
            throw DrawsFormatException.of(file, "no draws in the Parquet file");
        }
        List<Column> columns = columns();
        Layout layout = layout(columns);
        List<Column> ordered = ordered(columns);
        int[] first = new int[ordered.size()];
        int width = 0;
        for (int k = 0; k < first.length; k++) {
            first[k] = width;
            width += ordered.get(k).size();
        }
        Column weight = only(columns, ColumnRole.WEIGHT, ColumnRole.LOG_WEIGHT);
        Column chain = only(columns, ColumnRole.CHAIN, ColumnRole.CHAIN);
        Gate gate = new Gate(file, reading, layout, weight != null && weight.role == ColumnRole.LOG_WEIGHT, sink);
        gate.begin();
        Map<Long, Integer> chains = new HashMap<>();
        long row = 0;
        PageReadStore pages = reader.readNextRowGroup();
        while (pages != null) {
            row = group(pages, ordered, first, chain, chains, gate, row);
            pages = reader.readNextRowGroup();
        }
        return gate.finish(notes);
    }

    /** Refuses sizes that the file cannot hold. */
    private void checkSizes(List<BlockMetaData> groups) throws DrawsFormatException {
        for (BlockMetaData group : groups) {
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                if (chunk.getTotalUncompressedSize() < 0
                        || chunk.getTotalUncompressedSize()
                                > 4 * Runtime.getRuntime().maxMemory()
                        || group.getRowCount() < 0) {
                    throw DrawsFormatException.of(
                            file,
                            "a row group claims " + group.getRowCount() + " rows and "
                                    + chunk.getTotalUncompressedSize() + " bytes of "
                                    + String.join(".", chunk.getPath().toArray()) + ": not believed");
                }
            }
        }
    }

    /** The columns that are read; the length of lists is that of the first draw's. */
    private List<Column> columns() throws IOException {
        List<Column> columns = new ArrayList<>();
        for (Type field : schema.getFields()) {
            String name = field.getName();
            ColumnRole role = INDEX_OF_PANDAS.matcher(name).matches() ? ColumnRole.IGNORE : reading.role(name);
            if (role == ColumnRole.IGNORE) {
                continue;
            }
            ColumnDescriptor descriptor = descriptor(field);
            if (descriptor == null) {
                notes.add(name + " holds neither numbers nor lists of numbers: left out");
                continue;
            }
            int length = 0;
            if (descriptor.getMaxRepetitionLevel() > 0) {
                length = firstLength(descriptor);
                if (length == 0) {
                    throw DrawsFormatException.of(file, name + " of draw 1 is an empty list");
                }
            }
            columns.add(new Column(name, role, descriptor, length));
        }
        return columns;
    }

    /** Where the numbers of a column are: itself, or the elements of its lists; null if there are none. */
    private @Nullable ColumnDescriptor descriptor(Type field) {
        Type leaf = field;
        List<String> path = new ArrayList<>(List.of(field.getName()));
        while (!leaf.isPrimitive()) {
            GroupType group = leaf.asGroupType();
            if (group.getFieldCount() != 1) {
                return null;
            }
            leaf = group.getType(0);
            path.add(leaf.getName());
        }
        ColumnDescriptor descriptor = schema.getColumnDescription(path.toArray(new String[0]));
        PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
        boolean number = type == PrimitiveTypeName.DOUBLE
                || type == PrimitiveTypeName.FLOAT
                || type == PrimitiveTypeName.INT32
                || type == PrimitiveTypeName.INT64
                || type == PrimitiveTypeName.BOOLEAN;
        LogicalTypeAnnotation meaning = descriptor.getPrimitiveType().getLogicalTypeAnnotation();
        boolean plain = meaning == null || meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation;
        return number && plain && descriptor.getMaxRepetitionLevel() <= 1 ? descriptor : null;
    }

    /** Length of the list of the first draw; reading pages uses them up, so these are read for it alone. */
    private int firstLength(ColumnDescriptor descriptor) throws IOException {
        reader.setRequestedSchema(List.of(descriptor));
        try (PageReadStore pages = reader.readRowGroup(0)) {
            long left = pages.getPageReader(descriptor).getTotalValueCount();
            ColumnReader values = store(pages).getColumnReader(descriptor);
            if (left == 0 || values.getCurrentDefinitionLevel() < descriptor.getMaxDefinitionLevel() - 1) {
                return 0;
            }
            int length = 0;
            do {
                length++;
                values.consume();
                left--;
            } while (left > 0 && values.getCurrentRepetitionLevel() > 0);
            return length;
        } finally {
            reader.setRequestedSchema(schema);
        }
    }

    private ColumnReadStoreImpl store(PageReadStore pages) {
        return new ColumnReadStoreImpl(
                pages, new Ignored(schema), schema, reader.getFileMetaData().getCreatedBy());
    }

    private Layout layout(List<Column> columns) throws DrawsFormatException {
        List<String> parameters = new ArrayList<>();
        List<String> statistics = new ArrayList<>();
        boolean weighted = false;
        long count = 0;
        for (Column column : columns) {
            if (column.isList() && column.role != ColumnRole.PARAMETER) {
                throw DrawsFormatException.of(
                        file, column.name + " must hold one number a draw, as a " + column.role.word() + " does");
            }
            count += column.size();
            if (count > MOST_COLUMNS) {
                throw DrawsFormatException.of(file, "the columns make more than " + MOST_COLUMNS + " parameters");
            }
            if (column.isList()) {
                for (int k = 1; k <= column.length; k++) {
                    parameters.add(column.name + "[" + k + "]");
                }
            } else if (column.role == ColumnRole.PARAMETER) {
                parameters.add(ParameterName.normalise(column.name));
            } else if (column.role.isStatistic()) {
                statistics.add(column.name);
            }
            weighted |= column.role.isWeight();
        }
        if (parameters.isEmpty()) {
            throw DrawsFormatException.of(
                    file,
                    "no parameter columns, only "
                            + String.join(
                                    ", ", columns.stream().map(Column::name).toList()));
        }
        refuseTwice(parameters);
        refuseTwice(statistics);
        return new Layout(Format.PARQUET, parameters, statistics, weighted, Map.of());
    }

    private void refuseTwice(List<String> names) throws DrawsFormatException {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw DrawsFormatException.of(file, "column " + name + " occurs twice");
            }
        }
    }

    private static List<Column> ordered(List<Column> columns) {
        List<Column> ordered = new ArrayList<>();
        columns.stream().filter(c -> c.role == ColumnRole.PARAMETER).forEach(ordered::add);
        columns.stream().filter(c -> c.role.isStatistic()).forEach(ordered::add);
        columns.stream().filter(c -> c.role.isWeight()).forEach(ordered::add);
        return ordered;
    }

    private @Nullable Column only(List<Column> columns, ColumnRole one, ColumnRole other) throws DrawsFormatException {
        Column found = null;
        for (Column column : columns) {
            if (column.role == one || column.role == other) {
                if (found != null) {
                    throw DrawsFormatException.of(
                            file, "more than one column is a " + one.word() + ": " + found.name + ", " + column.name);
                }
                found = column;
            }
        }
        return found;
    }

    /** Reads one row group; the number of rows read so far. */
    private long group(
            PageReadStore pages,
            List<Column> ordered,
            int[] first,
            @Nullable Column chain,
            Map<Long, Integer> chains,
            Gate gate,
            long before)
            throws IOException {
        ColumnReadStoreImpl store = store(pages);
        int width = first.length == 0
                ? 0
                : first[first.length - 1] + ordered.get(first.length - 1).size();
        int capacity = (int) Math.min(Math.max(1, pages.getRowCount()), Gate.rows(width));
        double[][] block = Gate.block(width, capacity);
        double[][] part = chain == null ? new double[0][] : Gate.block(width, capacity);
        double[] ids = new double[chain == null ? 0 : capacity];
        ColumnReader[] readers = new ColumnReader[ordered.size()];
        for (int k = 0; k < readers.length; k++) {
            long announced = pages.getPageReader(ordered.get(k).descriptor).getTotalValueCount();
            if (announced != pages.getRowCount() * ordered.get(k).size()) {
                throw DrawsFormatException.of(
                        file,
                        ordered.get(k).name + " holds " + announced + " values in " + pages.getRowCount() + " rows"
                                + (ordered.get(k).isList() ? ": lists must be of one length" : ""));
            }
            readers[k] = store.getColumnReader(ordered.get(k).descriptor);
        }
        ColumnReader chainReader = chain == null ? null : store.getColumnReader(chain.descriptor);
        long row = before;
        for (long from = 0; from < pages.getRowCount(); from += capacity) {
            int rows = (int) Math.min(capacity, pages.getRowCount() - from);
            for (int k = 0; k < readers.length; k++) {
                Column column = ordered.get(k);
                if (column.isList()) {
                    lists(readers[k], column, block, first[k], rows, row);
                } else {
                    numbers(readers[k], column.descriptor, block[first[k]], rows);
                }
            }
            if (chain == null || chainReader == null) {
                gate.pass(0, block, rows);
            } else {
                numbers(chainReader, chain.descriptor, ids, rows);
                byChain(block, part, ids, rows, row, chains, gate);
            }
            row += rows;
        }
        return row;
    }

    private void byChain(
            double[][] block,
            double[][] part,
            double[] ids,
            int rows,
            long before,
            Map<Long, Integer> chains,
            Gate gate)
            throws IOException {
        int begin = 0;
        for (int i = 1; i <= rows; i++) {
            if (i == rows || ids[i] != ids[begin]) {
                double id = ids[begin];
                if (id != Math.rint(id) || Math.abs(id) > 1L << 53) {
                    throw DrawsFormatException.of(
                            file, "the chain of row " + (before + begin + 1) + " is " + id + ", not a whole number");
                }
                for (int j = 0; j < part.length; j++) {
                    System.arraycopy(block[j], begin, part[j], 0, i - begin);
                }
                gate.pass(chains.computeIfAbsent((long) id, unseen -> chains.size()), part, i - begin);
                begin = i;
            }
        }
    }

    private static void numbers(ColumnReader values, ColumnDescriptor descriptor, double[] target, int rows) {
        int present = descriptor.getMaxDefinitionLevel();
        PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
        if (type == PrimitiveTypeName.DOUBLE) {
            for (int i = 0; i < rows; i++) {
                target[i] = values.getCurrentDefinitionLevel() == present ? values.getDouble() : Double.NaN;
                values.consume();
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            target[i] = values.getCurrentDefinitionLevel() == present ? number(values, type, descriptor) : Double.NaN;
            values.consume();
        }
    }

    private void lists(ColumnReader values, Column column, double[][] block, int first, int rows, long before)
            throws DrawsFormatException {
        int present = column.descriptor.getMaxDefinitionLevel();
        PrimitiveTypeName type = column.descriptor.getPrimitiveType().getPrimitiveTypeName();
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < column.length; k++) {
                if ((values.getCurrentRepetitionLevel() == 0) != (k == 0)) {
                    throw DrawsFormatException.of(
                            file,
                            column.name + " of draw " + (before + i + 1) + " is not a list of " + column.length
                                    + " numbers as that of draw 1 is");
                }
                block[first + k][i] = values.getCurrentDefinitionLevel() == present
                        ? number(values, type, column.descriptor)
                        : Double.NaN;
                values.consume();
            }
        }
    }

    private static double number(ColumnReader values, PrimitiveTypeName type, ColumnDescriptor descriptor) {
        boolean unsigned = descriptor.getPrimitiveType().getLogicalTypeAnnotation()
                        instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
                && !whole.isSigned();
        return switch (type) {
            case DOUBLE -> values.getDouble();
            case FLOAT -> values.getFloat();
            case INT32 -> unsigned ? Integer.toUnsignedLong(values.getInteger()) : values.getInteger();
            case INT64 -> unsigned ? NumberType.unsigned(values.getLong()) : values.getLong();
            default -> values.getBoolean() ? 1 : 0;
        };
    }

    /** Stands in where the library wants to hand values over itself. */
    private static final class Ignored extends GroupConverter {
        private final GroupType type;

        Ignored(GroupType type) {
            this.type = type;
        }

        @Override
        public Converter getConverter(int field) {
            Type inner = type.getType(field);
            return inner.isPrimitive() ? new PrimitiveConverter() {} : new Ignored(inner.asGroupType());
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
