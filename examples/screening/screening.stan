// How many cancers would a screening programme miss?
//
// Validation study: N confirmed lesions; the test found lesion i (detected[i] = 1) or did not.
// Its chance grows with the size of the lesion, x = log2(diameter / 10 mm).
// Register: `cases` lesions among `people` examined by other means.
// The programme will meet sizes x = -1, 0, 1 (5, 10, 20 mm) in the proportions `mix`.
data {
  int<lower=1> N;
  vector[N] x;
  array[N] int<lower=0, upper=1> detected;
  int<lower=1> people;
  int<lower=0, upper=people> cases;
  vector<lower=0, upper=1>[3] mix;
}
parameters {
  real alpha;  // logit sensitivity at 10 mm
  real beta;   // its change per doubling of the diameter
  real eta;    // logit prevalence
}
model {
  alpha ~ normal(1.5, 1.5);
  beta ~ normal(0.5, 1);
  eta ~ normal(-5, 1.5);
  detected ~ bernoulli_logit(alpha + beta * x);
  cases ~ binomial_logit(people, eta);
}
generated quantities {
  // lesions missed per 10,000 people screened; the programme stops if this exceeds 35
  real missed = 10000 * inv_logit(eta)
                * (mix[1] * inv_logit(-(alpha - beta)) + mix[2] * inv_logit(-alpha) + mix[3] * inv_logit(-(alpha + beta)));
}
