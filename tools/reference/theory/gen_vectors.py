"""Regenerates vectors/*.json next to this script (arguments: sections falpha catalogue gauss rekl bounds updating estimation logscale; none = all).
Runs from any working directory."""
import json, time, sys, math, pathlib
from catalogue import *
OUT = pathlib.Path(__file__).resolve().parent/"vectors"; OUT.mkdir(exist_ok=True)
mp.mp.dps = 60
SRC = "computed with mpmath by gen_vectors.py (working precision >= 60 digits unless stated); JSON numbers are IEEE doubles taken EXACTLY, strings are decimal expansions of the exact result"
def dump(name, desc, cases, **kw):
    o = {"description": desc, "source": SRC}; o.update(kw); o["cases"] = cases
    with open(OUT/name, "w") as fh: json.dump(o, fh, indent=1)
    print(name, len(cases), "%.1fs" % (time.time()-T0), flush=True)
T0 = time.time()
which = set(sys.argv[1:])
def want(n): return not which or n in which
ALPH = [0.1,0.3,0.5,0.8,0.99,0.999999,1.0,1.000001,1.5,2.0,3.0]
SMALL = [1e-10,1e-8,1e-6,1e-4,1e-3,1e-2]

if want("falpha"):
    xs = [0.0,1e-300,1e-100,1e-12,1e-3,0.1,0.5,0.9,0.99,0.999999,1-2.0**-40,1.0,1+2.0**-40,1.000001,1.01,1.1,2.0,4.0,10.0,1e3,1e12,1e100]
    cs = [{"alpha":a,"x":x,"f":s(f(x,a)),"fprime":s(fprime(x,a)) if x > 0 else ("-Infinity" if a <= 1 else s(-M(a)/(M(a)-1)))} for a in ALPH for x in xs]
    xs = [1e-300,1e-100,1e-12,1e-3,0.5,0.9,0.93,0.999999,1.000001,1.07,1.09,1.3,2.0,10.0,1e3,1e12,1e100,1e300]
    cs += [{"alpha":a,"x":x,"f":s(f(x,a)),"fprime":s(fprime(x,a))} for a in SMALL for x in xs]
    cs += [{"alpha":a,"x":x,"f":s(f(x,a)),"fprime":s(fprime(x,a))} for a,x in [(0.3,1e306),(0.5,1e306),(0.8,1e306),(0.99,1e300),(0.999999,1e300),(1.0,1e300),(1.000001,1e300),(1.0,1e305)]]
    dump("falpha.json", "generator f_alpha(x)=(x^a-a x+a-1)/(a-1), f_1=x log x-x+1, and derivative", cs)
    cs = []
    mp.mp.dps = 100
    for a in ALPH:
        for D in [0.0,1e-300,1e-30,1e-16,1e-8,1e-4,0.01,0.1,0.5,0.9,0.999,0.999999,1.0,1.5,2.0,10.0,100.0,1e6,1e12]:
            if D == 0 or D < 1e-40:
                # series in e=sqrt(2D/a): u = e - (a-2)/6 e^2 ... use leading two terms (relative error D)
                e_ = mp.sqrt(2*M(D)/M(a)); c1 = (M(a)-2)/6
                um, up = e_ + c1*e_**2, e_ - c1*e_**2
                L, U = 1-um, 1+up
            else:
                L, U = finv_minus(D,a), finv_plus(D,a); um, up = 1-L, U-1
            cs.append({"alpha":a,"D":D,"L":s(L),"U":s(U),"one_minus_L":s(um),"U_minus_1":s(up),"log_L":s(mp.log1p(-um) if L > 0 else -INF)})
    for a in SMALL+[0.05,0.1,0.3]:
        for D in ([1e-12,1e-4,0.1,0.5,0.9,0.99,0.9999,1-2.0**-40,1.0,10.0,1e6] if a < 0.1 else [0.9999,1-2.0**-40]):
            lL = log_finv_minus(D,a); U = finv_plus(D,a); um = -mp.expm1(lL)
            cs.append({"alpha":a,"D":D,"L":s(mp.exp(lL)) if lL > -2000 else "0","U":s(U),"one_minus_L":s(um) if lL > -2000 else "1","U_minus_1":s(U-1),"log_L":s(lL)})
    dump("falpha_inverse.json", "two branches of f_alpha(x)=D: L<=1 (0 when D>=1), U>=1; also 1-L and U-1 to full relative accuracy; log_L also where L underflows (L is printed as 0 below 1e-868; truly 0 only where log_L is -Infinity)", cs)
    xs = []
    for a in ALPH:
        xs.append({"alpha":a,"xstar":s(M(a)**(-1/(1-M(a))) if a != 1 else mp.e),"recession_slope":s(slope(a))})
    mp.mp.dps = 60
    dump("falpha_constants.json", "x* > 1 with f_alpha(x*)=1 (=alpha^{-1/(1-alpha)}), recession slope lim f(x)/x", xs)

TINY = [1e-50,1e-150,1e-300]      # one-dimensional laws
RAD = [1e-12,1e-9,1e-6,1e-4,1e-3,0.01,0.1,0.3,0.5,1.0]
if want("catalogue"):
    cs = []
    for e in E:
        c = {"name":e["name"],"params":e["params"],"point":[float(v) for v in e["point"]] if isinstance(e["point"],list) else float(e["point"]),
             "d":e["d"],"kind":e["kind"],"kappa":s(e["kappa"]),"beta":s(e["beta"]) if e["beta"] is not None else None,
             "C":s(e["C"]) if e["C"] is not None else None,"MI_pow":s(MIpow(e["d"],e["kappa"])),
             "MI_log":None if (e["beta"] is None or e["kind"] == "atom") else s(M(e["d"])*e["beta"]),"atom_mass":s(e["C"]) if e["kind"] == "atom" else "0",
             "tail":{"kappa":s(e["tk"]),"beta":s(e["tb"]) if e["tb"] is not None else None,"C":s(e["tC"]) if e["tC"] is not None else None,"MI_pow_at_infinity":s(MIpow(e["d"],e["tk"],True)),"MI_log_at_infinity":s(e["tb"]) if e["tb"] is not None else None},
             "note":e["note"],"balls":[],"tails":[]}
        if e["mass"] is not None:
            for r in RAD:
                m = e["mass"](M(r))
                c["balls"].append({"r":r,"mass":s(m),"log_mass":s(mp.log(m)) if m > 0 else "-Infinity"})
        if e["mass"] is not None and e["d"] == 1:
            for r in TINY:
                lm = LOGMASS.get(e["name"])
                if lm is not None:
                    v = lm(r)
                    if v > -1e300: c["balls"].append({"r":r,"mass":None,"log_mass":s(v)})
                    continue
                with mp.workdps(mp.mp.dps+(int(-2.2*math.log10(r)) if (e["name"],e["point"]) in DIFFERENCED else 0)): m = e["mass"](M(r))
                c["balls"].append({"r":r,"mass":s(m),"log_mass":s(mp.log(m)) if m > 0 else "-Infinity"})
        if e["tail"] is not None:
            RR = [1.0,10.0,100.0] if e["name"] in ("normal_gamma",) else [1.0,10.0,1e3,1e6]
            if e["name"] == "normal_gamma": RR = [1.0,10.0]
            for R in RR:
                m = e["tail"](M(R))
                c["tails"].append({"R":R,"mass":s(m),"log_mass":s(mp.log(m)) if m > 0 else "-Infinity"})
        cs.append(c)
    dump("catalogue.json", "per distribution: power/log exponents (kappa,beta), leading constant C in p(B_r)~C r^kappa (log 1/r)^beta, MI_pow=d/kappa, MI_log=d*beta, tail law, exact closed-ball masses and tail masses p(|x|>=R); radii down to 1e-300 for d=1 (compare log_mass; mass is null where it has no printable size)", cs)

