"""Reference (mpmath) implementations of the local-mass quantities.  Own derivations; see docs/theory.md.
All float inputs are taken as exact IEEE doubles (mp.mpf(float))."""
import mpmath as mp
mp.mp.dps = 50
M = mp.mpf
INF = mp.inf

# ---------------------------------------------------------------- generator
def f(x, a):
    x = M(x); a = M(a)
    if x == INF: return INF
    if x == 0: return M(1)
    # guard digits: cancellation ~ (x-1)^2, (a-1)
    with mp.extradps(60):
        if a == 1:
            return +(x*mp.log(x) - x + 1)
        d = a - 1
        return +(x*mp.expm1(d*mp.log(x))/d - (x - 1))

def fprime(x, a):
    x = M(x); a = M(a)
    with mp.extradps(40):
        if a == 1: return +mp.log(x)
        return +(a*mp.expm1((a-1)*mp.log(x))/(a-1))

def slope(a):
    a = M(a)
    return a/(1-a) if a < 1 else INF

def persp(p, q, a):
    """p f(q/p) with extended conventions."""
    p = M(p); q = M(q)
    if p == 0:
        return M(0) if q == 0 else slope(a)*q
    return p*f(q/p, a)

def _root(g, lo, hi, it=400):
    """bisection in log-space then secant polish; g increasing in its argument"""
    for _ in range(it):
        mid = (lo+hi)/2
        if g(mid) > 0: hi = mid
        else: lo = mid
        if hi - lo <= mp.mpf(10)**(-(mp.mp.dps-4))*max(1, abs(mid)): break
    return (lo+hi)/2

def finv_plus(D, a):
    """unique x>=1 with f_a(x)=D"""
    D = M(D); a = M(a)
    if D == 0: return M(1)
    if D == INF: return INF
    if a == mp.mpf(1)/2: return (1+mp.sqrt(D))**2
    if a == 1: return mp.e**(1+mp.lambertw((D-1)/mp.e).real) if D >= 1 or True else None
    return 1 + _upos(D, a)

def _upos(D, a):
    # solve in u = x-1 via log u bisection+newton
    u = mp.sqrt(2*D/a)
    lo = M(0)
    hi = max(u, M(1))
    while f(1+hi, a) < D: hi *= 4
    # safeguarded Newton
    for _ in range(500):
        v = f(1+u, a) - D
        if v > 0: hi = u
        else: lo = u
        du = v/fprime(1+u, a)
        un = u - du
        if not (lo < un < hi): un = (lo+hi)/2
        if abs(un-u) <= mp.mpf(10)**(-(mp.mp.dps-3))*u:
            u = un; break
        u = un
    return u

def finv_minus(D, a):
    """unique x<=1 with f_a(x)=D if D<1, else 0"""
    D = M(D); a = M(a)
    if D >= 1: return M(0)
    if D == 0: return M(1)
    if a == mp.mpf(1)/2: return (1-mp.sqrt(D))**2
    # bisection in t=log x for small x, Newton in x
    lo, hi = M(0), M(1)
    x = 1 - mp.sqrt(2*D/a)
    if x <= 0 or D > 0.5:
        if a < 1: x = ((1-a)*(1-D))**(1/a)
        else: x = (1-D)/2
        x = min(max(x, mp.mpf(10)**-400), M('0.999'))
    for _ in range(2000):
        v = f(x, a) - D
        if v > 0: lo = x     # f decreasing
        else: hi = x
        xn = x - v/fprime(x, a)
        if not (lo < xn < hi):
            xn = mp.sqrt(lo*hi) if lo > 0 else hi/16
        if abs(xn-x) <= mp.mpf(10)**(-(mp.mp.dps-3))*min(xn, 1-xn):
            x = xn; break
        x = xn
    return x

