import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Size } from "./charts";
import { Disclosure } from "./Disclosure";

type Charts = typeof import("./charts");

/** The height of a chart with a row for each of so many names. */
export const rowsHeight = (rows: number) => 40 + rows * 24;

/** A chart with the numbers behind it, as a table that opens. */
export function Chart({ title, height, draw, children }: {
  title: string;
  /** The height in pixels, which is kept free until the chart is drawn. */
  height: number;
  draw: (charts: Charts, size: Size) => HTMLElement | SVGElement;
  children: ComponentChildren;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [charts, setCharts] = useState<Charts>();
  useEffect(() => {
    const sizes = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    // A chart is drawn when its reader comes near it.
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      import("./charts").then(setCharts, () => {});
    }, { rootMargin: "300px" });
    if (place.current) {
      sizes.observe(place.current);
      sight.observe(place.current);
    }
    return () => {
      sizes.disconnect();
      sight.disconnect();
    };
  }, []);
  useEffect(() => {
    if (!charts || !width) return;
    const drawn = draw(charts, { width, height });
    // The picture has a name, and its numbers a table: its parts have nothing to add.
    drawn.setAttribute("aria-hidden", "true");
    place.current?.replaceChildren(drawn);
  }, [charts, width, height, draw]);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <div class="chart" role="img" aria-label={`${title}. The numbers stand in the table below.`} style={{ minHeight: `${height}px` }} ref={place} />
      <Disclosure summary="The numbers">{children}</Disclosure>
    </figure>
  );
}