if want("gauss"):
    cs = []
    mp.mp.dps = 50
    def rnd(d, seed):
        import random
        g = random.Random(seed)
        A = [[round(g.uniform(-1,1),2) for _ in range(d)] for _ in range(d)]
        cov = [[sum(A[i][k]*A[j][k] for k in range(d)) + (0.5 if i == j else 0) for j in range(d)] for i in range(d)]
        cov = [[float(round(cov[i][j]*256))/256 for j in range(d)] for i in range(d)]
        mu = [float(round(g.uniform(-1,1)*16))/16 for _ in range(d)]
        th = [float(round(g.uniform(-1,1)*16))/16 for _ in range(d)]
        return mu, cov, th
    for d in range(1, 11):
        mu, cov, th = rnd(d, d)
        for r in ([1e-6,1e-3,0.1,0.5,1.0,3.0] if d <= 5 else [1e-6,1e-3,0.1,0.5,1.0,2.0]):
            m = gauss_ball(mu, cov, th, r)
            # Pizzetti two-term check value
            cs.append({"d":d,"mean":mu,"cov":cov,"center":th,"r":r,"mass":s(m,30),"log_mass":s(mp.log(m),30)})
    # very small masses / far centres / isotropic in higher d
    for d, sg, off, r in [(1,1.0,40.0,0.5),(2,1.0,30.0,0.5),(5,2.0,0.0,0.03),(10,1.0,10.0,1.0),(50,1.0,0.0,1e-3),(100,1.0,0.0,1e-3),(100,1.0,0.0,9.0)]:
        b = [M(off)/M(sg)]+[M(0)]*(d-1)
        if off == 0:
            m = Plow(M(d)/2, M(r)**2/(2*M(sg)**2))
        else:
            m = gauss_ball_eig([M(sg)**2]*d, b, r)[0]
        cs.append({"d":d,"isotropic_sd":sg,"center_offset_norm":off,"r":r,"mass":s(m,30),"log_mass":s(mp.log(m),30)})
    # box (linf) masses, diagonal
    for d in [2, 5]:
        mu = [0.25*i for i in range(d)]; sd = [0.5+0.25*i for i in range(d)]
        for r in [1e-6, 0.1, 1.0]:
            m = mp.fprod(norm_int(-M(r), M(r), mu[i], sd[i]) for i in range(d))
            cs.append({"d":d,"norm":"linf","diag_mean":mu,"diag_sd":sd,"center":[0.0]*d,"r":r,"mass":s(m,30),"log_mass":s(mp.log(m),30)})
    # singular covariance
    for r in [0.1, 0.5, 0.6, 1.0]:
        # N((0.25,0,0.5), diag(1,0.25,0)), centre 0: need r>0.5
        m = gauss_ball_eig([1, M(1)/4], [M(1)/4, 0], mp.sqrt(M(r)**2-M(1)/4))[0] if r > 0.5 else M(0)
        cs.append({"d":3,"mean":[0.25,0.0,0.5],"cov":[[1,0,0],[0,0.25,0],[0,0,0]],"center":[0.0,0.0,0.0],"r":r,"mass":s(m,30),"log_mass":s(mp.log(m),30) if m > 0 else "-Infinity"})
    # ill-conditioned covariances and moderate to large radii: contour inversion (the series would need ~ r^2/(2 min eigenvalue) terms)
    def hard(mean, cov, lam, y, r, cond, note=None):
        b = [M(v)/mp.sqrt(M(l)) for v,l in zip(y,lam)]
        lp = gauss_ball_contour(lam, b, r)[0]
        lq = gauss_ball_contour(lam, b, r, upper=True)[0] if lp > mp.log(H) else mp.log1p(-mp.exp(lp))
        c = {"d":len(mean),"mean":mean,"cov":cov,"center":[0.0]*len(mean),"r":r,"mass":s(mp.exp(lp),30),"log_mass":s(lp,30),"log_complement":s(lq,30),"condition":cond}
        if note: c["note"] = note
        cs.append(c)
    for d, cond in [(2,1e2),(2,1e4),(2,1e6),(4,1e6),(8,1e3),(8,1e6),(20,1e4),(20,1e6)]:
        lam = [float("%.12g" % cond**(i/(d-1))) for i in range(d)]; lam[-1] = float(cond)
        mean = [float(round(16*math.sin(1.7*i+d)*math.sqrt(lam[i])))/16 for i in range(d)]
        cov = [[lam[i] if i == j else 0.0 for j in range(d)] for i in range(d)]; sc = math.sqrt(sum(lam))
        for r in [0.1, 3.0, float("%.6g" % (0.5*sc)), float("%.6g" % (1.5*sc)), float("%.6g" % (4*sc))]: hard(mean,cov,lam,mean,r,cond)
    Hd = [[1,1,1,1],[1,-1,1,-1],[1,1,-1,-1],[1,-1,-1,1]]      # eigenvectors Hd/2: exact in doubles
    for lam in ([1.0,16.0,256.0,1024.0],[1.0,64.0,16384.0,1048576.0]):
        cov = [[sum(Hd[i][k]*Hd[j][k]*lam[k] for k in range(4))/4 for j in range(4)] for i in range(4)]; mean = [0.5,-1.0,2.0,0.25]
        y = [sum(Hd[i][k]*mean[i] for i in range(4))/2 for k in range(4)]
        for r in [0.5, 8.0, float(round(math.sqrt(sum(lam))))]: hard(mean,cov,lam,y,r,lam[-1],"dense matrix with exactly known eigenvalues %s: a backward-stable eigensolver leaves a relative error up to condition*2e-16 in the smallest, and so in the mass" % lam)
    dump("gaussian_balls.json", "Gaussian probability of Euclidean balls (some linf boxes). method: spectral decomposition + Ruben series with scale=min eigenvalue (all terms nonnegative, no cancellation), 50 digits; cases with a condition: saddle-point contour inversion, 32+ digits, with the log of the complementary mass; cross-checked in verify.py against nested quadrature (d<=3), Imhof inversion and each other", cs)
    mp.mp.dps = 60

