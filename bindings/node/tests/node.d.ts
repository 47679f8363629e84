// The little of Node that types.ts uses.
declare const process: { exit(code: number): never };
