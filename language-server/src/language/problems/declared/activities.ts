/** Findings about activities and resources: tokens that wait or stay, claims that are not given back. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const activityProblems = {
  'waits-for-ever': {
    severity: 'warning',
    meaning: 'What is waited for here can never come.',
    why: `A join waits for a token on every edge that leads to it, a claim for as many as it asks. Where no fork sends tokens on
two ways, only one can ever arrive; where a resource has fewer than are asked for, nobody is ever served. All who come
here stay here.`,
    source: 'UML 2.5.1, 15.3.3 Control nodes (JoinNode)',
    wrong: `resource doctor * 2
activity Visit {
  initial -> examine
  action examine takes 10 min using doctor * 3 -> left
  final left
}`,
    mended: `resource doctor * 2
activity Visit {
  initial -> examine
  action examine takes 10 min using doctor * 2 -> left
  final left
}`,
  },
  'no-end': {
    severity: 'warning',
    meaning: 'From here no final node can be reached.',
    why: `Tokens that come here go round for ever: the invocation never finishes, what it holds is never free, and its time is
never measured. Guards are not considered: the way has to be missing altogether.`,
    source: 'UML 2.5.1, 15.2.3 Activities; 15.3.3 Control nodes (FinalNode)',
    wrong: `activity Visit {
  initial -> wait
  action wait takes 10 min -> look
  action look takes 1 min -> wait
}`,
    mended: `activity Visit {
  initial -> wait
  action wait takes 10 min -> look
  action look takes 1 min -> again
  decision again { 10 % -> wait  else -> left }
  final left
}`,
  },
  'unbalanced-hold': {
    severity: 'warning',
    meaning: 'A resource is acquired and not released on some way, or released without being held.',
    why: `What \`acquire\` takes is held until a \`release\`, whatever lies between. On a way to the end without one it is given
back only when the invocation ends, which is easily later than was meant; a release of what is not held gives back
nothing. Where the hold spans one step or a block, \`using\` says so and cannot be forgotten.`,
    wrong: `resource bed * 4
activity Stay {
  initial -> admit
  acquire admit: bed -> rest
  action rest takes 2 d -> left
  final left
}`,
    mended: `resource bed * 4
activity Stay {
  initial -> admit
  acquire admit: bed -> rest
  action rest takes 2 d -> free
  release free: bed -> left
  final left
}`,
  },
  'never-sent': {
    severity: 'information',
    meaning: 'Nothing in the model sends the signal that is waited for here.',
    why: `No behaviour, scenario or test of the model sends it, and no twin binds telemetry to it. That is right where the signal
comes from outside; otherwise whoever waits for it waits for ever.`,
    source: 'UML 2.5.1, 16.10 AcceptEventActions',
    wrong: `signal LabResult
activity Visit {
  initial -> lab
  accept lab: LabResult -> left
  final left
}`,
    mended: `signal LabResult
activity Visit {
  initial -> lab
  accept lab: LabResult -> left
  final left
}
activity Analysis {
  initial -> tell
  send tell: LabResult to Visit(1) -> done
  final done
}`,
  },
  'shift-above-count': {
    severity: 'information',
    meaning: 'In a shift there are more than the number behind `*`.',
    why: `The number behind \`*\` counts where no shift says otherwise; it is no upper bound. Where it was meant as one, the shift
is a slip.`,
    wrong: `resource doctor * 4 { from "14:00" to "23:00": 5 }
activity Visit {
  initial -> examine
  action examine takes 10 min using doctor -> left
  final left
}`,
    mended: `resource doctor * 5 { from "23:00" to "14:00": 4 }
activity Visit {
  initial -> examine
  action examine takes 10 min using doctor -> left
  final left
}`,
  },
} as const satisfies ProblemDeclarations;
