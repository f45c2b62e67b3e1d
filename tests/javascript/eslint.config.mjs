import js from "@eslint/js";
import globals from "globals";

const names = ["__BRYTHON__", "brython", "explorer", "importScripts", "lab", "startPython"];
const ours = Object.fromEntries(names.map((name) => [name, "readonly"]));

export default [
  js.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...ours }, sourceType: "script" } },
];