def log_finv_minus(D, a):
    """log of the lower branch, also where the branch itself underflows any double (T6.3); -inf iff D>=1"""
    D = M(D); a = M(a)
    if D >= 1: return -INF
    if D == 0: return M(0)
    with mp.extradps(60 + (int(-mp.log10(a)) if a < 1 else 0)):
        fl = lambda t: ((a*mp.expm1(t) - mp.expm1(a*t))/(1-a) if a != 1 else mp.exp(t)*t - mp.expm1(t))
        lo = mp.log((1-a)*(1-D))/a if a < 1 else mp.log1p(-D) - 5      # f(lo) >= D: lower end of the bracket
        while fl(lo) < D: lo *= 2
        hi = M(0); t = lo
        for _ in range(600):
            v = fl(t) - D
            if v > 0: lo = t
            else: hi = t
            dv = a*(mp.exp(t) - mp.exp(a*t))/(1-a) if a != 1 else t*mp.exp(t)
            tn = t - v/dv if dv != 0 else (lo+hi)/2
            if not (lo < tn < hi): tn = (lo+hi)/2
            if abs(tn-t) <= M(10)**(-(mp.mp.dps-20))*abs(tn): t = tn; break
            t = tn
    return +t

# ---------------------------------------------------------------- ball volume etc
def Vd(d): return mp.pi**(M(d)/2)/mp.gamma(M(d)/2+1)
def Plow(a, x): return mp.gammainc(a, 0, x, regularized=True)
def Qup(a, x): return mp.gammainc(a, x, mp.inf, regularized=True)
def phi(x): return mp.exp(-x*x/2)/mp.sqrt(2*mp.pi)
def Phi(x): return mp.erfc(-x/mp.sqrt(2))/2

def q(fun, pts):
    with mp.extradps(10):
        return +mp.quad(fun, pts)

# interval mass of N(m,s) on (-r,r)+c, with guard digits
def norm_int(lo, hi, m=0, s=1):
    with mp.extradps(60):
        lo, hi, m, s = map(M, (lo, hi, m, s))
        z1, z2 = (lo-m)/s, (hi-m)/s
        if z1 > 0:   # use upper tails
            return +((mp.erfc(z1/mp.sqrt(2)) - mp.erfc(z2/mp.sqrt(2)))/2)
        return +((mp.erfc(-z2/mp.sqrt(2)) - mp.erfc(-z1/mp.sqrt(2)))/2)

# ---------------------------------------------------------------- horseshoe & friends
def hs_density(x, tau=1):
    x = M(x)/M(tau)
    K = 1/mp.sqrt(2*mp.pi**3)
    z = x*x/2
    if z > 60:      # asymptotic-safe: expint scaled by hyperu
        return K*mp.hyperu(1, 1, z)/M(tau)
    return K*mp.exp(z)*mp.e1(z)/M(tau)

def hs_mass(r, tau=1):
    """P(|X|<=r) = 2*int_0^r density; substitution x = r e^{-t} removes the log spike."""
    r = M(r)/M(tau)
    g = lambda t: mp.exp(-t)*hs_density(r*mp.exp(-t))      # r factored out: mp.quad's tolerance is absolute (N5)
    return 2*r*q(g, [0, 1, 4, 12, 40, 160])

def hs_mass_alt(r, tau=1):
    """independent route: E_Z[(2/pi) atan(r/(tau|Z|))] , lambda half-Cauchy"""
    r = M(r)/M(tau)
    # z = e^u
    h = lambda u: 2*phi(mp.exp(u))*mp.exp(u)*(2/mp.pi)*mp.atan(r*mp.exp(-u))/r
    l = mp.log(r)
    pts = sorted(set([l-130, l-30, l-5, l, l+5, M(-3), M(0), M(1), M('2.9')]))
    pts = [p for p in pts if p <= M('2.9')]
    return r*q(h, pts)

def tpb_density(x, a, b):
    x = M(x); a = M(a); b = M(b)
    return mp.gamma(b+M(1)/2)/(mp.sqrt(2*mp.pi)*mp.beta(a, b))*mp.hyperu(b+M(1)/2, M(3)/2-a, x*x/2)

