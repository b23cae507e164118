package org.localmass.cli;

/** The version of the running program. */
final class Version {
    private Version() {}

    /** The version from the jar's manifest; {@code development} when run from classes. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Program, version and Java in a line. */
    static String line() {
        return "localmass " + text() + " (Java " + Runtime.version().feature() + ")";
    }
}
