package org.localmass.io;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The formats that are there. */
final class DrawsFormats {
    private DrawsFormats() {}

    /** The format that accepts a file; null if none does. */
    static @Nullable DrawsFormat of(Source source) {
        for (DrawsFormat format : ServiceLoader.load(DrawsFormat.class, DrawsFormat.class.getClassLoader())) {
            if (format.accepts(source)) {
                return format;
            }
        }
        return null;
    }

    /** Why no format accepts a file. */
    static String whyNone(Source source) {
        if (source.container() == Source.Container.ZARR) {
            return "a Zarr store; such files are not read as draws: write it as netCDF with idata.to_netcdf(\"draws.nc\")";
        }
        String reason = source.whyNoText();
        return reason == null ? "a kind of file that is not read as draws" : reason;
    }
}