def ng_density(x, lam, g=1):
    x = abs(M(x)); lam = M(lam); g = M(g)
    return x**(lam-M(1)/2)*mp.besselk(lam-M(1)/2, x/g)/(mp.sqrt(mp.pi)*2**(lam-M(1)/2)*g**(lam+M(1)/2)*mp.gamma(lam))

def dl_density(x, a):
    x = abs(M(x)); a = M(a)
    return x**((a-1)/2)*mp.besselk(1-a, mp.sqrt(2*x))/(2**((1+a)/2)*mp.gamma(a))

def even_mass(dens, r, kappa=1):
    """2 int_0^r dens, x=r e^{-t}; tail decays like e^{-kappa t}"""
    r = M(r)
    T = M(130)/M(kappa)
    d0 = dens(r)*r
    g = lambda t: r*mp.exp(-t)*dens(r*mp.exp(-t))/d0
    return 2*d0*q(g, [0, T/100, T/30, T/10, T/3, T])

# ---------------------------------------------------------------- hard concrete
def hc_params(loga, beta=None, gam=M('-0.1'), zeta=M('1.1')):
    beta = M(2)/3 if beta is None else M(beta)
    return M(loga), beta, M(gam), M(zeta)
def sigmoid(t):
    t = M(t)
    return 1/(1+mp.exp(-t)) if t > 0 else mp.exp(t)/(1+mp.exp(t))
def hc_cdf_sbar(t, loga, beta, gam, zeta):
    s = (M(t)-gam)/(zeta-gam)
    if s <= 0: return M(0)
    if s >= 1: return M(1)
    return sigmoid(beta*mp.log(s/(1-s)) - loga)
def hc_pdf(t, loga, beta, gam, zeta):
    s = (M(t)-gam)/(zeta-gam)
    F = sigmoid(beta*mp.log(s/(1-s)) - loga)
    return beta*F*(1-F)/(s*(1-s))/(zeta-gam)
def hc_p0(loga, beta, gam, zeta): return sigmoid(beta*mp.log(-gam/zeta) - loga)
def hc_p1(loga, beta, gam, zeta): return sigmoid(loga - beta*mp.log((1-gam)/(zeta-1)))

# ---------------------------------------------------------------- Gaussian ball (Ruben, positive series)
def gauss_ball_eig(lam, b, r, tol=None):
    """P( sum lam_j (Z_j+b_j)^2 <= r^2 ), lam_j>0, Ruben series with scale = min lam: all terms >= 0."""
    lam = [M(x) for x in lam]; b = [M(x) for x in b]; r = M(r)
    d = len(lam); be = min(lam); t = r*r/be
    gam = [1-be/x for x in lam]
    c = [mp.exp(-sum(x*x for x in b)/2)*mp.fprod(mp.sqrt(be/x) for x in lam)]
    # chi2 cdf recursion: F_{n+2}(t)=F_n(t)-t^{n/2}e^{-t/2}/(2^{n/2}Gamma(n/2+1)); use direct positive evaluation
    def F(n): return Plow(M(n)/2, t/2)
    gp = [M(1)]*d
    g = []
    tot = c[0]*F(d)
    k = 0
    tol = mp.mpf(10)**(-(mp.mp.dps-8)) if tol is None else tol
    pw = [M(1)]*d      # gam^{m-1}
    while True:
        k += 1
        gk = sum(pw[j]*gam[j] + k*be*b[j]**2*pw[j]/lam[j] for j in range(d))
        g.append(gk)
        pw = [pw[j]*gam[j] for j in range(d)]
        ck = mp.fsum(g[k-l-1]*c[l] for l in range(k))/(2*k)
        c.append(ck)
        Fk = F(d+2*k)
        term = ck*Fk
        tot += term
        # remaining <= (1-sum c) * F_k
        rem = (1-mp.fsum(c))*Fk
        if rem <= tol*tot: break
        if k > 3000: raise RuntimeError("Ruben slow")
    return tot, k

