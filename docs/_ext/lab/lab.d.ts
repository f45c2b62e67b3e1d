// The types of the lab's page; those of its models are in models.d.ts.

interface Settings {
  peak: number; noise: number; curvature: number; // of the noisy quadratic
  netPeak: number; seed: number; scale: number; // of the network
  size: string; length: number; // of the law: the model, and its updates
  exercise: number;
}
interface LabState extends Settings { schedules: Schedule[]; changed(): void }
interface PenSettings {
  at(event: PointerEvent): Point; heights(): Float64Array; draw(schedule: Schedule): void; lift(): void;
}
interface Results { loss: number; way?: number; noise?: number; accuracy?: number }
interface Panel {
  show(curves: Float64Array[], isDragged: boolean): void; // the heights of each schedule, none where it has an error
  redraw(): void;
  results(): Results[];
}
// What the panels use of the page.
interface Context {
  names(): string[];
  heights(schedule: number): Float64Array;
  follow(schedule: number, to: Schedule): Promise<void>; // draws a schedule that changes on
  improving?: HTMLButtonElement; // which button is making steps; any change ends these
  mark(iteration: number): void;
  finished(): void; // the network has
}
interface Line { x?: ArrayLike<number>; y: ArrayLike<number>; colour: number; dash?: string }
interface Plot {
  width: number; height: number; lines: Line[];
  x: [start: number, end: number]; y: [low: number, high: number];
  isLog?: boolean; isLogX?: boolean; xName: string; label: string;
  bars?: { from: number; to: number; colour: number }[];
  at?: number; // a line across
}
interface Recording {
  curve: Float64Array; settings: string; // what was trained
  canvas: HTMLCanvasElement; caption: HTMLElement;
  losses: number[]; weights: Float32Array[]; // every 20 iterations
  loss?: number; accuracy?: number; // after training
}
interface TrainRequest { run: number; seed: number; scale: number; rates: Float64Array[] }
type TrainMessage = { run: number } & (
  | { index: number; loss: number; weights: Float32Array }
  | { index: number; end: [loss: number, accuracy: number] }
  | { error: string });
interface Row { place: HTMLElement; isDrawing(isOn: boolean): void; show(found: Found): void }
interface RowSettings {
  shapes: Record<string, string>; length: number; explore: string;
  schedule(): Schedule; name(): string;
  replace(schedule: Schedule, label: string): void;
  draw(): void; remove?: () => void;
}
interface Lesson { show(): void }
interface Exercise {
  title: string; section: string; question: string; guesses: string[]; right: number; why: string;
  settings: Partial<LabState>; start: string[]; // schedules, by the names of the shapes
  goal: string; measure(panels: Panel[], curves: Float64Array[]): number; reached(measured: number): boolean; said: string;
}
interface LessonSettings {
  panels: Panel[]; shapes: Record<string, string>;
  curves(): Float64Array[]; begin(schedules: Schedule[], settings: Partial<LabState>): void;
}

interface Lab {
  base: string; load(file: string): Promise<unknown>; // load.js
  DASHES: string[]; plot(settings: Plot): string; // plot.js
  short(number: number, digits?: number): string; // panel.js
  decimal(number: number): string;
  number(name: string, meaning: string, reach: SliderReach, value: number, set: (number: number, change?: Change) => void): HTMLElement;
  table(place: HTMLElement, caption: string, heads: string[], rows: { colour?: number; cells: string[] }[]): void;
  caption(index: number, name: string): HTMLElement;
  place(name: string): HTMLElement;
  knots(heights: Float64Array): Schedule; // draw.js
  stroke(heights: Float64Array, from: Point, to: Point): void;
  row(index: number, settings: RowSettings): Row; // row.js
  names: { DRAWN: string; OWN: string };
  improver(objective: "quadratic" | "law", state: LabState, context: Context): HTMLElement; // improver.js
  pen(chart: HTMLElement, settings: PenSettings): (isOn: boolean) => void; // pen.js
  MOST: number; INITIAL: Settings; REACH: Record<string, [low: number, high: number]>; LENGTHS: number[]; // address.js
  read(fragment: string): Settings & { schedules: Schedule[] };
  address(state: LabState): string;
  WARMUP: number; // prediction.js
  noise(state: LabState, context: Context): Panel; // noise.js
  work(request: TrainRequest, report: (message: TrainMessage) => void, isLate: (run: number) => boolean): Promise<void>; // trainer.js
  train(request: TrainRequest, told: (message: TrainMessage) => void): void; // train.js
  training(state: LabState, context: Context): Panel; // training.js
  prediction(state: LabState, context: Context): Panel;
  exercises: Exercise[];
  lesson(state: LabState, settings: LessonSettings): Lesson; // lesson.js
  start(): void; // lab.js
}
