/** A name that is not taken yet: the one that is wanted, or that with a number. */
export function freeName(taken: { has(name: string): boolean }, wanted: string): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}
