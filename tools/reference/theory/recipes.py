"""Double-precision recipes that docs/theory.md recommends (N1, N4, E7.1, E7.2, E7.5).  Plain Python/numpy, written to be ported;
verify.py measures each of them against the vectors or by simulation."""
import math
import numpy as np
from scipy import special

# ---------------------------------------------------------------- N1, N4: the generator
def series(u, a):
    """f_a(1+u) near u=0: a[u^2/2 + (a-2)u^3/6 + (a-2)(a-3)u^4/24 + ..]"""
    t = u*u/2*a; tot = t; k = 2
    while abs(t) > 1e-18*abs(tot) and k < 60:
        t *= (a-k)*u/(k+1); tot += t; k += 1
    return tot

def f(x, a):
    u = x-1
    if abs(u) < 0.08: return series(u, a)
    if x == 0: return 1.0
    L = math.log(x)
    if a < 0.5: return (a*u-math.expm1(a*L))/(1-a)
    y = (a-1)*L; e = L*(math.expm1(y)/y if y != 0 else 1.0)      # (x^(a-1)-1)/(a-1), log x at a=1
    return x*e-u if x < 1e300 else x*(e-1)+1

def persp_scaled(l, a):
    """(value, anchor): p f_a(q/p) = value*p if anchor=='p', value*q if 'q', l = log q - log p.  No overflow, no cancellation."""
    if abs(l) < 0.08: return series(math.expm1(l), a), 'p'
    d = a-1
    if a < 0.5:
        if l <= 0: return (a*math.expm1(l)-math.expm1(a*l))/(1-a), 'p'
        # e^-l expm1(a l), written with two negative exponents where a*l is large
        return (-a*math.expm1(-l)-(math.exp(-l)*math.expm1(a*l) if a*l < 30 else math.exp((a-1)*l)))/(1-a), 'q'
    if l <= 0:
        e = math.exp(l)*math.expm1(d*l)/d if abs(d*l) < 30 and d != 0 else (math.exp(l)*l if d == 0 else (math.exp(a*l)-math.exp(l))/d)
        return e-math.expm1(l), 'p'
    return math.expm1(-l)+(math.expm1(d*l)/d if d != 0 else l), 'q'

# ---------------------------------------------------------------- E7.5: Gaussian balls by a saddle-point contour
def gauss_ball(lam, b2, x, upper=False, step=0.1):
    """log P(sum lam_j (Z_j+b_j)^2 <= x) or, upper, log of the complement (use it when P>1/2).  Returns (log mass, nodes)."""
    lam = np.asarray(lam, float)/x; b2 = np.asarray(b2, float); lm = lam.max(); s1 = -1/(2*lm)
    base = s1 if upper else 0.0; off = 1-lam/lm if upper else 1.0
    W = lambda a: off+2*lam*a
    def K1(t):
        a = math.exp(t); w = W(a)
        return 1-1/(base+a)-np.sum(lam/w)-np.sum(b2*lam/w**2)
    if upper: lo, hi = math.log(-s1)-700, math.log(-s1)-1e-12
    else:
        lo, hi = -50.0, 50.0
        while K1(lo) > 0: lo -= 50
        while K1(hi) < 0: hi += 50
    for _ in range(80):
        mid = 0.5*(lo+hi)
        if K1(mid) > 0: hi = mid
        else: lo = mid
    a = math.exp(0.5*(lo+hi)); s0 = base+a; w = W(a)
    h = 1/math.sqrt(1/s0**2+np.sum(2*lam**2/w**2)+np.sum(4*b2*lam**2/w**3))
    K0 = s0-math.log(abs(s0))-0.5*np.sum(np.log(w))-np.sum(b2*lam*s0/w)
    tot = 1.0; j = 0
    while True:
        j += 1; y = h*step*j; ds = 1j*y-y*y/(4*a)
        dK = ds-np.log1p(ds/s0)-0.5*np.sum(np.log1p(2*lam*ds/w))-np.sum(b2*lam*ds/(w*(w+2*lam*ds)))
        v = np.exp(dK)*(1+1j*y/(2*a)); tot += 2*v.real
        if abs(v) < 1e-18*abs(tot): break
        if j > 2000: raise RuntimeError("contour: take the other tail")
    return K0+math.log(tot*step*h/(2*math.pi)), j

# ---------------------------------------------------------------- E7.1: effective counts of an indicator
def geyer(y):
    """initial monotone positive sequence estimate of tau; None for a constant series"""
    n = len(y); y = y-np.mean(y); v = np.mean(y*y)
    if v == 0: return None
    m = 1 << (2*n-1).bit_length(); F = np.fft.rfft(y, m); ac = np.fft.irfft(F*np.conj(F), m)[:n]/n/v
    s = 0.0; prev = math.inf
    for k in range(0, n-1, 2):
        g = min(ac[k]+ac[k+1], prev)
        if g <= 0: break
        s += g; prev = g
    return 2*s-1

def batch_dispersion(x, size):
    n = len(x); B = n//size; c = np.asarray(x[:B*size], float).reshape(B, size).sum(1); t = c.sum()
    return 1.0 if t == 0 or B < 2 else (np.sum(c*c)-t*t/B)/(t*(1-1/B))/(1-t/(B*size))

def excursions(x): return int(np.sum(np.diff(np.r_[0, np.asarray(x, int)]) == 1))

def indicator_tau(x, tau_enc, conservative=True):
    """tau of E7.1 for one chain; tau_enc = tau of an enclosing set with enough visits, or of the coordinates"""
    x = np.asarray(x, float); k = x.sum()
    if k == 0: return max(1.0, tau_enc)
    tau = max(1.0, geyer(x) or 1.0, batch_dispersion(x, int(max(10, math.ceil(3*tau_enc)))))
    if conservative and k/tau < 5:
        m = excursions(x); tau = max(tau, tau_enc, k/m)*(1+2/math.sqrt(m))
    return tau

def clopper_pearson(k, n, delta=0.05):
    lo = special.betaincinv(k, n-k+1, delta/2) if k > 0 else 0.0
    hi = -math.expm1(math.log(delta/2)/n) if k == 0 else (special.betaincinv(k+1, n-k, 1-delta/2) if k < n else 1.0)
    return lo, hi

# ---------------------------------------------------------------- E7.2: atom or ties by rounding
def resolution(values):
    """smallest gap between distinct values: the grid step of the file (or of the doubles)"""
    g = np.diff(np.unique(values)); return float(g.min()) if len(g) else math.nan

def atom_test(values, t, independent=False):
    """(is_atom, hits, share, predicted ties).  values: one chain in order.  A run of equal states counts once unless the draws are independent."""
    v = np.asarray(values, float)
    if not independent: v = v[np.r_[True, np.diff(v) != 0]]
    n0 = int(np.sum(v == t)); share = n0/len(v); h = resolution(v)
    d = np.abs(v-t)/h; m10 = int(np.sum((d > 0.5) & (d <= 10.5))); m100 = int(np.sum((d > 0.5) & (d <= 100.5)))
    pred = 0.0      # ties that a power law fitted to the annuli (0.5,10.5], (0.5,100.5] grid steps puts on the value itself
    if m10 > 0 and m100 > m10:
        g = lambda k: (100.5**k-0.5**k)/(10.5**k-0.5**k)-m100/m10
        lo, hi = 1e-6, 3.0
        for _ in range(60):
            mid = 0.5*(lo+hi)
            if g(mid) > 0: hi = mid
            else: lo = mid
        pred = m10*0.5**lo/(10.5**lo-0.5**lo)
    return n0 >= 5 and share >= 0.004 and n0 > 3*pred, n0, share, pred
