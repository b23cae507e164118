package org.localmass.vi.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.localmass.core.measure.LogDensity;

/** Models that are classes on the class path. */
final class ClassModel {
    private ClassModel() {}

    static Model of(String className) {
        Constructor<?> constructor = constructor(className);
        Object first = instance(constructor);
        if (first instanceof Model model) {
            return model;
        }
        if (first instanceof LogDensity.Differentiable density) {
            if (density.dimension() < 1) {
                throw new IllegalArgumentException(
                        "dimension of class " + className + " must be at least 1, was " + density.dimension());
            }
            return Model.of("class:" + className, () -> (LogDensity.Differentiable) instance(constructor));
        }
        throw new IllegalArgumentException("class " + className + " must implement "
                + LogDensity.Differentiable.class.getCanonicalName() + " or " + Model.class.getName());
    }

    private static Constructor<?> constructor(String className) {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            ClassLoader loader = context == null ? ClassModel.class.getClassLoader() : context;
            return Class.forName(className, true, loader).getConstructor();
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException("class " + className + " must be on the class path: " + e, e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "class " + className + " must have a public constructor without arguments", e);
        }
    }

    private static Object instance(Constructor<?> constructor) {
        String name = constructor.getDeclaringClass().getName();
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "constructor of class " + name + " must not fail, threw " + e.getCause(), e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalArgumentException("class " + name + " must be public and not abstract", e);
        }
    }
}