# ---------------- local RE-KL
def pack(P, Q, Dqp, Dpq):
    o = {"p_mass":s(P),"q_mass":s(Q),"R":s(Q/P),"D_q_p":s(Dqp),"D_p_q":s(Dpq),
         "Dbar_q_p":s(Dqp/P if Dqp != INF else INF),"Dbar_p_q":s(Dpq/Q if Dpq != INF else INF)}
    return o
def D_pair_from_H(P, Q, Hf, a):
    """Hf(t)=int q^t p^{1-t} over B (a<1)"""
    a = M(a)
    return D_from_H(P,Q,Hf(a),a), (a*P+(1-a)*Q-Hf(1-a))/(1-a)
if want("rekl"):
    cs = []
    def Z(a): return 2**(M(a)/2)*mp.gamma(M(a)/2)
    def Elog(a, r):  # int_{-r}^r rho_a log|x| dx = d/da-type integral, series: sum_k (-1/2)^k r^{a+2k}/k! [log r/(a+2k) - 1/(a+2k)^2] *2/Z'
        a = M(a); r = M(r)
        tot = mp.nsum(lambda k: (-H)**int(k)/mp.factorial(int(k))*r**(a+2*int(k))*(mp.log(r)/(a+2*int(k)) - 1/(a+2*int(k))**2), [0, 80])
        return 2*tot/(Z(a))
    # normaliser: int_R |x|^{a-1}e^{-x^2/2}=2^{a/2}Gamma(a/2)=Z
    radii = [1e-4, 1e-3, 1e-2, 10**-1.5, 10**-0.5, 1.0]
    for ap in [0.5,1.0,2.0]:
        for aq in [0.25,0.5,1.0,2.0,4.0]:
            for r in radii:
                P = Plow(M(ap)/2, M(r)**2/2); Q = Plow(M(aq)/2, M(r)**2/2)
                def Hf(t):
                    ab = (1-t)*M(ap)+t*M(aq)
                    return Z(ab)/(Z(ap)**(1-t)*Z(aq)**t)*Plow(ab/2, M(r)**2/2)
                for a in [0.3,0.5,0.8,0.99,1.0]:
                    if a < 1: d1, d2 = D_pair_from_H(P,Q,Hf,a)
                    else:
                        lz = mp.log(Z(ap)/Z(aq))
                        d1 = (M(aq)-M(ap))*Elog(aq,r)+lz*Q - Q + P
                        d2 = (M(ap)-M(aq))*Elog(ap,r)-lz*P - P + Q
                    if ap == aq: d1 = d2 = M(0)
                    c = {"a_p":ap,"a_q":aq,"alpha":a,"r":r}; c.update(pack(P,Q,d1,d2)); cs.append(c)
    dump("rekl_symmetric_power.json", "local RE-KL on (-r,r), p,q in the family |x|^{a-1}exp(-x^2/2)/(2^{a/2}Gamma(a/2)); closed forms through the Hellinger integral; MI_pow=1/a", cs)
    # ---- Gaussian vs Gaussian
    cs = []
    def gpair(mp_, sp, mq, sq, lo, hi):
        mp_, sp, mq, sq, lo, hi = map(M, (mp_, sp, mq, sq, lo, hi))
        P = norm_int(lo,hi,mp_,sp); Q = norm_int(lo,hi,mq,sq)
        def Hf(t):
            t = M(t); pr = t/sq**2+(1-t)/sp**2; v = 1/pr; m = v*(t*mq/sq**2+(1-t)*mp_/sp**2)
            lc = -t*mp.log(sq)-(1-t)*mp.log(sp)+mp.log(v)/2 - H*(t*mq**2/sq**2+(1-t)*mp_**2/sp**2 - m**2/v)
            return mp.exp(lc)*norm_int(lo,hi,m,mp.sqrt(v))
        def KL(m1,s1,m2,s2):  # int_B n1 log(n1/n2), closed form with truncated moments, guard digits
            with mp.extradps(60):
                a_,b_ = (lo-m1)/s1,(hi-m1)/s1; M0 = norm_int(lo,hi,m1,s1)
                Z1 = phi(a_)-phi(b_); Z2 = M0-(b_*phi(b_)-a_*phi(a_)); dl = m1-m2
                return +(M0*mp.log(s2/s1)-Z2/2+(dl*dl*M0+2*dl*s1*Z1+s1*s1*Z2)/(2*s2*s2))
        return P,Q,Hf,KL(mq,sq,mp_,sp),KL(mp_,sp,mq,sq)
    for (a1,b1,a2,b2) in [(0.0,1.0,0.1,0.8),(0.0,1.0,0.0,0.05),(0.0,2.0,1.5,0.5),(1.0,0.25,0.0,1.0)]:
        for r in [1e-6,1e-3,0.1,0.5,1.0,3.0]:
            P,Q,Hf,kqp,kpq = gpair(a1,b1,a2,b2,-r,r)
            for a in [0.3,0.5,0.8,0.99,1.0]:
                d1,d2 = D_pair_from_H(P,Q,Hf,a) if a < 1 else (kqp-Q+P, kpq-P+Q)
                c = {"p":[a1,b1],"q":[a2,b2],"alpha":a,"r":r}; c.update(pack(P,Q,d1,d2)); cs.append(c)
    dump("rekl_gaussian.json", "p=N(mean,sd), q=N(mean,sd), local RE-KL on [-r,r] both directions", cs)
    # ---- spike slab pairs and spike-slab vs continuous
    cs = []
    for (pi,mp_,sp,ga,mq,sq) in [(0.5,0.0,1.0,0.48,0.02,0.05),(0.5,1.0,1.0,0.935,1.0,0.1),(0.3,0.0,1.0,0.9,0.1,0.5),(0.5,0.0,1.0,1.0,0.02,0.05),(0.5,1.0,1.0,1.0,1.0,0.15),(1.0,0.0,1.0,0.4,0.0,0.5)]:
        for r in [1e-6,1e-3,0.1,0.3,1.2]:
            P0,Q0,Hf0,kqp,kpq = gpair(mp_,sp,mq,sq,-r,r)
            pi_,ga_ = M(pi),M(ga); ap,aq = 1-pi_,1-ga_
            P = ap+pi_*P0; Q = aq+ga_*Q0
            Hf = lambda t: ga_**t*pi_**(1-t)*Hf0(t) + (aq**t*ap**(1-t) if ap > 0 and aq > 0 else 0)
            for a in [0.3,0.5,0.8,0.99,1.0]:
                if a < 1: d1,d2 = D_pair_from_H(P,Q,Hf,a)
                else:
                    # densities ga*n_q , pi*n_p
                    d1 = ga_*kqp+ga_*Q0*mp.log(ga_/pi_)+(aq*mp.log(aq/ap) if aq > 0 and ap > 0 else 0) - Q + P
                    d2 = pi_*kpq+pi_*P0*mp.log(pi_/ga_)+(ap*mp.log(ap/aq) if aq > 0 and ap > 0 else 0) - P + Q
                    if aq > 0 and ap == 0: d1 = INF
                    if ap > 0 and aq == 0: d2 = INF
                c = {"p":{"atom0":s(ap),"slab_weight":pi,"slab_mean":mp_,"slab_sd":sp},"q":{"atom0":s(aq),"slab_weight":ga,"slab_mean":mq,"slab_sd":sq},"alpha":a,"r":r}
                c.update(pack(P,Q,d1,d2)); cs.append(c)
    dump("rekl_spike_slab.json", "p=(1-w_p)delta_0+w_p N, q likewise (w_q=1: continuous q; w_p=1: continuous p), local RE-KL on [-r,r]; unmatched atoms pay the recession slope, infinite at alpha=1", cs)
    # ---- hard concrete vs spike-slab prior with slab N(1,1): ball [-r,r]
    cs = []
    hc = hc_params(0.5)
    p0,p1 = hc_p0(*hc),hc_p1(*hc)
    for r in [1e-6,1e-3,0.1,0.5,1.2]:
        hi = min(M(r),M(1))
        P = H+H*norm_int(-M(r),M(r),1,1)
        Q = (hc_cdf_sbar(M(r),*hc) if r < 1 else M(1))
        for a in [0.3,0.5,0.8,0.99]:
            def Hf(t):
                t = M(t)
                g = lambda z: hc_pdf(z,*hc)**t*(H*phi(z-1))**(1-t)
                return q(g,[0,hi/2,hi])+p0**t*H**(1-t)     # atom at z=1 of q is unmatched: no Hellinger mass
            d1,d2 = D_pair_from_H(P,Q,Hf,a)
            c = {"p":{"atom0":0.5,"slab_weight":0.5,"slab_mean":1.0,"slab_sd":1.0},"q":{"hard_concrete":{"log_alpha":0.5,"temperature":"2/3","gamma":"-1/10","zeta":"11/10"},"atom0":s(p0),"atom1":s(p1)},"alpha":a,"r":r}
            c.update(pack(P,Q,d1,d2)); cs.append(c)
    dump("rekl_hard_concrete.json", "q = exact hard-concrete gate on [0,1] (atoms 0 and 1) vs spike-slab gate prior; p density lives on all of [-r,r], q density on [0,min(r,1)]", cs)
    # ---- authors' Exp 3
    cs = []
    for r in [1e-4,1e-3,1e-2,0.1,0.5,1.0]:
        r_ = M(r); P = r_; Q = mp.sqrt(r_)
        Hf = lambda t: M(2)**(-(1-t))*M(4)**(-t)*2*r_**(1-t/2)/(1-t/2)
        for a in [0.3,0.5,0.8,0.99,1.0]:
            if a < 1: d1,d2 = D_pair_from_H(P,Q,Hf,a)
            else:
                kpq = r_*mp.log(2)+H*(r_*mp.log(r_)-r_)
                # int q log(q/p) = -int q (log2 + .5 log|x|) = -sqrt r log 2 - .5*(sqrt r log r - 2 sqrt r)
                kqp = -mp.sqrt(r_)*mp.log(2)-H*(mp.sqrt(r_)*mp.log(r_)-2*mp.sqrt(r_))
                d1,d2 = kqp-Q+P, kpq-P+Q
            c = {"alpha":a,"r":r}; c.update(pack(P,Q,d1,d2))
            if a == 1.0:
                c["figure3_curve_p_q"] = s(mp.sqrt(r_)*(mp.log(2)-H)); c["figure3_curve_q_p"] = s((1-mp.log(2))/mp.sqrt(r_))
                c["note"] = "authors' Figure 3 plots only the shape term R^{+-1}*KL(conditional), i.e. Dbar minus f_1(mass ratio)"
                c["f1_of_1_over_R"] = s(f(P/Q,1)); c["f1_of_R"] = s(f(Q/P,1))
            cs.append(c)
    dump("rekl_exp3_uniform_vs_cusp.json", "p uniform on (-1,1), q=|x|^{-1/2}/4 (authors' Experiment 3); p(B_r)=r, q(B_r)=sqrt r; both directions", cs)

