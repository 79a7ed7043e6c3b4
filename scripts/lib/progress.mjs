/** One line a step, with its time: `✔ page bundle (0.8 s)`; a text that the step answers goes into it. */
export async function step(name, action) {
  const started = Date.now();
  const live = process.stdout.isTTY;
  if (live) process.stdout.write(`… ${name}`);
  const line = (mark, note) => {
    const text = `${mark} ${name}${note === undefined ? '' : ` – ${note}`} (${((Date.now() - started) / 1000).toFixed(1)} s)`;
    process.stdout.write(`${live ? '\r\u001b[K' : ''}${text}\n`);
  };
  try {
    const result = await action((message) => {
      if (live) process.stdout.write(`\r\u001b[K… ${name}: ${message}`);
      else process.stdout.write(`  ${message}\n`);
    });
    line('✔', typeof result === 'string' ? result : undefined);
    return result;
  } catch (error) {
    line('✘');
    throw error;
  }
}
