// The subgraph: what it adds to Podium's types, and how little it must know of them.
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";

const typeDefs = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@external", "@requires"])

  type Query {
    "The athletes with the most followers, the most followed first."
    mostFollowed(first: Int! = 3): [Athlete]!
    "The athletes that a reader has marked, in the reader's order; null for one that Podium does not know."
    favourites(slugs: [String!]!): [Athlete]!
  }

  # Podium's athletes. This subgraph owns one field and shares the key.
  type Athlete @key(fields: "slug") {
    slug: String!
    "How many readers follow the athlete. Invented, like every number of this example but the sun's."
    followers: Int!
  }

  # Podium's editions. The gateway asks Podium for the day and the place before it asks for the weather.
  type EventEdition @key(fields: "slug") {
    slug: String!
    startsOn: Date @external
    venue: Venue @external
    "The sun on the first day; null when the day or the place is unknown."
    weather: Weather @requires(fields: "startsOn venue { latitude longitude }")
  }

  type Venue {
    latitude: Float @external
    longitude: Float @external
  }

  scalar Date

  "What can be said of the weather from latitude, longitude and day alone: the sun. Clouds need a meteorological archive."
  type Weather {
    "From the rise of the sun's upper edge to its setting, on flat land, as a clock measures it: 0 to 24."
    daylightHours: Float!
    "How high the sun stands at noon, in degrees; below 0 when it does not rise."
    noonSunDegrees: Float!
  }
`);

const followers = new Map([
  ["bradley-wiggins", 48200],
  ["kristin-armstrong", 31500],
  ["chris-froome", 27900],
  ["viktor-an", 19400],
  ["niels-fredborg", 800],
]);

const resolvers = {
  Query: {
    // Keys are enough: the gateway asks Podium for the rest.
    mostFollowed: (_, { first }) => {
      const falling = [...followers].sort(([, a], [, b]) => b - a);
      return falling.slice(0, Math.max(0, first)).map(([slug]) => ({ slug }));
    },
    favourites: (_, { slugs }) => slugs.map((slug) => ({ slug })),
  },
  Athlete: { followers: ({ slug }) => followers.get(slug) ?? 0 },
  EventEdition: { weather: ({ startsOn, venue }) => sun(startsOn, venue?.latitude, venue?.longitude) },
};

export const schema = buildSubgraphSchema({ typeDefs, resolvers });

// The sun of that day's noon by the low-precision formulas of the Astronomical Almanac, good for minutes of daylight.
function sun(day, latitude, longitude) {
  if (day == null || latitude == null || longitude == null) return null;
  const degree = Math.PI / 180;
  const noon = Date.parse(`${day}T12:00:00Z`) / 86_400_000 - longitude / 360;
  const days = noon - Date.parse("2000-01-01T12:00:00Z") / 86_400_000;
  const anomaly = (357.528 + 0.9856003 * days) * degree;
  const mean = (280.46 + 0.9856474 * days) * degree;
  const ecliptic = mean + (1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * degree;
  const declination = Math.asin(Math.sin((23.439 - 0.0000004 * days) * degree) * Math.sin(ecliptic));
  const north = latitude * degree;
  // The upper edge shows when the centre is 50 minutes of arc below the horizon: half the disc, and the bending of light.
  const edge = Math.sin((-50 / 60) * degree) - Math.sin(north) * Math.sin(declination);
  // Beyond 1 the sun stays below the horizon, beyond -1 above it.
  const halfDay = Math.acos(Math.min(1, Math.max(-1, edge / (Math.cos(north) * Math.cos(declination)))));
  const rounded = (value) => Math.round(value * 100) / 100;
  return {
    daylightHours: rounded((24 * halfDay) / Math.PI),
    noonSunDegrees: rounded(90 - Math.abs(latitude - declination / degree)),
  };
}