if want("bounds"):
    cs = []
    def cminus(D,a): return finv_minus(D,a)
    for a in [0.3,0.5,0.8,0.99,1.0,2.0]:
        for P,D in [(0.5,1e-4),(0.5,0.01),(0.01,0.001),(0.01,0.02),(1e-6,1e-7),(1e-6,5e-6),(1e-200,1e-201),(1e-200,3e-200)]:
            P_,D_ = M(P),M(D); Db = D_/P_
            L,U = finv_minus(Db,a),finv_plus(Db,a)
            c_ = (2-M(a))/3
            rad = mp.sqrt((c_*Db)**2+2*M(a)*Db)
            lo_b,hi_b = 1+(c_*Db-rad)/M(a), 1+(c_*Db+rad)/M(a)
            c = {"alpha":a,"p_mass":P,"D_q_p":D,"Dbar":s(Db),"R_lower":s(L),"R_upper":s(U),"q_lower":s(L*P_),"q_upper":s(U*P_),
                 "abs_diff_max":s(max(P_-L*P_,U*P_-P_)),"bernstein_R_lower":s(max(lo_b,M(0))),"bernstein_R_upper":s(hi_b)}
            if a < 1: c["hellinger_c_alpha"] = s(max(M(1),(1-M(a))/M(a))); c["sqrt_diff_max"] = s(mp.sqrt(max(M(1),(1-M(a))/M(a))*D_))
            cs.append(c)
    dump("bounds_relative_absolute.json", "from D=D_alpha^B(q||p) and p(B): exact interval for R=q(B)/p(B), induced q(B) interval, explicit Bernstein-type interval (valid for 0<alpha<=2) and Hellinger-scale bound |sqrt q - sqrt p|<=sqrt(c_alpha D)", cs)
    cs = []
    for a in [0.3,0.5,0.8,0.99,1.0,2.0]:
        for Eb in [1e-6,1e-3,0.1,0.51,0.69,1.0,6.3,24.0,1e3,4.4e6]:
            U,L = finv_plus(Eb,a),finv_minus(Eb,a)
            cs.append({"alpha":a,"Dbar_p_q":Eb,"R_lower":s(1/U),"R_upper":s(1/L) if L > 0 else "Infinity","undercover_factor":s(U)})
    dump("bounds_directional.json", "from E=Dbar_alpha(p||q;B)=D(p||q;B)/q(B): certified R>=1/U(E) always (under-coverage factor at most U(E)); R<=1/L(E) only when E<1", cs)
    # partition lower bounds
    cs = []
    for a in [0.3,0.5,0.8,1.0,2.0]:
        p = [0.1,0.05,0.2,0.0,0.15]; qv = [0.02,0.05,0.3,0.01,0.0]
        fine = mp.fsum(persp(x,y,a) for x,y in zip(p,qv)); coarse = persp(M(p[0])+M(p[1]),M(qv[0])+M(qv[1]),a)+persp(M(p[2])+M(p[3])+M(p[4]),M(qv[2])+M(qv[3])+M(qv[4]),a)
        one = persp(mp.fsum(map(M,p)),mp.fsum(map(M,qv)),a)
        cs.append({"alpha":a,"p_cells":p,"q_cells":qv,"coarse_groups":[[0,1],[2,3,4]],"fine":s(fine),"coarse":s(coarse),"single":s(one)})
    dump("partition_bounds.json", "cell-wise lower bounds sum p_i f(q_i/p_i) (p_i=0<q_i pays slope*q_i: Infinity for alpha>=1), coarse<=fine", cs)
    # box-minimised perspective (confidence intervals)
    cs = []
    for a in [0.5,1.0]:
        for (pl,pu,ql,qu) in [(0.1,0.2,0.3,0.4),(0.3,0.4,0.1,0.2),(0.1,0.3,0.2,0.4),(0.0,0.01,0.05,0.1),(0.2,0.3,0.0,0.01)]:
            if qu < pl: v = persp(pl,qu,a)
            elif ql > pu: v = persp(pu,ql,a)
            else: v = M(0)
            cs.append({"alpha":a,"p_interval":[pl,pu],"q_interval":[ql,qu],"min_perspective":s(v)})
    dump("box_min_perspective.json", "min of p f(q/p) over a rectangle of intervals (used for simultaneous lower confidence bounds)", cs)

