// What `npm run lint` checks: mistakes, not style.
import js from "@eslint/js";

const node = [
  "AbortController", "AbortSignal", "Buffer", "URL", "clearInterval", "clearTimeout", "console",
  "process", "setImmediate", "setInterval", "setTimeout", "structuredClone",
];

export default [
  { ignores: ["lib/generated/", "native/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: Object.fromEntries(node.map((name) => [name, "readonly"])) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
