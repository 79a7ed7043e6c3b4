/** Waits for what the host does in its own time. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  limit_ms = 20_000,
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + limit_ms;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== null && found !== false) return found as Exclude<T, false | null | undefined>;
    if (Date.now() > end) throw new Error(`not within ${limit_ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
