package org.localmass.io;

import java.io.IOException;
import java.util.Optional;

/** Parquet: one column for each parameter, or a column of lists for a vector. */
public final class ParquetFormat implements DrawsFormat {
    /** For the service loader. */
    public ParquetFormat() {}

    @Override
    public boolean accepts(Source source) {
        return source.startsWith('P', 'A', 'R', '1');
    }

    @Override
    public Optional<Format> sniff(Source source) throws IOException {
        return ParquetScan.sniff(source);
    }

    @Override
    public Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        return ParquetScan.scan(source, reading, sink);
    }
}
