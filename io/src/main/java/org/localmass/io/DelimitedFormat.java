package org.localmass.io;

import java.io.IOException;
import java.util.Optional;

/** A table of text with a header line: Stan's output files, logs for Tracer and plain tables. */
public final class DelimitedFormat implements DrawsFormat {
    /** For the service loader. */
    public DelimitedFormat() {}

    @Override
    public boolean accepts(Source source) {
        char first = source.firstCharacter();
        return source.container() != Source.Container.NPZ
                && source.container() != Source.Container.ZARR
                && source.whyNoText() == null
                && !source.startsWith('P', 'A', 'R', '1')
                && !source.startsWith(0x93, 'N', 'U', 'M', 'P', 'Y')
                && first != '{'
                && (first != '[' || source.secondCharacter() == 'I');
    }

    @Override
    public Optional<Format> sniff(Source source) throws IOException {
        CsvScan scan = CsvScan.begin(source, (chain, columns, rows) -> {}, Reading.DEFAULT.asRecognition());
        Format format = scan.layout().format();
        boolean plain = format.equals(Format.CSV) || format.equals(Format.TRACER_LOG);
        return !plain || scan.firstRowFits() ? Optional.of(format) : Optional.empty();
    }

    @Override
    public Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        source.refuseKey("table of text");
        CsvScan scan = CsvScan.begin(source, sink, reading);
        scan.run();
        return scan.pass();
    }
}
