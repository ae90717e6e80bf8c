// Rows of cells as aligned lines; `sides` has a letter for each column, `l` or `r`.
export function columns(sides: string, rows: string[][]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const pad = (cell: string, column: number) =>
    sides[column] === "r" ? cell.padStart(width(column)) : cell.padEnd(width(column));
  return rows.map((row) => `  ${row.map(pad).join("  ")}`.trimEnd());
}
