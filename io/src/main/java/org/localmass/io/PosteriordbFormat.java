package org.localmass.io;

import java.io.IOException;
import java.util.Optional;

/** Reference draws of posteriordb: a JSON array of chains. */
public final class PosteriordbFormat implements DrawsFormat {
    /** For the service loader. */
    public PosteriordbFormat() {}

    @Override
    public boolean accepts(Source source) {
        // "[I" begins the logs of MrBayes
        return source.container() != Source.Container.NPZ
                && source.container() != Source.Container.ZARR
                && source.firstCharacter() == '['
                && source.secondCharacter() != 'I';
    }

    @Override
    public Optional<Format> sniff(Source source) throws IOException {
        return PosteriordbScan.fits(source) ? Optional.of(Format.POSTERIORDB) : Optional.empty();
    }

    @Override
    public Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        source.refuseKey("JSON array");
        PosteriordbScan scan = new PosteriordbScan(source.file(), sink, reading);
        scan.run(source);
        return scan.pass();
    }
}
