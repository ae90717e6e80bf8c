import { medal as words, type Medal } from "../words";

/** A medal as a coloured disc with its word. */
export function MedalMark({ medal, short = false }: { medal: string; short?: boolean }) {
  const word = words[medal as Medal] ?? medal;
  return (
    <span class="medal">
      <span class={`disc ${medal.toLowerCase()}`} aria-hidden="true" />
      <span class={short ? "hidden" : undefined}>{word}</span>
    </span>
  );
}
