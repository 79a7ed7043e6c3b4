export const problemPagesFolder: string;
export function problemPages(): Readonly<Record<string, string>>;
