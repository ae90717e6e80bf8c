// The charts, drawn by Observable Plot. This module is loaded when the first chart is shown.
import { axisX, barX, barY, dot, gridY, line, plot, pointer, pointerX, ruleX, ruleY, text, tip } from "@observablehq/plot";
import { type Mark, marksOf, type Place, scaleBar } from "./venueMap";

type Drawn = HTMLElement | SVGElement;

/** How large a chart is, in pixels. */
export type Size = { width: number; height: number };

const colours = { domain: ["Gold", "Silver", "Bronze"], range: ["var(--gold)", "var(--silver)", "var(--bronze)"] };
// "Gold" alone would be taken for the colour of that name.
const medal = { value: "medal", scale: true };

/** Room for names at the left: as much as they need, but not half of the chart. What is longer is cut. */
const room = (names: string[], width: number) => Math.min(Math.max(...names.map((name) => name.length)) * 6.6 + 12, width * 0.42);
const cut = (names: string[], width: number) => {
  const letters = Math.floor((room(names, width) - 12) / 6.6);
  return (name: string) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name);
};
const year = (value: number) => String(value);

export type Step = { date: Date; value: number; text: string; who: string };

/** Records: each stands until the next. `format` writes a value as a mark. */
export function steps(marks: Step[], format: (value: number) => string, size: Size): Drawn {
  return plot({
    ...size, marginLeft: 60,
    x: { type: "utc", label: null }, y: { label: null, tickFormat: format, grid: true, zero: false },
    marks: [
      line(marks, { x: "date", y: "value", curve: "step-after", stroke: "var(--accent)", strokeWidth: 2 }),
      dot(marks, { x: "date", y: "value", fill: "var(--accent)", r: 3 }),
      tip(marks, pointerX({ x: "date", y: "value", title: (mark: Step) => `${mark.text}\n${mark.who}\n${mark.date.getUTCFullYear()}` })),
    ],
  });
}

export type Bar = { name: string; value: number; text: string };

/** One bar for each name, the longest as wide as the chart. */
export function bars(bars: Bar[], size: Size): Drawn {
  const names = bars.map(({ name }) => name);
  return plot({
    ...size, marginLeft: room(names, size.width), marginRight: 60, marginTop: 4,
    x: { axis: null }, y: { label: null, domain: names, tickSize: 0, tickFormat: cut(names, size.width) },
    marks: [
      barX(bars, { x: "value", y: "name", fill: "var(--accent)", insetTop: 3, insetBottom: 3 }),
      text(bars, { x: "value", y: "name", text: "text", textAnchor: "start", dx: 5, fill: "currentColor" }),
      ruleX([0]),
    ],
  });
}

export type MedalsOf = { name: string; gold: number; silver: number; bronze: number };

const byColour = (rows: MedalsOf[]) =>
  rows.flatMap(({ name, gold, silver, bronze }) => [
    { name, medal: "Gold", number: gold }, { name, medal: "Silver", number: silver }, { name, medal: "Bronze", number: bronze },
  ]);

/** Medals of each Games, stacked by colour. */
export function columns(rows: MedalsOf[], size: Size): Drawn {
  // As many years as have room below.
  const narrow = Math.ceil((rows.length * 40) / (size.width - 56));
  return plot({
    ...size, marginLeft: 36,
    x: { label: null, domain: rows.map(({ name }) => name) }, y: { label: null }, color: colours,
    marks: [
      gridY({ stroke: "currentColor", strokeOpacity: 0.12 }),
      barY(byColour(rows), { x: "name", y: "number", fill: medal, order: ["Bronze", "Silver", "Gold"], inset: 0.5 }),
      axisX(rows.filter((_, place) => place % narrow === 0).map(({ name }) => name), { tickSize: 0, label: null }),
      ruleY([0]),
    ],
  });
}

/** Medals of each sport, stacked by colour. */
export function stacks(rows: MedalsOf[], size: Size): Drawn {
  const names = rows.map(({ name }) => name);
  return plot({
    ...size, marginLeft: room(names, size.width),
    x: { label: null }, y: { label: null, domain: names, tickSize: 0, tickFormat: cut(names, size.width) }, color: colours,
    marks: [barX(byColour(rows), { x: "number", y: "name", fill: medal, order: ["Gold", "Silver", "Bronze"], insetTop: 3, insetBottom: 3 }), ruleX([0])],
  });
}

export type Won = { year: number; event: string; medal: string };

/** The medals of a career on a time line, a row for each event. */
export function career(won: Won[], size: Size): Drawn {
  const events = [...new Set(won.map(({ event }) => event))];
  const years = won.map(({ year }) => year);
  return plot({
    ...size, marginLeft: room(events, size.width),
    x: { domain: [Math.min(...years) - 1, Math.max(...years) + 1], ticks: [...new Set(years)], tickFormat: year, label: null, grid: true },
    y: { domain: events, label: null, tickSize: 0, tickFormat: cut(events, size.width) }, color: colours,
    marks: [dot(won, { x: "year", y: "event", fill: medal, stroke: "currentColor", strokeOpacity: 0.5, r: 7 })],
  });
}

/** Venues where they lie, with north at the top. */
export function map(places: Place[], cities: string[], size: Size): Drawn {
  const { marks, kilometre } = marksOf(places, cities, size);
  const length = scaleBar(kilometre);
  const [left, bottom] = [8, size.height - 10];
  const labels = marks.flatMap(({ label }) => (label ? [label] : []));
  const named = (anchor: "start" | "middle" | "end") =>
    text(labels.filter((label) => label.anchor === anchor), { x: "x", y: "y", text: "text", textAnchor: anchor, fill: "currentColor" });
  return plot({
    ...size, margin: 0,
    x: { type: "identity", axis: null }, y: { type: "identity", axis: null }, r: { type: "identity" },
    marks: [
      ruleY([bottom], { x1: left, x2: left + length * kilometre, stroke: "currentColor" }),
      text([`${length} km`], { x: left + length * kilometre + 6, y: bottom, textAnchor: "start", fill: "currentColor" }),
      dot(marks, { x: "x", y: "y", r: "radius", fill: "var(--accent)", fillOpacity: 0.85 }),
      named("start"), named("middle"), named("end"),
      tip(marks, pointer({ x: "x", y: "y", title: (mark: Mark) => mark.names.join("\n") })),
    ],
  });
}
