package org.localmass.io;

import java.io.IOException;
import java.util.Optional;

/** HDF5, as netCDF-4 of ArviZ and xarray or with arrays of any program. */
public final class HdfFormat implements DrawsFormat {
    /** For the service loader. */
    public HdfFormat() {}

    @Override
    public boolean accepts(Source source) {
        return source.startsWith(0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n');
    }

    @Override
    public Optional<Format> sniff(Source source) throws IOException {
        return HdfScan.sniff(source);
    }

    @Override
    public Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        return HdfScan.scan(source, reading, sink);
    }
}
