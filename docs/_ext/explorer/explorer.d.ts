// The types that the scripts share. They are no modules, since a page that was opened from disk
// may not load modules: each script adds its functions to the global `explorer`.

// A schedule as a config in which each number is the text that the reader typed.
interface Schedule { type: string; [parameter: string]: Value }
type Value = string | Value[] | Schedule;

interface State { schedules: Schedule[]; last: string; iterations: string }

// The schedules of the menu, which menu.py writes.
interface Entry { start: Schedule; parameters: Record<string, Parameter>; reference: string }
interface Parameter {
  help?: string;
  default?: string;
  choices?: string[];
  suggestions?: string[];
  slider?: [low: number, high: number, step: number];
  list?: boolean;
  schedule?: boolean;
  schedules?: boolean;
}

// What Python is asked and what it answers: see page/answer.py.
interface ExplorerRequest extends State {
  width?: number;
  high?: string;
  want?: ("chart" | "table" | "code")[];
  points?: number;
}
interface ExplorerResponse {
  schedules: { code?: Record<string, string>; config?: string; error?: string; path?: string }[];
  valid: number[];
  errors: { last?: string; iterations?: string };
  last?: number;
  iterations?: number[];
  rates?: string[][];
  chart?: string;
  table?: string;
}

// How a control changed: dragged by a slider, or typed where its form must not be drawn again.
interface Change { isDragged?: boolean; isTyped?: boolean }
type OnChange = (change?: Change) => void;
type Child = Node | false | null | undefined | "";

interface Explorer {
  // load.js
  base: string;
  load(file: string): Promise<unknown>;
  // menu.js
  menu: Record<string, Record<string, Entry>>;
  // client.js
  RequestError: ErrorConstructor;
  send(request: ExplorerRequest): Promise<ExplorerResponse>;
  // url.js
  MOST: number;
  encode(value: Value): string;
  hash(state: State): string;
  parseState(text: string): State;
  // dom.js
  find<E extends Element = HTMLElement>(root: ParentNode, selector: string): E;
  make<K extends keyof HTMLElementTagNameMap>(
    tag: K, properties?: Record<string, unknown>, ...children: Child[]): HTMLElementTagNameMap[K];
  button(text: string, onclick: () => void, properties?: Record<string, unknown>): HTMLButtonElement;
  options(names: string[], chosen: string): HTMLOptionElement[];
  labelled(name: string, input: HTMLElement, ...more: Child[]): HTMLElement;
  download(text: string, type: string, name: string): void;
  showError(place: HTMLElement, text: string): void;
  showErrorAt(card: HTMLElement, path: string | undefined, text: string): void;
  clearErrors(root: HTMLElement): void;
  // forms.js
  entries: Record<string, Entry>;
  entry(type: string): Entry;
  chosen(type: string, previous: Value): Schedule;
  form(schedule: Value, path: string, settings: FormSettings): HTMLFieldSetElement;
  // explorer.js
  show(widget: HTMLElement): void;
}

interface FormSettings {
  legend: string;
  changed: OnChange;
  replace(value: Value, change?: Change): void;
  memory: Record<string, Value>; // what each type of schedule was before another was chosen
  mayBeNumber?: boolean;
  tools?: Child[];
}

declare var explorer: Explorer;

// worker.js, and what it runs in
declare var startPython: () => (request: string) => { response?: string; error?: string };
declare var __BRYTHON__: any;
declare function brython(options: object): void;
declare function importScripts(...files: string[]): void;

// What Sphinx's search has, and the options of a page.
declare const Search: {
  _index: { docnames: string[]; indexentries: Record<string, [number, string, boolean][]> };
};
declare class Stemmer { stemWord(word: string): string }
declare const splitQuery: (query: string) => string[];
declare const stopwords: Set<string>;
declare const DOCUMENTATION_OPTIONS: { search_as_you_type?: boolean };
