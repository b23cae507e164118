"""Log mass outside of the circle of radius 2.5 about 0 under normal((0, 1), diag(2 f, f)), by mpmath: the mean is off along the smaller
variance, where a saddle point lies between two singularities.
    python3 tools/reference/normal_outside.py >core/src/test/resources/org/localmass/core/measure/normal-outside.csv
Needs Python 3 with mpmath.  f is read as a double."""
import mpmath as mp
mp.mp.dps = 30
R = mp.mpf(2.5)
print(f"# mpmath {mp.__version__}, 18 digits; regenerate: tools/reference/normal_outside.py")
print("f,logMass")
for f in (0.14, 0.05, 0.018, 0.011, 0.0067, 0.0041, 0.0025, 0.0015, 0.0009, 0.0001):
    a, b = 2 * mp.mpf(f), mp.mpf(f)
    # y = R - t^2 removes the root at the end
    g = lambda t: 2 * t * mp.npdf(R - t * t, 1, mp.sqrt(b)) * mp.erfc(mp.sqrt(t * t * (2 * R - t * t)) / mp.sqrt(2 * a))
    cuts = [mp.sqrt(2 * R) * k / 200 for k in range(201)]
    scale = max(g(t) for t in cuts)              # quad's tolerance is absolute
    mass = scale * mp.quad(lambda t: g(t) / scale, cuts) + (mp.erfc((R - 1) / mp.sqrt(2 * b)) + mp.erfc((R + 1) / mp.sqrt(2 * b))) / 2
    print(f"{f!r},{mp.nstr(mp.log(mass), 18)}")
