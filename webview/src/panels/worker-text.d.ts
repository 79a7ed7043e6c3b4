/** The build bundles the worker's program as text. */
declare module 'elkjs/lib/elk-worker.min.js' {
  const source: string;
  // biome-ignore lint/style/noDefaultExport: the shape of a module bundled as text
  export default source;
}
