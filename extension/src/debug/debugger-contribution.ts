/** What `package.json` says about the debugger: its type, what `launch.json` may hold, what it begins with. Knows nothing of VS Code's API. */

export const debugType = 'pollux';

const event = {
  anyOf: [
    { type: 'string', description: 'A step as tests have it: `send Pay(ok: true)`, `call close()`, `after 5 s`.' },
    {
      type: 'object',
      required: ['signal'],
      properties: {
        signal: { type: 'string' },
        args: { type: 'object' },
        to: { type: 'string', description: 'The lifeline, of an interaction.' },
      },
      additionalProperties: false,
    },
    {
      type: 'object',
      required: ['call'],
      properties: { call: { type: 'string' }, args: { type: 'object' } },
      additionalProperties: false,
    },
    {
      type: 'object',
      required: ['after'],
      properties: { after: { type: 'string', description: 'A duration: "5 s".' } },
      additionalProperties: false,
    },
  ],
};

const example = {
  type: debugType,
  request: 'launch',
  name: 'Debug machine',
  program: '$' + '{file}',
  machine: 'Order',
  arguments: {},
  events: ['after 5 s'],
  stopOnEntry: true,
};

export const debuggerContribution = {
  type: debugType,
  label: 'Pollux',
  languages: ['twin'],
  configurationAttributes: {
    launch: {
      properties: {
        program: {
          type: 'string',
          description: 'The .twin file; the one in front where absent.',
          default: '$' + '{file}',
        },
        machine: { type: 'string', description: 'The state machine, by its own or its qualified name.' },
        interaction: {
          type: 'string',
          description: 'Instead of a machine: the interaction, by its own or its qualified name.',
        },
        test: { type: 'string', description: 'Instead of a machine: the test, by its own or its qualified name.' },
        arguments: {
          type: 'object',
          description:
            'Values of the machine’s or interaction’s parameters by name; others stay absent. A duration is a text: "5 s".',
        },
        events: {
          description: 'What happens to the instance, in order: a list, or the name of a JSON file that holds one.',
          anyOf: [{ type: 'string' }, { type: 'array', items: event }],
        },
        stopOnEntry: { type: 'boolean', description: 'Stop before the first transition.', default: true },
      },
    },
  },
  initialConfigurations: [example],
  configurationSnippets: [
    {
      label: 'Pollux: Debug machine',
      description: 'Step through a state machine, forwards and back.',
      body: { ...example, program: '^"\\$' + '{file}"' },
    },
    {
      label: 'Pollux: Debug interaction',
      description: 'Step through an interaction message by message, forwards and back.',
      body: {
        type: debugType,
        request: 'launch',
        name: 'Debug interaction',
        program: '^"\\$' + '{file}"',
        interaction: 'Checkout',
        arguments: {},
        events: ['given Bank.charge returns false'],
        stopOnEntry: true,
      },
    },
  ],
} as const;
