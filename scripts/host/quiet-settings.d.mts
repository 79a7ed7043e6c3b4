export const quietSettings: Readonly<Record<string, unknown>>;
export const testSettings: Readonly<Record<string, unknown>>;
