/** A model of any length, as dense as a person writes one: machines, components, interactions, a deployment, a scenario. */

/** At least that many lines, without a finding; its services are numbered from `first` on. */
export function modelText(lines: number, first = 1): string {
  const parts = ['package bench', ''];
  let count = 2;
  for (let index = first; count < lines; index++) {
    const part = service(index);
    parts.push(part);
    count += part.split('\n').length;
  }
  return parts.join('\n');
}

/** A workspace: each file imports the first one, which declares what all share, and the one before it. No name is declared twice. */
export function workspaceTexts(files: number, lines: number): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (let index = 0; index < files; index++) {
    const imports = index === 0 ? [] : [0, index - 1].filter((other, at) => at === 0 || other > 0);
    const head = [`package bench.part${index}`, ...imports.map((other) => `import "${workspaceFile(other)}"`)];
    texts.set(
      workspaceFile(index),
      modelText(lines, 1 + index * lines).replace('package bench\n', `${head.join('\n')}\n`),
    );
  }
  return texts;
}

export function workspaceFile(index: number): string {
  return `part${index}.twin`;
}

function service(n: number): string {
  return `// ── service ${n} ──
enum Kind${n} { small, large, urgent }
signal Pay${n}(ok: Boolean, amount: Real)
signal Done${n}
signal Cancel${n}

/** The life of one case of service ${n}. */
machine Case${n}(id: String, total: Real) {
  var attempts: Integer = 0
  var paid: Real = 0

  initial -> Created
  state Created {
    entry / attempts = 0
    on Pay${n}(ok, amount) [ok and amount >= total] / paid = amount -> Risk
    on Pay${n}(ok) [not ok] / attempts += 1
    on Cancel${n} -> Cancelled
    after 15 min -> Expired
    when (attempts >= 3) / log "case {id} blocked" -> Blocked
  }
  choice Risk {
    [total > 500] -> Working.Review
    3 % -> Working.Review
    else -> Working.Packing
  }
  state Working {
    state Review { do takes lognormal(median: 4 min, p99: 1 h)  completion -> Packing }
    state Packing {
      on Done${n} -> Shipped
      after 2 h / { attempts += 1  log "slow: {id}" } -> Review
    }
    on Cancel${n} -> Cancelled
  }
  state Shipped { on Done${n} -> Closed }
  state Blocked { after 24 h -> Cancelled }
  final Closed, Cancelled, Expired
}

component Front${n} {
  operation open(id: String, total: Real): Boolean  takes exp(2 ms)
  operation track(id: String)                       takes exp(1 ms)
}
component Back${n} {
  operation create(id: String, total: Real, kind: Kind${n}): Boolean  takes lognormal(median: 3 ms, p99: 20 ms)
  operation find(id: String)                                          takes exp(1 ms)  fails 0.1 %
  owns Case${n}
}
component Bank${n} external {
  operation charge(id: String, amount: Real): Boolean  delays lognormal(median: 60 ms, p99: 180 ms)  returns chance(96 %)
}

interaction Open${n}(id: String, total: Real, kind: Kind${n}) {
  actor customer
  lifeline front: Front${n}, back: Back${n}, bank: Bank${n}
  lifeline case: Case${n}(id: id, total: total)
  var paid: Boolean = false

  customer -> front.open(id, total) within 800 ms {
    front -> back.create(id, total, kind) {
      par {
        back -> back.find(id)
      } and {
        opt [kind == Kind${n}.urgent] {
          paid = back -> bank.charge(id, total)
        }
        back ->> case : Pay${n}(ok: paid, amount: total)
      }
      alt [paid] 98 % {
        back ->> case : Done${n}
      } else {
        loop 1..3 { back -> back.find(id) }
      }
      return paid
    }
  }
  customer -> front.track(id)
}

deployment Production${n} {
  node edge { cores 2  deploy Front${n} * 2 }
  node app * 3 { cores 4  deploy Back${n} }
  edge -- app { latency 0.4 ms }
}

scenario Weekday${n} of Production${n} {
  load Open${n}(id: "c", total: lognormal(median: 60, p99: 700), kind: mixture(85 %: Kind${n}.small, 15 %: Kind${n}.large)) at 50/s
  run 10 min  warmup 1 min  replications 10  seed ${n}
  expect fast: p95(Open${n}) < 400 ms
  expect utilization(app) < 60 %
}
`;
}