def gauss_ball(mu, cov, theta, r):
    n = len(mu)
    A = mp.matrix(cov)
    E, V = mp.eigsy(A)
    diff = mp.matrix([M(mu[i])-M(theta[i]) for i in range(n)])
    y = V.T*diff
    lam = [E[i] for i in range(n)]
    return gauss_ball_eig(lam, [y[i]/mp.sqrt(lam[i]) for i in range(n)], r)[0]

def gauss_ball_contour(lam, b, r, upper=False, digits=32):
    """log P(sum lam_j (Z_j+b_j)^2 <= r^2), or log of the complement: Laplace inversion along the parabola through the
    saddle point (E7.5).  Any condition number, any r; the work does not depend on either.  Returns (log mass, nodes)."""
    with mp.workdps(digits+15):
        x = M(r)**2; lam = [M(v)/x for v in lam]; b2 = [M(v)**2 for v in b]; lm = max(lam); s1 = -1/(2*lm)
        if upper:      # s0 in (s1, 0), a = s0-s1; w_j = 1+2 lam_j s0 without cancellation
            base = s1; W = lambda a: [(1-l/lm)+2*l*a for l in lam]; lo, hi = mp.log(-s1)-600, mp.log(-s1)-M(10)**-30
        else:
            base = M(0); W = lambda a: [1+2*l*a for l in lam]; lo, hi = M(-50), M(50)
        def K1(a): return 1-1/(base+a)-mp.fsum(l/w+bb*l/w**2 for l, bb, w in zip(lam, b2, W(a)))
        while not upper and K1(mp.exp(lo)) > 0: lo -= 50
        while not upper and K1(mp.exp(hi)) < 0: hi += 50
        for _ in range(80):     # the saddle need not be exact
            mid = (lo+hi)/2
            if K1(mp.exp(mid)) > 0: hi = mid
            else: lo = mid
        a = mp.exp((lo+hi)/2); s0 = base+a; w = W(a)
        h = 1/mp.sqrt(1/s0**2+mp.fsum(2*l*l/v**2+4*bb*l*l/v**3 for l, bb, v in zip(lam, b2, w)))
        K0 = s0-mp.log(abs(s0))-mp.fsum(mp.log(v)/2+bb*l*s0/v for l, bb, v in zip(lam, b2, w))
        st = M('0.06'); tot = M(1); j = 0
        while True:
            j += 1; y = h*st*j; ds = mp.mpc(-y*y/(4*a), y)
            dK = ds-mp.log(1+ds/s0)-mp.fsum(mp.log(1+2*l*ds/v)/2+bb*l*ds/(v*(v+2*l*ds)) for l, bb, v in zip(lam, b2, w))
            v = mp.exp(dK)*mp.mpc(1, y/(2*a)); tot += 2*v.real
            if abs(v) < M(10)**(-digits-8)*abs(tot): break
            if j > 5000: raise RuntimeError("contour: take the other tail")
        return K0+mp.log(tot*st*h/(2*mp.pi)), j

# ---------------------------------------------------------------- local RE-KL pieces
def D_from_H(P, Q, H, a):
    """alpha<1 (or >1 if q<<p): D = (alpha Q + (1-alpha) P - H)/(1-alpha)"""
    a = M(a)
    return (a*Q + (1-a)*P - H)/(1-a)

def s(x, n=34):
    """string with n significant digits"""
    if x is None: return None
    if isinstance(x, (int,)): return str(x)
    x = M(x)
    if x == INF: return "Infinity"
    if x == -INF: return "-Infinity"
    if mp.isnan(x): return "NaN"
    return mp.nstr(x, n, strip_zeros=False, min_fixed=-3, max_fixed=6)
