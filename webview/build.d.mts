/** Writes `page.js` and `page.css` into the folder `outdir`. */
export function buildWebview(options: { readonly outdir: string; readonly minify?: boolean }): Promise<void>;
