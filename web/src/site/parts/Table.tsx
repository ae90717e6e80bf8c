import type { ComponentChildren } from "preact";
import { number } from "../words";

/** A column: its heading, and whether it holds numbers. */
export type Column = string | { name: string; numeric: true; short?: string };

/** The columns of medals, and their cells. */
export const TALLY: Column[] = [{ name: "Gold", numeric: true }, { name: "Silver", numeric: true }, { name: "Bronze", numeric: true }, { name: "Total", numeric: true }];
export type Tally = { gold: number; silver: number; bronze: number; total: number };
export const tally = ({ gold, silver, bronze, total }: Tally) => [number(gold), number(silver), number(bronze), <strong key="total">{number(total)}</strong>];

/** A table that scrolls sideways where it is too wide. The first cell of a row that is no number heads it. */
export function Table({ caption, columns, rows, hideCaption = false }: {
  caption: string;
  columns: Column[];
  rows: ComponentChildren[][];
  hideCaption?: boolean;
}) {
  const numeric = columns.map((column) => typeof column !== "string");
  const heading = numeric.indexOf(false);
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class={hideCaption ? "hidden" : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, place) => (
              <th key={place} scope="col" class={numeric[place] ? "number" : undefined}>
                {typeof column === "string" ? column : column.short ? <abbr title={column.name}>{column.short}</abbr> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>{row.map((cell, place) => place === heading
              ? <th key={place} scope="row">{cell}</th>
              : <td key={place} class={numeric[place] ? "number" : undefined}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
