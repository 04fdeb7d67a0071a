import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/vendor/**", "**/*.min.js", ".venv/**", ".cache/**", "site/**", "dist/**"] },
  js.configs.recommended,
  {
    files: ["frontgis/render/assets/**/*.js"],
    languageOptions: { ecmaVersion: 2022, globals: { ...globals.browser, L: "readonly" } },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text from data goes through textContent." },
        { property: "outerHTML", message: "Text from data goes through textContent." },
        { property: "insertAdjacentHTML", message: "Text from data goes through textContent." },
      ],
    },
  },
];
