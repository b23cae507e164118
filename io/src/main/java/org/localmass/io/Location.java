package org.localmass.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file and what is selected inside it: {@code FILE} or {@code FILE::KEY}.
 *
 * @param name the text as it was given
 * @param file the file
 * @param key  what is selected; null for all
 */
record Location(String name, Path file, @Nullable String key) {
    private static final String MARK = "::";

    /** A path whose whole name is no file is split at its last {@code ::}. */
    static Location of(Path path) {
        String name = path.toString();
        int mark = name.lastIndexOf(MARK);
        if (mark <= 0 || mark + MARK.length() == name.length() || Files.exists(path)) {
            return new Location(name, path, null);
        }
        return new Location(name, Path.of(name.substring(0, mark)), name.substring(mark + MARK.length()));
    }
}
