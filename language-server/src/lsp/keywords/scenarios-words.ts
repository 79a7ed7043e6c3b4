/** Words of scenarios and expectations. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const scenariosWords = {
  scenario: {
    meaning: 'What if: loads on a deployment, simulated.',
    snippet:
      'scenario <1:Name> of <2:Deployment> {\n\tload <3:Interaction> at <4:50/s>\n\trun <5:10 min> warmup 1 min replications 10 seed 42\n\t$0\n}',
  },
  load: { meaning: 'How often an interaction is started.', snippet: 'load <1:Interaction> at <2:50/s>' },
  at: { meaning: 'Poisson arrivals at that rate.' },
  every: { meaning: 'Arrivals with that gap, or with gaps drawn from a law.' },
  by: { meaning: 'A closed loop of that many users, or the key of instances.' },
  users: { meaning: 'Each user waits, starts one, and waits for its end.' },
  thinking: { meaning: 'Time that a user waits between two.' },
  run: { meaning: 'Simulated time of one replication, warm-up included.' },
  warmup: { meaning: 'Time at the beginning that is not counted.' },
  auto: { meaning: 'Pilot runs find out when the run has forgotten how it began (MSER-5).' },
  replications: {
    meaning:
      'How many independent runs the figures and their intervals rest on; with `until` as many as a wanted precision takes.',
  },
  until: { meaning: 'How close the figures are to be, as a share of their value.' },
  seed: { meaning: 'Same seed, same result, to the last bit.' },
  expect: {
    meaning: 'A measure and its bound: met, missed or undecided.',
    snippet: 'expect <1:name>: p95(<2:Interaction>) < <3:300 ms>',
  },
  over: { meaning: 'The sliding window in which a twin judges the expectation.' },
  simulation: { meaning: 'What simulation predicts at the observed load and mix.' },
  'Comparison.within': { meaning: 'How far it may be from the simulation.' },
  overall: { meaning: 'Over the whole run; the default.' },
  'Window.every': { meaning: 'The worst of all such windows counts.' },
  daily: { meaning: 'Repeats every day.' },
  ramp: {
    meaning: 'A rate that goes from one value to another in a straight line.',
    snippet: 'ramp <1:50/s> -> <2:500/s> over <3:10 min>',
  },
  'Ramp.over': { meaning: 'How long the ramp is.' },
  batch: { meaning: 'So many come each time: a number, or a law that says how many.' },
  swing: { meaning: 'The rate goes up and down by that share of it, as a sine.' },
  'AtRate.over': { meaning: 'How long it takes until the rate has gone up and down once.' },
  peak: {
    meaning: 'The time of day at which the rate is highest; without it, it rises from the mean when the load begins.',
  },
  replay: { meaning: 'The arrivals of a recording.' },
  observed: { meaning: 'What the twin saw, times a factor.' },
  'TimelineEvent.at': {
    meaning: 'Something that happens at that time of the run.',
    snippet: 'at <1:5 min> <2:crash> <3:node> for <4:3 min>',
  },
  'Pattern.at': { meaning: 'Rates by time of day.' },
  crash: {
    meaning: 'Stops it: what runs there is lost, what comes is refused.',
    snippet: 'crash <1:node> for <2:3 min>',
  },
  slow: { meaning: 'Everything takes that many times as long.', snippet: 'slow <1:Component> by <2:3> for <3:10 min>' },
  'Slow.by': { meaning: 'The factor of its times.' },
  'Cut.partition': {
    meaning: 'Nothing passes between the two (network partition).',
    snippet: 'partition <1:zone> from <2:zone> for <3:1 min>',
  },
  'Cut.from': { meaning: 'What it is cut off from.' },
  set: {
    meaning: 'Changes a parameter: `Orders.threads`, `Orders.create.takes`, `Orders.Bank.timeout`.',
    snippet: 'set <1:Component>.<2:threads> = <3:800>',
  },
  scale: { meaning: 'Changes the number of replicas, a total.', snippet: 'scale <1:Component> to <2:6>' },
  rollout: {
    meaning: 'Brings another version in, step by step.',
    snippet: 'rollout <1:Component> to "<2:2.0>" canary 5 %, 25 %, 100 % every <3:2 min>',
  },
  canary: { meaning: 'By shares of the replicas.' },
  rolling: { meaning: 'So many replicas at a time.' },
  blue_green: { meaning: 'All at once, beside the old ones.' },
  abort: { meaning: 'Goes back when this holds.' },
  'Rollout.when': { meaning: 'Goes back when this holds.' },
  'Rollout.every': { meaning: 'Time between two steps.' },
  'TimedLoad.load': { meaning: 'Further arrivals from here on.' },
  'LoadFactor.load': { meaning: 'The loads of a behaviour become so many times as much.' },
  'Run.from': { meaning: 'The moment of the week at which the run begins, such as `"fri 18:00"`.' },
  compare: {
    meaning: 'Runs another scenario with the same random numbers and shows the difference.',
    snippet: 'compare with <1:Scenario>',
  },
  with: { meaning: 'What it is compared with, or what it ends with.' },
  vary: {
    meaning: 'Runs the scenario for every combination of these values.',
    snippet: 'vary <1:Component>.replicas in <2:2>..<3:8>',
  },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
