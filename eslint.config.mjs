import { existsSync, readdirSync, readFileSync } from "node:fs";
import js from "@eslint/js";
import globals from "globals";

// The assets are joined into one classic script: what one file declares, the others may use.
const assets = new URL("frontgis/render/assets/", import.meta.url);
const declared = /^(?:async )?(?:function|const|let|class) (\w+)/gm;
const files = existsSync(assets) ? readdirSync(assets).filter((name) => name.endsWith(".js")) : [];
const shared = files.flatMap((name) => [...readFileSync(new URL(name, assets), "utf8").matchAll(declared)]);

const markup = { message: "Text from data goes through textContent." };

export default [
  { ignores: ["**/vendor/**", ".venv/**", ".cache/**"] },
  js.configs.recommended,
  {
    files: ["frontgis/render/assets/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "script",
      globals: {
        ...globals.browser,
        L: "readonly",
        ...Object.fromEntries(shared.map(([, name]) => [name, "readonly"])),
      },
    },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-redeclare": ["error", { builtinGlobals: false }],
      "no-unused-vars": ["error", { vars: "local" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", ...markup },
        { property: "outerHTML", ...markup },
        { property: "insertAdjacentHTML", ...markup },
      ],
    },
  },
];