if want("updating"):
    cs = []
    RR = [1e-6,1e-3,0.1]
    def add_(kind, inp, d, prior, post, C=None, masses=None, proper=True, atoms=None, **kw):
        """prior, post: (kappa, beta); None = undefined.  One set of keys for every kind."""
        e_ = {"proper":proper,"prior_kappa":s(M(prior[0])),"prior_beta":s(M(prior[1])) if prior[1] is not None else None}
        if atoms: e_["prior_atom"],e_["posterior_atom"] = s(M(atoms[0])),s(M(atoms[1]))
        if proper:
            k_,b_ = post
            e_.update({"posterior_kappa":s(M(k_)),"posterior_beta":s(M(b_)) if b_ is not None else None,"posterior_C":s(C) if C is not None else None,
                       "posterior_MI_pow":s(MIpow(d,M(k_))),"posterior_MI_log":s(M(d)*M(b_)) if b_ is not None and not (atoms and atoms[1] > 0) else None})
            ms = []
            for r,m in masses or []: ms.append({"r":r,"mass":s(m),"log_mass":s(mp.log(m)) if m > 0 else "-Infinity"})
            e_["masses"] = ms
        e_.update(kw); cs.append({"kind":kind,"d":d,"inputs":inp,"expected":e_})
    tab = lambda fn, rs=RR: [(r,fn(M(r))) for r in rs]
    # conjugate power updates
    for a,b,n,k in [(0.5,0.5,10,0),(0.5,0.5,10,3),(1.0,1.0,20,20)]:
        for pt in (0,1):
            ka,kb = (M(a)+k,M(b)+n-k) if pt == 0 else (M(b)+n-k,M(a)+k)
            add_("beta_binomial",{"a":a,"b":b,"n":n,"k":k,"point":pt},1,(a if pt == 0 else b,0),(ka,0),1/(ka*mp.beta(ka,kb)),tab(lambda r: mp.betainc(ka,kb,0,r,regularized=True)))
    for a,b,n,sy in [(0.3,1.0,5,0),(0.3,1.0,5,4)]:
        ka = M(a)+sy; bb = M(b)+n
        add_("gamma_poisson",{"shape":a,"rate":b,"n":n,"sum_y":sy,"point":0},1,(a,0),(ka,0),bb**ka/mp.gamma(ka+1),tab(lambda r: Plow(ka,bb*r)))
    # power-log factor on prior |x|^{a-1}(log 1/|x|)^b on |x|<1/e (normalised); l=|x|^g (log 1/|x|)^h
    R4 = [1e-12,1e-6,1e-3,0.1]
    for a,b,g,h in [(1.0,0.0,1.0,0.0),(1.0,0.0,-0.5,0.0),(1.0,0.0,0.0,1.0),(1.0,1.0,0.5,-1.0),(0.5,0.0,-0.5,-2.0),(2.0,1.0,-1.0,2.0),(0.5,0.0,-0.5,-0.5),(0.5,0.0,-0.75,0.0)]:
        ka,be = M(a)+M(g),M(b)+M(h); inp = {"a":a,"b":b,"g":g,"h":h,"point":0}
        if ka > 0:
            Zc = mp.gammainc(be+1,ka,mp.inf)
            add_("power_log",inp,1,(a,b),(ka,be),ka**be/Zc,tab(lambda r: mp.gammainc(be+1,-ka*mp.log(r),mp.inf)/Zc,R4))
        elif ka == 0 and be < -1:
            add_("power_log",inp,1,(a,b),(0,be+1),M(1),tab(lambda r: (-mp.log(r))**(be+1),R4),note="critical: kappa+g=0, log exponent gains 1; MI_pow infinite without atom")
        else: add_("power_log",inp,1,(a,b),None,proper=False,note="local posterior mass infinite: improper")
    # slowly varying prior without atom: p(B_r)=1/log(1/r), r<1/e (dM = L^-2 dr/r), factor r^g L^h.  T4.2(d): g>0; (e): g=0; g<0 improper
    for g,h in [(0.5,0.0),(1.0,1.0),(0.0,0.5),(0.0,-1.0),(0.0,1.0),(0.0,1.5),(-0.5,0.0)]:
        inp = {"prior":"p(B_r)=1/log(1/r), r<1/e","g":g,"h":h,"point":0}
        if g > 0:
            be = M(h)-2; Zc = mp.gammainc(be+1,M(g),mp.inf)
            add_("power_log_kappa0_prior",inp,1,(0,-1),(g,be),M(g)**be/Zc,tab(lambda r: mp.gammainc(be+1,-M(g)*mp.log(r),mp.inf)/Zc,[1e-12,1e-6,1e-3]),note="kappa=0 prior, g>0: log exponent beta+h-1, not beta+h")
        elif g == 0 and h < 1:
            add_("power_log_kappa0_prior",inp,1,(0,-1),(0,M(h)-1),M(1),tab(lambda r: (-mp.log(r))**(M(h)-1),[1e-12,1e-6,1e-3]),note="kappa=0 prior, g=0: log exponent beta+h, proper iff beta+h<0")
        else: add_("power_log_kappa0_prior",inp,1,(0,-1),None,proper=False,note="improper")
    # prior (1-w) delta_0 + w U(-1,1) and factor |x|^g (log e/|x|)^h: the value of the factor AT the atom decides (0 annihilates, inf is improper)
    for g,h in [(1.0,0.0),(0.0,-1.0),(0.0,1.0),(-0.5,0.0)]:
        w = 0.5; inp = {"prior":"(1-w) delta_0 + w U(-1,1)","w":w,"factor":"|x|^g (log(e/|x|))^h","g":g,"h":h,"point":0}
        if g > 0 or (g == 0 and h < 0):
            G = (lambda r: r**(1+M(g))/(1+M(g))) if h == 0 else (lambda r: mp.e*mp.expint(1,1-mp.log(r)))      # int_0^r
            add_("power_log_on_atom",inp,1,(0,0),(1+M(g),h),(1/G(M(1)))/(1+M(g)),tab(lambda r: G(r)/G(M(1)),R4),atoms=(1-w,0),note="the factor vanishes at the atom: annihilated; T4.2 applies to the continuous part")
        else: add_("power_log_on_atom",inp,1,(0,0),None,proper=False,atoms=(1-w,0),note="the factor is infinite at an atom: improper")
    # uniform(0,theta) hard support; prior Gamma(2,1) on theta, n=3, xmax=1.5 ; posterior prop theta^{1-3} e^{-theta} on theta>=1.5
    n,xm = 3,M('1.5')
    Zc = mp.gammainc(2-n,xm,mp.inf); Fu = lambda t: (Zc-mp.gammainc(2-n,max(xm,t),mp.inf))/Zc
    for pt in (1.5,1.0):
        inp = {"prior":"Gamma(2,1)","n":3,"x_max":1.5,"point":pt}
        if pt == 1.5: add_("uniform_scale_support",inp,1,(1,0),(1,0),xm**(1-n)*mp.exp(-xm)/Zc,tab(lambda r: Fu(xm+r)))
        else: add_("uniform_scale_support",inp,1,(1,0),(INF,None),None,tab(lambda r: Fu(1+r),[0.1,0.5,0.6,1.0]),note="below x_max: outside the closed support")
    # shifted Weibull endpoint: l ~ (x1-theta)^{c-1}; prior U(0,1), k equal observations x=1 from theta+Weibull(c,1): l prop y^{k(c-1)}e^{-k y^c}, y=1-theta
    for c_,k in [(0.5,1),(1.0,1),(3.0,1),(0.8,2),(0.5,2)]:
        cc = M(c_); sh = (1+k*(cc-1))/cc; inp = {"prior":"U(0,1)","observation":1.0,"shape":c_,"ties":k,"point":1.0}
        if sh <= 0: add_("weibull_endpoint",inp,1,(1,0),None,proper=False,note="1+k(c-1)<=0: improper"); continue
        G = lambda y: mp.gammainc(sh,0,k*y**cc)
        add_("weibull_endpoint",inp,1,(1,0),(sh*cc,0),M(k)**sh/(sh*G(M(1))),tab(lambda r: G(r)/G(M(1))),note="kappa = 1+k(c-1) with k tied minima")
    # cusp supports: uniform prior on unit disc conditioned on {|x|<y^t}: area in ball B_r
    def cusp_area(t,r):
        t = M(t); r = M(r)
        # boundary |x|=min(y^t, sqrt(r^2-y^2)); y0 solves y^{2t}+y^2=r^2
        y0 = mp.findroot(lambda y: y**(2*t)+y*y-r*r,(r*M('0.3'),r),solver='anderson',tol=mp.mpf(10)**-100) if t != 1 else r/sq2
        A = 2*y0**(t+1)/(t+1)
        A += r*r*mp.acos(y0/r)-y0*mp.sqrt(r*r-y0*y0)
        return A
    for t in [0.5,1.0,2.0,3.0]:
        A1 = cusp_area(t,1)
        C = (2/(1+M(t)) if t > 1 else mp.pi/4 if t == 1 else mp.pi/2)/A1
        add_("cusp_support",{"prior":"uniform on unit disc","S":"{|x|<y^t}","t":t,"s=1/t":1/t,"point":[0.0,0.0]},2,(2,0),(1+M(t) if t >= 1 else 2,0),C,tab(lambda r: cusp_area(t,r)/A1,[1e-6,1e-3,0.1,0.5]))
    # half-space: constant halves
    add_("halfspace_support",{"prior":"N(0,I_2)","S":"{y>0}","point":[0.0,0.0]},2,(2,0),(2,0),H,tab(lambda r: -mp.expm1(-r**2/2),[1e-3,0.1]),note="p(B_r cap S)=p(B_r)/2, normaliser 1/2: ratio 1 for this prior; the unnormalised constant halves")
    # soft hinge max(y,0)^g at a boundary point (T4.5 iv = T4.3): power of the distance to the BOUNDARY, proper iff g>-1 in every d
    for g in [1.0,2.5,-0.5,-1.0,-1.2]:
        inp = {"prior":"N(0,I_2)","factor":"max(y,0)^g","g":g,"point":[0.0,0.0]}
        if g <= -1: add_("soft_hinge",inp,2,(2,0),None,proper=False,note="improper although d+g>0"); continue
        ka = 2+M(g); add_("soft_hinge",inp,2,(2,0),(ka,0),1/(2**(ka/2)*mp.gamma(ka/2+1)),tab(lambda r: Plow(ka/2,r**2/2)),half_ball_integral=s(mp.beta((M(g)+1)/2,M('1.5'))),note="half_ball_integral = int of y^g over the unit half disc (the I of T4.3)")
    # leading homogeneous part not integrable, posterior proper all the same: l=(u1^2+u2^4)^{-1/2} on the unit disc, mass ~ 4 r L / Z
    with mp.extradps(10):
        hg = lambda r: 4*r*mp.quad(lambda z: mp.asinh(mp.sqrt(1-z*z)/(r*z*z)),[0,M('0.01'),M('0.1'),H,1])
        add_("leading_part_not_integrable",{"prior":"uniform on unit disc","factor":"(x^2+y^4)^(-1/2)","point":[0.0,0.0]},2,(2,0),(1,1),4/hg(M(1)),tab(lambda r: hg(r)/hg(M(1)),[1e-30,1e-12,1e-6,1e-3,0.1]),note="|x|^-1 alone would say improper (T4.3)")
    # logistic softening of S={theta>delta}, prior U(-1,1)
    def sp(x): return mp.log1p(mp.exp(-abs(x)))+max(x,M(0))
    for dl,ep in [(0.2,0.05),(0.2,0.01),(0.0,0.01),(-0.2,0.01)]:
        dl_,ep_ = M(dl),M(ep)
        with mp.extradps(60):
            F = lambda lo,hi: ep_/2*(sp((hi-dl_)/ep_)-sp((lo-dl_)/ep_))
            Zc = F(M(-1),M(1)); RL = [1e-6,1e-3,0.01,0.1,0.19,0.25,0.5]
            add_("logistic_softening",{"prior":"U(-1,1)","S":"{theta>delta}","delta":dl,"eps":ep,"point":0.0},1,(1,0),(1,0),sigmoid(-dl_/ep_)/Zc,tab(lambda r: F(-r,r)/Zc,RL),
                 slopes=[s(M(r)*H*(sigmoid((M(r)-dl_)/ep_)+sigmoid((-M(r)-dl_)/ep_))/F(-M(r),M(r))) for r in RL],hard_limit_kappa="Infinity" if dl > 0 else "1",note="posterior_kappa at fixed eps; hard_limit_kappa for eps=0")
    # exponentially flat factor exp(-1/|x|^s), prior U(-1,1), s=1,2
    for s_ in [1.0,2.0]:
        ss_ = M(s_)
        G = lambda r: r*mp.expint(1+1/ss_, r**(-ss_))/ss_      # int_0^r exp(-x^-s)dx ; substitution u=x^-s
        add_("flat_factor",{"prior":"U(-1,1)","factor":"exp(-|x|^-s)","s":s_,"point":0.0},1,(1,0),(INF,None),None,tab(lambda r: G(r)/G(M(1)),[0.01,0.05,0.1,0.5]))
    # anisotropic product factor |x|^g1|y|^g2 with N(0,I2) prior: posterior radial: kappa=2+g1+g2, exact mass=Plow((2+g1+g2)/2,r^2/2)
    for g1,g2 in [(1.0,0.0),(1.0,2.0),(-0.5,0.5),(-1.0,3.0)]:
        inp = {"prior":"N(0,I_2)","g":[g1,g2],"point":[0.0,0.0]}
        if min(g1,g2) <= -1: add_("anisotropic_product_factor",inp,2,(2,0),None,proper=False,note="every g_j must exceed -1"); continue
        ka = 2+M(g1)+M(g2)
        add_("anisotropic_product_factor",inp,2,(2,0),(ka,0),1/(2**(ka/2)*mp.gamma(ka/2+1)),tab(lambda r: Plow(ka/2,r**2/2),[1e-6,1e-3,0.1,1.0]))
    # spike-slab normal means posterior atom (positive likelihood: atom survives): y~N(theta,1), prior (1-pi)d0+pi N(0,tau2)
    for y,pi,t2 in [(0.5,0.3,4.0),(5.0,0.3,4.0)]:
        m0 = (1-M(pi))*phi(M(y)); m1 = M(pi)*phi(M(y)/mp.sqrt(1+M(t2)))/mp.sqrt(1+M(t2))
        w0 = m0/(m0+m1); v = M(t2)/(1+M(t2)); mu = v*M(y)
        add_("spike_slab_normal_mean",{"y":y,"pi":pi,"tau2":t2,"point":0.0},1,(0,0),(0,0),w0,tab(lambda r: w0+(1-w0)*norm_int(-r,r,mu,mp.sqrt(v))),atoms=(1-M(pi),w0))
    dump("updating.json", "Bayesian updating: prior and posterior exponents (kappa,beta), constant C, indices and exact closed-ball masses at inputs.point; the same keys in every case (posterior_* absent where proper is false; null = undefined)", cs)

