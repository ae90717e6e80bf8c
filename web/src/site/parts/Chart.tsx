import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

type Charts = typeof import("./charts");

/** A chart with the numbers behind it, as a table that opens. */
export function Chart({ title, draw, children }: {
  title: string;
  draw: (charts: Charts, width: number) => HTMLElement | SVGElement;
  children: ComponentChildren;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [charts, setCharts] = useState<Charts>();
  useEffect(() => {
    import("./charts").then(setCharts, () => {});
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!charts || !width) return;
    const drawn = draw(charts, width);
    // The picture has a name, and its numbers a table: its parts have nothing to add.
    drawn.setAttribute("aria-hidden", "true");
    place.current?.replaceChildren(drawn);
  }, [charts, width, draw]);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <div class="chart" role="img" aria-label={`${title}. The numbers stand in the table below.`} ref={place} />
      <details><summary>The numbers</summary>{children}</details>
    </figure>
  );
}
