package org.localmass.core.measure;

/** A point of positive mass on the line. */
public record Atom(double location, double mass) {}