if want("estimation"):
    cs = []
    rho = [0.001,0.0023,0.004,0.0071,0.009,0.0125,0.016,0.02,0.031,0.05]
    # Hill fixed radius
    R = 0.06
    S = mp.fsum(mp.log(M(R)/M(x)) for x in rho); k = len(rho)
    def chi2ppf(pv, n):
        return 2*mp.findroot(lambda x: Plow(M(n)/2,x)-pv, (M(n)/2*H, M(n)/2*M('1.5')), solver='anderson', tol=mp.mpf(10)**-80)
    lo,hi = chi2ppf(M('0.025'),2*k)/(2*S), chi2ppf(M('0.975'),2*k)/(2*S)
    cs.append({"kind":"hill_fixed_radius","radii":rho,"R":R,"expected":{"S":s(S),"kappa_mle":s(k/S),"kappa_unbiased":s((k-1)/S),"ci95":[s(lo),s(hi)],"se_mle":s(k/S/mp.sqrt(k))}})
    S2 = mp.fsum(mp.log(M(rho[-1])/M(x)) for x in rho[:-1]); k2 = k-1
    cs.append({"kind":"hill_knn","radii":rho,"k":k2,"expected":{"kappa_mle":s(k2/S2),"kappa_unbiased":s((k2-1)/S2)}})
    # joint MLE: pdf of s=log 1/rho given s>=S0: e^{-k(s-S0)}(s/S0)^b (k-b/s)
    import random
    g = random.Random(7)
    # sample from kappa=1,beta=1: survival e^{-(s-S0)} s/S0, by inversion numerically
    S0 = M(3)
    smp = []
    for i in range(60):
        u = g.random()
        t = mp.findroot(lambda t: -(t)+mp.log1p(t/S0)-mp.log(M(u)), M(-mp.log(u))+H)
        smp.append(float(mp.nstr(mp.exp(-(S0+t)),12)))
    def ll(kp,be,R_):
        S_ = -mp.log(M(R_)); tot = M(0)
        for x in smp:
            sx = -mp.log(M(x)); tot += -kp*(sx-S_)+be*mp.log(sx/S_)+mp.log(kp-be/sx)
        return tot
    R_ = float(mp.exp(-S0))
    smp = [x for x in smp if x <= R_]
    S_ = -mp.log(M(R_)); sx = [-mp.log(M(x)) for x in smp]
    g1 = lambda kp,be: mp.fsum(-(v-S_)+1/(kp-be/v) for v in sx)
    g2 = lambda kp,be: mp.fsum(mp.log(v/S_)-(1/v)/(kp-be/v) for v in sx)
    sol = mp.findroot(lambda a,b: [g1(a,b),g2(a,b)], (M(1),H), tol=mp.mpf(10)**-60)
    kp,be = sol[0],sol[1]
    I11 = mp.fsum(1/(kp-be/v)**2 for v in sx); I12 = -mp.fsum((1/v)/(kp-be/v)**2 for v in sx); I22 = mp.fsum((1/v)**2/(kp-be/v)**2 for v in sx)
    det = I11*I22-I12**2
    cs.append({"kind":"joint_kappa_beta_mle","radii":smp,"R":R_,"expected":{"kappa":s(kp,25),"beta":s(be,25),"loglik_at_mle":s(ll(kp,be,R_),25),"loglik_at_1_1":s(ll(M(1),M(1),R_),25),"loglik_beta0_hill":s(ll(len(sx)/mp.fsum(v-S_ for v in sx),M(0),R_),25),
        "observed_info":[s(I11,25),s(I12,25),s(I22,25)],"se_kappa":s(mp.sqrt(I22/det),25),"se_beta":s(mp.sqrt(I11/det),25)}})
    # Clopper-Pearson incl non-integer effective counts
    def betappf(pv,a,b):
        lo_,hi_ = M(0),M(1)
        for _ in range(200):
            mid = (lo_+hi_)/2
            if mp.betainc(a,b,0,mid,regularized=True) > pv: hi_ = mid
            else: lo_ = mid
        return (lo_+hi_)/2
    for kk,nn in [(0,1000),(7,1000),(50,200),(3.7,412.5)]:
        lo = M(0) if kk == 0 else betappf(M('0.025'),M(kk),M(nn)-M(kk)+1)
        hi = (1-M('0.025')**(1/(M(nn)))) if kk == 0 else betappf(M('0.975'),M(kk)+1,M(nn)-M(kk))
        cs.append({"kind":"clopper_pearson_95","k":kk,"n":nn,"expected":{"lower":s(lo,25),"upper":s(hi,25)}})
    # Pizzetti
    for d in [1,2,5]:
        mu = [0.5]*d; r = 0.1
        v2 = M(1)*sum(M(m)**2 for m in mu)
        p0 = (2*mp.pi)**(-M(d)/2)*mp.exp(-v2/2)
        lap = v2-d
        lap2 = v2**2-2*(d+2)*v2+d*(d+2)   # Delta^2 phi/phi for standard normal
        t0 = Vd(d)*M(r)**d*p0
        exact = gauss_ball_eig([1]*d,[M(m) for m in mu],r)[0]
        cs.append({"kind":"pizzetti_standard_normal","d":d,"center":mu,"r":r,"expected":{"order0":s(t0),"order2":s(t0*(1+M(r)**2*lap/(2*(d+2)))),"order4":s(t0*(1+M(r)**2*lap/(2*(d+2))+M(r)**4*lap2/(8*(d+2)*(d+4)))),"exact":s(exact)}})
    # importance-weighted
    lw = [0.0,-1.0,2.0,0.5,-3.0,1.0]; ind = [1,0,0,1,1,0]
    w = [mp.exp(M(x)) for x in lw]; W = mp.fsum(w); wn = [x/W for x in w]
    ph = mp.fsum(a for a,i in zip(wn,ind) if i); var = mp.fsum(a**2*(i-ph)**2 for a,i in zip(wn,ind))
    cs.append({"kind":"self_normalised_is","log_weights":lw,"inside":ind,"expected":{"mass":s(ph),"delta_var":s(var),"ess":s(1/mp.fsum(a*a for a in wn))}})
    # effective counts of an indicator (E7.1): dispersion over batches, excursions, the rule below five effective hits
    g = random.Random(3); x = []; st = 0
    for i in range(600):
        st = int(g.random() < (0.8 if st else 0.004)); x.append(st)
    for name,seq,te,tA in [("few",x,6.0,7.5),("none",[0]*600,6.0,None),("enough",[int(((i*7919)%600) < 60) for i in range(600)],2.0,1.2)]:
        n_ = len(seq); k_ = sum(seq); size = max(10,math.ceil(3*te)); B = n_//size
        cb = [sum(seq[i*size:(i+1)*size]) for i in range(B)]; t_ = sum(cb); m_ = sum(1 for i in range(n_) if seq[i] and (i == 0 or not seq[i-1]))
        ph = None if k_ == 0 else (mp.fsum(M(c)**2 for c in cb)-M(t_)**2/B)/(t_*(1-M(1)/B))/(1-M(t_)/(B*size))
        if k_ == 0: tau = M(te)
        else:
            tau = max(M(1),M(tA),ph)
            if k_/tau < 5: tau = max(tau,M(te),M(k_)/m_)*(1+2/mp.sqrt(m_))
        ke,ne = k_/tau,n_/tau
        lo = M(0) if k_ == 0 else betappf(M('0.025'),ke,ne-ke+1); hi = 1-M('0.025')**(1/ne) if k_ == 0 else betappf(M('0.975'),ke+1,ne-ke)
        cs.append({"kind":"indicator_effective_count","name":name,"indicator_hits_at":[i for i,v in enumerate(seq) if v],"n":n_,"tau_autocorrelation":tA,"tau_enclosing":te,"batch_size":size,
            "expected":{"batch_dispersion":s(ph,25) if ph is not None else None,"excursions":m_,"tau":s(tau,25),"k_eff":s(ke,25),"n_eff":s(ne,25),"lower":s(lo,25),"upper":s(hi,25)}})
    # exact information of the (kappa,beta) likelihood at beta=0: standard deviations times sqrt(n)
    for kp,S0 in [(1.0,3.0),(1.0,5.0),(1.0,10.0),(0.5,3.0),(2.0,3.0)]:
        e1 = M(kp)*mp.exp(M(kp)*M(S0))*mp.e1(M(kp)*M(S0)); e2 = M(kp)/M(S0)-M(kp)*e1; v = e2-e1**2
        cs.append({"kind":"log_law_information_beta0","kappa":kp,"S0":S0,"expected":{"sd_kappa_sqrt_n":s(M(kp)*mp.sqrt(e2/v),25),"sd_beta_sqrt_n":s(M(kp)/mp.sqrt(v),25),"hill_sd_sqrt_n":s(M(kp),25)}})
    dump("estimation.json", "estimators on fixed small data", cs)

