// Dates, numbers and marks in English.
const numbers = new Intl.NumberFormat("en");
const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

export const number = (value: number) => numbers.format(value);
export const percent = (share: number) => `${Math.round(share * 100)} %`;
export const day = (date: string) => days.format(new Date(`${date}T00:00:00Z`));
export const dayInYear = (month: number, of: number) => dayOfYear.format(new Date(Date.UTC(2000, month - 1, of)));
export const count = (value: number, one: string, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** From one day to another, in as few words as do. */
export function period(from: string | null | undefined, till: string | null | undefined): string {
  if (!from || !till) return from ? `from ${day(from)}` : "";
  return days.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${till}T00:00:00Z`));
}

/** Unbroken runs of Games: "1896–1904, 2024". */
export const years = (spans: { firstYear: number; lastYear: number }[]) =>
  spans.map(({ firstYear, lastYear }) => (firstYear === lastYear ? String(firstYear) : `${firstYear}–${lastYear}`)).join(", ");

export const medal = { GOLD: "Gold", SILVER: "Silver", BRONZE: "Bronze" } as const;
export type Medal = keyof typeof medal;

/** A list such as "Ann, Bob and Cleo". */
export const list = (words: string[]) => new Intl.ListFormat("en", { type: "conjunction" }).format(words);

/** The name of a Games without what all of them are called, for narrow columns: "2016 Summer". */
export const short = (games: string) => games.replace(/ Olympics$/, "");
