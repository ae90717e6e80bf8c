// Where the venues of a Games lie. Venues close together share a mark, and a mark has a name where there is room for one.

export type Place = { name: string; longitude: number; latitude: number };

/** A mark at pixels from the left and the top, with the names of its venues. */
export type Mark = { x: number; y: number; radius: number; names: string[]; label?: Label };
type Label = { text: string; x: number; y: number; anchor: "start" | "middle" | "end" };
type Box = { left: number; right: number; top: number; bottom: number };
type Point = { x: number; y: number };

/** Kilometres for each degree of latitude. */
const DEGREE = 111.2;
const EDGE = 24;
/** Marks closer than this become one, in pixels. */
const APART = 14;
/** The longest label, in letters, and the most that a letter takes on average, in pixels. */
const LETTERS = 30;
const LETTER = { width: 7.4, height: 14 };
/** Venues this far from the middle one are always on the map, in kilometres. */
const REACH = 65;

const median = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y);

/** The places in kilometres to the east and the north. */
function toKilometres(places: Place[]): Point[] {
  const longitudeScale = Math.cos((median(places.map(({ latitude }) => latitude)) * Math.PI) / 180);
  return places.map(({ longitude, latitude }) => ({ x: longitude * DEGREE * longitudeScale, y: latitude * DEGREE }));
}

/** The places that lie together, and those too far away for a map of these, the nearest first. */
export function nearAndFar<P extends Place>(places: P[]): { near: P[]; far: { place: P; kilometres: number }[] } {
  const points = toKilometres(places);
  const centre = { x: median(points.map(({ x }) => x)), y: median(points.map(({ y }) => y)) };
  const all = places.map((place, index) => ({ place, kilometres: distance(centre, points[index] ?? centre) }));
  const thirdQuartile = all.map(({ kilometres }) => kilometres).sort((one, other) => one - other)[Math.floor(0.75 * (all.length - 1))] ?? 0;
  const reach = Math.max(REACH, 2.5 * thirdQuartile);
  return {
    near: all.filter(({ kilometres }) => kilometres <= reach).map(({ place }) => place),
    far: all.filter(({ kilometres }) => kilometres > reach).sort((one, other) => one.kilometres - other.kilometres),
  };
}

/** The marks on a map of a size, and how many pixels a kilometre takes. The names of the host cities tell nothing on it. */
export function marksOf(places: Place[], cities: string[], { width, height }: { width: number; height: number }): { marks: Mark[]; kilometre: number } {
  const points = toKilometres(places);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // Two places may be one point.
  const kilometre = Math.min((width - 2 * EDGE) / Math.max(east - west, 1), (height - 3 * EDGE) / Math.max(north - south, 1));
  const left = (width - (east - west) * kilometre) / 2;
  const top = (height - EDGE - (north - south) * kilometre) / 2;
  const marks: Mark[] = [];
  points.forEach(({ x, y }, index) => {
    const at = { x: left + (x - west) * kilometre, y: top + (north - y) * kilometre };
    const name = places[index]?.name ?? "";
    const near = marks.find((mark) => distance(mark, at) < APART);
    if (near) near.names.push(name);
    else marks.push({ ...at, radius: 4, names: [name] });
  });
  for (const mark of marks) mark.radius = 3 + Math.sqrt(mark.names.length);
  label(marks, cities, { width, height });
  return { marks, kilometre };
}

/** Gives names to the marks, those of most venues first, where there is room. */
function label(marks: Mark[], cities: string[], { width, height }: { width: number; height: number }) {
  const taken: Box[] = marks.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  for (const mark of [...marks].sort((one, other) => other.names.length - one.names.length)) {
    const text = nameOf(mark.names, cities);
    const [away, long] = [mark.radius + 4, text.length * LETTER.width];
    const centred = Math.min(Math.max(mark.x, long / 2), width - long / 2);
    const places: Label[] = [
      { text, x: centred, y: mark.y - away - LETTER.height / 2, anchor: "middle" },
      { text, x: centred, y: mark.y + away + LETTER.height / 2, anchor: "middle" },
      { text, x: mark.x + away, y: mark.y, anchor: "start" },
      { text, x: mark.x - away, y: mark.y, anchor: "end" },
    ];
    for (const place of places) {
      const start = { start: place.x, middle: place.x - long / 2, end: place.x - long }[place.anchor];
      const box = { left: start, right: start + long, top: place.y - LETTER.height / 2, bottom: place.y + LETTER.height / 2 };
      const fits = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height - EDGE;
      if (!fits || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      mark.label = place;
      break;
    }
  }
}

const overlap = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** One name for venues that share a mark: the park that several are in, or else the first. Of a name the part before the comma. */
function nameOf(names: string[], cities: string[]): string {
  const parks = names.flatMap((name) => name.split(", ").slice(1)).filter((part) => !cities.includes(part));
  const times = (park: string) => parks.filter((other) => other === park).length;
  const park = parks.filter((park) => times(park) > 1).sort((one, other) => times(other) - times(one))[0];
  const name = park ?? names[0]?.split(", ")[0] ?? "";
  const short = name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
  return names.length > 1 ? `${short} (${names.length})` : short;
}

/** The smallest round number of kilometres that takes 60 pixels. */
export const scaleBar = (kilometre: number) => [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].find((length) => length * kilometre >= 60) ?? 1000;
