import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** Something that is made when its reader opens it. */
export function Disclosure({ summary, children }: { summary: string; children: ComponentChildren }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children}
    </details>
  );
}
