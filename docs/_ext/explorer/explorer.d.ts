// The types that the scripts share. They are no modules, since a page that was opened from disk
// may not load modules: each script adds its functions to the global `explorer`.

// A schedule as a config in which each number is the text that the reader typed.
interface Schedule { type: string; [parameter: string]: Value }
type Value = string | Value[] | Schedule;

// What is shown. All but the schedules are texts that the reader typed, or "" for the default: the
// last iteration, the iterations of the table, what the x-axis counts and how many of these are
// one of those, "log" for a logarithmic y-axis, and the framework of the code.
interface State { schedules: Schedule[]; last: string; iterations: string; x: string; per: string; y: string; code: string }

// The schedules of the menu, which menu.py writes.
interface Entry { start: Schedule; parameters: Record<string, Parameter>; reference: string }
interface Parameter {
  label?: string;
  help?: string;
  default?: string;
  empty?: string; // what an empty field means
  choices?: string[];
  names?: Record<string, string>; // of the choices
  other?: boolean; // a number or a list, too
  slider?: SliderReach;
  list?: boolean;
  schedule?: boolean;
  schedules?: boolean;
}
type SliderReach = [low: number, high: number, step: number, isLog: boolean, hasZero: boolean];

// What Python is asked and what it answers: see page/answer.py.
interface ExplorerRequest extends State {
  want?: string[]; width?: number; height?: number; points?: number; high?: string; reach?: number;
  before?: (Schedule | null)[]; isDragged?: boolean; direct?: boolean;
}
interface Found { code?: Record<string, string>; expression?: string; config?: string; error?: string; path?: string }
interface ExplorerResponse {
  schedules: Found[];
  valid: number[];
  errors: { last?: string; per?: string; iterations?: string };
  last: number;
  iterations?: number[];
  rates?: string[][];
  short?: string[][];
  chart?: string;
  handles?: Handle[][];
  table?: string;
}
// A point of a curve that the reader moves: see page/shape.py.
interface Handle {
  name: string; t: number; rate: number; low: number; high: number | null; from?: number;
  x: [name: string, index?: number] | null;
  y: [name: string, index?: number] | null;
  at: (string | number)[]; time_scale: number; shift: number; rate_scale: number;
}
interface EditRequest {
  read?: string; wrap?: string; start?: Schedule; schedule?: Value;
  fit?: Schedule; length?: number; last?: number;
}
interface EditResponse { config?: Schedule; error?: string }
interface SampleRequest { sample: Schedule; length: number; step: number }
interface Sample extends Found { rates?: number[]; handles?: Handle[] }

// How a control changed: dragged, a point dropped, or typed where its form must not be drawn again.
interface Change { isDragged?: boolean; isDropped?: boolean; isTyped?: boolean }
type OnChange = (change?: Change) => void;
type Child = Node | false | null | undefined | "";

interface Explorer {
  // load.js
  base: string;
  load(file: string): Promise<unknown>;
  // menu.js
  menu: Record<string, Record<string, Entry>>;
  presets: Record<string, Record<string, [state: string, source: string]>>;
  // client.js
  RequestError: ErrorConstructor;
  send(request: ExplorerRequest): Promise<ExplorerResponse>;
  send(request: EditRequest): Promise<EditResponse>;
  send(request: SampleRequest): Promise<Sample>;
  // latest.js
  latest(work: () => Promise<void>): () => Promise<void>;
  // url.js
  MOST: number;
  encode(value: Value): string;
  hash(state: State): string;
  parseState(text: string): State;
  // dom.js
  COLOURS: number;
  swatch(index: number): SVGElement;
  find<E extends Element = HTMLElement>(root: ParentNode, selector: string): E;
  make<K extends keyof HTMLElementTagNameMap>(
    tag: K, properties?: Record<string, unknown>, ...children: Child[]): HTMLElementTagNameMap[K];
  button(text: string, onclick: () => void, properties?: Record<string, unknown>): HTMLButtonElement;
  options(names: string[], chosen: string, texts?: Record<string, string>): HTMLOptionElement[];
  labelled(name: string, input: HTMLElement, meaning?: string, ...more: Child[]): HTMLElement;
  sentence(text: string): string;
  message(): HTMLElement;
  download(content: Blob, name: string): void;
  showError(text: string, control: HTMLElement): void;
  showErrorAt(card: HTMLElement, path: string | undefined, text: string): void;
  clearErrors(root: HTMLElement): void;
  // slider.js
  numberOf(text: string): number;
  textOf(number: number): string;
  slider(name: string, input: HTMLInputElement, reach: () => SliderReach, set: (text: string, change?: Change) => void): HTMLInputElement;
  // forms.js
  entries: Record<string, Entry>;
  entry(type: string): Entry;
  chosen(type: string, previous: Value): Promise<Schedule>;
  form(schedule: Value, path: string, settings: FormSettings): HTMLFieldSetElement;
  // card.js
  card(index: number, settings: CardSettings): Card;
  // code.js
  codePanel(names: () => string[], copyText: CopyText, chose: (framework: string) => void): {
    panel: HTMLElement; choose(framework: string): void; show(texts: (Record<string, string> | undefined)[]): void;
  };
  // view.js
  view(chart: HTMLElement, settings: ViewSettings): View;
  moved(schedule: Schedule, handle: Handle, to: Point, changed?: (parameter: string, value: Value) => void): void;
  withoutKnot(schedule: Schedule, handle: Handle): void;
  savePicture(state: State, kind: "svg" | "png", page: HTMLElement): Promise<void>;
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

interface CardSettings {
  schedule(): Schedule;
  store(schedule: Schedule): void;
  changed: OnChange;
  refused(error: string): void; // a text that is no schedule
  reference?: string;
  remove?: () => void;
}
interface Card { place: HTMLElement; draw(): void; follow(at: Handle["at"], name: string, value: Value): void; show(found: Found): void }

type CopyText = (pressed: HTMLButtonElement, text: string, select: () => void) => Promise<void>;
type Point = { t: number; rate: number };
interface ViewSettings {
  unit(): number;
  ask(iteration: number): Promise<{ index: number; rate: string }[]>;
  move(schedule: number, handle: Handle, to: Point, change: Change): void;
  release(): void;
  removeKnot(schedule: number, handle: Handle): void;
}
interface View {
  marker: HTMLElement;
  high(): string;
  last(): number;
  at(event: PointerEvent): Point;
  raise(schedule: number): void;
  draw(svg: string, found: { handles?: Handle[][]; time(iteration: number): string }): void;
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
