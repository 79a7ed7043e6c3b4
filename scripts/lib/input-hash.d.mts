export function hashOf(inputs: readonly string[]): string;
export function whenChanged(
  stamp: string,
  inputs: readonly string[],
  outputs: readonly string[],
  make: () => Promise<unknown>,
): Promise<boolean>;
