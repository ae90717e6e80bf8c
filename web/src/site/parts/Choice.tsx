/** A choice of one of a few, as a labelled menu. */
export function Choice<T extends string>({ label, value, choose, options }: {
  label: string;
  value: T;
  choose: (value: T) => void;
  options: [value: T, word: string][];
}) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value as T)}>
        {options.map(([value, word]) => <option key={value} value={value}>{word}</option>)}
      </select>
    </label>
  );
}
