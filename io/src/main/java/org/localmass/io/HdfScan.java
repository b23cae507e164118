package org.localmass.io;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.links.ExternalLink;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads arrays of an HDF5 file; with the names of netCDF-4's dimensions where they are. */
final class HdfScan {
    private static final long AT_ONCE = 1L << 25;
    private static final long BEST_RATIO = 1100;
    private static final int MOST_LABELS = 100_000;
    private static final int MOST_NODES = 100_000;
    private static final int DEEPEST = 16;

    private final String file;
    private final HdfFile hdf;
    private final long fileSize;
    private final Map<Long, Dataset> scales = new HashMap<>();
    private int nodes;

    private HdfScan(String file, HdfFile hdf, long fileSize) throws DrawsFormatException {
        this.file = file;
        this.hdf = hdf;
        this.fileSize = fileSize;
        findScales(hdf, 0);
    }

    /** What a file, once opened, is asked for. */
    private interface Work<T> {
        T on(HdfScan scan) throws IOException;
    }

    private static <T> T open(Source source, Work<T> work) throws IOException {
        Path path = source.randomAccess();
        try (HdfFile hdf = new HdfFile(path)) {
            return work.on(new HdfScan(source.file(), hdf, Files.size(path)));
        } catch (DrawsFormatException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | InternalError | AssertionError e) {
            throw damaged(source, e);
        }
    }

