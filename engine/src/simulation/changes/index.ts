export { asDeployed } from './as-deployed.ts';
export { Changes } from './changes.ts';
export { costVariants, versionsIn, withAllInputs } from './cost-variants.ts';
export { mayChange } from './may-change.ts';
export { roomFor } from './room.ts';
