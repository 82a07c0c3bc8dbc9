import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", ".venv-tools/", "components/frontend/vendor/"] },
  js.configs.recommended,
  {
    files: ["components/frontend/**/*.js", "bench/*.js", "tests/browser/*.js"],
    languageOptions: { globals: globals.browser },
  },
  { files: ["tests/frontend/**/*.js"], languageOptions: { globals: globals.nodeBuiltin } },
  {
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", 300],
      "no-implicit-globals": "error",
      "no-param-reassign": "error",
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-use-before-define": ["error", { functions: false, classes: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
];