    private static DrawsFormatException damaged(Source source, Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsupportedHdfException) {
                return DrawsFormatException.of(source.file(), "HDF5 of a kind that is not read: " + firstLine(cause));
            }
        }
        DrawsFormatException refused =
                DrawsFormatException.of(source.file(), "the HDF5 file is damaged or cut short: " + firstLine(e));
        refused.addSuppressed(e);
        return refused;
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }

    static Optional<Format> sniff(Source source) throws IOException {
        return open(source, scan -> {
            for (String name : List.of("posterior", "")) {
                Group group = scan.group(name);
                if (group != null) {
                    NamedAxes named = scan.named(group, name, Reading.DEFAULT);
                    if (!named.isEmpty()) {
                        return Optional.of(named.isSample() ? Format.NETCDF_SAMPLE : Format.NETCDF);
                    }
                }
            }
            return Optional.empty();
        });
    }

    static Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        return open(source, scan -> scan.run(source, reading, sink));
    }

    private Pass run(Source source, Reading reading, BlockSink sink) throws IOException {
        boolean chosen = source.key() != null || reading.group() != null;
        String name = NamedAxes.group(source, reading);
        Group group = group(name);
        if (group == null && !chosen) {
            name = "";
            group = hdf;
        }
        if (group == null) {
            throw DrawsFormatException.of(file, "no group " + name + "; " + offer());
        }
        NamedAxes named = named(group, name, reading);
        if (!named.isEmpty()) {
            return named.scan(named.isSample() ? Format.NETCDF_SAMPLE : Format.NETCDF)
                    .run(sink, List.of());
        }
        List<Member> members = new ArrayList<>();
        for (Member member : members(group)) {
            if (member.axes.isEmpty()
                    && member.shape().length > 0
                    && reading.role(member.name()) != ColumnRole.IGNORE) {
                members.add(member);
            }
        }
        if (members.isEmpty()) {
            throw DrawsFormatException.of(
                    file,
                    (name.isEmpty() ? "no draws in the file; " : "no draws in the group " + name + "; ") + offer());
        }
        Shapes common = Shapes.of(file, NamedAxes.shapes(members), reading.arrangement());
        List<Variable> variables = new ArrayList<>();
        for (Member member : members) {
            variables.add(new Variable(
                    member.name(),
                    reading.role(member.name()),
                    common.elements(member.shape()),
                    List.of(),
                    member::open));
        }
        return new ArrayScan(file, Format.NETCDF, common.chains(), common.draws(), variables, reading)
                .run(sink, common.notes());
    }

    private NamedAxes named(Group group, String name, Reading reading) throws DrawsFormatException {
        NamedAxes named = new NamedAxes(file, reading);
        named.parameters(members(group));
        if (!named.isEmpty()) {
            Group statistics = NamedAxes.statisticsOf(name).map(this::group).orElse(null);
            if (statistics != null) {
                named.statistics(members(statistics));
            }
        }
        return named;
    }

    private @Nullable Group group(String path) {
        Group group = hdf;
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                Node node = group.getChildren().get(part);
                if (node instanceof ExternalLink || !(node instanceof Group next)) {
                    return null;
                }
                group = next;
            }
        }
        return group;
    }

    private String offer() {
        List<String> found = new ArrayList<>();
        for (Node node : hdf) {
            if (node instanceof Group g && !(node instanceof ExternalLink)) {
                found.add(g.getName());
            }
        }
        found.sort(Comparator.naturalOrder());
        return found.isEmpty()
                ? "the file has no groups"
                : "the groups are " + String.join(", ", found) + "; select one with --group or FILE::GROUP";
    }

    /** Finds the datasets that stand for dimensions, by their address. */
    private void findScales(Group group, int depth) throws DrawsFormatException {
        for (Node node : group) {
            if (++nodes > MOST_NODES || depth > DEEPEST) {
                throw DrawsFormatException.of(file, "the file has too many groups and arrays");
            }
            if (node.isLink()) {
                continue;
            }
            if (node instanceof Dataset dataset) {
                if (isScale(dataset)) {
                    scales.put(dataset.getAddress(), dataset);
                }
            } else if (node instanceof Group inner) {
                findScales(inner, depth + 1);
            }
        }
    }

    private static boolean isScale(Dataset dataset) {
        Attribute kind = dataset.getAttributes().get("CLASS");
        return kind != null && "DIMENSION_SCALE".equals(kind.getData());
    }

    /** The arrays of numbers in a group, in the order in which they were made. */
    private List<Member> members(Group group) {
        List<Dataset> datasets = new ArrayList<>();
        for (Node node : group) {
            if (!node.isLink() && node instanceof Dataset dataset && !isScale(dataset)) {
                datasets.add(dataset);
            }
        }
        datasets.sort(Comparator.comparingLong(Dataset::getAddress));
        List<Member> members = new ArrayList<>();
        for (Dataset dataset : datasets) {
            if (isNumber(dataset.getDataType())) {
                members.add(new Member(dataset));
            }
        }
        return members;
    }

    private static boolean isNumber(DataType type) {
        return type instanceof FixedPoint || type instanceof FloatingPoint || type instanceof EnumDataType;
    }

    /** How numbers lie in a file; null if that is for the library to say. */
    private static @Nullable NumberType plain(DataType type) {
        int size = type.getSize();
        if (size != 1 && size != 2 && size != 4 && size != 8) {
            return null;
        }
        if (type instanceof FixedPoint fixed) {
            boolean whole = fixed.getBitOffset() == 0 && fixed.getBitPrecision() == 8 * size;
            return whole ? new NumberType(fixed.isSigned() ? 'i' : 'u', size, fixed.getByteOrder()) : null;
        }
        if (type instanceof FloatingPoint real) {
            int exponent = size == 8 ? 11 : size == 4 ? 8 : 5;
            boolean standard = size > 1 && real.getBitPrecision() == 8 * size && real.getExponentSize() == exponent;
            return standard ? new NumberType('f', size, real.getByteOrder()) : null;
        }
        return null;
    }

    /** An array of a group. */
    private final class Member implements NamedAxes.Stored {
        private final Dataset dataset;
        private final long[] shape;
        private final List<String> axes = new ArrayList<>();
        private final List<@Nullable Dataset> positions = new ArrayList<>();

        Member(Dataset dataset) {
            this.dataset = dataset;
            this.shape = dataset.isScalar() ? new long[0] : dataset.getDimensionsAsLong();
            Attribute list = dataset.getAttributes().get("DIMENSION_LIST");
            if (list != null && list.getData() != null && Array.getLength(list.getData()) == shape.length) {
                for (int a = 0; a < shape.length; a++) {
                    Dataset scale = scales.get(address(Array.get(list.getData(), a)));
                    axes.add(scale == null ? "axis " + (a + 1) : scale.getName());
                    positions.add(scale);
                }
            }
        }

        private static long address(@Nullable Object reference) {
            Object inner = reference;
            while (inner != null && inner.getClass().isArray()) {
                inner = Array.getLength(inner) == 0 ? null : Array.get(inner, 0);
            }
            return inner instanceof Number number ? number.longValue() : -1;
        }

        @Override
        public String name() {
            return dataset.getName();
        }

        @Override
        public long[] shape() {
            return shape;
        }

        @Override
        public List<String> axes() {
            return axes;
        }

        @Override
        public List<String> labels(int axis) {
            Dataset scale = positions.get(axis);
            if (scale == null || scale.getSize() > MOST_LABELS || scale.getSize() != shape[axis]) {
                return List.of();
            }
            return scale.getData() instanceof String[] words ? List.of(words) : List.of();
        }

        @Override
        public Numbers open() throws IOException {
            long count = count();
            NumberType type = plain(dataset.getDataType());
            if (dataset instanceof ContiguousDataset contiguous
                    && type != null
                    && count <= Integer.MAX_VALUE / type.size()) {
                ByteBuffer bytes = contiguous.getBuffer().order(type.order());
                if (bytes.limit() < count * type.size()) {
                    throw DrawsFormatException.of(file, name() + " is cut short: the file may still be being written");
                }
                return new Mapped(bytes, type);
            }
            if (count <= AT_ONCE || shape.length < 2) {
                return Numbers.of(all());
            }
            return new Slices(this);
        }

        /** Number of values, after a look at whether the file can hold them. */
        private long count() throws DrawsFormatException {
            long count = 1;
            for (long axis : shape) {
                if (axis > 0 && count > (Long.MAX_VALUE >> 4) / axis) {
                    throw unbelievable();
                }
                count *= axis;
            }
            boolean contiguous = dataset instanceof ContiguousDataset;
            long size = Math.max(1, dataset.getDataType().getSize());
            if (count > (contiguous ? fileSize : fileSize * BEST_RATIO) / size) {
                throw unbelievable();
            }
            return count;
        }

        private DrawsFormatException unbelievable() {
            return DrawsFormatException.of(
                    file,
                    name() + " claims the shape " + Gate.shape(shape) + " but the file has " + fileSize + " bytes");
        }

        @Override
        public double[] all() throws IOException {
            double[] values = Memory.doubles(file, name(), count());
            Memory.hold(file, 2L * values.length);
            copy(dataset.getDataFlat(), values);
            return values;
        }
    }

    private static void copy(Object stored, double[] values) throws DrawsFormatException {
        if (stored instanceof double[] reals) {
            System.arraycopy(reals, 0, values, 0, values.length);
        } else {
            int end = fill(stored, values, 0);
            if (end != values.length) {
                throw new HdfException(end + " values where " + values.length + " were announced");
            }
        }
    }

    /** Copies nested arrays of numbers; the position after the last one. */
    private static int fill(@Nullable Object stored, double[] values, int from) {
        int at = from;
        if (stored instanceof double[] reals) {
            System.arraycopy(reals, 0, values, at, reals.length);
            return at + reals.length;
        }
        if (stored != null && stored.getClass().isArray()) {
            int length = Array.getLength(stored);
            for (int i = 0; i < length; i++) {
                at = fill(Array.get(stored, i), values, at);
            }
            return at;
        }
        values[at] = number(stored);
        return at + 1;
    }

    private static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof String word) {
            return switch (word.toUpperCase(Locale.ROOT)) {
                case "TRUE" -> 1;
                case "FALSE" -> 0;
                default -> throw new UnsupportedHdfException("values such as " + word);
            };
        }
        throw new UnsupportedHdfException("values that are no numbers");
    }

    /** Numbers that lie in the file as they are. */
    private static final class Mapped implements Numbers {
        private final ByteBuffer bytes;
        private final NumberType type;
        private int next;

        Mapped(ByteBuffer bytes, NumberType type) {
            this.bytes = bytes;
            this.type = type;
            this.next = bytes.position();
        }

        @Override
        public void read(double[] target, int offset, int count) {
            type.decode(bytes, next, target, offset, count);
            next += count * type.size();
        }
    }

    /** Numbers of an array too large to be held, by slices of its first axis. */
    private final class Slices implements Numbers {
        private final Member member;
        private final int sliceSize;
        private double[] slice = {};
        private int at;
        private long next;

        Slices(Member member) throws DrawsFormatException {
            this.member = member;
            long size = member.count() / member.shape[0];
            this.sliceSize = Memory.doubles(file, "a slice of " + member.name(), size).length;
        }

        @Override
        public void read(double[] target, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                if (at == slice.length) {
                    load();
                }
                int part = Math.min(count - done, slice.length - at);
                System.arraycopy(slice, at, target, offset + done, part);
                at += part;
                done += part;
            }
        }

        private void load() {
            long[] from = new long[member.shape.length];
            from[0] = next++;
            int[] size = new int[member.shape.length];
            size[0] = 1;
            for (int a = 1; a < size.length; a++) {
                size[a] = Math.toIntExact(member.shape[a]);
            }
            if (slice.length == 0) {
                slice = new double[sliceSize];
            }
            if (fill(member.dataset.getData(from, size), slice, 0) != sliceSize) {
                throw new HdfException("a slice is cut short");
            }
            at = 0;
        }
    }
}