if want("logscale"):
    cs = []
    for a,x in [(0.5,1e-300),(2.5,1e-100),(50.0,1e-6),(50.0,1.0),(500.0,1e-3),(0.01,1e-300),(3.0,700.0)]:
        cs.append({"fn":"log_gammainc_lower_regularized","a":a,"x":x,"value":s(mp.log(Plow(M(a),M(x))) if x < 100 else mp.log1p(-Qup(M(a),M(x))))})
    for lo,hi in [(5.0,5.000001),(30.0,31.0),(-38.0,-37.0),(-1e-9,1e-9),(100.0,100.5),(-1.0,1.0),(8.0,20.0)]:
        cs.append({"fn":"log_normal_interval","lo":lo,"hi":hi,"value":s(mp.log(norm_int(lo,hi)))})
    for x in [-1e-20,-1e-8,-0.5,-1.0,-40.0,-800.0]:
        cs.append({"fn":"log1mexp","x":x,"value":s(mp.log(-mp.expm1(M(x))))})
    for x in [1e-300,1e-20,0.1,1.0,6.0]:
        cs.append({"fn":"log_erf","x":x,"value":s(mp.log(mp.erf(M(x))) if x < 3 else mp.log1p(-mp.erfc(M(x))))})
    for x in [1e-150,1e-20,1e-5,0.1,1.0,5.0,50.0,1e10,1e150]:
        cs.append({"fn":"log_horseshoe_density","x":x,"value":s(mp.log(hs_density(M(x))))})
    for d in [1,2,3,10,100,1000]:
        cs.append({"fn":"log_unit_ball_volume","d":d,"value":s(mp.log(Vd(d)))})
    dump("logscale.json", "log-scale special functions", cs)
