package org.localmass.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the running program. */
final class Version implements IVersionProvider {
    /** The version from the jar's manifest; {@code development} when run from classes. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "localmass " + text() + " (Java " + Runtime.version().feature() + ")"
        };
    }
}
