package org.localmass.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One array of NumPy, as {@code np.save} writes it. */
public final class NpyFormat implements DrawsFormat {
    /** The name of the parameters of an array without a name. */
    static final String NAME = "x";

    /** For the service loader. */
    public NpyFormat() {}

    @Override
    public boolean accepts(Source source) {
        return source.startsWith(0x93, 'N', 'U', 'M', 'P', 'Y');
    }

    @Override
    public Optional<Format> sniff(Source source) throws IOException {
        NpyArray array = NpyArray.read(source.text(), source.file(), "the file");
        return array.shape().length > 0 ? Optional.of(Format.NPY) : Optional.empty();
    }

    @Override
    public Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        source.refuseKey("NumPy array");
        String file = source.file();
        NpyArray array = NpyArray.read(source.text(), file, "the file");
        if (array.shape().length == 0) {
            throw DrawsFormatException.of(file, "the array holds a single number");
        }
        Shapes shapes = Shapes.of(file, Map.of("the array", array.shape()), reading.arrangement());
        Variable variable = new Variable(
                NAME,
                ColumnRole.PARAMETER,
                shapes.elements(array.shape()),
                List.of(),
                () -> array.inOrder(new Kept(source.text()), file, "the array"));
        Pass pass = new ArrayScan(file, Format.NPY, shapes.chains(), shapes.draws(), List.of(variable), reading)
                .run(sink, shapes.notes());
        if (source.text().read() >= 0) {
            throw DrawsFormatException.of(file, "bytes after the end of the array");
        }
        return pass;
    }

    /** A stream that closing leaves open: what follows the numbers is looked at. */
    private static final class Kept extends FilterInputStream {
        Kept(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() {}
    }
}
