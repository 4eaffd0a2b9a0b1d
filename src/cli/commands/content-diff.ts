export const contentDiff = (_args: readonly string[], _io: unknown): Promise<number> => Promise.resolve(1);
