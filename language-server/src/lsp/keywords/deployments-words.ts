/** Words of deployments. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const deploymentsWords = {
  deployment: {
    meaning: 'Which replicas of which components run on which nodes (UML Deployment).',
    snippet: 'deployment <1:Name> {\n\tnode <2:app> * <3:2> { cores <4:4> deploy <5:Component> }\n\t$0\n}',
  },
  zone: { meaning: 'Groups nodes by place or trust.' },
  node: {
    meaning: 'A machine, or several alike, that runs components (UML Node).',
    snippet: 'node <1:name> { cores <2:4> deploy <3:Component> }',
  },
  cores: { meaning: 'Cores of each node; without them nothing contends.' },
  memory: { meaning: 'Memory of each node.' },
  deploy: {
    meaning: 'Runs replicas of a component on each of these nodes (UML Deployment).',
    snippet: 'deploy <1:Component> * <2:1>',
  },
  latency: { meaning: 'Time on the way, in one direction.' },
  bandwidth: { meaning: 'Bits a second that the link carries.' },
  loss: { meaning: 'Share of messages that get lost.' },
  sharing: { meaning: 'All requests share the cores (processor sharing).' },
  'Scheduling.fifo': { meaning: 'Requests are served one after the other; the default.' },
  'Scheduling.priority': { meaning: 'The request of the greatest priority is served first.' },
  preemptive: { meaning: 'A request of greater priority takes the core of a lesser one, which goes on later.' },
  'Breakdown.fails': {
    meaning: 'Breaks down and is repaired: time between failures, time to repair.',
    snippet: 'fails every <1:exp(30 d)> repaired in <2:exp(10 min)>',
  },
  'Breakdown.every': { meaning: 'Time between two breakdowns.' },
  repaired: { meaning: 'Time to repair.' },
  'DeployAcross.deploy': { meaning: 'A total of replicas, placed over the nodes.' },
  across: { meaning: 'The nodes that share the replicas.' },
  config: { meaning: 'A setting of the component where it runs.', snippet: 'config <1:name> = <2:50>' },
  balance: {
    meaning: 'How requests are spread over the replicas.',
    snippet: 'balance <1:Component> by <2:least_connections>',
  },
  'Balance.by': { meaning: 'In which way.' },
  round_robin: { meaning: 'One after the other; the default.' },
  random: { meaning: 'Any, alike.' },
  two_choices: { meaning: 'The less busy of two drawn ones.' },
  least_connections: { meaning: 'The one with the fewest open requests.' },
  hash: { meaning: 'Always the same one for the same key.' },
  autoscale: {
    meaning: 'Replicas follow the utilisation of their cores.',
    snippet: 'autoscale <1:Component> <2:2>..<3:10> cpu <4:60 %> every <5:30 s> startup <6:20 s>',
  },
  cpu: { meaning: 'The utilisation that is aimed at.' },
  startup: { meaning: 'Time until a new replica serves.' },
  limit: {
    meaning: 'Requests above that rate are refused (token bucket), over all replicas.',
    snippet: 'limit <1:Component>.<2:operation> <3:500/s> burst <4:100>',
  },
  burst: { meaning: 'Requests that may come at once.' },
  'BackgroundLoad.load': {
    meaning: 'Traffic outside the model that takes its share of the cores.',
    snippet: 'load <1:background> on <2:node> <3:20 %>',
  },
  'BackgroundLoad.on': { meaning: 'The node on which it runs.' },
  cost: { meaning: 'What one costs over time.', snippet: 'cost <1:node> <2:0.12/h>' },
  'Autoscale.every': { meaning: 'Time between two looks.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
