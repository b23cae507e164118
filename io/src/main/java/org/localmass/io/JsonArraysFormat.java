package org.localmass.io;

import java.io.IOException;
import java.util.Optional;

/** A JSON object of arrays by parameter, or of groups of them as InferenceData has. */
public final class JsonArraysFormat implements DrawsFormat {
    /** For the service loader. */
    public JsonArraysFormat() {}

    @Override
    public boolean accepts(Source source) {
        return source.container() != Source.Container.NPZ
                && source.container() != Source.Container.ZARR
                && source.firstCharacter() == '{';
    }

    @Override
    public Optional<Format> sniff(Source source) throws IOException {
        return JsonArraysScan.fits(source) ? Optional.of(Format.JSON_ARRAYS) : Optional.empty();
    }

    @Override
    public Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        return new JsonArraysScan(source, reading).run(sink);
    }
}
