package org.localmass.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a report comes from: enough to make it again.
 *
 * @param version       version of Localmass
 * @param seed          seed of the random numbers
 * @param java          version of the Java runtime
 * @param reference     files of the reference, in the user's order
 * @param approximation files of the approximation, in the user's order
 */
public record Provenance(
        String version, long seed, String java, List<InputFile> reference, List<InputFile> approximation) {
    public Provenance {
        reference = List.copyOf(reference);
        approximation = List.copyOf(approximation);
    }

    /**
     * One hash for several files: the hash of a single file itself, otherwise the SHA-256 of the files' hashes, written as
     * lower-case hexadecimal digits one after the other in the given order. Empty if a file has none, or for no file.
     */
    static String combinedHash(List<InputFile> files) {
        StringBuilder all = new StringBuilder();
        for (InputFile file : files) {
            if (file.sha256().isEmpty()) {
                return "";
            }
            all.append(file.sha256());
        }
        if (files.size() <= 1) {
            return all.toString();
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
