export const languagePage: string;
export function languageReference(page: string): Promise<string>;
