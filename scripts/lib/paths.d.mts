export const root: string;
export const cache: string;
export const vsix: string;
export const screenshots: string;
