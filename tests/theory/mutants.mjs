/**
 * One fault, as a careless change could bring it in: each `find` stands in the file exactly once.
 * @typedef {object} Mutant
 * @property {string} what what is wrong with the engine
 * @property {string} file under src/engine
 * @property {readonly (readonly [find: string, replace: string])[]} changes
 * @property {readonly string[]} noticedIn the test files of tests/theory that are about what it breaks
 */

/** @type {readonly Mutant[]} */
export const MUTANTS = [
  {
    what: "Every line is served last come, first served",
    file: "kernel/waiting-lines.ts",
    changes: [
      [
        "const entry = lines[row + FIRST]!;\n    if (entry === NONE) return NONE;",
        "const entry = lines[row + LAST]!;\n    if (entry === NONE) return NONE;\n    if (lines[row + LENGTH]! > 1) {\n      this.leave(line, entry);\n      return entry;\n    }",
      ],
    ],
    noticedIn: ["mm1", "mmc"],
  },
  {
    what: "Lost wake-up: a thread that is free leaves the last in line waiting",
    file: "parts/dynos.ts",
    changes: [
      [
        "this.plan.processes === 1 && this.lines.length(dyno) > 0 &&",
        "this.plan.processes === 1 && this.lines.length(dyno) > 1 &&",
      ],
      [
        "if (this.lines.length(dyno) > 0) this.takeNext(dyno);\n    else if",
        "if (this.lines.length(dyno) > 1) this.takeNext(dyno);\n    else if",
      ],
    ],
    noticedIn: ["mmc"],
  },
  {
    what: "Lost wake-up: a connection that is returned leaves the last waiter in line",
    file: "parts/connection-pools.ts",
    changes: [
      [
        "const next = this.takeFromLine(process);\n    if (next === NONE) {",
        "const next = this.lines.length(process) > 1 ? this.takeFromLine(process) : NONE;\n    if (next === NONE) {",
      ],
    ],
    noticedIn: ["connections", "patience"],
  },
  {
    what: "Lost wake-up: a pooler's server connection that is free leaves the last waiter in line",
    file: "parts/pooler.ts",
    changes: [
      [
        "const next = this.takeFromLine();\n    if (next !== NONE)",
        "const next = this.waiting > 1 ? this.takeFromLine() : NONE;\n    if (next !== NONE)",
      ],
    ],
    noticedIn: ["closed-networks", "connections"],
  },
  {
    what: "Lost wake-up: the balancer's own line is not looked at when an answer is in",
    file: "parts/dispatcher.ts",
    changes: [["[FIELDS * entry + DYNO]!, -1);\n    this.drain();", "[FIELDS * entry + DYNO]!, -1);"]],
    noticedIn: ["routing", "patience"],
  },
  {
    what: "A retry draws its durations anew",
    file: "parts/application.ts",
    changes: [
      ["import {\n  CONNECTION,", "import {\n  ATTEMPT,\n  CONNECTION,"],
      [
        "stepPurpose(place, fields[row + REPETITION]!)",
        "stepPurpose(place, fields[row + REPETITION]! + 50 * fields[row + ATTEMPT]!)",
      ],
    ],
    noticedIn: ["patience"],
  },
  {
    what: "Every step of a request has the same draw",
    file: "parts/application.ts",
    changes: [["stepPurpose(place, fields[row + REPETITION]!)", "stepPurpose(0, fields[row + REPETITION]!)"]],
    noticedIn: ["mg1", "connections"],
  },
  {
    what: "A service drawn twice: the larger of two draws",
    file: "parts/application.ts",
    changes: [
      [
        "    steps.duration[step]!.addTo(drawn, 0, stream);",
        "    const one = steps.duration[step]!.sample(stream);\n    drawn[0]! += Math.max(one, steps.duration[step]!.sample(stream));",
      ],
    ],
    noticedIn: ["mm1"],
  },
  {
    what: "Two arrivals in a row have the same draws",
    file: "parts/request-keys.ts",
    changes: [
      [
        "const low = mix(key.low + Math.imul(first, 0x9e3779b9));\n  const high = key.high ^ Math.imul(second, 0x85ebca6b);",
        "const low = mix(key.low + Math.imul(first, 0x9e3779b9));\n  const high = key.high ^ Math.imul(second >> 1, 0x85ebca6b);",
      ],
    ],
    noticedIn: ["mm1", "mmc"],
  },
  {
    what: "Processor sharing: clocks are not brought up to date when a job joins",
    file: "kernel/shared-processors.ts",
    changes: [
      [
        "this.bringUpToDate(machine);\n    if (this.running[process] === 0) this.enlist",
        "if (this.running[process] === 0) this.enlist",
      ],
    ],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "Processor sharing: the timer keeps the pace it had when a job joins",
    file: "kernel/shared-processors.ts",
    changes: [
      [
        "this.run(entry, process);\n    this.share(machine);",
        "const isFirst = this.running[process] === 0;\n    this.run(entry, process);\n    if (isFirst) this.share(machine);",
      ],
    ],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "Processor sharing: a process is not divided among its jobs",
    file: "kernel/shared-processors.ts",
    changes: [["this.rate[process] = pace / this.running[process]!;", "this.rate[process] = pace;"]],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "Processor sharing: a process under a lock gets more than one processor",
    file: "kernel/shared-processors.ts",
    changes: [
      [
        "const each = processors < computing ? processors / computing : 1;",
        "const each = processors / computing;",
      ],
    ],
    noticedIn: ["processor-sharing", "closed-networks"],
  },
  {
    what: "Processor sharing: what a parallel process can't use is not left to the others",
    file: "kernel/shared-processors.ts",
    changes: [["if (this.running[process]! > fair) continue;", "continue;"]],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "Processor sharing: first come, first served instead",
    file: "kernel/shared-processors.ts",
    changes: [
      [
        'if (this.sharing === "in-line" && this.running[process]! > 0) {\n      this.lines.join(process, entry);',
        'if (this.sharing !== "parallel" && this.running[process]! > 0) {\n      this.lines.grow(this.machines * this.processes);\n      this.lines.join(process, entry);',
      ],
      [
        'if (this.sharing === "in-line") {\n      const follower',
        'if (this.sharing !== "parallel") {\n      this.lines.grow(this.machines * this.processes);\n      const follower',
      ],
    ],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "Processor sharing: the job with most work left is done first",
    file: "kernel/job-heaps.ts",
    changes: [["const isFirst = difference < 0 ||", "const isFirst = difference > 0 ||"]],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "Processor sharing: of jobs that end together, the last to begin is first (ties)",
    file: "kernel/job-heaps.ts",
    changes: [
      [
        "keys[2 * one + ORDER]! < keys[2 * other + ORDER]!",
        "keys[2 * one + ORDER]! > keys[2 * other + ORDER]!",
      ],
    ],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "An event loop runs the steps of a process all at once",
    file: "kernel/shared-processors.ts",
    changes: [
      [
        'if (this.sharing === "in-line" && this.running[process]! > 0) {',
        'if (this.sharing === "in-line" && this.running[process]! > 1) {',
      ],
    ],
    noticedIn: ["mg1"],
  },
  {
    what: "Events of equal times come last scheduled, first (ties)",
    file: "kernel/event-list.ts",
    changes: [
      ["this.sequence[other]! > this.sequence[entry]!);", "this.sequence[other]! < this.sequence[entry]!);"],
    ],
    noticedIn: ["carwow-cases", "transient"],
  },
  {
    what: "A deadline that was lifted is the last that the line looks at",
    file: "kernel/deadline-line.ts",
    changes: [["if (this.first !== NONE) this.arm();", "if (isDue && this.first !== NONE) this.arm();"]],
    noticedIn: ["patience", "limits"],
  },
  {
    what: "A request in a dyno goes to the process with the most busy threads",
    file: "parts/dynos.ts",
    changes: [
      [
        "this.busyOfProcess[base + process]! < this.busyOfProcess[base + best]!",
        "this.busyOfProcess[base + process]! > this.busyOfProcess[base + best]!",
      ],
    ],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "A backlog holds one more than it says",
    file: "parts/dynos.ts",
    changes: [
      ["this.lines.length(dyno) >= this.plan.backlog", "this.lines.length(dyno) > this.plan.backlog"],
    ],
    noticedIn: ["limits"],
  },
  {
    what: "The edge has one connection more than it says",
    file: "parts/edge.ts",
    changes: [["this.underWay >= this.plan.maxConnections", "this.underWay > this.plan.maxConnections"]],
    noticedIn: ["limits"],
  },
  {
    what: "A pool opens one connection more than it says",
    file: "parts/connection-pools.ts",
    changes: [
      [
        "} else if (this.occupied[process]! < this.size) {",
        "} else if (this.occupied[process]! <= this.size) {",
      ],
    ],
    noticedIn: ["connections", "patience"],
  },
  {
    what: "A connection goes back after each query although the request holds it",
    file: "parts/application.ts",
    changes: [["if (!fleet.holdsForRequest) pools.giveBack(entry);", "pools.giveBack(entry);"]],
    noticedIn: ["connections"],
  },
  {
    what: "The database gives one connection more than it says",
    file: "parts/database.ts",
    changes: [
      ["if (this.open >= this.plan.usableConnections)", "if (this.open > this.plan.usableConnections)"],
    ],
    noticedIn: ["limits"],
  },
  {
    what: "Queries pass the pooler's one thread without waiting for each other",
    file: "parts/pooler.ts",
    changes: [["(until[0]! > now ? until[0]! : now) + delay[0]!", "now + delay[0]!"]],
    noticedIn: ["connections"],
  },
  {
    what: "A client in session mode gives its server connection back after the query, and again when it leaves",
    file: "parts/pooler.ts",
    changes: [["if (!this.plan.isSession) this.freeServer();", "this.freeServer();"]],
    noticedIn: ["connections"],
  },
  {
    what: "Contention counts the query itself",
    file: "parts/database.ts",
    changes: [["const others = Math.max(0, this.active - 1);", "const others = this.active;"]],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "Replicas do not do the primary's writes over",
    file: "parts/application.ts",
    changes: [["if (this.drawn[1]! > 0) this.servers.replicate(this.drawn);", ""]],
    noticedIn: ["connections"],
  },
  {
    what: "The proxy before the replicas takes turns, whatever they do",
    file: "parts/replica-choice.ts",
    changes: [["replica.activeQueries < replicas[best]!.activeQueries", "false"]],
    noticedIn: ["connections"],
  },
  {
    what: "Power of two: the busier one",
    file: "parts/balancer.ts",
    changes: [
      [
        "return this.outstanding[other]! < this.outstanding[one]! ? other : one;",
        "return this.outstanding[other]! < this.outstanding[one]! ? one : other;",
      ],
    ],
    noticedIn: ["routing"],
  },
  {
    what: "Power of two: the two drawn can be the same",
    file: "parts/balancer.ts",
    changes: [["if (second >= first) second += 1;", ""]],
    noticedIn: ["routing"],
  },
  {
    what: "Least outstanding: equals do not take turns, the first is taken (ties)",
    file: "parts/balancer.ts",
    changes: [
      ["const dyno = this.tree.firstLeastFrom(this.turn);", "const dyno = this.tree.firstLeastFrom(0);"],
    ],
    noticedIn: ["routing"],
  },
  {
    what: "Round robin leaves one out at each turn",
    file: "parts/balancer.ts",
    changes: [["return this.eligible[this.turn++]!;", "return this.eligible[this.turn++ >> 1]!;"]],
    noticedIn: ["routing"],
  },
  {
    what: "A limit of outstanding requests lets one more through",
    file: "parts/balancer.ts",
    changes: [
      [
        "if (by > 0 && outstanding === this.limit) this.removeEligible",
        "if (by > 0 && outstanding === this.limit + 1) this.removeEligible",
      ],
      ["by < 0 && outstanding === this.limit - 1", "by < 0 && outstanding === this.limit"],
      [
        "this.isListed[dyno] === 1 && this.outstanding[dyno]! < this.limit",
        "this.isListed[dyno] === 1 && this.outstanding[dyno]! <= this.limit",
      ],
    ],
    noticedIn: ["routing", "patience"],
  },
  {
    what: "One retry too many",
    file: "parts/workloads.ts",
    changes: [
      [
        "fields[row + ATTEMPT]! < this.attempts[workload]!",
        "fields[row + ATTEMPT]! <= this.attempts[workload]!",
      ],
    ],
    noticedIn: ["patience"],
  },
  {
    what: "The first retry waits as long as the second should",
    file: "parts/workloads.ts",
    changes: [["for (let n = 0; n < attempt && pauseMs", "for (let n = 0; n <= attempt && pauseMs"]],
    noticedIn: ["patience"],
  },
  {
    what: "Jitter shortens no backoff",
    file: "parts/workloads.ts",
    changes: [["if (jitter) pauseMs *=", "if (jitter) this.lastJitter ="]],
    noticedIn: ["patience"],
  },
  {
    what: "A client that gave up is answered all the same",
    file: "parts/workloads.ts",
    changes: [
      [
        '    this.requests.fields[FIELDS * entry + AWAITED] = 0;\n    this.conclude(entry, FAILURE["gave-up"]);',
        '    this.conclude(entry, FAILURE["gave-up"]);',
      ],
    ],
    noticedIn: ["patience"],
  },
  {
    what: "Clients think after a failure as after an answer, whatever they were told",
    file: "parts/closed-clients.ts",
    changes: [["const pause = failed ? plan.afterFailure : plan.think;", "const pause = plan.think;"]],
    noticedIn: ["limits"],
  },
  {
    what: "A journey leaves out its last request",
    file: "parts/closed-clients.ts",
    changes: [["return next < journey.length ? next : 0;", "return next < journey.length - 1 ? next : 0;"]],
    noticedIn: ["journeys"],
  },
  {
    what: "An open visit leaves out its last request",
    file: "parts/visits.ts",
    changes: [["if (next >= journey.length) return;", "if (next >= journey.length - 1) return;"]],
    noticedIn: ["journeys"],
  },
  {
    what: "Shares are drawn by the roots of their weights' sums",
    file: "parts/shares.ts",
    changes: [["return sum / total;", "return (sum / total) ** 0.5;"]],
    noticedIn: ["journeys", "mg1"],
  },
  {
    what: "A curve rises a tenth too slowly",
    file: "kernel/rate-curve.ts",
    changes: [
      [
        "const slope = (rate[i + 1]! - rate[i]!) / length;",
        "const slope = 0.9 * ((rate[i + 1]! - rate[i]!) / length);",
      ],
    ],
    noticedIn: ["transient"],
  },
  {
    what: "Hyperexponential: the phases are drawn evenly",
    file: "kernel/distribution.ts",
    changes: [
      [
        "const share = stream.nextUniform() < first ? first : 1 - first;",
        "const share = stream.nextUniform() < 0.5 ? first : 1 - first;",
      ],
    ],
    noticedIn: ["mg1"],
  },
  {
    what: "Memory over quota slows nothing",
    file: "compile.ts",
    changes: [["processorSpeed: 1 / Math.max(1, size.memoryShare),", "processorSpeed: 1,"]],
    noticedIn: ["processor-sharing"],
  },
  {
    what: "The waiting for a processor is counted as work",
    file: "parts/requests.ts",
    changes: [
      [
        "timesMs[base + stage]! += own;\n    timesMs[base + waitStage]! += elapsed - own;",
        "timesMs[base + stage]! += elapsed;",
      ],
    ],
    noticedIn: ["processor-sharing", "mg1"],
  },
];
